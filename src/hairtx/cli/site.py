from __future__ import annotations

import contextlib
import datetime as dt
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from hairtx.cli import options as o
from hairtx.errors import spelled_out
from hairtx.files import write_folder_atomically

#: Seconds of silence before a bar tells that work is going on.
_A_MOMENT: Final = 0.5
HELP = """Write the whole catalogue as a static web site that any web server can hold, or none.

A folder that an earlier run wrote is replaced only when the new site is whole. A folder with anything else in it
is left alone.

\b
Examples:
  hairtx site -o site
  hairtx site -o site --title "Hair clinic Bonn" --contact "Questions: hair@clinic.example" --catalogue clinic.yaml
  hairtx site -o site --region UK
"""


def command(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="The folder to write; it is replaced as a whole.",
            show_default=False,
        ),
    ],
    title: Annotated[
        str,
        typer.Option("--title", metavar="TEXT", help="The name of the site, on every page.", show_default=False),
    ] = "hairtx",
    contact: Annotated[
        str,
        typer.Option(
            "--contact",
            metavar="TEXT",
            help="Who publishes it and how to reach them, at the foot of every page; an address of the web is a link.",
            show_default=False,
        ),
    ] = "",
    region: o.RegionOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    from hairtx.analysis.views.site import site_content
    from hairtx.formats.site import INDEX, page_count, site_files

    content = site_content(o.load_catalogue(catalogue, only=only), region=region, today=dt.date.today())
    total = page_count(content)
    files = site_files(content, title=title.strip() or "hairtx", contact=contact.strip())
    write_folder_atomically(output, _with_progress(files, total))
    if sys.stderr is not None:
        start = (output / INDEX).resolve().as_uri()
        told = (
            f"Wrote a site of {total} pages to {output}, which any web server can hold. Open it in a browser: {start}"
        )
        # The folder is whole: that nobody hears of it is no failure.
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(spelled_out(told) + "\n")
            sys.stderr.flush()


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _with_progress(files: Iterable[tuple[str, bytes]], total: int) -> Iterator[tuple[str, bytes]]:
    """The files as they come, with a bar on a terminal once it takes longer than a moment."""
    if not _is_watched():
        yield from files
        return
    began = time.monotonic()
    bar: Any = None
    task: Any = None
    try:
        for number, file in enumerate(files, 1):
            if bar is None and time.monotonic() - began > _A_MOMENT:
                from rich.console import Console
                from rich.progress import Progress

                bar = Progress(console=Console(stderr=True), transient=True)
                task = bar.add_task("Writing pages", total=total)
                bar.start()
            if bar is not None:
                bar.update(task, completed=number)
            yield file
    finally:
        if bar is not None:
            bar.stop()
