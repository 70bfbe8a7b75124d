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
from hairtx.analysis.framing import concerns
from hairtx.catalogue.model import Action, Caution, Factor, LookedFor, Sex, Treatment
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
    "never_looked_for",
    "sex_of",
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


def listed_for(
    catalogue: Catalogue, treatment: Treatment, factors: Sequence[str], *, sex: Sex | None = None
) -> tuple[Listed, ...]:
    """What the treatment lists for these factors: strictest first, then in the order of the factors.

    Of broader factors only those of ``sex`` count, or of the sex that a factor asked about tells: “trying for a baby”
    is of women who could become pregnant and of men who wish to be fathers.
    """
    whose = sex_of(catalogue, factors, sex)
    found: dict[Caution, Listed] = {}
    for factor in factors:
        broader = [one for one in catalogue.broader_factors(factor) if concerns(catalogue.factors[one].sex, whose)]
        for key in (factor, *broader):
            for caution in treatment.cautions:
                if caution.factor == key:
                    found.setdefault(caution, Listed(factor, caution))
    return tuple(sorted(found.values(), key=lambda one: ACTIONS.index(one.caution.action)))


def sex_of(catalogue: Catalogue, factors: Iterable[str], sex: Sex | None) -> Sex:
    """Whose factors these are, where ``sex`` or one of them tells it: pregnancy is of women."""
    told: set[Sex] = {sex or "any", *(catalogue.factors[one].sex for one in factors)} - {"any"}
    return told.pop() if len(told) == 1 else "any"


def state_of(catalogue: Catalogue, treatment: Treatment, *factors: str, sex: Sex | None = None) -> State:
    """The strictest action listed for any of the factors; without one, whether a reason was looked for with all."""
    found = all(looked_for(treatment, factor) for factor in factors)
    return strictest(listed_for(catalogue, treatment, factors, sex=sex)) or (
        "nothing-found" if found else "not-looked-for"
    )


def silent_on(catalogue: Catalogue, treatment: Treatment, factor: str) -> bool:
    """Whether nothing is listed for the factor and nobody looked: the state is ``not-looked-for``."""
    told = {one.factor for one in treatment.cautions}
    return told.isdisjoint((factor, *catalogue.broader_factors(factor))) and looked_for(treatment, factor) is None


def never_looked_for(catalogue: Catalogue, treatment: Treatment, sex: Sex) -> list[Factor]:
    """The core factors of this sex on which the entry is silent; none for doing nothing."""
    return [
        one
        for key, one in catalogue.factors.items()
        if treatment.kind != "none" and one.core and concerns(one.sex, sex) and silent_on(catalogue, treatment, key)
    ]


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
    """What is said where no caution is listed: that one was looked for, where and when, or that nobody looked.

    Of a factor that nobody looked for, also whether one was looked for that includes it.
    """
    label = catalogue.factors[factor].label
    held = looked_for(treatment, factor)
    if held is None:
        lead = w.NOT_LOOKED_FOR if named else ""
        broader = next((one for one in catalogue.broader_factors(factor) if looked_for(treatment, one)), None)
        wide = looked_for(treatment, broader) if broader is not None else None
        if broader is None or wide is None:
            return Item(
                w.sentence(f"{label if named else 'nobody has looked yet'}, {w.NOT_THE_SAME_AS_SAFE}"), lead=lead
            )
        told = f"for {catalogue.factors[broader].label} no reason was found on {wide.date.isoformat()} in {wide.where}"
        said = f"{label if named else 'nobody has looked for this alone'}; {told}, {w.NOT_THE_SAME_AS_SAFE}"
        return Item(w.sentence(said), lead=lead, refs=citations.cite(wide.sources))
    found = f"on {held.date.isoformat()} in {held.where}, {w.NOT_THE_SAME_AS_SAFE}"
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
