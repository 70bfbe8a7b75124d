"""How much of what texts that sell say is found. `make evaluate` prints the figures, and the errors of one half."""

from __future__ import annotations

import runpy
from typing import Any

import pytest

import hairtx
from conftest import ROOT

# Reads more than a hundred texts.
pytestmark = pytest.mark.broad

EVALUATE = runpy.run_path(str(ROOT / "tools" / "evaluate.py"))
MATCHED = "claims, with or without a verdict"
#: Least precision and recall, a little under what is reached: none may fall.
FLOORS = {
    "dev": {MATCHED: (0.85, 0.82), "treatments": (0.97, 0.91), "checklist": (0.91, 0.84)},
    "test": {MATCHED: (0.45, 0.31), "treatments": (0.90, 0.95), "checklist": (0.91, 0.70)},
}


@pytest.mark.parametrize("half", FLOORS)
def test_what_is_found_does_not_fall(catalogue: hairtx.Catalogue, half: str) -> None:
    scores: dict[str, Any] = EVALUATE["brochure_scores"](catalogue, half)[0]
    for name, (precision, recall) in FLOORS[half].items():
        assert scores[name].precision >= precision, f"{half} {name}: {scores[name]}"
        assert scores[name].recall >= recall, f"{half} {name}: {scores[name]}"
