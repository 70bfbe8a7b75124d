from __future__ import annotations

import difflib
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from hairtx.analysis.wording import counted
from hairtx.catalogue.places import catalogue_files, layered, overlays
from hairtx.catalogue.reading.records import problems_in
from hairtx.catalogue.reading.rules import OF_A_FULL_ENTRY
from hairtx.cli import options as o
from hairtx.cli.output import write_text
from hairtx.errors import CatalogueError, Problem, UsageError
from hairtx.files import MAX_BYTES, display_name, read_bytes, too_large, write_atomically
from hairtx.formats.problems import problems_text

#: An entry, as the message of a problem begins with it, and as many errors as say that it is far from valid.
_ENTRY: Final = re.compile(r"treatments\[\d+\]")
_FAR_FROM_VALID: Final = 5
#: Stands for standard input.
_STDIN = Path("-")
HELP = """Report every problem in a catalogue, with its line and how to mend it.

A catalogue of your own is checked together with the built-in one that it lies over. What only a full entry
has, such as a short answer, is not asked of it without --full.
Ends with 1 if there are errors; warnings alone end with 0.

\b
Examples:
  hairtx validate clinic.yaml
  hairtx validate clinic.yaml --fix
  hairtx validate clinic.yaml --full
  hairtx validate --format github clinic/
  cat clinic.yaml | hairtx validate -
"""


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE|DIR|-]...",
            help="Catalogues of your own, - for standard input; without one, the built-in one.",
            readable=False,
            show_default=False,
        ),
    ] = None,
    catalogue: o.CatalogueOption = None,
    format_name: Annotated[
        Literal["text", "json", "github"], typer.Option("--format", "-f", help="How to say it.", case_sensitive=False)
    ] = "text",
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend key order, repeated list items and missing quotes; print each change.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Ask as much of your own entries as of the built-in ones.")
    ] = False,
) -> None:
    if fix:
        if not files:
            raise UsageError("--fix needs the file to mend: hairtx validate --fix FILE")
        if _STDIN in files:
            raise UsageError("--fix mends a file, and standard input is none; name the file instead of -")
        for path in [one for named in files for one in catalogue_files(named)]:
            _fix(path)
    found, own = _problems(files or [], catalogue or [])
    problems = [one for one in found if full or one.file not in own or one.check not in OF_A_FULL_ENTRY]
    errors = sum(one.severity == "error" for one in problems)
    text = problems_text(problems, format_name)
    if format_name == "text":
        summary = _summary(errors, len(problems) - errors, files)
        text += f"{summary}{_held_back(len(found) - len(problems))}{_starter(problems)}\n"
    write_text(text)
    if errors:
        raise typer.Exit(1)


def _problems(files: Sequence[Path], named: Sequence[Path]) -> tuple[list[Problem], set[str]]:
    """Everything that is wrong, and the files that are not built in, by the name that problems have for them."""
    paths, layers = layered(None, overlays(named))
    asked: set[str] = set()
    stack = list(zip(paths, layers, strict=True))
    for number, path in enumerate(files, start=max(layers) + 1):
        for one in catalogue_files(path):
            # A file that is part of the catalogue anyway keeps its place in it.
            if not any(_is_same(one, known) for known, _ in stack):
                stack.append((one, number))
            asked.add(display_name(next(known for known, _ in stack if _is_same(one, known))))
    problems: list[Problem] = []
    contents, kept = [], []
    for path, layer in stack:
        try:
            contents.append((path, read_bytes(path) if path != _STDIN else _standard_input()))
            kept.append(layer)
        except CatalogueError as error:
            problems += error.problems
    found = problems + problems_in(contents, kept)
    # Errors elsewhere matter here too: they keep the catalogue as a whole from being used.
    told = [one for one in found if not asked or one.file in asked or one.severity == "error"]
    return told, {display_name(path) for path, layer in stack if layer}


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise UsageError("there is no standard input to read; name a file instead of -")
    content: bytes = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise too_large(_STDIN)
    return content


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except (OSError, ValueError):
        return False


def _fix(path: Path) -> None:
    from hairtx.catalogue.reading.mending import mended

    before = read_bytes(path)
    try:
        after = mended(before, display_name(path))
    except CatalogueError:
        return  # it cannot be read far enough; what is wrong is reported below
    if after == before:
        return
    name = display_name(path)
    shown = difflib.unified_diff(
        before.decode("utf-8-sig").splitlines(keepends=True),
        after.decode("utf-8-sig").splitlines(keepends=True),
        name,
        f"{name} (mended)",
    )
    _tell("".join(line if line.endswith("\n") else f"{line}\n" for line in shown).rstrip("\n"))
    if sys.stdin is not None and sys.stdin.isatty() and not typer.confirm(f"Mend {name} like this?", err=True):
        _tell(f"{name}: left as it was")
        return
    write_atomically(path, after)
    _tell(f"{name}: mended")


def _tell(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def _summary(errors: int, warnings: int, files: Sequence[Path] | None) -> str:
    what = ", ".join(map(display_name, files)) if files else "the catalogue"
    if not errors and not warnings:
        return f"{what}: no problems found"
    return f"{what}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"


def _held_back(count: int) -> str:
    return f"; {count} more on what a full entry has with --full" if count else ""


def _starter(problems: Sequence[Problem]) -> str:
    """What whoever writes an entry without knowing the format is told, once."""
    entries = [_ENTRY.match(one.message) for one in problems if one.severity == "error"]
    most = max(Counter(one[0] for one in entries if one is not None).values(), default=0)
    return "; 'hairtx new ID' writes a starter to fill in" if most >= _FAR_FROM_VALID else ""
