"""The catalogue as a list: filtered, grouped by invasiveness, sorted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import origin_data
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.factors import find_factors, listed_data, listed_for, strictest
from hairtx.analysis.framing import concerns, framed, has_words
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

__all__ = ["Choice", "FilterKey", "Filters", "ListFilter", "SortKey", "list_filters", "list_treatments"]

SortKey = Literal["invasiveness", "name", "certainty", "downtime", "kind", "setting"]
FilterKey = Literal["for", "sex", "setting", "downtime", "certainty"]


class Filters(Struct, frozen=True, kw_only=True):
    """What to leave out. Every field that is set must hold for a treatment to stay."""

    invasiveness: Invasiveness | None = None
    max_invasiveness: Invasiveness | None = None
    kind: Kind | None = None
    setting: Setting | None = None
    #: Key, label or alias of a condition the treatment is listed for.
    condition: str | None = None
    #: The treatment is listed for this sex, or for both.
    sex: Sex | None = None
    #: Ordinary activities are possible within this time; a treatment without a reported downtime is left out.
    max_downtime: Duration | None = None
    #: At least this sure, for the condition asked for or for any.
    min_certainty: Certainty | None = None
    #: Every word occurs in the name, an alias or the summary.
    match: str | None = None
    #: Keys, labels or aliases of factors: leaves out treatments that list *avoid* for one, marks those that list less.
    without: tuple[str, ...] = ()


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
    list always reads from least to most. ``reverse`` turns the whole order round.

    Raises:
        UnknownNameError: the condition or a factor asked for does not exist.
    """
    filters = filters or Filters()
    condition = catalogue.find_condition(filters.condition) if filters.condition is not None else None
    factors = find_factors(catalogue, filters.without)
    tests = _tests(filters, condition)
    tests += [_factor_test(catalogue, factor) for factor in factors]
    everything = list(catalogue)
    kept = [one for one in everything if all(test(one) for _, test in tests)]
    kept.sort(key=_sorter(sort, condition), reverse=reverse)
    levels = [level for level in INVASIVENESS if any(one.invasiveness == level for one in kept)]
    if reverse:
        levels.reverse()
    blocks = [
        _level(catalogue, level, [one for one in kept if one.invasiveness == level], condition, factors)
        for level in levels
    ]
    total = w.counted(len(everything), "treatment")
    excluded = [(option, sum(not test(one) for one in everything)) for option, test in tests]
    if not kept:
        blocks.append(Block("none", "No treatment passes all of these filters", items=_reasons(excluded, everything)))
    count = f"{len(kept)} of {total}" if tests else total
    about = f" for {catalogue.conditions[condition].label}" if condition is not None else ""
    order = "from most to least invasive" if reverse else "from least to most invasive"
    return Report(
        kind="list",
        title=f"{count}{about}, {order}",
        lead=_left_out(catalogue, everything, factors),
        blocks=tuple(blocks),
        data={
            "treatments": [
                _data(catalogue, one, condition) | _factor_data(catalogue, one, factors)
                for block in blocks
                for one in kept
                if one.invasiveness == block.key
            ],
            "filters": [{"option": option, "excluded": number} for option, number in excluded],
        },
        **framed(catalogue, today),
    )


_Test = Callable[[Treatment], bool]

_FIELDS = (
    Field("treatment", "treatment", 26, 1, "id"),
    Field("what_for", "what for, how sure", 25, 2),
    Field("downtime", "downtime", 10),
    Field("sessions", "sessions", 19, 2),
    Field("setting", "where", 9),
)


#: With a column for what is listed for the factors asked about; still fits a page of 100 characters.
_FIELDS_WITH_FACTORS = (
    Field("treatment", "treatment", 24, 1, "id"),
    Field("what_for", "what for, how sure", 22, 2),
    Field("listed", "listed for it", 15, 1),
    Field("downtime", "downtime", 8),
    Field("sessions", "sessions", 13, 2),
    Field("setting", "where", 6),
)


def _factor_test(catalogue: Catalogue, factor: str) -> tuple[str, _Test]:
    return f"--without {factor}", lambda one: strictest(listed_for(catalogue, one, [factor])) != "avoid"


