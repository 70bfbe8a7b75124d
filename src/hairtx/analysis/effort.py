"""The commitment of one treatment in words: what it takes within a horizon, line by line."""

from __future__ import annotations

from typing import Any

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.commitment import FIVE_YEARS, Commitment, Money, commitment_over
from hairtx.analysis.document import NOT_REPORTED, Cell, Item
from hairtx.analysis.schedule import Bounds
from hairtx.catalogue.model import Treatment

__all__ = ["commitment_cell", "cost_total_words"]

#: What a price is multiplied with, in words.
_COUNTED = {
    "session": "price per session x sessions",
    "month": "price per month x months",
    "year": "price per year x years",
    "course": "price of one course",
    "one-off": "paid once",
}


def commitment_cell(treatment: Treatment, citations: Citations, *, horizon: int, region: str | None) -> Cell:
    """The lines on visits, hours, visible signs, doses and cost; and on five years where the schedule has no end."""
    takes = commitment_over(treatment, horizon, region=region)
    later = (
        commitment_over(treatment, FIVE_YEARS, region=region) if takes.is_lifelong and horizon < FIVE_YEARS else None
    )
    data = _data(takes)
    if later is not None:
        data["five_years"] = _data(later)
    if takes.visits is None and takes.cost is None and not takes.uncounted_prices:
        return Cell((), data)
    items = _lines(treatment, takes, citations, region)
    if later is not None:
        items.append(Item(_in_short(later), lead="In five years"))
    return Cell(tuple(items), data)


def cost_total_words(cost: Money) -> str:
    """“USD 2,000-14,000 (US; price per session x visits)”."""
    amount = w.bounds_words(cost.lower, cost.upper)
    about = [cost.region if cost.region != "not stated" else "region not stated", _COUNTED[cost.per]]
    if not cost.is_complete:
        about.append("what the later visits cost is not reported")
    start = "at least " if not cost.is_complete else ""
    return f"{start}{cost.currency} {amount} ({'; '.join(about)})"


def _lines(treatment: Treatment, takes: Commitment, citations: Citations, region: str | None) -> list[Item]:
    schedule, downtime = treatment.schedule, treatment.downtime
    phases = schedule.phases if schedule is not None else ()
    counted = citations.cite(key for phase in phases for key in phase.sources)
    home = treatment.setting == "home"
    items: list[Item] = []
    if takes.visits is None or takes.visits.upper > 0 or treatment.kind == "none":
        items.append(Item(_range(takes.visits, "", ""), lead="Visits", refs=counted))
    if takes.doses is not None and takes.doses.upper > 0:
        items.append(Item(w.bounds_words(takes.doses.lower, takes.doses.upper), lead="Doses or uses", refs=counted))
    length = schedule.session_length if schedule is not None else None
    lead = "Time for it" if home else "Time in sessions"
    hours = w.hours_words(takes.hours.lower, takes.hours.upper) if takes.hours is not None else NOT_REPORTED
    if treatment.kind != "none":
        items.append(Item(hours, lead=lead, refs=citations.cite(length.sources if length and takes.hours else ())))
        signs = downtime.visible_signs if downtime is not None else None
        refs = citations.cite(signs.sources if signs is not None and takes.visible_days is not None else ())
        items.append(Item(_range(takes.visible_days, "day", "days"), lead="Visible signs", refs=refs))
    items.append(_cost_line(takes, citations, region))
    if schedule is not None and schedule.monitoring:
        items.append(Item("the checks named in the schedule", lead="On top"))
    return items


def _cost_line(takes: Commitment, citations: Citations, region: str | None) -> Item:
    if takes.cost is not None:
        refs = citations.cite(key for price in takes.cost.prices for key in price.sources)
        return Item(cost_total_words(takes.cost), lead="Cost", refs=refs)
    where = f" for the region {region}" if region is not None else ""
    kinds = dict.fromkeys(w.PER_WORDS[one.per] for one in takes.uncounted_prices)
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


def _data(takes: Commitment) -> dict[str, Any]:
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
            "complete": cost.is_complete,
        },
    }
