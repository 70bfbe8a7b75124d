"""The drawings in characters: timelines and effects plots at any width, in Unicode or in plain ASCII.

Everything a colour says a character or a word says too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from hairtx.analysis.drawing import MARK_WORDS, Axis, EffectsPlot, Mark, MarkKind, PlotRow, Timeline, Track
from hairtx.formats.glyphs import Glyphs
from hairtx.formats.wrapping import Line, Run, line_width, wrapped

__all__ = ["drawing_lines"]

_NAME = "bold cyan"
_QUIET = "dim"
_POINT = "bold"
#: Beyond this the eye loses the line.
_WIDEST: Final = 110
_INDENT: Final = 2
#: Label, picture and figure stand side by side where this many characters are left for the picture.
_WIDE: Final = 40


class _Pens(Struct, frozen=True):
    """What to draw with."""

    marks: dict[MarkKind, str]
    grid: str
    line: str
    tick: str
    goes_on: str
    left_end: str
    right_end: str
    interval: str
    point: str
    comparator: str
    to_left: str
    to_right: str
    no_effect: str
    crossing: str


_UNICODE: Final = _Pens(
    marks={"session": "●", "upkeep": "○", "use": "━", "signs": "▒", "first-signs": "░", "judge": "█"},
    grid="┊",
    line="─",
    tick="┬",
    goes_on="▶",
    left_end="├",
    right_end="┤",
    interval="─",
    point="●",
    comparator="○",
    to_left="◀",
    to_right="▶",
    no_effect="│",
    crossing="┼",
)
_ASCII: Final = _Pens(
    marks={"session": "O", "upkeep": "o", "use": "=", "signs": "~", "first-signs": "-", "judge": "#"},
    grid=":",
    line="-",
    tick="+",
    goes_on=">",
    left_end="[",
    right_end="]",
    interval="-",
    point="O",
    comparator="x",
    to_left="<",
    to_right=">",
    no_effect="|",
    crossing="+",
)


class _Canvas:
    """One line of characters with styles; what is drawn later covers what was there."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._cells = [(" ", "")] * width
        self._taken = [False] * width

    def put(self, column: int, text: str, style: str = "", *, takes: bool = True) -> None:
        for place, character in enumerate(text, start=column):
            if 0 <= place < self.width:
                self._cells[place] = (character, style)
                self._taken[place] = self._taken[place] or takes

    def room_for(self, length: int) -> int | None:
        """Where a text of that length fits: after everything drawn, else in the widest gap."""
        last = max((place for place, taken in enumerate(self._taken) if taken), default=-2)
        if last + 2 + length <= self.width:
            return last + 2
        best: tuple[int, int] | None = None
        start = 0
        for place in range(self.width + 1):
            if place < self.width and not self._taken[place]:
                continue
            if best is None or place - start > best[0]:
                best = (place - start, start)
            start = place + 1
        if best is None or best[0] < length + 2:
            return None
        return best[1] + (0 if best[1] == 0 else 1)

    def runs(self) -> Line:
        last = max((place for place, (character, _) in enumerate(self._cells) if character != " "), default=-1)
        runs: list[Run] = []
        for style, cells in groupby(self._cells[: last + 1], key=lambda cell: cell[1]):
            runs.append(("".join(character for character, _ in cells), style))
        return runs


def drawing_lines(drawing: Timeline | EffectsPlot, *, width: int, glyphs: Glyphs) -> Iterator[Line]:
    """The drawing as lines, ``width`` characters wide."""
    pens = _ASCII if glyphs.is_ascii else _UNICODE
    if isinstance(drawing, Timeline):
        yield from _timeline(drawing, min(width, _WIDEST), glyphs, pens)
    else:
        yield from _effects(drawing, min(width, _WIDEST + 40), glyphs, pens)


def _indented(runs: Line, width: int, indent: int) -> Iterator[Line]:
    return ([(" " * indent, ""), *line] for line in wrapped(runs, width - indent))


def _column(axis: Axis, value: float, width: int) -> int:
    return round(axis.share(value) * (width - 1))


def _grid(canvas: _Canvas, axis: Axis, pens: _Pens) -> None:
    for tick in axis.ticks:
        canvas.put(_column(axis, tick.at, canvas.width), pens.grid, _QUIET, takes=False)