def _left_out(catalogue: Catalogue, everything: Sequence[Treatment], factors: Sequence[str]) -> tuple[Item, ...]:
    """What ``--without`` leaves out, and what its silence does not mean."""
    if not factors:
        return ()
    items = []
    for factor in factors:
        names = [one.short_name for one in everything if strictest(listed_for(catalogue, one, [factor])) == "avoid"]
        lead = f"Left out, because they list 'avoid' for {catalogue.factors[factor].label}"
        items.append(Item(f"{', '.join(names) or 'none'}.", lead=lead))
    options = " ".join(f"--with {factor}" for factor in factors)
    items.append(
        Item(f"{w.NOTHING_LISTED} is not the same as safe. 'hairtx screen {options}' shows reasons and sources.")
    )
    return tuple(items)


def _listed(catalogue: Catalogue, treatment: Treatment, factors: Sequence[str]) -> Cell:
    listed = listed_for(catalogue, treatment, factors)
    return Cell(
        tuple(
            Item(catalogue.factors[one.caution.factor].label, lead=w.ACTION_WORDS[one.caution.action]) for one in listed
        )
        or (Item(w.NOTHING_LISTED.lower()),)
    )


def _factor_data(catalogue: Catalogue, treatment: Treatment, factors: Sequence[str]) -> dict[str, Any]:
    if not factors:
        return {}
    return {"listed": [listed_data(one) for one in listed_for(catalogue, treatment, factors)]}


def _reasons(excluded: Sequence[tuple[str, int]], everything: Sequence[Treatment]) -> tuple[Item, ...]:
    """Each filter with how many treatments it leaves out by itself."""
    total = len(everything)
    return tuple(
        Item(f"{option} leaves out {'all ' if number == total else f'{number} of '}{total}")
        for option, number in excluded
        if number
    )


def _tests(filters: Filters, condition: str | None) -> list[tuple[str, _Test]]:  # noqa: C901  # one branch a filter
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
    if condition is not None:
        add(f"--for {condition}", lambda one: bool(_indications(one, condition)))
    if (sex := filters.sex) is not None and sex != "any":
        add(f"--sex {sex}", lambda one: any(concerns(i.sex, sex) for i in _indications(one, condition)))
    if (downtime := filters.max_downtime) is not None:
        limit = downtime.days[1]
        add(f"--max-downtime '{downtime}'", lambda one: (days := _downtime_days(one)) is not None and days <= limit)
    if (least := filters.min_certainty) is not None:
        rank = CERTAINTY.index(least)
        add(f"--min-certainty {least}", lambda one: _certainty_rank(one, condition, filters.sex) >= rank)
    if (match := filters.match) is not None:
        add(f"--match {match!r}", lambda one: has_words((*one.names.values(), one.summary.text), match))
    return tests


def _indications(treatment: Treatment, condition: str | None) -> list[Indication]:
    return [one for one in treatment.indications if condition is None or one.condition == condition]


def _downtime_days(treatment: Treatment) -> Fraction | None:
    downtime = treatment.daily_activities
    return downtime.lasts.days[1] if downtime is not None and downtime.lasts is not None else None


def _certainty_rank(treatment: Treatment, condition: str | None, sex: Sex | None = None) -> int:
    """The highest certainty for the condition (or any); -1 where nothing is listed."""
    ranks = [CERTAINTY.index(one.certainty) for one in _indications(treatment, condition) if concerns(one.sex, sex)]
    return max(ranks, default=-1)


def _sorter(sort: SortKey, condition: str | None) -> Callable[[Treatment], Any]:
    def name(one: Treatment) -> str:
        return folded(one.name)

    def downtime(one: Treatment) -> tuple[bool, Fraction]:
        days = _downtime_days(one)
        return days is None, days or Fraction(0)

    keys: dict[str, Callable[[Treatment], Any]] = {
        "invasiveness": lambda one: (INVASIVENESS.index(one.invasiveness), name(one)),
        "name": name,
        # Most certain first, because that is what people look for.
        "certainty": lambda one: (-_certainty_rank(one, condition), name(one)),
        "downtime": lambda one: (*downtime(one), name(one)),
        "kind": lambda one: (one.kind, name(one)),
        "setting": lambda one: (one.setting, name(one)),
    }
    return keys[sort]


