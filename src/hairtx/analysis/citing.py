"""What is said of where things come from: numbered references, and which entries are not built in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from hairtx.analysis.document import Item, Reference
from hairtx.analysis.wording import READ_WORDS, SOURCE_TYPE_WORDS, counted, series
from hairtx.catalogue.model import TABLES, Finding, Source, Statement, singular
from hairtx.catalogue.store import Catalogue, Origin, Table

__all__ = ["Citations", "origin_data", "origin_notices", "origin_words", "reference", "short_name", "source_name"]

#: Beyond this many, ids are counted and not listed.
_LISTED: Final = 5
#: How a publication begins that names neither an author nor a body.
_NAMELESS: Final = "web article"
#: “KD”, “J.-P.”: what stands behind a family name.
_INITIALS: Final = re.compile(r"(?: [A-Z]{1,3}| (?:[A-Z]\.-?)+)$")
#: As many whole words as fit 28 characters, and at least one.
_SHORT_WORDS: Final = re.compile(r"[^\s,;(]+(?:[ ][^\s,;(]+){0,3}")


class Citations:
    """Numbers sources in the order of their first use, so that a reader meets [1] first."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def cite(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these sources, in ascending order and each once."""
        numbers = {self._numbers.setdefault(key, len(self._numbers) + 1) for key in keys}
        return tuple(sorted(numbers))

    def stated(self, statements: Iterable[Statement | Finding]) -> tuple[Item, ...]:
        """Statements as they stand, each with its references."""
        return tuple(Item(one.text, refs=self.cite(one.sources)) for one in statements)

    def cite_few(self, keys: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the first two, for the answer: the rest stands in the table."""
        return self.cite(keys[:2])

    def references(self) -> tuple[Reference, ...]:
        """All sources cited so far, by number."""
        return tuple(
            reference(number, key, self._sources[key], self._origin_of(key)) for key, number in self._numbers.items()
        )

    def _origin_of(self, key: str) -> Origin | None:
        return self._sources.origin_of(key) if isinstance(self._sources, Table) else None


def reference(number: int, key: str, source: Source, origin: Origin | None = None) -> Reference:
    """A source worded for a reference list; ``origin`` if it is not a built-in one."""
    link = source.link or ""
    if source.doi:
        link_text = f"doi:{source.doi}"
    elif source.pmid:
        link_text = f"PubMed {source.pmid}"
    else:
        link_text = link
    return Reference(
        number=number,
        key=key,
        kind=SOURCE_TYPE_WORDS[source.type],
        title=source.title,
        authors=source.authors or "",
        publication=source.publication or "",
        year=str(source.year) if source.year else "year not known",
        link=link,
        link_text=link_text,
        read=READ_WORDS[source.read],
        note=source.note or "",
        data=source,
        origin=origin_words(origin),
        short=short_name(source),
    )


def short_name(source: Source) -> str:
    """Who and when in two or three words: “Kaufman 2008”; a body or the title where no author is known."""
    if source.authors:
        first = source.authors.split(",")[0].split(";")[0].removesuffix(" et al.").removesuffix(" et al").strip()
        # “Kaufman KD”: initials are left out, a body's name is kept.
        who = _INITIALS.sub("", first)
    else:
        name = source.publication or source.title
        if name.startswith(_NAMELESS):
            name = source.title
        few = _SHORT_WORDS.search(name)
        who = (few[0] if few else name).strip(" ,;:(")
    return f"{who} {source.year}" if source.year and str(source.year) not in who else who


def source_name(source: Source) -> str:
    """Who is behind a source and when, in a few words: “Zhou Z et al., 2019”; its title where nobody is named."""
    who = source.authors or source.publication or source.title
    if who.startswith(_NAMELESS):
        who = f"“{source.title}”, {who}"
    return f"{who}, {source.year}" if source.year else who


def origin_words(origin: Origin | None) -> str:
    """“from clinic.yaml, not built in”; nothing for a built-in entry."""
    return origin.words if origin is not None else ""


def origin_data(origin: Origin | None) -> dict[str, Any] | None:
    """The same for programs; None for a built-in entry."""
    return {"kind": origin.kind, "files": list(origin.files)} if origin is not None else None


def origin_notices(catalogue: Catalogue) -> tuple[str, ...]:
    """Which files were used besides the built-in catalogue, and for what. Nothing where none was."""
    entries: list[str] = []
    files: dict[str, None] = {}
    for table in TABLES:
        origins = getattr(catalogue, table).origins
        if origins:
            few = f" ({', '.join(origins)})" if table == "treatments" and len(origins) <= _LISTED else ""
            entries.append(f"{counted(len(origins), singular(table))}{few}")
            files.update(dict.fromkeys(file for origin in origins.values() for file in origin.files))
    notices = []
    if entries:
        notices.append(f"Not everything here is built in: {', '.join(entries)} from {_named(list(files))}.")
    if catalogue.about_origin is not None:
        whose = _named(list(catalogue.about_origin.files))
        notices.append(f"The edition, its funding and its limits are those that {whose} states.")
    return tuple(notices)


def _named(files: list[str]) -> str:
    more = len(files) - _LISTED
    return f"{', '.join(files[:_LISTED])} and {more} more files" if more > 0 else series(files)
