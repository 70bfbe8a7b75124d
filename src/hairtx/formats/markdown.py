"""Reports as GitHub-flavoured Markdown.

Text from a catalogue is escaped so that it can neither form markup nor break a table; the escaping is checked
against a real parser in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from hairtx.analysis.document import NOT_REPORTED, Block, Cell, Column, Item, Reference, Report, Row
from hairtx.formats.glyphs import UNICODE, gauge_drawn
from hairtx.formats.unparted import unparted

__all__ = ["escaped", "markdown_text"]

# Everything that CommonMark or GFM gives a meaning inside a line.
_MARKUP = {ord(character): f"\\{character}" for character in "\\`*_{}[]<>|~&#!$"}
# What has a meaning only at the beginning of a line.
_LINE_START = re.compile(r"(?:([-+=])|(\d{1,9})([.)]))")
# GitHub turns bare addresses, mentions and these prefixes into links; a zero-width joiner would alter the text,
# so the colon, the dot or the at-sign is written as an entity instead.
_AUTOLINK = re.compile(r"(?i)(?<=https)(:)|(?<=http)(:)|(?<=ftp)(:)|(?<=mailto)(:)|(?<=www)(\.)|(@)")


def escaped(text: str) -> str:
    """``text`` as Markdown that shows exactly these characters on one line, numbers and their units together."""
    text = unparted(" ".join(text.split())).translate(_MARKUP)
    start = _LINE_START.match(text)
    if start is not None:
        mark, digits, delimiter = start.groups()
        text = (f"\\{mark}" if mark else f"{digits}\\{delimiter}") + text[start.end() :]
    if ":" in text or "@" in text or "www." in text.casefold():
        text = _AUTOLINK.sub(lambda match: f"&#{ord(match[0])};", text)
    return text


def markdown_text(report: Report) -> str:
    """The answer as a table, then what else there is: tables, headings and lists."""
    parts = [f"# {escaped(report.title)}"]
    if len(report.columns) == 1 and report.columns[0].origin:
        parts.append(f"*{escaped(report.columns[0].origin)}*")
    parts += map(_item, report.lead)
    if report.answer:
        parts.append(_table(report.columns, report.answer, named=_short_heading))
        parts.append(" · ".join(map(_item, report.scale)))
    parts += [part for block in report.blocks for part in _block(block)]
    if len(report.columns) > 1 and report.sections:
        parts += ["## Side by side", _table(report.columns, report.rows, named=_heading)]
    elif report.columns:
        for section in report.sections:
            parts.append(f"## {escaped(section.title)}")
            for row in section.rows:
                parts += [f"### {escaped(row.label)}", _cell_block(row.cells[0])]
    if report.references or report.columns:
        in_short = bool(report.answer) and not report.sections
        parts += ["## References", *_references(report.references, _in_short if in_short else _in_full)]
    parts += ["---", *(f"**{escaped(notice)}**" for notice in report.notices)]
    parts.append(f"{escaped(report.edition)}. {escaped(report.disclaimer)}")
    text = "\n\n".join(parts) + "\n"
    for one in report.references:
        if not one.link:
            # A source without an address: its number leads nowhere. No text of a catalogue, escaped, can look like it.
            text = text.replace(_number(one.number), f"\\[{one.number}\\]")
    return text


def _block(block: Block) -> Iterator[str]:
    if block.title:
        gauge = f"{gauge_drawn(block.gauge, UNICODE)} " if block.gauge is not None else ""
        yield f"## {gauge}{escaped(block.title)}"
    if block.items:
        yield _list(block.items)
    if block.grid is not None and block.grid.rows:
        lines = [_line(escaped(field.heading) for field in block.grid.fields)]
        lines.append(_line(["---"] * len(block.grid.fields)))
        lines += [_line(_cell(cell, mark="") for cell in row) for row in block.grid.rows]
        yield "\n".join(lines)


def _table(columns: Sequence[Column], rows: Iterable[Row], *, named: Callable[[Column], str]) -> str:
    lines = [_line(["", *map(named, columns)]), _line(["---"] * (len(columns) + 1))]
    lines += [_line([f"**{escaped(row.label)}**", *map(_cell, row.cells)]) for row in rows]
    return "\n".join(lines)


def _short_heading(column: Column) -> str:
    parts = [escaped(column.heading), escaped(column.what), f"*{escaped(column.origin)}*" if column.origin else ""]
    return "<br>".join(filter(None, parts))


def _heading(column: Column) -> str:
    return f"{escaped(column.name)}<br>*{escaped(column.origin)}*" if column.origin else escaped(column.name)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, mark: str = f"{UNICODE.bullet} ") -> str:
    if not cell.items:
        return f"*{NOT_REPORTED}*"
    if len(cell.items) == 1:
        mark = ""
    return "<br>".join(f"{mark}{_item(item)}" for item in cell.items)


def _cell_block(cell: Cell) -> str:
    return _list(cell.items) if cell.items else f"*{NOT_REPORTED}*"


def _list(items: Iterable[Item]) -> str:
    return "\n".join(f"- {_item(item)}" for item in items)


def _item(item: Item) -> str:
    parts = []
    if item.lead:
        shown_id = f" ({escaped(item.id)})" if item.id else ""
        parts.append(f"**{escaped(item.lead)}**{_refs(item.lead_refs)}{shown_id}{item.joint}")
    if item.gauge is not None:
        parts.append(gauge_drawn(item.gauge, UNICODE))
    if item.text:
        parts.append(escaped(item.text))
    return " ".join(parts) + _refs(item.refs)


def _refs(refs: tuple[int, ...]) -> str:
    return "".join(f" {_number(number)}" for number in refs)


def _number(number: int) -> str:
    # The brackets are part of the link's text: of "[7] [8]" most programs leave a bare "7 8", and some make one link.
    # The definitions stand under the list of references.
    return f"[\\[{number}\\]][{number}]"


def _references(references: Sequence[Reference], told: Callable[[Reference], str]) -> list[str]:
    lines = [f"{one.number}. {told(one)}{_link(one)}" for one in references]
    definitions = [f"[{one.number}]: {_address(one.link)}" for one in references if one.link]
    return ["\n".join(part) for part in (lines or ["None."], definitions) if part]


def _in_short(one: Reference) -> str:
    return "; ".join(map(escaped, filter(None, (one.short, one.origin))))


def _in_full(one: Reference) -> str:
    told = (one.authors, one.title, one.publication, one.year)
    words = " ".join(f"{escaped(part.rstrip('.'))}." for part in told if part)
    return f"{words} ({escaped(one.about)}.)"


def _link(one: Reference) -> str:
    return f" [{escaped(one.link_text)}]({_address(one.link)})" if one.link else ""


def _address(link: str) -> str:
    """An address in angle brackets, with the two characters that could end it percent-encoded."""
    return f"<{link.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C')}>"
