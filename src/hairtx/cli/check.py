from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from hairtx.analysis.views.brochure import check
from hairtx.cli import options as o
from hairtx.cli.output import emit
from hairtx.errors import CatalogueError, UsageError
from hairtx.extracting import MAX_FILE, SUFFIXES, UnreadableError, lines_of
from hairtx.files import display_name, read_bytes

#: Stands for standard input.
_STDIN = Path("-")
HELP = """Read a brochure, a quote or a web page with you: what it claims, and what studies say to that.

Files may be .txt, .md, .html, .pdf or .docx; - is standard input, and of a folder all such files are read. Nothing is
sent anywhere. What sounds like a claim and has no verdict yet is listed too.

\b
Examples:
  hairtx check leaflet.txt
  hairtx check leaflet.txt --treatment prp --explain
  hairtx check leaflet.txt -o report.html
  cat leaflet.txt | hairtx check - --format json
"""


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|DIR|-...", help="Texts to read; - is standard input.", readable=False, show_default=False
        ),
    ] = None,
    treatments: Annotated[
        list[str] | None,
        typer.Option(
            "--treatment",
            metavar="TREATMENT",
            help="What the text is about, where it does not say; repeatable.",
            autocompletion=o.complete_treatment,
            show_default=False,
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Give all sources of each reason.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show by which words each claim was found.")] = False,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    loaded = o.load_catalogue(catalogue, only=only)
    texts = {display_name(path): _lines(path) for named in files or () for path in _files_in(named)}
    report = check(loaded, texts, treatments=treatments or (), explain=explain, full=full, today=dt.date.today())
    emit(report, format_name=format_name, output=output)


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
    if not found:
        raise UnreadableError(f"{display_name(path)} has no text in it; it needs {', '.join(SUFFIXES)} files")
    return found


def _lines(path: Path) -> list[str]:
    if path == _STDIN:
        if sys.stdin is None:
            raise UsageError("there is no standard input to read; name a file instead of -")
        return lines_of(sys.stdin.buffer.read(MAX_FILE + 1))
    try:
        content = read_bytes(path, wanted="a text")
    except CatalogueError as error:
        problem = error.problems[0]
        raise UnreadableError(f"{problem.file}: {problem.message}") from None
    return lines_of(content, name=display_name(path))
