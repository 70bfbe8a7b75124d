"""What a treatment takes: hand calculations, and the rules that hold for every schedule."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.commitment import Commitment, common_region
from hairtx.catalogue.model import Treatment, decode_quantity
from support import ONLY_SMALL, loaded, more, small, small_values


def treatment(
    phases: list[dict[str, Any]], *, setting: str = "clinic", kind: str = "procedure", **more: Any
) -> Treatment:
    """A treatment with this schedule, read as a catalogue's would be."""
    length = {"session_length": {"lasts": more.pop("session"), "sources": ["a"]}} if "session" in more else {}
    signs = {"downtime": {"visible_signs": {"lasts": more.pop("signs"), "sources": ["a"]}}} if "signs" in more else {}
    written = {
        "id": "x",
        "name": "X",
        "short_name": "X",
        "kind": kind,
        "setting": setting,
        "invasiveness": "none",
        "summary": {"text": "X.", "sources": ["a"]},
        "schedule": {"phases": [{"name": "p", "sources": ["a"], **one} for one in phases], **length},
        "costs": [
            {"per": "session", "currency": "USD", "region": "US", "sources": ["a"], **one}
            for one in more.pop("costs", [])
        ],
        "reviewed": dt.date(2026, 1, 1),
        **signs,
        **more,
    }
    return msgspec.convert(written, Treatment, dec_hook=decode_quantity)


def span(bounds: Any) -> tuple[float, float] | None:
    return None if bounds is None else (float(bounds.lower), float(bounds.upper))


def takes(*arguments: Any, horizon: int = 12, region: str | None = None, **more: Any) -> Commitment:
    return hairtx.commitment_over(treatment(*arguments, **more), horizon, region=region)


COURSE = [{"sessions": "3-5", "every": "4 weeks"}, {"every": "3-6 months"}]


def test_a_course_with_maintenance_adds_up_as_by_hand() -> None:
    # Slowest: days 0, 28, 56, then 6 months on = 4. Fastest: days 0 to 112, then 3 and 6 months on = 7.
    found = takes(COURSE, session="30-90 minutes", signs="0-5 days", costs=[{"amount": "500-2000"}])
    assert span(found.visits) == (4, 7)
    assert span(found.doses) == (0, 0)
    assert span(found.hours) == (2, 10.5)
    assert span(found.visible_days) == (0, 35)
    assert found.cost is not None
    assert (found.cost.lower, found.cost.upper, found.cost.currency) == (2000, 14000, "USD")
    assert found.is_lifelong


def test_daily_home_use_counts_doses_and_no_visits() -> None:
    found = takes(
        [{"every": "twice a day"}], setting="home", session="5 minutes", costs=[{"per": "month", "amount": "10-25"}]
    )
    # 365 days in most years, 366 in some; two doses a day.
    assert span(found.visits) == (0, 0)
    assert span(found.doses) == (730, 732)
    assert span(found.hours) == pytest.approx((730 / 12, 61))
    assert found.cost is not None
    assert (found.cost.lower, found.cost.upper) == (120, 300)


def test_a_one_off_operation_is_one_visit_whatever_the_horizon() -> None:
    operation = [{"sessions": "1"}]
    costs = [{"per": "one-off", "amount": "4000-15000"}, {"per": "graft", "amount": "4-10"}]
    for horizon in (1, 12, 60):
        found = takes(operation, horizon=horizon, session="4-8 hours", signs="7-21 days", costs=costs)
        assert span(found.visits) == (1, 1)
        assert span(found.hours) == (4, 8)
        assert span(found.visible_days) == (7, 21)
        assert found.cost is not None
        assert (found.cost.lower, found.cost.upper, found.cost.is_complete) == (4000, 15000, True)


def test_a_monthly_injection_without_end_is_twelve_visits_a_year() -> None:
    monthly = [{"every": "1 month"}]
    assert span(takes(monthly).visits) == (12, 12)
    assert span(takes(monthly, horizon=60).visits) == (60, 60)
    assert span(takes(monthly, horizon=1).visits) == (1, 1)


