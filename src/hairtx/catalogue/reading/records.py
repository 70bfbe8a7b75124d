"""Bytes to records. The fast path decodes straight into the model; on any misfit the slow path reads again with
positions and reports every problem at once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from hairtx.catalogue.model import CatalogueFile, decode_quantity
from hairtx.catalogue.reading.extending import Extension, extend, names_of_entries
from hairtx.catalogue.reading.rules import CHECKS, MISSPELT, Finding, Parts
from hairtx.catalogue.reading.yaml import Positions, parse_yaml
from hairtx.errors import CatalogueError, Problem, spelled_out
from hairtx.files import display_name

if TYPE_CHECKING:
    # Needed only where something does not fit.
    from hairtx.catalogue.reading.misfits import Misfit

__all__ = ["Reading", "problems_in", "read_layers"]

#: Bytes from which on it is quicker to share the checks out among processes.
_BIG: Final = 4_000_000


class Reading(Struct, frozen=True):
    """What the files say."""

    files: tuple[CatalogueFile, ...]
    #: The layer of each file; a higher one stands in the place of a lower one.
    layers: tuple[int, ...]
    #: The treatments that extend another, by file and position in it.
    extensions: Mapping[tuple[int, int], Extension]


def read_layers(contents: Sequence[tuple[Path, bytes]], layers: Sequence[int] = ()) -> Reading:
    """Decode and check files that may lie over each other.

    Args:
        contents: path and bytes of each file, lower layers first.
        layers: the layer of each file; all the same if not given.

    Raises:
        CatalogueError: with every problem found, in file order.
    """
    layers = tuple(layers) or (0,) * len(contents)
    try:
        values, extensions, misplaced = extend([parse_yaml(content, display_name(path)) for path, content in contents])
        files = tuple(msgspec.convert(value, CatalogueFile, dec_hook=decode_quantity) for value in values)
    except (msgspec.ValidationError, CatalogueError):
        raise CatalogueError(problems_in(contents, layers, only_at_load=True)) from None
    del values  # of a big file, they take as much as its records
    parts = Parts(files, layers)
    if misplaced or _checked((name for name, one in CHECKS.items() if one.at_load), parts):
        raise CatalogueError(problems_in(contents, layers, only_at_load=True))
    return Reading(files, layers, extensions)


class _FileRead(Struct):
    """One file on the slow path."""

    name: str
    positions: Positions
    value: Any
    #: Places whose content was replaced so that the rest could be checked.
    replaced: set[tuple[Any, ...]] = set()
    #: These places and all above them.
    touched: set[tuple[Any, ...]] = set()


def problems_in(
    contents: Sequence[tuple[Path, bytes]], layers: Sequence[int] = (), *, only_at_load: bool = False
) -> list[Problem]:
    """The slow path: everything that is wrong, with positions, in file order.

    Args:
        contents: path and bytes of each file, lower layers first.
        layers: the layer of each file; all the same if not given.
        only_at_load: leave out the checks that need not hold for a catalogue to be used.
    """
    if not only_at_load:
        import hairtx.catalogue.reading.editor  # noqa: F401  # importing it registers its checks
    problems: list[Problem] = []
    documents = [_read(path, content, problems) for path, content in contents]
    values, extensions, misplaced = extend([one.value for one in documents])
    for index, where, kind, message in misplaced:
        problems.append(_at(documents[index], where, kind, message))
    files = []
    misspelt: list[tuple[int, tuple[Any, ...], str]] = []
    names = names_of_entries(values)
    for index, (document, value) in enumerate(zip(documents, values, strict=True)):
        if value is not None:
            file, misfits = _fitted(document, value, names)
            files.append(file)
            own = [one for one in misfits if not _is_inherited(index, one[0], extensions)]
            misspelt += [(index, where, message) for where, kind, message in own if kind == MISSPELT]
            problems += [_at(document, where, kind, message) for where, kind, message in own if kind != MISSPELT]
    # Without a file that cannot be read at all, whatever refers to it would look wrong.
    parts = Parts(files, layers) if len(files) == len(documents) else None
    lost = {path[0] for document in documents for path in document.replaced if len(path) == 1}
    looked_up: set[tuple[int, tuple[Any, ...]]] = set()
    is_shared = not only_at_load and sum(len(content) for _, content in contents) > _BIG
    for kind, finding in _found(documents, parts, only_at_load=only_at_load, is_shared=is_shared):
        document = documents[finding.file]
        if kind not in CHECKS:
            problems.append(_at(document, finding.path, kind, finding.message, "warning"))
            continue
        if lost & CHECKS[kind].tables:
            continue  # whatever refers to a table that is not there would look wrong
        inherited = _is_inherited(finding.file, finding.path, extensions)
        if not inherited and not _is_replaced(kind, finding.path, document):
            if CHECKS[kind].severity == "error":
                looked_up.add((finding.file, finding.path))
            problems.append(_at(document, finding.path, kind, finding.message, CHECKS[kind].severity))
    # “Blood thinners” is no key; what it is called here tells more.
    problems += [
        _at(documents[index], where, MISSPELT, message)
        for index, where, message in misspelt
        if (index, where) not in looked_up
    ]
    order = {display_name(path): number for number, (path, _) in enumerate(contents)}
    return sorted(set(problems), key=lambda one: (order[one.file], one.line, one.column, one.check, one.message))


def _read(path: Path, content: bytes, problems: list[Problem]) -> _FileRead:
    document = _FileRead(display_name(path), Positions(), None)
    try:
        document.value = parse_yaml(content, document.name, positions=document.positions, problems=problems)
    except CatalogueError as error:
        problems += error.problems
    return document


def _found(
    documents: Sequence[_FileRead], parts: Parts | None, *, only_at_load: bool, is_shared: bool
) -> Iterator[tuple[str, Finding]]:
    """What the checks find, and what could be tidied, each with the name by which users know it."""
    tasks: list[Callable[[], list[tuple[str, Finding]]]] = []
    if parts is not None:
        groups: dict[str, list[str]] = {}
        for name, one in CHECKS.items():
            if one.at_load or not only_at_load:
                groups.setdefault(one.group, []).append(name)
        # What takes longest begins first, so that nobody waits for it at the end.
        largest = sorted(groups, key=lambda one: -len(groups[one]))
        tasks += [partial(_checked, groups[group], parts) for group in largest]
    if not only_at_load:
        tasks += [partial(_untidy, index, one.value) for index, one in enumerate(documents)]
    if is_shared:
        from hairtx.processes import shared_out

        yield from chain.from_iterable(shared_out(tasks))
    else:
        yield from chain.from_iterable(task() for task in tasks)


def _checked(names: Iterable[str], parts: Parts) -> list[tuple[str, Finding]]:
    return [(name, finding) for name in names for finding in CHECKS[name].find(parts)]


def _untidy(index: int, value: Any) -> list[tuple[str, Finding]]:
    from hairtx.catalogue.reading.mending import untidy

    # What is written, not what it was filled up with.
    return [(kind, Finding(index, where, message)) for where, kind, message in untidy(value)]


def _is_inherited(index: int, path: tuple[Any, ...], extensions: Mapping[tuple[int, int], Extension]) -> bool:
    """Whether the place stands in another entry, which is where it is to be mended."""
    if len(path) < 2 or path[0] != "treatments":
        return False
    extension = extensions.get((index, path[1]))
    if extension is None:
        return False
    if len(path) == 2:
        # Keys are missing from an entry whose base was not found only because of that.
        return extension.base is None
    field: str = path[2]
    if field not in extension.given:
        # The id is that of the base, unless there is none.
        return field != "id" or extension.base is None
    keys = extension.given[field]
    return keys is not None and len(path) > 3 and path[3] not in keys


def _is_replaced(kind: str, path: tuple[Any, ...], document: _FileRead) -> bool:
    """Whether what a check found there may come from what was put in the place of something faulty."""
    if any(path[:depth] in document.replaced for depth in range(len(path) + 1)):
        return True
    fields = CHECKS[kind].fields
    if fields is None:
        return path[:-1] in document.touched
    record = path[:-1] if path[-1] in fields else path
    return any((*record, field) in document.touched for field in fields)


def _fitted(document: _FileRead, value: Any, names: Mapping[str, str]) -> tuple[CatalogueFile, list[Misfit]]:
    """The records of a file, with something fitting in the place of what does not fit, and where that is."""
    # Most files fit, and msgspec sees that thirty times as fast as a walk over the model.
    with contextlib.suppress(msgspec.ValidationError):
        return msgspec.convert(value, CatalogueFile, dec_hook=decode_quantity), []

    from hairtx.catalogue.reading.misfits import Fitting

    fitting = Fitting(value, CatalogueFile, names)
    document.replaced = fitting.replaced
    document.touched = {one[:depth] for one in fitting.replaced for depth in range(len(one) + 1)}
    try:
        return msgspec.convert(fitting.whole, CatalogueFile, dec_hook=decode_quantity), fitting.misfits
    except msgspec.ValidationError as error:
        # The walk and msgspec disagree: say what msgspec says rather than hide it.
        raise CatalogueError([Problem(document.name, 1, 1, "format", str(error))]) from None


def _at(document: _FileRead, path: Iterable[Any], kind: str, message: str, severity: Any = "error") -> Problem:
    """The problem at the nearest written ancestor of ``path``, with the path spelled out."""
    whole = tuple(path)
    line, column = document.positions.of(whole)
    spelled = _spelled(whole)
    return Problem(document.name, line, column, kind, f"{spelled}: {message}" if spelled else message, severity)


def _spelled(path: tuple[Any, ...]) -> str:
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step + 1}]")
        elif isinstance(step, str):
            name = spelled_out(step[:60])
            parts.append(f".{name}" if parts else name)
    return "".join(parts)
