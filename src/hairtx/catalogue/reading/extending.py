"""Entries that extend another one: ``extends: prp`` takes over every field it does not write itself.

A list is written whole, but cautions, side effects and claims are added to those there are, so that nobody loses a
harm by naming one more. One effect or claim of the same words takes the other's place; two cautions for one factor are
one, with the words of both and the stricter action, so that “never stop it without its prescriber” outlives “not for
our clients”. A mapping, such as ``brief`` or ``schedule``, takes over the keys that it does not write; but what rests
on one list of sources is one statement and written whole, so that no source is named for another's words. The short
answer that is taken over tells the added side effects first.

This works on plain values, before they are decoded, so that an entry that extends another need not be whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from msgspec import Struct

from hairtx.catalogue.model import Action, Treatment
from hairtx.catalogue.names import Suggestions, folded, named

__all__ = ["EXTENDS", "OWN_FIELDS", "Extension", "Misplaced", "extend", "names_of_entries"]

#: The key that names the entry to extend.
EXTENDS: Final = "extends"
#: What an entry with an id of its own never takes over, because each name leads to one entry only.
OWN_FIELDS: Final = frozenset(Treatment.name_fields)

#: Lists that are added to, and what tells their items apart.
_ADDED: Final = {"cautions": "factor", "side_effects": "effect", "claims": "claim"}
#: From the strictest on.
_ACTIONS: Final = get_args(Action)

#: A longer one is told as an entry that stands too late.
_LONGEST_CIRCLE: Final = 100

#: File, path in it, check and message of an ``extends`` that leads nowhere.
Misplaced = tuple[int, tuple[Any, ...], str, str]


class Extension(Struct, frozen=True):
    """What became of an entry that extends another."""

    #: File and position of the entry it extends; None where that does not exist.
    base: tuple[int, int] | None
    #: The fields it writes itself; of one that is filled up from its base, the keys or places that it writes.
    given: Mapping[str, frozenset[Any] | None]


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
    lost: list[tuple[int, int, dict[str, Any]]] = []
    known: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}
    for index, value in enumerate(values):
        changed: dict[int, dict[str, Any]] = {}
        for place, entry in _entries(value):
            whole = entry
            if EXTENDS in entry:
                wanted = entry[EXTENDS]
                base = known.get(wanted) if isinstance(wanted, str) else None
                if base is None:
                    lost.append((index, place, entry))
                from_base = base[1] if base is not None else {}
                whole = _filled(entry, from_base, wanted)
                changed[place] = whole
                given = {
                    name: _places(item) if _is_merged(name, from_base.get(name), item) else None
                    for name, item in entry.items()
                    if name != EXTENDS
                }
                extensions[index, place] = Extension(base[0] if base is not None else None, given)
            if isinstance(whole.get("id"), str):
                known[whole["id"]] = ((index, place), whole)
        if changed:
            listed = [changed.get(place, entry) for place, entry in enumerate(value["treatments"])]
            value = {**value, "treatments": listed}  # noqa: PLW2901  # the caller's value stays as it was
        filled.append(value)
    return filled, extensions, _explained(lost, values) if lost else []


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
    parts = {
        name: _merged(name, base[name], item) for name, item in given.items() if _is_merged(name, base.get(name), item)
    }
    whole = {"id": wanted, **base, **given, **parts}
    if isinstance(whole.get("brief"), dict) and isinstance(given.get("side_effects"), list):
        written = given.get("brief")
        whole["brief"] = _telling(whole["brief"], given["side_effects"], written if isinstance(written, dict) else {})
    return whole


def _is_merged(field: str, inherited: Any, written: Any) -> bool:
    """Whether what is written of a field may leave other parts of it as they are."""
    kind = list if field in _ADDED else dict
    return isinstance(inherited, kind) and isinstance(written, kind)


def _places(written: dict[str, Any] | list[Any]) -> frozenset[Any]:
    return frozenset(written if isinstance(written, dict) else range(len(written)))


def _merged(field: str, inherited: Any, written: Any) -> Any:
    if field in _ADDED:
        known = {_told(field, item): item for item in inherited}
        told = {_told(field, item) for item in written}
        # One's own come first, so that their places stay what they are in the file.
        own = [_joined(item, known.get(_told(field, item))) for item in written] if field == "cautions" else written
        return [*own, *(item for item in inherited if _told(field, item) not in told)]
    if "sources" in inherited and not all(isinstance(item, dict) for item in written.values()):
        # Mappings within it have sources of their own.
        inherited = {name: item for name, item in inherited.items() if isinstance(item, dict)}
    return {**inherited, **written}


def _joined(own: Any, known: Any) -> Any:
    """One's own caution with what is known of that factor; as it is if one of the two is not whole."""
    if not (_is_caution(own) and _is_caution(known)):
        return own
    return {
        **own,
        "action": min(own["action"], known["action"], key=_ACTIONS.index),
        "why": _in_a_row(own["why"], known["why"]),
        "sources": list(dict.fromkeys([*own["sources"], *known["sources"]])),
    }


