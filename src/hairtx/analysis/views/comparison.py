"""Treatments side by side, or one by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from hairtx.analysis import wording as w
from hairtx.analysis.answer import counted_rest
from hairtx.analysis.citing import Citations, origin_data, origin_words
from hairtx.analysis.commitment import common_region, price_regions
from hairtx.analysis.document import Block, Column, Item, Report, Row, Section
from hairtx.analysis.factors import find_factors, sex_of
from hairtx.analysis.framing import (
    MAX_TREATMENTS,
    before_all,
    before_each,
    framed,
    shared_conditions,
    short_names,
    untreated,
)
from hairtx.analysis.rows import ATTRIBUTES, SECTIONS, Attribute, factor_row
from hairtx.analysis.schedule import checked_horizon
from hairtx.analysis.scope import LEVEL_OF, Scope, View
from hairtx.catalogue.model import Sex, Treatment
from hairtx.catalogue.names import OTHER_REGION_NAMES, find, folded, named
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = [
    "compare",
    "compare_everything",
    "describe",
    "known_region",
    "row_called",
    "row_keys",
]


def row_keys() -> list[str]:
    """The keys that ``rows`` accepts, in the order of the table."""
    return [one.key for one in ATTRIBUTES]


def compare(
    catalogue: Catalogue,
    names: Sequence[str],
    *,
    condition: str | None = None,
    sex: Sex = "any",
    rows: Sequence[str] = (),
    view: View = "answer",
    differences: bool = False,
    factors: Sequence[str] = (),
    horizon: int = 12,
    region: str | None = None,
    today: dt.date | None = None,
) -> Report:
    """Two to twelve treatments side by side.

    Args:
        catalogue: where the treatments come from.
        names: ids, names or aliases, in the order of the columns.
        condition: key, label or alias of the condition to compare for. Without it, the first condition in the
            catalogue's order that all the treatments are listed for.
        sex: leaves out findings that were made only in the other sex.
        rows: keys or labels of the rows to show, or of a part of the table; the default ones if empty. One text may
            name several, separated by commas.
        view: ``answer``, the short rows alone; ``table``, with the table under them; ``page``, which adds what a page
            for a consultation has beside it; ``one-page``, the first sheet of that page alone; ``full`` or
            ``full-page``, the same with all rows and everything the catalogue has.
        differences: leaves out rows that say the same for every treatment.
        factors: something about the person, by key, label or alias: a row at the top of the harms says what each
            treatment lists for it.
        horizon: months that visits, hours and cost are counted over, 1 to 120.
        region: whose prices the cost is counted with; for each treatment the first with a price if None.
        today: the date by which an edition counts as out of date; never looked up here.

    Raises:
        UsageError: fewer than two or more than twelve treatments, the same one twice, or a horizon that is none.
        UnknownNameError: a treatment, condition, factor, row or region that does not exist, with the nearest names.
    """
    treatments = [catalogue[name] for name in names]
    checked_horizon(horizon)
    region = known_region(catalogue, region)
    _refuse_unfit_selection(catalogue, names, treatments)
    shared = shared_conditions(catalogue, treatments)
    chosen = catalogue.find_condition(condition) if condition is not None else next(iter(shared), None)
    asked = find_factors(catalogue, factors)
    sex, whose = _sex_asked_for(catalogue, asked, sex)
    citations = Citations(catalogue.sources)

    def scoped(depth: View, numbers: Citations) -> Scope:
        return Scope(
            catalogue=catalogue,
            citations=numbers,
            condition=chosen,
            is_asked=condition is not None,
            together=tuple(one.id for one in treatments),
            view=depth,
            sex=sex,
            horizon=horizon,
            region=region,
            common_region=common_region(treatments, horizon),
        )

    def sections(depth: View) -> tuple[Section, ...]:
        # A page has room for what a screen has not.
        columns = len(treatments) if view == "answer" else 2
        attributes = _chosen_attributes(rows, depth, for_condition=chosen is not None, columns=columns)
        if differences:
            # Numbered apart, so that what is left out leaves no gap in the numbers.
            attributes = _differing(attributes, treatments, scoped(depth, Citations(catalogue.sources)))
        if asked:
            attributes = _with_factor_row(attributes, factor_row(catalogue, asked))
        return _sections(attributes, treatments, scoped(depth, citations))

    lead = _lead(catalogue, treatments, chosen, citations, sex, brief=view == "answer") + whose
    # Rows asked for by name are shown in short or whole, not both.
    short = LEVEL_OF[view] == "answer"
    answer = () if rows and not short else _rows_of(sections("answer"))
    # In the order of reading, so that numbers are given in that order.
    blocks = untreated(catalogue, chosen, citations, sex=sex) if not short and not rows else ()
    table = () if short else sections("full" if rows else view)
    if not answer and not table:
        lead += (Item("The rows asked for say the same for all of them, so none is shown.", lead="Note"),)
    figures: tuple[Block, ...] = ()
    handout = None
    if view.endswith("page"):
        # Only pages need it, so a table in the terminal does not wait for it.
        from hairtx.analysis.views.page import figures_for, handout_for

        figures = () if short else figures_for(catalogue, treatments, scoped(view, citations))
        handout = handout_for(catalogue, treatments, scoped(view, citations), one_page=short)
    return Report(
        kind="comparison",
        title=_question(catalogue, treatments, chosen),
        lead=lead,
        blocks=blocks,
        columns=_columns(catalogue, treatments),
        answer=answer,
        sections=table,
        scale=(*w.certainty_scale(answer), *counted_rest(answer, view)),
        onward=_onward([key for key in shared if key != chosen], view, sex=sex, factors=asked, asked_rows=bool(rows)),
        data={
            "condition": chosen,
            "shared_conditions": shared,
            "sex": sex,
            "horizon_months": horizon,
            **({"factors": asked} if asked else {}),
        },
        figures=figures,
        handout=handout,
        **framed(catalogue, today, citations),
    )


def _question(catalogue: Catalogue, treatments: Sequence[Treatment], chosen: str | None) -> str:
    """The title as the reader would ask it."""
    names = short_names(treatments, last="or", within=False)
    return f"{names} for {w.lower_first(catalogue.conditions[chosen].short)}?" if chosen is not None else f"{names}?"


def _sex_asked_for(catalogue: Catalogue, factors: Sequence[str], sex: Sex) -> tuple[Sex, tuple[Item, ...]]:
    """The sex asked for; where a factor tells it instead, with a note that says so."""
    told = sex_of(catalogue, factors, None) if sex == "any" else "any"
    if told == "any":
        return sex, ()
    label = next(catalogue.factors[one].label for one in factors if catalogue.factors[one].sex == told)
    return told, (Item(f"told for {w.SEX_WORDS[told].lower()}, because {label} was asked about.", lead="Note"),)


def _onward(
    others: Sequence[str], view: View, *, sex: Sex, factors: Sequence[str], asked_rows: bool, alone: bool = False
) -> tuple[str, ...]:
    """How to go on from here, on a command line: other conditions, and what is one step deeper.

    ``alone``: of one treatment, where there is room to say what reads a brochure.
    """
    more = f" (+{len(others) - 1})" if len(others) > 1 else ""
    also = [f"Also: --for {others[0]}{more}"] if others else ["A leaflet: hairtx check FILE"] if alone else []
    if asked_rows or view != "answer":
        return tuple(also)
    # Something about a person as an example, until something was asked: nothing that nobody who asks can have.
    persons = {"any": "--sex male --with diabetes", "male": "--with diabetes", "female": "--with pregnancy"}
    person = [] if factors else [f"For you: {persons[sex]}"]
    return "All: --full", *person, "Print: -o a.html", *also


def compare_everything(
    catalogue: Catalogue,
    citations: Citations,
    *,
    condition: str | None = None,
    region: str | None = None,
    today: dt.date | None = None,
) -> Report:
    """Every treatment as a column, for pages on which the reader chooses among them.

    The rows are those of the answer, and under it the default ones, with experience, claims and questions; for one
    condition, only those that depend on it.

    Args:
        catalogue: where the treatments come from.
        citations: numbers the references through all columns, and through all conditions if it is handed on.
        condition: key of a condition: what is said of others is left out. Without it, every condition is told.
        region: as the catalogue writes it: whose prices the answer counts with, for every treatment that has one there.
        today: the date by which an edition counts as out of date.
    """
    treatments = list(catalogue)

    def sections(depth: View) -> tuple[Section, ...]:
        attributes = [
            one
            for one in ATTRIBUTES
            if one.is_shown(depth, for_condition=True)
            # In the answer, what is told for each condition: whether it works, for how many, whether it is approved.
            and (
                condition is None
                or (one.when == "condition" if depth == "site" else one.section in {"effect", "status"})
            )
        ]
        return _sections(
            attributes,
            treatments,
            Scope(
                catalogue=catalogue,
                citations=citations,
                condition=condition,
                together=tuple(one.id for one in treatments),
                view=depth,
                common_region=region,
                is_chosen_from=True,
            ),
        )

    # In the order of reading, so that numbers are given in that order.
    lead: tuple[Item, ...] = ()
    if condition is not None:
        record = catalogue.conditions[condition]
        lead = (*before_all(record, citations), Item(record.decision, lead="The decision"))
    answer = _rows_of(sections("answer"))
    blocks = untreated(catalogue, condition, citations)
    table = sections("site")
    return Report(
        kind="comparison",
        title=catalogue.conditions[condition].label if condition is not None else "All conditions",
        lead=lead,
        blocks=blocks,
        columns=_columns(catalogue, treatments),
        answer=answer,
        sections=table,
        scale=w.certainty_scale(answer),
        data={"condition": condition},
        **framed(catalogue, today, citations),
    )


def describe(
    catalogue: Catalogue,
    name: str,
    *,
    condition: str | None = None,
    sex: Sex = "any",
    rows: Sequence[str] = (),
    factors: Sequence[str] = (),
    horizon: int = 12,
    region: str | None = None,
    view: View = "answer",
    today: dt.date | None = None,
) -> Report:
    """One treatment: the short answer for one condition, and under it whatever the view asks for.

    The parameters are those of :func:`compare`. Without ``condition`` the answer is for the one that the treatment is
    mainly for; the table tells of all, unless one is named.

    Raises:
        UsageError: a horizon that is none.
        UnknownNameError: with the nearest names.
    """
    # One treatment needs no worksheet: of a sheet, only the answer is left.
    sheet, view = view, "answer" if view == "one-page" else view
    treatment = catalogue[name]
    asked = find_factors(catalogue, factors)
    sex, whose = _sex_asked_for(catalogue, asked, sex)
    checked_horizon(horizon)
    listed = list(dict.fromkeys(one.condition for one in treatment.indications))
    chosen = catalogue.find_condition(condition) if condition is not None else next(iter(listed), None)
    citations = Citations(catalogue.sources)

    def scoped(depth: View, about: str | None) -> Scope:
        return Scope(
            catalogue=catalogue,
            citations=citations,
            condition=about,
            is_asked=condition is not None,
            together=(treatment.id,),
            view=depth,
            sex=sex,
            horizon=horizon,
            region=known_region(catalogue, region),
        )

    def sections(depth: View, about: str | None) -> tuple[Section, ...]:
        attributes = _chosen_attributes(rows, depth, for_condition=True, columns=1)
        if asked:
            attributes = _with_factor_row(attributes, factor_row(catalogue, asked))
        return _sections(attributes, [treatment], scoped(depth, about))

    if chosen is not None:
        lead = before_all(catalogue.conditions[chosen], citations, sex)
    else:
        lead = before_each(catalogue, [treatment], citations, sex)
    answer = () if rows and view != "answer" else _rows_of(sections("answer", chosen))
    only = chosen if condition is not None else None
    table = () if view == "answer" else sections(view, only)
    drawn: tuple[Block, ...] = ()
    if view.endswith("page"):
        from hairtx.analysis.views.page import figures_for

        drawn = figures_for(catalogue, [treatment], scoped(view, only))
    title = treatment.name
    if chosen is not None:
        title += f" for {w.lower_first(catalogue.conditions[chosen].short)}"
    return Report(
        kind="treatment",
        title=title,
        lead=lead + whose,
        columns=_columns(catalogue, [treatment]),
        answer=answer,
        sections=table,
        scale=(*w.certainty_scale(answer), *counted_rest(answer, sheet)),
        onward=_onward(
            [key for key in listed if key != chosen], view, sex=sex, factors=asked, asked_rows=bool(rows), alone=True
        ),
        data={"condition": chosen, "sex": sex, **({"factors": asked} if asked else {})},
        figures=drawn,
        **framed(catalogue, today, citations),
    )


def _rows_of(sections: Iterable[Section]) -> tuple[Row, ...]:
    return tuple(row for one in sections for row in one.rows)


def known_region(catalogue: Catalogue, region: str | None) -> str | None:
    """The region as the catalogue writes it, in whatever case it was given.

    Raises:
        UnknownNameError: no price is given for it.
    """
    # As it is written already: told without looking through every price, because a site asks for each treatment.
    if region is None or any(cost.region == region for one in catalogue for cost in one.costs):
        return region
    known = price_regions(catalogue)
    names = named((one, [one, *OTHER_REGION_NAMES.get(one, ())]) for one in known)
    return find(region, names, "region with a price", f"Known: {', '.join(known)}.")


def _refuse_unfit_selection(catalogue: Catalogue, names: Sequence[str], treatments: Sequence[Treatment]) -> None:
    if len(treatments) < 2:
        raise UsageError(f"a comparison needs at least two treatments{_how_to_compare(catalogue, treatments)}")
    if len(treatments) > MAX_TREATMENTS:
        raise UsageError(f"{len(treatments)} treatments are too many to compare; name at most {MAX_TREATMENTS}")
    named: dict[str, str] = {}
    for name, treatment in zip(names, treatments, strict=True):
        if treatment.id in named:
            other = named[treatment.id]
            how = "twice" if folded(other) == folded(name) else f"as {other!r} and as {name!r}"
            raise UsageError(f"{treatment.id!r} is named {how}; name each treatment once")
        named[treatment.id] = name


def _how_to_compare(catalogue: Catalogue, treatments: Sequence[Treatment]) -> str:
    """What to type instead of one treatment or none."""
    examples = [f"hairtx compare {one.id} {other.id}" for one, other in _pairs(catalogue, treatments)]
    if not treatments:
        shown = "".join(f"\n  {one}" for one in examples)
        return f", such as{shown}\nThere are: {', '.join(catalogue.treatments)}."
    only = treatments[0].id
    beside = f", {examples[-1]!r} sets it beside another" if examples else ""
    return f" (only {only!r} was named; 'hairtx show {only}' describes it{beside})"


def _pairs(catalogue: Catalogue, treatments: Sequence[Treatment]) -> list[tuple[Treatment, Treatment]]:
    """For an example: a treatment beside the next one that shares its main condition, and beside doing nothing."""
    # Doing nothing comes last, so that it is no example's first.
    ordered = sorted(catalogue, key=lambda one: one.kind == "none")
    for first in treatments or ordered:
        others = [one for one in ordered if one is not first and shared_conditions(catalogue, [first, one])]
        if others:
            return list(dict.fromkeys([(first, others[0]), (first, others[-1])]))
    return []


def _chosen_attributes(rows: Sequence[str], view: View, *, for_condition: bool, columns: int = 2) -> list[Attribute]:
    shown = [one for one in ATTRIBUTES if one.is_shown(view, for_condition=for_condition, columns=columns)]
    keys = _keys_of_rows(rows) if rows else []
    if not keys:
        return shown
    # A part of the table is what this view has of it.
    parts = {key: [one for one in shown if one.section == key] for key in SECTIONS}
    parts |= {one.key: [one] for one in ATTRIBUTES}
    return list({one.key: one for key in keys for one in parts[key]}.values())


def row_called(name: str) -> str | None:
    """The key of the row or part of the table with that key or label, however it is spelled; None if there is none."""
    return _names_of_rows().get(folded(_without_signs(name)))


@cache
def _names_of_rows() -> dict[str, str]:
    # The keys of rows come last, so that no label and no part can take one.
    return named(
        [
            *((key, [key, _without_signs(title)]) for key, title in SECTIONS.items()),
            *((one.key, map(_without_signs, one.names)) for one in ATTRIBUTES),
            *((one.key, [one.key]) for one in ATTRIBUTES),
        ]
    )


def _keys_of_rows(rows: Sequence[str]) -> list[str]:
    """The keys of these rows and parts of the table, by what they are called anywhere.

    Raises:
        UnknownNameError: with the nearest, or all of them.
    """
    labels, names = {one.key: one.names[-1] for one in ATTRIBUTES}, _names_of_rows()
    told, parts_told = ([f"  {key:13} {label}" for key, label in named_so.items()] for named_so in (labels, SECTIONS))
    look_in = "\n".join(("The rows are", *told, "and the parts of the table", *parts_told))
    keys = []
    for one in rows:
        parts = [part for part in one.split(",") if part.strip()]
        while parts:
            # Some labels have a comma of their own.
            ends = range(len(parts), 0, -1)
            end = next((end for end in ends if folded(_without_signs(",".join(parts[:end]))) in names), 1)
            keys.append(find(_without_signs(",".join(parts[:end])), names, "row", look_in, labels))
            parts = parts[end:]
    return keys


def _without_signs(label: str) -> str:
    return label.strip().rstrip("?").replace(",", "")


def _with_factor_row(attributes: Sequence[Attribute], row: Attribute) -> list[Attribute]:
    """The row put before all harms, or before what follows them where no harm is shown."""
    sections = list(SECTIONS)
    after = sections[sections.index(row.section) :]
    place = next((number for number, one in enumerate(attributes) if one.section in after), len(attributes))
    return [*attributes[:place], row, *attributes[place:]]


def _lead(
    catalogue: Catalogue,
    treatments: Sequence[Treatment],
    chosen: str | None,
    citations: Citations,
    sex: Sex,
    *,
    brief: bool,
) -> tuple[Item, ...]:
    if chosen is None:
        if any(one.indications for one in treatments):
            told = "These treatments are for different things: each is told for its own, and not compared."
        else:
            told = "These treatments are not listed for any condition."
        return (Item(told), *before_each(catalogue, treatments, citations, sex))
    condition = catalogue.conditions[chosen]
    items = list(before_all(condition, citations, sex))
    if not brief:
        items.append(Item(condition.decision, lead="The decision"))
    origin = catalogue.conditions.origin_of(chosen)
    if origin is not None:
        items.append(Item(f"{condition.label}: {origin.words}.", lead="Condition"))
    missing = [one for one in treatments if chosen not in {i.condition for i in one.indications}]
    if missing:
        items.append(
            Item(f"{short_names(missing, within=False)}: not listed for {w.lower_first(condition.label)}.", lead="Note")
        )
    return tuple(items)


def _columns(catalogue: Catalogue, treatments: Iterable[Treatment]) -> tuple[Column, ...]:
    columns: list[Column] = []
    for one in treatments:
        origin = catalogue.treatments.origin_of(one.id)
        what = one.brief.what.text if one.brief is not None and one.brief.what is not None else ""
        columns.append(Column(one.id, one.short_name, one.name, origin_words(origin), origin_data(origin), what))
    return tuple(columns)


def _sections(attributes: Sequence[Attribute], treatments: Sequence[Treatment], scope: Scope) -> tuple[Section, ...]:
    sections: list[Section] = []
    # Neighbours of one section stand together; rows asked for by name keep the order they were asked for in.
    for key, group in groupby(attributes, key=lambda one: one.section):
        rows = tuple(row for one in group for row in one.rows(treatments, scope))
        sections.append(Section(key, SECTIONS[key], rows))
    return tuple(sections)


def _differing(attributes: Sequence[Attribute], treatments: Sequence[Treatment], scope: Scope) -> list[Attribute]:
    """The attributes that do not read the same for every treatment."""

    def words(attribute: Attribute, treatment: Treatment) -> tuple[tuple[str, str], ...]:
        return tuple((item.lead, item.text) for item in attribute.made(treatment, scope).items)

    return [one for one in attributes if len({words(one, treatment) for treatment in treatments}) > 1]
