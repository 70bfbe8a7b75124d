"""The program under stricter or barer Python: without assertions and docstrings, and with every warning an error."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hairtx.cli.app import COMMANDS

RUNS = {
    "about": [],
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


SWITCHES = pytest.mark.parametrize(
    "switch", [["-OO"], ["-W", "error"]], ids=["without assertions", "warnings are errors"]
)
#: Every command in one process after the other, which saves starting seventeen.
PROGRAM = """
import json, sys
from hairtx.cli.app import main
for arguments in json.loads(sys.argv[1]):
    try:
        code = main(arguments)
    except SystemExit as left:
        code = left.code
    if code:
        sys.exit(f"{arguments}: {code}")
"""


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


@pytest.mark.process
@SWITCHES
def test_every_command_runs(switch: list[str], tmp_path: Path) -> None:
    assert set(RUNS) == set(COMMANDS)
    asked = [[command, *arguments] for command, arguments in RUNS.items()]
    done = python(*switch, "-c", PROGRAM, json.dumps(asked), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {one.name for one in tmp_path.iterdir()} == {"out.html", "my-tonic.yaml", "catalogue.schema.json", "site"}


@pytest.mark.process
@SWITCHES
def test_program_as_it_is_started_tells_results_and_mistakes(switch: list[str], tmp_path: Path) -> None:
    done = python(*switch, "-m", "hairtx", "compare", "prp", "mesotherapy", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Mesotherapy" in done.stdout
    done = python(*switch, "-m", "hairtx", "show", "mesotherapie", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'mesotherapy'" in done.stderr
