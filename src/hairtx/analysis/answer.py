"""The short cells of a comparison: what a reader meets first, about twenty words each.

An entry's own short words (``brief``) are shown where it has them; an entry without is answered from what it has.
Effort, cost, cautions and status are computed, so that the answer cannot disagree with the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, SupportsFloat

from hairtx.analysis import wording as w
from hairtx.analysis.commitment import Money, commitment_data, commitment_over
from hairtx.analysis.document import NOT_REPORTED, Cell, Count, Gauge, Item, Row
from hairtx.analysis.factors import never_looked_for
from hairtx.analysis.schedule import has_no_end, is_at_home
from hairtx.analysis.scope import Scope, View
from hairtx.catalogue.model import (
    Action,
    BriefEffect,
    Cost,
    Effect,
    Indication,
    Regulation,
    Sex,
    SideEffect,
    Statement,
    Treatment,
)

__all__ = [
    "approved",
    "ask_them",
    "careful",
    "cost",
    "counted_rest",
    "days_that_show",
    "first_sentence",
    "if_i_stop",
    "milder_harm",
    "people_who_gain",
    "sellers_say",
    "serious_harm",
    "time_to_judge",
    "what_i_do",
    "works",
]

#: Of several counts, the one nearest to a year is shown, with its own time.
_REFERENCE_MONTHS: Final = 12
_TIME: Final = re.compile(r"(?P<number>[0-9]+)(-[0-9]+)? (?P<unit>week|month|year)")
_UNIT_IN_MONTHS: Final = {"week": Fraction(12, 52), "month": Fraction(1), "year": Fraction(12)}
#: Comparators that stand for doing nothing.
_NOTHING: Final = re.compile(r"placebo|salt|sham|untreated|no treatment|fake|dummy", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?](?= [A-Z])")
#: How many factors and side effects are named before the rest is counted, and how many questions are asked.
_NAMED: Final = 3
#: How many claims are told, each with its whole reason.
_CLAIMS: Final = 2
#: Words of one cell at most; with three treatments and more beside each other.
_MOST_WORDS: Final = 25
_MOST_WORDS_OF_MANY: Final = 11
_QUESTIONS: Final = 2
#: How many more names there are, as :func:`_few` writes it.
_REST: Final = re.compile(r"\(\+(\d+)\)")
#: A regulator's decision in the fewest words.
_STATUS_SHORT: Final[dict[str, str]] = {
    "approved": "yes",
    "cleared": "cleared, not approved",
    "off-label": "not for this",
    "unapproved": "no",
    "over-the-counter": "yes, no prescription",
    "not-a-medicine": "not a medicine",
}


def works(treatment: Treatment, scope: Scope) -> Cell:
    """Whether it works, and how sure that is; what is told of both sexes is told once."""
    listed = treatment.indications
    rated = [one for one in listed if scope.is_about(one.condition, one.sex)]
    told = [one for one in treatment.brief_effects if scope.is_about(one.condition, one.sex)]
    items = tuple(
        Item(
            one.text,
            lead=_about_what(one, scope),
            refs=scope.citations.cite_few(one.sources),
            gauge=_gauge_of(one, rated),
        )
        for one in told
    ) or tuple(_rating(one, scope) for one in rated)
    data = {"indications": rated, "brief": told}
    if not items:
        what = "this condition" if scope.condition is not None else "any condition"
        # Not listed for this condition is not the same as not for these people.
        whom = w.SEX_WORDS[scope.sex].lower() if any(scope.is_about(one.condition, "any") for one in listed) else ""
        items = (Item(f"Not listed for {whom or what}."),)
    return Cell(items, data)


def _about_what(one: BriefEffect | Indication | Effect, scope: Scope) -> str:
    """Whom it was found in, unless one sex was asked for; and for what, where the cell is not about one condition."""
    whom = w.SEX_WORDS[one.sex] if scope.sex == "any" else ""
    if scope.condition is not None:
        return whom
    return ", ".join(filter(None, (scope.catalogue.conditions[one.condition].short, whom.lower())))


def _gauge_of(one: BriefEffect, rated: Sequence[Indication]) -> Gauge | None:
    """How sure that is: as rated for the same condition, for this sex if it is rated apart."""
    fitting = [other for other in rated if other.condition == one.condition]
    nearest = next((other for other in fitting if other.sex == one.sex), next(iter(fitting), None))
    return w.certainty_gauge(nearest.certainty) if nearest is not None else None


def _rating(one: Indication, scope: Scope) -> Item:
    """What an entry without short words has: direction and size, or what its rating rests on."""
    if one.direction is None:
        text = first_sentence(one.basis)
    else:
        text = w.sentence(w.informative(one.direction, one.certainty) + (f": {one.size}" if one.size else ""))
    gauge = w.certainty_gauge(one.certainty)
    return Item(text, lead=_about_what(one, scope), refs=scope.citations.cite_few(one.sources), gauge=gauge)


def people_who_gain(treatment: Treatment, scope: Scope) -> Cell:
    """How many of 100 people saw a gain, with it and without; one count for each condition and sex that has one."""
    counts: dict[tuple[str, Sex], Effect] = {}
    for effect in treatment.effects:
        outcome = scope.catalogue.outcomes[effect.outcome]
        is_gain = outcome.better == "higher" and outcome.is_of_hair
        if not (is_gain and effect.counts_people and scope.is_about(effect.condition, effect.sex)):
            continue
        key = effect.condition, effect.sex
        if key not in counts or _preference(effect) < _preference(counts[key]):
            counts[key] = effect
    # Counted for men or for women says more than counted in everybody.
    apart = {condition for condition, sex in counts if sex != "any"}
    told = tuple(one for (condition, sex), one in counts.items() if sex != "any" or condition not in apart)
    items = tuple(_gain(one, lead=_about_what(one, scope), refs=scope.citations.cite_few(one.sources)) for one in told)
    return Cell(items or (Item("Not counted."),), told)


def _preference(effect: Effect) -> tuple[bool, bool, Fraction]:
    """Smaller is better: counted beside no treatment, beside anything, then the time nearest to the reference."""
    with_nothing = _NOTHING.search(effect.comparator) is not None
    when = _TIME.search(effect.timepoint or "")
    length = int(when["number"]) * _UNIT_IN_MONTHS[when["unit"]] if when else Fraction(0)
    return not (with_nothing and _compared(effect)), not _compared(effect), abs(length - _REFERENCE_MONTHS)


def _compared(effect: Effect) -> bool:
    return effect.comparator_value is not None or (effect.people is not None and effect.people.compared is not None)


def _gain(effect: Effect, lead: str, refs: tuple[int, ...]) -> Item:
    """The words “26 with it, 14 with placebo. 24-32 weeks.”, and the same to draw."""
    bounds: list[tuple[SupportsFloat, SupportsFloat]] = [(effect.value, effect.value)]
    if effect.people is not None:
        bounds = [(one.lower, one.upper) for one in (effect.people.treated, effect.people.compared) if one is not None]
    elif effect.comparator_value is not None:
        bounds.append((effect.comparator_value, effect.comparator_value))
    people = tuple(
        Count(label, float(lower), float(upper))
        for label, (lower, upper) in zip(("with it", f"with {effect.comparator}"), bounds, strict=False)
    )
    first, *others = (w.people_words(one.lower, one.upper) for one in people)
    beside = f"{effect.comparator} {others[0]}" if others else "not compared"
    when = (effect.timepoint or "time not given").partition(",")[0]
    return Item(f"{first}, {beside}, {when}.", lead=lead, refs=refs, people=people)


def milder_harm(treatment: Treatment, scope: Scope) -> Cell:
    """The commonest harms that pass, with how many of 100 people where a source counts."""
    passing = [one for one in treatment.side_effects if one.severity != "serious"]
    brief = treatment.brief.harm if treatment.brief is not None else None
    return _brief_or(brief, [one.effect for one in passing], "none listed", passing, scope)


def serious_harm(treatment: Treatment, scope: Scope) -> Cell:
    """What is on record, however rare: a row of its own, since read together trivial harms dilute grave ones."""
    grave = [one for one in treatment.side_effects if one.severity == "serious"]
    brief = treatment.brief.serious if treatment.brief is not None else None
    return _brief_or(brief, [one.effect for one in grave], "none listed, which is not the same as none", grave, scope)


def _brief_or(
    brief: Statement | None, names: Sequence[str], nothing: str, listed: Sequence[SideEffect], scope: Scope
) -> Cell:
    if brief is not None:
        return Cell((Item(brief.text, refs=scope.citations.cite_few(brief.sources)),), {"brief": brief})
    shown = listed[:_NAMED]
    refs = scope.citations.cite_few([one.sources[0] for one in shown])
    return Cell(
        (Item(w.sentence(_named_first(names)) if names else w.sentence(nothing), refs=refs),), {"listed": listed}
    )


def what_i_do(treatment: Treatment, scope: Scope) -> Cell:
    """Sessions or doses, visits and hours within the horizon, and what comes after it."""
    takes = commitment_over(treatment, scope.horizon)
    phases = treatment.phases
    if treatment.kind == "none" and not phases:
        return Cell((Item("Nothing."),), commitment_data(takes))
    if not phases:
        return Cell((), commitment_data(takes))
    parts = []
    if takes.visits is None or takes.doses is None:
        parts.append(w.schedule_words(treatment))
    else:
        if takes.visits.upper > 0:
            parts.append(w.bounds_words(takes.visits.lower, takes.visits.upper, "visit", "visits"))
        if takes.doses.upper > 0:
            home = [one for one in phases if is_at_home(one, treatment.setting)]
            parts.append(w.phase_words(home[-1], treatment).replace(", without a set end", ", no end set"))
        if takes.hours is not None:
            # Beside “3 times a week, no end set” nobody could tell what they are counted over.
            within = f" in {w.span_words(scope.horizon)}" if takes.visits.upper == 0 and has_no_end(phases) else ""
            parts.append(w.hours_words(takes.hours.lower, takes.hours.upper) + within)
        elif takes.visits.upper > 0 and (part := w.part_words(treatment)):
            parts.append(part)
    text = ", ".join(parts)
    last = phases[-1]
    if has_no_end(phases) and not is_at_home(last, treatment.setting) and last.every is not None:
        text += f"; then {w.interval_words(last.every)}"
    return Cell((Item(w.sentence(text)),), commitment_data(takes))


def days_that_show(treatment: Treatment, scope: Scope) -> Cell:
    """How long others can see it, after each session."""
    signs, activities = treatment.visible_signs, treatment.daily_activities
    if treatment.kind == "none":
        return Cell((Item("None."),), treatment.downtime)
    held = signs if signs is not None and signs.lasts is not None else None
    if held is not None and held.lasts is not None:
        each = " after each" if treatment.setting != "home" and held.lasts.upper > 0 else ""
        return Cell((Item(f"{held.lasts.text}{each}"),), treatment.downtime)
    if activities is not None and activities.lasts is not None and not scope.is_crowded:
        when = f"after {activities.lasts.text}" if activities.lasts.upper > 0 else "at once"
        return Cell((Item(f"not reported; ordinary activities {when}"),), treatment.downtime)
    return Cell((), treatment.downtime)


def time_to_judge(treatment: Treatment, scope: Scope) -> Cell:
    """When it can be told whether it does something."""
    when = treatment.full_assessment
    return Cell((Item(when.text),) if when is not None else (), treatment.results)


def if_i_stop(treatment: Treatment, scope: Scope) -> Cell:
    """What happens afterwards."""
    brief = treatment.brief.stopping if treatment.brief is not None else None
    told = brief or (treatment.results.on_stopping if treatment.results is not None else None)
    if told is None:
        return Cell()
    text = told.text if brief is not None else first_sentence(told.text)
    return Cell((Item(text),), told)


def cost(treatment: Treatment, scope: Scope) -> Cell:
    """What it costs within the horizon at one region's prices, and how old these are."""
    takes = commitment_over(treatment, scope.horizon, region=scope.region or scope.common_region)
    if takes.cost is None:
        own = commitment_over(treatment, scope.horizon)
        # It has no price where the others have theirs: its own region is named. What is free is free everywhere.
        if scope.region is None or (own.cost is not None and own.cost.upper == 0):
            takes = own
    money = takes.cost
    uncounted = takes.uncounted_prices[:1]
    if (money is not None and money.upper == 0) or (uncounted and uncounted[0].amount.upper == 0):
        return Cell((Item("Nothing."),), commitment_data(takes))
    if money is not None:
        text, used = _cost_words(money, _whose(money.prices, scope)), money.prices
    elif uncounted:
        text, used = _price_words(uncounted[0], _whose(uncounted, scope), brief=scope.is_crowded), uncounted
    else:
        places = ", ".join(dict.fromkeys(one.region for one in treatment.costs)) if scope.region is not None else ""
        known = Item(f"No price from {scope.region}; there are some from {places}.")
        return Cell((known,) if places else (), commitment_data(takes))
    refs = scope.citations.cite(used[0].sources[:1])
    return Cell((Item(text, refs=refs),), commitment_data(takes))


