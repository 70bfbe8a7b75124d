"""The drawings of a page as plain records for its templates: places in percent, so that pictures fit any width.

Nothing is cut into the picture that HTML can say: labels, figures and legends are text beside it, so they wrap, print
and are read aloud. Percent is of the axis' width.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from hairtx.analysis.document import Count
from hairtx.analysis.drawing import MARK_WORDS, Axis, EffectsPlot, Mark, MarkKind, Timeline, Track
from hairtx.analysis.wording import capitalised

__all__ = ["PlacedAxis", "PlacedMark", "PlacedPlot", "PlacedTimeline", "crowd", "placed"]

#: A stretch shorter than this share of the axis would not be seen.
_THINNEST: Final = 0.4


#: People out of 100 stand in five rows of these.
_IN_A_ROW: Final = 20


def crowd(people: Count) -> list[tuple[str, str]]:
    """100 people as dots on lines, 10 apart: those counted, those up to the upper bound, the others."""
    lower, upper = round(people.lower), round(people.upper)
    lines = []
    for kind, start, end in (("some", 0, lower), ("perhaps", lower, upper), ("none", upper, 100)):
        rows = ((max(start, row), min(end, row + _IN_A_ROW)) for row in range(0, 100, _IN_A_ROW))
        path = "".join(
            # A dash needs a line to stand on, so the last one goes a little further.
            f"M{left % _IN_A_ROW * 10 + 5} {left // _IN_A_ROW * 10 + 5}h{(right - left) * 10 - 9}"
            for left, right in rows
            if left < right
        )
        lines.append((kind, path))
    return [one for one in lines if one[1]]


class PlacedMark(Struct, frozen=True):
    """A mark from ``left``, ``width`` wide (0 for a point), and its words."""

    kind: MarkKind
    left: float
    width: float
    text: str

    @property
    def middle(self) -> float:
        """Where a point stands."""
        return round(self.left + self.width / 2, 3)


class PlacedTrack(Struct, frozen=True):
    """One line of a timeline; ``words`` say all that it shows."""

    label: str
    words: str
    marks: tuple[PlacedMark, ...]
    goes_on: bool


class PlacedLane(Struct, frozen=True):
    """One treatment of a timeline."""

    label: str
    tracks: tuple[PlacedTrack, ...]
    refs: tuple[int, ...]


class PlacedTick(Struct, frozen=True):
    """A labelled place. ``side`` is where its words stand, so that none leave the picture."""

    at: float
    label: str
    side: str


class PlacedAxis(Struct, frozen=True):
    """Ticks, and the line of no effect where there is one."""

    label: str
    ticks: tuple[PlacedTick, ...]
    no_effect: float | None
    below: str
    above: str


class PlacedTimeline(Struct, frozen=True):
    """A timeline ready to draw."""

    axis: PlacedAxis
    lanes: tuple[PlacedLane, ...]
    legend: tuple[tuple[MarkKind, str], ...]
    kind: str = "timeline"


class PlacedRow(Struct, frozen=True):
    """One finding: the point, its interval, the comparator's figure, and the words beside them."""

    label: str
    figure: str
    words: str
    note: str
    point: float
    left: float | None
    right: float | None
    comparator: float | None
    refs: tuple[int, ...]


class PlacedPlot(Struct, frozen=True):
    """An effects plot ready to draw."""

    axis: PlacedAxis
    rows: tuple[PlacedRow, ...]
    kind: str = "effects"

    @property
    def has_comparator(self) -> bool:
        """Whether the legend needs the comparator's mark."""
        return any(row.comparator is not None for row in self.rows)


def placed(drawing: Timeline | EffectsPlot) -> PlacedTimeline | PlacedPlot:
    """The drawing with every place as a share of its axis in percent."""
    axis = drawing.axis
    if isinstance(drawing, Timeline):
        lanes = tuple(
            PlacedLane(lane.label, tuple(_track(track, axis) for track in lane.tracks), lane.refs)
            for lane in drawing.lanes
        )
        return PlacedTimeline(_axis(axis), lanes, tuple((kind, MARK_WORDS[kind]) for kind in drawing.legend))
    rows = tuple(
        PlacedRow(
            label=row.label,
            figure=row.figure,
            words="; ".join(row.details),
            note=row.note,
            point=_percent(axis, row.value),
            left=_percent(axis, row.interval[0]) if row.interval is not None else None,
            right=_percent(axis, row.interval[1]) if row.interval is not None else None,
            comparator=_percent(axis, row.comparator) if row.comparator is not None else None,
            refs=row.refs,
        )
        for row in drawing.rows
    )
    return PlacedPlot(_axis(axis), rows)


def _axis(axis: Axis) -> PlacedAxis:
    ticks = []
    for tick in axis.ticks:
        at = _percent(axis, tick.at)
        side = "start" if at < 3 else "end" if at > 97 else "middle"
        ticks.append(PlacedTick(at, tick.label, side))
    none = _percent(axis, axis.no_effect) if axis.no_effect is not None else None
    return PlacedAxis(capitalised(axis.label), tuple(ticks), none, axis.below, axis.above)


def _track(track: Track, axis: Axis) -> PlacedTrack:
    words = track.note or "; ".join(dict.fromkeys(mark.text for mark in track.marks))
    return PlacedTrack(track.label, words, tuple(_mark(mark, axis) for mark in track.marks), track.goes_on)


def _mark(mark: Mark, axis: Axis) -> PlacedMark:
    left, right = _percent(axis, mark.start), _percent(axis, mark.end)
    is_point = mark.start == mark.end
    width = 0.0 if is_point else max(right - left, _THINNEST)
    return PlacedMark(mark.kind, left, round(width, 3), mark.text)


def _percent(axis: Axis, value: float) -> float:
    return round(100 * axis.share(value), 3)
