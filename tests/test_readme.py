"""What the README shows is what the program prints. That its examples run is held by test_documented_examples."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Run
from hairtx.cli.app import COMMANDS

# Runs every command that the README shows.
pytestmark = pytest.mark.broad

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("hairtx ")]


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "tools" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_output_shown_is_what_the_program_prints() -> None:
    tool = _tool()
    assert tool.refreshed(README) == README, "run 'make readme'"
    assert tool.cautions() == tool.CAUTIONS.read_text(encoding="utf-8"), "run 'make readme'"


def test_examples_cover_every_command() -> None:
    assert {line.split()[1] for line in _commands()} >= set(COMMANDS)


def test_the_catalogue_shown_can_be_used_as_it_stands(run: Run, tmp_path: Path) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "own.yaml"
    file.write_text(shown[0], encoding="utf-8")
    done = run("validate", str(file))
    assert done.returncode == 0, done.stdout
    assert "key-order" not in done.stdout
    assert run("--catalogue", str(file), "compare", "wave-lamp", "prp").returncode == 0
