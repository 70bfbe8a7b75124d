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
a about after ago all am an and any are as at be been being bit but by can cause caused causing condition currently
daily day did do does due every for from get getting go going got had hair has have having help history i if im in into
is issue it its ive just keep last lately like lose losing loss lost lot man mcg me mg mild month much my next nightly
of often on once or past previously problem procedure product quite really recently scalp session severe since slight
so some still survivor take taking than that the therapy there they this through to today treatment trouble twice up
use used using very was we week weekly what when which who why will with yesterday you your
"""
_TURNING: Final = """
anabolic anti eye family hay high less low more never no non normal not old over removal stop too under without young
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
    r"coming out|comes out|fall(?:s|ing)? out|fell out|hair ?fall|drop(?:s|ping)? (?:out|a lot)": "shedding",
    r"[0-9]+ ?(?:weeks?|wks?|months?) (?:along|gone|pregnant)|weeks along": "pregnant",
    # Who has it, and when it was, say nothing about what it is; that somebody else in the family has it does.
    r"family history|(?:runs? )?in (?:my|the|our) family"
    r"|(?:mom|mum|mother|dad|father|sister|brother|aunt|uncle|gran|gran(?:d?ma|d?pa|dmother|dfather)|parents?) "
    r"(?:had|died (?:of|from))": "family",
    r"(?:last|this|past|next) years?|(?:[0-9]+|an?|one|two|three|four|five|ten|few|several|some) years? (?:ago|back)"
    r"|in (?:19|20)[0-9]{2}"
    r"|(?:as|when i was) (?:an? )?(?:kid|child|baby|teen|teenager|boy|girl|young|little)|wear(?:s|ing)? an?"
    r"|diagnosed with|liv(?:e|es|ing) with (?!child|animal|pets?)|suffer(?:s|ed|ing)? (?:from|with)": "",
    # An operation that took something out is no removal of hair.
    r"(?:hair|laser|tattoo) remov(?:al|e|ed|ing)|remov(?:al of|e|ing) (?:body |my )?hair": "removal",
    r"(?:oral|low dose) min": "oral minoxidil",
    r"topical min": "topical minoxidil",
    r"testosterone patch(?:es)?": "testosterone",
}
_PHRASE: Final = re.compile("|".join(rf"\b(?P<p{number}>{one})\b" for number, one in enumerate(_PHRASES)))
#: Whether there is one; in half the time, as a named group keeps the engine from looking at the first letter alone.
_ANY_PHRASE: Final = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b")
_SAID: Final = {f"p{number}": said for number, said in enumerate(_PHRASES.values())}
_WORD: Final = re.compile(r"[\w%+]+")
_SAME: Final[dict[str, str]] = {
    word: said
    for said, words in {
        "oral": "tablet pill capsule",
        "topical": "lotion foam liquid solution gel",
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
        "finasteride": "fin",
        "dutasteride": "dut duta",
        "spironolactone": "spiro",
        "vitamin": "vit",
        "chemotherapy": "chemo",
        "eyelash": "lash",
        "medicine": "medication med drug",
    }.items()
    for word in (said, *words.split())
}
_AGE: Final = re.compile(
    r"\b(?:(?P<years>[0-9]{1,3}) ?(?:(?:years?|yrs?|y) ?(?:olds?|o)|y/?o)"
    r"|(?:aged?(?: of)?|im|i am|s?hes|s?he is"
    r"|(?:my )?(?:kid|child|son|daughter|boy|girl|grandson|granddaughter|nephew|niece)(?: is| turned| aged?)?) "
    r"(?P<age>[0-9]{1,3})(?: ?(?:years?|yrs?)(?: old)?)?)\b(?! ?(?:%|(?:weeks?|months?|days?|mc?g)\b))"
)
_CHILD, _YOUNG, _OLD = 18, 30, 65
#: What is measured, and what it is called below the first figure and above the second one.
_MEASURES: Final[dict[str, tuple[float, str, float, str]]] = {
    "ferritin": (30, "low ferritin", 300, "high ferritin"),  # micrograms a litre, or nanograms a millilitre
    "gfr": (60, "low egfr", float("inf"), ""),  # millilitres a minute
    "bmi": (0, "", 29.9, "obese"),
    "potassium": (3.5, "low potassium", 5.5, "high potassium"),  # millimoles a litre
    "haemoglobin": (12, "anaemia", float("inf"), ""),  # grams a decilitre
}
_MOST_GRAMS_A_DECILITRE: Final = 25
_BETWEEN: Final = r"(?:\W+(?:levels?|is|of|was|at|came|back|only|just|now|around|about))*\W*"
_MEASURED: Final = re.compile(
    rf"\be?(?P<what>ferritin|gfr|bmi|potassium|ha?emoglobin|h[gb]b?){_BETWEEN}"
    r"(?P<side>under|below|less than|<|over|above|more than|>)?\W*(?P<figure>[0-9]+(?:\.[0-9]+)?)\b(?! ?(?:%|mc?g))"
    r"(?: ?[a-z]+/[0-9.a-z/]+)?"
    rf"|\b(?:bp|blood ?pressure){_BETWEEN}(?P<upper>[0-9]{{2,3}}) ?(?:/|over) ?(?P<lower>[0-9]{{2,3}})\b"
)
_BELOW, _ABOVE = ("under", "below", "less than", "<"), ("over", "above", "more than", ">")
_BP_LOW, _BP_HIGH = (90, 60), (140, 90)  # millimetres of mercury, while the heart beats and between beats
#: How much of it there is, and the form that this tells: milligrams are swallowed, per cent are put on the skin.
_STRENGTH: Final = re.compile(r"(?<![\w.,])[0-9][0-9.,]*k? ?(mg|mcg|ug|iu|units?|mm|ml|nm|%|percent|per cent)(?!\w)")
_FORM_OF: Final = {"mg": "oral", "mcg": "oral", "%": "topical", "percent": "topical", "per cent": "topical"}
_JOINED_UNIT: Final = re.compile(r"(?<=[0-9])(?=(?:%|mg|mcg|iu|mm|ml)(?!\w))")
_DIGIT: Final = re.compile("[0-9]")
_INITIALS: Final = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
#: Where a sentence that names several things is cut.
_SEVERAL: Final = re.compile(r",|;|&|\+|\b(?:and|plus|with|or|vs|versus)\b")
#: How alike two words must be spelled for one to stand for the other, from 0 to 1.
_ALIKE: Final = 0.8
_SHORTEST_MISSPELT: Final = 5
_FEWEST_CONSONANTS: Final = 4
_SHORTEST_STEM: Final = 4
_SHORTEST_SWAPPED: Final = 6
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
    bare, strengths = _STRENGTH.sub(" ", typed), _STRENGTH.findall(typed)
    form = _FORM_OF.get(strengths[0], "") if strengths else ""
    for words in (_words(f"{bare} {form}"), _words(bare)):
        for look in (index.same, index.called):
            found = look(words)
            if found.keys:
                return found
    swapped = index.unswapped(wanted)
    if swapped != wanted:
        return Found(index.meant(swapped).keys)
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
    text = text.replace("'", "")
    if _DIGIT.search(text):
        text = _MEASURED.sub(_measured, text)
    if _ANY_PHRASE.search(text):
        text = _PHRASE.sub(lambda match: _SAID[match.lastgroup or ""], text)
    if "." in text:
        text = _INITIALS.sub(r"\1", text)
    if _DIGIT.search(text):
        text = _JOINED_UNIT.sub(" ", _AGE.sub(_age, text))
    words = _WORD.findall(text)
    return frozenset(filter(None, map(_form_if_it_matters, words))) or frozenset(map(_form, words))


