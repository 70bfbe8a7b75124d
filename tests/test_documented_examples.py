"""Every example that the documentation shows works as it stands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run
from hairtx.cli.app import COMMANDS

_BLOCK = re.compile(r"^```(console|sh|shell|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: What makes an example one for a shell.
SHELL = re.compile(r"[|<>;&$*`]")
_PYTHON = re.compile(r"^```(?:python|py)\n(.*?)^```", re.MULTILINE | re.DOTALL)


#: The catalogue of their own that examples speak of.
_CLINIC = """
treatments:
  - extends: prp
    costs: [{per: session, amount: 300, currency: EUR, region: DE, year: 2026, sources: [our-prices]}]
sources:
  our-prices: {type: promotional, title: Our price list, year: 2026, read: full-text}
"""


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples() -> list[tuple[str, str]]:
    """Where each line stands that begins with ``hairtx``, in a console with ``$ hairtx``, and the line; each once."""
    found: dict[str, str] = {}
    for path in documents():
        for language, block in _BLOCK.findall(path.read_text(encoding="utf-8")):
            # Without the sign it is what a command printed.
            start = "$ " if language == "console" else ""
            for line in block.replace("\\\n", " ").splitlines():
                command = line.strip().removeprefix(start)
                # What a reader is to fill in is no command.
                if line.strip().startswith(f"{start}hairtx ") and not re.search(r"[…<]|\.\.\.", command):
                    found.setdefault(command, path.name)
    for module, _ in COMMANDS.values():
        said = __import__(module, fromlist=["HELP"]).HELP
        for line in said.split("Examples:")[1].split("\n\n")[0].splitlines():
            if line.strip().startswith("hairtx "):
                found.setdefault(line.strip(), module)
    return [(place, command) for command, place in found.items()]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `hairtx` and a `python` that are the ones under test, shared so that examples can build on
    each other's files."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "bin").mkdir()
    for name, command in (("hairtx", f'"{sys.executable}" -m hairtx'), ("python", f'"{sys.executable}"')):
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        script.chmod(0o755)
    for name in ("leaflet.txt", "docs/examples/prp-leaflet.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / "docs" / "examples" / "prp-leaflet.txt").read_bytes())
    (folder / "clinic").mkdir()
    for path in (folder / "clinic.yaml", folder / "clinic" / "prices.yaml"):
        path.write_text(_CLINIC)
    return folder


@pytest.mark.broad
@pytest.mark.parametrize(("place", "command"), examples(), ids=lambda value: str(value)[:60])
def test_each_example_runs(run: Run, desk: Path, place: str, command: str) -> None:
    _, *arguments = shlex.split(command, comments=True)
    if any(one.endswith(".pdf") for one in arguments):
        pytest.importorskip("typst", reason="PDF files need the extra hairtx[pdf]")
    done = in_a_shell(desk, command) if SHELL.search(command) else run(*arguments, cwd=desk)
    told = [one for one in done.stderr.splitlines() if not one.startswith(("Wrote ", "hairtx: note: "))]
    assert (done.returncode, told) == (0, []), f"{place}: {command}"


def in_a_shell(desk: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=desk,
        env={**os.environ, "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_each_python_example_runs(desk: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    for block in _PYTHON.findall(path.read_text(encoding="utf-8")):
        if "import hairtx" in block:
            exec(compile(block, path.name, "exec"), {"__name__": "__main__"})


def test_the_help_of_every_command_shows_an_example_of_its_own() -> None:
    for name in COMMANDS:
        assert any(command.split()[1] == name for _, command in examples()), name
