"""A calendar without a format: events with dates, and how they repeat. A renderer writes it as iCalendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

__all__ = ["Calendar", "Event", "Repetition", "repetition_of"]

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY"]


class Repetition(Struct, frozen=True):
    """How an event repeats: a rule, or the plain list of dates where no rule gives exactly these."""

    frequency: Frequency | None
    interval: int
    #: Monday is 0; for WEEKLY only.
    weekdays: tuple[int, ...]
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


def repetition_of(dates: Sequence[dt.date]) -> Repetition | None:
    """The simplest repetition that gives exactly these dates, which ascend; None for a single date."""
    if len(dates) < 2:
        return None
    kept = tuple(dates)
    gaps = {(after - before).days for before, after in pairwise(kept)}
    if len(gaps) == 1:
        gap = gaps.pop()
        if gap % 7 == 0:
            return Repetition("WEEKLY", gap // 7, (kept[0].weekday(),), kept)
        return Repetition("DAILY", gap, (), kept)
    if weekdays := _weekly_pattern(kept):
        return Repetition("WEEKLY", 1, weekdays, kept)
    months = {_months(after) - _months(before) for before, after in pairwise(kept)}
    # Days 29 to 31 are missing in some months, where calendars skip the event instead of moving it.
    if len(months) == 1 and {one.day for one in kept} == {kept[0].day} and kept[0].day <= 28:
        return Repetition("MONTHLY", months.pop(), (), kept)
    return Repetition(None, 1, (), kept)


def _weekly_pattern(dates: tuple[dt.date, ...]) -> tuple[int, ...]:
    """The weekdays, if the dates are every one of these weekdays from the first date to the last."""
    weekdays = {one.weekday() for one in dates}
    days = (dates[-1] - dates[0]).days + 1
    expected = [day for number in range(days) if (day := dates[0] + dt.timedelta(days=number)).weekday() in weekdays]
    return tuple(sorted(weekdays)) if expected == list(dates) else ()


def _months(date: dt.date) -> int:
    return date.year * 12 + date.month