def test_an_unknown_price_gives_no_cost_and_never_zero() -> None:
    assert takes(COURSE).cost is None
    per_graft = takes(COURSE, costs=[{"per": "graft", "amount": "4"}])
    assert per_graft.cost is None
    assert [one.per for one in per_graft.uncounted_prices] == ["graft"]


def test_an_unknown_length_or_schedule_stays_unknown() -> None:
    found = takes(COURSE)
    assert found.hours is None
    assert found.visible_days is None
    nothing_known = takes([], costs=[{"amount": "100"}])
    assert nothing_known.visits is None
    assert nothing_known.cost is None


@pytest.mark.parametrize("per", ["session", "course", "one-off", "month", "year"])
def test_no_price_can_be_counted_with_where_no_schedule_is_known(per: str) -> None:
    assert takes([], costs=[{"per": per, "amount": "100"}]).cost is None
    assert takes([], setting="home", costs=[{"per": per, "amount": "100"}]).cost is None


def test_doing_nothing_takes_nothing_and_that_is_known() -> None:
    found = hairtx.commitment_over(small()["test-waiting"])
    for bounds in (found.visits, found.doses, found.hours, found.visible_days):
        assert span(bounds) == (0, 0)
    assert found.cost is None


def test_what_doing_nothing_costs_is_paid_once_if_there_is_any_time() -> None:
    costs = [{"per": "one-off", "amount": "20-30"}, {"per": "one-off", "amount": "25-40"}]
    for horizon, paid in ((0, (0, 0)), (1, (20, 40)), (12, (20, 40)), (60, (20, 40))):
        found = takes([], kind="none", setting="none", costs=costs, horizon=horizon)
        assert span(found.cost) == paid


def test_signs_never_last_longer_than_there_are_days() -> None:
    weekly = takes([{"every": "1 week"}], signs="14 days", horizon=1)
    assert span(weekly.visible_days) == (28, 31)


def test_prices_of_one_region_and_currency_are_used_at_a_time() -> None:
    costs = [
        {"amount": "100-200"},
        {"amount": "150-300", "region": "UK", "currency": "GBP"},
        {"amount": "250"},
        {"amount": "90", "currency": "EUR"},
    ]
    default = takes([{"sessions": "2", "every": "1 week"}], costs=costs).cost
    british = takes([{"sessions": "2", "every": "1 week"}], costs=costs, region="uk").cost
    assert default is not None
    assert (default.lower, default.upper, default.currency) == (200, 500, "USD")
    assert british is not None
    assert (british.lower, british.upper, british.currency) == (300, 600, "GBP")
    assert takes(COURSE, costs=costs, region="JP").cost is None


def test_the_common_region_is_one_that_can_be_counted_with() -> None:
    # A second phase that does not say how long after the first it comes.
    unspaced = treatment([{"sessions": "1"}, {"sessions": "1"}], costs=[{"amount": "9", "region": "UK"}])
    assert common_region([unspaced, treatment(COURSE, costs=[{"amount": "100"}])], 12) == "US"
    assert common_region([unspaced], 12) is None


def test_what_costs_nothing_has_no_say_in_the_common_region_and_costs_it_everywhere() -> None:
    free = treatment(COURSE, costs=[{"amount": "0", "region": "UK"}])
    both = [{"amount": "100"}, {"amount": "80", "region": "UK"}]
    assert common_region([treatment(COURSE, costs=both), free], 12) == "US"
    report = hairtx.compare(hairtx.load(), ["prp", "no-treatment"], region="US")
    cost = next(row for row in report.answer if row.key == "costs")
    assert cost.cells[1].items[0].text == "Nothing."


