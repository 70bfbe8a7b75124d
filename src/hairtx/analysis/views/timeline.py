"""Sessions and expected results of treatments on one axis of time, as a drawing and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import NOT_REPORTED, Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.drawing import MARK_WORDS, Axis, Lane, Mark, MarkKind, Tick, Timeline, Track
from hairtx.analysis.framing import framed, pictured, shared_conditions, short_names, untreated
from hairtx.analysis.schedule import (
    DAYS_A_MONTH,
    PACE_WORDS,
    Pace,
    Step,
    checked_horizon,
    has_no_end,
    is_at_home,
    laid_out,
    steps_at,
)
from hairtx.catalogue.model import Treatment
from hairtx.catalogue.quantity import Duration
from hairtx.catalogue.store import Catalogue

__all__ = ["timeline", "timeline_drawing"]

#: Months between ticks, the first that gives at most this many of them.
_STEPS: Final = (1, 2, 3, 6, 12, 24)
_MOST_TICKS: Final = 7
#: Said with every timeline.
TIMES_VARY: Final = "Times are what sources report, mostly of groups of people. Nobody can promise them to one person."
_FIELDS = (
    Field("treatment", "treatment", 14, 1),
    Field("sessions", "sessions", 16, 2),
    Field("signs", "visible signs", 10, 1),
    Field("first_signs", "first signs", 10, 1),
    Field("judge", "time to judge", 10, 1),
)


def timeline(
    catalogue: Catalogue,
    names: Sequence[str],
    *,
    horizon: int = 12,
    pace: Pace = "typical",
    today: dt.date | None = None,
) -> Report:
    """One to twelve treatments on one axis of ``horizon`` months since the first session.

    The report's only block has the drawing (:class:`hairtx.analysis.drawing.Timeline`) and the same in words; ``data``
    has it under ``drawing``.

    Raises:
        UsageError: no or too many treatments, or a horizon that is none.
        UnknownNameError: with the nearest names.
    """
    treatments = pictured(catalogue, names)
    checked_horizon(horizon)
    citations = Citations(catalogue.sources)
    rows = tuple(_row(one, citations) for one in treatments)
    drawing = timeline_drawing(treatments, horizon=horizon, pace=pace, citations=citations)
    span = w.span_words(horizon)
    blocks = [Block("timeline", "", grid=Grid(_FIELDS, rows, tuple(one.id for one in treatments)), drawing=drawing)]
    # What happens meanwhile if nothing is done, for the condition that all of the treatments are for.
    for condition in shared_conditions(catalogue, treatments)[:1]:
        label = w.lower_first(catalogue.conditions[condition].label)
        blocks += untreated(catalogue, condition, citations, f"If nothing is done: {label}")
    return Report(
        kind="timeline",
        title=f"{w.capitalised(span)} with {short_names(treatments)}",
        lead=(
            Item(PACE_WORDS[pace], lead="Pace"),
            Item(TIMES_VARY),
        ),
        blocks=tuple(blocks),
        data={
            "horizon_months": horizon,
            "pace": pace,
            "treatments": [{"id": one.id, "name": one.name} for one in treatments],
            "drawing": drawing,
        },
        **framed(catalogue, today, citations),
    )


def timeline_drawing(
    treatments: Iterable[Treatment], *, horizon: int, citations: Citations, pace: Pace = "typical"
) -> Timeline:
    """The picture alone, for renderers that put it into a page of their own. ``horizon`` is at least 1."""
    step = next((one for one in _STEPS if horizon / one <= _MOST_TICKS), _STEPS[-1])
    ticks = tuple(Tick(float(at), str(at)) for at in range(0, horizon + 1, step))
    axis = Axis(label="months since the start", lower=0.0, upper=float(horizon), ticks=ticks)
    lanes = tuple(_lane(one, horizon, pace, citations) for one in treatments)
    kinds = {mark.kind for lane in lanes for track in lane.tracks for mark in track.marks}
    return Timeline(axis=axis, lanes=lanes, legend=tuple(one for one in MARK_WORDS if one in kinds))


def _lane(treatment: Treatment, horizon: int, pace: Pace, citations: Citations) -> Lane:
    first, judged = treatment.first_signs, treatment.full_assessment
    sessions = _sessions(treatment, horizon, pace)
    tracks = [sessions]
    if treatment.kind != "none":
        tracks += [_signs(treatment, sessions, horizon), _milestone("first-signs", "First signs", first, horizon)]
    tracks.append(_milestone("judge", "Time to judge", judged, horizon))
    signs = treatment.visible_signs
    sources = [key for phase in treatment.phases for key in phase.sources]
    sources += [*(signs.sources if signs is not None else ()), *treatment.result_sources]
    return Lane(treatment.id, treatment.short_name, tuple(tracks), citations.cite(sources))


def _sessions(treatment: Treatment, horizon: int, pace: Pace) -> Track:
    phases = treatment.phases
    home = bool(phases) and all(is_at_home(one, treatment.setting) for one in phases)
    label = "Use at home" if home else "Sessions"
    if not phases:
        return Track("sessions", label, (), "none" if treatment.kind == "none" else NOT_REPORTED)
    steps = steps_at(phases, pace)
    if steps is None:
        return Track("sessions", label, (), "time between the phases not reported")
    marks = [
        mark
        for step, times in laid_out(steps, horizon)
        if times
        for mark in _marks(treatment, step, times, horizon, is_last=step.index == len(phases) - 1)
    ]
    return Track("sessions", label, tuple(marks), _count_words(marks), has_no_end(phases))


def _count_words(marks: Sequence[Mark]) -> str:
    """How many sessions are drawn, because several may fall on one place; or how often something is used."""
    counts = [
        w.counted(number, words)
        for kind, words in (("session", "session"), ("upkeep", "repeat"))
        if (number := sum(mark.kind == kind for mark in marks))
    ]
    uses = dict.fromkeys(mark.text.rpartition(": ")[2] for mark in marks if mark.kind == "use")
    return ", then ".join((*counts, *uses))


def _marks(
    treatment: Treatment, step: Step, times: tuple[float, ...], horizon: int, *, is_last: bool
) -> Iterator[Mark]:
    phase = step.phase
    if is_at_home(phase, treatment.setting):
        gap = float(step.months + step.days / DAYS_A_MONTH)
        end = float(horizon) if step.count is None else min(times[-1] + gap, float(horizon))
        words = w.interval_words(phase.every) if phase.every is not None else "once"
        yield Mark("use", times[0], end, f"{phase.name}: {words}")
        return
    upkeep = is_last and step.count is None and step.index > 0
    kind: MarkKind = "upkeep" if upkeep else "session"
    for number, at in enumerate(times, start=1):
        of_all = f" of {step.count}" if step.count is not None else ""
        yield Mark(kind, at, at, f"{phase.name}: session {number}{of_all}")


def _signs(treatment: Treatment, sessions: Track, horizon: int) -> Track:
    signs = treatment.visible_signs
    if signs is None or signs.lasts is None:
        return Track("signs", "Visible signs", (), NOT_REPORTED)
    longest = signs.lasts.days[1]
    if longest == 0:
        return Track("signs", "Visible signs", (), "none")
    length = float(longest / DAYS_A_MONTH)
    after = [mark for mark in sessions.marks if mark.kind != "use"]
    if not after:
        # Signs of use at home are not reported dose by dose, so they have no place on the axis.
        return Track("signs", "Visible signs", (), signs.lasts.text)
    marks = tuple(
        Mark("signs", one.start, min(one.start + length, float(horizon)), f"{signs.lasts.text} after the session")
        for one in after
    )
    return Track("signs", "Visible signs", marks, f"{signs.lasts.text} each" if len(marks) > 1 else signs.lasts.text)


def _milestone(key: Literal["first-signs", "judge"], label: str, duration: Duration | None, horizon: int) -> Track:
    if duration is None:
        return Track(key, label, (), NOT_REPORTED)
    earliest, latest = (_months(days) for days in duration.days)
    if earliest >= horizon:
        return Track(key, label, (), f"{duration.text}, after this axis ends")
    mark = Mark(key, earliest, min(latest, float(horizon)), f"{MARK_WORDS[key]}: {duration.text}")
    return Track(key, label, (mark,), duration.text, latest > horizon)


def _months(days: Fraction) -> float:
    return float(days / DAYS_A_MONTH)


def _row(treatment: Treatment, citations: Citations) -> tuple[Cell, ...]:
    """The same in words, for renderers that do not draw."""
    phases = treatment.phases
    schedule = w.schedule_words(treatment)
    if not phases and treatment.kind == "none":
        schedule = "none"
    signs = treatment.visible_signs

    def cell(text: str | None, sources: Iterable[str]) -> Cell:
        # Cited cell by cell, so that a reader meets the numbers in order.
        return Cell((Item(text, refs=citations.cite(sources)),)) if text else Cell()

    first, judged, timed = treatment.first_signs, treatment.full_assessment, treatment.result_sources
    return (
        Cell((Item("", lead=treatment.short_name),)),
        cell(schedule, [key for phase in phases for key in phase.sources]),
        cell(signs.lasts.text if signs and signs.lasts else None, signs.sources if signs else ()),
        cell(first.text if first else None, timed),
        cell(judged.text if judged else None, timed),
    )
