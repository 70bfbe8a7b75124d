"""The catalogue as a list: filtered, grouped by invasiveness, sorted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final, Literal

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import origin_data
from hairtx.analysis.commitment import Commitment, commitment_data, commitment_over
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.factors import State, find_factors, listed_data, listed_for, state_of, strictest
from hairtx.analysis.framing import concerns, framed, has_words
from hairtx.analysis.glance import LEGEND, UNKNOWN, asked_of_you, days_seen, verdict, year_cost
from hairtx.catalogue.model import (
    CERTAINTY,
    INVASIVENESS,
    Certainty,
    Indication,
    Invasiveness,
    Kind,
    Setting,
    Sex,
    Treatment,
)
from hairtx.catalogue.names import folded
from hairtx.catalogue.quantity import Duration
from hairtx.catalogue.store import Catalogue

__all__ = [
    "Choice",
    "FilterKey",
    "Filters",
    "ListFilter",
    "SortKey",
    "downtime_days",
    "first_years",
    "list_filters",
    "list_treatments",
    "sureness",
]

SortKey = Literal["invasiveness", "name", "certainty", "downtime", "cost", "effort", "kind", "setting"]
FilterKey = Literal["for", "sex", "takes", "setting", "downtime", "cost", "certainty"]


class Filters(Struct, frozen=True, kw_only=True):
    """What to leave out. Every field that is set must hold for a treatment to stay."""

    invasiveness: Invasiveness | None = None
    max_invasiveness: Invasiveness | None = None
    kind: Kind | None = None
    setting: Setting | None = None
    #: Key, label or alias of a condition the treatment is listed for; nothing is said of others.
    condition: str | None = None
    #: The treatment is listed for this sex, or for both; nothing is said of the other.
    sex: Sex | None = None
    #: Ordinary activities are possible within this time; a treatment without a reported downtime is left out.
    max_downtime: Duration | None = None
    #: At least this sure that it helps, for the condition and sex asked for or for any.
    min_certainty: Certainty | None = None
    #: Every word occurs in the name, an alias or the summary.
    match: str | None = None
    #: Keys, labels or aliases of factors: leaves out treatments that list *avoid* for one, marks those that list less.
    without: tuple[str, ...] = ()


class _Asked(Struct, frozen=True, kw_only=True):
    """What the lines are made for."""

    catalogue: Catalogue
    condition: str | None
    sex: Sex
    least: Certainty | None
    factors: tuple[str, ...]

    @property
    def sexes(self) -> tuple[Sex, ...]:
        return ("male", "female") if self.sex == "any" else (self.sex,)

    def rated(self, treatment: Treatment) -> list[Indication]:
        """What it is listed for, as far as it was asked for."""
        return [
            one
            for one in treatment.indications
            if self.condition in (None, one.condition) and concerns(one.sex, self.sex)
        ]

    def spoken_of(self, treatment: Treatment) -> list[Indication]:
        """Of these, what its line tells: the condition it lists first, or first with the certainty asked for."""
        rated = self.rated(treatment)
        sure = [one for one in rated if self.least is not None and sureness(one) >= CERTAINTY.index(self.least)]
        return [one for one in rated if one.condition == (sure or rated)[0].condition]


class _Common(Struct, frozen=True):
    """What most lines share, so that it is said once."""

    #: Stars for conditions that fewer of the lines are about; the most common one has none.
    marks: dict[str, str]
    currency: str


class _Entry(Struct, frozen=True):
    """A treatment that stays, and what its line tells."""

    treatment: Treatment
    spoken_of: list[Indication]
    takes: Commitment


def list_treatments(
    catalogue: Catalogue,
    filters: Filters | None = None,
    *,
    sort: SortKey = "invasiveness",
    reverse: bool = False,
    today: dt.date | None = None,
) -> Report:
    """The treatments that pass the filters, grouped from least to most invasive.

    Within a group they are sorted by ``sort``; by any key but ``invasiveness`` the groups are kept, so that the
    list always reads from least to most. ``cost`` puts the least a year can cost first, then other currencies than the
    most common one by name (there are no exchange rates here), then what is not reported; ``effort`` the fewest visits
    in a year, then the fewest doses at home, both halfway between their bounds. ``reverse`` turns the whole order
    round.

    Raises:
        UnknownNameError: the condition or a factor asked for does not exist.
    """
    filters = filters or Filters()
    everything = list(catalogue)
    asked = _Asked(
        catalogue=catalogue,
        condition=catalogue.find_condition(filters.condition) if filters.condition is not None else None,
        sex=filters.sex or "any",
        least=filters.min_certainty,
        factors=tuple(find_factors(catalogue, filters.without)),
    )
    tests = _tests(filters, asked)
    left = [one for one in everything if all(test(one) for _, test in tests)]
    kept = [_Entry(one, asked.spoken_of(one), takes) for one, takes in zip(left, first_years(left), strict=True)]
    kept.sort(key=_sorter(sort, asked, kept), reverse=reverse)
    levels = [level for level in INVASIVENESS if any(one.treatment.invasiveness == level for one in kept)]
    if reverse:
        levels.reverse()
    common = _common(asked, kept)
    blocks = [
        _level(asked, level, [one for one in kept if one.treatment.invasiveness == level], common) for level in levels
    ]
    excluded = [(option, sum(not test(one) for one in everything)) for option, test in tests]
    if not kept:
        blocks.append(Block("none", "No treatment passes all of these filters", items=_reasons(excluded, everything)))
    total = w.counted(len(everything), "treatment")
    count = f"{len(kept)} of {total}" if tests else total
    order = "from most to least invasive" if reverse else "from least to most invasive"
    return Report(
        kind="list",
        title=f"{count}{_about(asked)}, {order}",
        lead=_left_out(asked, everything),
        blocks=tuple(blocks),
        scale=_legend(asked, blocks, common, sort) if kept else (),
        onward=_onward(asked, kept, common, sort) if kept else (),
        data={
            "treatments": [
                _data(asked, one) for block in blocks for one in kept if one.treatment.invasiveness == block.key
            ],
            "filters": [{"option": option, "excluded": number} for option, number in excluded],
        },
        **framed(catalogue, today),
    )


_Test = Callable[[Treatment], bool]

#: Shown as examples where they are in the list.
_EXAMPLES: Final[tuple[str, ...]] = ("prp", "prf")
_NAME = Field("treatment", "treatment", 26, 1, "id")
_LISTED = Field("listed", "listed for it", 15, 1)
_ASKS = Field("asks", "you do", 12)
_SEEN = Field("days_seen", "days seen", 4)
_COST = Field("year_cost", "first-year cost", 12)
_FIELDS = (
    Field("what_for", "what for, does it help, how sure", 25, 1),
    Field("downtime", "time off", 10),
    Field("sessions", "sessions", 13, 2),
    Field("setting", "where", 6),
    _SEEN,
    _COST,
)
#: What a year may cost, in whatever currency most prices are in.
_AMOUNTS: Final = (100, 500, 1_000, 5_000)
#: The same column where an entry has one line.
_LISTED_SHORT: Final[dict[State, str]] = {
    "avoid": "avoid",
    "ask-specialist": "ask first",
    "take-care": "take care",
    "nothing-found": "none found",
    "not-looked-for": "not looked for",
}
_ORDERS: Final[dict[str, str]] = {
    "cost": "in each group: the least a year can cost first, other currencies and unknown costs last",
    "effort": "in each group: the fewest visits in a year first, then the fewest doses",
}


def first_years(treatments: Sequence[Treatment], region: str | None = None) -> list[Commitment]:
    """What each takes in a year, at the prices of this region, or of the one that most have, or else at its own."""
    years = [commitment_over(one) for one in treatments]
    regions = Counter(one.cost.region for one in years if one.cost is not None)
    if not regions:
        return years
    common = region or regions.most_common(1)[0][0]
    for place, (treatment, year) in enumerate(zip(treatments, years, strict=True)):
        elsewhere = year.cost is not None and year.cost.region != common
        if elsewhere and any(price.region == common for price in treatment.costs):
            there = commitment_over(treatment, region=common)
            years[place] = there if there.cost is not None else year
    return years


def _about(asked: _Asked) -> str:
    whom = w.SEX_WORDS[asked.sex].lower()
    if asked.condition is None:
        return f" for {whom}" if whom else ""
    label = w.lower_first(asked.catalogue.conditions[asked.condition].short)
    return f" for {label} in {whom}" if whom else f" for {label}"


def _common(asked: _Asked, kept: Sequence[_Entry]) -> _Common:
    spoken_of = Counter(one.spoken_of[0].condition for one in kept if one.spoken_of)
    currencies = Counter(one.takes.cost.currency for one in kept if one.takes.cost is not None)
    return _Common(
        # A list for one condition says so in its title.
        {key: "*" * stars for stars, (key, _) in enumerate(spoken_of.most_common())} if not asked.condition else {},
        currencies.most_common(1)[0][0] if currencies else "",
    )


def _legend(asked: _Asked, blocks: Sequence[Block], common: _Common, sort: SortKey) -> tuple[Item, ...]:
    """What the signs and short words of the lines stand for, as far as they are there."""
    rows = [row for block in blocks if block.short is not None for row in block.short.rows]
    said = {item.text for row in rows for cell in row for item in cell.items}
    labels = {mark: w.lower_first(asked.catalogue.conditions[key].short) for key, mark in common.marks.items()}
    return (
        Item("How sure?"),
        *w.certainty_signs(),
        *(Item(meaning, lead=word) for word, meaning in LEGEND.items() if word in said),
        *(Item(label, lead=mark or ("unmarked" if len(labels) > 1 else "all")) for mark, label in labels.items()),
        *([Item(_ORDERS[sort])] if sort in _ORDERS else []),
    )


def _onward(asked: _Asked, kept: Sequence[_Entry], common: _Common, sort: SortKey) -> tuple[str, ...]:
    """Ways on that were not taken yet."""
    done = [one.treatment.id for one in kept if one.treatment.kind != "none"]
    examples = [one for one in _EXAMPLES if one in done]
    ids = [*examples, *(one for one in done if one not in examples)] or [kept[0].treatment.id]
    ways = [f"One: hairtx show {ids[0]}"]
    if len(ids) > 1:
        ways.append(f"Two: hairtx compare {ids[0]} {ids[1]}")
    if asked.sex == "any":
        ways.append("Women: --sex female")
    if common.marks:
        main = asked.catalogue.conditions[key := next(iter(common.marks))]
        ways.append(f"One condition: --for {min(key, *main.aliases, key=_typed)}")
    if sort != "cost":
        ways.append("By cost: --sort cost")
    return tuple(ways)


def _typed(name: str) -> tuple[bool, int]:
    """What is quickest to type comes first; a word of one or two letters could be anything."""
    return " " in name or len(name) < 3, len(name)


def _factor_test(asked: _Asked, factor: str) -> tuple[str, _Test]:
    def is_kept(one: Treatment) -> bool:
        return strictest(listed_for(asked.catalogue, one, [factor], sex=asked.sex)) != "avoid"

    return f"--without {factor}", is_kept


def _left_out(asked: _Asked, everything: Sequence[Treatment]) -> tuple[Item, ...]:
    """What ``--without`` leaves out, and what its silence does not mean."""
    if not asked.factors:
        return ()
    items = []
    for factor in asked.factors:
        names = [
            one.short_name
            for one in everything
            if strictest(listed_for(asked.catalogue, one, [factor], sex=asked.sex)) == "avoid"
        ]
        lead = f"Left out, because they list 'avoid' for {asked.catalogue.factors[factor].label}"
        items.append(Item(f"{', '.join(names) or 'none'}.", lead=lead))
    options = " ".join(f"--with {factor}" for factor in asked.factors)
    items.append(
        Item(f"To stay on the list is not the same as safe. 'hairtx screen {options}' shows reasons and sources.")
    )
    return tuple(items)


def _listed(asked: _Asked, treatment: Treatment) -> Cell:
    listed = listed_for(asked.catalogue, treatment, asked.factors, sex=asked.sex)
    return Cell(
        tuple(
            Item(asked.catalogue.factors[one.caution.factor].label, lead=w.ACTION_WORDS[one.caution.action])
            for one in listed
        )
        or (Item(_LISTED_SHORT[state_of(asked.catalogue, treatment, *asked.factors, sex=asked.sex)]),)
    )


def _reasons(excluded: Sequence[tuple[str, int]], everything: Sequence[Treatment]) -> tuple[Item, ...]:
    """Each filter with how many treatments it leaves out by itself."""
    total = len(everything)
    return tuple(
        Item(f"{option} leaves out {'all ' if number == total else f'{number} of '}{total}")
        for option, number in excluded
        if number
    )


def _tests(filters: Filters, asked: _Asked) -> list[tuple[str, _Test]]:  # noqa: C901  # one branch a filter
    tests: list[tuple[str, _Test]] = []

    def add(option: str, test: _Test) -> None:
        tests.append((option, test))

    if (level := filters.invasiveness) is not None:
        add(f"--invasiveness {level}", lambda one: one.invasiveness == level)
    if (most := filters.max_invasiveness) is not None:
        bound = INVASIVENESS.index(most)
        add(f"--max-invasiveness {most}", lambda one: INVASIVENESS.index(one.invasiveness) <= bound)
    if (kind := filters.kind) is not None:
        add(f"--kind {kind}", lambda one: one.kind == kind)
    if (setting := filters.setting) is not None:
        add(f"--setting {setting}", lambda one: one.setting == setting)
    if (condition := asked.condition) is not None:
        add(f"--for {condition}", lambda one: any(i.condition == condition for i in one.indications))
    if asked.sex != "any":
        add(f"--sex {asked.sex}", lambda one: bool(asked.rated(one)))
    if (downtime := filters.max_downtime) is not None:
        limit = downtime.days[1]
        add(f"--max-downtime '{downtime}'", lambda one: (days := downtime_days(one)) is not None and days <= limit)
    if (least := filters.min_certainty) is not None:
        rank = CERTAINTY.index(least)
        add(f"--min-certainty {least}", lambda one: max(map(sureness, asked.rated(one)), default=-1) >= rank)
    if (match := filters.match) is not None:
        add(f"--match {match!r}", lambda one: has_words((*one.names.values(), one.summary.text), match))
    return tests + [_factor_test(asked, factor) for factor in asked.factors]


def sureness(one: Indication) -> int:
    """By rank, how sure it is that it helps; -1 where the evidence says anything else, or nothing of the direction."""
    return CERTAINTY.index(one.certainty) if one.direction == "helps" else -1


def downtime_days(treatment: Treatment) -> Fraction | None:
    """How long until ordinary activities are possible, at most; None where it is not reported."""
    downtime = treatment.daily_activities
    return downtime.lasts.days[1] if downtime is not None and downtime.lasts is not None else None


def _sorter(sort: SortKey, asked: _Asked, kept: Sequence[_Entry]) -> Callable[[_Entry], Any]:
    def name(one: _Entry) -> str:
        return folded(one.treatment.short_name)

    def certainty(one: _Entry) -> tuple[int, int]:
        rated = asked.rated(one.treatment)
        surest = max((CERTAINTY.index(each.certainty) for each in rated), default=-1)
        # Most sure that it helps first, because that is what people look for.
        return -max(map(sureness, rated), default=-1), -surest

    def downtime(one: _Entry) -> tuple[bool, Fraction]:
        days = downtime_days(one.treatment)
        return days is None, days or Fraction(0)

    currencies = Counter(one.takes.cost.currency for one in kept if one.takes.cost is not None)

    def cost(one: _Entry) -> tuple[Any, ...]:
        money = one.takes.cost
        if money is None:
            return (1,)
        # Nothing is nothing in any currency.
        rarity = 0 if money.upper == 0 else -currencies[money.currency]
        return 0, money.upper > 0, rarity, money.currency, money.lower, money.upper

    def effort(one: _Entry) -> tuple[Any, ...]:
        visits, doses = one.takes.visits, one.takes.doses
        if visits is None or doses is None:
            return (1,)
        return 0, visits.lower + visits.upper, doses.lower + doses.upper

    keys: dict[str, Callable[[_Entry], Any]] = {
        "invasiveness": lambda one: INVASIVENESS.index(one.treatment.invasiveness),
        "name": name,
        "certainty": certainty,
        "downtime": downtime,
        "cost": cost,
        "effort": effort,
        "kind": lambda one: one.treatment.kind,
        "setting": lambda one: one.treatment.setting,
    }
    return lambda one: (keys[sort](one), name(one))


def _uses(asked: _Asked, treatment: Treatment) -> tuple[Item, ...]:
    """What it is listed for, what the evidence says of that, and how sure: men and women apart where they are."""
    items: list[Item] = []
    unstudied: list[str] = []
    for key, record in asked.catalogue.conditions.items():
        for one in asked.rated(treatment):
            if one.condition != key:
                continue
            whom = w.SEX_WORDS[one.sex].lower() if asked.sex == "any" else ""
            label = f"{record.short}, {whom}" if whom else record.short
            if one.certainty == "none":
                unstudied.append(label)
                continue
            words = w.CERTAINTY_WORDS[one.certainty]
            words = f"{w.DIRECTION_WORDS[one.direction]} ({words})" if one.direction is not None else words
            items.append(Item(f"{label}: {words}", gauge=w.certainty_gauge(one.certainty)))
    if unstudied:
        # One line for all of them: nothing is known of each, so there is nothing to tell apart.
        words = w.CERTAINTY_WORDS["none"]
        items.append(Item(f"{'; '.join(unstudied)}: {words}", gauge=w.certainty_gauge("none")))
    return tuple(items)


def _level(asked: _Asked, level: Invasiveness, entries: Sequence[_Entry], common: _Common) -> Block:
    listed = (_LISTED,) if asked.factors else ()
    verdicts = [Field(sex, w.SEX_WORDS[sex].lower(), 12) for sex in asked.sexes]
    cost = Field(_COST.key, f"{_COST.label} ({common.currency})" if common.currency else _COST.label, _COST.width)
    keys = tuple(one.treatment.id for one in entries)
    return Block(
        key=level,
        title=w.capitalised(f"{w.INVASIVENESS_WORDS[level]}: {w.INVASIVENESS_MEANING[level]}"),
        gauge=w.invasiveness_gauge(level),
        grid=Grid((_NAME, _FIELDS[0], *listed, *_FIELDS[1:]), tuple(_row(asked, one) for one in entries), keys),
        short=Grid(
            (_NAME, *verdicts, *listed, _ASKS, _SEEN, cost), tuple(_line(asked, one, common) for one in entries), keys
        ),
    )


def _named(asked: _Asked, treatment: Treatment, name: str) -> Cell:
    origin = asked.catalogue.treatments.origin_of(treatment.id)
    named = Item("", lead=name, id=treatment.id)
    return Cell((named, Item(origin.words)) if origin is not None else (named,))


def _row(asked: _Asked, entry: _Entry) -> tuple[Cell, ...]:
    treatment = entry.treatment
    downtime = treatment.daily_activities
    lasts = downtime.lasts if downtime is not None else None
    sessions = w.schedule_words(treatment)
    if not sessions and treatment.kind == "none":
        sessions = "none"
    return (
        _named(asked, treatment, treatment.name),
        Cell(_uses(asked, treatment)),
        *([_listed(asked, treatment)] if asked.factors else []),
        Cell((Item(lasts.text),) if lasts is not None else ()),
        Cell((Item(sessions),) if sessions else ()),
        Cell((Item(treatment.setting.replace("-", " ")),)),
        # The sessions have said what there is to do.
        *_taken(entry)[1:],
    )


def _line(asked: _Asked, entry: _Entry, common: _Common) -> tuple[Cell, ...]:
    treatment, spoken_of = entry.treatment, entry.spoken_of
    mark = common.marks.get(spoken_of[0].condition, "") if spoken_of else ""
    return (
        _named(asked, treatment, f"{treatment.short_name}{mark}"),
        *(Cell((verdict(treatment, spoken_of, sex),)) for sex in asked.sexes),
        *(
            [Cell((Item(_LISTED_SHORT[state_of(asked.catalogue, treatment, *asked.factors, sex=asked.sex)]),))]
            if asked.factors
            else []
        ),
        *_taken(entry, common.currency, unknown=UNKNOWN),
    )


def _taken(entry: _Entry, currency: str = "", *, unknown: str = "") -> tuple[Cell, ...]:
    told = (asked_of_you(entry.treatment, entry.takes), days_seen(entry.treatment), year_cost(entry.takes, currency))
    return tuple(Cell((Item(one or unknown),) if one or unknown else ()) for one in told)


def _data(asked: _Asked, entry: _Entry) -> dict[str, Any]:
    treatment = entry.treatment
    downtime, signs = treatment.daily_activities, treatment.visible_signs
    origin = origin_data(asked.catalogue.treatments.origin_of(treatment.id))
    listed = [listed_data(one) for one in listed_for(asked.catalogue, treatment, asked.factors, sex=asked.sex)]
    return {
        "id": treatment.id,
        "name": treatment.name,
        "short_name": treatment.short_name,
        **({"origin": origin} if origin is not None else {}),
        "kind": treatment.kind,
        "setting": treatment.setting,
        "invasiveness": treatment.invasiveness,
        "condition": entry.spoken_of[0].condition if entry.spoken_of else None,
        "indications": [
            {
                "condition": one.condition,
                "sex": one.sex,
                "direction": one.direction,
                "size": one.size,
                "certainty": one.certainty,
                "rating": one.rating,
            }
            for one in asked.rated(treatment)
        ],
        "downtime": downtime.lasts if downtime is not None else None,
        "downtime_days": downtime_days(treatment),
        "visible_signs": signs.lasts if signs is not None else None,
        "schedule": [{"name": one.name, "sessions": one.sessions, "every": one.every} for one in treatment.phases],
        "first_year": commitment_data(entry.takes),
        **({"listed": listed} if asked.factors else {}),
    }


class Choice(Struct, frozen=True):
    """One value of a filter; the empty value leaves nothing out."""

    value: str
    label: str


class ListFilter(Struct, frozen=True):
    """One filter. Its meaning is that of the same filter of ``list_treatments``."""

    key: FilterKey
    label: str
    choices: tuple[Choice, ...]


def list_filters(catalogue: Catalogue, currency: str) -> tuple[ListFilter, ...]:
    """The filters by condition, sex, invasiveness by place (0 is nothing done), setting, downtime in days, the least
    that a year can cost in this currency, and certainty by rank (0 is no study found)."""
    settings = {one.setting for one in catalogue}
    return (
        ListFilter(
            "for",
            "Condition",
            (Choice("", "Any"), *(Choice(key, one.label) for key, one in catalogue.conditions.items())),
        ),
        ListFilter(
            "sex",
            "For whom",
            (Choice("", "Anyone"), *(Choice(key, label) for key, label in w.SEX_WORDS.items() if label)),
        ),
        ListFilter(
            "takes",
            "What is done, at most",
            (
                Choice("", "Anything"),
                Choice("1", "Nothing through the skin"),
                Choice("2", "Needles, no surgery"),
            ),
        ),
        ListFilter(
            "setting",
            "Where",
            (
                Choice("", "Anywhere"),
                *(Choice(key, w.capitalised(label)) for key, label in w.SETTING_WORDS.items() if key in settings),
            ),
        ),
        ListFilter(
            "downtime",
            "Back to ordinary activities",
            (
                Choice("", "Any time"),
                Choice("0", "At once"),
                Choice("1", "Within 1 day"),
                Choice("3", "Within 3 days"),
                Choice("7", "Within 1 week"),
                Choice("14", "Within 2 weeks"),
            ),
        ),
        ListFilter(
            "cost",
            "Cost of the first year",
            (
                Choice("", "Any cost"),
                Choice("0", "Nothing"),
                *(Choice(str(most), f"From under {currency} {w.number(most)}") for most in _AMOUNTS if currency),
            ),
        ),
        ListFilter(
            "certainty",
            "How sure that it helps, at least",
            (
                Choice("", "Any certainty"),
                *(
                    Choice(str(rank), w.capitalised(w.CERTAINTY_WORDS[level]))
                    for rank, level in enumerate(CERTAINTY)
                    if level != "none"
                ),
            ),
        ),
    )