def test_the_region_is_that_of_the_first_price_that_can_be_counted_with() -> None:
    graft = {"per": "graft", "amount": "4", "region": "UK", "currency": "GBP"}
    item = {"per": "item", "amount": "9", "region": "US"}
    session = {"amount": "100", "region": "US"}
    twice = [{"sessions": "2", "every": "1 week"}]
    found = takes(twice, costs=[graft, item, session])
    assert found.cost is not None
    assert (found.cost.region, found.cost.lower, found.cost.upper) == ("US", 200, 200)
    assert [one.per for one in found.uncounted_prices] == ["item"]
    # Where none can be counted with, the region of the first one is told.
    only_uncounted = takes(twice, costs=[graft, item])
    assert only_uncounted.cost is None
    assert [one.region for one in only_uncounted.uncounted_prices] == ["UK"]


def test_a_yearly_price_is_counted_by_the_month() -> None:
    daily = [{"every": "once a day"}]
    costs = [
        {"per": "year", "amount": "120-240"},
        {"per": "year", "amount": "90-300"},
        {"per": "year", "amount": "1", "currency": "EUR"},
    ]
    for horizon, paid in ((12, (90, 300)), (30, (225, 750)), (1, (7.5, 25))):
        found = takes(daily, setting="home", costs=costs, horizon=horizon).cost
        assert span(found) == paid
        assert found is not None
        assert (found.per, found.currency, len(found.prices)) == ("year", "USD", 2)


def test_a_price_for_so_long_is_counted_by_the_time_of_use() -> None:
    daily = [{"every": "once a day"}]
    five_years = [{"per": "course", "amount": "100-1000", "covers": "5 years"}]
    for horizon, paid in ((12, (20, 200)), (60, (100, 1000)), (6, (10, 100))):
        found = takes(daily, setting="home", costs=five_years, horizon=horizon).cost
        assert span(found) == paid
        assert found is not None
        assert found.is_complete
    pack = [{"per": "item", "amount": "7", "covers": "1-2 weeks"}]
    packs = span(takes([{"sessions": "28", "every": "1 day"}], setting="home", costs=pack).cost)
    assert packs == (14, 28)
    assert takes(daily, setting="home", costs=[{**pack[0], "covers": "0 days"}]).cost is None


def test_prices_of_another_kind_are_not_added() -> None:
    costs = [{"per": "month", "amount": "10"}, {"per": "session", "amount": "7"}, {"per": "year", "amount": "999"}]
    found = takes([{"every": "1 month"}], costs=costs).cost
    assert span(found) == (120, 120)
    assert found is not None
    assert [one.per for one in found.prices] == ["month"]


def test_a_session_at_home_is_paid_by_the_dose() -> None:
    phases = [{"sessions": "3", "every": "1 week"}, {"sessions": "2", "every": "1 week", "setting": "clinic"}]
    found = takes(phases, setting="home", costs=[{"amount": "10"}])
    assert (span(found.doses), span(found.visits), span(found.cost)) == ((3, 3), (2, 2), (30, 30))


def test_twelve_months_are_counted_unless_others_are_asked_for() -> None:
    one = treatment(COURSE, costs=[{"amount": "500"}])
    assert hairtx.commitment_over(one) == hairtx.commitment_over(one, 12)
    assert hairtx.commitment_over(one).horizon == 12


@pytest.mark.parametrize("horizon", [-1, 121, 1200])
def test_the_library_refuses_a_horizon_that_is_none(horizon: int) -> None:
    with pytest.raises(hairtx.UsageError, match=r"horizon|at most 120"):
        hairtx.commitment_over(treatment(COURSE), horizon)


def test_a_course_price_is_incomplete_once_upkeep_begins() -> None:
    costs = [{"per": "course", "amount": "1000"}]
    during, after = takes(COURSE, costs=costs, horizon=2).cost, takes(COURSE, costs=costs, horizon=24).cost
    assert during is not None
    assert after is not None
    assert (during.is_complete, after.is_complete) == (True, False)
    assert during.upper == after.upper == 1000


