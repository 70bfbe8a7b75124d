"""How far the two labellings of tests/data/brochures agree: claims, treatments, and each item of the checklist."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

BROCHURES = Path(__file__).parents[1] / "tests" / "data" / "brochures"
LINES_APART = 1

Labels = dict[str, Any]


def claims_in_both(first: list[Labels], second: list[Labels]) -> int:
    """Claims of the same treatment and kind on the same line or the next, each counted once, the nearest first."""
    left_first, left_second = list(first), list(second)
    for apart in range(LINES_APART + 1):
        for claim in list(left_first):
            partner = next((other for other in left_second if _same(claim, other, apart)), None)
            if partner is not None:
                left_first.remove(claim)
                left_second.remove(partner)
    return len(first) - len(left_first)


def _same(one: Labels, other: Labels, apart: int) -> bool:
    return bool(
        (one["treatment"], one["kind"]) == (other["treatment"], other["kind"])
        and abs(one["line"] - other["line"]) == apart
    )


def shares(both: int, first: int, second: int) -> str:
    """The part of each labelling that the other has too, and F1."""
    return (
        f"first's found by second {both / first:.1%} ({both} of {first}), "
        f"second's by first {both / second:.1%} ({both} of {second}), F1 {2 * both / (first + second):.2f}"
    )


def kappa(pairs: Counter[tuple[bool, bool]]) -> float:
    """Cohen's kappa of yes and no: agreement above what chance would give."""
    texts = pairs.total()
    seen = (pairs[True, True] + pairs[False, False]) / texts
    first = (pairs[True, True] + pairs[True, False]) / texts
    second = (pairs[True, True] + pairs[False, True]) / texts
    by_chance = first * second + (1 - first) * (1 - second)
    return (seen - by_chance) / (1 - by_chance)


def main() -> None:
    """Print the figures for all texts that were labelled twice and, for claims and treatments, for each kind."""
    labelled = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(BROCHURES.glob("*.yaml"))]
    texts = [text for text in labelled if "second" in text]
    for half in ("all", "dev", "test", "allusive"):
        chosen = [text for text in texts if half in ("all", text["half"])]
        pairs = [(text, text["second"]) for text in chosen]
        claims = sum(claims_in_both(one["claims"], two["claims"]) for one, two in pairs)
        treatments = sum(len(set(one["treatments"]) & set(two["treatments"])) for one, two in pairs)
        sizes = {
            key: (sum(len(one[key]) for one, _ in pairs), sum(len(two[key]) for _, two in pairs))
            for key in ("claims", "treatments")
        }
        print(f"{half}, {len(chosen)} texts")
        print(f"  claims: {shares(claims, *sizes['claims'])}")
        print(f"  treatments: {shares(treatments, *sizes['treatments'])}")
    print("checklist, kappa (both, first only, second only, neither)")
    for item in sorted({item for text in texts for item in (*text["checklist"], *text["second"]["checklist"])}):
        cells = Counter((item in text["checklist"], item in text["second"]["checklist"]) for text in texts)
        counts = (cells[True, True], cells[True, False], cells[False, True], cells[False, False])
        print(f"  {item}: {kappa(cells):.2f} {counts}")
    print(f"texts with agreed labels: {sum('agreed' in text for text in texts)}")


if __name__ == "__main__":
    main()
