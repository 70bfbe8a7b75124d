"""What a treatment takes over a time: visits, hours, days of visible signs, doses at home and money.

Every figure is a range from its least to its most. What is not reported in the catalogue stays unknown (None), never
zero. Formulas, with ``H`` the horizon in months and sessions counted as in :mod:`hairtx.analysis.schedule`:

- **visits** = sessions of the phases done in a clinic or an operating room
- **doses** = sessions of the phases done at home
- **hours** = sessions of the phases done where the treatment as a whole is done × length of a session; unknown if that
  covers a part of it alone, or if there are also sessions elsewhere, because the length belongs to the treatment's own
  setting
- **days of visible signs** = visits × days of signs after each, never more than the days there are in ``H`` months.
  Signs of use at home are not reported dose by dose, so they are unknown unless they are zero
- **cost**, in the region and currency of the first price that can be computed, or in the region asked for. The first
  such price also says what is counted, and all prices of that kind in that region and currency make one range:
  per *session* × visits (doses for a treatment at home), per *month* × months of use, per *year* × months of use / 12,
  for a *course* or *once* × 1 as soon as there is a session. Months of use are ``H``, or for a schedule that ends, the
  sessions × their intervals if that is less. A price per *graft* or *item* says nothing about how many are needed, so
  it gives no cost. A course price leaves out what an open-ended phase in a clinic adds: the cost is then incomplete.

A range times a range is the product of the lower bounds to the product of the upper ones. Doing nothing (kind ``none``)
has no phases: its visits, hours, signs and doses are known to be zero.

Worked example, PRP over 12 months: “3-5 sessions, 4 weeks apart; then every 3-6 months”, 30-90 minutes a session, signs
for 0-5 days, USD 500-2000 per session.

- visits: 4 to 7 (by hand in :mod:`hairtx.analysis.schedule`); doses: 0
- hours: 4 × 0.5 = 2 to 7 × 1.5 = 10.5
- days of visible signs: 4 × 0 = 0 to 7 × 5 = 35
- cost: 4 × 500 = 2000 to 7 × 2000 = 14000 US dollars
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import NOT_REPORTED, Cell, Item
from hairtx.analysis.schedule import (
    Bounds,
    checked_horizon,
    days_in_horizon,
    has_no_end,
    is_at_home,
    session_bounds,
    span_bounds,
)
from hairtx.catalogue.model import Cost, PricePer, Treatment
from hairtx.catalogue.quantity import Duration, days_in

__all__ = [
    "FIVE_YEARS",
    "Commitment",
    "Money",
    "commitment_cell",
    "commitment_data",
    "commitment_over",
    "common_region",
    "cost_total_words",
    "price_regions",
]

#: The span of the extra line for treatments that go on without end, in months.
FIVE_YEARS: Final = 60
_ZERO: Final = Bounds(Fraction(0), Fraction(0))
#: What a price is multiplied with, in words.
_COUNTED: Final[dict[PricePer, str]] = {
    "session": "price per session x sessions",
    "month": "price per month x months",
    "year": "price per year x years",
    "course": "price of one course",
    "one-off": "paid once",
}


class Money(Struct, frozen=True, kw_only=True):
    """A range of money in one currency, at the prices of one region."""

    lower: Fraction
    upper: Fraction
    currency: str
    region: str
    #: What the price that was used is for.
    per: PricePer
    #: False where sessions that the price does not cover fall within the horizon, or something is paid once on top.
    is_complete: bool
    #: What is paid once, beside what is paid again and again.
    once: tuple[Cost, ...]
    #: The prices that were used.
    prices: tuple[Cost, ...]

    @property
    def covers(self) -> Duration | None:
        """How long what the price buys lasts, where that says how often it is paid."""
        return self.prices[0].covers


class Commitment(Struct, frozen=True, kw_only=True):
    """What one treatment takes within ``horizon`` months. None is not reported."""

    horizon: int
    visits: Bounds | None
    doses: Bounds | None
    hours: Bounds | None
    #: Days on which signs can be seen by others.
    visible_days: Bounds | None
    cost: Money | None
    #: Prices of the region that no cost follows from, because nobody says how many grafts, items, sessions or months it
    #: takes.
    uncounted_prices: tuple[Cost, ...]
    #: The schedule has no set end.
    is_lifelong: bool


def commitment_over(treatment: Treatment, horizon: int = 12, *, region: str | None = None) -> Commitment:
    """What the treatment takes within ``horizon`` months.

    Args:
        treatment: the treatment.
        horizon: whole months, from 0 (which gives nothing) to 120.
        region: the region of the prices, as written in the catalogue in any case; the first with a price that can be
            computed if None.

    Raises:
        UsageError: the horizon is negative or longer than ten years.
    """
    if horizon != 0:
        checked_horizon(horizon)
    phases = treatment.phases
    visits = doses = None
    if treatment.kind == "none" and not phases:
        visits = doses = _ZERO
    elif phases:
        visits, doses = session_bounds(phases, treatment.setting, horizon) or (None, None)
    prices = _prices_in(treatment.costs, region)
    cost = _cost(treatment, prices, visits, doses, horizon)
    return Commitment(
        horizon=horizon,
        visits=visits,
        doses=doses,
        hours=_hours(treatment, visits, doses),
        visible_days=_visible_days(treatment, visits, doses, horizon),
        cost=cost,
        uncounted_prices=tuple(one for one in prices if cost is None or not one.is_countable),
        is_lifelong=has_no_end(phases),
    )


def price_regions(treatments: Iterable[Treatment]) -> list[str]:
    """All regions that prices are given for, in order of first appearance."""
    return list(dict.fromkeys(cost.region for one in treatments for cost in one.costs))


def common_region(treatments: Sequence[Treatment], horizon: int) -> str | None:
    """The region with whose prices most of the treatments can be counted, the first named of several; None for none.

    What costs nothing costs it everywhere, and has no say.
    """
    counted: dict[str, int] = {}
    for one in treatments:
        for region in dict.fromkeys(cost.region for cost in one.costs if cost.is_countable):
            money = commitment_over(one, horizon, region=region).cost
            if money is not None and money.upper > 0:
                counted[region] = counted.get(region, 0) + 1
    return max(counted, key=counted.__getitem__, default=None)


def _hours(treatment: Treatment, visits: Bounds | None, doses: Bounds | None) -> Bounds | None:
    if visits is None or doses is None:
        return None
    if visits.upper == doses.upper == 0:
        return _ZERO
    here, elsewhere = (doses, visits) if treatment.setting == "home" else (visits, doses)
    length = treatment.session_length
    if length is None or length.lasts is None or length.covers is not None or elsewhere.upper > 0:
        return None
    shortest, longest = (days * 24 for days in length.lasts.days)
    return Bounds(here.lower * shortest, here.upper * longest)


def _visible_days(treatment: Treatment, visits: Bounds | None, doses: Bounds | None, horizon: int) -> Bounds | None:
    if visits is None or doses is None:
        return None
    if visits.upper == doses.upper == 0:
        return _ZERO
    signs = treatment.visible_signs
    if signs is None or signs.lasts is None:
        return None
    shortest, longest = signs.lasts.days
    if longest == 0:
        return _ZERO
    if doses.upper > 0:
        return None
    there_are = days_in_horizon(horizon)
    return Bounds(min(visits.lower * shortest, there_are.lower), min(visits.upper * longest, there_are.upper))


def _prices_in(costs: Iterable[Cost], region: str | None) -> list[Cost]:
    listed = list(costs)
    if region is None:
        first = next((one for one in listed if one.is_countable), next(iter(listed), None))
        region = first.region if first is not None else ""
    return [one for one in listed if one.region.casefold() == region.casefold()]


def _cost(
    treatment: Treatment, prices: list[Cost], visits: Bounds | None, doses: Bounds | None, horizon: int
) -> Money | None:
    countable = [one for one in prices if one.is_countable]
    if not countable:
        return None
    # What is paid again and again says more of a time than what is paid once, wherever it stands in the list.
    first = next((one for one in countable if one.per != "one-off"), countable[0])
    times = _times(treatment, first, visits, doses, horizon)
    if times is None:
        return None
    kind = first.per, first.currency, first.covers
    used = tuple(one for one in prices if (one.per, one.currency, one.covers) == kind)
    # Several such prices may be one or the other, or all of them: they are told and not added up.
    once = tuple(one for one in countable if one.per == "one-off" != first.per and one.amount.upper > 0)
    return Money(
        lower=min(one.amount.lower for one in used) * times.lower,
        upper=max(one.amount.upper for one in used) * times.upper,
        currency=first.currency,
        region=first.region,
        per=first.per,
        is_complete=not once
        and (
            first.covers is not None
            or first.per not in {"course", "one-off"}
            or not _goes_on_in_clinic(treatment, horizon)
        ),
        once=once,
        prices=used,
    )


def _times(
    treatment: Treatment, price: Cost, visits: Bounds | None, doses: Bounds | None, horizon: int
) -> Bounds | None:
    """How often the price is paid."""
    if treatment.kind == "none":
        return Bounds(Fraction(1), Fraction(1)) if horizon else _ZERO
    if visits is None or doses is None or not treatment.phases:
        return None
    if price.covers is not None:
        span = span_bounds(treatment.phases, horizon)
        shortest, longest = (days / days_in("month") for days in price.covers.days)
        return Bounds(span.lower / longest, span.upper / shortest) if span is not None and shortest else None
    match price.per:
        case "session":
            return doses if treatment.setting == "home" else visits
        case "month" | "year":
            span = span_bounds(treatment.phases, horizon)
            share = 12 if price.per == "year" else 1
            return Bounds(span.lower / share, span.upper / share) if span is not None else None
    return Bounds(min(visits.lower + doses.lower, Fraction(1)), min(visits.upper + doses.upper, Fraction(1)))


def _goes_on_in_clinic(treatment: Treatment, horizon: int) -> bool:
    """Whether visits of an open-ended phase fall within the horizon, so that a price for a course leaves them out."""
    phases = treatment.phases
    if not has_no_end(phases) or is_at_home(phases[-1], treatment.setting):
        return False
    with_it = session_bounds(phases, treatment.setting, horizon)
    without = session_bounds(phases[:-1], treatment.setting, horizon) if len(phases) > 1 else (_ZERO, _ZERO)
    return with_it is not None and without is not None and with_it[0].upper > without[0].upper


def commitment_cell(treatment: Treatment, citations: Citations, *, horizon: int, region: str | None) -> Cell:
    """The lines on visits, hours, visible signs, doses and cost; and on five years where the schedule has no end."""
    takes = commitment_over(treatment, horizon, region=region)
    later = (
        commitment_over(treatment, FIVE_YEARS, region=region) if takes.is_lifelong and horizon < FIVE_YEARS else None
    )
    data = commitment_data(takes)
    if later is not None:
        data["five_years"] = commitment_data(later)
    if takes.visits is None and takes.cost is None and all(one.is_countable for one in takes.uncounted_prices):
        return Cell((), data)
    items = _lines(treatment, takes, citations, region)
    if later is not None:
        items.append(Item(_in_short(later), lead="In five years"))
    return Cell(tuple(items), data)


def cost_total_words(cost: Money) -> str:
    """“USD 2,000-14,000 (US; price per session x visits)”."""
    if all(one.amount.upper == 0 for one in cost.prices):
        return "nothing"
    amount = w.bounds_words(cost.lower, cost.upper)
    covers = cost.covers
    counted = f"price for {covers.text}, by time of use" if covers is not None else _COUNTED[cost.per]
    about = [cost.region if cost.region != "not stated" else "region not stated", counted]
    if cost.once:
        amounts = ", ".join(dict.fromkeys(f"{one.currency} {w.prices(one)}" for one in cost.once))
        about.append(f"paid once on top: {amounts}")
    elif not cost.is_complete:
        about.append("what the later visits cost is not reported")
    start = "at least " if not cost.is_complete else ""
    return f"{start}{cost.currency} {amount} ({'; '.join(about)})"


def _lines(treatment: Treatment, takes: Commitment, citations: Citations, region: str | None) -> list[Item]:
    counted = citations.cite(key for phase in treatment.phases for key in phase.sources)
    home = treatment.setting == "home"
    items: list[Item] = []
    if takes.visits is None or takes.visits.upper > 0 or treatment.kind == "none":
        items.append(Item(_range(takes.visits, "", ""), lead="Visits", refs=counted))
    if takes.doses is not None and takes.doses.upper > 0:
        items.append(Item(w.bounds_words(takes.doses.lower, takes.doses.upper), lead="Doses or uses", refs=counted))
    length, signs = treatment.session_length, treatment.visible_signs
    lead = "Time for it" if home else "Time in sessions"
    part = w.part_words(treatment)
    hours = w.hours_words(takes.hours.lower, takes.hours.upper) if takes.hours is not None else part or NOT_REPORTED
    if treatment.kind != "none":
        told = length is not None and (takes.hours is not None or part)
        items.append(Item(hours, lead=lead, refs=citations.cite(length.sources if length and told else ())))
        refs = citations.cite(signs.sources if signs and takes.visible_days is not None else ())
        items.append(Item(_range(takes.visible_days, "day", "days"), lead="Visible signs", refs=refs))
    items.append(_cost_line(takes, citations, region))
    if treatment.monitoring:
        items.append(Item("the checks named in the schedule", lead="On top"))
    return items


def _cost_line(takes: Commitment, citations: Citations, region: str | None) -> Item:
    if takes.cost is not None:
        refs = citations.cite(key for price in takes.cost.prices for key in price.sources)
        return Item(cost_total_words(takes.cost), lead="Cost", refs=refs)
    where = f" for the region {region}" if region is not None else ""
    kinds = dict.fromkeys("paid once" if one.per == "one-off" else w.per_words(one) for one in takes.uncounted_prices)
    if kinds:
        why = f" (only a price {' and '.join(kinds)} is known{where}, not how many it takes)"
        return Item(f"{NOT_REPORTED}{why}", lead="Cost")
    return Item(f"{NOT_REPORTED}{where}", lead="Cost")


def _in_short(takes: Commitment) -> str:
    parts = []
    if takes.visits is None or takes.visits.upper > 0:
        parts.append(_range(takes.visits, "visit", "visits", missing="visits"))
    if takes.doses is not None and takes.doses.upper > 0:
        parts.append(w.bounds_words(takes.doses.lower, takes.doses.upper, "dose or use", "doses or uses"))
    cost = takes.cost
    if cost is None:
        parts.append(f"cost {NOT_REPORTED}")
    else:
        at_least = "" if cost.is_complete else "at least "
        parts.append(f"{at_least}{cost.currency} {w.bounds_words(cost.lower, cost.upper)}")
    return "; ".join(parts)


def _range(bounds: Bounds | None, one: str, many: str, *, missing: str = "") -> str:
    if bounds is None:
        return f"{missing} {NOT_REPORTED}".strip()
    if bounds.upper == 0:
        return "none"
    return w.bounds_words(bounds.lower, bounds.upper, one, many)


def commitment_data(takes: Commitment) -> dict[str, Any]:
    """The same for programs."""
    cost = takes.cost
    return {
        "horizon_months": takes.horizon,
        "visits": takes.visits,
        "doses": takes.doses,
        "hours": takes.hours,
        "visible_sign_days": takes.visible_days,
        "cost": None
        if cost is None
        else {
            "lower": cost.lower,
            "upper": cost.upper,
            "currency": cost.currency,
            "region": cost.region,
            "per": cost.per,
            **({"covers": cost.covers} if cost.covers is not None else {}),
            "complete": cost.is_complete,
        },
    }
