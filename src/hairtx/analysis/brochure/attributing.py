"""Of which treatments a sentence says what it claims: by cues, each with a weight that was learnt.

A sentence that names one may praise it, set it beside another or against one. A sentence that names none goes on about
what was named before, what its heading names, all that the text offers, or what such a claim can be made of. No single
one of these decides, nor do the rules of ``subjects``, which are one cue among them; ``tools/learn.py`` learnt from
labelled texts what each of them weighs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from hairtx.analysis.brochure.sentences import Sentence, is_granting
from hairtx.analysis.brochure.subjects import KNOWN, OFFER, THESE, Names, Subjects
from hairtx.analysis.brochure.telling import promises_in
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["Attributor", "Cues", "words_in"]

#: How treatments are given that one takes or puts on: what is said of pain, say, is seldom said of those.
_GIVEN_AS: Final = (
    ("tablet", frozenset({"tablet", "capsule", "pill", "oral"})),
    ("lotion", frozenset({"lotion", "foam", "spray", "gel", "cream", "solution", "shampoo", "serum", "topical"})),
    ("drip", frozenset({"infusion", "drip"})),
)
_SELF_GIVEN: Final = frozenset({"medicine", "supplement"})
#: The parts that what is told of plays.
_TOLD: Final = frozenset({"subject", "partner"})
_ONE: Final = re.compile(r"\b(?:it|its|this|the (?:treatment|procedure|session|method|product|therapy))\b")
_MANY: Final = re.compile(
    r"\b(?:they|these|both|all|together|combin\w+|whichever|either|each|package|program(?:me)?|plan|bundle|them|every|"
    r"along with|alongside)\b"
)
#: Kinds that are said of a treatment beside another one.
_BESIDE: Final = frozenset({"combination", "beats-others", "as-good-as", "deeper-absorption", "gold-standard"})
#: So many sentences open a text.
_OPENING: Final = 2
#: Numbers above these are one cue: of treatments, and of those named together.
_MOST: Final = 4
_TOGETHER: Final = 3
#: Steps in which lines, counts, shares and what words tell are cues.
_LINES: Final = (0, 1, 2, 4, 8, 15)
_COUNTS: Final = (0, 1, 2, 4)
_SHARES: Final = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75)
_TELLING: Final = (-6.0, -3.0, -1.0, 1.0, 3.0, 6.0)
_QUARTERS: Final = (0.25, 0.5, 0.75)
_WORDS_BEFORE: Final = (0, 3)
#: How the cues begin that tell more together with how a sentence names a treatment.
_BESIDE_NAMES: Final = (
    "last",
    "not last",
    "main",
    "not main",
    "heading",
    "other heading",
    "share",
    "ruled",
    "not ruled",
)
_COMBINED_FIRST: Final = re.compile(r"(?:when |if )?(?:combined|given|paired|used) with\b")
#: What is said of all that are used together.
_COMBINED: Final = "combination"
#: What is sold is told of more often than a rival.
_ONCE: Final = 1
#: Log odds from which on a sentence is about a treatment.
_LIKELY: Final = 0.1
_WORD: Final = re.compile(r"[a-z]{3,}")
_LONG_WORD: Final = 4


class Cues:
    """What in one text speaks for and against each treatment.

    Args:
        sentences: the text.
        subjects: what it names, and where.
        classes: how each treatment is given.
        judged: the kinds of claims that each has a verdict on.
        words: by word, which treatments it speaks for, and how much.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        subjects: Subjects,
        classes: Mapping[str, str],
        judged: Mapping[str, frozenset[str]],
        words: Mapping[str, Mapping[str, float]],
    ) -> None:
        self._sentences = sentences
        self._subjects = subjects
        self._classes = classes
        self._judged = judged
        self._words = words
        self.candidates = tuple(one for one in subjects.lines if not one.startswith(KNOWN))
        self._plain = [folded(one.text) for one in sentences]
        named = [subjects.named_in(number) for number in range(len(sentences))]
        #: What each sentence speaks of, and what it does not only compare or mix something with.
        self._any = [frozenset(key for _, key, _ in held) for held in named]
        self._told = [tuple(dict.fromkeys(key for role, key, _ in held if role in _TOLD)) for held in named]
        #: By treatment, the sentences that speak of it.
        self._places: dict[str, list[int]] = {}
        for number, told in enumerate(self._told):
            for key in told:
                self._places.setdefault(key, []).append(number)
        self._told_of = Counter(key for held in named for role, key, _ in held if role == "subject")
        self._of_text = self._found_in_text(named)
        self._last = list(self._named_before())
        self._groups = list(self._named_as_one())
        self._heads = list(self._headings_over())
        #: Whether somebody says what the text is about, and it names nothing else.
        self.is_told = bool(subjects.given) and set(self.candidates) == set(subjects.given)

    def _found_in_text(self, named: Sequence[Sequence[tuple[str, str, int]]]) -> dict[str, AbstractSet[str]]:
        """What the text does with treatments anywhere."""
        pairs = list(zip(self._sentences, self._plain, self._any, strict=True))
        return {
            "heads": {key for one, _, keys in pairs if one.is_heading for key in keys},
            "starts": {key for held in named for _, key, at in held if at == 0},
            "offered": {
                key
                for (_, plain, _), told in zip(pairs, self._told, strict=True)
                if OFFER.search(plain)
                for key in told
            },
            "opens": {key for keys in self._any[:_OPENING] for key in keys},
            "priced": {key for one, _, keys in pairs if keys and "price" in promises_in(one.text) for key in keys},
            "asked": {key for one, _, keys in pairs if one.is_question for key in keys},
            "never told of": set(self.candidates) - self._told_of.keys(),
        }

    def _named_before(self) -> Iterator[tuple[Mapping[str, int], tuple[str, ...]]]:
        """For each sentence: by treatment the last one before it that told of that, and what was told of last."""
        at: dict[str, int] = {}
        last: tuple[str, ...] = ()
        for number, told in enumerate(self._told):
            yield dict(at), last
            if told:
                last = told
                at.update(dict.fromkeys(told, number))

    def _named_as_one(self) -> Iterator[tuple[str, ...]]:
        """For each sentence what was named last before it, if that was several under one name."""
        last: tuple[str, ...] = ()
        for number, told in enumerate(self._told):
            yield last
            if told:
                named = [one for one in self._subjects.mentions_in(number) if one.role in _TOLD]
                last = named[-1].ids if len(named[-1].ids) > 1 else ()

    def _headings_over(self) -> Iterator[int]:
        """For each sentence the number of the heading over it, or of the first sentence."""
        head = 0
        for number in range(len(self._sentences)):
            if number in self._subjects.heads:
                head = number
            yield head

    def told_of_at(self, number: int) -> list[str]:
        """What the text is not only compared or mixed with; where the rules say that this sentence is about an oil, or
        whatever else has no entry, only what it tells of again and again, as it does of what it sells too."""
        is_of_others = any(one.startswith(KNOWN) for one in self._subjects.about(number, 0))
        return [one for one in self.candidates if self._told_of[one] > (_ONCE if is_of_others else 0)]

    def of(self, number: int, kind: str, treatment: str, clause: int = 0) -> Iterator[str]:
        """The cues on whether this sentence claims that kind, in that clause, of this treatment."""
        group = self._classes[treatment]
        ruled = self.ruled(number, kind, clause)
        around = [*self._of_places(number, treatment), *self._of_section(number, treatment)]
        around += self._of_text_cues(number, treatment)
        is_ruled = f"ruled of {min(len(ruled), _TOGETHER)}" if treatment in ruled else "not ruled"
        around.append(is_ruled if ruled else "no rule")
        yield from (group, f"{group}: {kind}")
        yield "judged" if kind in self._judged[treatment] else "not judged"
        yield from around
        yield from self._of_words(number, kind, treatment)
        if number not in self._subjects.silent:
            here = list(self._of_names(number, kind, treatment, clause))
            yield from here
            yield from (f"{name}, {cue}" for name in here for cue in around if cue.startswith(_BESIDE_NAMES))

    def ruled(self, number: int, kind: str, clause: int) -> tuple[str, ...]:
        """The treatments that the sentence is about by the rules."""
        return self._subjects.together(number) if kind == _COMBINED else self._subjects.about(number, clause)

    def is_parted(self, number: int) -> bool:
        """Whether the sentence's own form says what is claimed of which: it speaks of one treatment and, in another
        clause, of another; it names first what something is combined with; or it is about “these methods”."""
        clauses = {one.clause for one in self._subjects.mentions_in(number) if one.role == "subject"}
        plain = self._plain[number]
        if not clauses:
            return THESE.match(plain) is not None
        is_granted = is_granting(self._sentences[number].text) or min(clauses) > 0
        return len(clauses) > 1 or is_granted or _COMBINED_FIRST.match(plain) is not None

    def with_joined(self, number: int, found: tuple[str, ...]) -> tuple[str, ...]:
        """With what is named in one breath with one of them: “PRP and needling are painless”, or under one name with
        it, as what is told of “regenerative medicine” is told of all that."""
        named = [one for one in self._subjects.mentions_in(number) if one.role == "subject"]
        joined = [key for one in named for key in one.ids] if named else self._groups[number]
        return tuple(dict.fromkeys([*found, *joined])) if not set(found).isdisjoint(joined) else found

    def with_partners(self, number: int, found: tuple[str, ...]) -> tuple[str, ...]:
        """With what the sentence says one of them works better with."""
        partners = [key for one in self._subjects.mentions_in(number) if one.role == "partner" for key in one.ids]
        return tuple(dict.fromkeys([*found, *(one for one in partners if one in self.candidates)]))

    def _of_names(self, number: int, kind: str, treatment: str, clause: int) -> Iterator[str]:
        """How the sentence itself names it, or others."""
        named = self._subjects.mentions_in(number)
        own = next((one for one in named if treatment in one.ids), None)
        if own is None:
            yield f"others here as {'+'.join(sorted({one.role for one in named})) or 'none'}"
            yield f"not here: {kind}"
            return
        place = "same" if own.clause == clause else "earlier" if own.clause < clause else "later"
        count = len({key for one in named for key in one.ids})
        yield f"here as {own.role}"
        yield f"here as {own.role} in {place} clause"
        yield f"here as {own.role}: {kind}"
        yield f"here of {min(count, _TOGETHER)}"
        yield "here first" if own.at == min(one.at for one in named) else "here later"
        yield f"here at {_step(own.at, _WORDS_BEFORE)}"

    def _of_places(self, number: int, treatment: str) -> Iterator[str]:
        """How far before it the treatment was told of, and whether last."""
        at, last = self._last[number]
        if treatment in at:
            yield f"{_step(self._sentences[number].line - self._sentences[at[treatment]].line, _LINES)} lines before"
        if last:
            yield f"last of {min(len(last), _TOGETHER)}" if treatment in last else "not last"
        ruled = self._subjects.about(number, 0)
        yield (
            "no rule" if not ruled else f"ruled of {min(len(ruled), _TOGETHER)}" if treatment in ruled else "not ruled"
        )

    def _of_section(self, number: int, treatment: str) -> Iterator[str]:
        """What the heading over it names, and what was told of since."""
        head = self._heads[number]
        over = self._told[head] if head in self._subjects.heads else ()
        if over:
            yield f"heading of {min(len(over), _TOGETHER)}" if treatment in over else "other heading"
        elif head in self._subjects.heads:
            yield "asked" if self._sentences[head].is_question else "empty heading"
        since = {
            key: count for key, at in self._places.items() if (count := bisect_left(at, number) - bisect_left(at, head))
        }
        if since:
            yield f"section {_step(since.get(treatment, 0), _COUNTS)} of {min(len(since), _TOGETHER)}"

    def _of_text_cues(self, number: int, treatment: str) -> Iterator[str]:
        """How much the text tells of it, from where on, and how."""
        main = self._subjects.main
        yield "no main" if not main else f"main of {min(len(main), _MOST)}" if treatment in main else "not main"
        yield f"share {_step(self._told_of[treatment] / max(1, self._told_of.total()), _SHARES)}"
        yield f"told {_step(self._told_of[treatment], _COUNTS)}"
        yield f"of {min(len(self.candidates), _MOST + 1)}"
        if self.candidates and treatment == self.candidates[0]:
            yield f"first, {_step(number / len(self._sentences), _QUARTERS)}"
        yield from (cue for cue, keys in self._of_text.items() if treatment in keys)

    def _of_words(self, number: int, kind: str, treatment: str) -> Iterator[str]:
        """Which words point back to one or to several, and which are used of that treatment."""
        plain, main = self._plain[number], self._subjects.main
        place = "last" if treatment in self._last[number][1] else "main" if treatment in main else "else"
        if _ONE.search(plain):
            yield f"one, {place}"
        if _MANY.search(plain):
            offered = ", offered" if treatment in self._of_text["offered"] else ""
            yield f"many, {place}{', main' if treatment in main else ''}{offered}"
        if kind in _BESIDE:
            yield f"{kind}, {place}"
        told = dict.fromkeys(self.candidates, 0.0)
        for word in words_in(self._sentences[number].text):
            for one, weight in self._words.get(word, {}).items():
                if one in told:
                    told[one] += weight
        others = max((weight for one, weight in told.items() if one != treatment), default=told[treatment])
        yield f"words {_step(round(told[treatment] - others, 2), _TELLING)}"


