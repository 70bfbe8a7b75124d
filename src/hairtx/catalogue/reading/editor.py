"""What a careful editor asks of an entry: named checks beside those that must hold before a catalogue can be used.

Importing this module adds its checks to the registry of ``rules``; none of them runs at load. What they ask is
explained to writers in docs/data-guidelines.md. Reading level is measured in the tests, because the library that
measures it is needed by nobody else.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, get_args
from urllib.parse import urlsplit

from hairtx.catalogue import model
from hairtx.catalogue.model import (
    CERTAINTY,
    DIRECTIONS,
    Certainty,
    ClaimKind,
    Effect,
    Indication,
    Measure,
    SourceType,
    Treatment,
)
from hairtx.catalogue.names import OTHER_REGION_NAMES, folded
from hairtx.catalogue.reading.hints import shape
from hairtx.catalogue.reading.rules import Finding, Parts, check
from hairtx.catalogue.reading.yaml import KEY

if TYPE_CHECKING:
    from msgspec import Struct

__all__ = ["BRIEF_LIMITS", "BROCHURE_WORDS", "LIST_LIMITS", "MIRROR_HOSTS", "WORD_LIMITS"]

#: Words of advertising, as stems. An entry uses none of them but where it quotes a claim.
BROCHURE_WORDS: Final = (
    "revolutionary",
    "miracle",
    "guaranteed",
    "breakthrough",
    "magic",
    "cutting-edge",
    "state-of-the-art",
    "game-changer",
    "game-changing",
    "world-class",
    "pain-free",
    "painless",
    "risk-free",
    "well tolerated",
    "safe",
    "safely",
)
_BROCHURE = re.compile(rf"\b({'|'.join(re.escape(word) for word in BROCHURE_WORDS)})\b", re.IGNORECASE)
_BROCHURE_STEMS = re.compile("|".join(map(re.escape, BROCHURE_WORDS)))
# “not the same as safe”, “nobody can call it safe”: a sentence that withholds the word may use it.
_DENIAL = re.compile(r"\b(not|no|nobody|cannot|never|nor)\b[^.]*$", re.IGNORECASE)

#: Hosts that repost what others published: links there vanish, change or break the law.
MIRROR_HOSTS: Final = (
    "tressless.com",
    "researcher.life",
    "scribd.com",
    "academia.edu",
    "researchgate.net",
    "semanticscholar.org",
    "sci-hub.se",
    "docplayer.net",
    "studylib.net",
    "coursehero.com",
    "x-mol.com",
    "web.archive.org",
)
#: Hosts for which a field of its own exists.
_HOSTS_WITH_A_FIELD: Final = {"doi.org": "doi", "dx.doi.org": "doi", "pubmed.ncbi.nlm.nih.gov": "pmid"}
_IP_ADDRESS = re.compile(r"[0-9.]+|\[.*|[0-9a-f:]*:[0-9a-f:]*")

#: Words in one text at most, by record and field; 60 for any other text of a treatment.
WORD_LIMITS: Final[dict[tuple[str, str], int]] = {
    ("Statement", "text"): 70,
    ("Claim", "claim"): 30,
    ("Claim", "why"): 30,
    ("Caution", "why"): 40,
    ("Cost", "note"): 30,
    ("SideEffect", "effect"): 16,
    ("SideEffect", "figure"): 40,
    ("Effect", "detail"): 25,
    ("Effect", "comparator"): 12,
    ("Effect", "timepoint"): 10,
    ("Lasting", "note"): 30,
    ("Indication", "size"): 12,
    ("LookedFor", "where"): 35,
    ("Difference", "why"): 40,
}
_OTHER_WORDS: Final = 65
#: Words in a text of a short answer at most; 20 for any other of them.
BRIEF_LIMITS: Final = {"what": 10, "doctor": 25, "questions": 12}
_OTHER_BRIEF_WORDS: Final = 20
#: As many questions of a short answer as are shown.
_BRIEF_QUESTIONS: Final = 2
#: Fewest and most items of each list of an entry: what somebody choosing can take in.
LIST_LIMITS: Final[dict[str, tuple[int, int]]] = {
    "mechanism": (1, 4),
    "indications": (1, 8),
    "effects": (0, 6),
    "findings": (0, 8),
    "side_effects": (0, 16),
    "cautions": (0, 40),
    "looked_for": (0, 8),
    "unlike_family": (0, 8),
    "regulatory": (0, 6),
    "costs": (0, 6),
    "combinations": (0, 4),
    "experience": (0, 4),
    "caveats": (2, 5),
    "claims": (2, 48),
    "questions": (3, 5),
}
#: Items in all lists of one entry together; about 200 lines of the file.
MOST_ITEMS: Final = 100

_TRIALS: Final[frozenset[SourceType]] = frozenset({"rct", "systematic-review"})
_RANDOMISED = re.compile(r"\brct|\brandomi[sz]ed|\bmeta-analysis", re.IGNORECASE)
_POOLED = re.compile(r"meta-analysis|pooled", re.IGNORECASE)
_TIME_EXPLAINED = re.compile(r"\b(different (times|lengths)|no time|time point|weeks and longer)\b", re.IGNORECASE)
_BOTH_COUNTED = re.compile(r"\b(each|contest)\b", re.IGNORECASE)
_COUNTS_EXPLAINED = re.compile(r"\b(\d+ of [\d,]+|no shares|must be treated)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.;:]) ")
_ALL_EVIDENCE = re.compile(
    r"\b(?:all|every|each|no|no other|none of the) (?:of the )?(?:trials?|stud(?:y|ies)|reviews?)\b", re.IGNORECASE
)
_BOUND_TO_WHAT_WAS_READ = re.compile(
    r"\b(found|read|listed|here|names?|named|\d+ (?:trials|studies|reviews))\b", re.IGNORECASE
)
_ALIKE = re.compile(r"\b(alike|did the same|no different|equally|just as (?:well|often|much|good))\b", re.IGNORECASE)
_NO_COMPARATOR = ("none", "own starting point")
#: The word that says how sure a short answer is; where it is sure, there is none of them.
_WORD_OF: Final[dict[Certainty, str]] = {"moderate": "probably", "low": "may", "very-low": "unclear"}
_DOUBT = re.compile(rf"\b({'|'.join(_WORD_OF.values())})\b", re.IGNORECASE)
_NO_STUDY = re.compile(r"\b(no study|nobody has studied)\b", re.IGNORECASE)
_NAMES_THE_SELLER = re.compile(
    r"(?=.*\b(seller|clinic|maker|leaflet|price list)s?\b).*\b(say|claim|announce)(s|d)?\b", re.IGNORECASE
)
_SELLER = re.compile(r"\b(?:seller|clinic|maker|company|studio|spa|shop|leaflet|price list)s?\b", re.IGNORECASE)
_MIXED_RESULTS = re.compile(r"\bdisagree|\bno clear|\bnot clearly|\bchance\b", re.IGNORECASE)
#: In days.
_SHORTEST_MONTH: Final = 28
#: The value of each measure that means “no effect”. A share of people has none of its own.
_NO_EFFECT: Final[dict[Measure, float]] = {
    "mean-difference": 0,
    "standardised-mean-difference": 0,
    "change-from-baseline": 0,
    "risk-ratio": 1,
    "odds-ratio": 1,
}
#: The checks that go through every text.
_TEXTS: Final = "texts"
#: Fields that hold keys, words of a fixed list or names to be found by, not prose.
_NOT_PROSE: Final = frozenset(
    {
        "id",
        "aliases",
        "sources",
        "claimed_by",
        "partner",
        "currency",
        "doi",
        "pmid",
        "url",
        "said_as",
        "not_said_as",
        "kind",
    }
)


@lru_cache(maxsize=1)  # a group of checks goes through it
def _prose(parts: Parts) -> tuple[tuple[int, tuple[Any, ...], Struct, str, str], ...]:
    """Every text of every record but the bibliography's: file, path, record, field, text."""
    return tuple(_texts(parts))


