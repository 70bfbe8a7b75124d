"""Everything a site about the whole catalogue is made of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
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


class _Described(Mapping[str, Report]):
    """Reports that are made when they are asked for."""

    def __init__(self, making: Mapping[str, Callable[[], Report]]) -> None:
        self._making = making

    def __getitem__(self, key: str) -> Report:
        return self._making[key]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._making)

    def __len__(self) -> int:
        return len(self._making)


class SiteContent:
    """One report a page, and what the pages with scripts ask beside them.

    A report is made when it is first asked for: several processes that share the pages share this work too.
    """

    def __init__(self, catalogue: Catalogue, region: str | None, today: dt.date | None) -> None:
        self._catalogue = catalogue
        self._today = today
        self._everyone = list(catalogue)
        self._region = region or common_region(self._everyone, 12)
        self._years = first_years(self._everyone, self._region)
        currencies = Counter(one.cost.currency for one in self._years if one.cost is not None)
        #: That of the filter by cost.
        self._currency = currencies.most_common(1)[0][0] if currencies else ""

    @cached_property
    def start(self) -> Report:
        """The start page: all treatments as cards, grouped by invasiveness."""
        return Report(
            kind="list",
            title=f"{w.counted(len(self._everyone), 'treatment')}, from least to most invasive",
            **framed(self._catalogue, self._today),
        )

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The cards."""
        cards = {
            one.id: _card(self._catalogue, one, year, self._currency)
            for one, year in zip(self._everyone, self._years, strict=True)
        }
        return _levels(self._everyone, cards)

    @cached_property
    def filters(self) -> tuple[ListFilter, ...]:
        """What the cards can be filtered by."""
        return list_filters(self._catalogue, self._currency)

    @cached_property
    def factors(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Key, label and other names of every factor."""
        return tuple((key, one.label, one.aliases) for key, one in self._catalogue.factors.items())

    @cached_property
    def treatments(self) -> Mapping[str, Report]:
        """One report a treatment, by id, made whenever it is asked for: nobody asks twice, and they are many."""
        return _Described(
            {
                # With the prices that its card is counted with.
                one.id: partial(
                    describe,
                    self._catalogue,
                    one.id,
                    region=year.cost.region if year.cost else None,
                    view="full-page",
                    today=self._today,
                )
                for one, year in zip(self._everyone, self._years, strict=True)
            }
        )

    @cached_property
    def conditions(self) -> Report:
        """All conditions."""
        return list_conditions(self._catalogue, today=self._today)

    @cached_property
    def each_condition(self) -> Mapping[str, Report]:
        """One report a condition, by key."""
        return {
            key: describe_condition(self._catalogue, key, brief=True, today=self._today)
            for key in self._catalogue.conditions
        }

    @property
    def everything(self) -> Report:
        """All treatments as columns."""
        return self._compared[0]

    @property
    def evidence(self) -> tuple[Report, ...]:
        """The rows that depend on the condition, once for each condition."""
        return self._compared[1:]

    @cached_property
    def _compared(self) -> tuple[Report, ...]:
        # Numbered through, in the order of the page.
        citations = Citations(self._catalogue.sources)
        return tuple(
            compare_everything(self._catalogue, citations, condition=key, region=self._region, today=self._today)
            for key in (None, *self._catalogue.conditions)
        )

    @cached_property
    def claims(self) -> Report:
        """What is claimed, held against what is shown."""
        return list_claims(self._catalogue, today=self._today)

    @cached_property
    def sources(self) -> Report:
        """All sources and what they were used for."""
        return list_sources(self._catalogue, today=self._today)

    @cached_property
    def about(self) -> Report:
        """The edition."""
        return describe_edition(self._catalogue, today=self._today)


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
    return SiteContent(catalogue, known_region(catalogue, region), today)


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
