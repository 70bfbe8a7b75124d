"""How often what people type leads to what they mean: over tests/data/asked.yaml, with the misses.

Run by ``make evaluate``; the tests hold the shares.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from hairtx import Catalogue, UnknownNameError, load
from hairtx.errors import NotCoveredError

ASKED = Path(__file__).parents[1] / "tests" / "data" / "asked.yaml"


def answered(catalogue: Catalogue, kind: str, typed: str) -> tuple[str, tuple[str, ...]]:
    """How the catalogue answers (``led``, ``not-covered``, ``offered``) and with which keys."""
    find = {
        "treatment": lambda name: catalogue[name].id,
        "condition": catalogue.find_condition,
        "factor": catalogue.find_factor,
    }[kind]
    try:
        return "led", (find(typed),)
    except NotCoveredError as known:
        return "not-covered", (known.key,)
    except UnknownNameError as unknown:
        return "offered", unknown.nearest


def is_right(right: Any, how: str, keys: tuple[str, ...]) -> bool:
    """Whether the first answer is the right one; where several are meant, whether all of them are offered."""
    match right:
        case "nothing":
            return not keys
        case list():
            return how == "offered" and set(right) <= set(keys)
        case dict():
            return how != "led" and keys[:1] == (right["not-covered"],)
        case _:
            return how != "not-covered" and keys[:1] == (right,)


def misses(catalogue: Catalogue, asked: dict[str, Any]) -> list[tuple[str, str, Any, str, tuple[str, ...]]]:
    """Kind, what was typed, what is right, how it was answered and with what, for each wrong answer."""
    answers = [(one, *answered(catalogue, one["kind"], one["typed"])) for one in asked["asked"]]
    return [
        (one["kind"], one["typed"], one["right"], how, keys)
        for one, how, keys in answers
        if not is_right(one["right"], how, keys)
    ]


def harms(catalogue: Catalogue, asked: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Kind, what was typed and what was offered that never must be."""
    answers = [(one, answered(catalogue, one["kind"], one["typed"])[1]) for one in asked["never"]]
    found = [(one["kind"], one["typed"], [key for key in keys if key in one["never"]]) for one, keys in answers]
    return [one for one in found if one[2]]


def main() -> int:
    """Prints the share of right first answers of each kind, then what harms and what misses."""
    catalogue, asked = load(), yaml.safe_load(ASKED.read_text(encoding="utf-8"))
    wrong, harmful = misses(catalogue, asked), harms(catalogue, asked)
    of_kind, missed = Counter(one["kind"] for one in asked["asked"]), Counter(one[0] for one in wrong)
    for kind, count in of_kind.items():
        print(f"{kind}: {count - missed[kind]} of {count} first answers are right ({1 - missed[kind] / count:.1%})")
    print(f"harmful offers: {len(harmful)} of {len(asked['never'])}")
    for kind, typed, keys in harmful:
        print(f"  harm: {kind} {typed!r} offers {', '.join(keys)}")
    for kind, typed, right, how, keys in wrong:
        print(f"  miss: {kind} {typed!r} should be {right}; {how} {', '.join(keys) or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
