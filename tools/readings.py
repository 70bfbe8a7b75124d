"""The ledger of second readings: counted, added to, and cleared of what no longer stands in the catalogue.

On its own it counts what is confirmed and lists what to read next. ``record FILE...`` adds the readings of YAML lists
of {treatment or condition, place, confirmed, source, where, on}, or none of them if one does not fit. ``stale`` lists
the readings of statements that have changed since. ``counts`` writes how many there are into ``data/about.yaml``, as
the other two do when they change something.
"""

import argparse
import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import yaml

import hairtx
from hairtx.catalogue.model import Label, ReadingCounts, Readings
from hairtx.catalogue.reading.ledger import (
    CONFIRMED,
    Confirmed,
    Entry,
    Ledger,
    LedgerStatement,
    ledger_text,
    read_ledger,
    statements_of,
)
from hairtx.files import write_atomically

LEDGER = Path(__file__).parent.parent / "data" / "readings.yaml"
#: Where readers are told how much was confirmed, in a line that is written anew with the ledger.
ABOUT = LEDGER.with_name("about.yaml")
#: Table and key of an entry of the catalogue, and its statements.
Statements = dict[tuple[str, str], list[LedgerStatement]]
_LISTED = 20
_LINE = 150


class Reading(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One reading as somebody writes it down. Places are counted from 0: ``effects[0]`` is the first."""

    treatment: str | None = None
    condition: str | None = None
    place: str
    confirmed: Confirmed
    source: str
    where: Label
    on: dt.date | None = None


def statements(catalogue: hairtx.Catalogue) -> Statements:
    """Every statement of the catalogue, in its order."""
    found = {("treatments", one.id): list(statements_of(one)) for one in catalogue}
    return found | {("conditions", key): list(statements_of(one)) for key, one in catalogue.conditions.items()}


def count(known: Statements, ledger: Ledger, most: int) -> Iterator[str]:
    """A table of what is confirmed, and what is to be read next."""
    columns = [*CONFIRMED, "none", "all"]
    yield "Statements confirmed by a second reading (in brackets: those of them with a figure)"
    yield f"{'':30}" + "".join(f"{name:>12}" for name in columns)
    total: Counter[str] = Counter()
    waiting = []
    for (table, key), told in known.items():
        entries = getattr(ledger, table).get(key, {})
        counts: Counter[str] = Counter()
        for one in told:
            entry = entries.get(one.fingerprint)
            for column in (entry.confirmed if entry else "none", "all"):
                counts.update([column, f"{column} figure"] if one.has_figure else [column])
            if entry is None:
                waiting.append((one.weight, not one.has_figure, key, one))
        total += counts
        yield _row(key, counts, columns)
    yield _row("all", total, columns)
    for _, _, key, one in sorted(waiting, key=lambda row: row[:2])[:most]:
        line = f"{key} {one.place} [{', '.join(one.sources)}]: {one.text}"
        yield line if len(line) <= _LINE else f"{line[: _LINE - 3]}..."


def counts(known: Statements, ledger: Ledger) -> Readings:
    """How many statements were held against their sources, and of those the ones with a figure."""
    confirmed = ledger.confirmed
    told = [one for statements in known.values() for one in statements]

    def counted(some: Sequence[LedgerStatement]) -> ReadingCounts:
        levels = Counter(confirmed.get(one.fingerprint, "none") for one in some)
        text = levels.total() - levels["secondary"] - levels["not-found"] - levels["none"]
        return ReadingCounts(
            statements=len(some), text=text, summary=levels["secondary"], not_found=levels["not-found"]
        )

    return Readings(all=counted(told), figures=counted([one for one in told if one.has_figure]))


def write_counts(path: Path, found: Readings) -> None:
    """Put the counts into the file about the edition."""
    held = msgspec.to_builtins(found)
    inner = ", ".join(
        f"{name}: {{{', '.join(f'{key}: {number}' for key, number in one.items())}}}" for name, one in held.items()
    )
    text = re.sub(r"(?m)^  readings: .*$", f"  readings: {{{inner}}}", path.read_text(encoding="utf-8"))
    write_atomically(path, text.encode())


def _row(name: str, counts: Counter[str], columns: Sequence[str]) -> str:
    figures = {one: f"({counts[f'{one} figure']})" for one in columns}
    return f"{name:30}" + "".join(f"{counts[one]:>5} {figures[one]:>6}" for one in columns)


def record(known: Statements, ledger: Ledger, paths: Sequence[Path]) -> Iterator[str]:
    """Add the readings of these files to the ledger; says whatever is wrong with them."""
    seen: set[tuple[str, str, str]] = set()
    for path in paths:
        try:
            # Every value as the text that was written: 'on' is a key, '4.8' a section.
            listed = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506  # it makes text only
        except (OSError, yaml.YAMLError) as error:
            yield f"{path}: {error}"
            continue
        if not isinstance(listed, list):
            yield f"{path}: this is not a list of readings"
            continue
        for number, written in enumerate(listed, start=1):
            try:
                reading = msgspec.convert(written, Reading)
                table, key, fingerprint = where = _found(known, reading, seen)
            except ValueError as error:
                yield f"{path}: reading {number}: {error}"
                continue
            seen.add(where)
            getattr(ledger, table).setdefault(key, {})[fingerprint] = Entry(
                of=reading.place,
                on=reading.on or dt.date.today(),
                confirmed=reading.confirmed,
                source=reading.source,
                where=reading.where,
            )


def _found(known: Statements, reading: Reading, seen: set[tuple[str, str, str]]) -> tuple[str, str, str]:
    """Table, key and fingerprint of the statement as it now stands."""
    table, key = ("treatments", reading.treatment) if reading.treatment else ("conditions", reading.condition)
    if key is None or (reading.treatment and reading.condition):
        raise ValueError("name either its treatment or its condition")
    if (table, key) not in known:
        raise ValueError(f"there is no {table.removesuffix('s')} {key!r}")
    one = next((one for one in known[table, key] if one.place == reading.place), None)
    if one is None:
        raise ValueError(f"{key} has no statement at {reading.place!r}")
    if reading.source not in one.sources:
        raise ValueError(f"{reading.place} of {key} does not cite {reading.source!r}, but {', '.join(one.sources)}")
    if (table, key, one.fingerprint) in seen:
        raise ValueError(f"{reading.place} of {key} is read twice here; keep one")
    return table, key, one.fingerprint


def stale(known: Statements, ledger: Ledger, *, drop: bool = False) -> Iterator[str]:
    """The readings whose statement is no longer there, word for word and with that source."""
    for table in ledger.__struct_fields__:
        for key, entries in getattr(ledger, table).items():
            cited = {one.fingerprint: one.sources for one in known.get((table, key), ())}
            for fingerprint, entry in list(entries.items()):
                if entry.source not in cited.get(fingerprint, ()):
                    yield f"{key} {entry.of} ({fingerprint}), read on {entry.on} against {entry.source}"
                    if drop:
                        del entries[fingerprint]


def main(arguments: Sequence[str] | None = None) -> int:
    """1 if something does not fit or is stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=int, default=_LISTED, metavar="N", help="how many to list that nobody has read")
    parser.add_argument("--ledger", type=Path, default=LEDGER, help=argparse.SUPPRESS)
    parser.add_argument("--catalogue", type=Path, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("record").add_argument("files", nargs="+", type=Path, metavar="FILE")
    commands.add_parser("counts")
    commands.add_parser("stale").add_argument("--drop", action="store_true", help="take them out of the ledger")
    asked = parser.parse_args(arguments)
    known = statements(hairtx.load([asked.catalogue] if asked.catalogue else None))
    ledger = read_ledger(asked.ledger) if asked.ledger.exists() else Ledger()
    if asked.command is None:
        print("\n".join(count(known, ledger, asked.list)))
        return 0
    if asked.command == "counts":
        write_counts(ABOUT, counts(known, ledger))
        return 0
    if asked.command == "record":
        found = list(record(known, ledger, asked.files))
        changed = not found
    else:
        found = list(stale(known, ledger, drop=asked.drop))
        changed = asked.drop and bool(found)
    if changed:
        write_atomically(asked.ledger, ledger_text(ledger).encode())
        if asked.ledger == LEDGER:
            write_counts(ABOUT, counts(known, ledger))
    print("\n".join(found), end="\n" if found else "", file=sys.stderr if asked.command == "record" else sys.stdout)
    return int(bool(found) and not changed)


if __name__ == "__main__":
    sys.exit(main())
