"""Documents for reading in a terminal: a table where the columns are wide enough to read, else stacked.

Renderables only; where and how wide they are printed is the console's business. Nothing is cut off, and nothing is
said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from hairtx.analysis.document import NOT_REPORTED, Block, Cell, Column, Document, Grid, Item, Reference, Report
from hairtx.render.glyphs import ASCII, UNICODE, Glyphs, gauge_drawn

__all__ = ["document_renderable", "renderable", "report_renderable"]

#: Below this many characters a column of sentences is slower to read than the same text stacked.
_READABLE_COLUMN = 27
_LABEL_COLUMN = 15
#: Between the columns of a grid.
_GAP = 2

_HEADING = "bold"
_TREATMENT = "bold cyan"
_LEAD = "bold"
_QUIET = "dim"


class _Items:
    """A list of worded items with hanging indents, wrapped to whatever width it is given."""

    def __init__(self, items: Iterable[Item], glyphs: Glyphs, *, bullets: bool = True, lead_style: str = _LEAD) -> None:
        self._texts = [_item_text(item, glyphs, lead_style) for item in items]
        self._bullet = f"{glyphs.bullet} " if bullets and len(self._texts) > 1 else ""

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(8, options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        indent = len(self._bullet)
        width = max(options.max_width - indent, 4)
        for text in self._texts:
            for number, line in enumerate(text.wrap(console, width, tab_size=4)):
                if indent:
                    yield Segment(self._bullet if number == 0 else " " * indent)
                line.rstrip()
                yield from line.render(console, end="\n")


def _item_text(item: Item, glyphs: Glyphs, lead_style: str = _LEAD) -> Text:
    text = Text()
    if item.lead:
        text.append(glyphs.shown(item.lead), lead_style)
        _append_refs(text, item.lead_refs)
        text.append(item.joint, lead_style)
        text.append(" " if item.text else "")
    if item.gauge is not None:
        text.append(gauge_drawn(item.gauge, glyphs) + " ")
    text.append(glyphs.shown(item.text))
    _append_refs(text, item.refs)
    return text


def _append_refs(text: Text, refs: tuple[int, ...]) -> None:
    if refs:
        text.append(f" [{','.join(map(str, refs))}]", _QUIET)


def _cell(cell: Cell, glyphs: Glyphs, *, bullets: bool = True) -> Text | _Items:
    if not cell.items:
        return Text(NOT_REPORTED, _QUIET)
    return _Items(cell.items, glyphs, bullets=bullets)


def renderable(content: Document | Report, *, width: int, ascii_only: bool = False) -> Group:
    """Whatever there is to show, ``width`` characters wide."""
    if isinstance(content, Report):
        return report_renderable(content, width=width, ascii_only=ascii_only)
    return document_renderable(content, width=width, ascii_only=ascii_only)


def document_renderable(document: Document, *, width: int, ascii_only: bool = False) -> Group:
    """A comparison or a description, ``width`` characters wide."""
    glyphs = ASCII if ascii_only else UNICODE
    parts: list[RenderableType] = [Text(glyphs.shown(document.title), _HEADING)]
    if len(document.columns) == 1 and document.columns[0].origin:
        parts.append(Text(glyphs.shown(document.columns[0].origin), _QUIET))
    if document.lead:
        parts.append(_Items(document.lead, glyphs, bullets=False))
    if document.untreated:
        parts += [Text(), Text(document.untreated_title, _HEADING), _Items(document.untreated, glyphs)]
    parts.append(Text())
    columns = len(document.columns)
    column_width = (width - _LABEL_COLUMN - 3 * columns) // columns
    if columns > 1 and column_width >= _READABLE_COLUMN:
        parts.append(_side_by_side(document, column_width, glyphs))
    else:
        parts += _stacked(document, glyphs)
    parts += [Text(), Text("References", _HEADING), *_references(document.references, glyphs)]
    return Group(*parts, Text(), *_closing(document, glyphs))


def _side_by_side(document: Document, column_width: int, glyphs: Glyphs) -> Table:
    table = Table(
        box=box.ASCII2 if glyphs is ASCII else box.SIMPLE_HEAD,
        show_lines=False,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="",
    )
    table.add_column("", width=_LABEL_COLUMN, style=_LEAD)
    for column in document.columns:
        table.add_column(_heading(column, glyphs), width=column_width)
    rows = document.rows
    for number, row in enumerate(rows):
        table.add_row(row.label, *(_cell(cell, glyphs) for cell in row.cells))
        if number < len(rows) - 1:
            table.add_row()
    return table


def _heading(column: Column, glyphs: Glyphs) -> Text:
    text = Text(glyphs.shown(column.heading), _TREATMENT)
    if column.origin:
        text.append(f"\n{glyphs.shown(column.origin)}", _QUIET)
    return text


def _stacked(document: Document, glyphs: Glyphs) -> Iterator[RenderableType]:
    several = len(document.columns) > 1
    for row in document.rows:
        yield Rule(Text(row.label, _HEADING), align="left", characters=glyphs.rule, style=_QUIET)
        for column, cell in zip(document.columns, row.cells, strict=True):
            if several:
                yield _heading(column, glyphs)
            yield Padding(_cell(cell, glyphs), (0, 0, 0, 2 if several else 0))
        yield Text()


def _references(references: Iterable[Reference], glyphs: Glyphs) -> Iterator[Padding]:
    for one in references:
        who = one.authors.split(",")[0].strip() if one.authors else one.title
        where = one.link_text or one.publication
        text = Text(f"[{one.number}] ", _QUIET)
        when = f", {one.year}" if one.year.isdigit() else ""
        text.append(glyphs.shown("; ".join(filter(None, (f"{who}{when}", one.kind, where, one.origin)))))
        yield Padding(text, 0)


def report_renderable(report: Report, *, width: int, ascii_only: bool = False) -> Group:
    """A report, ``width`` characters wide: grids as tables where they fit, else entry by entry."""
    glyphs = ASCII if ascii_only else UNICODE
    parts: list[RenderableType] = [Text(glyphs.shown(report.title), _HEADING)]
    if report.lead:
        parts.append(_Items(report.lead, glyphs, bullets=False))
    parts.append(Text())
    for block in report.blocks:
        parts += _block(block, width, glyphs)
        parts.append(Text())
    if report.references:
        parts += [Text("References", _HEADING), *_references(report.references, glyphs), Text()]
    return Group(*parts, *_closing(report, glyphs))


def _closing(content: Document | Report, glyphs: Glyphs) -> Iterator[Text]:
    for notice in content.notices:
        yield Text(glyphs.shown(notice), "bold yellow")
    yield Text(glyphs.shown(f"{content.edition}. {content.disclaimer}"))


def _block(block: Block, width: int, glyphs: Glyphs) -> Iterator[RenderableType]:
    if block.title:
        heading = Text(f"{gauge_drawn(block.gauge, glyphs)} " if block.gauge is not None else "")
        yield heading.append(glyphs.shown(block.title), _HEADING)
    if block.items:
        yield _Items(block.items, glyphs)
    if block.grid is not None and block.grid.rows:
        if width >= sum(field.width + _GAP for field in block.grid.fields):
            yield _grid_table(block.grid, width, glyphs)
        else:
            yield from _grid_stacked(block.grid, glyphs)


def _grid_table(grid: Grid, width: int, glyphs: Glyphs) -> Table:
    # Widths follow from the fields alone, so that columns line up between the blocks of a page.
    spare = width - sum(field.width + _GAP for field in grid.fields)
    shares = sum(field.weight for field in grid.fields) or 1
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0), header_style=_QUIET)
    for field in grid.fields:
        table.add_column(field.label, width=field.width + spare * field.weight // shares)
    for row in grid.rows:
        first, *rest = row
        named = _Items(first.items, glyphs, bullets=False, lead_style=_TREATMENT)
        table.add_row(named, *(_cell(cell, glyphs, bullets=False) for cell in rest))
    return table


def _grid_stacked(grid: Grid, glyphs: Glyphs) -> Iterator[RenderableType]:
    for row in grid.rows:
        first, *rest = row
        yield Padding(_Items(first.items, glyphs, bullets=False, lead_style=_TREATMENT), (0, 0, 0, 2))
        for field, cell in zip(grid.fields[1:], rest, strict=True):
            items = cell.items or (Item(NOT_REPORTED),)
            labelled = [Item(item.text, item.lead or field.label, item.refs, item.gauge) for item in items[:1]]
            yield Padding(_Items([*labelled, *items[1:]], glyphs, bullets=False, lead_style=_QUIET), (0, 0, 0, 4))