def _whose(prices: Sequence[Cost], scope: Scope) -> str:
    """“, seller” where nobody else says what it costs."""
    sources = scope.catalogue.sources
    is_sold = all(sources[key].type == "promotional" for one in prices for key in one.sources)
    return ", seller" if is_sold else ""


def _price_words(one: Cost, whose: str, *, brief: bool) -> str:
    """One price that no year can be counted from: “USD 4-8 per graft (US, 2022); how many: not reported”."""
    text = f"{one.currency} {w.prices(one)} {w.per_words(one)} ({one.region}{whose}, {one.year or 'undated'})"
    return text if brief or one.per == "one-off" else f"{text}; how many: {NOT_REPORTED}"


def _cost_words(money: Money, whose: str) -> str:
    years = sorted({one.year for one in money.prices if one.year})
    aged = "-".join(dict.fromkeys(str(year) for year in (years[0], years[-1]))) if years else "undated"
    start = "" if money.is_complete or money.once else "at least "
    once = f" {w.PER_WORDS[money.per]}" if money.per == "one-off" else ""
    once += "".join(f" + {one.currency} {w.prices(one)} once" for one in money.once)
    return f"{start}{money.currency} {w.bounds_words(money.lower, money.upper)}{once} ({money.region}{whose}, {aged})"


