"""How likely a sentence is to claim a kind, by the weight that its words and pairs of words have for it.

Phrases say what is claimed, and in which words; but no list of phrases has all ways of saying it, and a phrase can
stand in a sentence that says something else. So all words of a sentence are weighed too: by a logistic regression that
``tools/learn.py`` learnt from sentences labelled for this project. Only the weights come with the program.
"""

from __future__ import annotations

import re
from heapq import nlargest
from itertools import pairwise
from typing import Final

from hairtx.catalogue.store import ClaimWords

__all__ = ["LIKELY", "UNLIKELY", "Weigher", "features_of"]

#: Log odds from which on a kind is claimed that no phrase says, and under which none is believed that a phrase says.
#: Chosen on the development half of tests/data/brochures.
LIKELY: Final = 0.0
UNLIKELY: Final = -4.0
#: So many of the words that weigh most stand for all of them where somebody asks why.
_TELLING: Final = 4
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_TOKEN: Final = re.compile(r"[a-z]+|0|%")


def features_of(text: str) -> set[str]:
    """The words of a text and each two that follow each other; any number is ``0``."""
    tokens = _TOKEN.findall(_NUMBER.sub("0", text.lower()))
    return {*tokens, *(f"{one} {next_one}" for one, next_one in pairwise(tokens))}


class Weigher:
    """Sums up what the words of a sentence weigh for each kind of claim."""

    def __init__(self, learnt: ClaimWords) -> None:
        self._learnt = learnt
        self._places = {kind: place for place, kind in enumerate(learnt.kinds)}

    def odds_of(self, text: str) -> dict[str, float]:
        """Log odds that the text claims each kind that was learnt: 0 is as likely as not."""
        odds = list(self._learnt.bias)
        for feature in features_of(text):
            for place, weight in self._learnt.weights.get(feature, ()):
                odds[place] += weight
        return dict(zip(self._learnt.kinds, odds, strict=True))

    def telling_in(self, text: str, kind: str) -> set[str]:
        """The words of the text that weigh most for the kind."""
        weighed = (
            (weight, feature)
            for feature in features_of(text)
            for place, weight in self._learnt.weights.get(feature, ())
            if place == self._places[kind] and weight > 0
        )
        return {word for _, feature in nlargest(_TELLING, weighed) for word in feature.split()}
