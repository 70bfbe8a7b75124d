"""What each command may import, listed in tests/data/imports.txt so that a slower start is seen in review."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import ROOT
from hairtx.cli.app import COMMANDS

#: Libraries that are not Python's own: what Python's modules import among themselves changes from version to version.
HEAVY = ("dateutil", "icalendar", "jinja2", "markupsafe", "msgspec", "platformdirs", "rich", "typer", "yaml")
RUNS = {
    "compare": ["compare", "prp", "mesotherapy"],
    "compare, json": ["compare", "prp", "mesotherapy", "--format", "json"],
    "compare, markdown": ["compare", "prp", "mesotherapy", "--format", "markdown"],
    "compare, csv": ["compare", "prp", "mesotherapy", "--format", "csv"],
    "compare, html": ["compare", "prp", "mesotherapy", "--format", "html"],
    "list": ["list"],
    "show": ["show", "prp"],
    "export": ["export", "prp", "mesotherapy"],
    "screen": ["screen", "--with", "pregnancy"],
    "claims": ["claims", "prp"],
    "sources": ["sources", "prp"],
    "conditions": ["conditions"],
    "about": ["about"],
    "plan": ["plan", "prp", "--start", "2027-01-04"],
    "plan, ics": ["plan", "prp", "--start", "2027-01-04", "--format", "ics"],
    "timeline": ["timeline", "prp"],
    "effects": ["effects", "prp"],
    "schema": ["schema"],
    "paths": ["paths"],
    "--help": ["--help"],
}
_PROGRAM = """
import io, sys
before = set(sys.modules)
from hairtx.cli.app import main
sys.stdout, real = io.StringIO(), sys.stdout
code = main(sys.argv[1:])
sys.stdout = real
loaded = set(sys.modules) - before
print(code, *sorted({name.split(".")[0] for name in loaded} | {name for name in loaded if name.startswith("hairtx.")}))
"""


def _loaded(arguments: list[str], environment: dict[str, str] | None = None) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    code, *names = done.stdout.split()
    assert code == "0"
    return [name for name in names if name in HEAVY or name.startswith("hairtx.")]


def test_every_command_imports_what_is_listed_and_no_more() -> None:
    _loaded(["list"])  # fills the cache, so that what is listed is what a second run imports
    lines = []
    for name, arguments in RUNS.items():
        loaded = _loaded(arguments)
        lines.append(f"{name}: {' '.join(one for one in loaded if '.' not in one)}")
        lines += [f"    {one.removeprefix('hairtx.')}" for one in loaded if "." in one]
    text, listed = "\n".join(lines) + "\n", ROOT / "tests" / "data" / "imports.txt"
    if os.environ.get("HAIRTX_WRITE_SNAPSHOTS"):
        listed.write_text(text, encoding="utf-8")
    assert text == listed.read_text(encoding="utf-8"), "if that is meant, write it anew with HAIRTX_WRITE_SNAPSHOTS=1"


def test_every_reading_command_is_measured() -> None:
    assert {name.split(",")[0] for name in RUNS} - {"--help"} == set(COMMANDS) - {"site", "validate", "new"}


@pytest.mark.parametrize("kind", ["treatment", "condition", "factor"])
def test_completion_of_names_touches_neither_rich_nor_yaml(kind: str) -> None:
    program = (
        "import sys, hairtx; names = hairtx.load().names_of(sys.argv[1]); assert names\n"
        "print(*sorted({'rich', 'yaml', 'typer'} & set(sys.modules)))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", program, kind], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []
