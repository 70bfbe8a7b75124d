"""What must hold for any bytes at all: reading ends with values or with problems that have a place, the same with
PyYAML's C parser and with its Python one; what the fast path takes the slow path takes too; mending mends once; and
what was accepted can be shown in every format. Used by the fuzzer and by the tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hairtx.analysis.views.comparison import compare, describe
from hairtx.analysis.views.listing import list_treatments
from hairtx.catalogue import store
from hairtx.catalogue.reading.mending import mended
from hairtx.catalogue.reading.records import problems_in, read_layers
from hairtx.catalogue.reading.yaml import parse_yaml
from hairtx.errors import CatalogueError, HairtxError, Problem
from hairtx.formats import FORMATS, text_of

BASE = Path(__file__).parent / "base.yaml"
BASE_BYTES = BASE.read_bytes()
FILE = Path("fuzzed.yaml")


def examine(content: bytes) -> None:
    """Raises AssertionError, or whatever else went wrong, if reading these bytes breaks a promise."""
    _parsers_agree(content)
    contents = [(BASE, BASE_BYTES), (FILE, content)]
    found = problems_in(contents, (0, 1))
    assert all(one.line >= 1 and one.column >= 1 and one.message and one.check for one in found)
    assert all("\n" not in str(one) for one in found)
    errors = [one for one in found if one.severity == "error"]
    try:
        reading = read_layers(contents, (0, 1))
    except CatalogueError:
        assert errors, "the fast path refuses what the slow path takes"
    else:
        assert not errors, f"the slow path refuses what the fast path takes: {errors[0]}"
        _show(reading)
    try:
        after = mended(content, "fuzzed.yaml")
    except CatalogueError:
        return
    assert mended(after, "fuzzed.yaml") == after


def _parsers_agree(content: bytes) -> None:
    with_c, with_python = (_outcome(content, pure_python=pure) for pure in (False, True))
    if isinstance(with_c, Problem) and isinstance(with_python, Problem) and "yaml" in {with_c.check, with_python.check}:
        return  # the two place and word a syntax error differently, and one may meet something refused before it
    assert with_c == with_python, f"{with_c} against {with_python}"


def _outcome(content: bytes, *, pure_python: bool) -> Any:
    try:
        return repr(parse_yaml(content, "fuzzed.yaml", pure_python=pure_python))
    except CatalogueError as error:
        (problem,) = error.problems
        return problem


def _show(reading: Any) -> None:
    names = [BASE.name, FILE.name]
    packed = store._packed(reading, names, only=False)  # noqa: SLF001  # there is no file to load
    catalogue = store._unpacked(packed, names, lambda: packed)  # noqa: SLF001  # as above
    ids = list(catalogue.treatments)
    contents: list[Any] = [list_treatments(catalogue), describe(catalogue, ids[-1])]
    if len(ids) > 1:
        contents.append(compare(catalogue, ids[-2:], view="full"))
    for content in contents:
        for name in FORMATS:
            try:
                text_of(content, name, width=60).encode()
            except HairtxError:
                continue
