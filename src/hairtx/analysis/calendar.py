"""A calendar without a format: events with dates, and how they repeat. A renderer writes it as iCalendar."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final, Literal

from msgspec import Struct

__all__ = ["Calendar", "Event", "Repetition", "regular_parts", "repetition_of"]

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY"]
#: How many series taking turns are tried for dates that no single rule gives.
_MOST_TURNS: Final = 31


class Repetition(Struct, frozen=True, kw_only=True):
    """A rule by which an event repeats."""

    frequency: Frequency
    interval: int = 1
    #: Monday is 0; for WEEKLY only.
    weekdays: tuple[int, ...] = ()
    #: For MONTHLY only; empty where it is the day of the first date, and -1 for the last day of a month.
    month_days: tuple[int, ...] = ()
    #: All dates, the first one included.
    dates: tuple[dt.date, ...]


class Event(Struct, frozen=True, kw_only=True):
    """Something on a day, or on several."""

    #: The same for the same event of the same plan, so that importing twice does not double it.
    uid: str
    on: dt.date
    summary: str
    description: str
    #: False for what belongs to a day as a whole, even in a plan with times.
    is_timed: bool
    #: Minutes it takes; None if not reported.
    minutes: int | None = None
    repeats: Repetition | None = None


class Calendar(Struct, frozen=True, kw_only=True):
    """Events, and when in the day they are."""

    name: str
    #: The day the calendar was made.
    made: dt.date
    events: tuple[Event, ...]
    #: Local time of the timed events; all-day if None.
    at: dt.time | None = None
    #: IANA name of the time zone that ``at`` is in; None is the reader's own.
    timezone: str | None = None
    #: What a reader must know about the times.
    notes: tuple[str, ...] = ()


def repetition_of(dates: Sequence[dt.date]) -> Repetition | None:
    """The simplest rule that gives exactly these dates, which ascend; None for a single date and where no rule does."""
    if len(dates) < 2:
        return None
    kept = tuple(dates)
    gaps = {(after - before).days for before, after in pairwise(dates)}
    if len(gaps) == 1:
        gap = gaps.pop()
        if gap % 7 == 0:
            return Repetition(frequency="WEEKLY", interval=gap // 7, weekdays=(dates[0].weekday(),), dates=kept)
        return Repetition(frequency="DAILY", interval=gap, dates=kept)
    if weekdays := _common(dates, dt.date.weekday):
        return Repetition(frequency="WEEKLY", weekdays=weekdays, dates=kept)
    months = {_months(after) - _months(before) for before, after in pairwise(dates)}
    if len(months) == 1:
        if len({one.day for one in dates}) == 1:
            return Repetition(frequency="MONTHLY", interval=months.pop(), dates=kept)
        if all(one.day == monthrange(one.year, one.month)[1] for one in dates):
            return Repetition(frequency="MONTHLY", interval=months.pop(), month_days=(-1,), dates=kept)
    if month_days := _common(dates, attrgetter("day")):
        return Repetition(frequency="MONTHLY", month_days=month_days, dates=kept)
    return None


def regular_parts(dates: Sequence[dt.date]) -> Sequence[Sequence[dt.date]]:
    """These dates, which ascend, in few parts each of which one rule gives, in the order of their first dates.

    Every 10.5 days is 10 and 11 days later in turn, which no rule of iCalendar says, and many calendars drop plain
    lists of dates. Every second of these dates lies 21 days after the other, so two rules give all of them.
    """
    if len(dates) < 2 or repetition_of(dates):
        return [dates]
    if repetition_of(dates[1:]):
        return [dates[:1], dates[1:]]
    # The 30th of every month, and the last day of February apart.
    day = max(one.day for one in dates)
    alike = [one for one in dates if one.day == day]
    best = [[one] for one in dates if one.day != day]
    best += [alike] if repetition_of(alike) else [[one] for one in alike]
    for turns in range(1, min(_MOST_TURNS, len(dates)) + 1):
        runs = [run for first in range(turns) for run in _even_runs(dates[first::turns])]
        best = min(best, runs, key=len)
    return sorted(best, key=lambda run: run[0])


def _even_runs(dates: Sequence[dt.date]) -> list[list[dt.date]]:
    """The dates cut wherever the gap changes."""
    runs = [[dates[0]]]
    for one in dates[1:]:
        run = runs[-1]
        if len(run) == 1 or one - run[-1] == run[-1] - run[-2]:
            run.append(one)
        else:
            runs.append([one])
    return runs


def _common(dates: Sequence[dt.date], of: Callable[[dt.date], int]) -> tuple[int, ...]:
    """Their weekdays or days of the month, if every day that has one of these, from the first to the last, is there."""
    marks = set(map(of, dates))
    days = (dates[-1] - dates[0]).days + 1
    expected = [day for number in range(days) if of(day := dates[0] + dt.timedelta(days=number)) in marks]
    return tuple(sorted(marks)) if expected == list(dates) else ()


def _months(date: dt.date) -> int:
    return date.year * 12 + date.month
