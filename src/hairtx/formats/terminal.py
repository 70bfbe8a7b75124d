"""Reports for reading in a terminal: a table where the columns are wide enough to read, else stacked.

Where and how wide they are printed is for others to say. Nothing is cut off, and nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import structs

from hairtx.analysis.document import NOT_REPORTED, Block, Cell, Column, Count, Grid, Item, Reference, Report, Row
from hairtx.formats.glyphs import ASCII, UNICODE, Glyphs, gauge_drawn
from hairtx.formats.lined import lined
from hairtx.formats.unparted import NO_BREAK
from hairtx.formats.wrapping import Line, Run, line_width, wrapped

if TYPE_CHECKING:
    # Needed only where there are colours.
    from rich.style import Style

__all__ = ["Page", "page_of", "table_text"]

#: Below this many characters a column of sentences is slower to read than the same text stacked.
_READABLE_COLUMN = 27
_LABEL_COLUMN = 15
_SHORT_LABEL = 13
_SOURCE_LINES = 1
#: The sources of the first rows; whoever wants more wants all of them.
_MOST_SOURCES = 3
#: People on a line of a picture of 100.
_CROWD_LINES = (50, 25, 20, 10)
_NARROWEST_CROWD = 20
#: Below this, short sentences are put under each other.
_SHORTEST_COLUMN = 25
#: Between columns.
_GAP = 2

_PLAIN = ""
_HEADING = "bold"
_TREATMENT = "bold cyan"
_LEAD = "bold"
_QUIET = "dim"
_NOTICE = "bold yellow"


class Page:
    """Lines of styled text."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = list(lines)

    def styled(self, *, coloured: bool) -> str:
        """With what makes a terminal show it bold, dim and, if it may be, in colour.

        The lines are laid out already, so of rich its styles are enough: a console, which would measure and wrap them
        again, takes four times as long to import.
        """
        styled = (
            _style(style, coloured=coloured).render(text.replace(NO_BREAK, " ")) if style else text
            for line in self.lines
            for text, style in (*line, ("\n", _PLAIN))
        )
        return "".join(styled).replace(NO_BREAK, " ")

    def plain(self) -> str:
        """The same without styles and without spaces at the end of lines."""
        lines = ("".join(text for text, _ in line) for line in self.lines)
        return "".join(f"{line.replace(NO_BREAK, ' ').rstrip()}\n" for line in lines)


@cache
def _style(definition: str, *, coloured: bool) -> Style:
    from rich.style import Style

    style = Style.parse(definition)
    return style if coloured else style.without_color


def page_of(report: Report, *, width: int, ascii_only: bool = False) -> Page:
    """Whatever there is to show, at most ``width`` (8 or more) characters wide."""
    return Page(_report(report, max(width, 8), ASCII if ascii_only else UNICODE))


def table_text(report: Report, *, width: int, ascii_only: bool = False) -> str:
    """The same as plain text."""
    return page_of(report, width=width, ascii_only=ascii_only).plain()