@cache
def _prose_fields(record: type[Struct]) -> tuple[str, ...]:
    return tuple(one for one in record.__struct_fields__ if one not in _NOT_PROSE)


def _texts(parts: Parts) -> Iterator[tuple[int, tuple[Any, ...], Struct, str, str]]:
    for index, path, record in parts.records:
        if isinstance(record, model.Source):
            continue
        for field in _prose_fields(type(record)):
            held = getattr(record, field)
            if isinstance(held, str):
                yield index, (*path, field), record, field, held
            elif isinstance(held, tuple):
                for place, text in enumerate(held):
                    if isinstance(text, str):
                        yield index, (*path, field, place), record, field, text


def _effects(parts: Parts) -> Iterator[tuple[int, tuple[Any, ...], Treatment, Effect]]:
    for index, place, treatment in parts.treatments():
        for number, effect in enumerate(treatment.effects):
            yield index, ("treatments", place, "effects", number), treatment, effect


def _types(parts: Parts, keys: tuple[str, ...]) -> set[SourceType]:
    return {parts.sources[key].type for key in keys if key in parts.sources}


@check("unsourced")
def every_result_has_a_source(parts: Parts) -> Iterator[Finding]:
    """Times to a result and notes on it name their sources.

    Everywhere else the format itself refuses a statement without a source.
    """
    for index, place, treatment in parts.treatments():
        results = treatment.results
        if (
            results is not None
            and not results.sources
            and (results.first_signs or results.full_assessment or results.note)
        ):
            yield Finding(index, ("treatments", place, "results"), "name the sources of these times with 'sources'")


@check("unused-source")
def every_source_is_used(parts: Parts) -> Iterator[Finding]:
    """Every source of the bibliography supports something, or claims something."""
    used: set[str] = set()
    for _, _, record in parts.records:
        used.update(getattr(record, "sources", ()), getattr(record, "claimed_by", ()))
    for index, one in enumerate(parts.files):
        for key in one.sources:
            if key not in used:
                yield Finding(index, ("sources", key, KEY), f"nothing cites {key!r}; cite it or delete it")


@check("verdict")
def every_verdict_fits_its_sources(parts: Parts) -> Iterator[Finding]:
    """No verdict in favour of a claim rests on promotional sources, nor ‘supported’ on the claimant alone.

    A brochure can say what is offered; that it is true has to come from elsewhere.
    """
    for index, path, record in parts.records:
        if not isinstance(record, model.Claim) or record.verdict not in {"supported", "partly-supported"}:
            continue
        types = _types(parts, record.sources)
        if types and types <= {"promotional"}:
            yield Finding(index, (*path, "sources"), f"{record.verdict!r} needs a source that sells nothing")
        elif record.verdict == "supported" and set(record.sources) <= set(record.claimed_by):
            yield Finding(
                index, (*path, "sources"), "a claim cannot support itself; name a source besides the claimant"
            )


