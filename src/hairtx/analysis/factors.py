"""What the catalogue lists for something about a person: the matching, and the row it gives a comparison.

Factors nest: somebody with a bleeding disorder has a disease of the blood too, so a caution listed for the broader
factor applies to the narrower one. It does not apply the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Cell, Item
from hairtx.analysis.rows import Attribute
from hairtx.analysis.scope import Scope
from hairtx.catalogue.model import Action, Caution, Factor, Treatment
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = [
    "ACTIONS",
    "Listed",
    "broader_factors",
    "factor_row",
    "find_factors",
    "listed_data",
    "listed_for",
    "listed_item",
    "narrower_factors",
    "strictest",
]

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
    """The keys of these factors, each once. One text may name several, separated by commas.

    Raises:
        UnknownNameError: with the nearest names.
    """
    keys: dict[str, None] = {}
    for text in written:
        for name in _split(catalogue, text):
            keys[catalogue.find_factor(name)] = None
    return tuple(keys)


def _split(catalogue: Catalogue, text: str) -> list[str]:
    # Some labels have a comma of their own, so the whole is tried first.
    if folded(text) in catalogue.names_of("factor"):
        return [text]
    return [part.strip() for part in text.split(",") if part.strip()] or [text]


def broader_factors(factors: Mapping[str, Factor], key: str) -> tuple[str, ...]:
    """Every factor that somebody with ``key`` has too, nearest first; ``key`` itself is not among them."""
    found: dict[str, None] = {}
    level = [key]
    while level:
        level = [
            above
            for above, factor in factors.items()
            if above != key and above not in found and any(one in factor.includes for one in level)
        ]
        found.update(dict.fromkeys(level))
    return tuple(found)


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
        for key in (factor, *broader_factors(catalogue.factors, factor)):
            for caution in treatment.cautions:
                if caution.factor == key:
                    found.setdefault(caution, Listed(factor, caution))
    return tuple(sorted(found.values(), key=lambda one: ACTIONS.index(one.caution.action)))


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


def listed_data(one: Listed) -> dict[str, object]:
    """The same for programs."""
    return {
        "factor": one.factor,
        "listed_for": one.caution.factor,
        "action": one.caution.action,
        "why": one.caution.why,
        "sources": one.caution.sources,
    }


def factor_row(catalogue: Catalogue, factors: Sequence[str]) -> Attribute:
    """A row that says, for each treatment, what it lists for these factors. Its key is ``with``."""

    def cell(treatment: Treatment, scope: Scope) -> Cell:
        listed = listed_for(catalogue, treatment, factors)
        items = tuple(listed_item(catalogue, one, scope.citations, named=len(factors) > 1) for one in listed)
        missing = [key for key in factors if not any(one.factor == key for one in listed)]
        if missing:
            labels = w.series([catalogue.factors[key].label for key in missing], last="or")
            items += (Item(f"{w.NOTHING_LISTED} for {labels}, {w.NOT_THE_SAME_AS_SAFE}"),)
        return Cell(items, {"factors": factors, "action": strictest(listed), "listed": list(map(listed_data, listed))})

    labels = w.series([catalogue.factors[key].label for key in factors])
    return Attribute("with", f"Listed for {labels}", "harm", "table", cell)
