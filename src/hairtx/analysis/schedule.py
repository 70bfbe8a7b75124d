"""Schedule arithmetic: how many sessions fall within a time, and on which dates.

A schedule is phases in order. The first session of all is at time zero. Every later session follows the one before it
by the interval of the phase it belongs to, so a maintenance phase “every 6 months” begins 6 months after the last
session of the course before it. A phase without a number of sessions goes on without end.

**Time is counted in whole calendar months and in days, never mixed up.** An interval in months or years moves through
the calendar (31 January + 1 month is the last day of February, and + 2 months is 31 March again); part of a month is
that part of the calendar month it falls in. An interval in anything else is days. A horizon is a whole number of
months from the start; a session counts if it comes before the horizon ends, so that 12 monthly sessions fit a year.

**Bounds.** Since the number of days in a span of months depends on where it lies in the calendar (a year has 365 or
366 days), the bounds hold for every start date: the lower bound counts what fits whatever the date, the upper bound
what fits for some date. They enclose

- the fewest sessions at the longest interval up to the most sessions at the shortest, and
- the typical plan, at the midpoints,

so every dated plan lies within them by construction.

Example by hand, “3-5 sessions, 4 weeks apart; then every 3-6 months” over 12 months:

- slowest: days 0, 28, 56 (3 sessions), then 6 months later (about day 239); the next would be 12 months and 56 days
  after the start, which is past the end: 4 visits;
- fastest: days 0, 28, 56, 84, 112 (5 sessions), then 3 and 6 months later (about days 203 and 295); the next, 9 months
  and 112 days after the start, is about day 386: 7 visits;
- typical: 4 sessions on days 0 to 84, then 4.5 months later (about day 221); 9 months and 84 days is about day 358,
  still inside: 6 visits.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from itertools import product
from typing import Final, Literal, get_args

from msgspec import Struct

from hairtx.catalogue.model import Phase, Setting
from hairtx.catalogue.quantity import Duration, Interval, days_in
from hairtx.errors import UsageError

__all__ = [
    "DAYS_A_MONTH",
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONGEST_HORIZON",
    "PACES",
    "PACE_WORDS",
    "Bounds",
    "DatedStep",
    "Pace",
    "Step",
    "checked_horizon",
    "checked_start",
    "date_after",
    "dated",
    "days_in_horizon",
    "has_no_end",
    "is_at_home",
    "laid_out",
    "month_later",
    "session_bounds",
    "span_bounds",
    "steps_at",
]

Pace = Literal["typical", "fastest", "slowest"]
#: What a pace takes from the ranges that sources report.
PACE_WORDS: Final[dict[Pace, str]] = {
    "typical": "halfway between the fewest and the most sessions, and the shortest and the longest gaps reported",
    "fastest": "the most sessions and the shortest gaps that are reported",
    "slowest": "the fewest sessions and the longest gaps that are reported",
}
PACES: Final[tuple[Pace, ...]] = get_args(Pace)

#: Ten years; beyond that no schedule of any source says anything.
LONGEST_HORIZON: Final = 120
#: Plans start in these years. The calendar repeats every four years in this span, which the bounds rely on.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2089

DAYS_A_MONTH: Final = days_in("month")
_MONTHS_IN: Final = {"month": 1, "year": 12}
#: No span of months differs by more than this many days from 30.4375 days a month.
_CALENDAR_SLACK: Final = 5
#: A number without rounding error.
Exact = Fraction | int
_NOTHING: Final[Exact] = 0
_ROUGH_MONTH: Final = float(DAYS_A_MONTH)


class Bounds(Struct, frozen=True):
    """A closed interval of numbers."""

    lower: Fraction
    upper: Fraction


class Step(Struct, frozen=True):
    """One phase at a chosen pace: how many sessions, and the gap before each of them in months and in days."""

    index: int
    phase: Phase
    #: None: without end.
    count: int | None
    months: Exact
    days: Exact


class DatedStep(Struct, frozen=True):
    """The days on which the sessions of a step are, and how many sessions: two doses on one day are one date."""

    step: Step
    dates: tuple[dt.date, ...]
    sessions: int


def checked_horizon(months: int) -> int:
    """The horizon, if it is one.

    Raises:
        UsageError: zero, negative, or longer than ten years.
    """
    if months < 0:
        raise UsageError(f"a horizon of {months} months would end before it starts; give 1 to {LONGEST_HORIZON} months")
    if months == 0:
        raise UsageError(f"a horizon of 0 months holds nothing; give 1 to {LONGEST_HORIZON} months")
    if months > LONGEST_HORIZON:
        raise UsageError(
            f"{months} months is longer than any schedule is known for; give at most {LONGEST_HORIZON} (10 years)"
        )
    return months


def checked_start(start: dt.date) -> dt.date:
    """The first day of a plan, if it lies in the years that plans are made for.

    Raises:
        UsageError: it does not.
    """
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise UsageError(
            f"a plan cannot start in the year {start.year}; choose a date from {FIRST_YEAR} to {LAST_YEAR}"
        )
    return start


def is_at_home(phase: Phase, setting: Setting) -> bool:
    """Whether the phase is done at home, where doses are counted and not visits."""
    return (phase.setting or setting) == "home"


def has_no_end(phases: Sequence[Phase]) -> bool:
    """Whether the last phase goes on without a set end."""
    return bool(phases) and phases[-1].sessions is None


def steps_at(phases: Sequence[Phase], pace: Pace) -> tuple[Step, ...] | None:
    """The phases at a pace, or None where a later phase does not say how long after the one before it comes.

    ``fastest`` is the most sessions at the shortest interval, ``slowest`` the fewest at the longest, ``typical`` the
    midpoints: half a session is rounded up, and an interval in days to the nearest whole day within its range.
    """
    match pace:
        case "fastest":
            return _steps(phases, [_most(one) for one in phases], "shortest")
        case "slowest":
            return _steps(phases, [_fewest(one) for one in phases], "longest")
    return _steps(phases, [_middle(one) for one in phases], "middle")


@lru_cache(maxsize=1024)  # a site asks for each treatment a dozen times
def session_bounds(phases: Sequence[Phase], setting: Setting, horizon: int) -> tuple[Bounds, Bounds] | None:
    """Visits and doses at home within ``horizon`` months, whatever the start date.

    None where the schedule cannot be computed.
    """
    fewest = [_fewest(one) for one in phases]
    most = [_most(one) for one in phases]
    middle = [_middle(one) for one in phases]
    plans = [(counts, gap) for counts, gap in product((fewest, most), ("longest", "shortest"))]
    visits: list[int] = []
    doses: list[int] = []
    seen: set[tuple[object, ...]] = set()
    for counts, gap in (*plans, (middle, "middle")):
        steps = _steps(phases, counts, gap)
        if steps is None:
            return None
        # Most schedules have no ranges, and then all plans are one.
        plan = tuple((step.count, step.months, step.days) for step in steps)
        if plan in seen:
            continue
        seen.add(plan)
        for is_generous in (False, True):
            within = _counted(steps, partial(_fits, horizon=horizon, generous=is_generous))
            home = sum(n for n, step in zip(within, steps, strict=True) if is_at_home(step.phase, setting))
            doses.append(home)
            visits.append(sum(within) - home)
    return _bounds(visits), _bounds(doses)


def span_bounds(phases: Sequence[Phase], horizon: int) -> Bounds | None:
    """Months from the first session to one interval after the last, within the horizon: how long something is used."""
    ends: list[Fraction] = []
    for pace in PACES:
        steps = steps_at(phases, pace)
        if steps is None:
            return None
        months: Exact = 0
        days: Exact = 0
        for step in steps:
            if step.count is None:
                months = horizon
            else:
                months += step.months * step.count
                days += step.days * step.count
        ends.append(min(months + days / DAYS_A_MONTH, Fraction(horizon)))
    return Bounds(min(ends), max(ends))


#: Exact numbers take ten times as long, and no drawing shows the difference.
_DRAWN_DAYS: Final = float(DAYS_A_MONTH)


def laid_out(steps: Sequence[Step], horizon: int) -> Iterator[tuple[Step, tuple[float, ...]]]:
    """Each step with the months since the start at which its sessions are, for drawing; a month is 30.4375 days.

    Sessions less than a day apart are given once a day.
    """
    for step, run in _runs(steps, lambda months, days: months + days / DAYS_A_MONTH < horizon):
        yield step, tuple(float(months) + float(days) / _DRAWN_DAYS for months, days in run.daily())


def dated(steps: Sequence[Step], start: dt.date, horizon: int) -> Iterator[DatedStep]:
    """Each step with the dates of its sessions that come before the horizon ends."""
    end = month_later(start, horizon)
    for step, run in _runs(steps, lambda months, days: _date_at(start, months, days) < end):
        dates = dict.fromkeys(_date_at(start, months, days) for months, days in run.daily())
        yield DatedStep(step, tuple(dates), run.count)


def date_after(start: dt.date, duration: Duration) -> tuple[dt.date, dt.date]:
    """The earliest and the latest date that lies ``duration`` after ``start``; months go by the calendar."""
    earliest, latest = (_apart(bound, duration.unit) for bound in (duration.lower, duration.upper))
    return _date_at(start, *earliest), _date_at(start, *latest)


def month_later(start: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last day where it has no such day."""
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def days_in_horizon(horizon: int) -> Bounds:
    """The fewest and the most days that many months can have."""
    return Bounds(*_distance(_NOTHING, horizon))