@check("claim", tables=("claim_kinds",))
def every_claim_can_be_met_and_judged(parts: Parts) -> Iterator[Finding]:
    """Every claim says how it is met in a text, stands in the mouth of those who sell, and is judged as it is worded.

    One counter-case contradicts “no”, “never” or “always”; nothing supports a part of it.
    """
    for index, path, record in parts.records:
        if not isinstance(record, model.Claim):
            continue
        if record.kind is None and not record.said_as:
            message = "say what is claimed: a key of 'claim_kinds' under 'kind', or how it is said under 'said_as'"
            yield Finding(index, path, message)
        kind = parts.claim_kinds.get(record.kind or "")
        if kind is not None and kind.universal and record.verdict == "partly-supported":
            yield Finding(index, (*path, "verdict"), f"{kind.label!r} has no part that could be supported")
        for place, key in enumerate(record.claimed_by):
            if key in parts.sources and parts.sources[key].type != "promotional":
                message = f"{key!r} sells nothing; what it concludes is a finding, not a claim"
                yield Finding(index, (*path, "claimed_by", place), message)


#: What sellers may say only under their own name.
_NEEDS_A_WITNESS: Final = (model.SideEffect, model.Caution, model.Finding, model.WarningSign)


def _words_of(record: Struct) -> str:
    return " ".join(one for name in record.__struct_fields__ if isinstance(one := getattr(record, name), str))


@check("promotional-evidence")
def no_effect_rests_on_promotion(parts: Parts) -> Iterator[Finding]:
    """What a treatment does is never taken from promotional sources alone.

    A short answer may rest on them where it says so: “sellers say”, or where it says that no study was found.
    """
    for index, path, record in _only_promoted(parts):
        is_evidence = (
            isinstance(record, Effect)
            or (isinstance(record, Indication) and record.certainty != "none")
            or (
                isinstance(record, model.BriefEffect)
                and not _NAMES_THE_SELLER.search(record.text)
                and not _NO_STUDY.search(record.text)
            )
        )
        if is_evidence:
            yield Finding(index, (*path, "sources"), "promotional pages show what is claimed, not what works")


@check("promotional-harm")
def every_harm_says_if_only_sellers_tell(parts: Parts) -> Iterator[Finding]:
    """A harm, a caution, a finding or a sign to see a doctor says so where nobody but sellers speaks of it."""
    for index, path, record in _only_promoted(parts):
        if isinstance(record, _NEEDS_A_WITNESS) and not _SELLER.search(_words_of(record)):
            message = "only a seller says so; write that in the text, such as 'says the clinic', or cite somebody else"
            yield Finding(index, (*path, "sources"), message)


def _only_promoted(parts: Parts) -> Iterator[tuple[int, tuple[Any, ...], Any]]:
    """The records for which there are only promotional sources."""
    for index, path, record in parts.records:
        if _types(parts, getattr(record, "sources", ())) == {"promotional"}:
            yield index, path, record


@check("certainty")
def no_certainty_exceeds_its_designs(parts: Parts) -> Iterator[Finding]:
    """Our own reading never rates higher than the designs behind it allow.

    A source's published rating stands as published. For our own reading, after GRADE: ‘high’ and ‘moderate’ need a
    randomised trial or a systematic review, either as a source of the rating itself or as the stated design of a
    measured effect for the same condition. The course of waiting may reach ‘moderate’ on cohorts, as GRADE allows for
    prognosis. ‘low’ needs some study, guideline or review. ‘none’ says that no study was found, so nobody published
    a rating of it, and nothing was measured in the same people.
    """
    for index, place, treatment in parts.treatments():
        for number, one in enumerate(treatment.indications):
            path = ("treatments", place, "indications", number)
            if one.certainty == "none":
                yield from _measured(index, path, treatment, one)
            randomised = _types(parts, one.sources) & _TRIALS or any(
                _RANDOMISED.search(effect.design) for effect in treatment.effects if effect.condition == one.condition
            )
            yield from _overrated(parts, index, path, treatment, one, is_randomised=bool(randomised))
        for number, effect in enumerate(treatment.effects):
            path = ("treatments", place, "effects", number)
            is_randomised = bool(_RANDOMISED.search(effect.design))
            yield from _overrated(parts, index, path, treatment, effect, is_randomised=is_randomised)


def _measured(index: int, path: tuple[Any, ...], treatment: Treatment, one: Indication) -> Iterator[Finding]:
    for number, effect in enumerate(treatment.effects, start=1):
        if effect.condition == one.condition and one.sex in {effect.sex, "any"}:
            message = (
                f"'none' says that no study was found, but effects[{number}] tells of one; rate it or leave this out"
            )
            yield Finding(index, (*path, "certainty"), message)
            return