@pytest.mark.parametrize(("first", "upkeep", "is_complete"), [("clinic", "home", True), ("home", "clinic", False)])
def test_a_course_price_is_complete_if_upkeep_is_at_home(first: str, upkeep: str, is_complete: bool) -> None:
    phases = [{"sessions": "3", "every": "4 weeks", "setting": first}, {"every": "3 months", "setting": upkeep}]
    for per in ("course", "one-off"):
        cost = takes(phases, costs=[{"per": per, "amount": "1000"}]).cost
        assert cost is not None
        assert cost.is_complete == is_complete


@pytest.mark.parametrize("step", [1, -1])
def test_what_is_paid_once_beside_a_subscription_is_told_and_makes_the_cost_incomplete(step: int) -> None:
    costs = [{"per": "month", "amount": "29"}, {"per": "one-off", "amount": "25"}][::step]
    cost = takes([{"every": "once a day"}], setting="home", costs=costs).cost
    assert cost is not None
    assert (cost.lower, cost.upper, cost.is_complete) == (348, 348, False)
    assert [str(one.amount) for one in cost.once] == ["25"]


def test_a_monthly_price_stops_with_the_schedule() -> None:
    ten_weeks = [{"sessions": "70", "every": "once a day"}]
    cost = takes(ten_weeks, setting="home", costs=[{"per": "month", "amount": "30"}]).cost
    assert cost is not None
    assert cost.lower == cost.upper == 30 * Fraction(70) / Fraction(36525, 1200)


def test_fewer_first_sessions_can_mean_more_visits_and_bounds_know_it() -> None:
    # A course slower than its upkeep: every session saved brings the frequent upkeep nearer.
    found = takes([{"sessions": "1-3", "every": "3 months"}, {"every": "1 week"}])
    fewest_first = takes([{"sessions": "1", "every": "3 months"}, {"every": "1 week"}])
    assert found.visits is not None
    assert fewest_first.visits is not None
    assert found.visits.upper == fewest_first.visits.upper


def test_clinic_and_home_phases_are_counted_apart() -> None:
    found = takes([{"sessions": "2", "every": "1 week"}, {"every": "once a week", "setting": "home"}], session="1 hour")
    # Two visits on days 0 and 7, then a dose every week from day 14 to day 364.
    assert span(found.visits) == (2, 2)
    assert span(found.doses) == (51, 51)
    assert found.hours is None


@pytest.mark.parametrize(
    ("gap", "visits"), [("13 days", (3, 3)), ("14 days", (2, 3)), ("15 days", (2, 3)), ("16 days", (2, 2))]
)
def test_half_a_month_is_as_long_as_half_of_the_month_it_falls_in(gap: str, visits: tuple[int, int]) -> None:
    # The third session is 4.5 months and the gap after the start, so the horizon ends half a month later than it
    # would without the gap: after 14 days in February, 15.5 in a month of 31 days.
    found = takes([{"sessions": "2", "every": gap}, {"every": "4.5 months"}], horizon=5)
    assert span(found.visits) == visits


@pytest.mark.parametrize(("setting", "other"), [("home", "clinic"), ("clinic", "home")])
def test_hours_are_unknown_as_soon_as_one_session_is_elsewhere(setting: str, other: str) -> None:
    weekly = {"sessions": "3", "every": "1 week"}
    once = {"sessions": "1", "every": "1 week", "setting": other}
    assert span(takes([weekly], setting=setting, session="1 hour").hours) == (3, 3)
    assert takes([weekly, once], setting=setting, session="1 hour").hours is None


def test_signs_after_doses_at_home_are_unknown_unless_there_are_none() -> None:
    daily = [{"sessions": "1", "every": "1 day", "setting": "clinic"}, {"every": "once a day"}]
    assert takes(daily, setting="home", signs="1-2 days").visible_days is None
    assert takes(daily[1:], setting="home", signs="1-2 days", horizon=1).visible_days is None
    assert span(takes(daily, setting="home", signs="0 days").visible_days) == (0, 0)


