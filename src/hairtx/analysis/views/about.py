"""What the reader should know about the edition itself."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis import wording as w
from hairtx.analysis.document import Block, Item, Report
from hairtx.analysis.framing import framed
from hairtx.catalogue.model import About
from hairtx.catalogue.store import Catalogue

__all__ = ["describe_edition", "edition_blocks"]


def edition_blocks(about: About) -> tuple[Block, ...]:
    """Who made the edition, how, who paid for it, and what it cannot do."""
    told = [
        ("written-by", "Who wrote it", (about.written_by,)),
        ("selection", "How the evidence was chosen", (about.selection,)),
        ("readings", "How it was checked", (w.readings_words(about.readings),)),
        ("update-policy", "How it is kept up to date", (about.update_policy,)),
        ("funding", "Who paid for it", (about.funding,)),
        ("limits", "What it cannot do", about.limits),
        ("reading-level", "Reading level", (about.reading_level or "not measured",)),
        ("licence", "Licence", (about.licence,)),
    ]
    return tuple(Block(key, title, items=tuple(map(Item, texts))) for key, title, texts in told)


def describe_edition(catalogue: Catalogue, *, today: dt.date | None = None) -> Report:
    """Edition, review date, who and how, update policy, funding, limits, reading level and licence."""
    about = catalogue.about
    claims = sum(len(one.claims) for one in catalogue)
    holds = (
        f"{w.counted(len(catalogue), 'treatment')}, {w.counted(len(catalogue.conditions), 'condition')}, "
        f"{w.counted(claims, 'claim')}, {w.counted(len(catalogue.sources), 'source')}"
    )
    edition = [f"{about.edition}, reviewed {about.reviewed.isoformat()}", holds]
    if catalogue.about_origin is None and catalogue.treatments.origins:
        own = w.counted(len(catalogue.treatments.origins), "treatment")
        edition.append(
            f"{own} of these is not built in, or not wholly: what is said below does not speak of that"
            if len(catalogue.treatments.origins) == 1
            else f"{own} of these are not built in, or not wholly: what is said below does not speak of them"
        )
    return Report(
        kind="about",
        title="About this edition of hairtx",
        blocks=(Block("edition", "Edition", items=tuple(map(Item, edition))), *edition_blocks(about)),
        data={
            "about": about,
            "treatments": len(catalogue),
            "conditions": len(catalogue.conditions),
            "claims": claims,
            "sources_cited": len(catalogue.sources),
        },
        **framed(catalogue, today),
    )
