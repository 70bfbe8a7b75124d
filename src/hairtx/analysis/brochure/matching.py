"""Which of the catalogue's claims a sentence makes: phrases whose words stand near each other in it.

A phrase counts as said when enough of its words, by weight, stand close together, in any order. Rare words weigh more
than common ones. What is denied is not claimed; what is hedged is claimed, and said to be.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from hairtx.analysis.brochure.sentences import Word, words_of
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["THRESHOLD", "Match", "Matcher", "hedge_of"]

#: From this score on a phrase counts as said. Chosen on the development half of tests/data/brochures.
THRESHOLD: Final = 0.72
#: How much of a phrase, by weight, must be there at all.
_ENOUGH: Final = 0.8
#: What each word between the words of a phrase takes from the score, and each end of a clause between them.
_GAP: Final = 0.045
_CLAUSE_GAP: Final = 3
#: How many words “not” denies, and how many “no”.
_DENIED_BY: Final = {"not": 5, "no": 2, "without": 3, "non": 1}
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|possibly|potentially|potential|perhaps|believed to|thought to|said to|suggests?|appears? to|"
    r"seems? to|can help|some (?:people|patients|users|studies|men|women|research)|in (?:some|many) cases|up to|"
    r"results (?:can |may )?vary|aims? to|designed to|intended to|tends? to|likely|often|usually|typically|generally|"
    r"for (?:many|some|most)|promising|hopes? to)\b"
)


class Match(Struct, frozen=True):
    """A claim found in a sentence.

    ``kind`` is a key of the catalogue's kinds, or ``treatment/number`` of a claim that has words of its own.
    """

    kind: str
    phrase: str
    score: float
    #: The words of the sentence that matched, and their places among its words that say something.
    words: tuple[str, ...]
    at: tuple[int, ...]
    clause: int
    denied: bool = False


class _Phrase(Struct, frozen=True):
    kind: str
    text: str
    stems: tuple[str, ...]
    is_against: bool


class Matcher:
    """The phrases of a catalogue, ready to be looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        phrases = list(_phrases(catalogue))
        counts = Counter(stem for one in phrases for stem in set(one.stems))
        self._weight = {stem: math.log(1 + len(phrases) / count) for stem, count in counts.items()}
        self._by_rarest: dict[str, list[_Phrase]] = {}
        for one in phrases:
            rarest = max(one.stems, key=lambda stem: (stem != "no", self._weight[stem]))
            self._by_rarest.setdefault(rarest, []).append(one)

    def claims_in(self, text: str) -> list[Match]:
        """What the sentence claims, each kind once, and what it denies; in the order of its words."""
        words = words_of(text)
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            places.setdefault(word.stem, []).append(at)
        best: dict[str, Match] = {}
        against: list[Match] = []
        for stem in places:
            for phrase in self._by_rarest.get(stem, ()):
                found = self._found(phrase, places, words)
                if found is None:
                    continue
                if phrase.is_against:
                    against.append(found)
                elif (known := best.get(found.kind)) is None or _rank(known) < _rank(found):
                    best[found.kind] = found
        kept = [
            one
            for one in best.values()
            if not any(one.kind == other.kind and not set(one.at).isdisjoint(other.at) for other in against)
            and not any(_covers(other, one) for other in best.values())
        ]
        return sorted(kept, key=lambda one: (one.at, one.kind))

    def _found(self, phrase: _Phrase, places: dict[str, list[int]], words: Sequence[Word]) -> Match | None:
        there = [stem for stem in phrase.stems if stem in places]
        total = sum(self._weight[stem] for stem in phrase.stems)
        coverage = sum(self._weight[stem] for stem in there) / total
        if coverage < _ENOUGH or ("no" in phrase.stems and "no" not in there):
            return None
        at = _nearest([places[stem] for stem in there])
        if at is None:
            return None
        if "no" in there and not _denies(words, there, at):
            return None
        first, last = min(at), max(at)
        between = last - first + 1 - len(at)
        clauses = words[last].clause - words[first].clause
        score = coverage * max(0.0, 1 - _GAP * between - _GAP * _CLAUSE_GAP * clauses)
        if score < THRESHOLD:
            return None
        denied = "no" not in phrase.stems and _is_denied(words, at)
        return Match(
            phrase.kind,
            phrase.text,
            round(score, 3),
            tuple(words[one].text for one in sorted(at)),
            tuple(sorted(at)),
            words[first].clause,
            denied,
        )


def _phrases(catalogue: Catalogue) -> Iterator[_Phrase]:
    for key, kind in catalogue.claim_kinds.items():
        yield from _compiled(key, kind.said_as, is_against=False)
        yield from _compiled(key, kind.not_said_as, is_against=True)
    for treatment in catalogue:
        for number, claim in enumerate(treatment.claims):
            yield from _compiled(f"{treatment.id}/{number}", claim.said_as, is_against=False)


def _compiled(kind: str, texts: Iterable[str], *, is_against: bool) -> Iterator[_Phrase]:
    for text in texts:
        stems = tuple(dict.fromkeys(word.stem for word in words_of(text)))
        if stems and stems != ("no",):
            yield _Phrase(kind, text, stems, is_against)


def _rank(match: Match) -> tuple[int, float]:
    """More words say it more surely; a longer phrase also explains more."""
    return len(match.at), match.score


def _covers(one: Match, other: Match) -> bool:
    """Whether ``one`` takes all the words of ``other`` and more: “no side effects” is not “few side effects”."""
    mine, its = set(one.at), set(other.at)
    return its < mine or (its == mine and one.kind != other.kind and (one.score, other.kind) > (other.score, one.kind))


def _nearest(places: Sequence[Sequence[int]]) -> list[int] | None:
    """One place for each word so that all stand as close together as they can."""
    best: list[int] | None = None
    for start in places[0]:
        chosen = [start]
        for held in places[1:]:
            free = [one for one in held if one not in chosen]
            if not free:
                return best
            chosen.append(min(free, key=lambda one: abs(one - start)))
        if best is None or max(chosen) - min(chosen) < max(best) - min(best):
            best = chosen
    return best


def _denies(words: Sequence[Word], stems: Sequence[str], at: Sequence[int]) -> bool:
    """Whether the “no” of a phrase stands before what it denies, and near it."""
    no = at[stems.index("no")]
    rest = [place for stem, place in zip(stems, at, strict=True) if stem != "no"]
    after = [place for place in rest if place > no]
    return (
        bool(after)
        and min(after) - no <= _DENIED_BY[words[no].text] + 1
        and words[no].clause == words[min(after)].clause
    )


def _is_denied(words: Sequence[Word], at: Sequence[int]) -> bool:
    """Whether a “no” or a “not” before the words of a match reaches them."""
    first, last = min(at), max(at)
    for place, word in enumerate(words[:last]):
        if word.stem != "no":
            continue
        reached = words[max(place + 1, first)] if first > place else words[place + 1]
        near = max(first, place + 1) - place <= _DENIED_BY[word.text]
        if near and word.clause == reached.clause and (word.part == reached.part or word.text == "not"):
            return True
    return False


def hedge_of(text: str) -> str:
    """The words with which a sentence takes back a part of what it says; empty where it does not."""
    found = _HEDGE.search(folded(text))
    return found[0] if found else ""