def _overrated(
    parts: Parts,
    index: int,
    path: tuple[Any, ...],
    treatment: Treatment,
    one: Indication | Effect,
    *,
    is_randomised: bool,
) -> Iterator[Finding]:
    if one.certainty is None:
        return
    if one.rating == "published":
        if one.certainty == "none":
            yield Finding(index, (*path, "rating"), "where no study was found there is no published rating")
        return
    types = _types(parts, one.sources)
    allowed: Certainty = "very-low"
    if is_randomised:
        allowed = "high"
    elif treatment.kind == "none" and "observational" in types:
        allowed = "moderate"
    elif types - {"promotional", "label"}:
        allowed = "low"
    if CERTAINTY.index(one.certainty) > CERTAINTY.index(allowed):
        message = f"{one.certainty!r} by our reading is more than these designs allow ({allowed!r} at most)"
        yield Finding(index, (*path, "certainty"), message)


@check("future")
def nothing_was_looked_up_in_the_future(parts: Parts) -> Iterator[Finding]:
    """No entry was looked over, and no price found, after today; a day's grace is for other time zones."""
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    for index, path, record in parts.records:
        day, year = getattr(record, "reviewed", None), getattr(record, "year", None)
        if day is not None and day > tomorrow:
            yield Finding(
                index, (*path, "reviewed"), f"{day.isoformat()} is yet to come; write the day you looked it over"
            )
        if year is not None and year > tomorrow.year:
            yield Finding(index, (*path, "year"), f"{year} is yet to come; write the year it was found or published")


@check("region", fields=("region",))
def every_region_has_one_name(parts: Parts) -> Iterator[Finding]:
    """Prices of one country stand under one name: UK, not GB as well."""
    meant = {folded(other): name for name, others in OTHER_REGION_NAMES.items() for other in others}
    for index, path, record in parts.records:
        region = getattr(record, "region", None)
        if region is not None and (name := meant.get(folded(region))) is not None:
            yield Finding(index, (*path, "region"), f"{region!r} stands under {name!r} here; write that")


@check("certainty-pair")
def every_certainty_says_whose_it_is(parts: Parts) -> Iterator[Finding]:
    """An effect has both a certainty and whose rating it is, or neither."""
    for index, path, _, effect in _effects(parts):
        if (effect.certainty is None) != (effect.rating is None):
            yield Finding(index, path, "give both 'certainty' and 'rating', or neither")


#: Units of a share that say nothing: a share is of 100 people unless its unit names something else, such as grafts.
_SHARES_OF_PEOPLE: Final = {"people", "patients", "men", "women", "%", "percent"}


@check("figure-unit")
def every_figure_has_its_unit(parts: Parts) -> Iterator[Finding]:
    """Differences have a unit; ratios and standardised differences have none; shares only where not of people."""
    for index, path, _, effect in _effects(parts):
        has_unit = effect.measure in {"mean-difference", "change-from-baseline"}
        if has_unit and effect.unit is None:
            yield Finding(index, path, f"a {effect.measure} needs its 'unit', such as 'unit: hairs/cm2'")
        if effect.measure == "proportions" and effect.unit in _SHARES_OF_PEOPLE:
            yield Finding(index, (*path, "unit"), "shares are of people where no 'unit' says otherwise; delete it")
        elif not has_unit and effect.measure != "proportions" and effect.unit is not None:
            yield Finding(index, (*path, "unit"), f"{effect.measure} has no unit; delete it")


@check("figure-comparator")
def every_figure_has_its_comparator(parts: Parts) -> Iterator[Finding]:
    """Shares of people come with the comparator's share, or say that there was no comparator; both lie in 0 to 100."""
    for index, path, _, effect in _effects(parts):
        if effect.measure != "proportions":
            if effect.comparator_value is not None:
                yield Finding(
                    index, (*path, "comparator_value"), "only 'proportions' have a comparator_value; delete it"
                )
            continue
        if effect.comparator_value is None and not effect.comparator.startswith(_NO_COMPARATOR):
            message = "give 'comparator_value', or begin 'comparator' with 'none' if there was no comparison"
            yield Finding(index, path, message)
        for name in ("value", "comparator_value"):
            share = getattr(effect, name)
            if share is not None and not 0 <= share <= 100:
                yield Finding(index, (*path, name), f"{share:g} is not a share of people in percent")


@check("figure-time")
def every_figure_has_its_time(parts: Parts) -> Iterator[Finding]:
    """Every figure has its time, or a note that it is mixed or was not given.

    Words the note can use: “No time was given”, “Trials of different lengths”, “different times”, “time point”.
    """
    for index, path, _, effect in _effects(parts):
        if effect.timepoint is None and not _TIME_EXPLAINED.search(effect.note or ""):
            message = "give 'timepoint', or say in 'note' why there is none: 'No time was given.'"
            yield Finding(index, path, message)


@check("figure-group")
def every_figure_has_its_group(parts: Parts) -> Iterator[Finding]:
    """Every figure says how many people or studies are behind it, or that it is pooled."""
    for index, path, _, effect in _effects(parts):
        if effect.participants is None and effect.studies is None and not _POOLED.search(effect.design):
            yield Finding(index, path, "give 'participants' or 'studies', or say in 'design' what was pooled")


@check("contest")
def no_two_shares_are_one_contest(parts: Parts) -> Iterator[Finding]:
    """Two shares that come to 100 are mostly one: of the pairs that were compared, how many each side won.

    89 against 11 of 100 heads, each treated on one half, says which half did better; in how many it worked may be 42
    against 13. A note with “each” or “contest” says that it was looked into.
    """
    for index, path, _, effect in _effects(parts):
        if effect.measure != "proportions" or effect.comparator_value is None:
            continue
        if abs(effect.value + effect.comparator_value - 100) <= 1 and not _BOTH_COUNTED.search(effect.note or ""):
            message = (
                "these two come to 100: is it a contest between two sides? Give the share of each, or say so in 'note'"
            )
            yield Finding(index, (*path, "value"), message)


