"""Measured effects as plots: one for each condition, outcome, measure and unit, never two scales on one axis.

Figures stand as published. Only shares of people are also said as whole numbers of 100; nothing else is converted.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.drawing import Axis, EffectsPlot, PlotRow, Tick, linear_ticks, log_ticks
from hairtx.analysis.framing import concerns, framed, pictured, shared_conditions, short_names, untreated
from hairtx.catalogue.model import Effect, Measure, Sex, Treatment
from hairtx.catalogue.names import find, named
from hairtx.catalogue.store import Catalogue

__all__ = ["effects", "effects_plots"]

#: Said with every picture of effects.
HEAD_TO_HEAD: Final = (
    "Figures from different trials are not a head-to-head comparison. The people, the lengths and what it was compared "
    "with differ. Only figures within one trial can be set against each other."
)
INTERVALS: Final = (
    "A bar shows the 95 % interval: how far chance alone could have moved the figure. A bar that crosses the line of "
    "no difference may mean no effect at all. Where a source gives no interval, the row says so."
)
_MEASURE_WORDS: Final[dict[Measure, str]] = {
    "mean-difference": "difference in means",
    "standardised-mean-difference": "standardised difference",
    "risk-ratio": "risk ratio",
    "odds-ratio": "odds ratio",
    "proportions": "share of 100",
    "change-from-baseline": "change since the start",
}
_FIELDS = (
    Field("treatment", "treatment", 16, 1),
    Field("figure", "figure", 18, 1),
    Field("details", "against what, when, in whom, how sure", 24, 3),
)


class _Found(Struct, frozen=True):
    """A treatment's finding."""

    treatment: Treatment
    effect: Effect


class _Scale(Struct, frozen=True):
    """What findings must have in common to share an axis."""

    condition: str
    outcome: str
    measure: Measure
    unit: str


def effects(
    catalogue: Catalogue,
    names: Sequence[str],
    *,
    condition: str | None = None,
    outcome: str | None = None,
    sex: Sex = "any",
    today: dt.date | None = None,
) -> Report:
    """The measured effects of one to twelve treatments, a block with a plot for each scale.

    Args:
        catalogue: where the treatments come from.
        names: ids, names or aliases.
        condition: key, label or alias. Without it, the first condition that all the treatments are listed for; if
            there is none, all conditions.
        outcome: key or label of the outcome to show; all if None.
        sex: leaves out findings made only in the other sex.
        today: the date by which an edition counts as out of date.

    Raises:
        UsageError: no or too many treatments.
        UnknownNameError: a treatment, condition or outcome that does not exist, with the nearest names.
    """
    treatments = pictured(catalogue, names)
    shared = shared_conditions(catalogue, treatments)
    chosen = catalogue.find_condition(condition) if condition is not None else next(iter(shared), None)
    only = _found_outcome(catalogue, outcome) if outcome is not None else None
    citations = Citations(catalogue.sources)
    scales = _scales(catalogue, treatments, chosen, only, sex)
    blocks = [
        _block(catalogue, scale, found, citations, names_condition=chosen is None) for scale, found in scales.items()
    ]
    shown = {one.treatment.id for found in scales.values() for one in found}
    missing = [one for one in treatments if one.id not in shown]
    if missing:
        blocks.append(_missing(catalogue, missing, chosen, only, sex, citations))
    if chosen is not None:
        label = w.lower_first(catalogue.conditions[chosen].label)
        blocks += untreated(catalogue, chosen, citations, f"If nothing is done: {label}", sex=sex)
    about = f" in {w.lower_first(catalogue.conditions[chosen].label)}" if chosen is not None else ""
    return Report(
        kind="effects",
        title=f"Measured effects of {short_names(treatments)}{about}",
        lead=_lead(catalogue, chosen, shared, sex, was_asked=condition is not None),
        blocks=tuple(blocks),
        data={
            "condition": chosen,
            "outcome": only,
            "sex": sex,
            "treatments": [{"id": one.id, "name": one.name} for one in treatments],
            "note": HEAD_TO_HEAD,
            "plots": [
                {
                    "condition": scale.condition,
                    "outcome": scale.outcome,
                    "better": catalogue.outcomes[scale.outcome].better,
                    "measure": scale.measure,
                    "unit": scale.unit or None,
                    "effects": [{"treatment": one.treatment.id, **_data(one.effect)} for one in found],
                    "drawing": block.drawing,
                }
                for (scale, found), block in zip(scales.items(), blocks, strict=False)
            ],
        },
        **framed(catalogue, today, citations),
    )