def _scale(axis: Axis, width: int, before: str, pens: _Pens) -> Iterator[Line]:
    """Numbers, and the line with its ticks."""
    numbers = _Canvas(width + len(before))
    free = 0
    for tick in axis.ticks:
        column = _column(axis, tick.at, width)
        start = min(max(len(before) + column - len(tick.label) // 2, 0), numbers.width - len(tick.label))
        if start >= free:
            numbers.put(start, tick.label)
            free = start + len(tick.label) + 1
    yield numbers.runs()
    line = _Canvas(width)
    line.put(0, pens.line * width, _QUIET)
    for tick in axis.ticks:
        line.put(_column(axis, tick.at, width), pens.tick, _QUIET)
    yield [(before, ""), *line.runs()]


def _timeline(timeline: Timeline, width: int, glyphs: Glyphs, pens: _Pens) -> Iterator[Line]:
    labels = [track.label for lane in timeline.lanes for track in lane.tracks]
    label_width = max(map(len, labels)) + _INDENT + 1
    space = max(width - label_width - 1, 8)
    before = " " * label_width
    yield [(f"{before}{timeline.axis.label}", _QUIET)]
    yield from _scale(timeline.axis, space, before, pens)
    for lane in timeline.lanes:
        refs = f" [{','.join(map(str, lane.refs))}]" if lane.refs else ""
        yield from wrapped([(glyphs.shown(lane.label), _NAME), (refs, _QUIET)], width)
        for track in lane.tracks:
            label = f"{' ' * _INDENT}{track.label}".ljust(label_width)
            line, rest = _track(timeline.axis, track, space, glyphs, pens)
            yield [(label, ""), *line]
            if rest:
                yield from _indented([(rest, "")], width, label_width)
    yield from _scale(timeline.axis, space, before, pens)
    if timeline.legend:
        words = [f"{pens.marks[kind]} {MARK_WORDS[kind]}" for kind in timeline.legend]
        if any(track.goes_on for lane in timeline.lanes for track in lane.tracks):
            words.append(f"{pens.goes_on} goes on")
        yield from _legend(words, width)


def _legend(words: list[str], width: int) -> Iterator[Line]:
    """The words on as few lines as hold them, never broken within."""
    line = ""
    for word in words:
        if line and len(line) + 3 + len(word) > width:
            yield [(line, _QUIET)]
            line = ""
        line = f"{line}   {word}" if line else word
    yield [(line, _QUIET)]


def _track(axis: Axis, track: Track, width: int, glyphs: Glyphs, pens: _Pens) -> tuple[Line, str]:
    """The line of a track, and the words that found no room in it."""
    canvas = _Canvas(width)
    _grid(canvas, axis, pens)
    for mark in track.marks:
        _mark(canvas, axis, mark, pens)
    if track.goes_on:
        canvas.put(width - 1, pens.goes_on)
    note = glyphs.shown(track.note)
    if not note:
        return canvas.runs(), ""
    style = "" if track.marks else _QUIET
    place = canvas.room_for(len(note)) if track.marks else (1 if len(note) < width else None)
    if place is None:
        # A bar has room for words inside.
        longest = max(track.marks, key=lambda mark: mark.end - mark.start, default=None)
        if longest is None:
            return canvas.runs(), note
        start, end = _column(axis, longest.start, width), _column(axis, longest.end, width)
        if end - start < len(note) + 6:
            return canvas.runs(), note
        canvas.put(start + 2, f" {note} ")
    else:
        # A space on either side, so that no line of the grid touches the words.
        canvas.put(place - 1 if place else 0, f" {note} " if place else f"{note} ", style)
    return canvas.runs(), ""


def _mark(canvas: _Canvas, axis: Axis, mark: Mark, pens: _Pens) -> None:
    start, end = _column(axis, mark.start, canvas.width), _column(axis, mark.end, canvas.width)
    canvas.put(start, pens.marks[mark.kind] * (end - start + 1))


def _effects(plot: EffectsPlot, width: int, glyphs: Glyphs, pens: _Pens) -> Iterator[Line]:
    figures = [glyphs.shown(row.figure) for row in plot.rows]
    labels = [glyphs.shown(row.label) for row in plot.rows]
    label_width, figure_width = min(max(map(len, labels)), 30) + 2, max(map(len, figures)) + 2
    is_wide = width - label_width - figure_width >= _WIDE
    if not is_wide:
        label_width, figure_width = _INDENT, 1
    space = max(width - label_width - figure_width, 10)
    before = " " * label_width
    yield from _scale(plot.axis, space, before, pens)
    for number, (row, label, figure) in enumerate(zip(plot.rows, labels, figures, strict=True)):
        if number and not is_wide:
            yield []
        line = _row(plot.axis, row, space, pens)
        if is_wide and len(label) < label_width:
            drawn = [(label.ljust(label_width), _NAME), *line]
            yield [*drawn, (" " * (label_width + space + 2 - line_width(drawn)), ""), (figure, _POINT)]
        else:
            yield from wrapped([(label, _NAME), ("  ", ""), (figure, _POINT)], width)
            yield [(before, ""), *line]
        details = [(glyphs.shown(f"{'; '.join(row.details)}. {row.note}".strip()), "")]
        if row.refs:
            details.append((f" [{','.join(map(str, row.refs))}]", _QUIET))
        yield from _indented(details, width, _INDENT)
    yield from _directions(plot.axis, space, before, pens)
    if any(row.comparator is not None for row in plot.rows):
        words = f"{pens.point} with the treatment   {pens.comparator} with what it was compared with"
        yield from wrapped([(words, _QUIET)], width)


def _directions(axis: Axis, width: int, before: str, pens: _Pens) -> Iterator[Line]:
    """Which side of the line is the good one, where there is room for it, else what the numbers are."""
    if axis.no_effect is None:
        yield [(f"{before}{axis.label}", _QUIET)]
        return
    line = _column(axis, axis.no_effect, width)
    words = _Canvas(width)
    left, right = f"{axis.below} {pens.to_left}", f"{pens.to_right} {axis.above}"
    if len(left) < line:
        words.put(line - len(left) - 1, left, _QUIET)
    if line + 2 + len(right) <= width:
        words.put(line + 2, right, _QUIET)
    yield [(before, ""), *words.runs()]


def _row(axis: Axis, row: PlotRow, width: int, pens: _Pens) -> Line:
    canvas = _Canvas(width)
    line = _column(axis, axis.no_effect, width) if axis.no_effect is not None else -1
    if axis.no_effect is not None:
        canvas.put(line, pens.no_effect, _QUIET)
    else:
        _grid(canvas, axis, pens)
    if row.interval is not None:
        left, right = (_column(axis, bound, width) for bound in row.interval)
        canvas.put(left, pens.interval * (right - left + 1))
        canvas.put(left, pens.left_end)
        canvas.put(right, pens.right_end)
        if left < line < right:
            # That a bar crosses the line of no effect is what matters most about it.
            canvas.put(line, pens.crossing, _POINT)
    if row.comparator is not None:
        canvas.put(_column(axis, row.comparator, width), pens.comparator, _POINT)
    canvas.put(_column(axis, row.value, width), pens.point, _POINT)
    return canvas.runs()
