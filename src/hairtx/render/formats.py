"""The names of the output formats, and the one place that leads from a name to a renderer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hairtx.analysis.document import Document, Report
from hairtx.errors import UsageError

__all__ = ["FORMATS", "SUFFIXES", "format_for", "text_of"]

#: Every format, the one for reading in a terminal first.
FORMATS: Final = ("table", "markdown", "csv", "tsv", "json", "yaml", "ics")
#: Which format a file name asks for.
SUFFIXES: Final = {
    ".txt": "table",
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".ics": "ics",
}


def format_for(path: Path) -> str:
    """The format that a file's suffix stands for.

    Raises:
        UsageError: the suffix stands for none.
    """
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        known = " ".join(SUFFIXES)
        raise UsageError(
            f"{path.name!r} does not say which format; end it in one of {known}, or give --format"
        ) from None


def text_of(content: Document | Report, name: str, *, width: int = 100, ascii_only: bool = False) -> str:
    """The content in one of :data:`FORMATS`, as plain text.

    Args:
        content: a comparison, a description or a list.
        name: the format.
        width: characters a line, for the table.
        ascii_only: draw the table with plain ASCII.

    Raises:
        UsageError: there is no such format.
    """
    match name:
        case "table":
            return _plain_table(content, width, ascii_only=ascii_only)
        case "markdown":
            from hairtx.render import markdown

            return (
                markdown.report_markdown(content)
                if isinstance(content, Report)
                else markdown.document_markdown(content)
            )
        case "csv" | "tsv":
            from hairtx.render import delimited

            table = (
                delimited.report_table(content) if isinstance(content, Report) else delimited.document_table(content)
            )
            return delimited.csv_text(table) if name == "csv" else delimited.tsv_text(table)
        case "json" | "yaml":
            from hairtx.render import structured

            data = structured.report_data(content) if isinstance(content, Report) else structured.document_data(content)
            return structured.json_text(data) if name == "json" else structured.yaml_text(data)
        case "ics":
            if not isinstance(content, Report) or content.calendar is None:
                raise UsageError("only a plan can be a calendar; 'hairtx plan --help' shows how")
            from hairtx.render.calendar import calendar_text

            return calendar_text(content.calendar)
    raise UsageError(f"there is no format {name!r}; choose one of {', '.join(FORMATS)}")


def _plain_table(content: Document | Report, width: int, *, ascii_only: bool) -> str:
    import io

    from rich.console import Console

    from hairtx.render.terminal import renderable

    buffer = io.StringIO()
    console = Console(file=buffer, width=width, color_system=None, legacy_windows=False, emoji=False, highlight=False)
    console.print(renderable(content, width=width, ascii_only=ascii_only), crop=False, overflow="fold")
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"
