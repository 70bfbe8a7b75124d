"""What must hold for any bytes at all: reading ends with values or with problems that have a place, the same with
PyYAML's C parser and with its Python one; what the fast path takes the slow path takes too; mending mends once and
keeps comments and the ends of lines; what was accepted can be shown in every format; and any command line ends with a
result or with a few lines that say why not. Used by the fuzzer and by the tests.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

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


#: What begins with this is a command line, and a catalogue otherwise.
COMMAND_LINE: Final = b"$ "


def examine(content: bytes) -> None:
    """Raises AssertionError, or whatever else went wrong, if reading these bytes breaks a promise."""
    if content.startswith(COMMAND_LINE):
        _examine_command_line(content.removeprefix(COMMAND_LINE))
    else:
        _examine_catalogue(content)


def _examine_catalogue(content: bytes) -> None:
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
    if after != content:
        _comments_and_ends_are_kept(*(one.decode("utf-8-sig") for one in (content, after)))


_ENDS = re.compile(r"\r\n|\r|\n")
#: What follows an unquoted text without being a comment: ``Trial #3``.
_CUT_OFF = re.compile(r" +#[^\W_][^\r\n]*?(?= +#(?:\s|\Z)| *(?:[\r\n]|\Z))")


def _comments_and_ends_are_kept(before: str, after: str) -> None:
    assert _comments(after) == _comments(before), "a comment was lost, or stands behind another key"
    more = Counter(_ENDS.findall(after)) - Counter(_ENDS.findall(before))
    assert not more, f"lines end in another way: {more}"


def _comments(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Every comment with the keys before it in its line."""
    found: Counter[tuple[str, tuple[str, ...]]] = Counter()
    done = 0
    for token in [*yaml.scan(text, Loader=yaml.SafeLoader), None]:
        start, end = (token.start_mark.index, token.end_mark.index) if token is not None else (len(text), len(text))
        spans = [(done, start)]
        done = max(done, end)
        if isinstance(token, yaml.ScalarToken):
            if token.style in ("|", ">"):
                spans.append((start, start + len(text[start:end].splitlines()[0])))
            elif token.plain and (cut := _CUT_OFF.match(text, end)):
                done = cut.end()
        for first, last in spans:
            for comment in re.finditer(r"#[^\r\n]*", text[first:last]):
                line = re.split(r"[\r\n]", text[: first + comment.start()])[-1]
                found[comment[0].rstrip(), tuple(sorted(re.findall(r"([\w-]+)['\"]?\s*:", line)))] += 1
    return found


@cache
def _folder(_process: int) -> tempfile.TemporaryDirectory[str]:
    """Where commands of a command line run, and what they may read there; each process has one of its own."""
    folder = tempfile.TemporaryDirectory()
    (Path(folder.name) / "own.yaml").write_bytes(BASE_BYTES)
    return folder


def _examine_command_line(content: bytes) -> None:
    from hairtx.cli.app import main

    try:
        words = shlex.split(content.decode())
    except ValueError:
        return
    # Nothing outside the folder is read or written, and nothing waits for a reader.
    if len(words) > 12 or any("/" in one or ".." in one or "~" in one or "\0" in one for one in words):
        return
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(3)]
    kept = sys.stdin, sys.stdout, sys.stderr, Path.cwd(), dict(os.environ)
    sys.stdin, sys.stdout, sys.stderr = streams
    folder = _folder(os.getpid()).name
    os.chdir(folder)
    os.environ |= dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), folder)
    try:
        code = main(words)
    except SystemExit as left:
        code = left.code
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept[:3]
        os.chdir(kept[3])
        os.environ.clear()
        os.environ.update(kept[4])
    told = streams[2].buffer.getvalue().decode()
    assert code in {0, 1, 2, None}, f"{words} ended with {code}"
    assert "Traceback" not in told
    assert code in {0, None} or told or "validate" in words, f"{words} failed without a word"
    for path in Path(folder).iterdir():
        if path.is_file() and path.name != "own.yaml":
            with contextlib.suppress(OSError):
                path.unlink()


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
