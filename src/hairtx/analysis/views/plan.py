"""Treatments as dated sessions: one list and one calendar."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count, islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.calendar import Calendar, Event, regular_parts, repetition_of
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.framing import edition_line, framed, pictured, short_names
from hairtx.analysis.schedule import (
    PACE_WORDS,
    DatedStep,
    Pace,
    checked_horizon,
    checked_start,
    date_after,
    dated,
    has_no_end,
    is_at_home,
    month_later,
    steps_at,
)
from hairtx.catalogue.model import Treatment
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = ["plan"]

#: Characters in the name of the person whose plan it is, so that the rest of a summary still shows.
_LONGEST_NAME: Final = 40
#: Days that every month has.
_DAYS_OF_ALL_MONTHS: Final = 28

_FIELDS = (
    Field("date", "date", 10),
    Field("day", "day", 3),
    Field("treatment", "treatment", 14, 1),
    Field("what", "what", 24, 3),
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class _Entry(Struct, frozen=True, kw_only=True):
    """One line of the plan."""

    kind: str
    on: dt.date
    until: dt.date | None
    treatment: Treatment
    #: What it is, without dates.
    what: str
    sources: tuple[str, ...]
    is_timed: bool
    #: What tells this event from every other one of the treatment.
    mark: str
    minutes: int | None = None
    dates: tuple[dt.date, ...] = ()
    doses: int | None = None
    note: str = ""


def plan(
    catalogue: Catalogue,
    names: Sequence[str],
    *,
    start: dt.date,
    months: int = 12,
    pace: Pace = "typical",
    at: dt.time | None = None,
    timezone: str | None = None,
    person: str | None = None,
    today: dt.date | None = None,
) -> Report:
    """The sessions of one to twelve treatments by date, with when to expect first signs and when to judge.

    All treatments begin on ``start``. Sessions come before the same day ``months`` later; phases without an end stop
    there. Use at home is one entry with its last day. The numbers of visits and doses lie within those of
    :func:`hairtx.analysis.commitment.commitment_over`.

    Args:
        catalogue: where the treatments come from.
        names: ids, names or aliases.
        start: the day of the first sessions, in the years 2000 to 2089.
        months: whole months, 1 to 120.
        pace: ``typical``, ``fastest`` or ``slowest``, see :func:`hairtx.analysis.schedule.steps_at`.
        at: local time of the sessions; all-day if None.
        timezone: IANA name of the zone that ``at`` is in, not checked here; the reader's own if None.
        person: whose plan it is, in up to 40 characters. It stands in every event and keeps the events of two people
            apart who start on one day.
        today: the date the calendar is marked with, and by which an edition counts as out of date.

    Raises:
        UsageError: no or too many treatments, one twice, dates that no plan can be made for, or a person without or
            with too long a name.
        UnknownNameError: with the nearest names.
    """
    treatments = pictured(catalogue, names)
    checked_horizon(months)
    checked_start(start)
    if person is not None and not 0 < len(person.strip()) <= _LONGEST_NAME:
        raise UsageError(f"whose plan it is takes 1 to {_LONGEST_NAME} characters, like 'Kim' or 'K.'")
    end = month_later(start, months)
    citations = Citations(catalogue.sources)
    order = {one.id: place for place, one in enumerate(treatments)}
    entries = [entry for one in treatments for entry in _entries(one, start, end, months, pace)]
    entries.sort(key=lambda one: (one.on, order[one.treatment.id]))
    grid = Grid(
        _FIELDS,
        tuple(_row(one, citations, at) for one in entries),
        tuple(one.treatment.id for one in entries),
    )
    whose = f"Plan of {person.strip()}" if person is not None else "Plan"
    title = f"{whose} for {short_names(treatments)}, {start.isoformat()} to {end.isoformat()}"
    clocks = tuple(_clock_changes(entries, at, timezone)) if at is not None and timezone is not None else ()
    remarks = (
        *(Item(note, lead="Clocks") for note in clocks),
        *(item for one in treatments for item in _remarks(one, citations, start, months, pace)),
    )
    blocks = [Block("plan", "", grid=grid)] if entries else []
    if remarks:
        blocks.append(Block("remarks", "Good to know", items=remarks))
    return Report(
        kind="plan",
        title=title,
        lead=(
            Item(PACE_WORDS[pace], lead="Pace"),
            Item(
                "This lays out what sources report. It prescribes nothing: dates are for you and whoever treats you "
                "to agree on."
            ),
        ),
        blocks=tuple(blocks),
        data={
            "start": start,
            "end": end,
            "months": months,
            "pace": pace,
            "at": at.isoformat("minutes") if at is not None else None,
            "timezone": timezone,
            "person": person,
            "clocks": list(clocks),
            "treatments": [{"id": one.id, "name": one.name} for one in treatments],
            "entries": [_data(one) for one in entries],
        },
        calendar=Calendar(
            name=title,
            made=today or catalogue.about.reviewed,
            events=tuple(event for one in entries for event in _events(one, start, catalogue, person)),
            at=at,
            timezone=timezone,
            notes=clocks,
        ),
        **framed(catalogue, today, citations),
    )


def _entries(treatment: Treatment, start: dt.date, end: dt.date, months: int, pace: Pace) -> Iterator[_Entry]:
    for step in dated(steps_at(treatment.phases, pace) or (), start, months):
        if not step.dates:
            continue
        if is_at_home(step.step.phase, treatment.setting) or step.sessions > len(step.dates):
            yield _use(treatment, step, end)
        else:
            yield from _sessions(treatment, step)
    milestones = (
        ("first-signs", "first signs can show", treatment.first_signs),
        ("judge", "time to judge the result", treatment.full_assessment),
    )
    for kind, what, duration in milestones:
        if duration is None:
            continue
        earliest, latest = date_after(start, duration)
        if earliest < end:
            yield _Entry(
                kind=kind,
                on=earliest,
                until=latest if latest != earliest else None,
                treatment=treatment,
                what=f"{what} ({duration.text} after the start)",
                sources=treatment.result_sources,
                is_timed=False,
                mark=kind,
            )


def _sessions(treatment: Treatment, step: DatedStep) -> Iterator[_Entry]:
    phase, count = step.step.phase, step.step.count
    for number, on in enumerate(step.dates, start=1):
        of_all = f" of {count}" if count is not None and count > 1 else ""
        session = phase.name if count == 1 else f"{phase.name}: session {number}{of_all}"
        yield _Entry(
            kind="session",
            on=on,
            until=None,
            treatment=treatment,
            what=session,
            sources=phase.sources,
            is_timed=True,
            mark=f"phase {step.step.index} session {number}",
            minutes=_minutes(treatment, step),
            note=phase.note or "",
        )


def _use(treatment: Treatment, step: DatedStep, end: dt.date) -> _Entry:
    phase, dates = step.step.phase, _days_of_use(step, end)
    every = w.interval_words(phase.every) if phase.every is not None else ""
    return _Entry(
        kind="use",
        on=dates[0],
        until=dates[-1] if len(dates) > 1 else None,
        treatment=treatment,
        what=f"{phase.name}: {every}" if every else phase.name,
        sources=phase.sources,
        is_timed=True,
        mark=f"phase {step.step.index} use",
        minutes=_minutes(treatment, step),
        dates=dates,
        doses=step.sessions,
        note=phase.note or "",
    )


def _days_of_use(step: DatedStep, end: dt.date) -> tuple[dt.date, ...]:
    """So many times a month are on the same days of every month, which people can keep and calendars can repeat."""
    times = 1 / Fraction(step.step.months) if step.step.months else Fraction(0)
    if times.denominator > 1 or not 1 < times <= _DAYS_OF_ALL_MONTHS:
        return step.dates
    first = step.dates[0]
    later = (_DAYS_OF_ALL_MONTHS * number // int(times) for number in range(int(times)))
    month_days = {(min(first.day, _DAYS_OF_ALL_MONTHS) - 1 + days) % _DAYS_OF_ALL_MONTHS + 1 for days in later}
    after = (day for number in count(1) if (day := first + dt.timedelta(days=number)).day in month_days)
    dates = (first, *islice(after, len(step.dates) - 1))
    return dates if dates[-1] < end else step.dates


def _minutes(treatment: Treatment, step: DatedStep) -> int | None:
    """The middle of the reported length, for the length of the event."""
    length = treatment.session_length
    elsewhere = (step.step.phase.setting or treatment.setting) != treatment.setting
    if length is None or length.lasts is None or length.covers is not None or elsewhere:
        return None
    shortest, longest = length.lasts.days
    return max(round((shortest + longest) / 2 * 1440), 1)


def _row(entry: _Entry, citations: Citations, at: dt.time | None) -> tuple[Cell, ...]:
    date = entry.on.isoformat()
    if at is not None and entry.is_timed:
        date = f"{date} {at.isoformat('minutes')}"
    parts = [entry.what]
    if entry.until is not None:
        parts.append(f"until {entry.until.isoformat()}")
    if entry.doses is not None:
        parts.append(f"{w.counted(entry.doses, 'time')} in all")
    return (
        Cell((Item("", lead=date),)),
        Cell((Item(_WEEKDAYS[entry.on.weekday()]),)),
        Cell((Item(entry.treatment.short_name),)),
        Cell((Item(", ".join(parts), refs=citations.cite(entry.sources)),)),
    )


def _remarks(treatment: Treatment, citations: Citations, start: dt.date, months: int, pace: Pace) -> Iterator[Item]:
    """What the dates alone do not say."""
    phases, name = treatment.phases, treatment.short_name
    if not phases:
        waits = treatment.kind == "none"
        yield Item("nothing is done, so there are no sessions" if waits else "no schedule is reported", lead=name)
    elif steps_at(phases, pace) is None:
        yield Item("the time between its phases is not reported, so no dates can be given", lead=name)
    for phase in phases:
        if phase.note:
            yield Item(phase.note, lead=f"{name}, {phase.name}", refs=citations.cite(phase.sources))
    if has_no_end(phases):
        yield Item(f"has no set end; this plan stops after {w.span_words(months)}", lead=name)
    yield from _undated_milestones(treatment, start, months)
    for check in treatment.monitoring:
        yield Item(check.text, lead=f"{name}, checks", refs=citations.cite(check.sources))


def _undated_milestones(treatment: Treatment, start: dt.date, months: int) -> Iterator[Item]:
    name = treatment.short_name
    for what, duration in (
        ("when first signs can show", treatment.first_signs),
        ("when to judge the result", treatment.full_assessment),
    ):
        if duration is None:
            if treatment.kind != "none":
                yield Item(f"{what} is not reported", lead=name)
        elif date_after(start, duration)[0] >= month_later(start, months):
            yield Item(f"{what} lies after this plan: {duration.text} after the start", lead=name)


def _clock_changes(entries: Sequence[_Entry], at: dt.time, timezone: str) -> Iterator[str]:
    """On which days the time is skipped or comes twice."""
    zone, time = ZoneInfo(timezone), at.isoformat("minutes")
    skipped: dict[str, list[str]] = {}
    twice: list[str] = []
    for day in sorted({day for one in entries if one.is_timed for day in one.dates or (one.on,)}):
        first, second = (dt.datetime.combine(day, at.replace(fold=fold), tzinfo=zone) for fold in (0, 1))
        before, after = first.utcoffset(), second.utcoffset()
        assert before is not None
        assert after is not None
        if before < after:
            # As RFC 5545 has it: with the offset from before.
            shown = first.astimezone(dt.UTC).astimezone(zone).time().isoformat("minutes")
            skipped.setdefault(shown, []).append(day.isoformat())
        elif before > after:
            twice.append(day.isoformat())
    for shown, days in skipped.items():
        yield f"{time} does not exist in {timezone} on {w.series(days)}: clocks skip it, and calendars show {shown}"
    if twice:
        yield f"{time} comes twice in {timezone} on {w.series(twice)}: calendars take the first"


def _events(entry: _Entry, start: dt.date, catalogue: Catalogue, person: str | None) -> Iterator[Event]:
    """One event, or a few where no single rule gives its dates."""
    of = f" of {person.strip()}" if person is not None else ""
    name = f"hairtx {entry.treatment.id} {start.isoformat()} {entry.mark}{of}"
    parts = [w.sentence(entry.note)] if entry.note else []
    if entry.until is not None and not entry.dates:
        parts.insert(0, f"From {entry.on.isoformat()} until {entry.until.isoformat()}.")
    links = [catalogue.sources[key].link or catalogue.sources[key].title for key in entry.sources]
    if links:
        parts.append(f"Sources: {', '.join(links)}.")
    parts.append(f"{edition_line(catalogue)}. {catalogue.about.disclaimer}")
    for number, dates in enumerate(regular_parts(entry.dates or (entry.on,))):
        part = f" part {number + 1}" if number else ""
        yield Event(
            uid=f"{uuid.uuid5(uuid.NAMESPACE_OID, f'{name}{part}')}@hairtx",
            on=dates[0],
            summary=f"{f'{person.strip()}: ' if person is not None else ''}{entry.treatment.short_name}: {entry.what}",
            description="\n".join(parts),
            is_timed=entry.is_timed,
            minutes=entry.minutes,
            repeats=repetition_of(dates),
        )


def _data(entry: _Entry) -> dict[str, Any]:
    data: dict[str, Any] = {
        "date": entry.on,
        "until": entry.until,
        "kind": entry.kind,
        "treatment": entry.treatment.id,
        "what": entry.what,
        "sources": list(entry.sources),
    }
    if entry.doses is not None:
        data |= {"doses": entry.doses, "days": len(entry.dates)}
    return data
