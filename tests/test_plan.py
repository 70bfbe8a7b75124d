"""Dated plans: the calendar's own pitfalls, and files that other programs read the same way."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.calendar import Calendar, Event, Repetition, repetition_of
from hairtx.analysis.schedule import DAYS_A_MONTH, PACES, dated, is_at_home, laid_out, month_later, steps_at
from hairtx.formats import text_of
from hairtx.formats.ics import calendar_text
from support import ONLY_SMALL, more
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
        ([{"every": "5 times a month"}], None),
    ],
)
def test_repeated_use_becomes_the_simplest_rule(phases: list[dict[str, Any]], rule: str | None) -> None:
    days = dates_of(phases, dt.date(2027, 3, 1))
    repeats = repetition_of(days)
    assert repeats is not None
    assert repeats.frequency == rule
    assert occurrences(calendar_text(_calendar(days))) == [("e", day) for day in days]


def _calendar(days: list[dt.date], repeats: Repetition | None = None) -> Calendar:
    event = Event(
        uid="e", on=days[0], summary="e", description="", is_timed=True, repeats=repeats or repetition_of(days)
    )
    return Calendar(name="c", made=dt.date(2027, 1, 1), events=(event,))


def occurrences(text: str) -> list[tuple[str, dt.date | dt.datetime]]:
    """Every occurrence as vobject, which parses by itself and expands with dateutil, sees it."""
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
        rule = event.get("rrule")
        extra = event.get("rdate")
        total += rule["count"][0] if rule else 1 + (len(extra.dts) if extra else 0)
    return total


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
    assert "only a plan" in refused.stderr


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
