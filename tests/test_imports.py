"""Which heavy libraries each command may load, so that a slower start is seen in review."""

from __future__ import annotations

import subprocess
import sys

import pytest

import hairtx
from hairtx.cli.app import COMMANDS

#: What costs 5 ms or more to import. Of rich, a table in a pipe needs the widths of characters only.
HEAVY = {"dateutil", "icalendar", "jinja2", "markupsafe", "msgspec", "platformdirs", "rich.console", "typer", "yaml"}
#: What every command may load of it; and what some may beside, with a warm cache and the output in a pipe.
ALWAYS = {"msgspec", "platformdirs", "typer"}
BESIDE: dict[str, set[str]] = {
    "compare prp mesotherapy": set(),
    "compare prp mesotherapy --format json": set(),
    "compare prp mesotherapy --format markdown": set(),
    "compare prp mesotherapy --format csv": set(),
    "compare prp mesotherapy --format yaml": {"yaml"},
    "compare prp mesotherapy --format html": {"jinja2", "markupsafe"},
    "list": set(),
    "show prp": set(),
    "export prp mesotherapy": set(),
    "screen --with pregnancy": set(),
    "claims prp": set(),
    "sources prp": set(),
    "conditions": set(),
    "about": set(),
    "plan prp --start 2027-01-04": set(),
    "plan prp --start 2027-01-04 --format ics": {"dateutil", "icalendar"},
    "timeline prp": set(),
    "effects prp": set(),
    "schema": set(),
    "paths": set(),
    "--help": set(),
}
_PROGRAM = """
import io, sys
before = set(sys.modules)
from hairtx.cli.app import main
sys.stdout, real = io.StringIO(), sys.stdout
code = main(sys.argv[1:])
sys.stdout = real
loaded = set(sys.modules) - before
print(code, *loaded)
"""


@pytest.mark.parametrize("command", BESIDE)
def test_a_command_loads_nothing_heavy_but_what_is_listed(command: str) -> None:
    hairtx.load()  # the cache is warm, whatever other tests have put into it
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *command.split()],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    code, *loaded = done.stdout.split()
    assert code == "0"
    assert HEAVY & set(loaded) <= ALWAYS | BESIDE[command]


def test_every_reading_command_is_measured() -> None:
    assert {command.split()[0] for command in BESIDE} - {"--help"} == set(COMMANDS) - {"site", "validate", "new"}


@pytest.mark.parametrize("kind", ["treatment", "condition", "factor"])
def test_completion_of_names_touches_neither_rich_nor_yaml(kind: str) -> None:
    program = (
        "import sys, hairtx; names = hairtx.load().names_of(sys.argv[1]); assert names\n"
        "print(*sorted({'rich', 'yaml', 'typer'} & set(sys.modules)))"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", program, kind], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []
