"""The names of the output formats, and the one place that leads from a name to a renderer."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hairtx.errors import UsageError

if TYPE_CHECKING:
    from hairtx.analysis.document import Report

__all__ = ["ALL_FORMATS", "FORMATS", "SUFFIXES", "Format", "bytes_of", "format_for", "formats_for", "text_of"]


class Format(NamedTuple):
    """All that there is to say of a format; its module is imported when it is used."""

    #: Endings of file names that ask for it.
    suffixes: tuple[str, ...]
    #: The module in this package, and its function from a report to text.
    writer: tuple[str, str]
    #: What to do with a file of it; after a colon goes its address.
    use: str
    #: The one kind of report that it can hold; every kind, if empty.
    only: str = ""
    is_text: bool = True


_EDITOR: Final = "Open it in any text editor."
_SPREADSHEET: Final = "Open it in a spreadsheet program."
_PROGRAMS: Final = "It is for programs."
#: Every format by its name, the one for reading in a terminal first.
ALL_FORMATS: Final = {
    "table": Format((".txt",), ("terminal", "table_text"), _EDITOR),
    "markdown": Format((".md", ".markdown"), ("markdown", "markdown_text"), _EDITOR),
    "html": Format((".html", ".htm"), ("html", "html_text"), "Open it in a browser:"),
    "pdf": Format((".pdf",), ("pdf", "pdf_bytes"), "Open or print it:", is_text=False),
    "csv": Format((".csv",), ("delimited", "csv_of"), _SPREADSHEET),
    "tsv": Format((".tsv",), ("delimited", "tsv_of"), _SPREADSHEET),
    "json": Format((".json",), ("structured", "json_of"), _PROGRAMS),
    "yaml": Format((".yaml", ".yml"), ("structured", "yaml_of"), _PROGRAMS),
    "ics": Format((".ics",), ("ics", "plan_text"), "Import it into a calendar program.", only="plan"),
    "csl-json": Format((), ("csl", "csl_text"), "Import it into a reference manager.", only="sources"),
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
    if name in ALL_FORMATS and not ALL_FORMATS[name].is_text:
        made: bytes = _writer(name)(report)
        return made
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
    if name not in ALL_FORMATS or not ALL_FORMATS[name].is_text:
        raise UsageError(f"there is no format {name!r} for text; choose one of {', '.join(FORMATS)}")
    only = ALL_FORMATS[name].only
    if only not in {"", report.kind}:
        raise UsageError(f"{name} can hold nothing but what 'hairtx {only}' shows; its --help says how")
    page = {"width": width, "ascii_only": ascii_only} if name == "table" else {}
    text: str = _writer(name)(report, **page)
    return text


def _writer(name: str) -> Callable[..., Any]:
    module, function = ALL_FORMATS[name].writer
    writer: Callable[..., Any] = getattr(import_module(f"hairtx.formats.{module}"), function)
    return writer
