"""Reports for reading in a terminal: a table where the columns are wide enough to read, else stacked.

Renderables only; where and how wide they are printed is the console's business. Nothing is cut off, and nothing is
said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from hairtx.analysis.document import NOT_REPORTED, Block, Cell, Column, Grid, Item, Reference, Report
from hairtx.formats.glyphs import ASCII, UNICODE, Glyphs, gauge_drawn
from hairtx.formats.wrapping import Line, Run, line_width, wrapped

if TYPE_CHECKING:
    # Rich's console takes an eighth of a comparison's time and is needed only where there are colours.
    from rich.console import Console, ConsoleOptions, RenderResult

__all__ = ["Page", "renderable"]

#: Below this many characters a column of sentences is slower to read than the same text stacked.
_READABLE_COLUMN = 27
_LABEL_COLUMN = 15
#: Between columns.
_GAP = 2

_PLAIN = ""
_HEADING = "bold"
_TREATMENT = "bold cyan"
_LEAD = "bold"
_QUIET = "dim"
_NOTICE = "bold yellow"


class Page:
    """Lines of styled text that a rich console can print."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment

        new_line = Segment.line()
        for line in self.lines:
            for text, style in line:
                yield Segment(text, console.get_style(style) if style else None)
            yield new_line

    def plain(self) -> str:
        """The same without styles and without spaces at the end of lines."""
        return "".join(f"{''.join(text for text, _ in line).rstrip()}\n" for line in self.lines)


def renderable(report: Report, *, width: int, ascii_only: bool = False) -> Page:
    """Whatever there is to show, at most ``width`` (8 or more) characters wide."""
    return Page(_report(report, max(width, 8), ASCII if ascii_only else UNICODE))


