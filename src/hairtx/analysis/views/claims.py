"""What is said of treatments, who says it, and what the evidence says to that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations, source_name
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.framing import framed, has_words, several, short_names
from hairtx.catalogue.model import VERDICTS, Claim, Treatment, Verdict
from hairtx.catalogue.names import find, folded, named
from hairtx.catalogue.store import Catalogue

__all__ = ["claimants", "claims_block", "kinds_of_claims", "list_claims"]

_FIELDS = (
    Field("claim", "what is said", 22, 3),
    Field("said_by", "who says it", 24, 1),
    Field("verdict", "verdict", 12),
    Field("why", "why", 32, 4),
)

_IN_SHORT = (Field("claim", "what is said", 26, 4), Field("verdict", "verdict", 12), Field("why", "why", 30, 5))
_KINDS = (
    Field("kind", "what is claimed", 24, 3),
    Field("verdicts", "verdicts", 22, 2),
    Field("none", "no verdict yet for", 30, 5),
)


def list_claims(
    catalogue: Catalogue,
    names: Sequence[str] = (),
    *,
    verdict: Verdict | None = None,
    by: str | None = None,
    full: bool = True,
    today: dt.date | None = None,
) -> Report:
    """The claims on record, treatment by treatment, each with who makes it, the verdict, the reason and its sources.

    Args:
        catalogue: where the claims come from.
        names: ids, names or aliases of treatments; all of them if empty.
        verdict: only claims with this verdict.
        by: only claims made by this source: its key, or words from its authors, title, publication or address.
        full: who makes each claim, and all sources; else the first two of each reason.
        today: the date by which an edition counts as out of date.

    Raises:
        UnknownNameError: a treatment that does not exist, or a source that makes no claim, with the nearest names.
    """
    treatments = several(catalogue, names) or list(catalogue)
    speakers = _speakers(catalogue, by) if by is not None else None
    citations = Citations(catalogue.sources)
    kept: list[tuple[Treatment, list[Claim]]] = []
    for one in treatments:
        claims = [
            claim
            for claim in one.claims
            if (verdict is None or claim.verdict == verdict)
            and (speakers is None or not speakers.isdisjoint(claim.claimed_by))
        ]
        if claims:
            kept.append((one, claims))
    blocks = [claims_block(catalogue, one, claims, citations, full=full) for one, claims in kept]
    counts = Counter(claim.verdict for _, claims in kept for claim in claims)
    total = counts.total()
    if not kept:
        blocks.append(Block("none", "", items=(Item("No claim on record passes these filters."),)))
    return Report(
        kind="claims",
        title=_title(total, treatments, names, verdict, by),
        lead=tuple(
            Item(
                f"{counts[one]} of {total}. {w.sentence(w.VERDICT_MEANING[one])}",
                lead=w.capitalised(w.VERDICT_WORDS[one]),
            )
            for one in VERDICTS
            if counts[one]
        ),
        blocks=tuple(blocks),
        data={"claims": [_data(one, claim) for one, claims in kept for claim in claims]},
        has_short_references=not full,
        onward=() if full else ("Who says it, and all sources: --full",),
        **framed(catalogue, today, citations),
    )


def kinds_of_claims(catalogue: Catalogue, names: Sequence[str] = (), *, today: dt.date | None = None) -> Report:
    """Every kind of claim and every treatment: which verdicts there are, and where there is none yet.

    Args:
        catalogue: where the claims come from.
        names: ids, names or aliases of treatments; all of them if empty.
        today: the date by which an edition counts as out of date.

    Raises:
        UnknownNameError: a treatment that does not exist, with the nearest names.
    """
    treatments = several(catalogue, names) or list(catalogue)
    verdicts: dict[str, dict[str, Verdict]] = {key: {} for key in catalogue.claim_kinds}
    for treatment in treatments:
        for claim in treatment.claims:
            if claim.kind in verdicts:
                verdicts[claim.kind][treatment.id] = claim.verdict
    rows = []
    for key, of_kind in verdicts.items():
        counts = Counter(of_kind.values())
        told = ", ".join(f"{counts[one]} {w.VERDICT_WORDS[one]}" for one in VERDICTS if counts[one])
        missing = ", ".join(one.id for one in treatments if one.id not in of_kind)
        label = Item("", lead=catalogue.claim_kinds[key].label, id=key)
        rows.append((Cell((label,)), Cell((Item(told or "none"),)), Cell((Item(missing or "none"),))))
    total = sum(map(len, verdicts.values()))
    return Report(
        kind="claim-kinds",
        title=f"{w.counted(total, 'verdict')} on {w.counted(len(verdicts), 'kind')} of claims about "
        f"{w.counted(len(treatments), 'treatment')}",
        blocks=(Block("kinds", "", grid=Grid(_KINDS, tuple(rows), tuple(verdicts))),),
        data={"kinds": {key: {one.id: of_kind.get(one.id) for one in treatments} for key, of_kind in verdicts.items()}},
        **framed(catalogue, today),
    )


def claims_block(
    catalogue: Catalogue, treatment: Treatment, claims: Sequence[Claim], citations: Citations, *, full: bool = True
) -> Block:
    """These claims about one treatment, one row each, and what was looked through to judge them."""
    rows = tuple(_row(catalogue, claim, citations) if full else _short_row(claim, citations) for claim in claims)
    # By identity: two claims may say the same.
    numbers = {id(claim): number for number, claim in enumerate(treatment.claims, start=1)}
    keys = tuple(f"{treatment.id}-{numbers[id(claim)]}" for claim in claims)
    searched = (Item(treatment.searched, lead="Looked through"),) if treatment.searched else ()
    grid = Grid(_FIELDS if full else _IN_SHORT, rows, keys)
    return Block(treatment.id, treatment.name, items=searched, grid=grid)


def claimants(catalogue: Catalogue) -> list[str]:
    """Keys of the sources that claim something, in alphabetical order."""
    return sorted({key for one in catalogue for claim in one.claims for key in claim.claimed_by})


def _title(
    total: int, treatments: Sequence[Treatment], names: Sequence[str], verdict: Verdict | None, by: str | None
) -> str:
    about = f" about {short_names(treatments)}" if names else ""
    judged = f" with the verdict '{w.VERDICT_WORDS[verdict]}'" if verdict is not None else ""
    said = f" by {by}" if by is not None else ""
    return f"{w.counted(total, 'claim')}{about}{said}{judged}, held against what studies show"


def _speakers(catalogue: Catalogue, by: str) -> set[str]:
    keys = claimants(catalogue)
    if by in keys:
        return {by}

    def words(key: str) -> Iterable[str | None]:
        source = catalogue.sources[key]
        return (key, source.authors, source.title, source.publication, source.url)

    found = {key for key in keys if folded(by) and has_words(words(key), by)}
    where = "'hairtx claims --format csv' shows who says what."
    labels = {key: source_name(catalogue.sources[key]) for key in keys}
    return found or {find(by, named((key, [key]) for key in keys), "source of a claim", where, labels)}


def _row(catalogue: Catalogue, claim: Claim, citations: Citations) -> tuple[Cell, ...]:
    speakers: Iterable[Item] = (
        Item(source_name(catalogue.sources[key]), refs=citations.cite((key,))) for key in claim.claimed_by
    )
    return (
        Cell((Item("", lead=claim.claim.rstrip(".")),)),
        Cell(tuple(speakers) or (Item("whoever says so"),)),
        Cell((Item(w.VERDICT_WORDS[claim.verdict], badge=claim.verdict),)),
        Cell((Item(w.sentence(claim.why), refs=citations.cite(claim.sources)),)),
    )


def _short_row(claim: Claim, citations: Citations) -> tuple[Cell, ...]:
    return (
        Cell((Item("", lead=claim.claim.rstrip(".")),)),
        Cell((Item(w.VERDICT_WORDS[claim.verdict], badge=claim.verdict),)),
        Cell((Item(w.sentence(claim.why), refs=citations.cite_few(claim.sources)),)),
    )


def _data(treatment: Treatment, claim: Claim) -> dict[str, Any]:
    return {
        "treatment": treatment.id,
        "claim": claim.claim,
        "claimed_by": claim.claimed_by,
        "verdict": claim.verdict,
        "why": claim.why,
        "rests_on": claim.sources,
    }
