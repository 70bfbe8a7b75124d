"""The rows of a comparison: for each attribute, how one treatment's cell is made.

Each function takes a treatment and a :class:`Scope` and gives the cell. Benefits and harms are worded with the same
depth, in the same order, for every treatment.

A new row is a function here and its line in :data:`ATTRIBUTES`: key, label, section, the level from which it is shown,
and when. Nothing else needs to know of it; the snapshots are written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, get_args

from msgspec import Struct, structs

from hairtx.analysis import answer
from hairtx.analysis import wording as w
from hairtx.analysis.commitment import commitment_cell
from hairtx.analysis.document import Cell, Item, Row
from hairtx.analysis.factors import (
    listed_data,
    listed_for,
    listed_item,
    never_looked_for,
    state_of,
    strictest,
    unlisted_item,
)
from hairtx.analysis.framing import MAX_TREATMENTS, concerns
from hairtx.analysis.scope import LEVEL_OF, LEVELS, Level, Scope, View
from hairtx.catalogue.model import Action, Lasting, SessionLength, Sex, SideEffect, Treatment
from hairtx.catalogue.store import Catalogue

__all__ = ["ATTRIBUTES", "SECTIONS", "Attribute", "factor_row"]

#: What is said after “and 3 more findings”: where they are.
_REST: Final[dict[View, str]] = {
    "table": ": hairtx show {id} --full",
    "page": ", left out here",
    "site": ", on its own page",
}
#: The parts of the table in the order of a consultation, with their titles.
SECTIONS: Final = {
    "basics": "What it is",
    "effect": "Does it work?",
    "harm": "What it can do to you",
    "effort": "What it takes",
    "careful": "Who should be careful",
    "status": "Status",
    "more": "What else to know",
}


#: A label, or what makes one. Never a template: the row of a factor is labelled with words from a catalogue.
_Label = str | Callable[["Scope"], str]


class Attribute(Struct, frozen=True):
    """One row: its key on the command line, its labels, and how its cells are made, in short and at length."""

    key: str
    label: _Label
    section: str
    #: From where on a table has it without being asked; ``answer`` for rows that no table has.
    level: Level
    cell: Callable[[Treatment, Scope], Cell]
    #: Whether it needs one condition that all the treatments are compared for, or stands in where there is none.
    when: Literal["always", "condition", "no-condition"] = "always"
    #: The short cell and its label; None for rows that the answer does without.
    brief: Callable[[Treatment, Scope], Cell] | None = None
    brief_label: _Label = ""
    #: The short cell may share a paragraph with that of the row before.
    joins: bool = False
    #: The answer has it only where at most so many treatments stand beside each other.
    most_beside: int = MAX_TREATMENTS
    #: What else people call it.
    also: tuple[str, ...] = ()
    #: The answer has one row for men and one for women where what is known of them differs.
    by_sex: bool = False

    def is_shown(self, view: View, *, for_condition: bool, columns: int = 2) -> bool:
        """Whether the view's table has this row without being asked for it; for the answer, whether that has it."""
        if view == "answer":
            fits = self.brief is not None and columns <= self.most_beside
            return fits and not (for_condition and self.when == "no-condition")
        if self.when not in ("always", "condition" if for_condition else "no-condition"):
            return False
        return self.level != "answer" and LEVELS.index(self.level) <= LEVELS.index(LEVEL_OF[view])

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called otherwise, in an answer, and last in a table, but for a label with the horizon in it."""
        return (*self.also, *(one for one in (self.brief_label, self.label) if isinstance(one, str) and one))

    def heading(self, scope: Scope) -> str:
        """The label, with the horizon where it belongs in there."""
        label = self.brief_label if scope.view == "answer" and self.brief_label else self.label
        return label if isinstance(label, str) else label(scope)

    def rows(self, treatments: Sequence[Treatment], scope: Scope) -> Iterator[Row]:
        """Its row across the treatments; two in an answer that tells men and women apart."""
        label = self.heading(scope)
        if not (self.by_sex and scope.view == "answer" and scope.tells_sexes_apart(treatments)):
            yield Row(self.key, label, tuple(self.made(one, scope) for one in treatments), self.joins)
            return
        men, women = (
            [self.made(one, structs.replace(scope, sex=sex)) for one in treatments] for sex in ("male", "female")
        )
        alike = tuple(
            structs.replace(hers, items=(_THE_SAME,)) if hers.items == his.items else hers
            for his, hers in zip(men, women, strict=True)
        )
        yield Row(f"{self.key}-men", f"{label} Men", tuple(men), self.joins)
        yield Row(f"{self.key}-women", "Women", alike, self.joins)

    def made(self, treatment: Treatment, scope: Scope) -> Cell:
        """The cell, as short as the view asks for."""
        return self.brief(treatment, scope) if scope.view == "answer" and self.brief else self.cell(treatment, scope)


_THE_SAME: Final = Item("the same as for men")
#: How many findings, side effects and prices a first look shows before it counts the rest.
_FIRST = 3


#: How many claims a table or a page quotes; all verdicts have a command of their own.
FIRST_CLAIMS: Final = 5


def _more(shown: int, total: int, one: str, treatment: Treatment, scope: Scope) -> tuple[Item, ...]:
    if shown >= total:
        return ()
    return (Item(f"and {w.counted(total - shown, f'more {one}')}{_REST[scope.view].format(id=treatment.id)}"),)


def _what_it_is(treatment: Treatment, scope: Scope) -> Cell:
    items = scope.stated([treatment.summary])
    if scope.full and len(scope.together) == 1 and treatment.aliases:
        items += (Item(", ".join(treatment.aliases), lead="Also called"),)
    return Cell(items, treatment.summary)


def _indications(treatment: Treatment, scope: Scope) -> Cell:
    items: list[Item] = []
    others: list[str] = []
    for one in treatment.indications:
        if not concerns(one.sex, scope.sex) or (scope.is_asked and one.condition != scope.condition):
            continue
        label = scope.catalogue.conditions[one.condition].label
        who = w.SEX_WORDS[one.sex]
        words = w.CERTAINTY_WORDS[one.certainty]
        # Of waiting, only the course can be known; a rating must not read as if waiting helped.
        of_what = "certainty about the course" if treatment.kind == "none" else "certainty"
        sure = words if one.certainty == "none" else f"{words} {of_what}, {w.RATING_WORDS[one.rating]}"
        if scope.condition is not None and one.condition != scope.condition and not scope.full:
            if scope.view != "site":
                others.append(f"{label}{f', {who.lower()}' if who else ''}: {words}")
            continue
        lead = who if scope.condition == one.condition else ": ".join(filter(None, (label, who)))
        gauge = w.certainty_gauge(one.certainty)
        items.append(scope.told(one, f"{sure}. {w.sentence(one.basis)}", lead=lead, gauge=gauge))
    if scope.condition is not None and not any(one.condition == scope.condition for one in treatment.indications):
        items.insert(0, Item("nothing found or listed for this condition"))
    if others:
        items.append(Item("; ".join(others), lead="Also"))
    return Cell(tuple(items), treatment.indications)


def _uses(treatment: Treatment, scope: Scope) -> Cell:
    """What it is for, without evidence: where the treatments are for different things."""
    keys = dict.fromkeys(one.condition for one in treatment.indications)
    items = tuple(Item(scope.catalogue.conditions[key].label) for key in keys)
    return Cell(items, tuple(keys))


def _mechanism(treatment: Treatment, scope: Scope) -> Cell:
    items = tuple(
        scope.told(
            one,
            f"{w.sentence(one.text)} ({w.MECHANISM_WORDS[one.status]})",
            lead=w.capitalised(scope.catalogue.pathways[one.pathway].label),
        )
        for one in treatment.mechanism
    )
    return Cell(items, treatment.mechanism)


def _invasiveness(treatment: Treatment, scope: Scope) -> Cell:
    level = treatment.invasiveness
    text = f"{w.INVASIVENESS_WORDS[level]}: {w.INVASIVENESS_MEANING[level]}"
    return Cell((Item(text, gauge=w.invasiveness_gauge(level)),), level)


def _setting(treatment: Treatment, scope: Scope) -> Cell:
    return Cell((Item(f"{w.SETTING_WORDS[treatment.setting]} ({w.KIND_WORDS[treatment.kind]})"),), treatment.setting)


def _lasting(lead: str, lasting: Lasting | None, scope: Scope) -> tuple[Item, ...]:
    if lasting is None:
        return ()
    length = lasting.lasts.text if lasting.lasts is not None else "length not reported"
    if isinstance(lasting, SessionLength) and lasting.covers is not None:
        length += f" for {lasting.covers}"
    return (scope.told(lasting, w.noted(length, lasting.note), lead=lead),)


def _downtime(treatment: Treatment, scope: Scope) -> Cell:
    downtime = treatment.downtime
    if downtime is None:
        return Cell()
    items = _lasting("Until ordinary activities", downtime.daily_activities, scope)
    items += _lasting("Visible signs", downtime.visible_signs, scope)
    return Cell(items, downtime)


def _aftercare(treatment: Treatment, scope: Scope) -> Cell:
    restrictions = treatment.downtime.restrictions if treatment.downtime is not None else ()
    return Cell(scope.stated(restrictions), restrictions or None)


def _schedule(treatment: Treatment, scope: Scope) -> Cell:
    schedule = treatment.schedule
    if schedule is None:
        return Cell()
    home = treatment.setting == "home"
    items = _lasting("Each dose or use" if home else "Each session", schedule.session_length, scope)
    for phase in schedule.phases:
        text = w.phase_words(phase, treatment)
        note = phase.note if scope.full or phase.note is None or len(phase.note) <= 90 else None
        items += (scope.told(phase, w.noted(text, note), lead=w.capitalised(phase.name)),)
    for check in schedule.monitoring:
        items += (scope.told(check, check.text, lead="Checks"),)
    return Cell(items, schedule)


def _commitment(treatment: Treatment, scope: Scope) -> Cell:
    return commitment_cell(treatment, scope.citations, horizon=scope.horizon, region=scope.region)


def _results(treatment: Treatment, scope: Scope) -> Cell:
    results = treatment.results
    if results is None:
        return Cell()
    refs = scope.citations.cite(results.sources)
    items = [
        Item(quantity.text if quantity is not None else "not reported", lead=lead)
        for lead, quantity in (("First signs", results.first_signs), ("Time to judge", results.full_assessment))
    ]
    if results.note:
        items.append(Item(results.note))
    items[-1] = Item(items[-1].text, lead=items[-1].lead, refs=refs)
    data = {"first_signs": results.first_signs, "full_assessment": results.full_assessment}
    return Cell(tuple(items), {**data, "note": results.note, "sources": results.sources})


def _on_stopping(treatment: Treatment, scope: Scope) -> Cell:
    statement = treatment.results.on_stopping if treatment.results is not None else None
    return Cell(scope.stated([statement] if statement else []), statement)


def _effects(treatment: Treatment, scope: Scope) -> Cell:
    def matters(condition: str | None, sex: Sex) -> bool:
        return (scope.condition is None or condition in (None, scope.condition)) and concerns(sex, scope.sex)

    effects = [one for one in treatment.effects if matters(one.condition, one.sex)]
    findings = [one for one in treatment.findings if matters(one.condition, one.sex)]
    items: list[Item] = []
    for effect in effects if scope.full else effects[:_FIRST]:
        outcome = w.capitalised(scope.catalogue.outcomes[effect.outcome].label)
        lead = f"{outcome} ({effect.detail.rstrip('.')})" if effect.detail else outcome
        if scope.condition is None:
            lead = f"{scope.catalogue.conditions[effect.condition].label}: {lead}"
        if w.SEX_WORDS[effect.sex]:
            lead = f"{w.SEX_WORDS[effect.sex]}: {lead}"
        text = w.effect_words(effect)
        if effect.certainty is not None and effect.rating is not None:
            text += f"; {w.CERTAINTY_WORDS[effect.certainty]} certainty, {w.RATING_WORDS[effect.rating]}"
        text = f"{text}. {w.sentence(effect.note)}" if effect.note else f"{text}."
        gauge = w.certainty_gauge(effect.certainty) if effect.certainty is not None else None
        items.append(scope.told(effect, text, lead=lead, gauge=gauge))
    shown = findings if scope.full else findings[:_FIRST]
    items.extend(scope.told(one, one.text, lead=w.SEX_WORDS[one.sex]) for one in shown)
    items += _more(len(items), len(effects) + len(findings), "finding", treatment, scope)
    if not items:
        items.append(Item("no measured effect found for this condition" if scope.condition else "none found"))
    return Cell(tuple(items), {"effects": effects, "findings": findings})


def _side_effects(treatment: Treatment, scope: Scope) -> Cell:
    listed = treatment.side_effects
    if not scope.full and len(listed) > 2 * _FIRST:
        # A first look shows the most frequent ones and every serious one.
        shown = [one for number, one in enumerate(listed) if number < _FIRST or one.severity == "serious"]
    else:
        shown = list(listed)
    items = _side_effect_items(shown, scope) + _more(len(shown), len(listed), "side effect", treatment, scope)
    return Cell(items, listed)


def _side_effect_items(listed: Iterable[SideEffect], scope: Scope) -> tuple[Item, ...]:
    return tuple(scope.told(one, w.side_effect_words(one), lead=w.capitalised(one.effect)) for one in listed)


def _serious_harm(treatment: Treatment, scope: Scope) -> Cell:
    grave = [one for one in treatment.side_effects if one.severity == "serious"]
    return Cell(_side_effect_items(grave, scope), grave)


def _cautions(treatment: Treatment, scope: Scope) -> Cell:
    items: list[Item] = []
    for action in get_args(Action):
        words = w.ACTION_WORDS[action]
        matching = [one for one in scope.cautions(treatment) if one.action == action]
        if scope.full:
            for one in matching:
                label = scope.catalogue.factors[one.factor].label
                items.append(scope.told(one, one.why, lead=f"{words}: {label}", badge=action))
        elif matching:
            labels = "; ".join(scope.catalogue.factors[one.factor].label for one in matching)
            refs = scope.citations.cite(key for one in matching for key in one.sources)
            items.append(Item(labels, lead=words, refs=refs, badge=action))
    return Cell((*items, *_not_listed(treatment, scope)), treatment.cautions)


def _not_listed(treatment: Treatment, scope: Scope) -> Iterator[Item]:
    """The core factors without a caution: those that were looked for, and those that nobody looked for."""
    factors = scope.catalogue.factors
    for one in treatment.looked_for:
        labels = "; ".join(factors[key].label for key in one.factors if concerns(factors[key].sex, scope.sex))
        if not labels:
            continue
        text = f"{labels}. In {one.where}, {one.date.isoformat()}; {w.NOT_THE_SAME_AS_SAFE}."
        yield scope.told(one, text, lead=w.NOTHING_FOUND)
    if unknown := never_looked_for(scope.catalogue, treatment, scope.sex):
        yield Item("; ".join(one.label for one in unknown), lead=w.NOT_LOOKED_FOR)


def _regulatory(treatment: Treatment, scope: Scope) -> Cell:
    items = []
    for one in treatment.regulatory:
        if scope.is_asked and one.condition not in {None, scope.condition}:
            continue
        # A decision for the other sex says something too: that there is none for the reader's.
        whom = f", for {w.SEX_WORDS[one.sex].lower()} only" if one.sex not in {"any", scope.sex} else ""
        items.append(scope.told(one, f"{w.STATUS_WORDS[one.status]}. {one.detail}", lead=f"{one.region}{whom}"))
    return Cell(tuple(items), treatment.regulatory)


def _costs(treatment: Treatment, scope: Scope) -> Cell:
    # Those of the region asked for first, so that they are among the first few.
    costs = sorted(treatment.costs, key=lambda one: one.region != scope.region)
    shown = costs if scope.full else costs[: _FIRST + 1]
    items = tuple(scope.told(one, w.noted(w.cost_words(one), one.note)) for one in shown)
    return Cell(items + _more(len(shown), len(treatment.costs), "price", treatment, scope), treatment.costs)


def _combinations(treatment: Treatment, scope: Scope) -> Cell:
    alone = len(scope.together) == 1
    matching = [one for one in treatment.combinations if alone or one.partner in scope.together]
    items = tuple(scope.told(one, one.finding, lead=f"With {_name(one.partner, scope)}") for one in matching)
    return Cell(items, matching)


def _name(treatment_id: str, scope: Scope) -> str:
    treatment = scope.catalogue.treatments.get(treatment_id)
    return treatment.short_name if treatment is not None else treatment_id


def _experience(treatment: Treatment, scope: Scope) -> Cell:
    return Cell(scope.stated(treatment.experience), treatment.experience)


def _caveats(treatment: Treatment, scope: Scope) -> Cell:
    told = [one for one in treatment.caveats if concerns(one.sex, scope.sex)]
    return Cell(scope.stated(told), told)


def _claims(treatment: Treatment, scope: Scope) -> Cell:
    foremost = treatment.foremost_claims
    shown = foremost if scope.full else foremost[:FIRST_CLAIMS]
    items = []
    for one in shown:
        said_by = scope.citations.cite(one.claimed_by)
        text = f"{w.VERDICT_WORDS[one.verdict]}. {w.sentence(one.why)}"
        lead = f"Said: {one.claim.rstrip('.')}"
        items.append(scope.told(one, text, lead=lead, lead_refs=said_by, badge=one.verdict))
    items += _more(len(shown), len(foremost), "claim", treatment, scope)
    return Cell(tuple(items), treatment.claims)


def _questions(treatment: Treatment, scope: Scope) -> Cell:
    return Cell(tuple(Item(one) for one in treatment.questions), treatment.questions)


def _reviewed(treatment: Treatment, scope: Scope) -> Cell:
    searched = (Item(treatment.searched, lead="Searched"),) if treatment.searched else ()
    return Cell((Item(treatment.reviewed.isoformat()), *searched), treatment.reviewed)


ATTRIBUTES: Final[tuple[Attribute, ...]] = (
    Attribute("summary", "What it is", "basics", "table", _what_it_is),
    Attribute("indications", "What for, and how sure", "basics", "table", _indications, "condition"),
    Attribute("uses", "What for", "basics", "table", _uses, "no-condition", _uses),
    Attribute("invasiveness", "Invasiveness", "basics", "table", _invasiveness),
    Attribute("setting", "Where it is done", "basics", "table", _setting),
    Attribute(
        "effects",
        "Measured effect",
        "effect",
        "table",
        _effects,
        "condition",
        answer.works,
        "Does it work?",
        by_sex=True,
    ),
    Attribute(
        "people",
        "Of 100 people, who see a gain",
        "effect",
        "table",
        answer.people_who_gain,
        "condition",
        brief=answer.people_who_gain,
        brief_label="Gain, of 100",
        joins=True,
    ),
    Attribute(
        "side-effects", "Side effects", "harm", "table", _side_effects, "always", answer.milder_harm, "Milder harm"
    ),
    Attribute("serious-harm", "Serious harm", "harm", "answer", _serious_harm, "always", answer.serious_harm),
    Attribute("experience", "Living with it", "harm", "site", _experience),
    Attribute("schedule", "Session schedule", "effort", "table", _schedule),
    Attribute(
        "commitment",
        lambda scope: f"What it takes in {w.span_words(scope.horizon)}",
        "effort",
        "table",
        _commitment,
        "always",
        answer.what_i_do,
        "What I do",
        also=("visits", "hours", "What it takes"),
    ),
    Attribute(
        "downtime",
        "Downtime",
        "effort",
        "table",
        _downtime,
        "always",
        answer.days_that_show,
        "Days it shows",
        joins=True,
    ),
    Attribute("aftercare", "Before and after", "effort", "full", _aftercare),
    Attribute(
        "results",
        "When to expect results",
        "effort",
        "table",
        _results,
        "always",
        answer.time_to_judge,
        "Time to judge",
        joins=True,
    ),
    Attribute(
        "costs",
        "Price",
        "effort",
        "table",
        _costs,
        "always",
        answer.cost,
        lambda scope: f"Cost, {w.span_words(scope.horizon)}",
        joins=True,
        also=("cost", "cost a year", "prices", "money"),
    ),
    Attribute(
        "on-stopping",
        "On stopping",
        "effort",
        "table",
        _on_stopping,
        "always",
        answer.if_i_stop,
        "If I stop",
        joins=True,
    ),
    Attribute(
        "cautions", "Who should be careful", "careful", "table", _cautions, "always", answer.careful, "Be careful"
    ),
    Attribute(
        "regulatory",
        "Status with regulators",
        "status",
        "table",
        _regulatory,
        "always",
        answer.approved,
        "Approved?",
        joins=True,
    ),
    Attribute("mechanism", "How it is thought to work", "more", "table", _mechanism),
    Attribute("combinations", "Used together", "more", "table", _combinations),
    Attribute("caveats", "Before you pay", "more", "table", _caveats),
    Attribute(
        *("claims", "What is claimed", "more", "site", _claims, "always"),
        *(answer.sellers_say, "Sellers say"),
        most_beside=1,
    ),
    Attribute(
        *("questions", "Questions to ask", "more", "site", _questions, "always"),
        *(answer.ask_them, "Ask them"),
        most_beside=2,
    ),
    Attribute("reviewed", "Entry reviewed", "more", "full", _reviewed),
)


def factor_row(catalogue: Catalogue, factors: Sequence[str]) -> Attribute:
    """A row that says, for each treatment, what it lists for these factors. Its key is ``with``."""

    def cell(treatment: Treatment, scope: Scope) -> Cell:
        listed = listed_for(catalogue, treatment, factors, sex=scope.sex)
        items = tuple(listed_item(catalogue, one, scope.citations, named=len(factors) > 1) for one in listed)
        items += tuple(
            unlisted_item(catalogue, treatment, key, scope.citations, named=len(factors) > 1)
            for key in factors
            if not any(one.factor == key for one in listed)
        )
        data = {
            "factors": factors,
            "action": strictest(listed),
            "listed": list(map(listed_data, listed)),
            "states": {key: state_of(catalogue, treatment, key, sex=scope.sex) for key in factors},
        }
        return Cell(items, data)

    labels = w.series([catalogue.factors[key].short for key in factors])
    return Attribute("with", f"Listed for {labels}", "harm", "table", cell)