def _report(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    yield from _text(report.title, width, glyphs, _HEADING)
    if len(report.columns) == 1:
        yield from _origin(report.columns[0], width, glyphs)
    yield from _items(report.lead, width, glyphs, bullets=False)
    yield []
    for block in report.blocks:
        yield from _block(block, width, glyphs)
        yield []
    if report.columns:
        yield from _table(report, width, glyphs)
        yield []
    if report.references or report.columns:
        yield from _references(report.references, width, glyphs)
    for notice in report.notices:
        yield from _text(notice, width, glyphs, _NOTICE)
    yield from _text(f"{report.edition}. {report.disclaimer}", width, glyphs)


def _table(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    columns = len(report.columns)
    column_width = (width - _LABEL_COLUMN - _GAP * columns) // columns
    if columns > 1 and column_width >= _READABLE_COLUMN:
        return _side_by_side(report, column_width, glyphs)
    return _stacked(report, width, glyphs)


def _side_by_side(report: Report, column_width: int, glyphs: Glyphs) -> Iterator[Line]:
    widths = [_LABEL_COLUMN, *[column_width] * len(report.columns)]
    heads = [_heading(column, column_width, glyphs) for column in report.columns]
    yield from _beside([[], *heads], widths)
    yield [(glyphs.rule * (sum(widths) + _GAP * len(report.columns)), _QUIET)]
    for number, row in enumerate(report.rows):
        if number:
            yield []
        cells = [_cell(cell, column_width, glyphs) for cell in row.cells]
        yield from _beside([_text(row.label, _LABEL_COLUMN, glyphs, _LEAD), *cells], widths)


def _heading(column: Column, width: int, glyphs: Glyphs) -> list[Line]:
    return [*_text(column.heading, width, glyphs, _TREATMENT), *_origin(column, width, glyphs)]


def _origin(column: Column, width: int, glyphs: Glyphs) -> list[Line]:
    return _text(column.origin, width, glyphs, _QUIET)


def _beside(columns: Sequence[Iterable[Line]], widths: Sequence[int]) -> Iterator[Line]:
    """Columns of lines put next to each other, each padded to its width."""
    filled = [list(lines) for lines in columns]
    for number in range(max(map(len, filled))):
        joined: Line = []
        for lines, width in zip(filled, widths, strict=True):
            line = lines[number] if number < len(lines) else []
            joined += line
            joined.append((" " * (width - line_width(line) + _GAP), _PLAIN))
        joined.pop()
        yield joined


def _stacked(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    several = len(report.columns) > 1
    for number, row in enumerate(report.rows):
        if number:
            yield []
        label = _text(row.label, width, glyphs, _HEADING)
        rule = glyphs.rule * (width - line_width(label[-1]) - 1)
        label[-1] = [*label[-1], (f" {rule}", _QUIET)] if rule else label[-1]
        yield from label
        for column, cell in zip(report.columns, row.cells, strict=True):
            if several:
                yield from _heading(column, width, glyphs)
            yield from _indented(_cell(cell, width - 2 * several, glyphs), 2 * several)


def _block(block: Block, width: int, glyphs: Glyphs) -> Iterator[Line]:
    if block.title:
        gauge = f"{gauge_drawn(block.gauge, glyphs)} " if block.gauge is not None else ""
        yield from wrapped([(gauge, _PLAIN), (glyphs.shown(block.title), _HEADING)], width)
    yield from _items(block.items, width, glyphs)
    if block.drawing is not None:
        from hairtx.formats.drawing import drawing_lines

        yield from drawing_lines(block.drawing, width=width, glyphs=glyphs)
    elif block.grid is not None and block.grid.rows:
        needed = sum(field.width + _GAP for field in block.grid.fields) - _GAP
        drawn = _grid_table if width >= needed and not block.grid.stacked else _grid_stacked
        yield from drawn(block.grid, width, glyphs)


def _grid_table(grid: Grid, width: int, glyphs: Glyphs) -> Iterator[Line]:
    # Widths follow from the fields alone, so that columns line up between the blocks of a page.
    spare = width - sum(field.width + _GAP for field in grid.fields) + _GAP
    shares = sum(field.weight for field in grid.fields) or 1
    widths = [field.width + spare * field.weight // shares for field in grid.fields]
    heads = [_text(field.heading, one, glyphs, _QUIET) for field, one in zip(grid.fields, widths, strict=True)]
    yield from _beside(heads, widths)
    for row in grid.rows:
        named = _items(row[0].items, widths[0], glyphs, bullets=False, lead_style=_TREATMENT)
        rest = [_cell(cell, one, glyphs, bullets=False) for cell, one in zip(row[1:], widths[1:], strict=True)]
        yield from _beside([named, *rest], widths)


def _grid_stacked(grid: Grid, width: int, glyphs: Glyphs) -> Iterator[Line]:
    for row in grid.rows:
        named = _items(row[0].items, width - 2, glyphs, bullets=False, lead_style=_TREATMENT)
        yield from _indented(named, 2)
        for field, cell in zip(grid.fields[1:], row[1:], strict=True):
            first, *rest = cell.items or (Item(NOT_REPORTED),)
            labelled = structs.replace(first, lead=first.lead or field.label)
            items = _items([labelled, *rest], width - 4, glyphs, bullets=False, lead_style=_QUIET)
            yield from _indented(items, 4)


def _references(references: Sequence[Reference], width: int, glyphs: Glyphs) -> Iterator[Line]:
    yield from _text("References", width, glyphs, _HEADING)
    if not references:
        yield from _text("None.", width, glyphs)
    for one in references:
        who = one.authors.split(",")[0].strip() if one.authors else one.title
        when = f", {one.year}" if one.year.isdigit() else ""
        where = one.link_text or one.publication
        told = "; ".join(filter(None, (f"{who}{when}", one.kind, where, one.origin)))
        mark = f"[{one.number}] "
        yield from _hanging([(glyphs.shown(told), _PLAIN)], width, mark, _QUIET)
    yield []


def _cell(cell: Cell, width: int, glyphs: Glyphs, *, bullets: bool = True) -> Iterable[Line]:
    if not cell.items:
        return _text(NOT_REPORTED, width, glyphs, _QUIET)
    return _items(cell.items, width, glyphs, bullets=bullets)


def _items(
    items: Sequence[Item], width: int, glyphs: Glyphs, *, bullets: bool = True, lead_style: str = _LEAD
) -> Iterator[Line]:
    """Worded items, with hanging indents where there are several."""
    mark = f"{glyphs.bullet} " if bullets and len(items) > 1 else ""
    for item in items:
        yield from _hanging(_runs(item, glyphs, lead_style), width, mark)


def _hanging(runs: Sequence[Run], width: int, mark: str, mark_style: str = _PLAIN) -> Iterator[Line]:
    indent = len(mark)
    for number, line in enumerate(wrapped(runs, width - indent)):
        if not indent:
            yield line
        elif number:
            yield [(" " * indent, _PLAIN), *line]
        else:
            yield [(mark, mark_style), *line]


def _indented(lines: Iterable[Line], indent: int) -> Iterator[Line]:
    return ([(" " * indent, _PLAIN), *line] if indent else line for line in lines)


def _text(text: str, width: int, glyphs: Glyphs, style: str = _PLAIN) -> list[Line]:
    return wrapped([(glyphs.shown(text), style)], width)


def _runs(item: Item, glyphs: Glyphs, lead_style: str) -> list[Run]:
    runs: list[Run] = []
    if item.lead:
        runs.append((glyphs.shown(item.lead), lead_style))
        runs += _refs(item.lead_refs)
        if item.id:
            runs += [(" ", lead_style), (f"({glyphs.shown(item.id)})", _PLAIN)]
        runs.append((f"{item.joint} ", lead_style))
    if item.gauge is not None:
        runs.append((f"{gauge_drawn(item.gauge, glyphs)} ", _PLAIN))
    runs.append((glyphs.shown(item.text), _PLAIN))
    return runs + _refs(item.refs)


def _refs(refs: tuple[int, ...]) -> list[Run]:
    return [(f" [{','.join(map(str, refs))}]", _QUIET)] if refs else []
