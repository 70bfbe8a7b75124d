"""Entries that extend another one: ``extends: prp`` takes over every field it does not write itself.

This works on plain values, before they are decoded, so that an entry that extends another need not be whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from hairtx.catalogue.model import Treatment
from hairtx.catalogue.names import nearest_names

__all__ = ["EXTENDS", "OWN_FIELDS", "Extension", "Misplaced", "extend"]

#: The key that names the entry to extend.
EXTENDS: Final = "extends"
#: What an entry with an id of its own never takes over, because each name leads to one entry only.
OWN_FIELDS: Final = frozenset(Treatment.name_fields)

#: File, path in it, check and message of an ``extends`` that leads nowhere.
Misplaced = tuple[int, tuple[Any, ...], str, str]


class Extension(Struct, frozen=True):
    """What became of an entry that extends another."""

    #: File and position of the entry it extends; None where that does not exist.
    base: tuple[int, int] | None
    #: The fields it writes itself.
    given: frozenset[str]


def extend(
    values: Sequence[Any],
) -> tuple[list[Any], dict[tuple[int, int], Extension], list[Misplaced]]:
    """The same values with every extending entry filled up from its base.

    An entry may extend any that stands before it: in an earlier file or further up in its own. Without an ``id``
    it changes the entry that it extends.

    Returns:
        the values (untouched ones are the same objects), what was extended by file and position, and what is wrong.
    """
    filled: list[Any] = []
    extensions: dict[tuple[int, int], Extension] = {}
    misplaced: list[Misplaced] = []
    known: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}
    for index, value in enumerate(values):
        changed: dict[int, dict[str, Any]] = {}
        for place, entry in _entries(value):
            whole = entry
            if EXTENDS in entry:
                wanted = entry[EXTENDS]
                base = known.get(wanted) if isinstance(wanted, str) else None
                if base is None:
                    misplaced.append((index, ("treatments", place, EXTENDS), *_reason(wanted, known)))
                whole = _filled(entry, base[1] if base is not None else {}, wanted)
                changed[place] = whole
                given = frozenset(entry) - {EXTENDS}
                extensions[index, place] = Extension(base[0] if base is not None else None, given)
            if isinstance(whole.get("id"), str):
                known[whole["id"]] = ((index, place), whole)
        if changed:
            listed = [changed.get(place, entry) for place, entry in enumerate(value["treatments"])]
            value = {**value, "treatments": listed}  # noqa: PLW2901  # the caller's value stays as it was
        filled.append(value)
    return filled, extensions, misplaced


def _entries(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = value.get("treatments") if isinstance(value, dict) else None
    if isinstance(listed, list):
        for place, entry in enumerate(listed):
            if isinstance(entry, dict):
                yield place, entry


def _filled(entry: dict[str, Any], base: dict[str, Any], wanted: Any) -> dict[str, Any]:
    given = {name: item for name, item in entry.items() if name != EXTENDS}
    if given.get("id", wanted) != wanted:
        base = {name: item for name, item in base.items() if name not in OWN_FIELDS}
    return {"id": wanted, **base, **given}


def _reason(wanted: Any, known: dict[str, Any]) -> tuple[str, str]:
    if not isinstance(wanted, str):
        return "type", "expected the id of the treatment to extend, such as 'prp'"
    near = nearest_names(wanted, known, limit=1)
    hint = f"did you mean {near[0]!r}?" if near else "'hairtx list' shows the ids"
    return "unknown-treatment", f"there is no treatment {wanted[:60]!r} before this one to extend; {hint}"
