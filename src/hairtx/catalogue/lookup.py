"""What a typed name leads to that is no name in the catalogue as it stands: an entry, an answer, an offer, or nothing.

Names that are known and have no entry (``known_names``) answer for themselves: a brand leads to the treatment that it
is, and what is not covered says what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from hairtx.catalogue.finding import Found, meant
from hairtx.catalogue.model import Condition, Factor, HowSoon, KnownName, Treatment
from hairtx.catalogue.names import folded
from hairtx.errors import NotCoveredError, UnknownNameError

__all__ = ["look_up"]

#: Stands before the key of a known name where it is among keys of entries.
_KNOWN: Final = "known:"
_LOOK_IN: Final = {
    "treatment": "'hairtx list' shows them all.",
    "condition": "'hairtx conditions' shows them all.",
    "factor": "'hairtx screen' lists them all.",
}
#: What is done with something of each kind, for a name that was given for another.
_ELSEWHERE: Final = {
    "treatment": "It is a treatment: 'hairtx show {key}'.",
    "condition": "It is a condition: 'hairtx conditions {key}'.",
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
    known = {
        other: f"{_KNOWN}{key}"
        for other, key in catalogue.names_of("known_name").items()
        if catalogue.known_names[key].about == kind
    }
    exact = known.get(folded(name))
    names = catalogue.names_of(kind)
    found = Found((exact,), sure=True) if exact is not None else meant(name, {**known, **names})
    if found.sure:
        return _led_to(catalogue, found.keys[0])
    look_in = "" if found.keys else _elsewhere(catalogue, kind, name) or _LOOK_IN[kind]
    labels = {key.removeprefix(_KNOWN): _label(catalogue, kind, key) for key in found.keys}
    raise UnknownNameError(kind, name, list(labels), look_in, labels)


def _led_to(catalogue: Named, key: str) -> str:
    if not key.startswith(_KNOWN):
        return key
    key = key.removeprefix(_KNOWN)
    one = catalogue.known_names[key]
    if len(one.treatments) == 1 and one.text is None:
        return one.treatments[0]
    near = ", ".join(f"'{each}' ({catalogue.treatments[each].short_name})" for each in one.treatments)
    told = (
        one.text or "",
        f"See {one.see}{_SOON[one.how_soon]}." if one.see else "",
        f"What is in this catalogue of it: {near}." if near else "",
    )
    raise NotCoveredError(key, one.label, " ".join(filter(None, told)))


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


def _elsewhere(catalogue: Named, kind: str, name: str) -> str:
    """Where a name belongs that was given for something of another kind."""
    for other, told in _ELSEWHERE.items():
        names = catalogue.names_of(other)
        found = names.get(folded(name)) or next(iter(meant(name, names).keys), None)
        if other != kind and found is not None:
            return told.format(key=found)
    return ""
