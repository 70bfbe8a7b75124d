"""The names of the output formats, and the one place that leads from a name to a renderer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hairtx.analysis.document import Document, Report
from hairtx.errors import UsageError

__all__ = ["CSL_JSON", "FORMATS", "ICS", "SUFFIXES", "format_for", "text_of"]

#: Every format, the one for reading in a terminal first.
FORMATS: Final = ("table", "markdown", "html", "csv", "tsv", "json", "yaml")
#: For a plan only: what calendars read.
ICS: Final = "ics"
#: For a bibliography only: what reference managers read.
CSL_JSON: Final = "csl-json"
#: Which format a file name asks for.
SUFFIXES: Final = {
    ".txt": "table",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
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
        name: the format; :data:`CSL_JSON` for a bibliography.
        width: characters a line, for the table.
        ascii_only: draw the table with plain ASCII.

    Raises:
        UsageError: there is no such format, or it cannot hold this content.
    """
    match name:
        case "table":
            from hairtx.formats.terminal import renderable

            return renderable(content, width=width, ascii_only=ascii_only).plain()
        case "markdown":
            from hairtx.formats import markdown

            return (
                markdown.report_markdown(content)
                if isinstance(content, Report)
                else markdown.document_markdown(content)
            )
        case "html":
            from hairtx.formats import html

            return html.report_html(content) if isinstance(content, Report) else html.document_html(content)
        case "csv" | "tsv":
            from hairtx.formats import delimited

            table = (
                delimited.report_table(content) if isinstance(content, Report) else delimited.document_table(content)
            )
            return delimited.csv_text(table) if name == "csv" else delimited.tsv_text(table)
        case "json" | "yaml":
            from hairtx.formats import structured

            data = structured.report_data(content) if isinstance(content, Report) else structured.document_data(content)
            return structured.json_text(data) if name == "json" else structured.yaml_text(data)
        case "csl-json":
            if not isinstance(content, Report) or content.kind != "sources":
                raise UsageError("csl-json holds a list of sources and nothing else; 'hairtx sources' writes it")
            from hairtx.formats import csl

            return csl.csl_text(content)
        case "ics":
            if not isinstance(content, Report) or content.calendar is None:
                raise UsageError("only a plan can be a calendar; 'hairtx plan --help' shows how")
            from hairtx.formats.ics import calendar_text

            return calendar_text(content.calendar)
    raise UsageError(f"there is no format {name!r}; choose one of {', '.join(FORMATS)}")
