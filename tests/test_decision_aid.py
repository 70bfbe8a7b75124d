"""The self-assessment in docs/decision-aid.md: complete, counted right, and naming nothing that is not there."""

from __future__ import annotations

import re
from collections import Counter

from conftest import ROOT
from hairtx.analysis.views.comparison import row_keys
from hairtx.cli.app import COMMANDS

PAGE = (ROOT / "docs" / "decision-aid.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([QCK]\d+) \| (.+?) \| (met|partly|not met) \| (.+) \|$", PAGE, re.MULTILINE)
GROUPS = {"Q": 6, "C": 6, "K": 23}


def test_every_criterion_is_judged_once() -> None:
    assert [number for number, *_ in ROWS] == [f"{g}{n}" for g, many in GROUPS.items() for n in range(1, many + 1)]


def test_counts_are_those_of_the_tables() -> None:
    counted = Counter((number[0], state) for number, _, state, _ in ROWS)
    stated = re.findall(r"^\| (\w+): [^|]+\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert [name for name, *_ in stated] == ["qualifying", "certification", "quality"]
    for group, (_, total, *states) in zip(GROUPS, stated, strict=True):
        assert int(total) == GROUPS[group]
        assert [int(one) for one in states] == [counted[group, state] for state in ("met", "partly", "not met")]


def test_commands_named_exist_or_are_called_planned() -> None:
    for number, _, state, where in ROWS:
        for quoted in re.findall(r"`([a-z][a-z-]*)(?: [^`]*)?`", where):
            is_known = quoted in COMMANDS or quoted in row_keys() or quoted == "no-treatment"
            assert is_known or "planned" in where, (number, quoted)
        assert not (state == "met" and where.startswith("planned"))


def test_what_needs_people_is_said_not_to_be_done() -> None:
    undone = {number for number, _, state, where in ROWS if state == "not met" and where == "not done"}
    assert undone == {"K12", "K13", "K14", "K15", "K16", "K17", "K22", "K23"}
