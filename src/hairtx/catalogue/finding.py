"""What people mean by words that are no name in the catalogue: the same words in another order or form, a name with
words round it, a part of one, or one that is spelled alike.

A wrong guess can harm: “low potassium” is not high potassium, “laser hair removal” no laser for growth. So words that
turn a meaning round must agree, and where nothing is near enough, nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from hairtx.catalogue.names import folded

__all__ = ["Found", "meant", "of_the_same_words"]

_SAYING_NOTHING: Final = """
a about after ago all am an and any are as at be been being but by can cause caused causing condition day did do does
due every for from get getting go going got had hair has have having help i if im in into is issue it its ive just
keep last lately like lose losing loss lost lot man mcg me mg month much my next of often on or problem procedure
product really scalp session since so some still take taking than that the therapy there they this through to
treatment trouble up use used using very was we week what when which who why will with you your
"""
_TURNING: Final = """
anabolic anti eye high less low more never no non normal not old over removal remove stop too under without young
"""
#: Words that say nothing about which one is meant.
_FILLERS: Final = frozenset(_SAYING_NOTHING.split())
#: Phrases said in another way, tried in this order.
_PHRASES: Final[dict[str, str]] = {
    r"by mouth|orally": "oral",
    r"(?:on|onto|in|into) the skin": "topical",
    r"can ?not|cant|dont|doesnt|didnt|isnt": "not",
    r"blood pressure|bp": "bloodpressure",
    r"trying to (?:get|become|fall) pregnant": "trying to conceive",
    r"(?:the|mini|contraceptive|birth control) pills?|birth control": "contraception",
    r"(?:gave|given|giving) birth|birth|(?:after having|had) a baby": "childbirth",
    r"new m(?:other|um|om)|post ?(?:partum|natal)": "childbirth",
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
        "recede": "receding recedes recession receeding",
        "patch": "patchy",
        "surgery": "operation",
        "minoxidil": "minox",
        "medicine": "medication med medicine drug",
    }.items()
    for word in words.split()
}
_AGE: Final = re.compile(
    r"\b(?P<years>[0-9]{1,3}) ?(?:(?:years?|yrs?|y) ?(?:olds?|o)\b|yo\b)"
    r"|\b(?:aged?(?: of)?|im|i am) (?P<age>[0-9]{1,3})\b(?! ?(?:%|weeks?|months?|days?|mc?g)\b)"
)
_CHILD, _YOUNG, _OLD = 18, 30, 65
_DIGIT: Final = re.compile("[0-9]")
_INITIALS: Final = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
#: Where a sentence that names several things is cut.
_SEVERAL: Final = re.compile(r",|;|&|\+|\b(?:and|plus|with|or|vs|versus)\b")
#: How alike two words must be spelled for one to stand for the other, from 0 to 1.
_ALIKE: Final = 0.8
_SHORTEST_MISSPELT: Final = 5
_FEWEST_CONSONANTS: Final = 4
_SHORTEST_STEM: Final = 4
_MOST_LETTERS_APART: Final = 1
_VOWELS: Final = dict.fromkeys(map(ord, "aeiouy"))
#: The share of weight that words must have in common for a name to be offered.
_ENOUGH: Final = 0.6
_MOST_OFFERED: Final = 4


class Found(Struct, frozen=True):
    """The keys that may be meant, the likeliest first; ``sure`` where it is one, and nothing but its form differs."""

    keys: tuple[str, ...]
    sure: bool = False


def meant(typed: str, names: Mapping[str, str]) -> Found:
    """What a name may mean that is none of ``names`` (folded name to key) as it stands."""
    typed = folded(typed[:300])
    wanted = _words(typed)
    if not wanted:
        return Found(())
    index = _Index(names)
    found = index.same(wanted)
    if found.keys:
        return found
    parts = [part for part in map(str.strip, _SEVERAL.split(typed)) if part]
    if len(parts) > 1:
        each = [(names[part],) if part in names else index.meant(_words(part)).keys[:1] for part in parts]
        several = tuple(dict.fromkeys(key for keys in each for key in keys))
        if len(several) > 1:
            return Found(several[:_MOST_OFFERED])
    found = index.meant(wanted)
    return found if found.keys else Found(_spelled_alike(typed, names))


def of_the_same_words(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of names that differ from what was typed in form and order of words alone; quicker than all else."""
    typed = folded(typed[:300])
    wanted = _words(typed)
    beginnings = [word[:_SHORTEST_STEM] for word in wanted]
    near = [one for one in names if any(beginning in one for beginning in beginnings)]
    return tuple(dict.fromkeys(names[one] for one in near if one == typed or _words(one) == wanted))


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    """The words of a folded text that matter, each in one form; all of them where none does."""
    text = _PHRASE.sub(lambda match: _SAID[match.lastgroup or ""], text.replace("'", ""))
    if "." in text:
        text = _INITIALS.sub(r"\1", text)
    words = _WORD.findall(_AGE.sub(_age, text) if _DIGIT.search(text) else text)
    return frozenset(filter(None, map(_form_if_it_matters, words))) or frozenset(map(_form, words))


