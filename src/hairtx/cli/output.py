"""Where output goes: the terminal, standard output or a file, in the format asked for."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from hairtx.errors import OutputError, UsageError, spelled_out
from hairtx.files import write_atomically
from hairtx.formats import ALL_FORMATS, bytes_of, format_for, text_of

if TYPE_CHECKING:
    # Commands that show neither a table nor a report load neither.
    from hairtx.analysis.document import Report
    from hairtx.analysis.scope import View

__all__ = ["chosen_format", "chosen_view", "emit", "write_text"]

#: Characters a line where nobody says how wide the reader's page is.
_PAGE_WIDTH: Final = 100
_NARROWEST: Final = 24
#: What terminals call themselves that show escape codes as they stand.
_WITHOUT_STYLES: Final = ("dumb", "unknown")


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
    format_name = format_name or chosen_format(None, output, kind=content.kind)
    if output is not None:
        written = bytes_of(content, format_name, width=_PAGE_WIDTH)
        if format_name == "csv":
            # Without the mark, Excel takes the file for the code page of its country and garbles signs beyond ASCII.
            written = codecs.BOM_UTF8 + written
        write_atomically(output, written)
        _tell_written(content, format_name, output, len(written))
    elif format_name == "table":
        _print_table(content)
    elif not ALL_FORMATS[format_name].is_text:
        if _stdout().isatty():
            raise UsageError("a PDF is not text that a terminal can show; name a file with -o FILE.pdf")
        _write_bytes(bytes_of(content, format_name))
    else:
        write_text(text_of(content, format_name))


def chosen_format(format_name: str | None, output: Path | None, default: str = "table", *, kind: str = "") -> str:
    """The format asked for by name, else by the file's suffix, else ``default``; ``kind`` is that of the report.

    Raises:
        OutputError: the file is a folder.
        UsageError: the file's suffix stands for no format.
    """
    if format_name is not None or output is None:
        return format_name or default
    # Not the path's own is_dir, which raises where a folder on the way may not be entered: writing will tell that.
    if os.path.isdir(output):  # noqa: PTH112  # see above
        raise OutputError(f"cannot write {output}: it is a folder; name a file in it")
    return format_for(output, kind)


def chosen_view(format_name: str, *, full: bool, one_page: bool = False) -> View:
    """What the format has room for, and everything or only the answer where it is asked for.

    Raises:
        UsageError: both are.
    """
    if full and one_page:
        raise UsageError("--full and --one-page ask for opposite things; give one of them")
    if format_name == "pdf":
        return "full-page" if full else "one-page"
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
    if getattr(stdout, "buffer", None) is None:
        stdout.write(text)
    else:
        # Files and pipes get UTF-8 whatever the locale: it is what these formats are made of.
        _write_bytes(text.encode())


def _write_bytes(content: bytes) -> None:
    stdout = _stdout()
    stdout.flush()
    stdout.buffer.write(content)


def _tell_written(content: Report, format_name: str, output: Path, size: int) -> None:
    """Say on standard error what was written, where, and how to open it; nothing where it went to a pipe or device."""
    if sys.stderr is None or not output.is_file():
        return
    from hairtx.analysis.wording import lower_first, series

    what = f'"{content.title}"'
    if content.kind == "comparison":
        first, *others = [one.heading for one in content.columns]
        what = f"the comparison of {series([first, *map(lower_first, others)])}"
    use = ALL_FORMATS[format_name].use
    if use.endswith(":"):
        use += f" {output.resolve().as_uri()}"
    size_words = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
    # The file is whole: that nobody hears of it is no failure.
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(spelled_out(f"Wrote {what} to {output} ({size_words}). {use}") + "\n")
        sys.stderr.flush()


def _stdout() -> TextIO:
    if sys.stdout is None:
        raise OutputError("there is no standard output to write to; name a file with -o FILE")
    return sys.stdout


def _print_table(content: Report) -> None:
    stdout = _stdout()
    ascii_only = not (stdout.encoding or "").lower().startswith("utf")
    on_terminal = stdout.isatty()
    forced = os.environ.get("FORCE_COLOR", "")
    if (not on_terminal and forced in {"", "0"}) or os.environ.get("TERM", "") in _WITHOUT_STYLES:
        stdout.write(text_of(content, "table", width=_width(), ascii_only=ascii_only))
        return
    from hairtx.formats.terminal import page_of

    page = page_of(content, width=_width(), ascii_only=ascii_only)
    text = page.styled(coloured=not os.environ.get("NO_COLOR") and forced != "0")
    pager = _pager(len(page.lines)) if on_terminal else []
    if pager:
        _through(pager, text)
    else:
        stdout.write(text)


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
