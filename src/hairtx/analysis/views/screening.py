"""Who should be careful with what: treatments grouped by what they list for something about a person.

The groups repeat what the sources say; nothing here weighs one treatment against another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from hairtx.analysis import wording as w
from hairtx.analysis.citing import Citations
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.factors import (
    ACTIONS,
    Listed,
    State,
    find_factors,
    listed_data,
    listed_for,
    listed_item,
    narrower_factors,
    sex_of,
    state_of,
    strictest,
    unlisted_item,
)
from hairtx.analysis.framing import concerns, framed, several, short_names
from hairtx.catalogue.model import Action, Sex, Treatment
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = ["list_factors", "matrix", "screen"]

_TREATMENT = Field("treatment", "treatment", 30, 1, "id")
#: So many other names of a factor are shown.
_SHOWN_NAMES: Final = 4
#: What stands beside the treatments of a group.
_BESIDE: Final[dict[State, str]] = {
    **dict.fromkeys(ACTIONS, "what is listed, and why"),
    "nothing-found": "where it was looked for",
    "not-looked-for": "what is known",
}
#: What is said of treatments that list nothing, by whether somebody looked.
_UNLISTED: Final[dict[State, str]] = {
    "nothing-found": f"{w.NOTHING_FOUND}, {w.NOT_THE_SAME_AS_SAFE}",
    "not-looked-for": f"{w.NOT_LOOKED_FOR}: ask the doctor or pharmacist",
}
_MATRIX_FIELDS = (
    Field("treatment", "treatment", 16, 1, "id"),
    *(Field(action, w.ACTION_WORDS[action].lower(), 16, 2) for action in ACTIONS),
    Field("nothing-found", w.NOTHING_FOUND.lower(), 16, 2),
    Field("not-looked-for", w.NOT_LOOKED_FOR.lower(), 14, 1),
)
_FACTOR_FIELDS = (
    Field("factor", "factor", 26, 2, "key"),
    Field("definition", "what it means", 30, 3),
    Field("aliases", "also found as", 22, 3),
    Field("listed_by", "listed by", 13),
)


def screen(
    catalogue: Catalogue,
    factors: Sequence[str],
    names: Sequence[str] = (),
    *,
    condition: str | None = None,
    sex: Sex | None = None,
    today: dt.date | None = None,
) -> Report:
    """The treatments grouped by the strictest thing they list for any of these factors.

    Those that list nothing stand in two groups: a reason was looked for and none found, and nobody has looked. Doing
    nothing is no row among them, unless it is named.

    Args:
        catalogue: where the treatments come from.
        factors: keys, labels or aliases; a caution listed for a broader factor counts for a narrower one.
        names: ids, names or aliases of the treatments to look at; all of them if empty.
        condition: leaves out treatments that are not listed for this condition.
        sex: leaves out treatments that are not listed for this sex, and broader factors of the other one.
        today: the date by which an edition counts as out of date.

    Raises:
        UnknownNameError: a factor, treatment or condition that does not exist, with the nearest names.
        UsageError: no factor was named.
    """
    if not factors:
        raise UsageError("name at least one factor with '--with'; 'hairtx screen' lists them all")
    keys = find_factors(catalogue, factors)
    treatments, left_out = _looked_at(catalogue, names, condition, sex)
    listed = {one.id: listed_for(catalogue, one, keys, sex=sex) for one in treatments}
    citations = Citations(catalogue.sources)
    labels = "; ".join(catalogue.factors[key].label for key in keys)
    blocks = []
    states = {one.id: state_of(catalogue, one, *keys, sex=sex) for one in treatments}
    for state in (*ACTIONS, *_UNLISTED):
        members = [one for one in treatments if states[one.id] == state]
        if members:
            blocks.append(_group(catalogue, state, members, listed, keys, citations))
    if not treatments:
        blocks.append(Block("none", "", items=(Item("No treatment is left to look at."),)))
    return Report(
        kind="screen",
        title=f"What {w.counted(len(treatments), 'treatment')} list{'s' if len(treatments) == 1 else ''} for {labels}",
        lead=_lead(catalogue, keys, left_out, treatments, sex),
        blocks=tuple(blocks),
        data={
            "factors": keys,
            "treatments": [
                {
                    "id": one.id,
                    "name": one.name,
                    "action": strictest(listed[one.id]),
                    "state": states[one.id],
                    "states": {key: state_of(catalogue, one, key, sex=sex) for key in keys},
                    "listed": [listed_data(item) for item in listed[one.id]],
                    "listed_for_narrower": _narrower_data(catalogue, one, keys),
                }
                for one in treatments
            ],
            "left_out": [one.id for one in left_out],
            "note": f"An action of null means that no reason is listed, {w.NOT_THE_SAME_AS_SAFE}.",
        },
        **framed(catalogue, today, citations),
    )


def _few(names: Sequence[str]) -> str:
    """The first of them; there are up to a hundred ways to say that one is pregnant."""
    more = len(names) - _SHOWN_NAMES
    return ", ".join(names[:_SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def list_factors(
    catalogue: Catalogue,
    names: Sequence[str] = (),
    *,
    condition: str | None = None,
    sex: Sex | None = None,
    today: dt.date | None = None,
) -> Report:
    """The factors that can be asked about; with ``names``, only those that these treatments list.

    Raises:
        UnknownNameError: a treatment or condition that does not exist, with the nearest names.
    """
    treatments, _ = _looked_at(catalogue, names, condition, sex)
    listing: dict[str, list[str]] = {key: [] for key in catalogue.factors}
    for one in treatments:
        for key in dict.fromkeys(caution.factor for caution in one.cautions):
            listing[key].append(one.id)
    narrowed = bool(names or condition or sex)
    shown = [key for key in catalogue.factors if listing[key] or not narrowed]
    rows = []
    for key in shown:
        factor = catalogue.factors[key]
        includes = [catalogue.factors[one].label for one in factor.includes]
        meaning = (Item(factor.definition), Item(f"includes {w.series(includes)}")) if includes else ()
        number = len(listing[key])
        rows.append(
            (
                Cell((Item("", lead=w.capitalised(factor.label), id=key),)),
                Cell(meaning or (Item(factor.definition),)),
                Cell((Item(_few(factor.aliases) or "no other name"),)),
                Cell((Item(w.counted(number, "treatment") if number else "none"),)),
            )
        )
    who = short_names(treatments, last="or") if names and treatments else "treatments"
    block = Block("factors", "", grid=Grid(_FACTOR_FIELDS, tuple(rows), tuple(shown)))
    if not shown:
        block = Block("factors", "", items=(Item("No factor is listed, which is not the same as safe."),))
    return Report(
        kind="factors",
        title=f"{w.counted(len(shown), 'factor')} for which cautions are listed with {who}",
        lead=(
            Item(
                "'hairtx screen --with FACTOR' shows what treatments list for one. '--with' can be given several times."
            ),
        ),
        blocks=(block,),
        data={
            "factors": [
                {
                    "key": key,
                    "label": catalogue.factors[key].label,
                    "aliases": catalogue.factors[key].aliases,
                    "definition": catalogue.factors[key].definition,
                    "includes": catalogue.factors[key].includes,
                    "listed_by": listing[key],
                }
                for key in shown
            ]
        },
        **framed(catalogue, today),
    )


def matrix(
    catalogue: Catalogue,
    names: Sequence[str] = (),
    *,
    condition: str | None = None,
    sex: Sex | None = None,
    today: dt.date | None = None,
) -> Report:
    """Every treatment and every core factor: what is listed, where nothing was found, what nobody looked for.

    The parameters are those of :func:`screen`.

    Raises:
        UnknownNameError: a treatment or condition that does not exist, with the nearest names.
    """
    treatments, left_out = _looked_at(catalogue, names, condition, sex)
    core = [key for key, factor in catalogue.factors.items() if factor.core]
    states = {one.id: {key: state_of(catalogue, one, key) for key in core} for one in treatments}

    def cell(treatment: Treatment, state: str) -> Cell:
        labels = [catalogue.factors[key].short for key in core if states[treatment.id][key] == state]
        return Cell((Item(", ".join(labels)) if labels else Item("none"),))

    rows = tuple(
        (
            Cell((Item("", lead=one.short_name, id=one.id),)),
            *(cell(one, field.key) for field in _MATRIX_FIELDS[1:]),
        )
        for one in treatments
    )
    return Report(
        kind="matrix",
        title=f"{w.counted(len(treatments), 'treatment')} and {w.counted(len(core), 'core factor')}",
        lead=(Item(f"Nothing found is said of a text, on a day; {w.NOT_THE_SAME_AS_SAFE}."),),
        blocks=(Block("matrix", "", grid=Grid(_MATRIX_FIELDS, rows, tuple(one.id for one in treatments))),),
        data={"factors": core, "states": states, "left_out": [one.id for one in left_out]},
        **framed(catalogue, today),
    )


def _looked_at(
    catalogue: Catalogue, names: Sequence[str], condition: str | None, sex: Sex | None
) -> tuple[list[Treatment], list[Treatment]]:
    """The treatments to look at, and those of them that condition or sex leave out."""
    named = several(catalogue, names) or [one for one in catalogue if one.kind != "none"]
    key = catalogue.find_condition(condition) if condition is not None else None

    def is_listed(treatment: Treatment) -> bool:
        if key is None and sex in (None, "any"):
            return True
        return any(key in (None, one.condition) and concerns(one.sex, sex) for one in treatment.indications)

    kept = [one for one in named if is_listed(one)]
    return kept, [one for one in named if not is_listed(one)]


def _lead(
    catalogue: Catalogue,
    keys: Sequence[str],
    left_out: Sequence[Treatment],
    treatments: Iterable[Treatment],
    sex: Sex | None,
) -> tuple[Item, ...]:
    items = [Item(w.sentence(f"{catalogue.factors[key].definition}"), lead=_label(catalogue, key)) for key in keys]
    listed = {caution.factor for one in treatments for caution in one.cautions}
    for key in keys:
        narrower = [one for one in narrower_factors(catalogue.factors, key) if one in listed]
        if narrower:
            items.append(
                Item(
                    f"{', '.join(narrower)}. Ask about the one that fits you: more may be listed for it.",
                    lead=f"{_label(catalogue, key)} includes",
                )
            )
    counting = {catalogue.factors[one].sex for key in keys for one in (key, *catalogue.broader_factors(key))}
    if sex_of(catalogue, keys, sex) == "any" and {"male", "female"} <= counting:
        items.append(Item("'--sex male' or '--sex female' leaves out what is listed for the other sex."))
    if left_out:
        shown = short_names(left_out, within=False) if len(left_out) <= 4 else w.counted(len(left_out), "treatment")
        items.append(Item(f"{shown}, not listed for the condition or sex asked for.", lead="Not looked at"))
    return tuple(items)


def _label(catalogue: Catalogue, key: str) -> str:
    return w.capitalised(catalogue.factors[key].label)


def _group(
    catalogue: Catalogue,
    state: State,
    members: Sequence[Treatment],
    listed: dict[str, tuple[Listed, ...]],
    keys: Sequence[str],
    citations: Citations,
) -> Block:
    action = next((one for one in ACTIONS if one == state), None)
    rows = []
    for one in members:
        items = tuple(
            listed_item(catalogue, item, citations, under=action, named=len(keys) > 1) for item in listed[one.id]
        )
        items += tuple(
            unlisted_item(catalogue, one, key, citations, named=len(keys) > 1)
            for key in keys
            if not any(item.factor == key for item in listed[one.id])
        )
        items += _narrower_items(catalogue, one, keys)
        rows.append((Cell((Item("", lead=one.short_name, id=one.id),)), Cell(items)))
    fields = (_TREATMENT, Field("listed", _BESIDE[state], 40, 3))
    title = f"{w.ACTION_WORDS[action]}: {w.ACTION_MEANING[action]}" if action is not None else _UNLISTED[state]
    return Block(state, title, grid=Grid(fields, tuple(rows), tuple(one.id for one in members)))


def _narrower(catalogue: Catalogue, treatment: Treatment, keys: Sequence[str]) -> list[tuple[str, Action]]:
    """Narrower factors the treatment lists something for, with the action."""
    inside = {one for key in keys for one in narrower_factors(catalogue.factors, key)} - set(keys)
    return [(one.factor, one.action) for one in treatment.cautions if one.factor in inside]


def _narrower_items(catalogue: Catalogue, treatment: Treatment, keys: Sequence[str]) -> tuple[Item, ...]:
    found = _narrower(catalogue, treatment, keys)
    if not found:
        return ()
    words = [f"{catalogue.factors[key].label} ({w.ACTION_WORDS[action].lower()})" for key, action in found]
    return (Item(w.series(words), lead="Listed for some of them"),)


def _narrower_data(catalogue: Catalogue, treatment: Treatment, keys: Sequence[str]) -> list[dict[str, str]]:
    return [{"factor": key, "action": action} for key, action in _narrower(catalogue, treatment, keys)]