def words_in(text: str) -> set[str]:
    """The words of a text by which it tells what it is about, in the singular."""
    return {
        word[:-1] if word.endswith("s") and len(word) > _LONG_WORD else word for word in _WORD.findall(text.lower())
    }


def _step(number: float, steps: Sequence[float]) -> str:
    """The first of the steps that the number does not pass: 3 of (1, 2, 4) is “4”, and 9 is “more”."""
    return next((f"{step:g}" for step in steps if number <= step), "more")


class Attributor:
    """Says of which treatments a sentence claims something.

    Args:
        catalogue: the treatments, and what each cue weighs.
        names: under which names a text speaks of them.
        words: by word, how much it speaks for each treatment; what was learnt of that if not given.
    """

    def __init__(
        self, catalogue: Catalogue, names: Names, words: Mapping[str, Mapping[str, float]] | None = None
    ) -> None:
        self._weights = catalogue.claim_words.cues
        self._words = catalogue.claim_words.subjects if words is None else words
        self._classes = {one.id: _given_as(one.kind, names.forms_of(one.id)) for one in catalogue}
        self._judged = {one.id: frozenset(claim.kind for claim in one.claims if claim.kind) for one in catalogue}

    def cues_in(self, sentences: Sequence[Sentence], subjects: Subjects) -> Cues:
        """The cues of one text."""
        return Cues(sentences, subjects, self._classes, self._judged, self._words)

    def about(self, cues: Cues, number: int, kind: str, clause: int = 0) -> tuple[str, ...]:
        """The treatments that this sentence most likely claims that kind of, in that clause."""
        if cues.is_told:
            return cues.candidates
        if cues.is_parted(number):
            return cues.ruled(number, kind, clause)
        odds = {
            one: sum(self._weights.get(cue, 0.0) for cue in dict.fromkeys(("", *cues.of(number, kind, one, clause))))
            for one in cues.candidates
        }
        likely = tuple(one for one, weight in odds.items() if weight > _LIKELY)
        # Something claims it: where nothing is likely, the least unlikely of what the text tells of.
        told = [] if likely else cues.told_of_at(number)
        found = (max(told, key=odds.__getitem__),) if told else cues.with_joined(number, likely)
        return cues.with_partners(number, found) if kind == _COMBINED else found


def _given_as(kind: str, forms: frozenset[str]) -> str:
    if kind not in _SELF_GIVEN:
        return kind
    return next((name for name, words in _GIVEN_AS if not words.isdisjoint(forms)), kind)