def _bounds(numbers: Sequence[int]) -> Bounds:
    return Bounds(Fraction(min(numbers)), Fraction(max(numbers)))


def _fewest(phase: Phase) -> int | None:
    return None if phase.sessions is None else int(phase.sessions.lower)


def _most(phase: Phase) -> int | None:
    return None if phase.sessions is None else int(phase.sessions.upper)


def _middle(phase: Phase) -> int | None:
    return None if phase.sessions is None else int((phase.sessions.lower + phase.sessions.upper + 1) // 2)


def _steps(phases: Sequence[Phase], counts: Sequence[int | None], gap: str) -> tuple[Step, ...] | None:
    steps = []
    for index, (phase, count) in enumerate(zip(phases, counts, strict=True)):
        if phase.every is None:
            if index > 0 or count is None or count > 1:
                return None
            months, days = _NOTHING, _NOTHING
        else:
            months, days = _gap(phase.every, gap)
        steps.append(Step(index, phase, count, months, days))
    return tuple(steps)


def _gap(every: Interval, which: str) -> tuple[Exact, Exact]:
    if which == "shortest":
        return _apart(every.lower, every.unit)
    if which == "longest":
        return _apart(every.upper, every.unit)
    months, days = _apart((every.lower + every.upper) / 2, every.unit)
    whole = math.floor(days + Fraction(1, 2))
    shortest, longest = every.days
    # A plan for people is made of whole days where the range allows it.
    return (months, whole) if whole and shortest <= whole <= longest else (months, days)


def _apart(length: Fraction, unit: str) -> tuple[Exact, Exact]:
    """A length as months and days, one of which is zero."""
    if unit in _MONTHS_IN:
        return _whole(length * _MONTHS_IN[unit]), _NOTHING
    return _NOTHING, _whole(length * days_in(unit))


def _whole(number: Exact) -> Exact:
    """The same number, as an int where it is one: most are, and arithmetic with ints is many times faster."""
    return number.numerator if number.denominator == 1 else number


class _Run(Struct, frozen=True):
    """``count`` sessions of a step: session ``n`` (from 0) is ``ahead + n`` gaps after ``months`` and ``days``."""

    months: Exact
    days: Exact
    ahead: int
    count: int
    step: Step

    def place(self, number: int) -> tuple[Exact, Exact]:
        gaps = self.ahead + number
        return self.months + gaps * self.step.months, self.days + gaps * self.step.days

    def daily(self) -> Iterator[tuple[Exact, Exact]]:
        """Where the sessions are; those less than a day apart once a day."""
        if self.count == 0:
            return
        if self.step.months or self.step.days >= 1:
            for number in range(self.count):
                yield self.place(number)
            return
        months, first = self.place(0)
        _, last = self.place(self.count - 1)
        yield months, first
        for day in range(math.floor(first) + 1, math.floor(last) + 1):
            yield months, day


def _runs(steps: Sequence[Step], fits: Callable[[Exact, Exact], bool]) -> Iterator[tuple[Step, _Run]]:
    """The sessions of each step that fit. Later sessions come later, so the last one that fits is searched for."""
    months: Exact = 0
    days: Exact = 0
    ahead = 0
    for step in steps:
        run = _Run(months, days, ahead, 0, step)
        count = _first_failure(partial(_run_fits, run, fits), step.count)
        yield step, _Run(months, days, ahead, count, step)
        if step.count is None or count < step.count:
            return
        if count:
            months, days = run.place(count - 1)
            ahead = 1


def _run_fits(run: _Run, fits: Callable[[Exact, Exact], bool], number: int) -> bool:
    return fits(*run.place(number))


def _counted(steps: Sequence[Step], fits: Callable[[Exact, Exact], bool]) -> list[int]:
    within = [run.count for _, run in _runs(steps, fits)]
    return within + [0] * (len(steps) - len(within))


def _first_failure(holds: Callable[[int], bool], limit: int | None) -> int:
    """The smallest number from 0 for which ``holds`` is false, at most ``limit``; it never holds again after that."""
    high = 1
    while (limit is None or high < limit) and holds(high - 1):
        high *= 2
    if limit is not None:
        high = min(high, limit)
    low = 0
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            low = middle + 1
        else:
            high = middle
    return low


def _fits(months: Exact, days: Exact, horizon: int, *, generous: bool) -> bool:
    """Whether a session comes before the horizon ends: for every start date, or generously for some."""
    # Far from the end of the horizon no calendar changes the answer, and floating point is exact enough to see that.
    rough = (float(months) - horizon) * _ROUGH_MONTH + float(days)
    if abs(rough) > _CALENDAR_SLACK:
        return rough < 0
    return bool(days < _distance(months, horizon)[1 if generous else 0])


@lru_cache(maxsize=1024)
def _distance(months: Exact, horizon: int) -> tuple[Fraction, Fraction]:
    """The fewest and the most days from ``months`` after a start to ``horizon`` months after it."""
    whole = math.floor(months)
    part = months - whole
    found: list[Exact] = []
    # Days 1 to 28 behave alike, and the calendar repeats after 48 months.
    for first in range(48):
        for day in (28, 29, 30, 31):
            at: Exact = _ordinal(first + whole, day)
            if part:
                at += part * (_ordinal(first + whole + 1, day) - at)
            found.append(_ordinal(first + horizon, day) - at)
    return Fraction(min(found)), Fraction(max(found))


@lru_cache(maxsize=4096)
def _ordinal(month: int, day: int) -> int:
    year, number = divmod(month, 12)
    year += FIRST_YEAR
    return dt.date(year, number + 1, min(day, monthrange(year, number + 1)[1])).toordinal()


def _days_to(start: dt.date, months: Exact) -> Exact:
    whole = math.floor(months)
    before = month_later(start, whole)
    part = months - whole
    if not part:
        return (before - start).days
    return (before - start).days + part * (month_later(start, whole + 1) - before).days


def _date_at(start: dt.date, months: Exact, days: Exact) -> dt.date:
    return start + dt.timedelta(days=math.floor(_days_to(start, months) + days))