@check("base-rate")
def every_ratio_has_its_counts(parts: Parts) -> Iterator[Finding]:
    """A ratio comes with the counts that it is a ratio of, in ‘people’ or ‘note’, or says that there are none."""
    for index, path, _, effect in _effects(parts):
        if effect.measure not in {"risk-ratio", "odds-ratio"} or effect.people is not None:
            continue
        if not _COUNTS_EXPLAINED.search(effect.note or ""):
            message = "say of how many people, in 'people' or 'note', or 'no shares' where the source gives none"
            yield Finding(index, path, f"a ratio alone says nothing of how many are helped; {message}")


@check("universal", group=_TEXTS)
def no_text_speaks_for_all_evidence(parts: Parts) -> Iterator[Finding]:
    """“No trial”, “all studies”, “every review” are bound to what was found or read here.

    Nobody has read everything. “No trial was found that …” is true tomorrow; “no trial has …” may not be.
    """
    for index, path, record, field, text in _prose(parts):
        if path[0] not in {"treatments", "conditions"} or isinstance(record, ClaimKind) or field == "claim":
            continue
        # Looking for plain words is far quicker than for a pattern, and most texts have none of them.
        if not ("trial" in text or "stud" in text or "review" in text) or not _ALL_EVIDENCE.search(text):
            continue
        for sentence in _SENTENCE_END.split(text):
            if (match := _ALL_EVIDENCE.search(sentence)) and not _BOUND_TO_WHAT_WAS_READ.search(sentence):
                message = f"{match[0]!r} is more than anybody read; add 'found', 'read here' or how many there were"
                yield Finding(index, path, message)


@check("alike", group=_TEXTS)
def no_lack_of_a_difference_is_told_as_likeness(parts: Parts) -> Iterator[Finding]:
    """“No significant difference” is not told as “alike”: small trials find none between things that differ."""
    for index, path, record, field, text in _prose(parts):
        if path[0] not in {"treatments", "conditions"} or isinstance(record, model.Mechanism) or field == "claim":
            continue
        if (
            "alike" in text or "the same" in text or "different" in text or "equally" in text or "just as" in text
        ) and (match := _ALIKE.search(text)):
            yield Finding(index, path, f"{match[0]!r} is more than was shown; say 'no clear difference was found'")


#: How many of 10,000 people the bands of drug labels stand for.
_BANDS: Final = {
    "very-common": (1000, 10_000),
    "common": (100, 1000),
    "uncommon": (10, 100),
    "rare": (1, 10),
    "very-rare": (0, 1),
}


@check("people")
def every_count_of_people_can_be_placed(parts: Parts) -> Iterator[Finding]:
    """A count of people is out of 100, says of whom, when and beside what, and fits the band of how often.

    An effect has group, time and comparator of its own; an unwanted effect says them with its count.
    """
    for index, where, record in parts.records:
        if not isinstance(record, Effect | model.SideEffect) or record.people is None:
            continue
        people, path = record.people, (*where, "people")
        if isinstance(record, model.SideEffect):
            for name in ("group", "time"):
                if getattr(people, name) is None:
                    yield Finding(index, path, f"give its {name!r}, such as 'not given' where the source has none")
            if people.compared is not None and people.comparator is None:
                yield Finding(index, path, "say in 'comparator' whom 'without' counts")
            least, most = _BANDS.get(record.frequency, (0, 10_000))
            if 100 * people.treated.upper < least or 100 * people.treated.lower > most:
                band = f"{least / 100:g} to {most / 100:g}"
                message = f"{people.treated.text} of 100 are not {record.frequency!r}, which is {band} of 100"
                yield Finding(index, (*where, "frequency"), message)
        for name, share in (("with", people.treated), ("without", people.compared)):
            if share is not None and share.upper > 100:
                yield Finding(index, (*path, name), f"{share.text} is more than all of 100 people")


@check("direction")
def every_direction_fits_the_evidence(parts: Parts) -> Iterator[Finding]:
    """Every indication says whether it helps, and no more than its certainty and its effects allow.

    Very low certainty and none are ‘unclear’. ‘helps’ and ‘worse’ need an interval without “no effect” in it where
    intervals are listed for that condition and sex, ‘no-difference’ one with it; or a short answer which says that
    trials disagree.
    """
    for index, place, treatment in parts.treatments():
        for number, one in enumerate(treatment.indications):
            path = ("treatments", place, "indications", number, "direction")
            if one.direction is None:
                yield Finding(index, path, f"say whether it helps: {', '.join(DIRECTIONS)}")
            elif one.direction == "unclear":
                if one.size is not None:
                    yield Finding(index, (*path[:-1], "size"), "what is unclear has no size; delete it")
            elif one.certainty in {"none", "very-low"}:
                yield Finding(index, path, f"{one.certainty!r} is too unsure for {one.direction!r}; write 'unclear'")
            elif crossed := _crossings(treatment, one):
                if one.direction != "no-difference" and all(crossed):
                    message = "every interval listed for this includes no effect; say in 'brief' that trials disagree"
                    yield Finding(index, path, message)
                elif one.direction == "no-difference" and not any(crossed):
                    message = "no interval listed for this includes no effect; say in 'brief' that trials disagree"
                    yield Finding(index, path, message)


