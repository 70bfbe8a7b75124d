"""What a seller's text says, held against the catalogue: claims with verdicts, promises, and what it leaves out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from msgspec import structs

from hairtx.analysis import answer
from hairtx.analysis import wording as w
from hairtx.analysis.brochure.matching import Match
from hairtx.analysis.brochure.reading import Made, Promised, Reader, Reading, questions_of
from hairtx.analysis.brochure.telling import BLOOD_THINNERS, CHECKLIST, CHECKLIST_LABELS, Point, Promise, shortened
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.factors import listed_for, listed_item
from hairtx.analysis.framing import framed, several
from hairtx.analysis.scope import Scope
from hairtx.catalogue.model import Claim, Treatment
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = ["check", "match_claims"]

_CLAIMS: Final = (
    Field("said", "what it says", 26, 4),
    Field("verdict", "verdict", 12),
    Field("why", "why", 30, 5),
)
_PROMISED: Final = (Field("said", "what it says", 26, 3), Field("entry", "what this catalogue has", 30, 4))
_MATCHED: Final = (
    Field("claim", "what is said", 24, 3),
    Field("verdict", "verdict", 12),
    Field("why", "why", 30, 4),
)
#: Words of a sentence that are shown beside a claim.
_QUOTED: Final = 12
#: A promise is held against what several treatments' entries say, as many as can be read.
_MOST_HELD: Final = 3
#: The name of what is read from standard input.
_PIPED: Final = "-"
_PROMISE_LABELS: Final[dict[Promise, str]] = {
    "share": "a figure",
    "time": "a time",
    "permanent": "for good",
    "approved": "an approval",
    "no-side-effects": "no harm",
    "guarantee": "a guarantee",
    "price": "a price",
    "blood-thinners": "your medicine",
}


def check(
    catalogue: Catalogue,
    texts: Mapping[str, Sequence[str]],
    *,
    treatments: Sequence[str] = (),
    explain: bool = False,
    full: bool = False,
    today: dt.date | None = None,
) -> Report:
    """What texts that sell say, held against what the catalogue has.

    Args:
        catalogue: what to hold them against.
        texts: the lines of each text, by its name.
        treatments: what they are about, where they do not say: ids, names or aliases.
        explain: show for each match its words, score and threshold.
        full: give all references, where the short report has the first two of each reason.
        today: the date by which an edition counts as out of date.

    Raises:
        UnknownNameError: a treatment that does not exist, with the nearest names.
        UsageError: there is no text.
    """
    if not texts:
        raise UsageError("there is no text to check; name a file, or - for standard input")
    given = [one.id for one in several(catalogue, treatments)]
    reader = Reader(catalogue)
    citations = Citations(catalogue.sources)
    readings = {name: reader.read(lines, given) for name, lines in texts.items()}
    blocks: list[Block] = []
    for name, reading in readings.items():
        prefix = f"{name}: " if len(texts) > 1 else ""
        blocks += _blocks(catalogue, reading, citations, prefix, explain=explain, full=full)
    told = [_data(catalogue, one, explain=explain) for one in readings.values()]
    data = (
        told[0] if len(told) == 1 else {"files": [{"file": name} | one for name, one in zip(texts, told, strict=True)]}
    )
    judged = [made for each in readings.values() for made in _judged(each)]
    only = next(iter(texts)) if len(texts) == 1 else ""
    # What comes in through a pipe has no name.
    what = "The text" if only == _PIPED else only or w.counted(len(texts), "text")
    return Report(
        kind="check",
        title=f"{what}: {w.counted(len(judged), 'claim')} held against what studies show",
        lead=_in_short(judged, list(readings.values())),
        blocks=tuple(blocks),
        data=data,
        has_short_references=not full,
        onward=() if full else ("All: --full", "Why a sentence matched: --explain", "Print: -o a.html"),
        **framed(catalogue, today, citations),
    )


def match_claims(
    catalogue: Catalogue, text: str, *, treatments: Sequence[str] = (), today: dt.date | None = None
) -> Report:
    """The claims on record that say what ``text`` says, treatment by treatment, the surest match first.

    Raises:
        UnknownNameError: a treatment that does not exist, with the nearest names.
    """
    reader = Reader(catalogue)
    matches = [one for one in reader.matches_in(text) if not one.denied]
    citations = Citations(catalogue.sources)
    among = several(catalogue, treatments) or list(catalogue)
    found: list[tuple[Treatment, Claim, Match]] = []
    for match in sorted(matches, key=lambda one: (-one.score, one.at)):
        for treatment in among:
            claim = reader.claim_of(match, treatment.id)
            if claim is not None and not any(claim is known for _, known, _ in found):
                found.append((treatment, claim, match))
    rows = tuple(
        (
            Cell((Item(claim.claim, lead=w.capitalised(treatment.short_name)),)),
            _verdict(claim),
            _why(claim, citations),
        )
        for treatment, claim, _ in found
    )
    says = "that says" if len(found) == 1 else "that say"
    nothing = (Item("No claim on record says this. 'hairtx claims' lists them all."),)
    return Report(
        kind="claims",
        title=f"{w.counted(len(found), 'claim')} on record {says} “{shortened(text)}”",
        blocks=(
            Block("claims", "", grid=Grid(_MATCHED, rows, tuple(str(one) for one in range(1, len(rows) + 1))))
            if rows
            else Block("none", "", items=nothing),
        ),
        data={
            "claims": [
                {
                    "treatment": treatment.id,
                    "claim": claim.claim,
                    "verdict": claim.verdict,
                    "why": claim.why,
                    "score": match.score,
                    "phrase": match.phrase,
                }
                for treatment, claim, match in found
            ]
        },
        **framed(catalogue, today, citations),
    )


def _blocks(
    catalogue: Catalogue, reading: Reading, citations: Citations, prefix: str, *, explain: bool, full: bool
) -> list[Block]:
    spoken = [catalogue.treatments[one] for one in reading.treatments]
    speaks = tuple(Item(_on_lines(reading.treatments[one.id]), lead=w.capitalised(one.short_name)) for one in spoken)
    unknown = "It names no treatment that this catalogue has; say which one it is about with --treatment."
    blocks = [Block("treatments", f"{prefix}What it speaks of", items=speaks or (Item(unknown),))]
    judged = _judged(reading)
    if judged:
        of = {catalogue.treatments[made[0].treatment].short_name for made in judged}
        alone = f" of {w.lower_first(*of)}" if len(of) == 1 else ""
        rows = tuple(
            _row(catalogue, made, citations, after=before, is_named=not alone, explain=explain, full=full)
            for before, made in pairwise(([], *judged))
        )
        keys = tuple(f"{made[0].sentence.line}-{made[0].treatment}-{made[0].kind.replace('/', '-')}" for made in judged)
        blocks.append(Block("claims", f"{prefix}What it claims{alone}", grid=Grid(_CLAIMS, rows, keys)))
    if reading.promised:
        scope = _scope(catalogue, reading, citations)
        groups: dict[tuple[str, tuple[str, ...]], list[Promised]] = {}
        for one in reading.promised:
            groups.setdefault((one.promise, one.treatments), []).append(one)
        promised = tuple(_promised_row(catalogue, each, scope) for each in groups.values())
        keys = tuple(f"{each[0].sentence.line}-{number}" for number, each in enumerate(groups.values(), start=1))
        blocks.append(Block("promises", f"{prefix}Figures and promises", grid=Grid(_PROMISED, promised, keys)))
    if reading.unjudged:
        items = tuple(
            Item(
                f"“{shortened(one.sentence.text, _QUOTED)}”{_kinds(catalogue, one.kinds)}",
                lead=f"Line {one.sentence.line}",
            )
            for one in reading.unjudged
        )
        blocks.append(Block("no-verdict", f"{prefix}No verdict here yet", items=items))
    if prefix:
        blocks.append(Block("checklist", f"{prefix}What a fair text has", items=_points(reading)))
    questions = tuple(
        Item(" ".join(asked), lead=w.capitalised(one.short_name)) for one, asked in questions_of(_main(spoken, reading))
    )
    if questions:
        blocks.append(Block("questions", f"{prefix}Ask them", items=questions))
    return blocks


def _main(spoken: Sequence[Treatment], reading: Reading) -> list[Treatment]:
    """Those that the text claims something of; all it names where it claims nothing."""
    claimed = {one.treatment for one in reading.made}
    return [one for one in spoken if one.id in claimed] or list(spoken)


def _judged(reading: Reading) -> list[list[Made]]:
    """Claims that have a verdict, each once, with all the places where it is made; what is of one kind together."""
    groups: dict[str, dict[str, list[Made]]] = {}
    for one in reading.made:
        if one.claim is not None:
            groups.setdefault(one.kind, {}).setdefault(one.treatment, []).append(one)
    return [made for of_kind in groups.values() for made in of_kind.values()]


def _clearest(made: Sequence[Made]) -> Made:
    """The sentence that says it most surely, without a hedge and in the fewest words."""
    return min(made, key=lambda one: (one.hedge, -one.match.score, len(one.sentence.text)))


def _places(made: Sequence[Made]) -> list[int]:
    return sorted({one.sentence.line for one in made})


def _row(
    catalogue: Catalogue,
    made: Sequence[Made],
    citations: Citations,
    *,
    after: Sequence[Made],
    is_named: bool,
    explain: bool,
    full: bool,
) -> tuple[Cell, ...]:
    """A claim with its verdict. What the row before has of the same kind in the same places is not quoted again."""
    clearest = _clearest(made)
    claim = clearest.claim
    assert claim is not None
    said: list[Item] = []
    if after and _clearest(after).sentence is clearest.sentence:
        said.append(Item("(the same sentence)"))
    elif not after or after[0].kind != clearest.kind or _places(after) != _places(made):
        quote = shortened(clearest.sentence.text, _QUOTED, around=clearest.match.words)
        hedge = f", hedged with “{clearest.hedge}”" if clearest.hedge else ""
        said.append(Item(f"“{quote}” ({_on_lines(_places(made))}{hedge})"))
    name = w.capitalised(catalogue.treatments[clearest.treatment].short_name) if is_named else ""
    why = (Item(_explained(clearest.match)),) if explain else ()
    return (
        Cell((Item(claim.claim.rstrip("."), lead=name), *said)),
        _verdict(claim),
        Cell((*_why(claim, citations, full=full).items, *why)),
    )


def _explained(match: Match) -> str:
    words = ", ".join(match.words)
    how = f"Matched “{match.phrase}” by the words" if match.phrase else "Its words together speak for it, most of all"
    return f"{how} {words}; score {match.score:.2f}, needed {match.needed:.2f}."


def _verdict(claim: Claim) -> Cell:
    return Cell((Item(w.VERDICT_WORDS[claim.verdict], badge=claim.verdict),))


def _why(claim: Claim, citations: Citations, *, full: bool = True) -> Cell:
    """The reason, whole because a part of it may say more than all of it, with its sources; in short the first two."""
    refs = citations.cite(claim.sources) if full else citations.cite_few(claim.sources)
    return Cell((Item(w.sentence(claim.why), refs=refs),))


def _kinds(catalogue: Catalogue, kinds: Sequence[str]) -> str:
    """What an unjudged sentence claims, where that is known."""
    return " " + " ".join(w.sentence(catalogue.claim_kinds[one].label) for one in kinds) if kinds else ""


def _on_lines(lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:8])) + (" and more" if len(lines) > 8 else "")
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}"


def _points(reading: Reading) -> tuple[Item, ...]:
    """What a fair text has and this one has, with its lines; and what it lacks."""
    there = [f"{CHECKLIST_LABELS[one]} ({_on_lines(lines)})" for one, lines in reading.checklist.items() if lines]
    missing = [CHECKLIST_LABELS[one] for one, lines in reading.checklist.items() if not lines]
    told = (("It has", there), ("It lacks", missing))
    return tuple(Item("; ".join(labels), lead=lead) for lead, labels in told if labels)


def _in_short(judged: Sequence[Sequence[Made]], readings: Sequence[Reading]) -> tuple[Item, ...]:
    """What a reader wants first: how many claims got which verdict and, of a single text, what it has and lacks."""
    verdicts: Counter[str] = Counter(made[0].claim.verdict for made in judged if made[0].claim is not None)
    counts = ", ".join(f"{verdicts[one]} {words}" for one, words in w.VERDICT_WORDS.items() if verdicts[one])
    points = _points(readings[0]) if len(readings) == 1 else ()
    return ((Item(counts, lead="Verdicts"),) if counts else ()) + points


def _scope(catalogue: Catalogue, reading: Reading, citations: Citations) -> Scope:
    return Scope(
        catalogue=catalogue, citations=citations, condition=None, together=tuple(reading.treatments), view="answer"
    )


def _promised_row(catalogue: Catalogue, promised: Sequence[Promised], scope: Scope) -> tuple[Cell, ...]:
    one = min(promised, key=lambda each: len(each.sentence.text))
    lines = sorted({each.sentence.line for each in promised})
    said = Item(
        f"“{shortened(one.sentence.text)}”", lead=f"{w.capitalised(_PROMISE_LABELS[one.promise])}, {_on_lines(lines)}"
    )
    items = [
        Item(item.text, lead=item.lead or w.capitalised(treatment.short_name), refs=item.refs)
        for treatment in _held_against(catalogue, one)
        for item in _entry_says(treatment, one.promise, scope)
    ]
    return Cell((said,)), Cell(tuple(items) or (Item("nothing on this"),))


def _held_against(catalogue: Catalogue, one: Promised) -> list[Treatment]:
    return [catalogue.treatments[key] for key in one.treatments if key in catalogue.treatments][:_MOST_HELD]


def _entry_says(treatment: Treatment, promise: Promise, scope: Scope) -> list[Item]:
    """The entry's own short words on what a promise is about."""
    cells: dict[Promise, list[Callable[[Treatment, Scope], Cell]]] = {
        "share": [_counted],
        "guarantee": [answer.works],
        "time": [_when],
        "permanent": [answer.if_i_stop],
        "approved": [answer.approved],
        "no-side-effects": [answer.milder_harm, answer.serious_harm],
        "price": [answer.cost],
        "blood-thinners": [_on_blood_thinners],
    }
    main = treatment.indications[0].condition if treatment.indications else None
    own = Scope(
        catalogue=scope.catalogue,
        citations=scope.citations,
        condition=main,
        together=(treatment.id,),
        view="answer",
    )
    name = w.capitalised(treatment.short_name)
    start = {"price": "in the first year: ", "permanent": "if stopped: "}.get(promise, "")
    found = [item for cell in cells[promise] for item in cell(treatment, own).items[:2]]
    return [
        Item(f"{start}{item.text}", lead=f"{name} ({item.lead.lower()})" if item.lead else name, refs=item.refs)
        for item in found
    ]


