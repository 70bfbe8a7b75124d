"""A plan as iCalendar (RFC 5545), for import into any calendar program.

The icalendar library folds lines and escapes text; daily use is one event with a rule, not hundreds of events. Only
what calendars of every kind read is written: rules instead of lists of dates, one observance of summer time and one of
winter time, an end for every event.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from calendar import monthrange
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar

from hairtx.analysis.calendar import Calendar, Event
from hairtx.analysis.document import Report

__all__ = ["calendar_text", "plan_text"]

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY: Final = dt.timedelta(days=1)
#: The year from which on yearly rules of a time zone are written.
_RULES_SINCE: Final = 1970
#: What a timed event takes in the calendar where no length is reported, so that no calendar makes up its own.
_UNKNOWN_LENGTH: Final = dt.timedelta(minutes=15)


def plan_text(plan: Report) -> str:
    """The calendar of a plan, which always has one."""
    return calendar_text(plan.calendar)  # type: ignore[arg-type]  # other reports have none


def calendar_text(calendar: Calendar) -> str:
    """The calendar as one VCALENDAR, with the time zone it uses."""
    written = icalendar.Calendar()
    written.add("prodid", "-//hairtx//plan//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("x-wr-calname", icalendar.vText(calendar.name))
    for event in calendar.events:
        written.add_component(_event(event, calendar))
    for name in written.get_missing_tzids():
        days = [day for event in calendar.events for day in _dates(event)]
        written.subcomponents.insert(0, _timezone(ZoneInfo(name), min(days), max(days)))
    text: str = written.to_ical().decode()
    return text


def _event(event: Event, calendar: Calendar) -> icalendar.Event:
    written = icalendar.Event()
    written.add("uid", event.uid)
    written.add("dtstamp", dt.datetime.combine(calendar.made, dt.time(), tzinfo=dt.UTC))
    # A plan made on a later day revises the one before it.
    written.add("sequence", (calendar.made - dt.date(2000, 1, 1)).days)
    is_busy, description = False, event.description
    if calendar.at is None or not event.is_timed:
        written.add("dtstart", event.on)
        written.add("dtend", event.on + _DAY)
    else:
        zone = ZoneInfo(calendar.timezone) if calendar.timezone is not None else None
        # A reminder does not make anybody busy; a visit of known length does.
        is_busy = event.minutes is not None
        length = dt.timedelta(minutes=event.minutes) if event.minutes is not None else _UNKNOWN_LENGTH
        if not is_busy:
            description = f"How long it takes is not reported; 15 minutes here stand for that.\n{description}"
        start = dt.datetime.combine(event.on, calendar.at, tzinfo=zone)
        end = (start.astimezone(dt.UTC) + length).astimezone(zone) if zone is not None else start + length
        written.add("dtstart", start)
        if end.fold:
            # In the hour that comes twice, an end would be read as the first of the two.
            written.add("duration", length)
        else:
            written.add("dtend", end)
    written.add("summary", event.summary)
    written.add("description", description)
    written.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    repeats = event.repeats
    if repeats is not None:
        rule: dict[str, Any] = {"freq": repeats.frequency, "count": len(repeats.dates)}
        if repeats.interval > 1:
            rule["interval"] = repeats.interval
        if repeats.weekdays:
            rule["byday"] = [_WEEKDAYS[day] for day in repeats.weekdays]
        if repeats.month_days:
            rule["bymonthday"] = list(repeats.month_days)
        written.add("rrule", rule)
    return written


def _dates(event: Event) -> tuple[dt.date, ...]:
    return event.repeats.dates if event.repeats is not None else (event.on,)


def _timezone(zone: ZoneInfo, first: dt.date, last: dt.date) -> icalendar.Timezone:
    """What the clocks do from the year before ``first`` to the year after ``last``.

    Not icalendar's own ``Timezone.from_tzinfo``: it lists dates, of which some calendars read only the first, and has
    the clocks go forward an hour late.
    """
    years = range(first.year - 1, last.year + 2)
    onsets: dict[tuple[dt.timedelta, dt.timedelta, str], list[dt.datetime]] = {}
    for moment in _changes(zone, years):
        before, after = (moment - dt.timedelta(minutes=1)).astimezone(zone), moment.astimezone(zone)
        key = _offset(before), _offset(after), after.tzname() or ""
        onsets.setdefault(key, []).append(moment.replace(tzinfo=None) + key[0])
    rules = [_yearly_rule(group, years) for group in onsets.values()]
    written = icalendar.Timezone()
    written.add("tzid", zone.key)
    if rules and all(rules):
        for key, rule in zip(onsets, filter(None, rules), strict=True):
            written.add_component(_observance(*key, *rule))
    else:
        begin = dt.datetime(years[0], 1, 1, tzinfo=zone)
        written.add_component(_observance(_offset(begin), _offset(begin), begin.tzname() or "", begin))
        for key, group in onsets.items():
            for onset in group:
                written.add_component(_observance(*key, onset))
    return written


def _observance(
    before: dt.timedelta, since: dt.timedelta, name: str, onset: dt.datetime, rule: dict[str, Any] | None = None
) -> icalendar.Component:
    # By what the clocks do, and not by which of the two a country calls its standard: calendars expect it so.
    written = icalendar.TimezoneDaylight() if since > before else icalendar.TimezoneStandard()
    written.add("dtstart", onset.replace(tzinfo=None))
    if rule is not None:
        written.add("rrule", rule)
    written.add("tzoffsetfrom", before)
    written.add("tzoffsetto", since)
    written.add("tzname", name)
    return written


def _changes(zone: ZoneInfo, years: Sequence[int]) -> Iterator[dt.datetime]:
    """When the offset from UTC changes in these years, in UTC and to the minute."""
    day = dt.datetime(years[0], 1, 1, tzinfo=dt.UTC)
    while day.year <= years[-1]:
        before = _offset(day.astimezone(zone))
        if _differs(day + _DAY, before, zone):
            minutes = [day + dt.timedelta(minutes=minute) for minute in range(1, 24 * 60 + 1)]
            yield minutes[bisect(minutes, False, key=partial(_differs, before=before, zone=zone))]
        day += _DAY


def _differs(moment: dt.datetime, before: dt.timedelta, zone: ZoneInfo) -> bool:
    return _offset(moment.astimezone(zone)) != before


def _offset(moment: dt.datetime) -> dt.timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _yearly_rule(onsets: Sequence[dt.datetime], years: Sequence[int]) -> tuple[dt.datetime, dict[str, Any]] | None:
    """The rule that gives these onsets, one in each of these years, with its onset of 1970; None if they follow none.

    From 1970 on, as most calendars write it: vobject takes a zone for UTC whose winter is UTC and whose summers have
    not begun by 2020.
    """
    if [one.year for one in onsets] != list(years):
        return None
    if len({(one.month, one.weekday(), one.time()) for one in onsets}) > 1:
        return None
    one, earliest, latest = onsets[0], min(one.day for one in onsets), max(one.day for one in onsets)
    weekday, length = _WEEKDAYS[one.weekday()], monthrange(_RULES_SINCE, one.month)[1]
    rule: dict[str, Any] = {"freq": "YEARLY", "bymonth": one.month}
    if all(one.day > monthrange(one.year, one.month)[1] - 7 for one in onsets):
        rule["byday"], begin = f"-1{weekday}", length - 6
    elif (earliest + 6) // 7 == (latest + 6) // 7:
        rule["byday"], begin = f"{(latest + 6) // 7}{weekday}", (latest + 6) // 7 * 7 - 6
    else:
        # Such as the Friday from the 23rd to the 29th.
        begin = max(latest - 6, 1)
        rule |= {"byday": weekday, "bymonthday": list(range(begin, begin + 7))}
        if earliest < begin:
            return None
    week = (one.replace(year=_RULES_SINCE, day=day) for day in range(begin, begin + 7))
    return next(day for day in week if day.weekday() == one.weekday()), rule
