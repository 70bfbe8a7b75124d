"""What every view shares: the treatments it is about, their conditions, and the frame that every report ends with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, TypedDict

from msgspec import structs

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations, origin_notices
from hairtx.analysis.document import Block, Item, Reference
from hairtx.catalogue.model import Condition, Sex, Treatment
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = [
    "MAX_TREATMENTS",
    "before_all",
    "before_each",
    "concerns",
    "edition_line",
    "framed",
    "has_words",
    "pictured",
    "several",
    "shared_conditions",
    "short_names",
    "untreated",
    "warnings",
]

#: How many treatments one view can hold.
MAX_TREATMENTS: Final = 12


class Frame(TypedDict):
    """What every report ends with."""

    references: tuple[Reference, ...]
    notices: tuple[str, ...]
    edition: str
    readings: str
    disclaimer: str


def framed(catalogue: Catalogue, today: dt.date | None, citations: Citations | None = None) -> Frame:
    """The references cited so far, the notices as of ``today``, the edition and the disclaimer, for a report."""
    return Frame(
        references=citations.references() if citations is not None else (),
        notices=edition_notices(catalogue, today),
        edition=edition_line(catalogue),
        readings=w.readings_words(catalogue.about.readings),
        disclaimer=catalogue.about.disclaimer,
    )


def several(catalogue: Catalogue, names: Iterable[str]) -> list[Treatment]:
    """The treatments with these ids, names or aliases, in this order; one named twice is taken once.

    Raises:
        UnknownNameError: with the nearest names.
    """
    return list({one.id: one for one in (catalogue[name] for name in names)}.values())


def short_names(treatments: Iterable[Treatment], *, last: str = "and", within: bool = True) -> str:
    """Treatments as in a sentence: “PRP, iron tablets and exosomes”; ``within`` it, or at its beginning."""
    names = [w.lower_first(one.short_name) for one in treatments]
    told = w.series(names, last)
    return told if within else w.capitalised(told)


def pictured(catalogue: Catalogue, names: Iterable[str]) -> list[Treatment]:
    """The same, for a picture: one to twelve.

    Raises:
        UsageError: none, or more than twelve.
        UnknownNameError: with the nearest names.
    """
    treatments = several(catalogue, names)
    if not treatments:
        raise UsageError("name at least one treatment; 'hairtx list' shows them all")
    if len(treatments) > MAX_TREATMENTS:
        raise UsageError(f"{len(treatments)} treatments are too many for one picture; name at most {MAX_TREATMENTS}")
    return treatments


def concerns(sex: Sex, asked: Sex | None) -> bool:
    """Whether what was found in ``sex`` says something to whoever asks."""
    return asked in (None, "any") or sex in ("any", asked)


def has_words(texts: Iterable[str | None], wanted: str) -> bool:
    """Whether every word of ``wanted`` occurs somewhere in the texts, however it is spelled."""
    there = folded(" ".join(filter(None, texts)))
    return all(word in there for word in folded(wanted).split())


def untreated(
    catalogue: Catalogue,
    condition: str | None,
    citations: Citations,
    title: str = "If nothing is done",
    *,
    sex: Sex = "any",
) -> tuple[Block, ...]:
    """What happens if nothing is done about the condition; nothing where none is chosen."""
    course = catalogue.conditions[condition].course if condition is not None else ()
    told = [one for one in course if concerns(one.sex, sex)]
    return (Block("untreated", title, citations.stated(told)),) if told else ()


def before_each(
    catalogue: Catalogue, treatments: Iterable[Treatment], citations: Citations, sex: Sex = "any"
) -> tuple[Item, ...]:
    """The same where there is no one condition: for what each treatment is mainly for, or for all conditions where
    none is listed for any."""
    mainly = dict.fromkeys(one.indications[0].condition for one in treatments if one.indications)
    told = (catalogue.conditions[key] for key in mainly or catalogue.conditions)
    return tuple(
        structs.replace(item, lead=f"With {w.lower_first(condition.short)}, {w.lower_first(item.lead)}")
        for condition in told
        for item in before_all(condition, citations, sex)
    )


def before_all(condition: Condition, citations: Citations, sex: Sex = "any") -> tuple[Item, ...]:
    """What stands on top of every answer about the condition: doing nothing, and when to see a doctor first.

    One line each where the catalogue has short words for it, else the first of the longer ones. Of one sex only what
    is about it is said.
    """
    brief = condition.brief
    told = [one for one in brief.course if concerns(one.sex, sex)] if brief is not None else []
    course = told or [one for one in condition.course if concerns(one.sex, sex)][:1]
    items = []
    if course:
        whose = [f"{w.SEX_WORDS[one.sex]}: " if sex == "any" and one.sex != "any" else "" for one in told]
        text = " ".join(f"{who}{one.text}" for who, one in zip(whose or [""], course, strict=True))
        refs = citations.cite_few([key for one in course for key in one.sources[: 2 if len(course) == 1 else 1]])
        items.append(Item(text, lead="Doing nothing", refs=refs))
    doctors = [one for one in brief.doctor if concerns(one.sex, sex)] if brief is not None else []
    if doctors:
        # One for the sex asked for, and no other.
        doctor = min(doctors, key=lambda one: one.sex != sex)
        items.append(Item(f"{doctor.text}.", lead="See a doctor first if", refs=citations.cite_few(doctor.sources)))
    elif condition.warning_signs:
        signs = " ".join(one.text for one in condition.warning_signs[:3])
        refs = citations.cite_few([one.sources[0] for one in condition.warning_signs[:3]])
        items.append(Item(signs, lead="See a doctor first if", refs=refs))
    return tuple(items)


def warnings(condition: Condition, citations: Citations, *, urgent: bool | None = None) -> tuple[Item, ...]:
    """What a doctor should see first: how soon, what it may be, and whom to see; of those ``urgent``, all that cannot
    wait or all others."""
    items = []
    for one in condition.warning_signs:
        if urgent is not None and urgent != (one.how_soon == "now"):
            continue
        lead = w.HOW_SOON_WORDS[one.how_soon] if one.how_soon is not None else ""
        rest = [f"It may be {one.may_be}." if one.may_be else "", f"See {one.see}." if one.see else ""]
        text = " ".join(filter(None, [w.sentence(one.text), *rest]))
        items.append(Item(text, lead=lead, refs=citations.cite(one.sources)))
    return tuple(items)


def shared_conditions(catalogue: Catalogue, treatments: Iterable[Treatment]) -> list[str]:
    """The conditions that every one of the treatments is listed for: what they are mainly for comes first.

    A treatment that is listed for nothing has no say.

    That is what stands first in the treatments' own lists, taken together; where two conditions come alike, the
    catalogue's order decides.
    """
    listed = [
        list(dict.fromkeys(one.condition for one in treatment.indications))
        for treatment in treatments
        if treatment.indications
    ]
    shared = [key for key in catalogue.conditions if listed and all(key in one for one in listed)]
    return sorted(shared, key=lambda key: sum(one.index(key) for one in listed))


def edition_line(catalogue: Catalogue) -> str:
    """Edition and review date, in words."""
    about = catalogue.about
    return f"Edition {about.edition}, reviewed {about.reviewed.isoformat()}"


def edition_notices(catalogue: Catalogue, today: dt.date | None) -> tuple[str, ...]:
    """What is not built in, and a warning where the edition's review date is more than a year past."""
    reviewed = catalogue.about.reviewed
    if today is None or (today - reviewed).days <= 366:
        return origin_notices(catalogue)
    return (
        *origin_notices(catalogue),
        f"This edition was last reviewed on {reviewed.isoformat()}, more than a year ago. Newer findings are missing.",
    )