def _is_caution(item: Any) -> bool:
    return isinstance(item, dict) and item.get("action") in _ACTIONS and _is_statement(item, "why")


def _is_statement(item: Any, words: str = "text") -> bool:
    sources = item.get("sources") if isinstance(item, dict) else None
    is_told = isinstance(sources, list) and all(isinstance(one, str) for one in sources)
    return is_told and isinstance(item.get(words), str)


def _telling(brief: dict[str, Any], effects: Sequence[Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """The short answer with these side effects before the harms that it tells, unless those are one's own words."""
    told = dict(brief)
    for name, is_serious in (("harm", False), ("serious", True)):
        own = [
            one for one in effects if _is_statement(one, "effect") and (one.get("severity") == "serious") == is_serious
        ]
        if own and name not in written and _is_statement(brief.get(name)):
            figures = (f" ({one['figure']})" if isinstance(one.get("figure"), str) else "" for one in own)
            words = ", ".join(f"{one['effect']}{figure}" for one, figure in zip(own, figures, strict=True))
            sources = [key for one in (*own, brief[name]) for key in one["sources"]]
            told[name] = {
                "text": _in_a_row(f"{words[:1].upper()}{words[1:]}", brief[name]["text"]),
                "sources": list(dict.fromkeys(sources)),
            }
    return told


def _in_a_row(first: str, then: str) -> str:
    return f"{first.rstrip().rstrip('.')}. {then}"


def _told(field: str, item: Any) -> str | None:
    """What an item of a list is about."""
    name = item.get(_ADDED[field]) if isinstance(item, dict) else None
    return folded(name) if isinstance(name, str) else None


def _explained(lost: Sequence[tuple[int, int, dict[str, Any]]], values: Sequence[Any]) -> list[Misplaced]:
    """What is wrong with each entry, given with its file and position, whose ``extends`` leads nowhere."""
    entries = {
        entry["id"]: entry for value in values for _, entry in _entries(value) if isinstance(entry.get("id"), str)
    }
    suggestions = Suggestions(names_of_entries(values))
    return [
        (index, ("treatments", place, EXTENDS), *_reason(entry, entries, suggestions)) for index, place, entry in lost
    ]


def names_of_entries(values: Sequence[Any]) -> dict[str, str]:
    """Folded name to id of every treatment, as far as it can be told before it is decoded."""
    entries = [entry for value in values for _, entry in _entries(value) if isinstance(entry.get("id"), str)]
    return named((entry["id"], _names_in(entry)) for entry in entries)


def _names_in(entry: dict[str, Any]) -> Iterator[str]:
    """What leads to an entry, as far as it can be told before it is decoded."""
    for name in Treatment.name_fields:
        held = entry.get(name)
        yield from (one for one in (held if isinstance(held, list) else [held]) if isinstance(one, str))


def _reason(entry: dict[str, Any], entries: dict[str, Any], suggestions: Suggestions) -> tuple[str, str]:
    wanted = entry[EXTENDS]
    if not isinstance(wanted, str):
        return "type", "expected the id of the treatment to extend, such as 'prp'"
    if wanted not in entries:
        hint = suggestions.hint(wanted) or "'hairtx list' shows the ids"
        return "unknown-treatment", f"there is no treatment {wanted[:60]!r} to extend; {hint}"
    if wanted == entry.get("id"):
        return "extends-circle", "an entry cannot extend itself; name another one, or leave 'extends' out"
    own, step, seen = entry.get("id"), wanted, set[Any]()
    while isinstance(step, str) and step in entries and step not in seen and len(seen) < _LONGEST_CIRCLE:
        if step == own:
            message = f"{wanted[:60]!r} leads back to this entry, in a circle; write out what one of them extends"
            return "extends-circle", message
        seen.add(step)
        step = entries[step].get(EXTENDS)
    return "unknown-treatment", f"{wanted[:60]!r} stands after this entry; move it before what extends it"
