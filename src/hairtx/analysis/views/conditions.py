"""Conditions: when to see a doctor first, what they are, their course if nothing is done, and what is listed for them.

Treatments stand in the order of certainty, which says how sure a finding is, not how large
it is; waiting stands apart, because its certainty is about the course.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.framing import before_all, framed, warnings
from hairtx.catalogue.model import CERTAINTY, Certainty, Indication, Sex, Treatment
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue
from hairtx.errors import NotCoveredError

__all__ = ["describe_condition", "list_conditions"]

_TREATMENT_FIELDS = (
    Field("treatment", "treatment", 28, 1, "id"),
    Field("who", "for whom", 14),
    Field("basis", "what the rating rests on", 36, 3),
)
_CONDITION_FIELDS = (
    Field("condition", "condition", 26, 1, "key"),
    Field("definition", "what it is", 40, 3),
    Field("decision", "the decision", 24, 1),
)
#: Over the signs that leave time to read on first.
_LATER = "When else to see a doctor first"
_WHO: dict[frozenset[Sex], str] = {
    frozenset({"any"}): "men and women",
    frozenset({"male", "female"}): "men and women",
    frozenset({"male"}): "men",
    frozenset({"female"}): "women",
}


def list_conditions(catalogue: Catalogue, *, today: dt.date | None = None) -> Report:
    """All conditions with their definition and the decision they bring."""
    citations = Citations(catalogue.sources)
    rows = tuple(
        (
            Cell((Item("", lead=one.label, id=key),)),
            Cell(citations.stated([one.definition])),
            Cell((Item(one.decision),)),
        )
        for key, one in catalogue.conditions.items()
    )
    return Report(
        kind="conditions",
        title=f"{w.counted(len(rows), 'condition')} that treatments are compared for",
        lead=(
            Item(
                "Hair can fall out for other reasons too, and some need a doctor soon. "
                "'hairtx conditions CONDITION' shows the warning signs, the course if nothing is done, and what is "
                "listed for it."
            ),
        ),
        blocks=(Block("conditions", "", grid=Grid(_CONDITION_FIELDS, rows, tuple(catalogue.conditions))),),
        data={"conditions": [{"key": key, **_plain(one)} for key, one in catalogue.conditions.items()]},
        **framed(catalogue, today, citations),
    )


def describe_condition(catalogue: Catalogue, name: str, *, brief: bool = False, today: dt.date | None = None) -> Report:
    """One condition: warning signs first, its course untreated, what it is, diagnosis, and treatments.

    With ``brief`` the course and the signs stand in one line each on top, for a page that folds the rest.

    Raises:
        UnknownNameError: with the nearest names.
    """
    try:
        key = catalogue.find_condition(name)
    except NotCoveredError as known:
        return _not_covered(catalogue, known.key, today)
    condition = catalogue.conditions[key]
    citations = Citations(catalogue.sources)
    lead = before_all(condition, citations) if brief else ()
    # Most readers come to hear what happens if they wait: only what cannot wait stands before that.
    is_parted = not brief and {one.how_soon == "now" for one in condition.warning_signs} == {True, False}
    told = [("warning-signs", "See a doctor first", warnings(condition, citations, urgent=is_parted or None))]
    if is_parted:
        told.append(("course", "If nothing is done", citations.stated(condition.course)))
        told.append(("later-signs", _LATER, warnings(condition, citations, urgent=False)))
    told.append(("definition", "What it is", citations.stated([condition.definition])))
    if not is_parted:
        told.append(("course", "If nothing is done", citations.stated(condition.course)))
    told.append(("diagnosis", "How it is diagnosed", citations.stated(condition.diagnosis)))
    blocks = [Block(block, title, items=items or (Item("not reported"),)) for block, title, items in told]
    listed = [one for one in catalogue if any(i.condition == key for i in one.indications)]
    treated = [one for one in listed if one.kind != "none"]
    waiting = [one for one in listed if one.kind == "none"]
    if waiting:
        blocks.append(
            _level("no-treatment", "Doing nothing: certainty about its course", waiting, key, None, citations)
        )
    blocks.append(
        Block(
            "treatments",
            "Treatments listed for it, by certainty",
            items=(
                Item(
                    "Certainty says how sure it is what a treatment does for this condition, not how much it helps. "
                    "A treatment stands under each level that holds for men or for women. Within a level the order is "
                    "that of names."
                ),
            )
            if treated
            else (Item("No treatment is listed for it."),),
        )
    )
    for level in reversed(CERTAINTY):
        members = [one for one in treated if any(i.certainty == level for i in _indications(one, key))]
        if members:
            title = w.capitalised(w.CERTAINTY_WORDS[level])
            if level != "none":
                title = f"{title} certainty: {w.CERTAINTY_MEANING[level]}"
            blocks.append(_level(f"certainty-{level}", title, members, key, level, citations))
    return Report(
        kind="condition",
        title=condition.label,
        lead=(*lead, Item(condition.decision, lead="The decision")),
        blocks=tuple(blocks),
        data={
            "key": key,
            **_plain(condition),
            "treatments": [_data(one, key) for one in _by_certainty(treated, key)],
            "no_treatment": [_data(one, key) for one in waiting],
        },
        **framed(catalogue, today, citations),
    )


def _not_covered(catalogue: Catalogue, key: str, today: dt.date | None) -> Report:
    """What a condition is that the catalogue knows by name and compares nothing for, and whom to see how soon."""
    one = catalogue.known_names[key]
    citations = Citations(catalogue.sources)
    items = [Item(one.text or "", refs=citations.cite(one.sources))]
    if one.see is not None:
        soon = f"{w.HOW_SOON_WORDS[one.how_soon]}: " if one.how_soon is not None else ""
        items.append(Item(f"{soon}see {one.see}."))
    return Report(
        kind="condition",
        title=one.label,
        lead=(Item("Nothing is compared for it in this catalogue; none of its tables fits.", lead="Not covered"),),
        blocks=(Block("known", "What it is, and whom to see", items=tuple(items)),),
        data={"key": key, **_plain(one), "treatments": [], "no_treatment": []},
        **framed(catalogue, today, citations),
    )


def _indications(treatment: Treatment, condition: str) -> list[Indication]:
    return [one for one in treatment.indications if one.condition == condition]


def _by_certainty(treatments: Sequence[Treatment], condition: str) -> list[Treatment]:
    def rank(treatment: Treatment) -> tuple[int, str]:
        return -max(CERTAINTY.index(one.certainty) for one in _indications(treatment, condition)), folded(
            treatment.short_name
        )

    return sorted(treatments, key=rank)


def _level(
    block: str,
    title: str,
    members: Sequence[Treatment],
    condition: str,
    level: Certainty | None,
    citations: Citations,
) -> Block:
    """One row a treatment, for those it is rated at this level for; every row if there is no level."""
    rows = []
    ordered = sorted(members, key=lambda member: folded(member.short_name))
    for one in ordered:
        every = _indications(one, condition)
        rated = [i for i in every if level in (None, i.certainty)]
        items = []
        for indication in rated:
            sure = w.RATING_WORDS[indication.rating]
            gauge = None
            if level is None:
                sure = f"{w.CERTAINTY_WORDS[indication.certainty]}, {sure}"
                gauge = w.certainty_gauge(indication.certainty)
            text = w.sentence(indication.basis)
            text = text if indication.certainty == "none" else f"{w.capitalised(sure)}. {text}"
            lead = w.SEX_WORDS[indication.sex]
            items.append(Item(text, lead=lead, refs=citations.cite(indication.sources), gauge=gauge))
        who = _WHO.get(frozenset(i.sex for i in rated), "men and women")
        rows.append(
            (Cell((Item("", lead=one.short_name, id=one.id),)), Cell((_who(who, every, rated),)), Cell(tuple(items)))
        )
    gauge = w.certainty_gauge(level) if level is not None else None
    return Block(block, title, grid=Grid(_TREATMENT_FIELDS, tuple(rows), tuple(one.id for one in ordered)), gauge=gauge)


def _who(who: str, every: Sequence[Indication], rated: Sequence[Indication]) -> Item:
    """For whom this level holds, and what holds for the others."""
    if who == "men and women":
        return Item(who)
    other = {"men": "women", "women": "men"}[who]
    others = [i for i in every if i not in rated]
    if not others:
        return Item(f"{who} (nothing listed for {other})")
    return Item(f"{who} ({other}: {w.CERTAINTY_WORDS[others[0].certainty]})")


def _plain(condition: Any) -> dict[str, Any]:
    return {name: getattr(condition, name) for name in condition.__struct_fields__}


def _data(treatment: Treatment, condition: str) -> dict[str, Any]:
    return {
        "id": treatment.id,
        "name": treatment.name,
        "indications": [
            {
                "sex": one.sex,
                "certainty": one.certainty,
                "rating": one.rating,
                "basis": one.basis,
                "sources": one.sources,
            }
            for one in _indications(treatment, condition)
        ],
    }