def _uses(catalogue: Catalogue, treatment: Treatment, condition: str | None) -> tuple[Item, ...]:
    """What it is listed for and how sure: a range where that differs between men and women."""
    items: list[Item] = []
    unstudied: list[str] = []
    for key, record in catalogue.conditions.items():
        if condition not in (None, key):
            continue
        ranks = sorted({CERTAINTY.index(one.certainty) for one in _indications(treatment, key)})
        label = record.label.split(" (")[0]
        if not ranks:
            continue
        if ranks[-1] == 0:
            unstudied.append(label)
            continue
        words = " to ".join(w.CERTAINTY_WORDS[CERTAINTY[rank]] for rank in dict.fromkeys((ranks[0], ranks[-1])))
        about = " about its course" if treatment.kind == "none" else ""
        items.append(Item(f"{label}: {words}{about}", gauge=w.certainty_gauge(CERTAINTY[ranks[-1]])))
    if unstudied:
        # One line for all of them: nothing is known of each, so there is nothing to tell apart.
        words = w.CERTAINTY_WORDS["none"]
        items.append(Item(f"{'; '.join(unstudied)}: {words}", gauge=w.certainty_gauge("none")))
    return tuple(items)


def _level(
    catalogue: Catalogue,
    level: Invasiveness,
    treatments: Sequence[Treatment],
    condition: str | None,
    factors: Sequence[str],
) -> Block:
    rows = tuple(_row(catalogue, one, condition, factors) for one in treatments)
    fields = _FIELDS_WITH_FACTORS if factors else _FIELDS
    return Block(
        key=level,
        title=w.capitalised(f"{w.INVASIVENESS_WORDS[level]}: {w.INVASIVENESS_MEANING[level]}"),
        gauge=w.invasiveness_gauge(level),
        grid=Grid(fields, rows, tuple(one.id for one in treatments)),
    )


def _row(catalogue: Catalogue, treatment: Treatment, condition: str | None, factors: Sequence[str]) -> tuple[Cell, ...]:
    downtime = treatment.daily_activities
    lasts = downtime.lasts if downtime is not None else None
    sessions = w.schedule_words(treatment.phases, at_home=treatment.setting == "home")
    if not sessions and treatment.kind == "none":
        sessions = "none"
    named = [Item("", lead=treatment.name, id=treatment.id)]
    origin = catalogue.treatments.origin_of(treatment.id)
    if origin is not None:
        named.append(Item(origin.words))
    return (
        Cell(tuple(named)),
        Cell(_uses(catalogue, treatment, condition)),
        *([_listed(catalogue, treatment, factors)] if factors else []),
        Cell((Item(lasts.text),) if lasts is not None else ()),
        Cell((Item(sessions),) if sessions else ()),
        Cell((Item(treatment.setting.replace("-", " ")),)),
    )


def _data(catalogue: Catalogue, treatment: Treatment, condition: str | None) -> dict[str, Any]:
    downtime = treatment.daily_activities
    origin = origin_data(catalogue.treatments.origin_of(treatment.id))
    return {
        "id": treatment.id,
        "name": treatment.name,
        **({"origin": origin} if origin is not None else {}),
        "kind": treatment.kind,
        "setting": treatment.setting,
        "invasiveness": treatment.invasiveness,
        "indications": [
            {"condition": one.condition, "sex": one.sex, "certainty": one.certainty, "rating": one.rating}
            for one in _indications(treatment, condition)
        ],
        "downtime": downtime.lasts if downtime is not None else None,
        "downtime_days": _downtime_days(treatment),
        "schedule": [{"name": one.name, "sessions": one.sessions, "every": one.every} for one in treatment.phases],
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


def list_filters(catalogue: Catalogue) -> tuple[ListFilter, ...]:
    """The filters by condition, sex, setting, downtime in days, and certainty by rank (0 is no study found)."""
    settings = {one.setting for one in catalogue}
    return (
        ListFilter(
            "for",
            "Condition",
            (Choice("", "All conditions"), *(Choice(key, one.label) for key, one in catalogue.conditions.items())),
        ),
        ListFilter(
            "sex",
            "For whom",
            (Choice("", "Men and women"), *(Choice(key, label) for key, label in w.SEX_WORDS.items() if label)),
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
            "certainty",
            "How sure, at least",
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