GAPS = st.tuples(st.integers(1, 12), st.integers(0, 6), st.sampled_from(["days", "weeks", "months", "years"])).map(
    lambda parts: f"{parts[0]}-{parts[0] + parts[1]} {parts[2]}"
)
RATES = st.sampled_from(["once a day", "twice a day", "3 times a week", "2-3 times a week", "5 times a month"])
COUNTS = st.tuples(st.integers(0, 10), st.integers(0, 5)).map(lambda parts: f"{parts[0]}-{parts[0] + parts[1]}")
SETTINGS = st.sampled_from(["home", "clinic"])


@st.composite
def schedules(draw: st.DrawFn) -> list[dict[str, Any]]:
    phases: list[dict[str, Any]] = [
        {"sessions": draw(COUNTS), "every": draw(GAPS | RATES), "setting": draw(SETTINGS)}
        for _ in range(draw(st.integers(0, 2)))
    ]
    if not phases or draw(st.booleans()):
        phases.append({"every": draw(GAPS | RATES), "setting": draw(SETTINGS)})
    return phases


PRICES = st.sampled_from(["session", "course", "one-off", "month", "year"]).map(
    lambda per: [{"per": per, "amount": "10-20"}]
)


@given(schedules(), PRICES, st.integers(0, 119))
def test_bounds_are_ordered_and_a_longer_horizon_never_takes_less(
    phases: list[dict[str, Any]], costs: list[dict[str, Any]], horizon: int
) -> None:
    one = treatment(phases, session="10-20 minutes", signs="0-3 days", costs=costs)
    shorter, longer = hairtx.commitment_over(one, horizon), hairtx.commitment_over(one, horizon + 1)
    for name in ("visits", "doses", "hours", "visible_days", "cost"):
        before, after = getattr(shorter, name), getattr(longer, name)
        if before is not None:
            assert 0 <= before.lower <= before.upper
        if before is not None and after is not None:
            assert before.lower <= after.lower
            assert before.upper <= after.upper


@given(schedules(), PRICES)
def test_no_time_takes_nothing(phases: list[dict[str, Any]], costs: list[dict[str, Any]]) -> None:
    found = hairtx.commitment_over(treatment(phases, session="10 minutes", signs="1 day", costs=costs), 0)
    for name in ("visits", "doses", "hours", "visible_days", "cost"):
        assert span(getattr(found, name)) == (0, 0)


@given(
    st.integers(1, 8),
    st.integers(1, 20),
    st.integers(0, 20),
    st.integers(1, 20),
    st.sampled_from(["days", "weeks", "months"]),
    st.integers(1, 60),
)
def test_a_shorter_interval_never_means_fewer_visits(
    sessions: int, gap: int, more: int, upkeep: int, unit: str, horizon: int
) -> None:
    def visits(between: int) -> tuple[float, float] | None:
        phases = [
            {"sessions": f"{sessions}-{sessions + 2}", "every": f"{between}-{between + 3} {unit}"},
            {"every": f"{upkeep} {unit}"},
        ]
        return span(takes(phases, horizon=horizon).visits)

    shorter, longer = visits(gap), visits(gap + more)
    assert shorter is not None
    assert longer is not None
    assert shorter[0] >= longer[0]
    assert shorter[1] >= longer[1]


def test_every_treatment_of_the_catalogue_can_be_counted(catalogue: hairtx.Catalogue) -> None:
    for one in catalogue:
        for horizon in (1, 12, 60, 120):
            found = hairtx.commitment_over(one, horizon)
            assert found.visits is not None, one.id


