"""Of which treatments a sentence that names none says what it claims: by cues, each with a weight that was learnt.

Such a sentence goes on about what was named before, what its heading names, all that the text offers,
or what such a claim can be made of. No single one of these decides; ``tools/learn.py`` learnt from labelled texts what
each of them weighs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hairtx.analysis.brochure.sentences import Sentence
from hairtx.analysis.brochure.subjects import KNOWN, OFFER, Names, Subjects
from hairtx.analysis.brochure.telling import promises_in
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["Attributor", "Cues"]

#: How treatments are given that one takes or puts on: what is said of pain, say, is seldom said of those.
_GIVEN_AS: Final = (
    ("tablet", frozenset({"tablet", "capsule", "pill", "oral"})),
    ("lotion", frozenset({"lotion", "foam", "spray", "gel", "cream", "solution", "shampoo", "serum", "topical"})),
    ("drip", frozenset({"infusion", "drip"})),
)
_SELF_GIVEN: Final = frozenset({"medicine", "supplement"})
_ONE: Final = re.compile(r"\b(?:it|its|this|the (?:treatment|procedure|session|method|product|therapy))\b")
_MANY: Final = re.compile(
    r"\b(?:they|these|both|all|together|combin\w+|whichever|either|each|package|program(?:me)?|plan|bundle|them|every|"
    r"along with|alongside)\b"
)
#: Kinds that are said of a treatment beside another one.
_BESIDE: Final = frozenset({"combination", "beats-others", "as-good-as", "deeper-absorption", "gold-standard"})
#: So many sentences open a text.
_OPENING: Final = 2
#: Numbers above these are one cue: of treatments, and of lines or of those named together.
_MOST: Final = 4
_FAR: Final = 3
#: The part of all mentions above which a text names a treatment much, or at least some.
_LARGE_SHARE: Final = 0.5
_SOME_SHARE: Final = 0.25
#: What is sold is told of more often than a rival.
_ONCE: Final = 1
#: Log odds from which on a sentence is about a treatment.
_LIKELY: Final = 0.8


class Cues:
    """What in one text speaks for and against each treatment.

    Args:
        sentences: the text.
        subjects: what it names, and where.
        classes: how each treatment is given.
        judged: the kinds of claims that each has a verdict on.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        subjects: Subjects,
        classes: Mapping[str, str],
        judged: Mapping[str, frozenset[str]],
    ) -> None:
        self._sentences = sentences
        self._subjects = subjects
        self._classes = classes
        self._judged = judged
        self.candidates = tuple(one for one in subjects.lines if not one.startswith(KNOWN))
        self._plain = [folded(one.text) for one in sentences]
        self._named = [subjects.named_in(number) for number in range(len(sentences))]
        counts = Counter(key for named in self._named for role, key, _ in named if role != "ingredient")
        total = sum(counts.values())
        self._share = {key: count / total for key, count in counts.items()}
        self._rank = {key: rank for rank, (key, _) in enumerate(counts.most_common())}
        pairs = list(zip(sentences, self._plain, self._named, strict=True))
        self._of_text = {
            "heads": {key for one, _, named in pairs if one.is_heading for _, key, _ in named},
            "starts": {key for *_, named in pairs for _, key, at in named if at == 0},
            "offered": {
                key
                for _, plain, named in pairs
                if OFFER.search(plain)
                for role, key, _ in named
                if role in {"subject", "partner"}
            },
            "opens": {key for named in self._named[:_OPENING] for _, key, _ in named},
            "priced": {
                key for one, _, named in pairs if named and "price" in promises_in(one.text) for _, key, _ in named
            },
            "asked": {key for one, _, named in pairs if one.is_question for _, key, _ in named},
        }
        self._told_of = Counter(key for named in self._named for role, key, _ in named if role == "subject")
        self._of_text["never told of"] = set(self.candidates) - self._told_of.keys()
        self._before = list(self._spoken_of_before())
        #: Whether somebody says what the text is about, and it names nothing else.
        self.is_told = bool(subjects.given) and set(self.candidates) == set(subjects.given)

    def _spoken_of_before(self) -> Iterator[tuple[tuple[str, ...], int, frozenset[str]]]:
        """For each sentence: what was named last before it, how many lines ago, and what its heading names."""
        last: tuple[str, ...] = ()
        line = 0
        above: frozenset[str] = frozenset()
        for sentence, named in zip(self._sentences, self._named, strict=True):
            keys = tuple(dict.fromkeys(key for _, key, _ in named))
            if sentence.is_heading:
                above = frozenset(keys)
            yield last, sentence.line - line, above
            if keys:
                last, line = keys, sentence.line

    def told_of_at(self, number: int) -> list[str]:
        """What the text is not only compared or mixed with; where the rules say that this sentence is about an oil, or
        whatever else has no entry, only what it tells of again and again, as it does of what it sells too."""
        is_of_others = any(one.startswith(KNOWN) for one in self._subjects.about(number, 0))
        return [one for one in self.candidates if self._told_of[one] > (_ONCE if is_of_others else 0)]

    def of(self, number: int, kind: str, treatment: str) -> Iterator[str]:
        """The cues on whether this sentence, which names none, claims that kind of this treatment."""
        group = self._classes[treatment]
        yield from (group, f"{group}: {kind}")
        yield "judged" if kind in self._judged[treatment] else "not judged"
        yield from self._of_places(number, treatment)
        yield from self._of_words(number, kind, treatment)

    def _of_places(self, number: int, treatment: str) -> Iterator[str]:
        """What was named before it, over it, and in the text as a whole."""
        last, far, above = self._before[number]
        main = self._subjects.main
        if last:
            before = f"before, one of {min(len(last), _FAR)}" if treatment in last else "not before"
            yield f"{before}, {min(far, _FAR)} lines"
        if above:
            yield f"heading of {min(len(above), _FAR)}" if treatment in above else "other heading"
        ruled = self._subjects.about(number, 0)
        yield "no rule" if not ruled else f"ruled of {min(len(ruled), _FAR)}" if treatment in ruled else "not ruled"
        yield "no main" if not main else f"main of {min(len(main), _MOST)}" if treatment in main else "not main"
        share = self._share.get(treatment, 0.0)
        yield "much" if share > _LARGE_SHARE else "some" if share > _SOME_SHARE else "little"
        yield f"rank {min(self._rank.get(treatment, _MOST), _MOST)}"
        yield f"of {min(len(self.candidates), _MOST + 1)}"
        yield from (cue for cue, keys in self._of_text.items() if treatment in keys)

    def _of_words(self, number: int, kind: str, treatment: str) -> Iterator[str]:
        """Which words point back to one or to several."""
        plain, main = self._plain[number], self._subjects.main
        place = "before" if treatment in self._before[number][0] else "main" if treatment in main else "else"
        if _ONE.search(plain):
            yield f"one, {place}"
        if _MANY.search(plain):
            offered = ", offered" if treatment in self._of_text["offered"] else ""
            yield f"many, {place}{', main' if treatment in main else ''}{offered}"
        if kind in _BESIDE:
            yield f"{kind}, {place}"


