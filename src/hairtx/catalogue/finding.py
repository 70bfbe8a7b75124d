"""What people mean by words that are no name in the catalogue: the same words in another order or form, a name with
words round it, a part of one, or one that is spelled alike.

A wrong guess can harm: “low potassium” is not high potassium, “laser hair removal” no laser for growth. So words that
turn a meaning round must agree, and where nothing is near enough, nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from hairtx.catalogue.names import folded

__all__ = ["Found", "meant"]

_SAYING_NOTHING: Final = """
a about after all am an and any are as at be been being but by can cause caused causing condition did do does due drug
for from get getting go going got had hair has have having help i if im in is issue it its ive just lately like lot
loss losing lose man me med medication medicine meds my of off often on or problem procedure product really scalp
session since so some surgery take taking than that the therapy there they this to treatment up use used using very
was what when which who why will with you your
"""
_TURNING: Final = """
anti high less low more never no non normal not old over removal remove removing stop stopped stopping too under
without young
"""
#: Words that say nothing about which one is meant.
_FILLERS: Final = frozenset(_SAYING_NOTHING.split())
#: Words that turn a meaning round: what was typed and what is offered must have the same ones.
_DECISIVE: Final = frozenset(_TURNING.split())
#: Phrases said in another way, tried in this order.
_PHRASES: Final[dict[str, str]] = {
    r"by mouth|orally": "oral",
    r"(?:on|onto|in|into) the skin": "topical",
    r"can ?not|cant|dont|doesnt|didnt|isnt": "not",
    r"blood pressure|bp": "bloodpressure",
    r"trying to (?:get|become|fall) pregnant": "trying to conceive",
    r"(?:gave|given|giving) birth|had a baby|having a baby|new (?:mother|mum|mom)": "childbirth",
    r"coming out|comes out|fall(?:s|ing)? out|fell out|hair ?fall": "shedding",
}
_PHRASE: Final = re.compile("|".join(rf"\b(?P<p{number}>{one})\b" for number, one in enumerate(_PHRASES)))
_SAID: Final = {f"p{number}": said for number, said in enumerate(_PHRASES.values())}
_WORD: Final = re.compile(r"[\w%+]+")
_SAME: Final[dict[str, str]] = {
    word: said
    for said, words in {
        "oral": "tablet pill capsule oral",
        "topical": "lotion foam liquid solution topical gel",
        "injection": "shot jab injected inject injecting",
        "bald": "balding baldness",
        "thin": "thinning thinner thinned",
        "shedding": "shed fall falling sheds",
        "anaemia": "anemia anaemic anemic",
        "oestrogen": "estrogen",
        "haemophilia": "hemophilia",
        "pregnant": "pregnancy",
        "breastfeeding": "breastfeed breastfed nursing lactating lactation",
        "diabetes": "diabetic",
        "depression": "depressed",
        "transplant": "transplantation transplanted",
        "micropigmentation": "pigmentation smp",
        "teen": "teenager teenage",
        "high": "raised elevated increased",
        "low": "lowered decreased deficient deficiency lack",
        "recede": "receding recedes",
        "patch": "patchy",
    }.items()
    for word in words.split()
}
_AGE: Final = re.compile(
    r"\b(?P<years>[0-9]{1,3}) ?(?:(?:years?|yrs?|y) ?(?:olds?|o)\b|yo\b)|\bage(?:d| of)? (?P<age>[0-9]{1,3})\b"
)
_CHILD, _OLD = 18, 65
#: How alike two words must be spelled for one to stand for the other, from 0 to 1.
_ALIKE: Final = 0.8
_SHORTEST_MISSPELT: Final = 4
#: The share of weight that words must have in common for a name to be offered.
_ENOUGH: Final = 0.6
_MOST_OFFERED: Final = 4


class Found(Struct, frozen=True):
    """The keys that may be meant, the likeliest first; ``sure`` where it is one, and nothing but its form differs."""

    keys: tuple[str, ...]
    sure: bool = False


def meant(typed: str, names: Mapping[str, str]) -> Found:
    """What a name may mean that is none of ``names`` (folded name to key) as it stands."""
    typed = typed[:300]
    wanted = frozenset(_words(typed))
    if not wanted:
        return Found(())
    index = _Index(names)
    for look in (index.same, index.spelled, index.within, index.around, index.overlapping):
        found = look(wanted)
        if found.keys:
            return found
    return Found(_spelled_alike(folded(typed), names))


def _words(text: str) -> Iterator[str]:
    """The words that matter, each in one form; all of them where none does."""
    plain = _PHRASE.sub(lambda match: _SAID[match.lastgroup or ""], _AGE.sub(_age, folded(text).replace("'", "")))
    words = [_SAME.get(one, one) for one in map(_singular, _WORD.findall(plain))]
    return iter([one for one in words if one not in _FILLERS] or words)


def _age(match: re.Match[str]) -> str:
    years = int(match["years"] or match["age"])
    return "under 18" if years < _CHILD else "over 65" if years >= _OLD else ""


def _singular(word: str) -> str:
    if word in _SAME or len(word) <= 3 or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


class _Index:
    """The names by their words."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.keys: dict[frozenset[str], dict[str, None]] = {}
        self.holders: dict[str, set[str]] = {}
        for name, key in names.items():
            words = frozenset(_words(name))
            if words:
                self.keys.setdefault(words, {})[key] = None
            for word in words:
                self.holders.setdefault(word, set()).add(key)

    def same(self, wanted: frozenset[str]) -> Found:
        """Names of the very words."""
        keys = tuple(self.keys.get(wanted, ()))
        return Found(keys, sure=len(keys) == 1)

    def spelled(self, wanted: frozenset[str]) -> Found:
        """Names of the very words but for how a word is spelled."""
        respelled = self._respelled(wanted)
        if respelled == wanted:
            return Found(())
        for look in (self.same, self.within, self.around):
            found = look(respelled)
            if found.keys:
                return Found(found.keys)
        return Found(())

    def _respelled(self, wanted: frozenset[str]) -> frozenset[str]:
        from difflib import get_close_matches  # needed only after a mistake

        def known(word: str) -> str:
            if word in self.holders or word in _DECISIVE or len(word) < _SHORTEST_MISSPELT or not word.isalpha():
                return word
            alike = get_close_matches(word, self.holders, n=1, cutoff=_ALIKE)
            return alike[0] if alike and alike[0] not in _DECISIVE else word

        return frozenset(map(known, wanted))

    def within(self, wanted: frozenset[str]) -> Found:
        """Names whose words are all among those typed: of the most words, then of the rarest."""
        fitting = {
            words: keys
            for words, keys in self.keys.items()
            if words < wanted and words - _DECISIVE and _agree(words, wanted)
        }
        if not fitting:
            return Found(())
        best = max(map(self._weight, fitting))
        keys: dict[str, None] = {}
        for words, held in fitting.items():
            # Another thing said in the same breath is offered too.
            if self._weight(words) == best or not any(words < other for other in fitting):
                keys.update(held)
        ordered = sorted(
            keys, key=lambda key: -max(self._weight(words) for words, held in fitting.items() if key in held)
        )
        return Found(tuple(ordered[:_MOST_OFFERED]))

    def around(self, wanted: frozenset[str]) -> Found:
        """Names that have all the words typed, and more."""
        if not wanted - _DECISIVE:
            return Found(())
        keys: dict[str, None] = {}
        for words, held in sorted(self.keys.items(), key=lambda one: len(one[0])):
            if wanted < words and _agree(wanted, words):
                keys.update(held)
        return Found(tuple(keys)[:_MOST_OFFERED], sure=len(keys) == 1)

    def overlapping(self, wanted: frozenset[str]) -> Found:
        """Names that share most of what sets them apart with what was typed."""
        scores: dict[str, float] = {}
        for words, held in self.keys.items():
            common = words & wanted - _DECISIVE
            if not common or not _agree(words, wanted):
                continue
            score = self._weight(common) / (self._weight(words | wanted) or 1)
            if score >= _ENOUGH:
                for key in held:
                    scores[key] = max(scores.get(key, 0), score)
        return Found(tuple(sorted(scores, key=lambda key: -scores[key]))[:_MOST_OFFERED])

    def _weight(self, words: Iterable[str]) -> float:
        """Words that few names have say more."""
        return sum(1 / len(self.holders.get(word, "x")) for word in words)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one & _DECISIVE == other & _DECISIVE


def _spelled_alike(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    from difflib import get_close_matches

    decisive = frozenset(typed.split()) & _DECISIVE
    near = get_close_matches(typed, names, n=_MOST_OFFERED, cutoff=_ALIKE)
    return tuple(dict.fromkeys(names[one] for one in near if frozenset(one.split()) & _DECISIVE == decisive))
