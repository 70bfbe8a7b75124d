"""What people mean by words that are no name in the catalogue: the same words in another order or form, a name with
words round it, a part of one, or one that is spelled alike.

A wrong guess can harm: “low potassium” is not high potassium, “laser hair removal” no laser for growth. So words that
turn a meaning round must agree, and where nothing is near enough, nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from hairtx.catalogue.names import Names, folded
from hairtx.catalogue.terms import DECISIVE, FILLERS, HAS_DIGIT, SAME, age_apart, as_text, is_number, words_of

__all__ = ["Found", "meant", "of_the_same_words", "with_words"]

#: How much of it there is, and the form that this tells: milligrams are swallowed, per cent are put on the skin.
_STRENGTH: Final = r"(?<![\w.,])[0-9][0-9.,]*k? ?(mg|mcg|ug|iu|units?|mm|ml|nm|%|percent|per cent)(?!\w)"
_FORM_OF: Final = {"mg": "oral", "mcg": "oral", "%": "topical", "percent": "topical", "per cent": "topical"}
_FORMS: Final = frozenset(_FORM_OF.values())
_ANY_FORM: Final = _FORMS | {"spray", "cream", "shampoo", "injection", "mesotherapy", "needling"}
#: Where a sentence that names several things is cut.
_SEVERAL: Final = (
    r",|;|&|\+|\b(?:and|plus|with|or|vs|versus)\b|(?<!not )(?<!never )(?<!stopped )(?<!longer )\btak(?:ing|es)\b"
)
_HAIR_LOST: Final = re.compile(r"\bhair ?loss\b|\blos(?:es?|ing|t) (?:\w+ )?(?:my )?hair\b")
#: Who is meant beside the one who types is no name of its own: “my wife and I want a baby”.
_WE_TWO: Final = r"\b(wife|husband|girlfriend|boyfriend|partner) and (?:i|me|myself)\b"
#: How alike two words must be spelled for one to stand for the other, from 0 to 1; and where others are a name already.
_ALIKE, _MORE_ALIKE = 0.825, 0.86
#: The same for whole names that differ by a letter.
_HARDLY_OFF: Final = 0.95
#: What is no name by itself where more was typed: “recent procedure on the scalp” is no recent flu.
_TOO_LITTLE_ALONE: Final = """
90s athlet baby back bf blood body born breath burn cup diseas drop fast full heal hole kind let matter min minor other
pilot recent red regrowth roman see seeing short sore ston tension why year
"""
_TOO_LITTLE: Final = frozenset(_TOO_LITTLE_ALONE.split())
#: Who it is, and how it is taken, say nothing about what it is.
_WHO: Final = frozenset(("female", "male", "men", "woman", "women"))
#: Who loses hair, where nothing else is said: “my daughter is losing her hair”.
_PEOPLE: Final = """
baby boy boyfriend brother child children dad daughter father girl girlfriend guy he her his husband kid lad mother mum
mom my partner she sister son teen toddler under over wife young
"""
_SOMEBODY: Final = _WHO | frozenset(_PEOPLE.split())
_LOST: Final = frozenset(("hair", "loss"))
_CHILDREN: Final = frozenset(("child", "children", "kid", "toddler"))
#: Who takes a medicine is not who cannot take it.
_ALLERGIC: Final = frozenset(("allergic", "allergy"))
_SHORTEST_MISSPELT: Final = 5
_FEWEST_CONSONANTS: Final = 4
_SHORTEST_SWAPPED: Final = 5
_MOST_LETTERS_APART: Final = 1
_VOWELS: Final = dict.fromkeys(map(ord, "aeiouy"))
#: The share of weight that words must have in common for a name to be offered.
_ENOUGH: Final = 0.6
_FEWEST_SHARED: Final = 2
_MOST_OFFERED: Final = 4


class Found(Struct, frozen=True):
    """The keys that may be meant, the likeliest first; ``sure`` where it is one, and nothing but its form differs."""

    keys: tuple[str, ...]
    sure: bool = False


def with_words(keys: Mapping[str, str]) -> Names:
    """Folded names that lead to these keys, with the words in them."""
    by_words: dict[str, dict[str, None]] = {}
    for name, key in keys.items():
        words = words_of(name)
        if not all(map(is_number, words)):  # “20 a day” is a name, and 20 is none
            by_words.setdefault(as_text(words), {})[key] = None
    by_words.pop("", None)
    return Names(dict(keys), {words: tuple(held) for words, held in by_words.items()})


def meant(typed: str, names: Names) -> Found:
    """What a name may mean that is none of ``names`` as it stands."""
    typed = folded(typed[:300])
    wanted = words_of(typed)
    if not wanted:
        return Found(())
    index = _Index(names)
    found = index.same(wanted)
    for words in () if found.keys else _with_form(typed):
        found = found if found.keys else index.same(words)
        found = found if found.keys else index.called(words)
    if found.keys:
        return found
    if hardly := _a_letter_off(typed, names):
        return Found(hardly)
    swapped = index.unswapped(wanted)
    if swapped != wanted:
        return Found(index.meant(swapped).keys)
    forms, parts = _in_two_forms(wanted, index), _in_parts(typed, names, index)
    if forms or len(parts) > 1:
        return Found(forms or parts)
    if all(word in _SOMEBODY or is_number(word) for word in wanted - _LOST) and _HAIR_LOST.search(typed):
        # “Hair loss woman 30” tells no more than that hair is lost; with a child there is ringworm to think of.
        return Found(index.meant(frozenset(("child",)) if wanted & _CHILDREN else words_of("hair loss")).keys)
    found = index.meant(wanted)
    name, _, purpose = typed.partition(" for ")
    # The purpose may have words that turn a meaning round: “iron for low ferritin”.
    if not found.keys and purpose and _agree(words_of(name) | words_of(purpose), wanted):
        found = Found(index.meant(words_of(name)).keys)
    # No name of a condition or a treatment tells an age.
    ageless, age = age_apart(typed)
    if not found.keys and age:
        found = Found(index.meant(words_of(ageless)).keys)
    # What one part means is not lost where the others hide it: “my mum had cancer and I have asthma”.
    found = found if found.keys else Found(parts)
    return found if found.keys or index.knows(wanted) else Found(_spelled_alike(typed, names))


def of_the_same_words(typed: str, names: Names) -> tuple[str, ...]:
    """The keys of names that differ from what was typed in form and order of words alone; quicker than all else."""
    return names.by_words.get(as_text(words_of(folded(typed[:300]))), ())


def _with_form(typed: str) -> dict[frozenset[str], None]:
    """The words without a strength, first with the form that this tells."""
    bare, form = typed, ""
    if HAS_DIGIT.search(typed):
        strengths = re.findall(_STRENGTH, typed)
        bare, form = re.sub(_STRENGTH, " ", typed), _FORM_OF.get(strengths[0], "") if strengths else ""
    return dict.fromkeys((words_of(f"{bare} {form}"), words_of(bare)))


def _in_two_forms(wanted: frozenset[str], index: _Index) -> tuple[str, ...]:
    """One medicine in two forms: “minoxidil pills or foam”."""
    forms = wanted & _FORMS
    keys = dict.fromkeys(key for one in sorted(forms) for key in index.meant(wanted - forms | {one}).keys[:1])
    return tuple(keys) if len(keys) > 1 else ()


def _in_parts(typed: str, names: Names, index: _Index) -> tuple[str, ...]:
    """Several names with “and”, “vs” or commas between them; how old somebody is, is one of them."""
    ageless, age = age_apart(re.sub(_WE_TWO, r"\1", typed))
    parts = [part for part in map(str.strip, (age, *re.split(_SEVERAL, ageless))) if part]
    if len(parts) == 1:
        return ()
    # “Eyebrows thinning and hairline receding” is one thing; beside it counts only what is named.
    whole = index.across(words_of(typed), [words_of(part) for part in parts])
    look = index.within if whole else index.meant
    each = [(names.keys[part],) if part in names.keys else look(words_of(part)).keys[:1] for part in parts]
    keys = dict.fromkeys(key for keys in (whole, *each) for key in keys)
    return tuple(keys)[:_MOST_OFFERED]


class _Index:
    """The names by their words."""

    def __init__(self, names: Names) -> None:
        self.keys = names.by_words
        self.names = tuple(self.keys)
        #: The numbers of the names that a word stands in.
        self.having: dict[str, list[int]] = {}
        for number, text in enumerate(self.names):
            for word in text.split():
                self.having.setdefault(word, []).append(number)
        self._holders: dict[str, set[str]] = {}

    def meant(self, wanted: frozenset[str]) -> Found:
        """What words may mean; without numbers if they mean nothing with them."""
        without = frozenset(word for word in wanted if not is_number(word))
        for words in dict.fromkeys((wanted, without)):
            looks = (self.same, self.spelled, self.within, self.around, self.overlapping, self.mentioned)
            # One word whose number does not fit is no part of a longer name: “sodium 130” is no sodium valproate.
            for look in looks[:3] if words is not wanted and len(words) == 1 else looks:
                found = look(words)
                if found.keys:
                    return found if words is wanted else Found(found.keys)
        return Found(())

    def same(self, wanted: frozenset[str]) -> Found:
        """Names of the very words."""
        keys = self.keys.get(as_text(wanted), ())
        return Found(keys, sure=len(keys) == 1)

    def called(self, wanted: frozenset[str]) -> Found:
        """The one key that a name leads to of which all other words are in names too: “Propecia tablets”."""
        known = [self._keys_with(word) for word in wanted]
        for key in set.intersection(*known) if known else ():
            if set(self.within(wanted).keys) == {key}:
                return Found((key,), sure=True)
        return Found(())

    def unswapped(self, wanted: frozenset[str]) -> frozenset[str]:
        """The words, those unknown without a swap of two letters where that makes them known."""

        def known(word: str) -> str:
            if word in self.having or len(word) < _SHORTEST_SWAPPED or not word.isalpha():
                return word
            letters = sorted(word)
            alike = (one for one in (*self.having, *SAME) if len(one) == len(word) and sorted(one) == letters)
            right = next((one for one in alike if sum(map(str.__ne__, one, word)) == 2), word)
            return SAME.get(right, right)

        return frozenset(map(known, wanted))

    def spelled(self, wanted: frozenset[str]) -> Found:
        """Names of the very words but for how a word is spelled."""
        respelled = self._respelled(wanted, _MORE_ALIKE if self.within(wanted).keys else _ALIKE)
        if respelled == wanted:
            return Found(())
        # One word that is mistaken and one of several besides is too little.
        for look in (self.same, self.within, self.around)[: 2 if len(respelled) == 1 else 3]:
            found = look(respelled)
            if found.keys:
                return Found(found.keys)
        return Found(())

    def _respelled(self, wanted: frozenset[str], cutoff: float) -> frozenset[str]:
        spellings = [*self.having, *(word for word, said in SAME.items() if said in self.having)]

        def known(word: str) -> str:
            if word in self.having or word in DECISIVE or len(word) < _SHORTEST_MISSPELT or not word.isalpha():
                return word
            near = [one for one in spellings if one not in DECISIVE and _may_be(word, one)]
            bones = _consonants(word)
            alike = [one for one in near if len(bones) >= _FEWEST_CONSONANTS and _consonants(one) == bones]
            right = next(iter(_close(word, near, most=1, cutoff=cutoff) or alike), word)
            return SAME.get(right, right)

        return frozenset(map(known, wanted))

    def within(self, wanted: frozenset[str]) -> Found:
        """Names whose words are all among those typed; first the key whose names have the most, or the rarest."""
        fitting = {
            words: held
            for words, held in self._sharing(wanted)
            if words < wanted and words - DECISIVE - _TOO_LITTLE and _agree(words, wanted)
        }
        # Beside “oral minoxidil”, “minoxidil for women” is no other thing that is meant, but the wrong form of it.
        formed = [words for words in fitting if words & _FORMS]
        for words in [one for one in fitting if not one & _ANY_FORM and any(one & other for other in formed)]:
            del fitting[words]
        if not fitting:
            return Found(())
        best = max(map(self._weight, fitting))
        keys: dict[str, None] = {}
        for words, held in fitting.items():
            # Another thing said in the same breath is offered too.
            if self._weight(words) == best or not any(words < other for other in fitting):
                keys |= dict.fromkeys(held)
        said: dict[str, set[str]] = {
            key: set().union(*(one for one, held in fitting.items() if key in held)) for key in keys
        }
        return Found(tuple(sorted(keys, key=lambda key: -self._weight(said[key]))[:_MOST_OFFERED]))

    def knows(self, wanted: Iterable[str]) -> bool:
        """Whether each of the words stands in some name, so that none is mistyped."""
        return all(word in self.having for word in wanted)

    def across(self, wanted: frozenset[str], parts: Iterable[frozenset[str]]) -> tuple[str, ...]:
        """The keys of names whose words are among those typed, and in no part alone; those of most words first."""
        fitting = [
            (words, held)
            for words, held in self._sharing(wanted)
            if words <= wanted and _agree(words, wanted) and not any(words <= part for part in parts)
        ]
        return tuple(key for _, held in sorted(fitting, key=lambda one: -len(one[0])) for key in held)

    def around(self, wanted: frozenset[str]) -> Found:
        """Names that have all the words typed, and more."""
        if all(word in DECISIVE | _TOO_LITTLE | _WHO or is_number(word) for word in wanted):
            return Found(())
        keys: dict[str, int] = {}
        for words, held in sorted(self._sharing(wanted), key=lambda one: len(one[0])):
            if wanted < words and _agree(wanted, words) and not _ALLERGIC & (words - wanted):
                for key in held:
                    keys.setdefault(key, len(words))
        is_most = max(keys.values(), default=0) <= 2 * len(wanted)
        return Found(tuple(keys)[:_MOST_OFFERED], sure=len(keys) == 1 and is_most)

    def overlapping(self, wanted: frozenset[str]) -> Found:
        """Names that share most of what sets them apart with what was typed."""
        scores: dict[str, float] = {}
        for words, held in self._sharing(wanted - DECISIVE):
            if not _agree(words, wanted) or _ALLERGIC & (words - wanted):
                continue
            shared = words & wanted - DECISIVE
            # One word in common is too little where each has others too: arthritis in a knee is no knee surgery.
            if len(shared) < _FEWEST_SHARED:
                continue
            score = self._weight(shared) / (self._weight(words | wanted) or 1)
            if score >= _ENOUGH:
                for key in held:
                    scores[key] = max(scores.get(key, 0), score)
        return Found(tuple(sorted(scores, key=lambda key: -scores[key]))[:_MOST_OFFERED])

    def mentioned(self, wanted: frozenset[str]) -> Found:
        """The one key whose names have all of several words, if in different ones: “infrared cap”."""
        if len(wanted) < 2 or wanted & DECISIVE:
            return Found(())
        keys = set.intersection(*map(self._keys_with, wanted))
        return Found(tuple(keys) if len(keys) == 1 else ())

    def _sharing(self, wanted: Iterable[str]) -> list[tuple[frozenset[str], tuple[str, ...]]]:
        """The names that have any of these words, as words, with their keys and in their order."""
        numbers = sorted({number for word in wanted for number in self.having.get(word, ())})
        return [(frozenset(self.names[one].split()), self.keys[self.names[one]]) for one in numbers]

    def _keys_with(self, word: str) -> set[str]:
        """The keys that a word stands in a name of."""
        if word not in self._holders:
            self._holders[word] = {key for one in self.having.get(word, ()) for key in self.keys[self.names[one]]}
        return self._holders[word]

    def _weight(self, words: Iterable[str]) -> float:
        """Words that few names have say more."""
        return sum(1 / (len(self._keys_with(word)) or 1) for word in words)


def _close(word: str, among: Iterable[str], *, most: int, cutoff: float = _ALIKE) -> list[str]:
    """Those spelled most alike."""
    from difflib import get_close_matches  # needed only after a mistake

    # None so much shorter or longer is alike enough; most are, and need no closer look.
    shortest, longest = len(word) * cutoff / (2 - cutoff), len(word) * (2 - cutoff) / cutoff
    return get_close_matches(word, [one for one in among if shortest <= len(one) <= longest], n=most, cutoff=cutoff)


def _consonants(word: str) -> str:
    """What is left of a word when its vowels are mistaken."""
    return word.translate(_VOWELS)


def _may_be(word: str, other: str) -> bool:
    """Whether one may be the other mistyped: they begin alike, and too little (hypo) is never too much (hyper)."""
    return _begin_alike(word, other) and abs(len(word) - len(other)) <= _MOST_LETTERS_APART


def _begin_alike(one: str, other: str) -> bool:
    """Also, no parathyroid gland is a thyroid."""
    return one[0] == other[0] and all(
        one.startswith(begins) == other.startswith(begins) for begins in ("hypo", "hyperpara", "hypopara")
    )


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one & DECISIVE == other & DECISIVE


def _spelled_alike(typed: str, names: Names) -> tuple[str, ...]:
    """The keys of whole names that are spelled alike, however they are cut into words."""
    if HAS_DIGIT.search(typed):  # a number is never another one mistyped
        return ()
    alike = [one for one in names.keys if _begin_alike(one, typed)]
    # “hiv hair loss” and “hijab hair loss” are alike in what says nothing.
    matters, wanted = _matters(typed), words_of(typed)
    return tuple(
        dict.fromkeys(
            names.keys[one]
            for one in _close(typed, alike, most=_MOST_OFFERED)
            if _agree(words_of(one), wanted) and _close(matters, [_matters(one)], most=1)
        )
    )


def _a_letter_off(typed: str, names: Names) -> tuple[str, ...]:
    """The key of a name of several words that has a letter or two more or less: “minoxidil gumies”."""
    if HAS_DIGIT.search(typed) or " " not in typed:
        return ()
    alike = [one for one in names.keys if " " in one and one[0] == typed[0]]
    near = _close(typed, alike, most=1, cutoff=_HARDLY_OFF)
    return tuple(names.keys[one] for one in near if _agree(words_of(one), words_of(typed)))


def _matters(text: str) -> str:
    return " ".join(word for word in text.split() if word not in FILLERS)
