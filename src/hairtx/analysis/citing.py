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
#: “KD”, “J.-P.”: what stands behind a family name. Some letters belong to the name of a body.
_INITIALS: Final = re.compile(r"(?: (?!(?:NHS|FDA|UK|US|EU)$)[A-Z]{1,3}| (?:[A-Z]\.-?)+)$")
_TWO_PEOPLE: Final = re.compile(r"(?<=[A-Z]) and (?=\S+ [A-Z]{1,3}$)")
#: What describes an author, or a place, in so many words and is no name: “third-party copy of the leaflet”.
_NO_AUTHOR: Final = re.compile(r"manufacturer$|\w+ seller$|report on ")
_NO_NAME: Final = re.compile(r"(?:[a-z][\w'-]* |blog$|(?:PubMed Central )?PMC ?(?:\d|author))")
#: Where the name of a journal ends and its volume begins; and where a title or a name goes on to something else.
_VOLUME: Final = re.compile(r"(?<=\S) +\d.*")
_GOES_ON: Final = re.compile(r"[(?!]| - |\. |(?<=.{6})[,;]|(?<=.{8}):")
#: Words that lead on, so that no name ends with one; a name longer than this ends before one.
_LEADING_ON: Final = r"(?: (?:of|the|in|as|and|for|to|with|on|from|by|at|under|after|during|versus|is|are|an?|&))+"
_CUT_BEFORE: Final = re.compile(rf"{_LEADING_ON} ")
_LONGEST: Final = 48


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
    year = f" {source.year}" if source.year else ""
    who = _first_author(source.authors or "", has_year=bool(year))
    named = source.publication and not source.publication.startswith(_NAMELESS)
    if not who and source.publication and named and not _NO_NAME.match(source.publication):
        who = _phrase(_VOLUME.sub("", source.publication))
    who = who or _phrase(source.title)
    return who if year.strip() in who and year else f"{who}{year}"


def _first_author(authors: str, *, has_year: bool) -> str:
    """The family name of the first, or a body's name; nothing where only a kind of author is named."""
    if _NO_AUTHOR.match(authors):
        return ""
    first = re.split(r"[,;]| et al\b| / ", _TWO_PEOPLE.sub(", ", authors))[0].strip()
    if ")" not in first:
        # “Prism Dermatology (practice, US)”: nothing ends inside brackets.
        first = first.split(" (")[0]
    # “Kaufman KD”: initials are left out, a body's name is kept.
    who = _INITIALS.sub("", first)
    # Without a year, one family name alone would look like half of something.
    return f"{who} et al." if not has_year and first not in (who, authors) else who


def _phrase(name: str) -> str:
    """The beginning of a name or a title, cut where something else begins, and never behind a word that leads on."""
    whole = _GOES_ON.split(name)[0].strip(" ,;:(")
    if len(whole) <= _LONGEST:
        return whole
    ends = [match.start() for match in _CUT_BEFORE.finditer(whole) if match.start() <= _LONGEST]
    return whole[: ends[-1] if ends else whole.rfind(" ", 0, _LONGEST)]


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
            # No more are decoded than are named: a catalogue of one's own can hold thousands.
            is_named = table == "treatments" and len(origins) <= _LISTED
            few = f" ({', '.join(catalogue.treatments[key].short_name for key in origins)})" if is_named else ""
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
