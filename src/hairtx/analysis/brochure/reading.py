"""One text read as a whole: what it speaks of, claims, promises, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Final

from msgspec import Struct, structs

from hairtx.analysis.brochure.attributing import Attributor, Cues
from hairtx.analysis.brochure.matching import Match, Matcher, hedge_of
from hairtx.analysis.brochure.sentences import Sentence, sentences_of, words_of
from hairtx.analysis.brochure.subjects import KNOWN, Names, Subjects
from hairtx.analysis.brochure.telling import (
    BLOOD_THINNERS,
    CHECKLIST,
    PROMISES,
    Point,
    Promise,
    affirmed,
    answer_in,
    condition_in,
    is_approved_elsewhere,
    is_general,
    is_in_study,
    is_mild,
    is_of_sufferers,
    is_prevalence,
    is_share_of_harmed,
    is_shedding_praised,
    is_warning,
    points_in,
    praise_in,
    promises_in,
    stopping,
    time_asked,
    time_of_result,
    without_unproven,
)
from hairtx.analysis.brochure.weighing import POINT
from hairtx.analysis.factors import narrower_factors
from hairtx.catalogue.model import Claim, Treatment
from hairtx.catalogue.store import Catalogue

__all__ = ["Made", "Promised", "Reader", "Reading", "Unjudged"]


#: The id of doing nothing, where a catalogue has it.
_NOTHING: Final = "no-treatment"
#: That hair loss goes on is told of it to warn, and not to offer it, unless somebody chooses.
_ONLY_WARNS: Final = re.compile(
    r"^(?!.*\b(?:choice|choose|chose|could|decide|option|reasonable|sensible|wait|waiting)\b)"
    r".*\b(?:progress\w*|go(?:es|ing)? on|carr(?:y|ies) on|thinning|thins|pause|worse|operation|costs? you|hard to)\b"
)
#: What waiting does, which is the same whatever is sold: where an entry has no verdict on it, that on doing nothing.
_EARLY: Final = "early-start"
#: The kind that is said of every treatment in the sentence.
_TOGETHER: Final = "combination"
_BEATS: Final = "beats-others"
_THINNERS: Final[Promise] = "blood-thinners"
_APPROVED: Final = "approved"
#: Kinds that sentences on hair loss itself claim: what causes it, and that it grows worse.
_OF_DISEASE: Final = frozenset({"lack-is-cause", "root-cause", "early-start"})
#: Kinds that the answer to “how long” claims.
_TIMES: Final = frozenset({"lasts", "permanent", "takes-months", "fast-results", "short-recovery", "one-session"})
_LACK: Final = "lack-is-cause"
_PROVEN: Final = "proven"
_TIMES_OF_RESULT: Final = frozenset({"fast-results", "takes-months"})
#: Kinds that say what the hair does: a time in the same sentence says when.
_EFFECTS: Final = frozenset({"regrows", "sheds-less", "denser-thicker", "stronger-hair", "stops-loss", "bald-skin"})
_HARMLESS: Final = frozenset({"few-side-effects", "no-side-effects"})
#: Kinds that a share of people is told with, and is no share of those who were helped.
_NO_SUCCESS: Final = _HARMLESS | {"satisfied-users"}
#: What is promised for the case that nothing grows.
_SURE: Final = "guaranteed"
_BOTH: Final = "suits-men-and-women"
_SHARE: Final = "success-rate"
_GENTLE: Final = "little-invasive"
_COVER: Final = "cosmetic"
_AT_ONCE: Final = "instant-look"
#: What nothing does that only covers: said of that it means the look.
_GROWING: Final = frozenset({"regrows", "bald-skin", "stops-loss"})
#: What is said of the treatment that opens the way, not of what goes in.
_OPENS: Final = "deeper-absorption"
#: What a heading can say already, since a line of a price list looks like one; and what a question can, too.
_IN_HEADINGS: Final = frozenset({"total-cost", "alternatives"})
_IN_QUESTIONS: Final = frozenset({"alternatives"})
#: Log odds from which on a sentence covers a point of the checklist that no pattern finds in it.
_LIKELY_POINT: Final = 1.0


class Made(Struct, frozen=True):
    """A claim that a sentence makes of a treatment, with the catalogue's own claim of that kind, if it has one."""

    sentence: Sentence
    treatment: str
    kind: str
    match: Match
    hedge: str
    claim: Claim | None


