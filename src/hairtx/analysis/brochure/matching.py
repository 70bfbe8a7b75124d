"""Which of the catalogue's claims a sentence makes: phrases whose words stand near each other in it.

A phrase counts as said when enough of its words, by weight, stand close together, in any order. Rare words weigh more
than common ones. What is denied is not claimed; what is hedged is claimed, and said to be.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from hairtx.analysis.brochure.sentences import Word, trimmed, words_of
from hairtx.analysis.brochure.weighing import ABSURD, DOUBTFUL, LIKELY, UNLIKELY, Weigher
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["THRESHOLD", "Match", "Matcher", "hedge_of"]

#: From this score on a phrase counts as said. Chosen on the development half of tests/data/brochures.
THRESHOLD: Final = 0.72
#: From which odds on all sentences of a passage together claim a kind that none does alone, and how near one must come.
_TOGETHER: Final = 0.0
_NEAREST: Final = -2.0
#: From this share of a sentence's words on a phrase is all that it says.
_MOST: Final = 0.6
#: How much of a phrase, by weight, must be there at all.
_ENOUGH: Final = 0.8
#: What each word between the words of a phrase takes from the score, and each end of a clause between them.
_GAP: Final = 0.08
_CLAUSE_GAP: Final = 3
#: The same where small words count, which stand everywhere.
_GAP_OF_SMALL: Final = 0.15
#: What each word that is only of the same family takes from what merely sounds like a kind.
_OTHER_WORD: Final = 0.05
#: What it takes from a longer phrase, and from any over an “and”, that its words stand in another order.
_TURNED: Final = 0.2
#: What it takes besides where it stands in another order over an “and” or a comma.
_OVER: Final = 0.1
#: How many words “not” denies, and how many “no”; what one only “wants to” is not said either.
_DENIED_BY: Final = {"not": 5, "no": 2, "without": 3, "non": 1, "wish": 2}
#: “Not any pain” is “not pain”.
_ANY: Final = "every…"
#: A phrase with fewer words that tell something is matched by its small words too.
_TELLING: Final = 2
_LIGHT_WORDS: Final = "no hair scalp treat… day… time session… num… month… week… own year decade… patient… every…"
_LIGHT: Final = frozenset(_LIGHT_WORDS.split())
#: Of a phrase with so many words, one that weighs little may be missing.
_LONG: Final = 4
#: Kinds that say when or for how long something happens, and so that it happens.
_WHEN: Final = frozenset({"fast-results", "lasts", "takes-months"})
#: It hangs on how many days: “recovery: 12 days” is none, whatever its words weigh.
_SHORT: Final = "short-recovery"
#: “It may help” is said of any name.
_IT: Final = re.compile(r"^(?:it|they) ")
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|possibly|potentially|potential|perhaps|believed to|thought to|said to|suggests?|appears? to|"
    r"seems? to|can help|some (?:people|patients|users|studies|men|women|research)|in (?:some|many) cases|up to|"
    r"results (?:can |may )?vary|aims? to|designed to|intended to|tends? to|likely|often|usually|typically|generally|"
    r"for (?:many|some|most)|promising|hopes? to)\b"
)


def _likely(odds: float) -> float:
    """The probability that log odds stand for."""
    return round(1 / (1 + math.exp(-odds)), 3)


class Match(Struct, frozen=True):
    """A claim found in a sentence.

    ``kind`` is a key of the kinds, or ``treatment/number`` of a claim that has words of its own. ``phrase`` is
    empty where no phrase matched, and all words together made it likely.
    """

    kind: str
    phrase: str
    score: float
    #: The words of the sentence that matched, and their places among its words that say something.
    words: tuple[str, ...]
    at: tuple[int, ...]
    clause: int
    denied: bool = False
    #: Whether it stands there word for word as an entry has it.
    is_verbatim: bool = False

    @property
    def needed(self) -> float:
        """The score from which on it counts; without a phrase, the score is how likely the words make it."""
        return THRESHOLD if self.phrase else _likely(LIKELY)


class _Phrase(Struct, frozen=True):
    kind: str
    text: str
    stems: tuple[str, ...]
    is_against: bool
    #: Words such as “the” and “will”, where little else is in it: then they count.
    fillers: frozenset[str]
    #: The one word that a phrase consists of: no other of its family stands for it.
    literal: str = ""
    #: The words of what only sounds like a kind, as they are: others of their family are a little less surely that.
    own: frozenset[str] = frozenset()


class Matcher:
    """The phrases of a catalogue, ready to be looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        phrases = list(_phrases(catalogue))
        counts = Counter(stem for one in phrases for stem in one.stems if stem not in one.fillers)
        self._weights = {stem: math.log(1 + len(phrases) / count) for stem, count in counts.items()}
        self._weigher = Weigher(catalogue.claim_words)
        self._kinds = frozenset(catalogue.claim_kinds)
        self._by_rarest: dict[str, list[_Phrase]] = {}
        for one in phrases:
            rarest = max(one.stems, key=lambda stem: (stem != "no", self._weight(one, stem)))
            self._by_rarest.setdefault(rarest, []).append(one)
        self._verbatim = _verbatim(catalogue)

    def _weight(self, phrase: _Phrase, stem: str) -> float:
        return 1.0 if stem in phrase.fillers else self._weights[stem]

    def odds_in(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The log odds that each of the sentences of a passage claims each kind.

        What no sentence says by itself, but all together do, is said by the one that comes nearest to it.
        """
        odds = [self._weigher.odds_of(text) for text in texts]
        if len(texts) > 1:
            for kind, together in self._weigher.odds_of(" ".join(texts)).items():
                nearest = max(odds, key=lambda one: one[kind])
                if together > _TOGETHER and nearest[kind] > _NEAREST:
                    nearest[kind] = max(nearest[kind], together)
        return odds

    def claims_in(self, text: str, odds: Mapping[str, float] | None = None) -> list[Match]:
        """What the sentence claims, each kind once, and what it denies; in the order of its words.

        Args:
            text: the sentence.
            odds: how likely it claims each kind, if the sentences round it were looked at too.
        """
        if odds is None:
            odds = self._weigher.odds_of(text)
        words = words_of(text)
        places: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            places.setdefault(word.stem, []).append(at)
        said: list[Match] = []
        against: dict[str, list[Match]] = {}
        for stem in places:
            for phrase in self._by_rarest.get(stem, ()):
                found = self._found(phrase, places, words)
                if found is None:
                    continue
                if phrase.is_against:
                    against.setdefault(found.kind, []).append(found)
                else:
                    said.append(found)
        best: dict[str, Match] = {}
        for one in sorted(said, key=_rank, reverse=True):
            # Of two ways in which a kind is said, what only sounds like it takes away one and not the other.
            if one.kind not in best and not any(_is_rather(other, one) for other in against.get(one.kind, ())):
                best[one.kind] = one
        kept = [one for one in best.values() if not any(_covers(other, one) for other in best.values())]
        telling = sum(not one.is_filler for one in words)
        kept = [one for one in kept if odds.get(one.kind, 0.0) > _least_odds(one, telling)]
        known = best.keys() | against.keys() | {_SHORT}
        kept += [
            self._weighed(kind, weight, text, words)
            for kind, weight in odds.items()
            if weight > LIKELY and kind in self._kinds and kind not in known and words
        ]
        return sorted([*kept, *self._word_for_word(text, words)], key=lambda one: (one.at, one.kind))

    def _word_for_word(self, text: str, words: Sequence[Word]) -> Iterator[Match]:
        """The claims of single entries that the sentence makes in the entry's own words."""
        plain = folded(text)
        texts = [one.text for one in words]
        for kind, said in self._verbatim:
            if said not in plain:
                continue
            held = tuple(one.text for one in words_of(said))
            for start in range(len(texts) - len(held) + 1):
                if tuple(texts[start : start + len(held)]) == held:
                    at = tuple(range(start, start + len(held)))
                    yield Match(kind, said, 1.0, held, at, words[start].clause, is_verbatim=True)
                    break

    def _weighed(self, kind: str, odds: float, text: str, words: Sequence[Word]) -> Match:
        """A claim that no phrase has, found by the weight of its words."""
        telling = self._weigher.telling_in(text, kind)
        at = tuple(place for place, word in enumerate(words) if word.text in telling) or (0,)
        told = [words[one] for one in at]
        # A “no” that speaks for the claim denies nothing.
        denied = all(one.stem != "no" for one in told) and _is_denied(words, at)
        score = _likely(odds)
        return Match(kind, "", score, tuple(one.text for one in told), at, told[0].clause, denied)

    def _found(self, phrase: _Phrase, places: dict[str, list[int]], words: Sequence[Word]) -> Match | None:
        there = [stem for stem in phrase.stems if stem in places]
        total = sum(self._weight(phrase, stem) for stem in phrase.stems)
        coverage = sum(self._weight(phrase, stem) for stem in there) / total
        is_whole = len(phrase.stems) < _LONG or bool(phrase.fillers) or phrase.kind in _WHEN
        if coverage < _ENOUGH or (is_whole and len(there) < len(phrase.stems)):
            return None
        at = _nearest([places[stem] for stem in there])
        if phrase.literal:
            at = next(([one] for one in places.get(phrase.stems[0], ()) if words[one].text == phrase.literal), None)
        if (
            at is None
            or ("no" in phrase.stems and "no" not in there)
            or ("no" in there and not _denies(words, there, at))
        ):
            return None
        first, last = min(at), max(at)
        if phrase.fillers:
            between = last - first + 1 - len(at)
        else:
            between = words[last].before - words[first].before + 1 - len(at)
        clauses = words[last].clause - words[first].clause
        is_turned = at != sorted(at)
        is_over = words[first].part != words[last].part
        if phrase.is_against:
            gap, less = _GAP, _OTHER_WORD * sum(trimmed(words[one].text) not in phrase.own for one in at)
            # “More blood flow and less inflammation” is no “less blood flow”.
            less += _TURNED if is_turned and (is_over or phrase.fillers) else 0.0
            # “After the fourth session and last for a year” is no “session lasts”.
            less += _OVER if is_over and len(at) == _TELLING else 0.0
        else:
            gap = _GAP_OF_SMALL if phrase.fillers else _GAP
            less = _TURNED if is_turned and (is_over or phrase.fillers or len(at) > _TELLING) else 0.0
            less += _OVER if is_turned and is_over else 0.0
        score = coverage * max(0.0, 1 - less - gap * (between + _CLAUSE_GAP * clauses))
        if score < THRESHOLD:
            return None
        ordered = tuple(sorted(at))
        return Match(
            phrase.kind,
            phrase.text,
            round(score, 3),
            tuple(words[one].text for one in ordered),
            ordered,
            words[first].clause,
            "no" not in phrase.stems and _is_denied(words, at),
        )


def _phrases(catalogue: Catalogue) -> Iterator[_Phrase]:
    for key, kind in catalogue.claim_kinds.items():
        yield from _compiled(key, kind.said_as, is_against=False)
        yield from _compiled(key, kind.not_said_as, is_against=True)
    for treatment in catalogue:
        for number, claim in enumerate(treatment.claims):
            yield from _compiled(f"{treatment.id}/{number}", claim.said_as, is_against=False)


def _verbatim(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Each claim of an entry that has words enough to be known by, in small letters and without the “it” that any name
    may stand for."""
    said = (
        (f"{treatment.id}/{number}", _IT.sub("", folded(claim.claim)).rstrip("."))
        for treatment in catalogue
        for number, claim in enumerate(treatment.claims)
    )
    return [(kind, text) for kind, text in said if len(text.split()) >= _LONG]


def _compiled(kind: str, texts: Iterable[str], *, is_against: bool) -> Iterator[_Phrase]:
    for text in texts:
        words = words_of(text)
        telling = [one for one in words if not one.is_filler and one.stem not in _LIGHT]
        kept = words if len(telling) < _TELLING else [one for one in words if not one.is_filler]
        stems = tuple(dict.fromkeys(one.stem for one in kept))
        if stems and stems != ("no",):
            literal = kept[0].text if len(stems) == 1 else ""
            fillers = frozenset(one.stem for one in kept if one.is_filler)
            own = frozenset(trimmed(one.text) for one in words) if is_against else frozenset()
            yield _Phrase(kind, text, stems, is_against, fillers, literal, own)


def _rank(match: Match) -> tuple[int, float]:
    """More words say it more surely; a longer phrase also explains more."""
    return len(match.at), match.score


def _is_plain(match: Match, telling: int) -> bool:
    """Whether the phrase is one plain word, “painless”, or most of the words of its sentence that tell something."""
    return " " not in match.phrase or len(match.at) >= _MOST * telling


def _least_odds(match: Match, telling: int) -> float:
    """The log odds under which a sentence of so many words that tell something does not claim what the phrase says."""
    if _is_plain(match, telling):
        return ABSURD
    return UNLIKELY if len(match.at) > _TELLING else DOUBTFUL


def _covers(one: Match, other: Match) -> bool:
    """Whether ``one`` takes all the words of ``other`` and more: “no side effects” is not “few side effects”."""
    mine, its = set(one.at), set(other.at)
    if one.phrase == other.phrase or (one.kind in _WHEN and other.kind not in _WHEN):
        # Both are said: “oxygen and nutrients reach the roots”, “less shedding from month three”.
        return False
    return its < mine or (its == mine and one.kind != other.kind and (one.score, other.kind) > (other.score, one.kind))


def _is_rather(against: Match, match: Match) -> bool:
    """Whether the words say, as surely, what only sounds like that kind, unless what is said takes more of them."""
    mine, its = set(against.at), set(match.at)
    explains_more = len(mine) > 1 and mine < its
    return against.score >= match.score and not its.isdisjoint(mine) and not explains_more


def _nearest(places: Sequence[Sequence[int]]) -> list[int] | None:
    """One place for each word so that all stand as close together as they can."""
    best: list[int] | None = None
    for start in places[0]:
        chosen = [start]
        for held in places[1:]:
            free = [one for one in held if one not in chosen]
            if not free:
                return best
            chosen.append(min(free, key=lambda one: (abs(one - start), one < start)))
        if best is None or max(chosen) - min(chosen) < max(best) - min(best):
            best = chosen
    return best


def _denies(words: Sequence[Word], stems: Sequence[str], at: Sequence[int]) -> bool:
    """Whether the “no” of a phrase stands before what it denies, and near it."""
    no = at[stems.index("no")]
    rest = [place for stem, place in zip(stems, at, strict=True) if stem != "no"]
    after = [place for place in rest if place > no]
    # “Not suitable for injections” is not “no injections”.
    reach = 1 if words[no].text == "not" and len(rest) == 1 else _DENIED_BY[words[no].text] + 1
    return (
        bool(after)
        and sum(one.stem != _ANY and not one.is_filler for one in words[no + 1 : min(after) + 1]) <= reach
        and words[no].clause == words[min(after)].clause
    )


def _is_denied(words: Sequence[Word], at: Sequence[int]) -> bool:
    """Whether a “no” or a “not” before the words of a match reaches them."""
    first, last = min(at), max(at)
    for word in words[:last]:
        # “Wish” stands for “wants to” and the like; as a word of the text, “your wishes”, it denies nothing.
        if word.text not in _DENIED_BY:
            continue
        reached = words[first] if word.before < words[first].before else words[last]
        near = reached.before - word.before <= _DENIED_BY[word.text]
        if near and word.part == reached.part:
            return True
    return False


def hedge_of(text: str) -> str:
    """The words with which a sentence takes back a part of what it says; empty where it does not."""
    found = _HEDGE.search(folded(text))
    return found[0] if found else ""
