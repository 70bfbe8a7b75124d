"""How likely a sentence is to claim a kind, by the weight that its words have for it.

Phrases say what is claimed, and in which words; but no list of phrases has all ways of saying it, and a phrase can
stand in a sentence that says something else. So all of a sentence is weighed too: its words, each two that follow each
other, what they mean (“ache” and “sting” are pain, “three weeks” and “21 days” a short time), and each two meanings
near each other. The weights are those of a logistic regression that ``tools/learn.py`` learnt from sentences labelled
for this project. Only weights and meanings come with the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from typing import Final

from hairtx.catalogue.store import ClaimWords, Weights

__all__ = ["ABSURD", "DOUBTFUL", "LIKELY", "POINT", "UNLIKELY", "Senses", "Weigher"]

#: Log odds from which on a kind is claimed that no phrase says, and under which none is believed that a phrase of three
#: words or more says, or a shorter one. Chosen on pages of writers from whom nothing had been learnt.
LIKELY: Final = -0.2
UNLIKELY: Final = -2.2
DOUBTFUL: Final = -0.7
#: The same for a phrase that is nearly all of the sentence.
ABSURD: Final = -4.0
#: What stands before a point of the checklist among the kinds that were learnt.
POINT: Final = "checklist/"
#: So many of the words that weigh most stand for all of them where somebody asks why.
_TELLING: Final = 4
#: Meanings count as a pair within so many words.
_NEAR: Final = 7
_FEWEST_LETTERS: Final = 3
#: Between the parts of a sentence, how many words one has at least, and by how many hundredths it tells less than a
#: whole sentence.
_BETWEEN_PARTS: Final = re.compile(r"[,;:]\s+|\s+(?:and|but|so|while|with|which|that)\s+")
_LEAST_PART: Final = 3
_LESS_ALONE: Final = 50
_HUNDREDTHS: Final = 100
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_TOKEN: Final = re.compile(r"[a-z]+|0|%")
_COUNTED: Final = {
    "a": 1, "one": 1, "single": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20,
}  # fmt: skip
_AMOUNT: Final = re.compile(
    rf"(?P<first>\d[\d.,]{{0,12}}|{'|'.join(_COUNTED)})(?:\s*(?:-|to|or|and)\s*(?P<last>\d[\d.,]{{0,12}}|{'|'.join(_COUNTED)}))?"
    r"[\s-]*(?P<unit>%|percent|per cent|(?:minute|hour|day|week|month|year|session|sitting|visit|treatment)s?\b"
    r"|out of\b|in\b|of\b)"
)
_DAYS: Final = {"minute": 0.001, "hour": 0.04, "day": 1, "week": 7, "month": 30, "year": 365}
_PER_CENT: Final = frozenset({"%", "percent", "per cent"})
_OUT_OF: Final = frozenset({"out of", "in", "of"})
#: The most days of a time that is called so.
_TIMES: Final = (
    (0.9, "hours"),
    (4, "days"),
    (15, "two weeks"),
    (45, "six weeks"),
    (80, "two months"),
    (200, "half year"),
)
_YEAR: Final = 400
_HIGH_SHARE: Final = 60
_FEW_SESSIONS: Final = 4


class Senses:
    """What words mean.

    Args:
        words: by meaning, words, beginnings of words (``ach*``), and several words in a row.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._by_word: dict[str, set[str]] = {}
        self._by_start: dict[str, set[str]] = {}
        self._in_rows: dict[str, list[tuple[str, list[str]]]] = {}
        for sense, held in words.items():
            for word in held:
                row = _TOKEN.findall(word) if "*" not in word else word.split()
                if len(row) > 1:
                    self._in_rows.setdefault(row[0].rstrip("*")[:_FEWEST_LETTERS], []).append((sense, row))
                elif word.endswith("*"):
                    self._by_start.setdefault(word[:-1], set()).add(sense)
                else:
                    self._by_word.setdefault(word, set()).add(sense)
        self._longest_start = max(map(len, self._by_start), default=0)
        self._known: dict[str, frozenset[str]] = {}

    def features_of(self, text: str) -> set[str]:
        """What a text has to weigh: words and pairs of words, any number being ``0``; meanings and pairs of those."""
        lowered = text.lower().replace("\N{EN DASH}", "-")
        tokens = _TOKEN.findall(_NUMBER.sub("0", lowered))
        found = {*tokens, *(f"{one} {next_one}" for one, next_one in pairwise(tokens)), *_amounts_in(lowered)}
        senses = self._senses_of(tokens)
        for at, here in enumerate(senses):
            for one in here:
                found.add(f"@{one}")
                for there in senses[at + 1 : at + 1 + _NEAR]:
                    found.update([f"@{one}>{other}" for other in there if other != one])
        return found

    def _senses_of(self, tokens: Sequence[str]) -> list[set[str]]:
        senses = [set(self._senses_of_word(token)) for token in tokens]
        for at, token in enumerate(tokens):
            for sense, row in self._in_rows.get(token[:_FEWEST_LETTERS], ()):
                there = tokens[at : at + len(row)]
                if len(there) == len(row) and all(map(_is_word, there, row)):
                    senses[at].add(sense)
        return senses

    def _senses_of_word(self, word: str) -> frozenset[str]:
        known = self._known.get(word)
        if known is None:
            found = set(self._by_word.get(word, ()))
            for length in range(_FEWEST_LETTERS, min(len(word), self._longest_start) + 1):
                found |= self._by_start.get(word[:length], set())
            known = self._known[word] = frozenset(found)
        return known


