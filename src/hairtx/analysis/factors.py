"""What the catalogue lists for something about a person: the matching, and its words.

Factors nest: somebody with a bleeding disorder has a disease of the blood too, so a caution listed for the broader
factor applies to the narrower one. It does not apply the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Item
from hairtx.catalogue.model import Action, Caution, Factor, LookedFor, Treatment
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UnknownNameError

__all__ = [
    "ACTIONS",
    "Listed",
    "State",
    "find_factors",
    "listed_data",
    "listed_for",
    "listed_item",
    "looked_for",
    "narrower_factors",
    "silent_on",
    "state_of",
    "strictest",
    "unlisted_item",
]

#: What a catalogue can say of a treatment and a factor: an action is listed, or one of two kinds of silence.
State = Action | Literal["nothing-found", "not-looked-for"]

_AND: Final = re.compile(r"\s(?:and|plus|with)\s|[&+]", re.IGNORECASE)
#: Strictest first.
ACTIONS: tuple[Action, ...] = ("avoid", "ask-specialist", "take-care")


class Listed(Struct, frozen=True):
    """A caution that applies to a factor asked about, directly or because it is listed for a broader one."""

    factor: str
    caution: Caution

    @property
    def is_broader(self) -> bool:
        """Whether the entry lists it for a broader factor than the one asked about."""
        return self.caution.factor != self.factor


def find_factors(catalogue: Catalogue, written: Iterable[str]) -> tuple[str, ...]:
    """The keys of these factors, each once. One text may name several, with commas or “and” between them.

    Raises:
        UnknownNameError: with the nearest names.
    """
    keys: dict[str, None] = {}
    for text in written:
        for name in _split(catalogue, text):
            keys |= dict.fromkeys(_named(catalogue, name))
    return tuple(keys)


def _named(catalogue: Catalogue, text: str) -> list[str]:
    try:
        return [catalogue.find_factor(text)]
    except UnknownNameError:
        # Of “diabetes and asthma” both count; where one is not understood, the whole is asked about.
        parts = _AND.split(text)
        if len(parts) == 1:
            raise
        try:
            return [catalogue.find_factor(part) for part in parts]
        except UnknownNameError:
            pass
        raise


def _split(catalogue: Catalogue, text: str) -> list[str]:
    # Some labels have a comma of their own, so the whole is tried first.
    if folded(text) in catalogue.names_of("factor"):
        return [text]
    return [part.strip() for part in text.split(",") if part.strip()] or [text]


def narrower_factors(factors: Mapping[str, Factor], key: str) -> tuple[str, ...]:
    """Every factor that ``key`` includes, directly or through another one; ``key`` itself is not among them."""
    found: dict[str, None] = {}
    level = [key]
    while level:
        level = [
            one for above in level for one in factors[above].includes if one in factors and one not in {key, *found}
        ]
        found.update(dict.fromkeys(level))
    return tuple(found)


def listed_for(catalogue: Catalogue, treatment: Treatment, factors: Sequence[str]) -> tuple[Listed, ...]:
    """What the treatment lists for these factors: strictest first, then in the order of the factors."""
    found: dict[Caution, Listed] = {}
    for factor in factors:
        for key in (factor, *catalogue.broader_factors(factor)):
            for caution in treatment.cautions:
                if caution.factor == key:
                    found.setdefault(caution, Listed(factor, caution))
    return tuple(sorted(found.values(), key=lambda one: ACTIONS.index(one.caution.action)))


def state_of(catalogue: Catalogue, treatment: Treatment, *factors: str) -> State:
    """The strictest action listed for any of the factors; without one, whether a reason was looked for with all."""
    found = all(looked_for(treatment, factor) for factor in factors)
    return strictest(listed_for(catalogue, treatment, factors)) or ("nothing-found" if found else "not-looked-for")


def silent_on(catalogue: Catalogue, treatment: Treatment, factor: str) -> bool:
    """Whether nothing is listed for the factor and nobody looked: the state is ``not-looked-for``."""
    told = {one.factor for one in treatment.cautions}
    return told.isdisjoint((factor, *catalogue.broader_factors(factor))) and looked_for(treatment, factor) is None


def looked_for(treatment: Treatment, factor: str) -> LookedFor | None:
    """Where a caution for this very factor was looked for and none was found; None where nobody looked."""
    return next((one for one in treatment.looked_for if factor in one.factors), None)


def strictest(listed: Iterable[Listed]) -> Action | None:
    """The strictest action among them, or None where nothing is listed."""
    actions = {one.caution.action for one in listed}
    return next((action for action in ACTIONS if action in actions), None)


def listed_item(
    catalogue: Catalogue, one: Listed, citations: Citations, *, under: Action | None = None, named: bool = True
) -> Item:
    """One caution in words: what it is listed for, the action unless it stands above already, why, and the sources.

    Args:
        catalogue: for the labels.
        one: the caution.
        citations: numbers the sources.
        under: the action that a heading already says.
        named: whether the factor is named; not needed where only one was asked about.
    """
    action = w.ACTION_WORDS[one.caution.action] if one.caution.action != under else ""
    label = catalogue.factors[one.caution.factor].label
    asked = catalogue.factors[one.factor].label
    who = label if named else ""
    if one.is_broader:
        who = f"{label} (counts for {asked} too)"
    lead = w.capitalised(": ".join(filter(None, (action, who))))
    badge = one.caution.action if action else None
    return Item(w.sentence(one.caution.why), lead=lead, refs=citations.cite(one.caution.sources), badge=badge)


def unlisted_item(
    catalogue: Catalogue, treatment: Treatment, factor: str, citations: Citations, *, named: bool
) -> Item:
    """What is said where no caution is listed: that one was looked for, where and when, or that nobody looked."""
    label = catalogue.factors[factor].label
    held = looked_for(treatment, factor)
    if held is None:
        if named:
            return Item(w.sentence(f"{label}, {w.NOT_THE_SAME_AS_SAFE}"), lead=w.NOT_LOOKED_FOR)
        return Item(w.sentence(f"nobody has looked for a reason yet, {w.NOT_THE_SAME_AS_SAFE}"))
    found = f"in {held.where} on {held.date.isoformat()}, {w.NOT_THE_SAME_AS_SAFE}"
    refs = citations.cite(held.sources)
    if named:
        return Item(w.sentence(f"{label}, {found}"), lead=w.NOTHING_FOUND, refs=refs)
    return Item(w.sentence(f"no reason was found {found}"), refs=refs)


def listed_data(one: Listed) -> dict[str, object]:
    """The same for programs."""
    return {
        "factor": one.factor,
        "listed_for": one.caution.factor,
        "action": one.caution.action,
        "why": one.caution.why,
        "sources": one.caution.sources,
    }