def careful(treatment: Treatment, scope: Scope) -> Cell:
    """Who should not have it, then who should ask first; the rest is counted."""
    groups: tuple[tuple[str, tuple[Action, ...]], ...] = (
        ("Not for", ("avoid",)),
        ("Ask first", ("ask-specialist", "take-care")),
    )
    listed = {
        lead: [
            w.lower_first(factor.short)
            for action in actions
            # What everybody is asked about first.
            for core in (True, False)
            for one in scope.cautions(treatment)
            if one.action == action and (factor := scope.catalogue.factors[one.factor]).core == core
        ]
        for lead, actions in groups
    }
    # Fewer where the labels are long.
    allowed = _MOST_WORDS_OF_MANY if scope.is_crowded else _MOST_WORDS
    for few in range(_NAMED, 0, -1):
        items = tuple(
            Item(_named_first(labels, max(few - number, 1)), lead=lead)
            for number, (lead, labels) in enumerate(listed.items())
            if labels
        )
        if sum(len(f"{one.lead} {one.text}".split()) for one in items) <= allowed:
            break
    items = items or (Item(f"nothing listed, {w.NOT_THE_SAME_AS_SAFE}"),)
    # Or what was examined least would look the gentlest.
    if unknown := never_looked_for(scope.catalogue, treatment, scope.sex):
        items += (Item(w.counted(len(unknown), "usual reason"), lead="Not looked for"),)
    return Cell(items, treatment.cautions)