@cache
def _form_if_it_matters(word: str) -> str:
    return "" if word in _FILLERS or _singular(word) in _FILLERS else _form(word)


def _age(match: re.Match[str]) -> str:
    years = int(match["years"] or match["age"])
    if years < _CHILD:
        return "under 18"
    return "young adult" if years < _YOUNG else "over 65" if years >= _OLD else ""


@cache
def _form(word: str) -> str:
    """One form for all that differ in their ending: “massage” and “massaging”, “stop” and “stopped”."""
    word = _singular(word)
    if word in _SAME:
        return _SAME[word]
    stem = word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("ed")
    if len(stem) < _SHORTEST_STEM:
        stem = word
    if stem != word and stem[-1] == stem[-2] and stem[-1] not in "ls":
        stem = stem[:-1]
    return stem.removesuffix("e") if len(stem) > _SHORTEST_STEM else stem


def _singular(word: str) -> str:
    if word in _SAME or len(word) <= 3 or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word.removesuffix("s")


#: Words that turn a meaning round: what was typed and what is offered must have the same ones.
_DECISIVE: Final = frozenset(map(_form, _TURNING.split()))


class _Index:
    """The names by their words."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.keys: dict[frozenset[str], dict[str, None]] = {}
        self.holders: dict[str, set[str]] = {}
        for name, key in names.items():
            words = _words(name)
            if words:
                self.keys.setdefault(words, {})[key] = None
            for word in words:
                self.holders.setdefault(word, set()).add(key)

    def meant(self, wanted: frozenset[str]) -> Found:
        """What words may mean; without numbers if they mean nothing with them."""
        without = frozenset(word for word in wanted if not word.isdigit())
        for words in dict.fromkeys((wanted, without)):
            for look in (self.same, self.spelled, self.within, self.around, self.overlapping):
                found = look(words)
                if found.keys:
                    return found if words is wanted else Found(found.keys)
        return Found(())

    def same(self, wanted: frozenset[str]) -> Found:
        """Names of the very words."""
        keys = tuple(self.keys.get(wanted, ()))
        return Found(keys, sure=len(keys) == 1)

    def spelled(self, wanted: frozenset[str]) -> Found:
        """Names of the very words but for how a word is spelled."""
        respelled = self._respelled(wanted)
        if respelled == wanted:
            return Found(())
        # One word that is mistaken and one of several besides is too little.
        for look in (self.same, self.within, self.around)[: 2 if len(respelled) == 1 else 3]:
            found = look(respelled)
            if found.keys:
                return Found(found.keys)
        return Found(())

    def _respelled(self, wanted: frozenset[str]) -> frozenset[str]:
        from difflib import get_close_matches  # needed only after a mistake

        def known(word: str) -> str:
            if word in self.holders or word in _DECISIVE or len(word) < _SHORTEST_MISSPELT or not word.isalpha():
                return word
            near = [one for one in self.holders if one not in _DECISIVE and _may_be(word, one)]
            bones = _consonants(word)
            alike = [one for one in near if len(bones) >= _FEWEST_CONSONANTS and _consonants(one) == bones]
            return next(iter(get_close_matches(word, near, n=1, cutoff=_ALIKE) or alike), word)

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
        keys: dict[str, int] = {}
        for words, held in sorted(self.keys.items(), key=lambda one: len(one[0])):
            if wanted < words and _agree(wanted, words):
                for key in held:
                    keys.setdefault(key, len(words))
        is_most = max(keys.values(), default=0) <= 2 * len(wanted)
        return Found(tuple(keys)[:_MOST_OFFERED], sure=len(keys) == 1 and is_most)

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


def _consonants(word: str) -> str:
    """What is left of a word when its vowels are mistaken."""
    return word.translate(_VOWELS)


def _may_be(word: str, other: str) -> bool:
    """Whether one may be the other mistyped: they begin alike, and too little (hypo) is never too much (hyper)."""
    begins = word[0] == other[0] and word.startswith("hypo") == other.startswith("hypo")
    return begins and abs(len(word) - len(other)) <= _MOST_LETTERS_APART


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one & _DECISIVE == other & _DECISIVE


def _spelled_alike(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of whole names that are spelled alike, however they are cut into words."""
    from difflib import get_close_matches

    if _DIGIT.search(typed):  # a number is never another one mistyped
        return ()
    alike = [one for one in names if one[0] == typed[0] and one.startswith("hypo") == typed.startswith("hypo")]
    near = get_close_matches(typed, alike, n=_MOST_OFFERED, cutoff=_ALIKE)
    # “hiv hair loss” and “hijab hair loss” are alike in what says nothing.
    matters, wanted = _matters(typed), _words(typed)
    return tuple(
        dict.fromkeys(
            names[one]
            for one in near
            if _agree(_words(one), wanted) and get_close_matches(matters, [_matters(one)], cutoff=_ALIKE)
        )
    )


def _matters(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _FILLERS)
