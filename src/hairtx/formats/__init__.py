"""The names of the output formats, and the one place that leads from a name to a renderer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from hairtx.errors import UsageError

if TYPE_CHECKING:
    from hairtx.analysis.document import Report

__all__ = ["ALL_FORMATS", "FORMATS", "SUFFIXES", "Format", "bytes_of", "format_for", "formats_for", "text_of"]


class Format(NamedTuple):
    """What there is to say of a format before it is used; its module is imported by :func:`text_of` alone."""

    #: Endings of file names that ask for it.
    suffixes: tuple[str, ...]
    #: The one kind of report that it can hold; every kind, if empty.
    only: str = ""
    is_text: bool = True


#: Every format by its name, the one for reading in a terminal first.
ALL_FORMATS: Final = {
    "table": Format((".txt",)),
    "markdown": Format((".md", ".markdown")),
    "html": Format((".html", ".htm")),
    "pdf": Format((".pdf",), is_text=False),
    "csv": Format((".csv",)),
    "tsv": Format((".tsv",)),
    "json": Format((".json",)),
    "yaml": Format((".yaml", ".yml")),
    "ics": Format((".ics",), only="plan"),
    "csl-json": Format((), only="sources"),
}


def formats_for(kind: str = "") -> tuple[str, ...]:
    """The names of the formats that can hold a report of that kind; without one, those that can hold any."""
    return tuple(name for name, one in ALL_FORMATS.items() if one.only in {"", kind})


#: Those that are text, whatever the report.
FORMATS: Final = tuple(name for name in formats_for() if ALL_FORMATS[name].is_text)
SUFFIXES: Final = {suffix: name for name, one in ALL_FORMATS.items() for suffix in one.suffixes}


def format_for(path: Path, kind: str = "") -> str:
    """The format that a file's suffix stands for, whether or not it can hold a report of that kind.

    Raises:
        UsageError: the suffix stands for none; with those for a report of that kind.
    """
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        *suffixes, last = (suffix for suffix, name in SUFFIXES.items() if name in formats_for(kind))
        known = f"{', '.join(suffixes)} or {last}"
        raise UsageError(
            f"{str(path)!r} does not say which format; name one, like --format markdown, or end the file in {known}"
        ) from None


def bytes_of(report: Report, name: str, *, width: int = 100) -> bytes:
    """The report as a file holds it: a PDF, or UTF-8 of what :func:`text_of` gives.

    Raises:
        UsageError: there is no such format, it cannot hold this report, or what makes PDFs is not installed.
    """
    if name == "pdf":
        from hairtx.formats.pdf import pdf_bytes

        return pdf_bytes(report)
    return text_of(report, name, width=width).encode()


def text_of(report: Report, name: str, *, width: int = 100, ascii_only: bool = False) -> str:
    """The report in one of :data:`FORMATS`, as plain text.

    Args:
        report: a comparison, a description or a list.
        name: the format; ``csl-json`` for a bibliography too, ``ics`` for a plan.
        width: characters a line, for the table.
        ascii_only: draw the table with plain ASCII.

    Raises:
        UsageError: there is no such format, or it cannot hold this report.
    """
    match name:
        case "table":
            from hairtx.formats.terminal import renderable

            return renderable(report, width=width, ascii_only=ascii_only).plain()
        case "markdown":
            from hairtx.formats.markdown import markdown_text

            return markdown_text(report)
        case "html":
            from hairtx.formats.html import html_text

            return html_text(report)
        case "csv" | "tsv":
            from hairtx.formats.delimited import csv_text, table_of, tsv_text

            return (csv_text if name == "csv" else tsv_text)(table_of(report))
        case "json" | "yaml":
            from hairtx.formats.structured import data_of, json_text, yaml_text

            return (json_text if name == "json" else yaml_text)(data_of(report))
        case "csl-json":
            if report.kind != "sources":
                raise UsageError("csl-json holds a list of sources and nothing else; 'hairtx sources' writes it")
            from hairtx.formats.csl import csl_text

            return csl_text(report)
        case "ics":
            if report.calendar is None:
                raise UsageError("only a plan can be a calendar; 'hairtx plan --help' shows how")
            from hairtx.formats.ics import calendar_text

            return calendar_text(report.calendar)
    raise UsageError(f"there is no format {name!r} for text; choose one of {', '.join(FORMATS)}")