def approved(treatment: Treatment, scope: Scope) -> Cell:
    """What the regulators of each region have decided, regions with the same answer together."""
    regions: dict[str, list[str]] = {}
    for one in treatment.regulatory:
        # What is decided for this condition by name stands for the region; else what is decided for all uses.
        by_name = any(
            other.region == one.region and other.condition == scope.condition for other in treatment.regulatory
        )
        if scope.condition is None or one.condition == (scope.condition if by_name else None):
            regions.setdefault(_decided(one, scope), []).append(one.region)
    text = "; ".join(f"{', '.join(dict.fromkeys(places))}: {status}" for status, places in regions.items())
    return Cell((Item(f"{text}."),) if text else (), treatment.regulatory)


def _decided(one: Regulation, scope: Scope) -> str:
    """The decision in the fewest words; one for a single sex says so, and is none for the other.

    What is decided for one condition says for which, where the cell is not about that one alone.
    """
    what = ""
    if scope.condition is None and one.condition is not None:
        what = f" ({w.lower_first(scope.catalogue.conditions[one.condition].short)})"
    if one.sex in {"any", scope.sex}:
        return f"{_STATUS_SHORT[one.status]}{what}"
    whom = w.SEX_WORDS[one.sex].lower()
    return f"{_STATUS_SHORT[one.status]}, {whom}{what}" if scope.sex == "any" else f"for {whom} only{what}"


def sellers_say(treatment: Treatment, scope: Scope) -> Cell:
    """The first claims with their verdicts; the rest is counted."""
    shown = treatment.foremost_claims[:_CLAIMS]
    items = [
        Item(
            # Whole: a part of a reason may say more than all of it.
            f"{w.VERDICT_WORDS[one.verdict]}. {w.sentence(one.why)}",
            lead=one.claim.rstrip("."),
            badge=one.verdict,
        )
        for one in shown
    ]
    if len(treatment.claims) > len(shown):
        items.append(Item(f"and {len(treatment.claims) - len(shown)} more"))
    return Cell(tuple(items), treatment.claims)


def ask_them(treatment: Treatment, scope: Scope) -> Cell:
    """The questions that matter most."""
    chosen = (treatment.brief.questions if treatment.brief is not None else ()) or treatment.questions
    return Cell((Item(" ".join(chosen[:_QUESTIONS])),) if chosen else (), treatment.questions)


def _named_first(names: Sequence[str], few: int = _NAMED) -> str:
    """The first few, then how many more there are: “pregnancy, breastfeeding (+3)”."""
    rest = len(names) - few
    return ", ".join(names) if rest <= 0 else f"{', '.join(names[:few])} (+{rest})"


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence."""
    end = _SENTENCE_END.search(text)
    return text[: end.start() + 1] if end else text


def counted_rest(rows: Sequence[Row], view: View) -> tuple[Item, ...]:
    """What “(+7)” in these rows means, on paper, where nobody can ask the program; nothing where none stands there."""
    texts = (item.text for row in rows for cell in row.cells for item in cell.items)
    rest = next((found for found in map(_REST.search, texts) if found is not None), None)
    if rest is None or not view.endswith("page"):
        return ()
    return (Item(f"{rest[0]}: {rest[1]} more; the whole page lists them."),)
