"""The program under stricter or barer Python: without assertions and docstrings, and with every warning an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run
from hairtx.cli.app import COMMANDS

RUNS = {
    "about": [],
    "check": [str(ROOT / "docs" / "examples" / "prp-leaflet.txt")],
    "claims": ["prp"],
    "compare": ["prp", "mesotherapy", "--format", "json"],
    "conditions": ["alopecia-areata"],
    "effects": ["prp", "topical-minoxidil"],
    "export": ["prp", "mesotherapy", "-o", "out.html"],
    "list": ["--for", "androgenetic-alopecia"],
    "new": ["my-tonic"],
    "paths": [],
    "plan": ["prp", "--start", "2027-01-04", "--format", "ics"],
    "schema": [],
    "screen": ["--with", "pregnancy"],
    "show": ["prp"],
    "site": ["-o", "site"],
    "sources": ["prp", "--format", "csl-json"],
    "timeline": ["prp", "fue"],
    "validate": [],
}


#: Without assertions and docstrings, and with every warning an error.
SWITCHES = ("-OO", "-W", "error")
#: Every command in one process after the other, which saves starting eighteen, and what each said.
PROGRAM = """
import contextlib, io, json, sys
from hairtx.cli.app import main
told = []
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as shown:
        try:
            code = main(arguments)
        except SystemExit as left:
            code = left.code
    shown.flush()
    told.append([code, shown.buffer.getvalue().decode()])
json.dump(told, sys.stdout)
"""


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *SWITCHES, *arguments],
        # Given in so many words: the line editor of the interpreter may have added a width to it.
        env=dict(os.environ),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.process
def test_every_command_runs_and_says_the_same(tmp_path: Path, run: Run) -> None:
    assert set(RUNS) == set(COMMANDS)
    asked = [[command, *arguments] for command, arguments in RUNS.items()]
    asked += [["--help"], *([command, "--help"] for command in COMMANDS)]
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, here):
        folder.mkdir()
    done = python("-c", PROGRAM, json.dumps(asked), cwd=there)
    told = [one for one in done.stderr.splitlines() if not one.startswith("Wrote ")]
    assert (done.returncode, told) == (0, [])
    for arguments, told in zip(asked, json.loads(done.stdout), strict=True):
        assert told[0] == 0, arguments
        # The site takes a second and says nothing; a schema without docstrings describes fields but not records.
        if arguments not in (["site", *RUNS["site"]], ["schema"]):
            assert told[1] == run(*arguments, cwd=here).stdout, arguments
    assert {one.name for one in there.iterdir()} == {"out.html", "my-tonic.yaml", "catalogue.schema.json", "site"}


@pytest.mark.process
def test_program_as_it_is_started_tells_results_and_mistakes(tmp_path: Path) -> None:
    done = python("-m", "hairtx", "compare", "prp", "mesotherapy", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Mesotherapy" in done.stdout
    done = python("-m", "hairtx", "show", "mesotherapey", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'mesotherapy'" in done.stderr