@cache
def _form_if_it_matters(word: str) -> str:
    return "" if word in _FILLERS or _singular(word) in _FILLERS else _form(word)


def _age(match: re.Match[str]) -> str:
    years = int(match["years"] or match["age"])
    if years < _CHILD:
        return "under 18"
    return "young adult" if years < _YOUNG else "over 65" if years >= _OLD else ""


def _measured(match: re.Match[str]) -> str:
    """What a figure of a blood test, of weight or of blood pressure is called; as it stands where it may be normal."""
    if match["upper"]:
        pressure = int(match["upper"]), int(match["lower"])
        is_low = any(one < least for one, least in zip(pressure, _BP_LOW, strict=True))
        is_high = any(one >= most for one, most in zip(pressure, _BP_HIGH, strict=True))
        return "high bp" if is_high else "low bp" if is_low else match[0]
    what = match["what"] if match["what"] in _MEASURES else "haemoglobin"
    least, low, most, high = _MEASURES[what]
    figure = float(match["figure"])
    if what == "haemoglobin" and figure > _MOST_GRAMS_A_DECILITRE:  # grams a litre
        figure /= 10
    side = match["side"] or ""
    if figure < least or (figure == least and side in _BELOW):
        return match[0] if side in _ABOVE else low
    if figure > most or (figure == most and side in _ABOVE):
        return match[0] if side in _BELOW else high
    return match[0]


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
        #: The keys that a word stands in a name of.
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
            for look in (self.same, self.spelled, self.within, self.around, self.overlapping, self.mentioned):
                found = look(words)
                if found.keys:
                    return found if words is wanted else Found(found.keys)
        return Found(())

    def same(self, wanted: frozenset[str]) -> Found:
        """Names of the very words."""
        keys = tuple(self.keys.get(wanted, ()))
        return Found(keys, sure=len(keys) == 1)

    def called(self, wanted: frozenset[str]) -> Found:
        """The one key that a name leads to of which all other words are in names too: “Propecia tablets”."""
        known = [self.holders.get(word, set()) for word in wanted]
        for key in set.intersection(*known) if known else ():
            if set(self.within(wanted).keys) == {key}:
                return Found((key,), sure=True)
        return Found(())

    def unswapped(self, wanted: frozenset[str]) -> frozenset[str]:
        """The words, those unknown without a swap of two letters where that makes them known."""

        def known(word: str) -> str:
            if word in self.holders or len(word) < _SHORTEST_SWAPPED or not word.isalpha():
                return word
            letters = sorted(word)
            alike = (one for one in (*self.holders, *_SAME) if len(one) == len(word) and sorted(one) == letters)
            right = next((one for one in alike if sum(map(str.__ne__, one, word)) == 2), word)
            return _SAME.get(right, right)

        return frozenset(map(known, wanted))

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

    def mentioned(self, wanted: frozenset[str]) -> Found:
        """The one key whose names have all of several words, if in different ones: “infrared cap”."""
        if len(wanted) < 2 or wanted & _DECISIVE:
            return Found(())
        keys = set.intersection(*(self.holders.get(word, set()) for word in wanted))
        return Found(tuple(keys) if len(keys) == 1 else ())

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
