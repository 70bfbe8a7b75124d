"""How often what people type leads to what they mean, over tests/data/asked.yaml, and how much of what is said in texts
that sell is found, over tests/data/brochures; with what is missed and what is wrong.

Run by ``make evaluate``; the tests hold the shares.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from hairtx import Catalogue, UnknownNameError, lines_of, load
from hairtx.analysis.brochure.reading import Reader
from hairtx.errors import NotCoveredError

DATA = Path(__file__).parents[1] / "tests" / "data"
ASKED = DATA / "asked.yaml"
BROCHURES = DATA / "brochures"


class Score(NamedTuple):
    """What was found of what is there."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is there."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)

    def plus(self, found: Iterable[Hashable], there: Iterable[Hashable]) -> Score:
        """This and one more text."""
        mine, its = set(found), set(there)
        return Score(self.right + len(mine & its), self.wrong + len(mine - its), self.missed + len(its - mine))

    def __str__(self) -> str:
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({counts})"


def brochure_scores(catalogue: Catalogue, half: str) -> tuple[dict[str, Score], list[str]]:
    """Claims with a verdict, claims matched with or without one, treatments and checklist of one half; and the errors.

    A claim is found if its line is one off at most, and its treatment and kind are right.
    """
    reader = Reader(catalogue)
    scores = {
        "claims": Score(),
        "claims, with or without a verdict": Score(),
        "treatments": Score(),
        "checklist": Score(),
    }
    errors: list[str] = []
    for path in sorted(BROCHURES.glob("*.yaml")):
        labels = yaml.safe_load(path.read_text(encoding="utf-8"))
        if labels["half"] != half:
            continue
        text = path.with_suffix(".txt")
        reading = reader.read(lines_of(text.read_bytes(), name=text.name))
        there = [(one["line"], one["treatment"], one["kind"]) for one in labels["claims"]]
        for name, made in (
            ("claims", [one for one in reading.made if one.claim is not None]),
            ("claims, with or without a verdict", reading.made),
        ):
            found = {(one.sentence.line, one.treatment, one.kind) for one in made}
            scores[name] = scores[name].plus(_moved(found, there), there)
        errors += [f"{path.stem}: {what}" for what in _told(_moved(found, there), set(there))]
        treatments = set(reading.treatments), set(labels["treatments"])
        checklist = {point for point, lines in reading.checklist.items() if lines}, set(labels["checklist"])
        scores["treatments"] = scores["treatments"].plus(*treatments)
        scores["checklist"] = scores["checklist"].plus(*checklist)
        errors += [f"{path.stem}: {what}" for pair in (treatments, checklist) for what in _told(*pair)]
    return scores, errors


def _moved(found: set[tuple[int, str, str]], there: list[tuple[int, str, str]]) -> set[tuple[int, str, str]]:
    """What was found, on the line where the label has it if that is the same or the next one."""
    moved = set()
    for line, treatment, kind in found:
        near = [one for one in there if one[1:] == (treatment, kind) and abs(one[0] - line) <= 1]
        moved.add(min(near, key=lambda one: abs(one[0] - line)) if near else (line, treatment, kind))
    return moved


def _told(found: set[Any], there: set[Any]) -> list[str]:
    return [
        *(f"wrong {one}" for one in sorted(found - there)),
        *(f"missed {one}" for one in sorted(there - found)),
    ]


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
    for half, name in (("dev", "to develop on"), ("test", "to test"), ("allusive", "that say it by allusion")):
        scores, errors = brochure_scores(catalogue, half)
        if not any(sum(score) for score in scores.values()):
            continue
        print(f"brochures {name}:")
        for what, score in scores.items():
            print(f"  {what}: {score}")
        if half == "dev" or "--errors" in sys.argv:
            print(*(f"    {error}" for error in errors), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