class Attributor:
    """Says of which treatments a sentence claims something.

    Args:
        catalogue: the treatments, and what each cue weighs.
        names: under which names a text speaks of them.
    """

    def __init__(self, catalogue: Catalogue, names: Names) -> None:
        self._weights = catalogue.claim_words.cues
        self._classes = {one.id: _given_as(one.kind, names.forms_of(one.id)) for one in catalogue}
        self._judged = {one.id: frozenset(claim.kind for claim in one.claims if claim.kind) for one in catalogue}

    def cues_in(self, sentences: Sequence[Sentence], subjects: Subjects) -> Cues:
        """The cues of one text."""
        return Cues(sentences, subjects, self._classes, self._judged)

    def about(self, cues: Cues, number: int, kind: str) -> tuple[str, ...]:
        """The treatments that this sentence most likely claims that kind of."""
        if cues.is_told:
            return cues.candidates
        odds = {
            one: sum(self._weights.get(cue, 0.0) for cue in dict.fromkeys(("", *cues.of(number, kind, one))))
            for one in cues.candidates
        }
        likely = tuple(one for one, weight in odds.items() if weight > _LIKELY)
        # Something claims it: where nothing is likely, the least unlikely of what the text tells of.
        told = [] if likely else cues.told_of_at(number)
        return (max(told, key=odds.__getitem__),) if told else likely


def _given_as(kind: str, forms: frozenset[str]) -> str:
    if kind not in _SELF_GIVEN:
        return kind
    return next((name for name, words in _GIVEN_AS if not words.isdisjoint(forms)), kind)