def _on_blood_thinners(treatment: Treatment, scope: Scope) -> Cell:
    """What the entry lists for medicines against clots."""
    listed = listed_for(scope.catalogue, treatment, [BLOOD_THINNERS])
    return Cell(tuple(listed_item(scope.catalogue, one, scope.citations, named=False) for one in listed), listed)


def _counted(treatment: Treatment, scope: Scope) -> Cell:
    """How many of 100 people saw a gain, where that was counted; else whether it works."""
    cell = answer.people_who_gain(treatment, scope)
    if not cell.data:
        return answer.works(treatment, scope)
    return Cell(tuple(structs.replace(one, text=f"of 100 people, who saw a gain: {one.text}") for one in cell.items))


def _when(treatment: Treatment, _: Scope) -> Cell:
    """When something can be seen, and when it can be judged."""
    first = treatment.results.first_signs if treatment.results is not None else None
    told = ((first, "first signs"), (treatment.full_assessment, "time to judge"))
    text = "; ".join(f"{words}: {one.text}" for one, words in told if one is not None)
    return Cell((Item(text),) if text else (), treatment.results)


def _data(catalogue: Catalogue, reading: Reading, *, explain: bool) -> dict[str, Any]:
    scope = _scope(catalogue, reading, Citations(catalogue.sources))
    points: dict[Point, list[int]] = reading.checklist
    return {
        "treatments": [{"id": key, "lines": lines} for key, lines in reading.treatments.items()],
        "claims": [
            {
                "line": one.sentence.line,
                "sentence": shortened(one.sentence.text),
                "treatment": one.treatment,
                "claim": one.claim.claim,
                "verdict": one.claim.verdict,
                "score": one.match.score,
            }
            | (
                {
                    "kind": one.kind,
                    "phrase": one.match.phrase,
                    "words": one.match.words,
                    "threshold": one.match.needed,
                    "hedge": one.hedge,
                }
                if explain
                else {}
            )
            for one in reading.made
            if one.claim is not None
        ],
        "no_verdict": [
            {"line": one.sentence.line, "sentence": shortened(one.sentence.text)} for one in reading.unjudged
        ],
        "promises": [
            {
                "line": one.sentence.line,
                "sentence": shortened(one.sentence.text),
                "kind": one.promise,
                "entry_says": " ".join(
                    f"{item.lead}: {w.sentence(item.text)}"
                    for treatment in _held_against(catalogue, one)
                    for item in _entry_says(treatment, one.promise, scope)
                ),
            }
            for one in reading.promised
        ],
        "checklist": [{"item": one, "covered": bool(points[one]), "lines": points[one]} for one in CHECKLIST],
    }
