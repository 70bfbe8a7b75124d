"""Nothing in a catalogue can be more than text, in any format. What is tried, and how it is found out, is in hostile.py."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import hairtx
from conftest import ROOT, Run
from hairtx.catalogue.store import load
from hairtx.formats import FORMATS, text_of
from hostile import CHECKS, HARMLESS, HOSTILE, hostile_catalogue

#: The smallest catalogue there is: hostile text over it stands in its edition and disclaimer too.
BASE = ROOT / "fuzz" / "base.yaml"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@cache
def _contents(folder: Path, text: str) -> list[Any]:
    path = folder / f"{abs(hash(text))}.yaml"
    path.write_bytes(hostile_catalogue(text))
    catalogue = load([BASE], overlays=[path])
    return [
        hairtx.compare(catalogue, ["hostile", "prp"], view="full"),
        hairtx.describe(catalogue, "hostile"),
        hairtx.list_treatments(catalogue),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("format_name", FORMATS)
def test_hostile_text_stays_text(format_name: str, folder: Path) -> None:
    check = CHECKS[format_name]
    width = 100 if format_name == "table" else 80
    inert = [text_of(content, format_name, width=width) for content in _contents(folder, HARMLESS)]
    for hostile in HOSTILE:
        for content, harmless in zip(_contents(folder, hostile), inert, strict=True):
            rendered = text_of(content, format_name, width=width)
            try:
                check(rendered, harmless, hostile[:24])
            except AssertionError as error:
                raise AssertionError(f"{format_name}, {hostile!r}: {error}") from error


def test_every_format_is_checked() -> None:
    assert set(CHECKS) == set(FORMATS)


def test_hostile_text_reaches_every_text_field() -> None:
    text = hostile_catalogue("<b>").decode()
    assert text.count("<b>") > 60


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    for address in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.example/", "//x.example"):
        own = tmp_path / "x.yaml"
        own.write_text(f"sources: {{x: {{type: review, title: X, read: excerpt, url: '{address}'}}}}\n")
        with pytest.raises(hairtx.CatalogueError, match="http:// or https://"):
            load([BASE], overlays=[own])


@pytest.mark.broad
@pytest.mark.parametrize("hostile", HOSTILE[:4])
def test_a_terminal_gets_colours_and_nothing_else(hostile: str, folder: Path) -> None:
    path = folder / "terminal.yaml"
    path.write_bytes(hostile_catalogue(hostile))
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "hairtx", "show", "hostile", "--catalogue", str(path)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        # Without a pager, which speaks to the terminal in words of its own.
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "HAIRTX_PAGER": ""},
    )
    os.close(theirs)
    told = b""
    while chunk := _read(ours):
        told += chunk
    os.close(ours)
    assert program.communicate(timeout=60)[1] == b""
    assert b"\x1b[" in told
    rest = re.sub(rb"\x1b\[[0-9;]*m", b"", told)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", rest)
    assert hostile[:10].encode() in rest


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""  # how a terminal says that its other end is closed


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x9b", "\t", "\x7f", "\u202e", "\u2066", "\u200f", "\ufeff", "\u2028"]
)
@pytest.mark.parametrize("escaped", [True, False])
def test_control_and_bidirectional_characters_are_refused_with_their_place(
    character: str, escaped: bool, tmp_path: Path
) -> None:
    written = f"\\u{ord(character):04x}" if escaped else character
    own = tmp_path / "x.yaml"
    own.write_text(
        f'sources:\n  x: {{type: review, title: "a{written}b", read: excerpt}}\n', encoding="utf-8", newline=""
    )
    with pytest.raises(hairtx.CatalogueError) as caught:
        load([BASE], overlays=[own])
    problem = caught.value.problems[0]
    assert (problem.line, problem.check) == (2, "characters")
    assert problem.column == (28 if escaped else 30)


def test_what_was_typed_is_quoted_without_steering_the_terminal(run: Run) -> None:
    for arguments in (["show", "\x1b[31m"], ["list", "--for", "\x1b]0;x\x07"], ["\x1b[2J"], ["list", "--\x1b[2J"]):
        done = run(*arguments)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr


#: Each means something to one way of filling words in: format, %, Jinja, regular expressions, the shell, Rich. None is
#: longer than what the shortest field takes.
_TEMPLATES = (
    "{metal} {0} {} {id}",
    "}{ {{x}} {!r:>3} {",
    "%s %(x)s %d 5 % %%",
    "{{ 7*7 }}{% x %}",
    "\\1 \\g<0> \\n ${x}$1",
    "[bold]x[/] [/] \\[",
)
_NO_TEMPLATE = "7harmless7"
_REPORTS = (
    ("compare", "hostile", "prp", "--with", "f"),
    ("compare", "hostile", "prp", "--full", "--rows", "costs,commitment,cautions"),
    ("export", "hostile", "prp", "--one-page"),
    ("list", "--without", "f", "--only"),
    ("show", "hostile", "--full"),
    ("screen",),
    ("screen", "hostile", "--with", "f"),
    ("claims", "hostile"),
    ("sources", "hostile"),
    ("conditions",),
    ("conditions", "c"),
    ("about",),
    ("plan", "hostile", "--start", "2027-01-31"),
    ("timeline", "hostile", "prp"),
    ("effects", "hostile", "prp"),
    ("paths",),
)


def _own(folder: Path, text: str) -> Path:
    path = folder / f"own-{_TEMPLATES.index(text) if text in _TEMPLATES else 'x'}.yaml"
    # The address of a source is no free text.
    path.write_bytes(re.sub(rb'"url": "[^"]+"', b'"url": "https://x.example/"', hostile_catalogue(text)))
    return path


@pytest.mark.broad
@pytest.mark.parametrize("command", _REPORTS, ids=" ".join)
def test_words_of_a_catalogue_are_never_a_template(command: tuple[str, ...], run: Run, folder: Path) -> None:
    def told(text: str, format_name: str) -> str:
        done = run(*command, "--catalogue", str(_own(folder, text)), "--format", format_name)
        assert (done.returncode, done.stderr) == (0, ""), (text, format_name)
        return done.stdout

    harmless = json.loads(told(_NO_TEMPLATE, "json"))
    for number, text in enumerate(_TEMPLATES):
        data = json.loads(told(text, "json"))
        assert command == ("paths",) or data == _replaced(harmless, text)
        # Two of the other formats with each text: all of them with one or another.
        for format_name in (FORMATS[number % len(FORMATS)], FORMATS[(number + 3) % len(FORMATS)]):
            assert told(text, format_name)


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, text) for item in value]
    return (
        value.replace(_NO_TEMPLATE, text).replace("own-x", f"own-{_TEMPLATES.index(text)}")
        if isinstance(value, str)
        else value
    )


@pytest.mark.broad
@pytest.mark.parametrize("text", _TEMPLATES)
def test_words_of_a_catalogue_are_never_a_template_where_files_are_made(text: str, run: Run, tmp_path: Path) -> None:
    own = str(_own(tmp_path, text))
    for command in (
        ("plan", "hostile", "--start", "2027-01-31", "-f", "ics"),
        ("sources", "hostile", "-f", "csl-json"),
        ("new", "ours", "--from", "hostile", "-o", str(tmp_path / "ours.yaml")),
        ("site", "-o", str(tmp_path / "site"), "--only"),
        ("validate",),
    ):
        done = run(*command, "--catalogue", own)
        told = [one for one in done.stderr.splitlines() if not one.startswith("Wrote ")]
        assert (done.returncode, told) == (0, []), command
