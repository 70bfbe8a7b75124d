"""Reference numbers: given in order of first use, so that a reader meets [1] first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hairtx.analysis.document import Reference
from hairtx.analysis.origins import origin_words
from hairtx.analysis.wording import READ_WORDS, SOURCE_TYPE_WORDS
from hairtx.catalogue.model import Source
from hairtx.catalogue.store import Origin, Table

__all__ = ["Citations", "reference", "source_name"]


class Citations:
    """Numbers sources as they are cited."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def cite(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these sources, in ascending order and each once."""
        numbers = {self._numbers.setdefault(key, len(self._numbers) + 1) for key in keys}
        return tuple(sorted(numbers))

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
    )


def source_name(source: Source) -> str:
    """Who is behind a source and when, in a few words: “Zhou Z et al., 2019”."""
    who = source.authors or source.publication or source.title
    return f"{who}, {source.year}" if source.year else who