def _concerns(one: Indication, other: model.BriefEffect | Effect) -> bool:
    """Whether they are about the same condition and, in part at least, the same people."""
    return one.condition == other.condition and ("any" in {one.sex, other.sex} or one.sex == other.sex)


def _crossings(treatment: Treatment, one: Indication) -> list[bool]:
    """Of each interval listed for it, whether it includes no effect; none where the short answer speaks of it."""
    if any(_concerns(one, told) and _MIXED_RESULTS.search(told.text) for told in treatment.brief_effects):
        return []
    return [
        effect.ci95[0] <= _NO_EFFECT[effect.measure] <= effect.ci95[1]
        for effect in treatment.effects
        if effect.ci95 is not None and effect.measure in _NO_EFFECT and _concerns(one, effect)
    ]


@check("brief")
def every_entry_has_a_short_answer(parts: Parts) -> Iterator[Finding]:
    """Every entry has the short texts that a reader meets first; those on its effect cover all that it is rated for.

    Without them the answer is made of the longer texts, which were not written to stand alone.
    """
    for index, place, treatment in parts.treatments():
        path, brief = ("treatments", place, "brief"), treatment.brief or model.Brief()
        missing = [name for name in ("what", "harm", "serious", "stopping") if getattr(brief, name) is None]
        missing += [
            f"effect for {one.condition}" + (f" ({one.sex})" if one.sex != "any" else "")
            for one in treatment.indications
            if not _is_covered(one, brief.effect)
        ]
        if missing:
            yield Finding(index, path, f"the short answer lacks {', '.join(missing)}")
        if len(brief.questions) > _BRIEF_QUESTIONS:
            yield Finding(index, (*path, "questions"), f"only {_BRIEF_QUESTIONS} are shown; delete the rest")
    for index, path, _, condition in parts.entries("conditions"):
        held = condition.brief or model.ConditionBrief()
        missing = [name for name in held.__struct_fields__ if not getattr(held, name)]
        if missing:
            yield Finding(index, (*path, "brief"), f"the lines above every answer lack {', '.join(missing)}")
        elif all(one.sex != "any" for one in held.doctor):
            yield Finding(index, (*path, "brief", "doctor"), "give one without 'sex', for whoever asks for none")


def _is_covered(one: Indication, told: tuple[model.BriefEffect, ...]) -> bool:
    sexes = {text.sex for text in told if text.condition == one.condition}
    return bool(sexes & {"any", one.sex}) or (one.sex == "any" and sexes >= {"male", "female"})


@check("brief-words")
def every_short_answer_says_how_sure_it_is(parts: Parts) -> Iterator[Finding]:
    """The first word of doubt in a short answer is the one for its certainty.

    “probably” for moderate, “may” for low, “unclear” for very low certainty, none of them for high, “no study” or
    “nobody has studied” where none was found. What has no clear direction may be called unclear at any certainty.
    """
    for index, place, treatment in parts.treatments():
        for number, told in enumerate(treatment.brief_effects):
            path = ("treatments", place, "brief", "effect", number)
            rated = [one for one in treatment.indications if _concerns(one, told)]
            if not rated:
                yield Finding(index, path, "no indication rates this for the same condition and sex")
            for one in rated:
                yield from _misworded(index, (*path, "text"), told.text, one)


def _misworded(index: int, path: tuple[Any, ...], text: str, one: Indication) -> Iterator[Finding]:
    if one.certainty == "none":
        if not _NO_STUDY.search(text):
            yield Finding(index, path, "no study was found; say 'No study was found' or 'Nobody has studied'")
        return
    match = _DOUBT.search(text)
    said = match[0].lower() if match else None
    wanted = _WORD_OF.get(one.certainty)
    if said == wanted or (one.direction == "unclear" and said == "unclear"):
        return
    if wanted is None:
        yield Finding(index, path, f"the certainty is {one.certainty!r}; say it without {said!r}")
    else:
        yield Finding(index, path, f"the certainty is {one.certainty!r}; say {wanted!r} before any other doubt")


@check("course-price")
def no_price_is_for_longer_than_the_use(parts: Parts) -> Iterator[Finding]:
    """What is priced by the month or year is used for a month at least.

    A course that ends within days is mostly one that was meant to go on: ‘sessions: 2, every: 1 day’ for ‘every: twice
    a day’.
    """
    for index, place, treatment in parts.treatments():
        per = next((one.per for one in treatment.costs if one.per in {"month", "year"}), None)
        phases = treatment.phases
        if per is None or not phases or phases[-1].sessions is None:
            continue
        days = sum(one.sessions.upper * one.every.days[1] for one in phases if one.sessions and one.every)
        if days < _SHORTEST_MONTH:
            path = ("treatments", place, "schedule", "phases", len(phases) - 1)
            over = f"this ends within {math.ceil(days)} days, and the price is per {per}"
            yield Finding(index, path, f"{over}; what goes on has no 'sessions', only 'every: twice a day' or the like")


@check("one-session")
def one_session_at_the_end_has_no_interval(parts: Parts) -> Iterator[Finding]:
    """One last session comes once; upkeep that was meant to go on has no ``sessions``."""
    for index, place, treatment in parts.treatments():
        last = len(treatment.phases) - 1
        phase = treatment.phases[last] if last >= 0 else None
        if phase is not None and phase.every is not None and phase.sessions is not None and phase.sessions.upper == 1:
            message = (
                f"one session comes once, and 'every: {phase.every}' says nothing; leave out 'sessions' if it goes on"
            )
            yield Finding(index, ("treatments", place, "schedule", "phases", last), message)


