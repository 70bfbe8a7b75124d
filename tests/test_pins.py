"""The pinned releases: plain, complete, and within the bounds of pyproject.toml. ``make pins`` writes them."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN, DEV = ((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("run", "dev"))
GROUPS = PROJECT["dependency-groups"]
NEEDED = {
    "run": (RUN, [*PROJECT["project"]["dependencies"], *GROUPS["build"]]),
    "dev": (
        DEV,
        [*PROJECT["project"]["optional-dependencies"]["pdf"], *(one for one in GROUPS["dev"] if isinstance(one, str))],
    ),
}


@pytest.mark.parametrize("line", sorted({*RUN, *DEV}))
def test_a_pin_is_a_name_and_a_release_and_nothing_else(line: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_]+ [<=>!]+ '[\w.]+')*", line)


def test_what_is_needed_to_run_is_pinned_alike_for_developers() -> None:
    assert {line.partition(" ;")[0] for line in RUN} <= {line.partition(" ;")[0] for line in DEV}


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_need_is_pinned_once_within_its_bounds(name: str, python: str) -> None:
    lines, needed = NEEDED[name]
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    pinned: dict[str, list[str]] = {}
    for pin in map(Requirement, lines):
        if pin.marker is None or pin.marker.evaluate(environment):
            pinned.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier).removeprefix("=="))
    for need in map(Requirement, needed):
        (release,) = pinned[canonicalize_name(need.name)]
        assert need.specifier.contains(release), need
