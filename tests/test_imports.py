"""Which heavy libraries each command may load, so that a slower start is seen in review."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import hairtx
from hairtx.cli.app import COMMANDS

#: What costs 5 ms or more to import. Of rich, a table in a pipe needs the widths of characters only.
HEAVY = {"dateutil", "icalendar", "jinja2", "markupsafe", "msgspec", "platformdirs", "rich.console", "typer", "yaml"}
#: What every command may load of it; and what some may beside, with a warm cache and the output in a pipe.
ALWAYS = {"msgspec", "platformdirs", "typer"}
BESIDE: dict[tuple[str, ...], set[str]] = {
    (
        "compare prp mesotherapy",
        "compare prp mesotherapy --format json",
        "compare prp mesotherapy --format markdown",
        "compare prp mesotherapy --format csv",
        "list",
        "show prp",
        "export prp mesotherapy",
        "screen --with pregnancy",
        "check docs/examples/prp-leaflet.txt",
        "claims prp",
        "sources prp",
        "conditions",
        "about",
        "plan prp --start 2027-01-04",
        "timeline prp",
        "effects prp",
        "schema",
        "paths",
        "--help",
    ): set(),
    ("compare prp mesotherapy --format yaml",): {"yaml"},
    ("compare prp mesotherapy --format html",): {"jinja2", "markupsafe"},
    ("plan prp --start 2027-01-04 --format ics",): {"dateutil", "icalendar"},
}
#: Commands one after the other, and what each loads that was not there before.
_PROGRAM = """
import io, json, sys
before = set(sys.modules)
from hairtx.cli.app import main
told = {}
for command in sys.argv[1:]:
    sys.stdout, real = io.StringIO(), sys.stdout
    code = main(command.split())
    sys.stdout = real
    told[command] = [code, *(set(sys.modules) - before)]
    before = set(sys.modules)
print(json.dumps(told))
"""


@pytest.mark.broad
@pytest.mark.parametrize("commands", BESIDE, ids=lambda one: one[0])
def test_a_command_loads_nothing_heavy_but_what_is_listed(commands: tuple[str, ...]) -> None:
    for command, (code, *loaded) in json.loads(_python(_PROGRAM, *commands)).items():
        assert code == 0, command
        assert HEAVY & set(loaded) <= ALWAYS | BESIDE[commands], command


def test_every_reading_command_is_measured() -> None:
    measured = {command.split()[0] for commands in BESIDE for command in commands}
    assert measured - {"--help"} == set(COMMANDS) - {"site", "validate", "new"}


def test_completion_of_names_touches_neither_rich_nor_yaml() -> None:
    program = (
        "import sys, hairtx; known = hairtx.load()\n"
        "assert all(map(known.names_of, ['treatment', 'condition', 'factor']))\n"
        "print(*sorted({'rich', 'yaml', 'typer'} & set(sys.modules)))"
    )
    assert _python(program).split() == []


def _python(program: str, *arguments: str) -> str:
    hairtx.load()  # the cache is warm
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, encoding="utf-8", timeout=60, check=True
    ).stdout
