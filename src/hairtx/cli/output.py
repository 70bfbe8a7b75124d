"""Where output goes: the terminal, standard output or a file, in the format asked for."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from hairtx.errors import OutputError, UsageError
from hairtx.files import write_atomically
from hairtx.formats import format_for, text_of

if TYPE_CHECKING:
    # Commands that show neither a table nor a report load neither.
    from hairtx.analysis.document import Report
    from hairtx.analysis.scope import View

__all__ = ["chosen_format", "chosen_view", "emit", "write_text"]

#: Characters a line where nobody says how wide the reader's page is.
_PAGE_WIDTH: Final = 100
_NARROWEST: Final = 24


def emit(content: Report, *, format_name: str | None, output: Path | None) -> None:
    """Show or write ``content``.

    Args:
        content: what to show.
        format_name: the format, if it is asked for or chosen already; else :func:`chosen_format` chooses.
        output: the file to write, or None for standard output.

    Raises:
        UsageError: the file's suffix stands for no format.
        OutputError: the file could not be written; what was there is untouched.
    """
    format_name = format_name or chosen_format(None, output)
    if output is not None:
        # Without the mark, Excel takes a CSV file for the code page of its country and garbles every sign beyond ASCII.
        encoding = "utf-8-sig" if format_name == "csv" else "utf-8"
        write_atomically(output, text_of(content, format_name, width=_PAGE_WIDTH).encode(encoding))
    elif format_name == "table":
        _print_table(content)
    else:
        write_text(text_of(content, format_name))


def chosen_format(format_name: str | None, output: Path | None, default: str = "table") -> str:
    """The format asked for by name, else by the file's suffix, else ``default``.

    Raises:
        OutputError: the file is a folder.
        UsageError: the file's suffix stands for no format.
    """
    if format_name is not None or output is None:
        return format_name or default
    if output.is_dir():
        raise OutputError(f"cannot write {output}: it is a folder; name a file in it")
    return format_for(output)


def chosen_view(format_name: str, *, full: bool, one_page: bool = False) -> View:
    """What the format has room for, and everything or only the answer where it is asked for.

    Raises:
        UsageError: both are.
    """
    if full and one_page:
        raise UsageError("--full and --one-page ask for opposite things; give one of them")
    if one_page:
        return "one-page" if format_name == "html" else "answer"
    if format_name == "html":
        return "full-page" if full else "page"
    if format_name in ("json", "yaml"):
        # Programs get both depths.
        return "full" if full else "table"
    return "table" if full else "answer"


def write_text(text: str) -> None:
    """Write text to standard output as UTF-8."""
    stdout = _stdout()
    binary = getattr(stdout, "buffer", None)
    if binary is None:
        stdout.write(text)
    else:
        # Files and pipes get UTF-8 whatever the locale: it is what these formats are made of.
        stdout.flush()
        binary.write(text.encode())


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise OutputError("there is no standard output to write to; name a file with -o FILE")
    return sys.stdout


def _print_table(content: Report) -> None:
    stdout = _stdout()
    ascii_only = not (stdout.encoding or "").lower().startswith("utf")
    if not (stdout.isatty() or os.environ.get("FORCE_COLOR")):
        stdout.write(text_of(content, "table", width=_width(), ascii_only=ascii_only))
        return
    from rich.console import Console

    from hairtx.formats.terminal import renderable

    width = _width()
    page = renderable(content, width=width, ascii_only=ascii_only)
    console = Console(file=stdout, width=width, legacy_windows=False, emoji=False, highlight=False, markup=False)
    pager = _pager(len(page.lines)) if stdout.isatty() else []
    if not pager:
        console.print(page, crop=False, overflow="fold")
        return
    with console.capture() as captured:
        console.print(page, crop=False, overflow="fold")
    _through(pager, captured.get())


def _pager(lines: int) -> list[str]:
    """The reader's pager for output that does not fit the screen; nothing where it fits or none is wanted."""
    import shlex
    import shutil

    if lines < shutil.get_terminal_size().lines:
        return []
    chosen = os.environ.get("HAIRTX_PAGER", os.environ.get("PAGER"))
    try:
        words = shlex.split(chosen) if chosen is not None else ["less"]
    except ValueError:
        # A quote that is never closed names no program.
        return []
    return words if words and words != ["cat"] and shutil.which(words[0]) else []


def _through(pager: list[str], text: str) -> None:
    import subprocess

    # As git does: less ends by itself where the text fits, shows colours and leaves the text on the screen.
    environment = {"LESS": "FRX", **os.environ}
    stdout = _stdout()
    stdout.flush()
    # The reader's own choice of program, and nothing from the catalogue; one that is left early has seen enough.
    with contextlib.suppress(BrokenPipeError):
        subprocess.run(pager, input=text.encode(stdout.encoding or "utf-8", "replace"), env=environment, check=False)  # noqa: S603


def _width() -> int:
    """What ``COLUMNS`` says, else the terminal's own width, else that of a page."""
    try:
        wanted = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        wanted = 0
    if wanted <= 0 and sys.stdout.isatty():
        try:
            wanted = os.get_terminal_size(sys.stdout.fileno()).columns
        except OSError:
            wanted = 0
    return max(min(wanted, 1000), _NARROWEST) if wanted > 0 else _PAGE_WIDTH
