"""The ledger of second readings: which statements were held against their source by somebody who did not write them.

It lies apart from the catalogue's own files. ``tools/readings.py`` reads it, and of the commands only what shows
everything (``--full``), to mark what was held against a summary alone. A statement is known by a fingerprint of its
words, figures and source keys, so one that changes has no reading until it is read again, and one that only moves
keeps it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal, get_args

import msgspec
from msgspec import Struct, field

from hairtx.catalogue.model import Condition, Key, Label, Record, Treatment, encode_quantity
from hairtx.catalogue.reading.yaml import parse_yaml
from hairtx.files import display_name, read_bytes

__all__ = [
    "CONFIRMED",
    "Confirmed",
    "Entry",
    "Ledger",
    "LedgerStatement",
    "fingerprint",
    "ledger_text",
    "read_ledger",
    "statements_of",
]

#: How much of the source the second reader saw. ``section``: all that a document without an abstract says under one of
#: its headings. ``excerpt``: less than that. ``secondary``: somebody's summary of the source and nothing else.
Confirmed = Literal["full-text", "abstract", "section", "excerpt", "secondary", "not-found"]
CONFIRMED: Final[tuple[Confirmed, ...]] = get_args(Confirmed)

#: What misleads a reader most if it is wrong comes first.
_BY_WEIGHT: Final = ("brief", "effects", "side_effects", "cautions", "indications", "claims", "findings", "costs")
_FINGERPRINT_LENGTH: Final = 12
_HEAD: Final = """\
# Second readings: statements that somebody held against their source who did not write them. Written by
# 'tools/readings.py record'; 'make readings' counts them. See "Second readings" in docs/data-guidelines.md.
"""


class Entry(Record, frozen=True, kw_only=True):
    """One second reading of one statement."""

    #: Where the statement stood when it was read, for people: ``brief.effect[0]``.
    of: Label
    on: dt.date
    confirmed: Confirmed
    #: The source that it was held against, and where in it: “abstract, results”, “table 2”, “section 4.8”.
    source: Key
    where: Label


class Ledger(Record, frozen=True, kw_only=True):
    """Fingerprint to reading, for each treatment and condition."""

    treatments: dict[Key, dict[str, Entry]] = field(default_factory=dict)
    conditions: dict[Key, dict[str, Entry]] = field(default_factory=dict)

    @property
    def confirmed(self) -> dict[str, Confirmed]:
        """Fingerprint to how much of the source was seen."""
        return {key: one.confirmed for key, one in self._entries()}

    @property
    def doubts(self) -> dict[str, Entry]:
        """Fingerprint to reading of what was held against a summary alone, or against nothing."""
        return {key: one for key, one in self._entries() if one.confirmed in {"secondary", "not-found"}}

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        for held in (*self.treatments.values(), *self.conditions.values()):
            yield from held.items()


class LedgerStatement(Struct, frozen=True, kw_only=True):
    """A statement of the catalogue that rests on sources."""

    place: str
    fingerprint: str
    text: str
    sources: tuple[str, ...]

    @property
    def has_figure(self) -> bool:
        """Whether there is a number in it."""
        return any(character.isdigit() for character in self.text)

    @property
    def weight(self) -> int:
        """0 for what misleads most if it is wrong; larger for the rest."""
        part = self.place.split(".")[0].split("[")[0]
        return _BY_WEIGHT.index(part) if part in _BY_WEIGHT else len(_BY_WEIGHT)


def read_ledger(path: Path) -> Ledger:
    """The ledger in this file.

    Raises:
        CatalogueError: it cannot be read, or is not YAML within the bounds of a catalogue.
        msgspec.ValidationError: it has another shape.
    """
    return msgspec.convert(parse_yaml(read_bytes(path), display_name(path)), Ledger)


def ledger_text(ledger: Ledger) -> str:
    """The ledger as a file: one line a reading, in an order that does not depend on when it was recorded."""
    lines = [_HEAD.rstrip("\n")]
    for table in ledger.__struct_fields__:
        held: dict[Key, dict[str, Entry]] = getattr(ledger, table)
        lines.append(f"{table}:" if any(held.values()) else f"{table}: {{}}")
        for key in sorted(key for key, entries in held.items() if entries):
            lines.append(f"  {key}:")
            for fingerprint, one in sorted(held[key].items(), key=_by_place):
                of, where = (json.dumps(text, ensure_ascii=False) for text in (one.of, one.where))
                lines.append(
                    f'    "{fingerprint}": {{of: {of}, "on": {one.on}, confirmed: {one.confirmed}, '
                    f"source: {one.source}, where: {where}}}"
                )
    return "\n".join(lines) + "\n"


def _by_place(entry: tuple[str, Entry]) -> tuple[list[tuple[int, str]], str]:
    """``effects[2]`` before ``effects[10]``."""
    fingerprint, one = entry
    # In a place, the longer of two numbers is the larger.
    return [(len(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", one.of)], fingerprint


def statements_of(record: Treatment | Condition) -> Iterator[LedgerStatement]:
    """Every statement of an entry that names sources, in the order of the file."""
    return _statements(record, "")


def _statements(record: Any, place: str) -> Iterator[LedgerStatement]:
    if isinstance(record, Record):
        inner = _inner(record)
        for name in record.__struct_fields__:
            if name in inner:
                yield from _statements(getattr(record, name), f"{place}.{name}" if place else name)
        if getattr(record, "sources", None):
            yield _statement(record, inner, place)
    elif isinstance(record, tuple):
        for number, one in enumerate(record):
            yield from _statements(one, f"{place}[{number}]")


def _holds_statements(held: Any) -> bool:
    records = held if isinstance(held, tuple) else (held,)
    return any(isinstance(one, Record) and "sources" in one.__struct_fields__ for one in records) or (
        isinstance(held, Record) and any(_holds_statements(getattr(held, name)) for name in held.__struct_fields__)
    )


def fingerprint(record: Any) -> str:
    """What a statement is known by: a hash of its words, figures and source keys, less the statements inside it."""
    return _hash(_own(record, _inner(record)))


def _inner(record: Any) -> set[str]:
    """The fields whose statements stand for themselves."""
    return {name for name in record.__struct_fields__ if _holds_statements(getattr(record, name))}


def _own(record: Any, inner: set[str]) -> dict[str, Any]:
    # Without what has its default: a new field of the format must not void every reading.
    plain: dict[str, Any] = msgspec.to_builtins(record, enc_hook=encode_quantity)
    return {name: held for name, held in plain.items() if name not in inner}


def _hash(own: dict[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(own, order="deterministic")).hexdigest()[:_FINGERPRINT_LENGTH]


def _statement(record: Any, inner: set[str], place: str) -> LedgerStatement:
    own = _own(record, inner)
    return LedgerStatement(
        place=place,
        fingerprint=_hash(own),
        text="; ".join(_words(held) for name, held in own.items() if name not in {"sources", "claimed_by"}),
        sources=record.sources,
    )


def _words(held: Any) -> str:
    return ", ".join(f"{name} {one}" for name, one in held.items()) if isinstance(held, dict) else str(held)
