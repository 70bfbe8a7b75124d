"""What a typed name leads to that is no name in the catalogue as it stands: an entry, an answer, an offer, or nothing.

Names that are known and have no entry (``known_names``) answer for themselves: a brand leads to the treatment that it
is, and what is not covered says what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from hairtx.catalogue.finding import Found, meant, of_the_same_words, with_words
from hairtx.catalogue.model import Condition, Factor, HowSoon, KnownName, Treatment
from hairtx.catalogue.names import Names, folded
from hairtx.catalogue.terms import age_apart, words_of
from hairtx.errors import NotCoveredError, UnknownNameError, either

__all__ = ["look_up", "sought"]

#: Stands before the key of a known name where it is among keys of entries.
_KNOWN: Final = "known:"
#: Hair loss, without its kind.
_UNSPECIFIED: Final = "known:unspecified-hair-loss"
_MOST_OFFERED: Final = 4
_LOOK_IN: Final = {
    "treatment": "'hairtx list' shows them all.",
    "condition": "'hairtx conditions' shows them all.",
    "factor": "Nothing was looked for under that name, which is not the same as safe. 'hairtx screen' lists them all.",
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

    def sought(self, kind: str) -> Names:
        """What :func:`sought` gives."""


def sought(names: Mapping[str, Mapping[str, str]], known_names: Mapping[str, KnownName], kind: str) -> Names:
    """What is looked through for a kind: the names of entries, then those that are none, or another word for one."""
    leads: dict[str, str] = {}
    for key, one in known_names.items():
        if one.about == kind:
            is_other_word = one.text is None and len(one.treatments) == 1
            leads[key] = one.treatments[0] if is_other_word else f"{_KNOWN}{key}"
    known = {name: leads[key] for name, key in names["known_name"].items() if key in leads}
    # What an entry is called comes first.
    return with_words({**names[kind], **{name: key for name, key in known.items() if name not in names[kind]}})


def look_up(catalogue: Named, kind: str, name: str) -> str:
    """The key of the one ``treatment``, ``condition`` or ``factor`` that a name means without being one.

    Raises:
        NotCoveredError: the name is known and has no entry; with what it is.
        UnknownNameError: with what may be meant, or where it belongs.
    """
    names = catalogue.sought(kind)
    exact = names.keys.get(folded(name))
    there = _named_elsewhere(catalogue, kind, name, names) if exact is None else ""
    if there and kind == "treatment":
        # No treatment is offered for the name of an illness.
        raise UnknownNameError(kind, name, [], there)
    found = Found((exact,), sure=True) if exact is not None else meant(name, names)
    if kind == "treatment" and exact is None and (told := _of_a_person(catalogue, name)):
        # “Blood pressure” is no short word for the blood pressure tablet that grows hair.
        raise UnknownNameError(kind, name, [], told)
    keys = tuple(dict.fromkeys(one for key in found.keys for one in _stands_for(catalogue, key)))
    if kind == "condition" and len(words_of(age_apart(folded(name))[0])) > 1:  # “alopecia” tells of no urgency
        keys = tuple(sorted(keys, key=lambda key: _how_late(catalogue, key)))
    if len(keys) > 1:  # “short of iron and losing hair” tells the kind
        keys = tuple(key for key in keys if key != _UNSPECIFIED)
    if found.sure and len(keys) == 1:
        if there:
            # It is asked and not guessed: “breastfeeding” may be shedding after a birth, or what is true of somebody.
            near = {keys[0].removeprefix(_KNOWN): _label(catalogue, kind, keys[0])}
            raise UnknownNameError(kind, name, list(near), there, near, there.replace("It is", "It is also", 1))
        return _led_to(catalogue, keys[0], name)
    look_in = "" if keys else _elsewhere(catalogue, kind, name) or _LOOK_IN[kind]
    labels = {key.removeprefix(_KNOWN): _label(catalogue, kind, key) for key in keys[:_MOST_OFFERED]}
    raise UnknownNameError(kind, name, list(labels), look_in, labels)


def _of_a_person(catalogue: Named, name: str) -> str:
    """Where words belong that are a part of what several factors are called, “blood pressure”; empty otherwise."""
    words = folded(name).split()
    keys = [key for key in meant(name, catalogue.sought("factor")).keys if not key.startswith(_KNOWN)]
    if len(words) == 1 or not keys or not all("-".join(words) in key for key in keys):
        return ""
    return f"It is something about a person: {either([f'hairtx screen --with {key}' for key in keys])}."


def _how_late(catalogue: Named, key: str) -> int:
    """Conditions that a doctor should see this week come first, then those with a cause that was named.

    “PCOS and a thinning crown” names a cause and what can be seen of it, which fits many.
    """
    if not key.startswith(_KNOWN):
        return 2
    return 0 if catalogue.known_names[key.removeprefix(_KNOWN)].how_soon in {"now", "this-week"} else 1


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


def _named_elsewhere(catalogue: Named, kind: str, name: str, names: Names) -> str:
    """Where a name belongs that is one of another kind: none of this kind is guessed from it.

    It is that letter by letter; a condition also by its words, where no treatment among ``names`` has the very same.
    """
    exact = {other: catalogue.names_of(other).get(folded(name)) for other in _ELSEWHERE if other != kind}
    if kind == "treatment" and exact["condition"] is None:
        conditions = catalogue.sought("condition")
        exact["condition"] = conditions.keys.get(folded(name))
        # A medicine that somebody takes is no hair loss from it.
        if exact["condition"] is None and exact["factor"] is None and not of_the_same_words(name, names):
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
        if kind == "factor" and other == "condition":
            known = catalogue.sought(other).keys.get(folded(name))
            found = [known] if known is not None else []
        else:
            found = [
                one
                for one in of_the_same_words(name, catalogue.sought(other))
                if kind != "factor" or one in catalogue.treatments
            ]
        if found:
            return told.format(key=_stands_for(catalogue, found[0])[0].removeprefix(_KNOWN))
    return ""