def effects_plots(
    catalogue: Catalogue,
    treatments: Iterable[Treatment],
    citations: Citations,
    *,
    condition: str | None = None,
    sex: Sex = "any",
) -> list[Block]:
    """The blocks with plots alone, for renderers that put them into a page of their own."""
    scales = _scales(catalogue, list(treatments), condition, None, sex)
    return [
        _block(catalogue, scale, found, citations, names_condition=condition is None) for scale, found in scales.items()
    ]


def _found_outcome(catalogue: Catalogue, name: str) -> str:
    names = named((key, (key, one.label)) for key, one in catalogue.outcomes.items())
    return find(name, names, "outcome", f"Known: {', '.join(catalogue.outcomes)}.")


def _scales(
    catalogue: Catalogue, treatments: Sequence[Treatment], condition: str | None, outcome: str | None, sex: Sex
) -> dict[_Scale, list[_Found]]:
    """The findings by scale: conditions and outcomes in the order of the vocabulary, treatments as named."""
    scales: dict[_Scale, list[_Found]] = {}
    for treatment in treatments:
        for effect in treatment.effects:
            wanted = (condition in (None, effect.condition)) and (outcome in (None, effect.outcome))
            if wanted and concerns(effect.sex, sex):
                scale = _Scale(effect.condition, effect.outcome, effect.measure, effect.unit or "")
                scales.setdefault(scale, []).append(_Found(treatment, effect))
    conditions, outcomes = list(catalogue.conditions), list(catalogue.outcomes)
    measures = list(_MEASURE_WORDS)

    def place(scale: _Scale) -> tuple[int, int, int, str]:
        return (
            conditions.index(scale.condition),
            outcomes.index(scale.outcome),
            measures.index(scale.measure),
            scale.unit,
        )

    return {scale: scales[scale] for scale in sorted(scales, key=place)}


def _lead(
    catalogue: Catalogue, chosen: str | None, shared: Sequence[str], sex: Sex, *, was_asked: bool
) -> tuple[Item, ...]:
    items = [Item(HEAD_TO_HEAD, lead="Mind"), Item(INTERVALS, lead="The bars")]
    if chosen is None:
        items.append(Item("no condition is shared by all of these, so each picture names its own", lead="Condition"))
    elif not was_asked:
        others = [one for one in shared if one != chosen]
        more = f". '--for' shows another one: {', '.join(others)}" if others else ""
        items.append(Item(f"{catalogue.conditions[chosen].label}{more}", lead="Condition"))
    if sex != "any":
        items.append(Item(f"findings made only in {'women' if sex == 'male' else 'men'} are left out", lead="Sex"))
    return tuple(items)


def _block(
    catalogue: Catalogue, scale: _Scale, found: Sequence[_Found], citations: Citations, *, names_condition: bool
) -> Block:
    outcome = catalogue.outcomes[scale.outcome]
    rows = tuple(_row(one, citations) for one in found)
    better = "more" if outcome.better == "higher" else "less"
    items = [Item(outcome.definition, lead="What it is"), Item(_reading(scale, found, better), lead="How to read it")]
    grid = Grid(
        _FIELDS,
        tuple(
            (
                Cell((Item("", lead=row.label),)),
                Cell((Item(row.figure),)),
                Cell((Item(f"{'; '.join(row.details)}. {row.note}".strip(), refs=row.refs),)),
            )
            for row in rows
        ),
        tuple(row.key for row in rows),
    )
    unit = f" ({w.unit_shown(scale.unit)})" if scale.unit else ""
    title = f"{w.capitalised(outcome.label)}: {_MEASURE_WORDS[scale.measure]}{unit}"
    if names_condition:
        title = f"{title}, {w.lower_first(catalogue.conditions[scale.condition].label)}"
    return Block(
        key=f"{scale.condition}/{scale.outcome}/{scale.measure}" + (f"/{scale.unit}" if scale.unit else ""),
        title=title,
        items=tuple(items),
        grid=grid,
        drawing=EffectsPlot(axis=_axis(scale, found, better), rows=rows),
    )