def test_comparison_shows_what_it_takes_and_over_how_long(run: Run) -> None:
    named = ["compare", "test-drip", "test-graft", *ONLY_SMALL]
    done = run(*named, "--full", "--rows", "commitment", "--horizon", "24mo", "--region", "us", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    said = done.stdout.replace("\u00a0", " ")  # numbers keep their units
    assert "What it takes in 2 years" in said
    # Slowest: days 0, 28 and 56, then every 6 months: 3 + 9 within 5 years. Fastest: 5 by day 112, then every 3 months.
    assert "**In five years**: 12-23 visits; USD 6,000-46,000" in said


def said_of(name: str, catalogue: hairtx.Catalogue, **options: Any) -> dict[str, str]:
    report = hairtx.describe(catalogue, name, view="full", **options)
    [row] = [row for row in report.rows if row.key == "commitment"]
    return {item.lead: item.text for item in row.cells[0].items}


def test_a_cost_that_is_not_known_says_for_where_and_what_is_known_instead() -> None:
    assert said_of("test-graft", more(), region="testland")["Cost"] == "not reported for the region Testland"
    assert said_of("test-waiting", more())["Cost"] == "not reported"
    only = "(only a price per item is known for the region Otherland, not how many it takes)"
    assert said_of("test-pill", more(), region="Otherland")["Cost"] == f"not reported {only}"


@pytest.mark.parametrize(
    ("per", "amount", "answer", "line"),
    [
        ("session", "60", "EUR 60 per session (Bonn, seller, 2026); how many: not reported", "EUR 60/session"),
        (
            "month",
            "20-30.50",
            "EUR 20-30.50 per month (Bonn, seller, 2026); how many: not reported",
            "EUR 20-30.50/month",
        ),
        ("graft", "4-8", "EUR 4-8 per graft (Bonn, seller, 2026); how many: not reported", "EUR 4-8/graft"),
        ("one-off", "1500", "EUR 1,500 once (Bonn, seller, 2026)", "EUR 1,500 once"),
        ("item", "3", "EUR 3 per item (Bonn, seller, 2026); how many: not reported", "?"),
        ("session", "0", "Nothing.", "0"),
    ],
)
def test_a_price_that_no_cost_follows_from_is_shown_as_it_is(
    tmp_path: Path, per: str, amount: str, answer: str, line: str
) -> None:
    values = small_values()
    graft, *_ = values["treatments"] = [values["treatments"][2]]
    del graft["schedule"]
    price = {"per": per, "amount": amount, "currency": "EUR", "region": "Bonn", "year": 2026}
    graft["costs"] = [{**price, "sources": ["test-brochure"]}]
    catalogue = loaded(values, tmp_path / "c.yaml")
    [row] = (one for one in hairtx.describe(catalogue, "test-graft").answer if one.key == "costs")
    assert [item.text for item in row.cells[0].items] == [answer]
    assert hairtx.commitment_over(catalogue["test-graft"]).cost is None
    [block] = hairtx.list_treatments(catalogue).blocks
    assert block.short is not None
    assert block.short.rows[0][-1].items[0].text == line
    told = hairtx.render(hairtx.describe(catalogue, "test-graft", rows=["costs"], view="full"), "table")
    assert ("nothing, Bonn, 2026" if amount == "0" else f"EUR {answer.split()[1]}") in told


def test_the_length_of_a_part_is_told_as_such_and_adds_up_to_no_hours(tmp_path: Path) -> None:
    values = small_values()
    needling, graft = values["treatments"][1:3]
    for one in (needling, graft):
        length = {"lasts": "10 minutes", "covers": "the needles alone", "sources": ["test-trial"]}
        one["schedule"] |= {"session_length": length}
    del needling["schedule"]["phases"][1]
    catalogue = loaded(values, tmp_path / "c.yaml")
    assert hairtx.commitment_over(catalogue["test-needling"]).hours is None
    answers = hairtx.compare(catalogue, ["test-needling", "test-graft"]).answer
    [row] = (one for one in answers if one.key == "commitment")
    assert [cell.items[0].text for cell in row.cells] == [
        "3-4 visits, the needles alone 10 minutes each.",
        "1 visit, the needles alone 10 minutes.",
    ]
    assert said_of("test-needling", catalogue)["Time in sessions"] == "the needles alone 10 minutes each"
    told = hairtx.render(hairtx.describe(catalogue, "test-graft", view="full"), "table")
    assert "Each session: 10 minutes for the needles alone" in told
    plan = hairtx.render(hairtx.plan(catalogue, ["test-graft"], start=dt.date(2026, 3, 2), at=dt.time(9)), "ics")
    assert "PT10M" not in plan
    assert "T091000" not in plan


def test_what_is_paid_once_says_so(tmp_path: Path) -> None:
    catalogue = loaded(small_values(), tmp_path / "c.yaml")
    [row] = (one for one in hairtx.describe(catalogue, "test-graft").answer if one.key == "costs")
    assert [item.text for item in row.cells[0].items] == ["USD 4,000 once (US, seller, 2001)"]


def test_a_price_that_leaves_visits_out_is_the_least_it_costs(tmp_path: Path) -> None:
    values = small_values()
    needling = values["treatments"][1]
    needling["schedule"]["phases"][1]["setting"] = "clinic"
    needling["costs"] = [{**needling["costs"][0], "per": "course", "region": "not stated"}]
    said = said_of("test-needling", loaded(values, tmp_path / "c.yaml"), horizon=24)
    about = "(region not stated; price of one course; what the later visits cost is not reported)"
    assert said["Cost"] == f"at least USD 100-300 {about}"
    assert said["In five years"] == "7-13 visits; at least USD 100-300"


@pytest.mark.parametrize(
    ("known", "leads"),
    [
        ((), []),
        (("costs",), []),
        (("schedule",), ["Visits", "Doses or uses", "Time in sessions", "Visible signs", "Cost", "In five years"]),
    ],
)
def test_where_neither_sessions_nor_a_price_is_known_nothing_is_said(
    known: tuple[str, ...], leads: list[str], tmp_path: Path
) -> None:
    values = small_values()
    needling = values["treatments"][1]
    for key in {"schedule", "costs"} - set(known):
        del needling[key]
    assert list(said_of("test-needling", loaded(values, tmp_path / "c.yaml"))) == leads


def test_no_sessions_take_no_time_and_show_no_signs_and_that_is_known(tmp_path: Path) -> None:
    values = small_values()
    needling = values["treatments"][1]
    needling["schedule"]["phases"] = [{**needling["schedule"]["phases"][0], "sessions": 0}]
    del needling["downtime"]
    said = said_of("test-needling", loaded(values, tmp_path / "c.yaml"))
    assert said == {
        "Time in sessions": "0 hours",
        "Visible signs": "none",
        "Cost": "USD 0 (US; price per session x sessions)",
    }


@pytest.mark.parametrize(("horizon", "is_told"), [(59, True), (60, False), (120, False)])
def test_five_years_are_told_of_what_has_no_end_unless_they_are_over(horizon: int, is_told: bool) -> None:
    assert ("In five years" in said_of("test-drip", more(), horizon=horizon)) == is_told
    assert "In five years" not in said_of("test-graft", more(), horizon=horizon)


def test_json_has_the_numbers_themselves() -> None:
    text = hairtx.render(hairtx.describe(more(), "test-drip", view="full"), "json")
    rows = {row["key"]: row for row in msgspec.json.decode(text)["rows"]}
    data = rows["commitment"]["cells"]["test-drip"]["data"]
    assert data["visits"] == {"lower": 4, "upper": 7}
    assert data["cost"] == {
        "lower": 2000,
        "upper": 14000,
        "currency": "USD",
        "region": "US",
        "per": "session",
        "complete": True,
    }
    assert data["five_years"]["horizon_months"] == 60


@pytest.mark.parametrize("horizon", ["0", "-3", "100y", "121", "soon", "2 weeks", "1.5y"])
def test_a_horizon_that_is_none_is_refused(run: Run, horizon: str) -> None:
    done = run("compare", "prp", "fue-transplant", f"--horizon={horizon}")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_region_is_answered_with_the_known_ones() -> None:
    with pytest.raises(hairtx.UnknownNameError, match="Known: US, Testland, Otherland"):
        hairtx.compare(more(), ["test-drip", "test-graft"], region="Atlantis", view="table")
