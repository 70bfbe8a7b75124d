"""What the README shows and tells is true."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run
from hairtx.cli.app import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    blocks = re.findall(r"```(?:sh|console)\n(.*?)```", README, re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("hairtx ")]


def test_output_shown_is_what_the_program_prints() -> None:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "tools" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.refreshed(README) == README, "run 'make readme'"


@pytest.mark.parametrize("line", _commands())
def test_example_runs(line: str, run: Run, tmp_path: Path) -> None:
    command = line.split("|", maxsplit=1)[0].split("#", maxsplit=1)[0]
    done = run(*shlex.split(command)[1:], cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""


def test_library_example_runs() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    done = subprocess.run([sys.executable, "-c", code[1]], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("# ")
    assert "## References" in done.stdout


def test_examples_cover_every_command() -> None:
    assert {line.split()[1] for line in _commands()} >= set(COMMANDS)