def _is_word(token: str, word: str) -> bool:
    return token == word or (word.endswith("*") and token.startswith(word[:-1]))


def _amounts_in(text: str) -> Iterator[str]:
    """How long, how many of a hundred and how many sessions, in a few steps."""
    for found in _AMOUNT.finditer(text):
        amount, unit = _amount(found["last"] or found["first"]), found["unit"]
        if unit in _PER_CENT:
            yield from ("#share", "#high share" if amount >= _HIGH_SHARE else "#low share")
        elif not amount:
            yield f"#no {unit.rstrip('s')}s"
        elif unit in _OUT_OF:
            yield "#out of"
        elif days := amount * _DAYS.get(unit.rstrip("s"), 0):
            time = next((name for most, name in _TIMES if days <= most), "year" if days <= _YEAR else "years")
            yield from (f"#{time}", f"#{time} in {unit.rstrip('s')}s")
        elif unit.rstrip("s") not in _DAYS:
            yield "#one session" if amount == 1 else "#few sessions" if amount <= _FEW_SESSIONS else "#sessions"


def _amount(text: str) -> float:
    try:
        return _COUNTED.get(text) or float(text.replace(",", "").rstrip("."))
    except ValueError:
        return 0.0


class Weigher:
    """Sums up what a sentence weighs for each kind of claim."""

    def __init__(self, learnt: ClaimWords) -> None:
        self._learnt = learnt
        self._places = {kind: place for place, kind in enumerate(learnt.kinds)}
        self._senses = Senses(learnt.senses)
        self._known: dict[str, Weights] = {}

    def odds_of(self, text: str) -> dict[str, float]:
        """Log odds that the sentence claims each kind that was learnt: 0 is as likely as not.

        In a long sentence, what one part says drowns in the others; so each part is looked at by itself too.
        """
        odds = self._summed(text)
        parts = [part for part in _BETWEEN_PARTS.split(text) if len(part.split()) >= _LEAST_PART]
        for part in parts if len(parts) > 1 else ():
            odds = list(map(max, odds, [one - _LESS_ALONE for one in self._summed(part)]))
        return {kind: one / _HUNDREDTHS for kind, one in zip(self._learnt.kinds, odds, strict=True)}

    def _summed(self, text: str) -> list[int]:
        odds = list(self._learnt.bias)
        for feature in self._senses.features_of(text):
            for place, weight in self._weights_of(feature):
                odds[place] += weight
        return odds

    def _weights_of(self, feature: str) -> Weights:
        known = self._known.get(feature)
        if known is None:
            known = self._known[feature] = self._learnt.weights_of(feature)
        return known

    def telling_in(self, text: str, kind: str) -> set[str]:
        """The words of the text that weigh most for the kind, by themselves and by what they mean."""
        words = set(_TOKEN.findall(text.lower()))
        weighed = ((self._weight(word, kind), word) for word in words)
        return {word for weight, word in nlargest(_TELLING, weighed) if weight > 0}

    def _weight(self, word: str, kind: str) -> int:
        return sum(
            weight
            for feature in self._senses.features_of(word)
            for place, weight in self._weights_of(feature)
            if place == self._places[kind]
        )
