"""What is drawn, in data units: lanes, marks and axes of a timeline; rows, points and intervals of an effects plot.

Free of any format: a renderer turns numbers into places with :meth:`Axis.share` and chooses its own glyphs,
colours and sizes; the words are ready to show. Nothing here depends on how wide or how tall the picture becomes.

A **timeline** has one axis in months since the first session (a month is 30.4375 days) and one lane a treatment. A
lane has tracks, drawn under each other, each with its own label. A track has marks: points (``start == end``) or
stretches. A track without marks says why in ``note`` (“not reported”, or that it lies after the end of the axis).

An **effects plot** has one axis for one outcome and one measure, and one row a finding. A row has the point, its 95 %
interval if the source gives one, and for shares of people the comparator's own figure. Figures of different outcomes or
measures never share a plot.

Example, drawing a timeline with some ``canvas`` that is ``width`` wide::

    for lane in timeline.lanes:
        for track in lane.tracks:
            for mark in track.marks:
                left, right = timeline.axis.share(mark.start) * width, timeline.axis.share(mark.end) * width
                canvas.bar(left, right, mark.kind, title=mark.text)
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

__all__ = [
    "MARK_WORDS",
    "Axis",
    "EffectsPlot",
    "Lane",
    "Mark",
    "MarkKind",
    "PlotRow",
    "Tick",
    "Timeline",
    "Track",
    "linear_ticks",
    "log_ticks",
]

MarkKind = Literal["session", "upkeep", "use", "signs", "first-signs", "judge"]

#: What each kind of mark stands for, for a legend.
MARK_WORDS: Final[dict[MarkKind, str]] = {
    "session": "session",
    "upkeep": "repeat without a set end",
    "use": "use at home",
    "signs": "visible signs, at their longest",
    "first-signs": "first signs can show",
    "judge": "time to judge",
}


class Tick(Struct, frozen=True):
    """A labelled place on an axis."""

    at: float
    label: str


class Axis(Struct, frozen=True, kw_only=True):
    """A horizontal axis from ``lower`` to ``upper``."""

    #: What the numbers are: “months since the start”, “hairs/cm²”.
    label: str
    lower: float
    upper: float
    ticks: tuple[Tick, ...]
    #: Ratios are drawn on a logarithmic axis, so that half and double lie equally far from 1.
    scale: Literal["linear", "log"] = "linear"
    #: Where the line of no effect stands; None where there is none.
    no_effect: float | None = None
    #: What a point on either side of the line means: “worse than the comparator”, “better than the comparator”.
    below: str = ""
    above: str = ""

    def share(self, value: float) -> float:
        """How far along the axis a value lies, from 0 (``lower``) to 1 (``upper``); values outside are cut off."""
        lower, upper, at = self.lower, self.upper, min(max(value, self.lower), self.upper)
        if self.scale == "log":
            lower, upper, at = math.log(lower), math.log(upper), math.log(at)
        return (at - lower) / (upper - lower)


class Mark(Struct, frozen=True):
    """Something at a time or over a time, in units of the axis; ``start == end`` for a point."""

    kind: MarkKind
    start: float
    end: float
    #: In words, for a tooltip or a reader who cannot see the picture.
    text: str


class Track(Struct, frozen=True):
    """One line of a lane."""

    key: Literal["sessions", "signs", "first-signs", "judge"]
    label: str
    marks: tuple[Mark, ...]
    #: Said where the line is empty, or beside it: “not reported”, “12-15 months, after this axis ends”.
    note: str = ""
    #: What the last mark shows goes on past the end of the axis; drawn as an arrow.
    goes_on: bool = False


class Lane(Struct, frozen=True):
    """One treatment."""

    key: str
    label: str
    tracks: tuple[Track, ...]
    #: Numbers of the references, for the lane as a whole.
    refs: tuple[int, ...] = ()


class Timeline(Struct, frozen=True):
    """Treatments on one axis of time. ``kind`` tells the two drawings apart in JSON."""

    axis: Axis
    lanes: tuple[Lane, ...]
    #: The kinds of marks that occur, in the order of :data:`MARK_WORDS`.
    legend: tuple[MarkKind, ...]
    kind: Literal["timeline"] = "timeline"


class PlotRow(Struct, frozen=True, kw_only=True):
    """One measured effect."""

    #: Id of the treatment.
    key: str
    #: The treatment, with the sex it was measured in.
    label: str
    value: float
    #: 95 % interval, lower bound first; None where the source gives none. Say so, never draw a point alone without it.
    interval: tuple[float, float] | None
    #: The comparator's own figure, for shares of people.
    comparator: float | None
    #: The figure in words: “+13.18 (10.92 to 15.44)”.
    figure: str
    #: What was measured, comparator, time, people, studies, design and certainty, each a phrase.
    details: tuple[str, ...]
    #: What a reader must know about this figure, in sentences; often empty.
    note: str
    #: Numbers of the references.
    refs: tuple[int, ...]


class EffectsPlot(Struct, frozen=True):
    """Findings of one outcome in one measure and unit, on one axis."""

    axis: Axis
    rows: tuple[PlotRow, ...]
    kind: Literal["effects"] = "effects"


def linear_ticks(lower: float, upper: float, wanted: int = 6) -> tuple[Tick, ...]:
    """About ``wanted`` ticks at round numbers, the first at or below ``lower``, the last at or above ``upper``.

    Round numbers are 1, 2 and 5 times a power of ten.
    """
    # Closer together than this, numbers could not be told apart on the labels.
    span = max(upper - lower, 1e-6 * max(abs(lower), abs(upper)), 1e-9)
    rough = span / max(wanted - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((factor * power for factor in (1, 2, 5) if factor * power >= rough * 0.999), 10 * power)
    first, last = math.floor(lower / step + 1e-9), math.ceil(upper / step - 1e-9)
    return tuple(Tick(float(f"{number * step:.12g}"), _label(number * step)) for number in range(first, last + 1))


def log_ticks(values: Iterable[float]) -> tuple[Tick, ...]:
    """Ticks for ratios: round factors around 1 that enclose the values, evenly readable on a log axis."""
    found = [value for value in values if value > 0] or [1.0]
    places = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
    low = max((one for one in places if one <= min(*found, 1.0)), default=places[0])
    high = min((one for one in places if one >= max(*found, 1.0)), default=places[-1])
    if low == high:
        low, high = 0.5, 2
    inside = (one for one in places if low <= one <= high)
    return tuple(Tick(float(one), _label(one)) for one in inside)


def _label(value: float) -> str:
    rounded = float(f"{value:.9g}")
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:.9g}"
