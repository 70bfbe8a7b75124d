"""A plan as iCalendar (RFC 5545), for import into any calendar program.

The icalendar library folds lines and escapes text; daily use is one event with a rule, not hundreds of events.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar

from hairtx.analysis.calendar import Calendar, Event

__all__ = ["calendar_text"]

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_text(calendar: Calendar) -> str:
    """The calendar as one VCALENDAR, with the time zone it uses."""
    written = icalendar.Calendar()
    written.add("prodid", "-//hairtx//plan//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("x-wr-calname", icalendar.vText(calendar.name))
    for event in calendar.events:
        written.add_component(_event(event, calendar))
    if calendar.at is not None and calendar.timezone is not None and calendar.events:
        days = [day for event in calendar.events for day in _dates(event)]
        margin = dt.timedelta(days=400)
        written.add_missing_timezones(min(days) - margin, max(days) + margin)
    text: str = written.to_ical().decode()
    return text


def _event(event: Event, calendar: Calendar) -> icalendar.Event:
    written = icalendar.Event()
    written.add("uid", event.uid)
    written.add("dtstamp", dt.datetime.combine(calendar.made, dt.time(), tzinfo=dt.UTC))
    written.add("dtstart", _moment(event.on, event, calendar))
    if _has_time(event, calendar) and event.minutes is not None:
        written.add("duration", dt.timedelta(minutes=event.minutes))
    written.add("summary", event.summary)
    written.add("description", event.description)
    # A reminder does not make anybody busy; a visit of known length does.
    written.add("transp", "OPAQUE" if _has_time(event, calendar) and event.minutes is not None else "TRANSPARENT")
    repeats = event.repeats
    if repeats is not None and repeats.frequency is None:
        written.add("rdate", [_moment(day, event, calendar) for day in repeats.dates[1:]])
    elif repeats is not None:
        rule: dict[str, Any] = {"freq": repeats.frequency, "count": len(repeats.dates)}
        if repeats.interval > 1:
            rule["interval"] = repeats.interval
        if repeats.weekdays:
            rule["byday"] = [_WEEKDAYS[day] for day in repeats.weekdays]
        written.add("rrule", rule)
    return written


def _dates(event: Event) -> tuple[dt.date, ...]:
    return event.repeats.dates if event.repeats is not None else (event.on,)


def _has_time(event: Event, calendar: Calendar) -> bool:
    return calendar.at is not None and event.is_timed


def _moment(day: dt.date, event: Event, calendar: Calendar) -> dt.date:
    if calendar.at is None or not event.is_timed:
        return day
    zone = ZoneInfo(calendar.timezone) if calendar.timezone is not None else None
    return dt.datetime.combine(day, calendar.at, tzinfo=zone)
