"""The ledger of second readings: which statements were held against their source by somebody who did not write them.

It lies apart from the catalogue's own files and no ordinary command reads it. A statement is known by a fingerprint
of its words, figures and source keys, so one that changes has no reading until it is read again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, get_args

import msgspec
from msgspec import Struct, field

from hairtx.catalogue.model import Condition, Key, Label, Record, Treatment, encode_quantity
from hairtx.catalogue.reading.yaml import parse_yaml
from hairtx.files import display_name, read_bytes

__all__ = ["CONFIRMED", "Confirmed", "Entry", "Ledger", "LedgerStatement", "read_ledger", "statements_of"]

#: How much of the source the second reader saw. ``secondary``: somebody's summary of it and nothing else.
Confirmed = Literal["full-text", "abstract", "excerpt", "secondary", "not-found"]
CONFIRMED: Final[tuple[Confirmed, ...]] = get_args(Confirmed)

#: What misleads a reader most if it is wrong comes first.
_BY_WEIGHT: Final = ("brief", "effects", "side_effects", "cautions", "indications", "claims", "findings", "costs")
_FINGERPRINT_LENGTH: Final = 12


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
    values, _ = parse_yaml(read_bytes(path), display_name(path))
    return msgspec.convert(values, Ledger)


def statements_of(record: Treatment | Condition) -> Iterator[LedgerStatement]:
    """Every statement of an entry that names sources, in the order of the file."""
    return _statements(record, "")


def _statements(record: Any, place: str) -> Iterator[LedgerStatement]:
    if isinstance(record, Record):
        # Statements inside a statement stand for themselves.
        own: dict[str, Any] = {}
        for name in record.__struct_fields__:
            held = getattr(record, name)
            if _holds_statements(held):
                yield from _statements(held, f"{place}.{name}" if place else name)
            else:
                own[name] = held
        if getattr(record, "sources", None):
            yield _statement(own, place)
    elif isinstance(record, tuple):
        for number, one in enumerate(record):
            yield from _statements(one, f"{place}[{number}]")


def _holds_statements(held: Any) -> bool:
    records = held if isinstance(held, tuple) else (held,)
    return any(isinstance(one, Record) and "sources" in one.__struct_fields__ for one in records) or (
        isinstance(held, Record) and any(_holds_statements(getattr(held, name)) for name in held.__struct_fields__)
    )


def _statement(own: Mapping[str, Any], place: str) -> LedgerStatement:
    plain = msgspec.to_builtins(own, enc_hook=encode_quantity)
    content = msgspec.json.encode(plain, order="deterministic")
    said = [str(one) for name, one in plain.items() if name not in {"sources", "claimed_by"} and one is not None]
    return LedgerStatement(
        place=place,
        fingerprint=hashlib.sha256(content).hexdigest()[:_FINGERPRINT_LENGTH],
        text="; ".join(said),
        sources=tuple(own["sources"]),
    )