class Unjudged(Struct, frozen=True):
    """A sentence with a claim for which there is no verdict: of these kinds, or of none that is known."""

    sentence: Sentence
    kinds: tuple[str, ...]


class Promised(Struct, frozen=True):
    """A promise or figure, with the treatments it is about."""

    sentence: Sentence
    promise: Promise
    treatments: tuple[str, ...]


class Reading(Struct, frozen=True):
    """What was found in a text, in its order. ``treatments`` and ``checklist`` have the lines of each."""

    treatments: dict[str, list[int]]
    made: tuple[Made, ...]
    unjudged: tuple[Unjudged, ...]
    promised: tuple[Promised, ...]
    checklist: dict[Point, list[int]]


class Reader:
    """Reads texts against a catalogue; makes its phrases and names ready once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._matcher = Matcher(catalogue)
        self._names = Names(catalogue)
        self._attributor = Attributor(catalogue, self._names)
        self._promises = dict(PROMISES)
        factors = catalogue.factors
        if BLOOD_THINNERS in factors:
            keys = {BLOOD_THINNERS, *narrower_factors(factors, BLOOD_THINNERS)}
            self._promises[_THINNERS] = stopping(
                name for name, key in catalogue.names_of("factor").items() if key in keys
            )

    def matches_in(self, text: str) -> list[Match]:
        """What one sentence claims, of whatever treatment."""
        return self._matcher.claims_in(text)

    def claim_of(self, match: Match, treatment: str) -> Claim | None:
        """The catalogue's claim of the kind that matched, under that treatment."""
        claims = self._catalogue.treatments[treatment].claims
        owner, _, number = match.kind.partition("/")
        if number:
            return claims[int(number)] if owner == treatment else None
        return next((one for one in claims if one.kind == match.kind), None)

    def read(self, lines: Sequence[str], treatments: Sequence[str] = ()) -> Reading:
        """Read a text.

        Args:
            lines: its lines, numbered from 1.
            treatments: ids of what it is about, where somebody says so.
        """
        sentences = sentences_of(lines)
        subjects = Subjects(self._names, sentences, treatments)
        cues = self._attributor.cues_in(sentences, subjects)
        made: list[Made] = []
        unjudged: list[Unjudged] = []
        promised: list[Promised] = []
        checklist: dict[Point, list[int]] = {point: [] for point in CHECKLIST}
        odds = self._odds_in(sentences)
        for number, sentence in enumerate(sentences):
            points = points_in(sentence.text, section=sentence.section, others=subjects.others(number))
            if not (sentence.is_question or sentence.is_heading):
                points += [one for one in CHECKLIST if odds[number].get(f"{POINT}{one}", 0.0) > _LIKELY_POINT]
            for point in points:
                is_silent = (sentence.is_question and point not in _IN_QUESTIONS) or (
                    sentence.is_heading and point not in _IN_HEADINGS
                )
                if sentence.line not in checklist[point] and not is_silent:
                    checklist[point].append(sentence.line)
            if sentence.is_question or (sentence.is_heading and not sentence.is_telling):
                continue
            matches = self._claims_in(sentence, sentences[number - 1] if number else None, odds[number])
            claimed = [one for one in matches if not one.denied]
            found = list(self._all_made(sentence, claimed, subjects, cues, number))
            claimed, found = _word_for_word(claimed, found)
            made += found
            about = subjects.about(number, 0)
            if number in subjects.silent:
                # What it promises is what it claims things of.
                about = tuple(dict.fromkeys(one.treatment for one in found)) or about
            promises = promises_in(sentence.text, self._promises)
            # “Stop it before the mesotherapy” is about that, though it claims nothing of it.
            here = tuple(dict.fromkeys(key for one in subjects.mentions_in(number) for key in one.ids)) or about
            promised += [Promised(sentence, one, here if one == _THINNERS else about) for one in promises]
            judged = {one.match for one in found if one.claim is not None}
            if any(one not in judged for one in claimed) or any(one.claim is None for one in found):
                kinds = dict.fromkeys(one.kind for one in claimed if one not in judged)
                kinds |= dict.fromkeys(one.kind for one in found if one.claim is None)
                unjudged.append(Unjudged(sentence, tuple(one for one in kinds if "/" not in one)))
            elif not matches and not promises and praise_in(sentence.text):
                unjudged.append(Unjudged(sentence, ()))
        named = subjects.lines | self._doing_nothing(lines, subjects.lines, checklist["no-treatment"])
        return Reading(named, tuple(made), tuple(unjudged), tuple(promised), checklist)

    def _doing_nothing(
        self, lines: Sequence[str], named: Mapping[str, list[int]], told: Sequence[int]
    ) -> dict[str, list[int]]:
        """Doing nothing, where no name says so, with the lines that tell of it and do not only warn."""
        offered = [line for line in told if not _ONLY_WARNS.search(lines[line - 1])]
        is_known = _NOTHING in self._catalogue.treatments and _NOTHING not in named
        return {_NOTHING: offered} if is_known and offered else {}

    def _odds_in(self, sentences: Sequence[Sentence]) -> list[dict[str, float]]:
        """How likely each sentence claims each kind; what begins in one line is one passage."""
        passages = [list(held) for _, held in groupby(sentences, key=lambda one: one.line)]
        return [
            odds for held in passages for odds in self._matcher.odds_in([self._weighed_text(one.text) for one in held])
        ]

    def _weighed_text(self, text: str) -> str:
        return self._names.cut(without_unproven(text))

    def _claims_in(self, sentence: Sentence, before: Sentence | None, odds: Mapping[str, float]) -> list[Match]:
        """What a sentence claims, with what the question before it asks where it answers that."""
        general = is_general(sentence.text) or is_warning(sentence.text)
        supposed = len(words_of(condition_in(sentence.text)))
        matches = [
            one
            for one in self._matcher.claims_in(self._weighed_text(sentence.text), odds)
            if _is_of_disease(one.kind) or not (general or (min(one.at) < supposed and one.kind != _SURE))
        ]
        if before is not None and before.is_question:
            known = {one.kind for one in matches}
            matches += [one for one in self._answers(before, sentence) if one.kind not in known and not one.denied]
        effect = next((one for one in matches if one.kind in _EFFECTS and not one.denied), None)
        when = time_of_result(sentence.text) if effect is not None else ""
        if effect is not None and when and all(one.kind not in _TIMES_OF_RESULT for one in matches):
            matches.append(structs.replace(effect, kind=when))
        kinds = {one.kind for one in matches}
        if is_mild(sentence.text, "" if before is None else before.text) and kinds.isdisjoint(_HARMLESS):
            matches.append(_told("few-side-effects", sentence.text))
        if before is not None and "early-shedding" not in kinds and is_shedding_praised(before.text, sentence.text):
            matches.append(_told("early-shedding", sentence.text))
        meant_otherwise = _otherwise(sentence.text, {one.kind for one in matches})
        return [one for one in matches if one.kind not in meant_otherwise]

    def _answers(self, question: Sentence, sentence: Sentence) -> Iterator[Match]:
        """What “yes”, “no” and a time say after a question."""
        if answered := answer_in(sentence.text):
            yield from self._matcher.claims_in(affirmed(question.text, answered))
        if told := time_asked(question.text, sentence.text):
            yield from (one for one in self._matcher.claims_in(told) if one.kind in _TIMES)

    def _all_made(
        self, sentence: Sentence, matches: Sequence[Match], subjects: Subjects, cues: Cues, number: int
    ) -> Iterator[Made]:
        """The claims of a sentence, each kind once for each treatment."""
        known: set[tuple[str, str]] = set()
        for match in sorted(matches, key=lambda one: not one.is_verbatim):
            about = self._attributor.about(cues, number, match.kind, match.clause)
            if match.kind == _OPENS:
                about = self._opening(match, subjects.near(number)) or about
            for one in self._made(sentence, match, about):
                if (one.treatment, one.kind) not in known:
                    known.add((one.treatment, one.kind))
                    yield one

    def _opening(self, match: Match, named: Sequence[str]) -> tuple[str, ...]:
        """Of “needles let minoxidil in deeper” the needles: what has a verdict on that, where it is spoken of."""
        return tuple(one for one in named if not one.startswith(KNOWN) and self.claim_of(match, one) is not None)

    def _made(self, sentence: Sentence, match: Match, about: Sequence[str]) -> Iterator[Made]:
        """The claim that a match is, of each of the treatments that have an entry."""
        owner, _, number = match.kind.partition("/")
        if number and owner == _NOTHING:
            # What is said of hair loss itself holds whatever the text sells.
            about = (_NOTHING,)
        for treatment in about:
            if treatment.startswith(KNOWN) or (number and owner != treatment):
                continue
            entry = self._catalogue.treatments[treatment]
            if match.kind in _GROWING and entry.kind == _COVER:
                match = structs.replace(match, kind=_AT_ONCE)
            claim = self.claim_of(match, treatment)
            if claim is None and match.kind == _GENTLE and entry.invasiveness == "non-invasive":
                # “Without surgery” says nothing new of a tablet.
                continue
            if claim is None and match.kind == _LACK:
                # Only what makes up for a lack is sold by it.
                continue
            kind = claim.kind if number and claim is not None and claim.kind is not None else match.kind
            if claim is None and match.kind == _EARLY and _NOTHING in self._catalogue.treatments:
                claim = self.claim_of(match, _NOTHING)
            yield Made(sentence, treatment, kind, match, hedge_of(sentence.text), claim)


