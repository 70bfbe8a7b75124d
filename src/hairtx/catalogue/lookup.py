"""What a typed name leads to that is no name in the catalogue as it stands: an entry, an answer, an offer, or nothing.

Names that are known and have no entry (``known_names``) answer for themselves: a brand leads to the treatment that it
is, and what is not covered says what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from hairtx.catalogue.finding import Found, meant, of_the_same_words
from hairtx.catalogue.model import Condition, Factor, HowSoon, KnownName, Treatment
from hairtx.catalogue.names import folded
from hairtx.errors import NotCoveredError, UnknownNameError

__all__ = ["look_up"]

#: Stands before the key of a known name where it is among keys of entries.
_KNOWN: Final = "known:"
_MOST_OFFERED: Final = 4
_LOOK_IN: Final = {
    "treatment": "'hairtx list' shows them all.",
    "condition": "'hairtx conditions' shows them all.",
    "factor": "'hairtx screen' lists them all.",
}
#: What is done with something of each kind, for a name that was given for another.
_ELSEWHERE: Final = {
    "condition": "It is a condition: 'hairtx conditions {key}'.",
    "treatment": "It is a treatment: 'hairtx show {key}'.",
    "factor": "It is something about a person: 'hairtx screen --with {key}'.",
}
_SOON: Final[dict[HowSoon | None, str]] = {None: "", "now": " now", "this-week": " this week", "soon": " soon"}


class Named(Protocol):
    """What is needed of a catalogue: its names and what they lead to."""

    @property
    def treatments(self) -> Mapping[str, Treatment]: ...
    @property
    def conditions(self) -> Mapping[str, Condition]: ...
    @property
    def factors(self) -> Mapping[str, Factor]: ...
    @property
    def known_names(self) -> Mapping[str, KnownName]: ...
    def names_of(self, kind: str) -> Mapping[str, str]:
        """Folded name to key."""


def look_up(catalogue: Named, kind: str, name: str) -> str:
    """The key of the one ``treatment``, ``condition`` or ``factor`` that a name means without being one.

    Raises:
        NotCoveredError: the name is known and has no entry; with what it is.
        UnknownNameError: with what may be meant, or where it belongs.
    """
    names = _names(catalogue, kind)
    exact = names.get(folded(name))
    there = _named_elsewhere(catalogue, kind, name, names) if exact is None else ""
    if there and kind == "treatment":
        # No treatment is offered for the name of an illness.
        raise UnknownNameError(kind, name, [], there)
    found = Found((exact,), sure=True) if exact is not None else meant(name, names)
    keys = tuple(dict.fromkeys(one for key in found.keys for one in _stands_for(catalogue, key)))
    if found.sure and len(keys) == 1:
        if there:
            # It is asked and not guessed: “breastfeeding” may be shedding after a birth, or what is true of somebody.
            near = {keys[0].removeprefix(_KNOWN): _label(catalogue, kind, keys[0])}
            raise UnknownNameError(kind, name, list(near), there, near, there.replace("It is", "It is also", 1))
        return _led_to(catalogue, keys[0], name)
    look_in = "" if keys else _elsewhere(catalogue, kind, name) or _LOOK_IN[kind]
    labels = {key.removeprefix(_KNOWN): _label(catalogue, kind, key) for key in keys[:_MOST_OFFERED]}
    raise UnknownNameError(kind, name, list(labels), look_in, labels)


def _names(catalogue: Named, kind: str) -> dict[str, str]:
    """Folded name to key, those of entries first, then the known names that are no entry, or another word for one."""
    names = dict(catalogue.names_of(kind))
    leads: dict[str, str] = {}
    for key, one in catalogue.known_names.items():
        if one.about == kind:
            entries = _stands_for(catalogue, f"{_KNOWN}{key}")
            leads[key] = entries[0] if len(entries) == 1 else f"{_KNOWN}{key}"
    for name, key in catalogue.names_of("known_name").items():
        if key in leads:
            names.setdefault(name, leads[key])
    return names


def _stands_for(catalogue: Named, key: str) -> tuple[str, ...]:
    """The entries that a known name is another word for, or itself."""
    one = catalogue.known_names[key.removeprefix(_KNOWN)] if key.startswith(_KNOWN) else None
    return one.treatments if one is not None and one.text is None else (key,)


def _led_to(catalogue: Named, key: str, name: str) -> str:
    if not key.startswith(_KNOWN):
        return key
    key = key.removeprefix(_KNOWN)
    one = catalogue.known_names[key]
    near = ", ".join(f"'{each}' ({catalogue.treatments[each].short_name})" for each in one.treatments)
    told = (
        one.text or "",
        f"See {one.see}{_SOON[one.how_soon]}." if one.see else "",
        f"Nearest to it in this catalogue: {near}." if near else "",
    )
    is_own = folded(name) == folded(one.label)
    label = one.label if is_own or one.about == "condition" else f"{name[:60]!r} ({one.label})"
    raise NotCoveredError(key, label, " ".join(filter(None, told)))


def _label(catalogue: Named, kind: str, key: str) -> str:
    if key.startswith(_KNOWN):
        return f"{catalogue.known_names[key.removeprefix(_KNOWN)].label}, not in this catalogue"
    match kind:
        case "treatment":
            return catalogue.treatments[key].short_name
        case "condition":
            return catalogue.conditions[key].short
        case _:
            return catalogue.factors[key].label


def _named_elsewhere(catalogue: Named, kind: str, name: str, names: Mapping[str, str]) -> str:
    """Where a name belongs that is one of another kind: none of this kind is guessed from it.

    It is that letter by letter; a condition also by its words, where no treatment among ``names`` has the very same.
    """
    exact = {other: catalogue.names_of(other).get(folded(name)) for other in _ELSEWHERE if other != kind}
    if kind == "treatment" and exact["condition"] is None:
        conditions = _names(catalogue, "condition")
        exact["condition"] = conditions.get(folded(name))
        if exact["condition"] is None and not of_the_same_words(name, names):
            exact["condition"] = next(iter(of_the_same_words(name, conditions)), None)
    told = [_ELSEWHERE[other].format(key=key.removeprefix(_KNOWN)) for other, key in exact.items() if key is not None]
    return " ".join([*told[:1], *(one.replace("It is", "It is also", 1) for one in told[1:])])


def _elsewhere(catalogue: Named, kind: str, name: str) -> str:
    """Where a name belongs that was given for something of another kind.

    What somebody takes or has is no question about a treatment without an entry, and “statin” none about hair loss
    from it: a factor leads only to treatments with an entry, and to conditions letter by letter.
    """
    for other, told in _ELSEWHERE.items():
        if other == kind:
            continue
        is_taken = kind == "factor" and other == "treatment"
        names = catalogue.names_of(other) if is_taken else _names(catalogue, other)
        if kind == "factor" and other == "condition":
            names = {one: key for one, key in names.items() if one == folded(name)}
        found = of_the_same_words(name, names)
        if found:
            return told.format(key=_stands_for(catalogue, found[0])[0].removeprefix(_KNOWN))
    return ""