@check("looked-for", tables=("factors",))
def every_core_factor_was_looked_for(parts: Parts) -> Iterator[Finding]:
    """For each core factor an entry lists a caution, or says where one was looked for and not found; never both."""
    core = [key for key, factor in parts.factors.items() if factor.core]
    for index, place, treatment in parts.treatments():
        path = ("treatments", place)
        listed = _listed_for(parts, treatment)
        for number, one in enumerate(treatment.looked_for):
            for at, key in enumerate(one.factors):
                if any(caution.factor == key for caution in treatment.cautions):
                    message = f"a caution is listed for {key!r}, so it was found; delete it here"
                    yield Finding(index, (*path, "looked_for", number, "factors", at), message)
        found = {key for one in treatment.looked_for for key in one.factors}
        missing = [key for key in core if key not in listed and key not in found]
        if missing and treatment.kind != "none":
            message = (
                f"never looked for: {', '.join(missing)}; add a caution, or say in 'looked_for' where none was found"
            )
            yield Finding(index, path, message)


def _listed_for(parts: Parts, treatment: Treatment) -> dict[str, model.Action]:
    """The strictest action for every factor with a caution, and for those that such a factor includes."""
    order = get_args(model.Action)
    strictest: dict[str, model.Action] = {}
    for caution in treatment.cautions:
        level, seen = {caution.factor}, set[str]()
        while level - seen:
            seen |= level
            level = {inner for key in level if key in parts.factors for inner in parts.factors[key].includes}
        for key in seen:
            held = strictest.get(key)
            if held is None or order.index(caution.action) < order.index(held):
                strictest[key] = caution.action
    return strictest


@check("family", tables=("factors", "families"))
def families_share_their_cautions(parts: Parts) -> Iterator[Finding]:
    """What one treatment of a family lists, the others list as strictly, or say in ‘unlike_family’ why not."""
    order = get_args(model.Action)
    for key, family in parts.families.items():
        members = [(index, place, one) for index, place, one in parts.treatments() if key in one.families]
        listed = {one.id: _listed_for(parts, one) for _, _, one in members}
        own = {one.id: {caution.factor for caution in one.cautions} for _, _, one in members}
        shared = dict.fromkeys(
            caution.factor
            for _, _, one in members
            for caution in one.cautions
            if not family.factors or caution.factor in family.factors
        )
        listing = {factor: [one for one, factors in own.items() if factor in factors] for factor in shared}
        layer = {one.id: parts.layers[index] for index, _, one in members}
        for index, place, one in members:
            explained = {factor for why in one.unlike_family for factor in why.factors}
            for factor in (one_factor for one_factor in shared if one_factor not in explained):
                held = listed[one.id].get(factor)
                stricter = next(
                    (
                        other
                        for other in listing[factor]
                        # What lies above it asks nothing of it.
                        if other != one.id
                        and layer[other] <= layer[one.id]
                        and (held is None or order.index(listed[other][factor]) < order.index(held))
                    ),
                    None,
                )
                if stricter is not None:
                    says = f"{listed[stricter][factor]!r} for {factor!r}, like {stricter}"
                    message = f"list {says} in the family {key!r}, or say in 'unlike_family' why not"
                    yield Finding(index, ("treatments", place, "cautions"), message)


@check("warning-sign")
def every_warning_sign_says_how_soon(parts: Parts) -> Iterator[Finding]:
    """Every warning sign says how soon it should be seen, what it may be and by whom; the most urgent stand first."""
    urgency = get_args(model.HowSoon)
    for index, path, _, condition in parts.entries("conditions"):
        before = 0
        for number, one in enumerate(condition.warning_signs):
            where = (*path, "warning_signs", number)
            missing = [name for name in ("how_soon", "may_be", "see") if getattr(one, name) is None]
            if missing:
                yield Finding(index, where, f"add {', '.join(missing)}: how soon to go, what it may be, whom to see")
            if one.how_soon is not None:
                if urgency.index(one.how_soon) < before:
                    yield Finding(index, (*where, "how_soon"), "put the most urgent signs first")
                before = max(before, urgency.index(one.how_soon))


@check("partner")
def every_combination_has_its_partner(parts: Parts) -> Iterator[Finding]:
    """A combination names another treatment of the catalogue."""
    known = {treatment.id for _, _, treatment in parts.treatments()}
    for index, place, treatment in parts.treatments():
        for number, one in enumerate(treatment.combinations):
            path = ("treatments", place, "combinations", number, "with")
            if one.partner not in known:
                yield Finding(index, path, f"there is no treatment {one.partner!r}")
            elif one.partner == treatment.id:
                yield Finding(index, path, "a treatment cannot be combined with itself")


@check("factor-loop")
def no_factor_includes_itself(parts: Parts) -> Iterator[Finding]:
    """No factor includes itself, directly or through others."""
    for index, one in enumerate(parts.files):
        for key in one.factors:
            reached: set[str] = set()
            level = {key}
            while level:
                level = {n for k in level if k in parts.factors for n in parts.factors[k].includes} - reached
                reached |= level
            if key in reached:
                yield Finding(index, ("factors", key, "includes"), f"{key!r} leads back to itself; break the loop")