def _word_for_word(claimed: Sequence[Match], found: Sequence[Made]) -> tuple[list[Match], list[Made]]:
    """The matches and what is made of them, without what the same words say otherwise where an entry has a claim word
    for word, and without what the entries of others have so."""
    own = [one for one in found if one.match.is_verbatim]
    kept = [
        one
        for one in found
        if one in own or not any(one.treatment == each.treatment and _is_within(one.match, each.match) for each in own)
    ]
    left = [one for one in claimed if not one.is_verbatim and not any(_is_within(one, each.match) for each in own)]
    return [*left, *(one.match for one in own)], kept


def _is_within(match: Match, other: Match) -> bool:
    """Whether at least half of its words are the other's."""
    return 2 * len({*match.at} & {*other.at}) >= len(match.at)


def _told(kind: str, text: str) -> Match:
    """A claim that a rule finds and no phrase: its words are the sentence's own."""
    words = tuple(word.text for word in words_of(text))
    return Match(kind, kind.replace("-", " "), 1.0, words, tuple(range(len(words))), 0)


def _otherwise(text: str, kinds: AbstractSet[str]) -> set[str]:
    """The kinds among those matched that the sentence as a whole does not claim."""
    dropped: set[str] = set()
    if _APPROVED in kinds and is_approved_elsewhere(text):
        dropped.add(_APPROVED)
    if _TOGETHER in kinds:
        # “Better than either alone” says that both together are.
        dropped.add(_BEATS)
    if _LACK in kinds:
        # What studies find about a cause does not prove a treatment.
        dropped.add(_PROVEN)
    if _PROVEN in kinds and is_in_study(text):
        # “In a trial, after six months” is how long the trial was.
        dropped |= _TIMES_OF_RESULT
    if _BOTH in kinds and is_of_sufferers(text):
        dropped.add(_BOTH)
    if not kinds.isdisjoint({_PROVEN, _SHARE}) and is_prevalence(text):
        dropped |= {_PROVEN, _SHARE}
    if not kinds.isdisjoint(_NO_SUCCESS) or (_SHARE in kinds and is_share_of_harmed(text)):
        # “Fewer than 2 in 100 have side effects” is no share of those who were helped, nor is one of the pleased.
        dropped.add(_SHARE)
    return dropped


def _is_of_disease(kind: str) -> bool:
    """Whether it is said of hair loss, not of what is done about it."""
    return kind in _OF_DISEASE or kind.startswith(f"{_NOTHING}/")


def questions_of(treatments: Sequence[Treatment], each: int = 3) -> list[tuple[Treatment, tuple[str, ...]]]:
    """The questions to take along, a few for each treatment."""
    told = [((one.brief.questions if one.brief is not None else ()) or one.questions, one) for one in treatments]
    return [(one, tuple(questions[:each])) for questions, one in told if questions]
