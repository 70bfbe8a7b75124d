"""Reports as CSV and TSV: one row an attribute or an entry; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from hairtx.analysis.document import NOT_REPORTED, Cell, Item, Reference, Report
from hairtx.formats.glyphs import UNICODE, gauge_drawn

__all__ = ["csv_of", "csv_text", "inert", "tsv_of", "tsv_text"]

#: A spreadsheet takes a cell that begins with one of these as a formula or a command.
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


# “-3”, “+19 %”, “-5 to 3”, “-7.1 (-9.3 to -5.1)”: there is nothing to calculate in these. “-5-3” would be.
_NUMBER = r"[+-]?[0-9]+(?:[.,][0-9]+)*(?: ?%)?"
_FIGURES = re.compile(rf"{_NUMBER}(?: to {_NUMBER})?(?: \({_NUMBER} to {_NUMBER}\))?")


def inert(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet would calculate."""
    told = text.lstrip(" ")
    return f"'{text}" if told.startswith(_FORMULA_START) and not _FIGURES.fullmatch(told) else text


def csv_of(report: Report) -> str:
    """The report as CSV."""
    return csv_text(_table_of(report))


def tsv_of(report: Report) -> str:
    """The report as TSV."""
    return tsv_text(_table_of(report))


def csv_text(table: Iterable[Iterable[str]]) -> str:
    """RFC 4180 with line feeds; a cell may hold several lines."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    # Up to Python 3.12 a lone carriage return is left unquoted, and readers take it for the end of the row.
    writer.writerows([inert("\n".join(cell.splitlines())) for cell in row] for row in table)
    return buffer.getvalue()


def tsv_text(table: Iterable[Iterable[str]]) -> str:
    """One line a row, tabs between cells, none within: the lines of a cell are joined by a bar."""
    lines = []
    for row in table:
        cells = (" | ".join(part.strip() for part in cell.replace("\t", " ").splitlines()) for cell in row)
        lines.append("\t".join(inert(cell) for cell in cells))
    return "\n".join(lines) + "\n"


def _table_of(report: Report) -> list[list[str]]:
    """What a report holds, as rows of text: its table, else its grids, else its statements."""
    if report.columns:
        return _comparison(report)
    if any(block.grid is not None for block in report.blocks):
        return _entries(report)
    return _statements(report)


def _comparison(report: Report) -> list[list[str]]:
    """Header, one row an attribute, then the references of each column, the edition and the disclaimer.

    The attributes are those of the answer where the report has no table.
    """
    told = report.rows or report.answer
    rows = [["attribute", "label", *(column.name for column in report.columns)]]
    if any(column.origin for column in report.columns):
        rows.append(["origin", "Where it comes from", *(column.origin or "built in" for column in report.columns)])
    rows += [[row.key, row.label, *map(_cell, row.cells)] for row in told]
    # The same for every column, because it belongs to the condition.
    rows += [
        [block.key, block.title, *["\n".join(map(_item, block.items))] * len(report.columns)] for block in report.blocks
    ]
    common = {ref for block in report.blocks for item in block.items for ref in item.refs}
    cited = [common.union(*(_cited(row.cells[place]) for row in told)) for place in range(len(report.columns))]
    rows.append(["references", "References", *(_references(report.references, numbers) for numbers in cited)])
    about = " ".join((*report.notices, f"{report.edition}.", report.disclaimer))
    rows.append(["about", "About", *[about] * len(report.columns)])
    return rows


def _statements(report: Report) -> list[list[str]]:
    """Header and one row a statement, with the addresses of what it rests on."""
    rows = [["section", "lead", "text", "references"]]
    told = [("note", item) for item in report.lead]
    told += [(block.key, item) for block in report.blocks for item in block.items]
    rows += [[key, item.lead, item.text, _addresses(item.refs, report)] for key, item in told]
    return rows + [["notice", "", notice, ""] for notice in report.notices]


def _entries(report: Report) -> list[list[str]]:
    """Header and one row an entry of its grids, with the statements around them.

    The columns are those of all grids, each once: an entry leaves empty what its own grid does not have, so that every
    row has the same number of cells. Where statements cite sources, a last column has their addresses in the order of
    their numbers. What a reader must know before relying on it stands in a last row.
    """
    grids = [block.grid for block in report.blocks if block.grid is not None]
    columns = list(dict.fromkeys(field.key for grid in grids for field in grid.fields))
    cites = bool(report.references)
    rows = [["group", "id", *columns, *(["references"] if cites else [])]]

    def add(group: str, key: str, cells: Mapping[str, str], refs: Iterable[int]) -> None:
        told = [cells.get(column, "") for column in columns]
        rows.append([group, key, *told, *([_addresses(refs, report)] if cites else [])])

    for item in report.lead:
        add("note", "", {columns[0]: _item(item)}, item.refs)
    for block in report.blocks:
        for item in block.items:
            add(block.key, "", {columns[0]: _item(item)}, (*item.lead_refs, *item.refs))
        if block.grid is not None:
            names = [field.key for field in block.grid.fields]
            for key, row in zip(block.grid.keys, block.grid.rows, strict=True):
                refs = [ref for cell in row for ref in sorted(_cited(cell))]
                add(block.key, key, dict(zip(names, map(_cell, row), strict=True)), refs)
    for notice in report.notices:
        add("notice", "", {columns[0]: notice}, ())
    return rows


def _addresses(refs: Iterable[int], report: Report) -> str:
    addresses = {one.number: one.link or one.title for one in report.references}
    return "\n".join(f"[{number}] {addresses[number]}" for number in dict.fromkeys(refs))


def _cell(cell: Cell) -> str:
    return "\n".join(map(_item, cell.items)) or NOT_REPORTED


def _item(item: Item) -> str:
    parts = []
    if item.lead:
        shown_id = f" ({item.id})" if item.id else ""
        parts.append(f"{item.lead}{_refs(item.lead_refs)}{shown_id}{item.joint}")
    if item.gauge is not None:
        parts.append(gauge_drawn(item.gauge, UNICODE))
    if item.text:
        parts.append(item.text)
    return " ".join(parts) + _refs(item.refs)


def _refs(refs: Iterable[int]) -> str:
    return "".join(f" [{number}]" for number in refs)


def _cited(cell: Cell) -> set[int]:
    return {ref for item in cell.items for ref in (*item.refs, *item.lead_refs)}


def _references(references: Iterable[Reference], numbers: set[int]) -> str:
    return "\n".join(
        f"[{one.number}] " + "; ".join(filter(None, (one.authors, one.title, one.year, one.kind, one.link, one.origin)))
        for one in references
        if one.number in numbers
    )