@check("brochure-words", group=_TEXTS)
def no_text_reads_like_a_brochure(parts: Parts) -> Iterator[Finding]:
    """No text uses the words of advertising, and none calls anything safe.

    “Not the same as safe” may be said: a denial before the word in its sentence lets it pass. A claim is quoted.
    """
    for index, path, record, field, text in _prose(parts):
        if isinstance(record, ClaimKind) or field == "claim":
            continue
        # Nearly no text has any of them, and a search without case and bounds of words is quicker.
        if not _BROCHURE_STEMS.search(text.lower()):
            continue
        for match in _BROCHURE.finditer(text):
            if not _DENIAL.search(text[: match.start()]):
                yield Finding(index, path, f"{match[0]!r} is a brochure word; say soberly what was found")


@check("characters", group=_TEXTS)
def every_text_is_plain(parts: Parts) -> Iterator[Finding]:
    """Texts have no emoji, no typographic quotes, no dashes other than the hyphen, and no spaces too many."""
    for index, path, _, _, text in _prose(parts):
        # Nearly every text is printable, which leaves one kind of space, and taking it apart takes far longer.
        is_doubtful = not text.isprintable() or "  " in text or text != text.strip()
        if is_doubtful and text != " ".join(text.split()):
            yield Finding(index, path, "take out the spaces at its ends and the second of two in a row")
        for character in text if not text.isascii() else ():
            if not character.isascii() and unicodedata.category(character) in {"So", "Sk", "Pd", "Pi", "Pf", "Cf"}:
                yield Finding(index, path, f"write the character {character!r} in plain letters or marks")
                break


@check("text-length", group=_TEXTS)
def no_text_is_too_long(parts: Parts) -> Iterator[Finding]:
    """Every text stays within the words that its field allows (``WORD_LIMITS``, ``BRIEF_LIMITS``)."""
    for index, path, record, field, text in _prose(parts):
        if path[2:3] == ("brief",):
            limit = BRIEF_LIMITS.get(path[3], _OTHER_BRIEF_WORDS)
        elif path[0] == "treatments":
            limit = WORD_LIMITS.get((type(record).__name__, field), _OTHER_WORDS)
            if isinstance(record, model.Caution) and parts.layers[index]:
                limit *= 2  # it may hold the words of what it extends too
        else:
            continue
        if len(text) <= 2 * limit:
            continue  # too short for so many words
        words = len(text.split())
        if words > limit:
            yield Finding(index, path, f"{words} words, where {limit} are enough; shorten it")


@check("entry-length")
def every_entry_has_the_right_length(parts: Parts) -> Iterator[Finding]:
    """Every list of an entry has as many items as ``LIST_LIMITS`` allows; all but claims together, ``MOST_ITEMS``."""
    for index, place, treatment in parts.treatments():
        total = 0
        for name, (fewest, most) in LIST_LIMITS.items():
            count = len(getattr(treatment, name))
            total += count if name != "claims" else 0  # they answer what is said, and are shown where that is asked
            # Of one that extends another, all that is known counts too.
            if count < fewest or (count > most and not parts.layers[index]):
                message = f"{count} items, where {fewest} to {most} are asked for"
                message += f", such as '{name}: {shape(f'Treatment.{name}')}'" if not count else ""
                yield Finding(index, ("treatments", place, name), message)
        if total > MOST_ITEMS:
            message = f"{total} items in all lists together, where {MOST_ITEMS} are enough; keep what matters most"
            yield Finding(index, ("treatments", place), message)


@check("source-link")
def every_link_leads_to_the_publisher(parts: Parts) -> Iterator[Finding]:
    """An address is the publisher's own page, and stands only where neither DOI nor PubMed number is known.

    Refused: known mirrors, bare IP addresses, ports, and addresses of doi.org and PubMed, which have fields.
    """
    for index, one in enumerate(parts.files):
        for key, source in one.sources.items():
            if source.url is None:
                continue
            path = ("sources", key, "url")
            try:
                address = urlsplit(source.url)
                host, port = (address.hostname or "").removeprefix("www."), address.port
            except ValueError:
                yield Finding(index, path, "this is not an address; copy it from the publisher's page")
                continue
            if source.doi or source.pmid:
                yield Finding(index, path, "the DOI or PubMed number already leads there; delete the address")
            if any(host == mirror or host.endswith(f".{mirror}") for mirror in MIRROR_HOSTS):
                yield Finding(index, path, f"{host} shows copies; give the publisher's own page, or none")
            if _IP_ADDRESS.fullmatch(host) or "." not in host or port is not None or address.username is not None:
                yield Finding(index, path, "give an address with a host name, without port and user name")
            if host in _HOSTS_WITH_A_FIELD:
                yield Finding(index, path, f"write it as {_HOSTS_WITH_A_FIELD[host]!r} instead")


@check("findable")
def every_source_can_be_found(parts: Parts) -> Iterator[Finding]:
    """A DOI, a PubMed number or an address leads to every source but a seller's own papers, which may be on no page."""
    for index, one in enumerate(parts.files):
        for key, source in one.sources.items():
            if source.link is None and source.type != "promotional":
                message = "nothing leads a reader to it; add 'doi', 'pmid' or 'url', or cite another source"
                yield Finding(index, ("sources", key), message)
