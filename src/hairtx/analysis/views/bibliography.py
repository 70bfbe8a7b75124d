"""The bibliography: what each source is, how much of it was read, what it was used for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.analysis.citing import source_name
from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.framing import framed, several, short_names
from hairtx.catalogue.model import SOURCE_TYPES, Source, SourceType
from hairtx.catalogue.names import folded
from hairtx.catalogue.store import Catalogue

__all__ = ["Use", "list_sources", "uses_of_sources"]

#: The fields of an entry and of a condition, as a reader calls them.
FIELD_WORDS = {
    "summary": "what it is",
    "brief": "the short answer",
    "mechanism": "how it is thought to work",
    "indications": "how sure it is that it helps",
    "downtime": "downtime",
    "schedule": "schedule",
    "results": "when to expect results",
    "effects": "measured effect",
    "findings": "findings",
    "side_effects": "side effects",
    "cautions": "who should be careful",
    "regulatory": "status with regulators",
    "costs": "price",
    "combinations": "use together with others",
    "experience": "living with it",
    "caveats": "before you pay",
    "claims": "verdict on a claim",
    "claimed_by": "a claim it makes",
    "definition": "what it is",
    "course": "course if nothing is done",
    "diagnosis": "diagnosis",
    "warning_signs": "warning signs",
    "looked_for": "where no caution was found",
    "unlike_family": "why it differs from its family",
    "known_names": "what it is",
}

# Always shown source by source: an address broken into a narrow column can be neither clicked nor copied.
_FIELDS = (
    Field("source", "source", 30, 1, "key"),
    Field("title", "title", 30, 2),
    Field("publication", "published in", 20, 1),
    Field("read", "read", 12),
    Field("links", "links", 30, 1),
    Field("note", "note", 20, 1),
    Field("used_for", "used for", 30, 2),
)


def _readings(catalogue: Catalogue, shown: Iterable[str]) -> tuple[Item, ...]:
    """How much of the edition was read by somebody else, which says nothing of sources that are not built in."""
    is_own = all(catalogue.sources.origin_of(key) is not None for key in shown)
    return () if is_own else (Item(w.readings_words(catalogue.about.readings), lead="Second readings"),)


class Use(Struct, frozen=True):
    """One field of one treatment or condition that rests on a source."""

    of: str
    field: str


def list_sources(
    catalogue: Catalogue,
    names: Sequence[str] = (),
    *,
    kind: SourceType | None = None,
    today: dt.date | None = None,
) -> Report:
    """The sources, by kind from the strongest design down, each with its links and what it was used for.

    Args:
        catalogue: where the sources come from.
        names: ids, names or aliases of treatments; only what their entries cite. All sources if empty.
        kind: only sources of this type.
        today: the date by which an edition counts as out of date.

    Raises:
        UnknownNameError: a treatment that does not exist, with the nearest names.
    """
    treatments = several(catalogue, names)
    uses = uses_of_sources(catalogue)
    wanted = {one.id for one in treatments}
    shown = {
        key: source
        for key, source in catalogue.sources.items()
        if (kind is None or source.type == kind)
        and (not treatments or any(use.of in wanted for use in uses.get(key, ())))
    }
    ordered = sorted(shown, key=lambda key: (SOURCE_TYPES.index(shown[key].type), folded(source_name(shown[key])), key))
    blocks = []
    for one in SOURCE_TYPES:
        keys = [key for key in ordered if shown[key].type == one]
        if keys:
            rows = tuple(_row(catalogue, key, shown[key], uses.get(key, ())) for key in keys)
            title = f"{w.capitalised(w.SOURCE_TYPE_WORDS[one])} ({len(keys)})"
            blocks.append(Block(one, title, grid=Grid(_FIELDS, rows, tuple(keys), stacked=True)))
    if not blocks:
        blocks.append(Block("none", "", items=(Item("No source of this type is cited here."),)))
    about = f" behind {short_names(treatments)}" if treatments else ""
    return Report(
        kind="sources",
        title=f"{w.counted(len(shown), 'source')}{about}",
        lead=(*_lead(shown.values()), *_readings(catalogue, shown)),
        blocks=tuple(blocks),
        data={"sources": {key: _data(shown[key], uses.get(key, ())) for key in ordered}},
        **framed(catalogue, today),
    )


def uses_of_sources(catalogue: Catalogue) -> dict[str, tuple[Use, ...]]:
    """What every source was used for, in the order of the catalogue: treatments first, then conditions, then names."""
    found: dict[str, dict[Use, None]] = {}
    owners: Iterable[tuple[str, Any]] = (
        *((one.id, one) for one in catalogue),
        *catalogue.conditions.items(),
    )
    for owner, record in owners:
        for name in record.__struct_fields__:
            for attribute, key in _cited(getattr(record, name)):
                use = Use(owner, "claimed_by" if attribute == "claimed_by" else name)
                found.setdefault(key, {})[use] = None
    for owner, one in catalogue.known_names.items():
        for key in one.sources:
            found.setdefault(key, {})[Use(owner, "known_names")] = None
    return {key: tuple(uses) for key, uses in found.items()}


def _cited(value: Any) -> Iterator[tuple[str, str]]:
    """Every source key anywhere inside ``value``, with the attribute that names it."""
    if isinstance(value, tuple):
        for one in value:
            yield from _cited(one)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            held = getattr(value, name)
            if name in {"sources", "claimed_by"}:
                yield from ((name, key) for key in held)
            else:
                yield from _cited(held)


def _lead(sources: Iterable[Source]) -> tuple[Item, ...]:
    extents: list[str] = [source.read for source in sources]
    counted = [f"{words} {number}" for extent, words in w.READ_WORDS.items() if (number := extents.count(extent))]
    if not counted:
        return ()
    return (
        Item(
            f"{'; '.join(counted)}. What a source does not show on the page read is left out.", lead="How much was read"
        ),
    )


def _row(catalogue: Catalogue, key: str, source: Source, uses: Sequence[Use]) -> tuple[Cell, ...]:
    return (
        Cell((Item("", lead=source_name(source), id=key),)),
        _cell(source.title),
        _cell(source.publication),
        _cell(w.READ_WORDS[source.read]),
        Cell(tuple(Item(link) for link in links_of(source)) or (Item("no address known"),)),
        _cell(source.note or "none"),
        Cell(tuple(_uses(catalogue, uses)) or (Item("nothing"),)),
    )


def _cell(text: str | None) -> Cell:
    return Cell((Item(text),) if text else ())


def links_of(source: Source) -> tuple[str, ...]:
    """The addresses at which a reader finds it: DOI, PubMed, the publisher's page."""
    links = []
    if source.doi:
        links.append(f"https://doi.org/{source.doi}")
    if source.pmid:
        links.append(f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/")
    if source.url:
        links.append(source.url)
    return tuple(links)


def _uses(catalogue: Catalogue, uses: Sequence[Use]) -> Iterator[Item]:
    for owner, fields in _by_owner(uses).items():
        if owner in catalogue.treatments:
            name = catalogue.treatments[owner].short_name
        else:
            named = catalogue.conditions if owner in catalogue.conditions else catalogue.known_names
            name = named[owner].label
        words = dict.fromkeys(FIELD_WORDS[field] for field in fields)
        yield Item(f"{name} ({', '.join(words)})")


def _by_owner(uses: Sequence[Use]) -> dict[str, list[str]]:
    """The fields that rest on a source, by entry."""
    fields: dict[str, list[str]] = {}
    for use in uses:
        fields.setdefault(use.of, []).append(use.field)
    return fields


def _data(source: Source, uses: Sequence[Use]) -> dict[str, Any]:
    return {
        **{name: value for name in source.__struct_fields__ if (value := getattr(source, name)) is not None},
        "links": links_of(source),
        "used_for": _by_owner(uses),
    }
