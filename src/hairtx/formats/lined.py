"""Entries in one line each: a table with the names beside the rest, else above it, else a short paragraph an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

from hairtx.analysis.document import NOT_REPORTED, Block, Cell, Field, Grid, Item
from hairtx.formats.glyphs import Glyphs, gauge_drawn
from hairtx.formats.unparted import NO_BREAK
from hairtx.formats.wrapping import Line, Run, line_width, wrapped

__all__ = ["lined"]

_GAP: Final = 2
#: With less room than this most names would need two lines.
_LEAST_NAME: Final = 24
_MOST_LINES: Final = 2
_PLAIN: Final = ""
_HEADING: Final = "bold"
_NAME: Final = "bold cyan"
_QUIET: Final = "dim"


class _Entry(Struct, frozen=True):
    """A row as it can be shown: what it is, what to type for it, and the texts of its cells."""

    name: str
    id: str
    cells: tuple[str, ...]
    #: Said under the name: where the entry comes from.
    about: str = ""


def lined(blocks: Sequence[Block], width: int, glyphs: Glyphs) -> Iterator[Line]:
    """The blocks' short grids, which have the same fields, under one head."""
    groups = [(block, _entries(block.short, glyphs) if block.short is not None else []) for block in blocks]
    entries = [one for _, group in groups for one in group]
    fields = next(block.short.fields for block in blocks if block.short is not None)
    widths = [_column(field, [one.cells[place] for one in entries]) for place, field in enumerate(fields[1:])]
    head = _Entry(fields[0].label, fields[0].id_label, tuple(field.label for field in fields[1:]))
    room = width - sum(widths) - _GAP * len(widths)
    gap = min(_GAP, (width - _GAP - sum(widths)) // (len(widths) - 1))
    drawn: Callable[[_Entry], Iterator[Line]]
    # An id is there to be typed, so it is never cut.
    if room >= max(_LEAST_NAME, *(_wide(one.id) for one in entries)):
        names = min(room, max(_wide(text) for one in entries for text in (f"{one.name} {one.id}", one.about)))
        drawn = partial(_beside, widths=[names, *widths])
        yield from _beside(head, [names, *widths], _QUIET, _QUIET)
    elif gap >= 1:
        drawn = partial(_above, widths=widths, gap=gap, width=width)
        yield from _cells(head, widths, gap, _QUIET)
    else:
        drawn = partial(_paragraph, labels=head.cells, width=width, glyphs=glyphs)
    for block, group in groups:
        gauge = f"{gauge_drawn(block.gauge, glyphs)} " if block.gauge is not None else ""
        yield from wrapped([(gauge, _PLAIN), (glyphs.shown(block.title), _HEADING)], width)
        for one in group:
            yield from drawn(one)


def _entries(grid: Grid, glyphs: Glyphs) -> list[_Entry]:
    return [
        _Entry(
            glyphs.shown(row[0].items[0].lead),
            glyphs.shown(row[0].items[0].id),
            tuple(_text(cell, glyphs) for cell in row[1:]),
            " ".join(glyphs.shown(item.text) for item in row[0].items[1:]),
        )
        for row in grid.rows
    ]


def _text(cell: Cell, glyphs: Glyphs) -> str:
    texts = []
    for item in cell.items or (Item(NOT_REPORTED),):
        gauge = f"{gauge_drawn(item.gauge, glyphs)}{NO_BREAK}" if item.gauge is not None else ""
        lead = f"{glyphs.shown(item.lead)}{item.joint} " if item.lead else ""
        texts.append(f"{gauge}{lead}{glyphs.shown(item.text)}")
    return "; ".join(texts)


def _column(field: Field, texts: Sequence[str]) -> int:
    """How wide: what its texts need, but no more than the field asks for, a word takes, or keeps all on two lines."""
    width = max(
        min(field.width, max(map(_wide, texts))),
        *(_wide(word) for text in (field.label, *texts) for word in text.split(" ")),
    )
    while any(len(wrapped([(text, _PLAIN)], width)) > _MOST_LINES for text in (field.label, *texts)):
        width += 1
    return width


def _beside(one: _Entry, widths: Sequence[int], name_style: str = _NAME, style: str = _PLAIN) -> Iterator[Line]:
    """The name, and the id at the right edge of its column: behind it, or under it where there is no room for both."""
    named = wrapped([(one.name, name_style)], widths[0])
    last = named.pop() if named and line_width(named[-1]) + _wide(one.id) < widths[0] else []
    named.append([*last, (" " * (widths[0] - line_width(last) - _wide(one.id)), _PLAIN), (one.id, _QUIET)])
    named += wrapped([(one.about, _QUIET)], widths[0])
    cells = [wrapped([(text, style)], room) for text, room in zip(one.cells, widths[1:], strict=True)]
    yield from _joined([named, *cells], widths, _GAP)


def _above(one: _Entry, widths: Sequence[int], gap: int, width: int) -> Iterator[Line]:
    yield from wrapped(_name(one), width)
    yield from _cells(one, widths, gap)


def _cells(one: _Entry, widths: Sequence[int], gap: int, style: str = _PLAIN) -> Iterator[Line]:
    cells = [wrapped([(text, style)], room) for text, room in zip(one.cells, widths, strict=True)]
    yield from _joined([[], *cells], [_GAP - gap, *widths], gap)


def _paragraph(one: _Entry, labels: Sequence[str], width: int, glyphs: Glyphs) -> Iterator[Line]:
    yield from wrapped(_name(one), width)
    runs: list[Run] = []
    for label, text in zip(labels, one.cells, strict=True):
        runs += [(f"{NO_BREAK}{glyphs.between} ", _QUIET)] if runs else []
        said = f"{label}: {text}"
        runs.append((said.replace(" ", NO_BREAK) if _wide(said) <= width - _GAP else said, _PLAIN))
    for line in wrapped(runs, width - _GAP):
        yield [(" " * _GAP, _PLAIN), *line]


def _name(one: _Entry) -> list[Run]:
    return [(one.name, _NAME), (" ", _PLAIN), (f"({one.id}) {one.about}", _QUIET)]


def _joined(columns: Sequence[Sequence[Line]], widths: Sequence[int], gap: int) -> Iterator[Line]:
    """Columns next to each other, each padded to its width."""
    for number in range(max(map(len, columns))):
        joined: Line = []
        for lines, width in zip(columns, widths, strict=True):
            line = lines[number] if number < len(lines) else []
            joined += [*line, (" " * (width - line_width(line) + gap), _PLAIN)]
        joined.pop()
        yield joined


def _wide(text: str) -> int:
    return line_width([(text, _PLAIN)])