def _report(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    if _has_lines(report):
        yield from _listed(report, width, glyphs)
        yield from _end(report, width, glyphs)
        return
    if report.answer:
        yield from _answer(report, width, glyphs)
    else:
        yield from _text(report.title, width, glyphs, _HEADING)
        if len(report.columns) == 1:
            yield from _origin(report.columns[0], width, glyphs)
        yield from _items(report.lead, width, glyphs, bullets=False)
    if report.answer and not (report.blocks or report.sections):
        yield from _sources_in_short(report.references, width, glyphs)
        yield from _end(report, width, glyphs)
        return
    yield []
    for block in report.blocks:
        yield from _block(block, width, glyphs)
        yield []
    if report.sections:
        yield from _table(report, width, glyphs)
        yield []
    if report.has_short_references:
        yield from _sources_in_short(report.references, width, glyphs)
    elif report.references or report.columns:
        yield from _references(report.references, width, glyphs)
    yield from _end(report, width, glyphs)


def _end(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    for notice in report.notices:
        yield from _text(notice, width, glyphs, _NOTICE)
    if report.onward:
        yield from _apart(report.onward, width, glyphs)
    edition = "" if report.answer or _has_lines(report) else f"{report.edition}. "
    yield from _text(f"{edition}{report.disclaimer}", width, glyphs)


def _apart(texts: Iterable[str], width: int, glyphs: Glyphs) -> list[Line]:
    """Short texts behind each other, each kept whole where it fits a line."""
    shown = map(glyphs.shown, texts)
    whole = (one.replace(" ", NO_BREAK) if line_width([(one, _QUIET)]) <= width else one for one in shown)
    return wrapped([(f"{NO_BREAK} ".join(whole), _QUIET)], width)


def _answer(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    """One screen: side by side as long as a column holds three or four words, else treatment under treatment."""
    rule: Line = [(glyphs.rule * width, _QUIET)]
    yield from _titled(report, width, glyphs)
    yield rule
    if report.lead:
        yield from _items(report.lead, width, glyphs, bullets=False)
        yield rule
    columns = len(report.columns)
    column_width = (width - _SHORT_LABEL - _GAP * columns) // columns
    if column_width >= _SHORTEST_COLUMN:
        widths = [_SHORT_LABEL, *[column_width] * columns]
        yield from _beside([[], *(_answer_heading(one, column_width, glyphs) for one in report.columns)], widths)
        for row in report.answer:
            cells = [_cell(cell, column_width, glyphs, bullets=False) for cell in row.cells]
            yield from _beside([_text(row.label, _SHORT_LABEL, glyphs, _LEAD), *cells], widths)
    else:
        if columns == 1:
            yield from _answer_heading(report.columns[0], width, glyphs)
        rows = list(report.answer)
        while rows:
            joined = 1 + next((number for number, row in enumerate(rows[1:]) if not row.joins), len(rows) - 1)
            yield from _answer_rows(rows[:joined], report.columns, width, glyphs)
            del rows[:joined]
    yield rule
    yield from _apart(_signs(report.scale, glyphs), width, glyphs)


def _has_lines(report: Report) -> bool:
    return any(block.short is not None for block in report.blocks)


def _listed(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    """What the signs stand for, then one line an entry."""
    rule: Line = [(glyphs.rule * width, _QUIET)]
    yield from _titled(report, width, glyphs)
    yield from _apart(_signs(report.scale, glyphs), width, glyphs)
    yield from _items(report.lead, width, glyphs, bullets=False)
    yield rule
    yield from lined(report.blocks, width, glyphs)
    yield rule


def _signs(scale: Iterable[Item], glyphs: Glyphs) -> Iterator[str]:
    for one in scale:
        sign = gauge_drawn(one.gauge, glyphs) if one.gauge is not None else f"{one.lead}{one.joint}" if one.lead else ""
        yield f"{sign} {one.text}".strip()


def _titled(report: Report, width: int, glyphs: Glyphs) -> Iterator[Line]:
    """The title, with the edition at the end of its line where there is room, else under it."""
    lines = _text(report.title, width, glyphs, _HEADING)
    edition = report.edition.partition(",")[0]
    room = width - line_width(lines[-1]) - len(edition)
    if room >= _GAP:
        lines[-1] = [*lines[-1], (" " * room, _PLAIN), (edition, _QUIET)]
    else:
        lines += _text(edition, width, glyphs, _QUIET)
    yield from lines


def _answer_rows(rows: Sequence[Row], columns: Sequence[Column], width: int, glyphs: Glyphs) -> Iterator[Line]:
    """Rows that join, in one paragraph a treatment; the first begins with what the rows are about."""
    alike = len(columns) > 1 and all(len(set(_said(row))) == 1 for row in rows)
    for number, column in enumerate(columns[:1] if alike else columns):
        runs = [] if number else [(f"{glyphs.shown(rows[0].label)}{NO_BREAK} ", _HEADING)]
        if len(columns) > 1:
            runs.append((f"{'all' if alike else glyphs.shown(column.heading)}: ", _TREATMENT))
        for row in rows:
            if row is not rows[0]:
                runs += [(f"{glyphs.between} ", _QUIET), (f"{glyphs.shown(row.label)}{NO_BREAK} ", _HEADING)]
            for item in row.cells[number].items or (Item(NOT_REPORTED),):
                runs += [*_runs(item, glyphs, _LEAD), (" ", _PLAIN)]
        lines = wrapped(runs, width - 2)
        yield from _indented(lines[:1], 2 if number else 0)
        yield from _indented(lines[1:], 2)


def _said(row: Row) -> list[tuple[str, ...]]:
    """What each cell of the row says."""
    return [tuple(f"{item.lead} {item.text}" for item in cell.items) for cell in row.cells]


def _answer_heading(column: Column, width: int, glyphs: Glyphs) -> list[Line]:
    told: list[Run] = [(glyphs.shown(column.heading), _TREATMENT)]
    if column.what:
        told.append((f": {glyphs.shown(column.what)}", _PLAIN))
    return [*wrapped(told, width), *_origin(column, width, glyphs)]


def _sources_in_short(references: Sequence[Reference], width: int, glyphs: Glyphs) -> Iterator[Line]:
    """“[1] Kaufman 2008 [2] …”: who and when, as many as a line holds, and how many more there are."""
    named = [f"[{one.number}] {one.short}" for one in references]
    for shown in range(min(len(named), _MOST_SOURCES), 0, -1):
        rest = [f"+{len(named) - shown}"] if shown < len(named) else []
        lines = _apart([*named[:shown], *rest], width, glyphs)
        if len(lines) <= _SOURCE_LINES:
            yield from lines
            return


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
        who = "" if one.title.startswith(one.short) else f"{one.short}. "
        where = one.link_text or one.publication
        told = f"{who}{'; '.join(filter(None, (one.title, one.kind, where, one.origin)))}"
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
        if bullets:
            yield from _indented(_crowds(item.people, width - len(mark), glyphs), len(mark))


def _crowds(people: Sequence[Count], width: int, glyphs: Glyphs) -> Iterator[Line]:
    """100 people for each count, the same number on a line, beside each other where both fit."""
    if not people or width < _CROWD_LINES[-1]:
        return
    room = (width - _GAP) // 2 if len(people) > 1 else width
    beside = len(people) > 1 and room >= _NARROWEST_CROWD
    a_line = next(one for one in _CROWD_LINES if one <= (room if beside else width))
    panels = [_crowd(one, a_line, glyphs) for one in people]
    if beside:
        yield from _beside(panels, [a_line] * len(panels))
    else:
        for panel in panels:
            yield from panel


def _crowd(count: Count, a_line: int, glyphs: Glyphs) -> list[Line]:
    full, empty = glyphs.people
    lower, upper = round(count.lower), round(count.upper)
    drawn = full * lower + glyphs.maybe * (upper - lower) + empty * (100 - upper)
    rows: list[Line] = [[(drawn[start : start + a_line], _PLAIN)] for start in range(0, 100, a_line)]
    return [*_text(count.label, a_line, glyphs, _QUIET), *rows]


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
    # Behind the full stop without a space, so that no line begins with a number alone.
    return [(f"[{','.join(map(str, refs))}]", _QUIET)] if refs else []
