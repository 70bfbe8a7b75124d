"""Dated plans: the calendar's own pitfalls, and files that other programs read the same way."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import msgspec
import pytest
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.calendar import Calendar, Event, regular_parts, repetition_of
from hairtx.analysis.schedule import DAYS_A_MONTH, PACES, dated, is_at_home, laid_out, month_later, steps_at
from hairtx.formats import text_of
from hairtx.formats.ics import calendar_text
from support import ONLY_SMALL, loaded, more, small_values
from test_commitment import schedules, treatment

STARTS = st.dates(dt.date(2000, 1, 1), dt.date(2089, 12, 31))


def dates_of(phases: list[dict[str, Any]], start: dt.date, months: int = 12) -> list[dt.date]:
    steps = steps_at(treatment(phases).schedule.phases, "typical")
    assert steps is not None
    return [day for step in dated(steps, start, months) for day in step.dates]


def test_month_ends_are_kept_and_do_not_drift() -> None:
    found = dates_of([{"every": "1 month"}], dt.date(2027, 1, 31), 4)
    assert [one.isoformat() for one in found] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


def test_leap_days_are_used_where_there_are_any() -> None:
    assert dt.date(2028, 2, 29) in dates_of([{"every": "1 month"}], dt.date(2028, 1, 31), 3)
    yearly = dates_of([{"every": "1 year"}], dt.date(2028, 2, 29), 60)
    assert [one.isoformat() for one in yearly] == [
        "2028-02-29",
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
    ]
    assert dt.date(2000, 2, 29) in dates_of([{"every": "1 month"}], dt.date(2000, 1, 31), 3)
    assert len(dates_of([{"every": "once a day"}], dt.date(2028, 1, 1))) == 366
    assert len(dates_of([{"every": "once a day"}], dt.date(2027, 1, 1))) == 365


@pytest.mark.parametrize("start", [dt.date(2000, 1, 1), dt.date(2089, 12, 31)])
def test_a_plan_may_start_on_the_first_and_the_last_day_there_are_plans_for(start: dt.date) -> None:
    entries = hairtx.plan(more(), ["test-drip"], start=start, months=1).data["entries"]
    assert entries[0]["date"] == start
    for other in (start - dt.timedelta(days=1), start + dt.timedelta(days=1)):
        if not dt.date(2000, 1, 1) <= other <= dt.date(2089, 12, 31):
            with pytest.raises(hairtx.UsageError, match="from 2000 to 2089"):
                hairtx.plan(more(), ["test-drip"], start=other)


def test_daily_use_is_drawn_day_by_day_from_when_it_starts() -> None:
    phases = treatment([{"sessions": "2", "every": "twice a day"}, {"sessions": "3", "every": "once a day"}])
    steps = steps_at(phases.schedule.phases, "typical")
    assert steps is not None
    days = [[round(month * float(DAYS_A_MONTH), 6) for month in months] for _, months in laid_out(steps, 1)]
    assert days == [[0.0], [1.5, 2.5, 3.5]]


def test_the_middle_of_three_to_six_months_is_four_and_a_half() -> None:
    found = dates_of([{"sessions": "1"}, {"every": "3-6 months"}], dt.date(2027, 1, 1))
    assert [one.isoformat() for one in found] == ["2027-01-01", "2027-05-16", "2027-10-01"]


def test_several_doses_a_day_are_one_date_a_day_from_the_first_to_the_last() -> None:
    start = dt.date(2027, 1, 1)
    every_day = [start + dt.timedelta(days=day) for day in range(365)]
    assert dates_of([{"every": "twice a day"}], start) == every_day
    assert dates_of([{"sessions": "6", "every": "twice a day"}], start) == every_day[:3]
    assert dates_of([{"sessions": "7", "every": "twice a day"}, {"every": "1 year"}], start) == every_day[:4]


@pytest.mark.parametrize(
    ("every", "days"), [("4-8 weeks", 42), ("1-2 weeks", 11), ("3 days", 3), ("2-3 days", 3), ("4-7 weeks", 39)]
)
def test_the_typical_gap_is_the_middle_of_the_range_to_the_nearest_day(every: str, days: int) -> None:
    first, second = dates_of([{"sessions": "2", "every": every}], dt.date(2027, 1, 1))
    assert (second - first).days == days


@pytest.mark.parametrize(("sessions", "counted"), [("3", 3), ("3-5", 4), ("3-4", 4), ("1-2", 2), ("0-1", 1), ("0", 0)])
def test_a_typical_course_is_the_middle_of_the_range_rounded_up(sessions: str, counted: int) -> None:
    assert len(dates_of([{"sessions": sessions, "every": "1 week"}], dt.date(2027, 1, 1))) == counted


@given(schedules(), STARTS, st.integers(1, 36), st.sampled_from(PACES))
def test_plans_lie_within_the_bounds_that_commitment_reports(
    phases: list[dict[str, Any]], start: dt.date, months: int, pace: str
) -> None:
    one = treatment(phases)
    bounds = hairtx.commitment_over(one, months)
    steps = steps_at(one.schedule.phases, pace)
    assert steps is not None
    found = list(dated(steps, start, months))
    doses = sum(step.sessions for step in found if is_at_home(step.step.phase, one.setting))
    visits = sum(step.sessions for step in found) - doses
    assert bounds.visits.lower <= visits <= bounds.visits.upper
    assert bounds.doses.lower <= doses <= bounds.doses.upper
    days = [day for step in found for day in step.dates]
    assert days == sorted(days)
    assert all(start <= day < month_later(start, months) for day in days)


@given(st.lists(st.dates(dt.date(2027, 1, 1), dt.date(2029, 12, 31)), min_size=1, max_size=20, unique=True).map(sorted))
@settings(max_examples=50)
def test_any_dates_come_back_from_the_calendar_file(days: list[dt.date]) -> None:
    assert occurrences(calendar_text(_calendar(days))) == [("e", day) for day in days]


@pytest.mark.parametrize(
    ("phases", "rule"),
    [
        ([{"every": "once a day"}], "DAILY"),
        ([{"every": "twice a day"}], "DAILY"),
        ([{"every": "2 weeks"}], "WEEKLY"),
        ([{"every": "3 times a week"}], "WEEKLY"),
        ([{"every": "1 month"}], "MONTHLY"),
    ],
)
@pytest.mark.parametrize("start", [dt.date(2027, 3, 1), dt.date(2027, 1, 31), dt.date(2028, 2, 29)])
def test_repeated_use_becomes_the_simplest_rule(phases: list[dict[str, Any]], rule: str, start: dt.date) -> None:
    days = dates_of(phases, start)
    repeats = repetition_of(days)
    assert repeats is not None
    assert repeats.frequency == rule
    assert occurrences(calendar_text(_calendar(days))) == [("e", day) for day in days]


@pytest.mark.parametrize(
    ("every", "most"),
    [
        ("10.5 days", 2),
        ("1.5 weeks", 2),
        ("36 hours", 2),
        ("1.2 days", 5),
        ("1.3 days", 10),
        ("0.7 months", 40),
        ("20 times a year", 40),
        ("100 times a year", 80),
        ("29 times a month", 60),
        ("1 month", 4),
    ],
)
def test_use_at_odd_rates_is_a_few_series_with_rules(every: str, most: int) -> None:
    days = dates_of([{"every": every}], dt.date(2027, 1, 30), 36)
    text = calendar_text(_calendar(days))
    assert "RDATE" not in text
    assert 1 < text.count("BEGIN:VEVENT") <= most
    assert occurrences(text) == [("e", day) for day in days]


@pytest.mark.parametrize(
    ("start", "series"), [("2027-01-31", 2), ("2027-02-28", 1), ("2027-03-01", 1), ("2027-04-20", 1)]
)
@pytest.mark.parametrize(("every", "times"), [("5 times a month", 5), ("twice a month", 2), ("20 times a month", 20)])
def test_so_many_times_a_month_is_on_the_same_days_of_every_month(
    start: str, series: int, every: str, times: int, tmp_path: Path
) -> None:
    values = small_values()
    values["treatments"][0]["schedule"]["phases"] = [{"name": "use", "every": every, "sources": ["test-review"]}]
    catalogue = loaded(values, tmp_path / "odd.yaml")
    report = hairtx.plan(catalogue, ["test-tonic"], start=dt.date.fromisoformat(start), months=36)
    (entry,) = (one for one in report.data["entries"] if one["kind"] == "use")
    assert entry["days"] == entry["doses"] == 36 * times
    text = text_of(report, "ics")
    days = [when for what, when in occurrences(text) if every in what]
    assert (len(days), days[0], days[-1]) == (36 * times, entry["date"], entry["until"])
    assert days[-1] < report.data["end"]
    assert len({day.day for day in days[1:]}) == times
    assert text.count("RRULE") == 1
    assert len([one for one in report.calendar.events if every in one.summary]) == series


def _calendar(days: list[dt.date], **more: Any) -> Calendar:
    events = tuple(
        Event(uid=f"e{number}", on=part[0], summary="e", description="", is_timed=True, repeats=repetition_of(part))
        for number, part in enumerate(regular_parts(days))
    )
    return Calendar(name="c", made=dt.date(2027, 1, 1), events=events, **more)


def occurrences(text: str) -> list[tuple[str, dt.date | dt.datetime]]:
    """Every occurrence as vobject, which parses by itself and expands with dateutil, sees it."""
    for name in re.findall("^TZID:(.+)\r$", text, re.MULTILINE):
        # It keeps the first zone of a name that it ever read.
        vars(vobject.icalendar)["__tzidMap"].pop(name, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # vobject's own
        calendar = vobject.readOne(text)
        found = []
        for event in calendar.vevent_list:
            start = event.dtstart.value
            rules = event.getrruleset(addRDate=True)
            moments = list(rules) if rules is not None else [start]
            as_date = not isinstance(start, dt.datetime)
            found += [
                (event.summary.value, one.date() if as_date and isinstance(one, dt.datetime) else one)
                for one in moments
            ]
    return sorted(found, key=lambda pair: (str(pair[1]), pair[0]))


def counted_by_icalendar(text: str) -> int:
    total = 0
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        assert "rdate" not in event
        rule = event.get("rrule")
        total += rule["count"][0] if rule else 1
    return total


def instants_by_icalendar(text: str) -> list[dt.datetime]:
    """Every occurrence in UTC, with the zone as the file itself has it and not as the system knows it."""
    calendar = icalendar.Calendar.from_ical(text)
    zones = {str(zone["tzid"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    found = []
    for event in calendar.walk("VEVENT"):
        start = event["dtstart"].dt.replace(tzinfo=None)
        zone = zones[event["dtstart"].params["tzid"]]
        rule = event["rrule"].to_ical().decode() if "rrule" in event else "FREQ=DAILY;COUNT=1"
        found += [one.replace(tzinfo=zone).astimezone(dt.UTC) for one in rrulestr(rule, dtstart=start)]
    return sorted(found)


#: With summer time, of both hemispheres, of half an hour, by the nth, the last and the Sunday from the 2nd to the 8th.
REGULAR_ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland", "America/Santiago",
                 "Asia/Jerusalem", "Europe/Dublin")  # fmt: skip
#: Without; with other dates each year; having ended or begun it; with another rule from 2007 on.
OTHER_ZONES = {
    "Asia/Kolkata": dt.date(2027, 1, 31),
    "Africa/Casablanca": dt.date(2027, 1, 31),
    "America/Asuncion": dt.date(2023, 5, 1),
    "Africa/Cairo": dt.date(2022, 5, 1),
    "America/New_York": dt.date(2005, 5, 1),
    "Asia/Almaty": dt.date(2023, 5, 1),
}


@pytest.mark.parametrize(
    ("zone", "start"), [*((zone, dt.date(2027, 1, 31)) for zone in REGULAR_ZONES), *OTHER_ZONES.items()]
)
def test_every_reader_finds_the_same_instants_over_three_years(zone: str, start: dt.date) -> None:
    at = dt.time(9, 30)
    days = dates_of([{"every": "once a day"}], start, 36)
    expected = [dt.datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC) for day in days]
    text = calendar_text(_calendar(days, at=at, timezone=zone))
    assert instants_by_icalendar(text) == expected
    assert [when.astimezone(dt.UTC) for _, when in occurrences(text) if isinstance(when, dt.datetime)] == expected
    assert "RDATE" not in text
    if zone in REGULAR_ZONES and start.year > 2020:
        rules = re.findall(r"BEGIN:(STANDARD|DAYLIGHT)\r\n(?:.*\r\n)*?RRULE:FREQ=YEARLY;.*\r\n(?:.*\r\n)*?END:\1", text)
        assert sorted(rules) == ["DAYLIGHT", "STANDARD"]
        assert text.count("BEGIN:STANDARD") == text.count("BEGIN:DAYLIGHT") == 1


@given(
    st.sampled_from(sorted(available_timezones())),
    st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)),
    st.integers(0, 23),
)
@settings(max_examples=30)
def test_any_zone_comes_back_from_the_file(zone: str, start: dt.date, hour: int) -> None:
    days = [start + dt.timedelta(days=7 * week) for week in range(60)]
    local = [dt.datetime.combine(day, dt.time(hour, 30), tzinfo=ZoneInfo(zone)) for day in days]
    text = calendar_text(_calendar(days, at=dt.time(hour, 30), timezone=zone))
    if "BEGIN:VTIMEZONE" not in text:  # names of UTC itself
        assert {one.utcoffset() for one in local} == {dt.timedelta()}
        return
    found = instants_by_icalendar(text)
    # What the clocks skip or show twice is a matter of the reader.
    clear = [number for number, one in enumerate(local) if one.utcoffset() == one.replace(fold=1).utcoffset()]
    assert [found[number] for number in clear] == [local[number].astimezone(dt.UTC) for number in clear]


@pytest.mark.parametrize(("at", "zone"), [(None, None), (dt.time(9, 30), None), (dt.time(9, 30), "Europe/Berlin")])
def test_both_readers_find_as_many_occurrences_as_the_plan_has_days(
    catalogue: hairtx.Catalogue, at: dt.time | None, zone: str | None
) -> None:
    names = ["prp", "mesotherapy", "topical-minoxidil", "low-level-laser", "ketoconazole-shampoo", "fue-transplant"]
    report = hairtx.plan(catalogue, names, start=dt.date(2027, 1, 31), months=18, at=at, timezone=zone)
    planned = sum(one.get("days", 1) for one in report.data["entries"])
    text = text_of(report, "ics")
    assert counted_by_icalendar(text) == len(occurrences(text)) == planned
    # Daily use is one event.
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert len(events) < 60 < planned


def test_the_hour_stays_the_same_across_the_change_of_clocks(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.plan(
        catalogue,
        ["mesotherapy", "topical-minoxidil"],
        start=dt.date(2027, 3, 1),
        months=2,
        at=dt.time(9, 30),
        timezone="Europe/Berlin",
    )
    timed = [when for _, when in occurrences(text_of(report, "ics")) if isinstance(when, dt.datetime)]
    assert {(when.hour, when.minute) for when in timed} == {(9, 30)}
    offsets = {when.date() < dt.date(2027, 3, 28): when.utcoffset() for when in timed}
    assert offsets == {True: dt.timedelta(hours=1), False: dt.timedelta(hours=2)}


def test_an_hour_that_the_clocks_skip_still_gives_a_readable_file(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.plan(
        catalogue,
        ["fue"],
        start=dt.date(2027, 3, 28),
        at=dt.time(2, 30),
        timezone="Europe/Berlin",
    )
    calendar = icalendar.Calendar.from_ical(text_of(report, "ics"))
    first = calendar.walk("VEVENT")[0].decoded("dtstart")
    # RFC 5545 reads a local time that does not exist with the offset before the gap: 03:30 summer time.
    assert first.astimezone(dt.UTC) == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)
    assert first.tzinfo == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("start", "at", "says"),
    [
        (
            "2027-03-28",
            "02:30",
            "02:30 does not exist in Europe/Berlin on 2027-03-28: clocks skip it, and calendars show 03:30",
        ),
        ("2027-10-31", "2:30", "02:30 comes twice in Europe/Berlin on 2027-10-31: calendars take the first"),
        ("2027-03-28", "03:00", ""),
    ],
)
def test_a_time_that_the_clocks_skip_or_show_twice_is_named(
    run: Run, tmp_path: Path, start: str, at: str, says: str
) -> None:
    asked = ["plan", "test-drip", *ONLY_SMALL, "--start", start, "--at", at, "--timezone", "Europe/Berlin"]
    for name in ("table", "markdown", "csv", "html", "json"):
        done = run(*asked, "--format", name)
        assert (done.returncode, done.stderr) == (0, "")
        assert (says in " ".join(done.stdout.split())) if says else ("Clocks" not in done.stdout)
    # Of a calendar file nobody reads the text.
    done = run(*asked, "-o", str(tmp_path / "plan.ics"))
    wrote, *noted = done.stderr.splitlines()
    assert (done.returncode, noted) == (0, [f"hairtx: note: {says}"] if says else [])
    assert wrote.startswith("Wrote ")


def test_every_event_has_an_end_and_a_revision() -> None:
    asked = {"start": dt.date(2027, 3, 27), "months": 6, "today": dt.date(2027, 1, 2)}
    names = ["test-drip", "test-tonic", "test-pill"]
    for more_asked in ({}, {"at": dt.time(9, 30)}, {"at": dt.time(9, 30), "timezone": "Europe/Berlin"}):
        report = hairtx.plan(more(), names, **asked, **more_asked)
        events = icalendar.Calendar.from_ical(text_of(report, "ics")).walk("VEVENT")
        assert len(events) == len(report.calendar.events)
        for told, event in zip(report.calendar.events, events, strict=True):
            length = event.decoded("dtend") - event.decoded("dtstart")
            is_timed = told.is_timed and bool(more_asked)
            assert length == (dt.timedelta(minutes=told.minutes or 15) if is_timed else dt.timedelta(days=1))
            assert ("is not reported; 15 minutes" in event["description"]) == (is_timed and told.minutes is None)
            assert "duration" not in event
            assert event["sequence"] == 9863
        assert {bool(told.minutes) for told in report.calendar.events if told.is_timed} == {True, False}


@pytest.mark.parametrize("at", [dt.time(0, 30), dt.time(1, 30), dt.time(2, 30), dt.time(2, 59), dt.time(3, 30)])
@pytest.mark.parametrize("day", [dt.date(2027, 3, 28), dt.date(2027, 10, 31)])
@pytest.mark.parametrize("minutes", [1, 45, 90, 180])
def test_an_event_across_the_change_of_clocks_keeps_its_length(at: dt.time, day: dt.date, minutes: int) -> None:
    event = Event(uid="e", on=day, summary="e", description="", is_timed=True, minutes=minutes)
    plan = Calendar(name="c", made=day, events=(event,), at=at, timezone="Europe/Berlin")
    (read,) = icalendar.Calendar.from_ical(calendar_text(plan)).walk("VEVENT")
    start = read.decoded("dtstart").astimezone(dt.UTC)
    end = start + read.decoded("duration") if "duration" in read else read.decoded("dtend").astimezone(dt.UTC)
    assert end - start == dt.timedelta(minutes=minutes)


def test_two_people_who_start_on_one_day_keep_their_own_events(run: Run) -> None:
    def made(*person: str) -> list[tuple[str, str]]:
        done = run("plan", "test-drip", *ONLY_SMALL, "--start", "2027-03-01", "--format", "ics", *person)
        assert done.returncode == 0, done.stderr
        events = icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")
        return [(str(event["uid"]), str(event["summary"])) for event in events]

    nobody, kim, lee = made(), made("--for-person", "Kim"), made("--for-person", "Lee")
    assert kim == made("--for-person", " Kim ")
    assert len({uid for uid, _ in (*nobody, *kim, *lee)}) == 3 * len(kim)
    assert all(summary.startswith("Kim: Test drip: ") for _, summary in kim)
    assert all(summary.startswith("Test drip: ") for _, summary in nobody)
    for refused in ("", "  ", "x" * 41):
        done = run("plan", "test-drip", *ONLY_SMALL, "--start", "2027-03-01", "--for-person", refused)
        assert (done.returncode, done.stdout) == (2, "")
        assert "1 to 40 characters" in done.stderr


def test_importing_twice_does_not_double_anything(catalogue: hairtx.Catalogue) -> None:
    def uids(**more: Any) -> list[str]:
        report = hairtx.plan(catalogue, ["prp", "topical-minoxidil"], start=dt.date(2027, 1, 31), **more)
        return [event.uid for event in report.calendar.events]

    first = uids(today=dt.date(2027, 1, 1))
    assert first == uids(today=dt.date(2028, 1, 1))
    assert len(set(first)) == len(first)
    assert set(first) <= set(uids(months=24))


def test_text_that_means_something_in_a_calendar_file_is_kept_as_text() -> None:
    nasty = "A; B, C\\n D\nBEGIN:VEVENT\r\nSUMMARY:evil \\ ü " + "long " * 40
    event = Event(uid="e", on=dt.date(2027, 1, 1), summary=nasty, description=nasty, is_timed=False)
    text = calendar_text(Calendar(name=nasty, made=dt.date(2027, 1, 1), events=(event,)))
    [read] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(read["summary"]).replace("\r\n", "\n") == nasty.replace("\r\n", "\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_plan_lists_sessions_of_all_treatments_in_order(run: Run) -> None:
    done = run("plan", "test-drip", "test-graft", *ONLY_SMALL, "--start", "2027-01-31", "--format", "json")
    assert done.returncode == 0, done.stderr
    entries = msgspec.json.decode(done.stdout)["entries"]
    assert [one["date"] for one in entries] == sorted(one["date"] for one in entries)
    assert {one["treatment"] for one in entries} == {"test-drip", "test-graft"}
    # Four sessions 4 weeks apart; then 4.5 and 9 months after the start (15 June, 31 October), and 84 days more.
    assert [one["date"] for one in entries if one["kind"] == "session" and one["treatment"] == "test-drip"] == [
        *("2027-01-31", "2027-02-28", "2027-03-28", "2027-04-25"),
        *("2027-09-07", "2028-01-23"),
    ]


def test_every_format_of_a_plan_has_its_dates() -> None:
    report = hairtx.plan(more(), ["test-drip", "test-waiting"], start=dt.date(2027, 1, 31))
    for name in ("table", "markdown", "csv", "tsv", "json", "yaml"):
        assert "2027-02-28" in hairtx.render(report, name)
    assert "nothing is done" in hairtx.render(report, "table")


def test_suffix_ics_writes_a_calendar_and_only_for_plans(run: Run, tmp_path: Any) -> None:
    target = tmp_path / "plan.ics"
    done = run("plan", "test-drip", *ONLY_SMALL, "--start", "2027-03-01", "-o", str(target))
    assert done.returncode == 0, done.stderr
    # Six visits, and the day from which to judge.
    assert len(occurrences(target.read_bytes().decode())) == 7
    refused = run("compare", "prp", "fue", "-o", str(tmp_path / "comparison.ics"))
    assert refused.returncode == 2
    assert "nothing but what 'hairtx plan' shows" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--start", "2027-02-29"], "no day 2027-02-29"),
        (["--start", "31.1.2027"], "write it like 2027-01-31"),
        (["--start", "0001-01-01"], "year 1"),
        (["--start", "9999-12-31"], "year 9999"),
        (["--start", "2027-01-01", "--months", "0"], "holds nothing"),
        (["--start", "2027-01-01", "--months=-1"], "end before it starts"),
        (["--start", "2027-01-01", "--months", "1200"], "at most 120"),
        (["--start", "2027-01-01", "--at", "25:00"], "time of day"),
        (["--start", "2027-01-01", "--timezone", "Europe/Berlin"], "give --at"),
        (["--start", "2027-01-01", "--at", "9:00", "--timezone", "Europe/Berlni"], "Europe/Berlin"),
        (["--start", "2027-01-01", "--at", "9:00", "--timezone", "../etc/passwd"], "time zone"),
        ([], "--start"),
    ],
)
def test_a_plan_that_cannot_be_made_says_why_in_a_line(run: Run, arguments: list[str], says: str) -> None:
    done = run("plan", "prp", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_every_treatment_can_be_planned_at_every_pace(catalogue: hairtx.Catalogue) -> None:
    for one in catalogue:
        takes = hairtx.commitment_over(one, 24)
        assert takes.visits is not None
        assert takes.doses is not None
        for pace in PACES:
            report = hairtx.plan(catalogue, [one.id], start=dt.date(2028, 2, 29), months=24, pace=pace)
            entries = report.data["entries"]
            visits = sum(entry["kind"] == "session" for entry in entries)
            doses = sum(entry.get("doses", 0) for entry in entries)
            assert takes.visits.lower <= visits <= takes.visits.upper, (one.id, pace)
            assert takes.doses.lower <= doses <= takes.doses.upper, (one.id, pace)
            assert counted_by_icalendar(text_of(report, "ics")) == sum(entry.get("days", 1) for entry in entries)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Africa/Casablanca", "Etc/GMT+5"])
def test_times_keep_their_zone_anywhere(zone: str) -> None:
    report = hairtx.plan(more(), ["test-drip"], start=dt.date(2027, 9, 1), at=dt.time(18, 0), timezone=zone)
    moments = [when for _, when in occurrences(text_of(report, "ics")) if isinstance(when, dt.datetime)]
    assert len(moments) == 6
    for when in moments:
        expected = dt.datetime.combine(when.date(), dt.time(18, 0), tzinfo=ZoneInfo(zone))
        assert when.timestamp() == expected.timestamp()
