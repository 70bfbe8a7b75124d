"""Everything a site about the whole catalogue is made of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, Literal

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations, origin_words
from hairtx.analysis.commitment import Commitment, common_region
from hairtx.analysis.document import Gauge, Item, Report
from hairtx.analysis.factors import narrower_factors
from hairtx.analysis.framing import framed
from hairtx.analysis.glance import asked_of_you, days_seen, year_cost
from hairtx.analysis.views.about import describe_edition
from hairtx.analysis.views.bibliography import list_sources
from hairtx.analysis.views.claims import list_claims
from hairtx.analysis.views.comparison import compare_everything, describe, known_region
from hairtx.analysis.views.conditions import describe_condition, list_conditions
from hairtx.analysis.views.listing import ListFilter, downtime_days, first_years, list_filters, sureness
from hairtx.catalogue.model import INVASIVENESS, Action, Indication, Treatment
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["Card", "Level", "SiteContent", "Use", "Warned", "site_content"]

#: How a card says what is listed for something about the reader, strictest first.
_WARNINGS: Final[tuple[tuple[Literal["avoid", "ask-specialist"], str, tuple[Action, ...]], ...]] = (
    ("avoid", "A reason not to", ("avoid",)),
    ("ask-specialist", "Ask first", ("ask-specialist", "take-care")),
)


class Use(Struct, frozen=True):
    """What a card says of one condition: one item for each sex that is rated apart."""

    condition: str
    label: str
    items: tuple[Item, ...]
    #: For filters, beside each item: the sex, and how sure it is that it helps (-1 where it is not known to).
    rated: tuple[tuple[str, int], ...]


class Warned(Struct, frozen=True):
    """What is listed for things about a person, under one heading."""

    badge: Literal["avoid", "ask-specialist"]
    lead: str
    #: Each factor's label, and the keys of all factors that it counts for.
    factors: tuple[tuple[str, tuple[str, ...]], ...]


class Card(Struct, frozen=True, kw_only=True):
    """A treatment at a glance, and what the filters of the start page ask of it."""

    key: str
    name: str
    origin: str
    #: What it is, in a few words.
    what: str
    #: Everything it may be searched by.
    names: tuple[str, ...]
    uses: tuple[Use, ...]
    #: What there is to do in a year, days that show, and the cost: a label and the words, empty where not reported.
    takes: tuple[tuple[str, str], ...]
    warned: tuple[Warned, ...]
    setting: str
    #: From 0 (nothing is done) up.
    invasiveness: int
    #: Until ordinary activities are possible; None where it is not reported.
    downtime: float | None
    #: The least a year can cost in the currency of the filter; None where that is not known.
    cost: float | None


class Level(Struct, frozen=True):
    """Cards of one invasiveness."""

    key: str
    title: str
    gauge: Gauge
    cards: tuple[Card, ...]


class SiteContent(Struct, frozen=True, kw_only=True):
    """One report a page, and what the pages with scripts ask beside them."""

    #: The start page: all treatments as cards, grouped by invasiveness.
    start: Report
    levels: tuple[Level, ...]
    filters: tuple[ListFilter, ...]
    #: Key, label and other names of every factor.
    factors: tuple[tuple[str, str, tuple[str, ...]], ...]
    #: One report a treatment, by id, made when it is asked for.
    treatments: Mapping[str, Report]
    conditions: Report
    #: One report a condition, by key.
    each_condition: Mapping[str, Report]
    #: All treatments as columns, and the rows that depend on the condition, once for each condition.
    everything: Report
    evidence: tuple[Report, ...]
    claims: Report
    sources: Report
    about: Report


class _Described(Mapping[str, Report]):
    """Reports that are made when they are asked for, so that several processes can share the work."""

    def __init__(self, making: Mapping[str, Callable[[], Report]]) -> None:
        self._making = making

    def __getitem__(self, key: str) -> Report:
        return self._making[key]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._making)

    def __len__(self) -> int:
        return len(self._making)


def site_content(catalogue: Catalogue, *, region: str | None = None, today: dt.date | None = None) -> SiteContent:
    """The reports of all pages, as of ``today``.

    Args:
        catalogue: what the site is about.
        region: whose prices are counted with, for every treatment that has one there; the region that most prices
            are from if None.
        today: the date by which an edition counts as out of date.

    Raises:
        UnknownNameError: no price is given for the region.
    """
    everyone = list(catalogue)
    region = known_region(catalogue, region) or common_region(everyone, 12)
    citations = Citations(catalogue.sources)
    years = first_years(everyone, region)
    currencies = Counter(one.cost.currency for one in years if one.cost is not None)
    currency = currencies.most_common(1)[0][0] if currencies else ""
    cards = {one.id: _card(catalogue, one, year, currency) for one, year in zip(everyone, years, strict=True)}
    return SiteContent(
        start=Report(
            kind="list",
            title=f"{w.counted(len(cards), 'treatment')}, from least to most invasive",
            **framed(catalogue, today),
        ),
        levels=_levels(everyone, cards),
        filters=list_filters(catalogue, currency),
        factors=tuple((key, one.label, one.aliases) for key, one in catalogue.factors.items()),
        treatments=_Described(
            {
                # With the prices that its card is counted with.
                one.id: partial(
                    describe,
                    catalogue,
                    one.id,
                    region=year.cost.region if year.cost else None,
                    view="full-page",
                    today=today,
                )
                for one, year in zip(everyone, years, strict=True)
            }
        ),
        conditions=list_conditions(catalogue, today=today),
        each_condition={
            key: describe_condition(catalogue, key, brief=True, today=today) for key in catalogue.conditions
        },
        everything=compare_everything(catalogue, citations, region=region, today=today),
        evidence=tuple(
            compare_everything(catalogue, citations, condition=key, region=region, today=today)
            for key in catalogue.conditions
        ),
        claims=list_claims(catalogue, today=today),
        sources=list_sources(catalogue, today=today),
        about=describe_edition(catalogue, today=today),
    )


def _levels(treatments: Sequence[Treatment], cards: Mapping[str, Card]) -> tuple[Level, ...]:
    levels = []
    for level in INVASIVENESS:
        members = [one for one in treatments if one.invasiveness == level]
        members.sort(key=lambda one: folded(one.short_name))
        title = w.capitalised(f"{w.INVASIVENESS_WORDS[level]}: {w.INVASIVENESS_MEANING[level]}")
        if members:
            levels.append(Level(level, title, w.invasiveness_gauge(level), tuple(cards[one.id] for one in members)))
    return tuple(levels)


def _card(catalogue: Catalogue, treatment: Treatment, year: Commitment, currency: str) -> Card:
    days = downtime_days(treatment)
    # Nothing is nothing in any currency.
    known = year.cost is not None and (year.cost.currency == currency or year.cost.upper == 0)
    return Card(
        key=treatment.id,
        name=treatment.short_name,
        origin=origin_words(catalogue.treatments.origin_of(treatment.id)),
        what=treatment.brief.what.text if treatment.brief is not None and treatment.brief.what is not None else "",
        names=tuple(treatment.names.values()),
        uses=_uses(catalogue, treatment),
        takes=(
            ("You do", asked_of_you(treatment, year)),
            ("Days seen", days_seen(treatment)),
            ("Cost, 1 year", "nothing" if (cost := year_cost(year)) == "0" else cost),
        ),
        warned=_warned(catalogue, treatment),
        setting=treatment.setting,
        invasiveness=INVASIVENESS.index(treatment.invasiveness),
        downtime=float(days) if days is not None else None,
        cost=float(year.cost.lower) if year.cost is not None and known else None,
    )


def _uses(catalogue: Catalogue, treatment: Treatment) -> tuple[Use, ...]:
    """What it is listed for, mainly first."""
    uses = []
    for key in dict.fromkeys(one.condition for one in treatment.indications):
        rated = [one for one in treatment.indications if one.condition == key]
        uses.append(
            Use(
                key,
                catalogue.conditions[key].short,
                tuple(_verdict(treatment, one) for one in rated),
                tuple((one.sex, sureness(one)) for one in rated),
            )
        )
    return tuple(uses)


def _verdict(treatment: Treatment, one: Indication) -> Item:
    """“may help (low)”, for men, women or both."""
    sure = w.CERTAINTY_WORDS[one.certainty]
    if one.certainty == "none":
        text = sure
    elif one.direction is None:
        # Of waiting, only the course can be known.
        text = f"{sure} certainty about the course" if treatment.kind == "none" else f"{sure} certainty"
    else:
        text = f"{w.informative(one.direction, one.certainty, brief=True)} ({sure})"
    return Item(text, lead=w.SEX_WORDS[one.sex] or "Men and women", gauge=w.certainty_gauge(one.certainty))


def _warned(catalogue: Catalogue, treatment: Treatment) -> tuple[Warned, ...]:
    warned = []
    for badge, lead, actions in _WARNINGS:
        factors = [one.factor for action in actions for one in treatment.cautions if one.action == action]
        if factors:
            held = tuple(
                (catalogue.factors[key].label, (key, *narrower_factors(catalogue.factors, key)))
                for key in dict.fromkeys(factors)
            )
            warned.append(Warned(badge, lead, held))
    return tuple(warned)