def _reading(scale: _Scale, found: Sequence[_Found], better: str) -> str:
    """Which way is good, and where nothing is."""
    whom = w.whom_words(found[0].effect) if found else "people"
    if scale.measure == "proportions":
        good = "a high share is good" if better == "more" else "a low share is good, a high one is bad"
        return f"of each 100 {whom}, how many; here {good}"
    line = {"change-from-baseline": "0 is no change since the start"}.get(
        scale.measure, f"{1 if scale.measure in w.RATIO_WORDS else 0} is no difference from what it was compared with"
    )
    way = "to the right is better" if better == "more" else "to the left is better"
    text = f"{line}; {way}"
    if scale.measure == "standardised-mean-difference":
        text += ". The unit is the spread of the measurements, so it cannot be read as a number of hairs"
    if scale.measure == "change-from-baseline":
        text += ". There is no control group, so what would have happened anyway is part of the figure"
    return text


def _axis(scale: _Scale, found: Sequence[_Found], better: str) -> Axis:
    if scale.measure == "proportions":
        ticks = tuple(Tick(float(at), str(at)) for at in range(0, 101, 20))
        label = f"of 100 {w.whom_words(found[0].effect)}"
        return Axis(label=label, lower=0.0, upper=100.0, ticks=ticks)
    is_ratio = scale.measure in w.RATIO_WORDS
    given = (bound for one in found for bound in (one.effect.value, *(one.effect.ci95 or ())))
    # A ratio of zero has no place on a logarithmic axis; it is drawn at the axis's end.
    values = [bound for bound in given if math.isfinite(bound) and (bound > 0 or not is_ratio)]
    below, above = ("worse", "better") if better == "more" else ("better", "worse")
    no_effect = 1.0 if is_ratio else 0.0
    ticks = log_ticks(values) if is_ratio else linear_ticks(min([*values, 0.0]), max([*values, 0.0]))
    label = w.unit_shown(scale.unit) or _MEASURE_WORDS[scale.measure]
    than = "than at the start" if scale.measure == "change-from-baseline" else "than the comparator"
    return Axis(
        label=label,
        lower=min([ticks[0].at, *values]),
        upper=max([ticks[-1].at, *values]),
        ticks=ticks,
        scale="log" if is_ratio else "linear",
        no_effect=no_effect,
        below=f"{below} {than}",
        above=f"{above} {than}",
    )


def _row(found: _Found, citations: Citations) -> PlotRow:
    effect = found.effect
    who = {"male": "men", "female": "women", "any": ""}[effect.sex]
    label = f"{found.treatment.short_name}, {who}" if who else found.treatment.short_name
    return PlotRow(
        key=found.treatment.id,
        label=label,
        value=effect.value,
        interval=effect.ci95,
        comparator=effect.comparator_value,
        figure=w.effect_figure(effect),
        details=w.effect_details(effect),
        note=w.sentence(effect.note or ""),
        refs=citations.cite(effect.sources),
    )


def _missing(
    catalogue: Catalogue,
    missing: Sequence[Treatment],
    condition: str | None,
    outcome: str | None,
    sex: Sex,
    citations: Citations,
) -> Block:
    """What is known of treatments without a figure that can be drawn."""
    items: list[Item] = []
    for treatment in missing:
        findings = [
            one
            for one in treatment.findings
            if (condition is None or one.condition in (None, condition)) and concerns(one.sex, sex)
        ]
        what = f" of {w.lower_first(catalogue.outcomes[outcome].label)}" if outcome is not None else ""
        items.append(Item(f"no measured effect{what} that can be drawn", lead=treatment.short_name))
        if outcome is None:
            items += citations.stated(findings)
    return Block("missing", "Without a figure", items=tuple(items))


def _data(effect: Effect) -> dict[str, object]:
    return {
        "sex": effect.sex,
        "detail": effect.detail,
        "comparator": effect.comparator,
        "value": effect.value,
        "comparator_value": effect.comparator_value,
        "ci95": effect.ci95,
        "timepoint": effect.timepoint,
        "participants": effect.participants,
        "studies": effect.studies,
        "design": effect.design,
        "certainty": effect.certainty,
        "rating": effect.rating,
        "note": effect.note,
        "sources": list(effect.sources),
    }
