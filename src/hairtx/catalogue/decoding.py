"""Bytes to records. The fast path decodes straight into the model; on any misfit the slow path reads again with
positions and reports every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from hairtx.catalogue.model import CatalogueFile, decode_quantity
from hairtx.catalogue.reading import display_name
from hairtx.catalogue.syntax import Positions, parse_yaml
from hairtx.errors import CatalogueError, Problem

__all__ = ["read_files"]


def read_files(contents: Sequence[tuple[Path, bytes]]) -> tuple[CatalogueFile, ...]:
    """Decode and check the files of one catalogue.

    Args:
        contents: path and bytes of each file; the bytes are what counts, the path is for messages.

    Raises:
        CatalogueError: with every problem found, in file order.
    """
    try:
        files = tuple(
            msgspec.convert(parse_yaml(content, display_name(path)), CatalogueFile, dec_hook=decode_quantity)
            for path, content in contents
        )
    except (msgspec.ValidationError, CatalogueError):
        raise CatalogueError(_all_problems(contents)) from None
    from hairtx.catalogue.checking import Parts, run_checks

    if any(run_checks(Parts(files), only_at_load=True)):
        raise CatalogueError(_all_problems(contents))
    return files


def _all_problems(contents: Sequence[tuple[Path, bytes]]) -> list[Problem]:
    """The slow path: everything that is wrong, with positions."""
    from hairtx.catalogue.checking import Parts, run_checks
    from hairtx.catalogue.structure import misfits

    problems: list[Problem] = []
    decoded: list[CatalogueFile] = []
    places: list[tuple[str, Positions]] = []
    for path, content in contents:
        name, positions = display_name(path), Positions()
        try:
            value = parse_yaml(content, name, positions=positions)
        except CatalogueError as error:
            problems += error.problems
            continue
        found = [_at(name, positions, where, kind, message) for where, kind, message in misfits(value, CatalogueFile)]
        problems += found
        if not found:
            decoded.append(_decoded(value, name))
            places.append((name, positions))
    if not problems:
        # Cross-references are looked at only when every file is whole: a file that did not decode would make
        # all that refers to it look wrong.
        for kind, finding in run_checks(Parts(tuple(decoded)), only_at_load=True):
            name, positions = places[finding.file]
            problems.append(_at(name, positions, finding.path, kind, finding.message))
    order = {display_name(path): number for number, (path, _) in enumerate(contents)}
    return sorted(problems, key=lambda one: (order[one.file], one.line, one.column, one.check))


def _decoded(value: Any, name: str) -> CatalogueFile:
    try:
        return msgspec.convert(value, CatalogueFile, dec_hook=decode_quantity)
    except msgspec.ValidationError as error:
        # The walk over the model and msgspec disagree: say what msgspec says rather than hide it.
        raise CatalogueError([Problem(name, 1, 1, "format", str(error))]) from None


def _at(name: str, positions: Positions, path: Iterable[Any], kind: str, message: str) -> Problem:
    """The problem at the nearest written ancestor of ``path``, with the path spelled out."""
    whole = tuple(path)
    known = whole
    while known and known not in positions:
        known = known[:-1]
    line, column = positions.get(known, (1, 1))
    spelled = _spelled(whole)
    return Problem(name, line, column, kind, f"{spelled}: {message}" if spelled else message)


def _spelled(path: tuple[Any, ...]) -> str:
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step + 1}]")
        elif isinstance(step, str):
            parts.append(f".{step[:60]}" if parts else step[:60])
    return "".join(parts)
