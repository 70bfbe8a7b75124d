"""A bibliography as CSL-JSON, which reference managers and pandoc's citeproc read.

The format: https://docs.citationstyles.org/en/stable/specification.html (types and variables of CSL 1.0.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any, Final

import msgspec

from hairtx.analysis.document import Report, plain
from hairtx.analysis.wording import READ_WORDS, SOURCE_TYPE_WORDS

__all__ = ["csl_text"]

#: Kinds that are pages or papers of an office rather than articles.
_DOCUMENTS: Final = frozenset({"label", "regulator", "guideline"})
#: Kinds that report research, in a journal unless what is said of the publication speaks against it.
_STUDIES: Final = frozenset({"systematic-review", "rct", "observational"})
_OFFICES: Final = frozenset({"label", "regulator"})
_JOURNAL: Final = re.compile(
    r"\b(?:Journal|J|JAMA|Archives|Annals|Dermatol|Dermatologic|Disord|Endocrinology|Gut|PMC[0-9]+)\b"
)
_ELSEWHERE: Final = re.compile(
    r"\babstract|\bconference|\bcongress|\bcop(?:y|ies)\b|\bsite\b|\bpage\b|\bblog|\bnews|regist|repositor|listing|"
    r"research square|\badvisor|\bdialogues|\btimes\b|\bsummary|\.[a-z]{2,4}\b",
    re.IGNORECASE,
)

_PAGE = r"(?P<page>[A-Za-z0-9]*[0-9](?:-[A-Za-z0-9]*[0-9])?)"
_YEAR = r"(?:19|20)[0-9]{2}"
_NAME = r"(?P<journal>.+?[^,.]),? "
_ASIDE = r"(?:,? \([^()]*\)|, [^;:]*)?"
#: How volume, issue and pages stand behind the name of a journal.
_PLACES: Final = [
    re.compile(pattern)
    for pattern in (
        # 166(5):916-926, 2022;113(7):725-727, 12:486, 29(2), 52(2 Suppl 1):12-16 (karger.com)
        rf"{_NAME}(?:{_YEAR};)?(?P<volume>[0-9]{{1,4}})(?=[(:])(?:\((?P<issue>[^()]+)\))?(?::? ?{_PAGE})?{_ASIDE}",
        # 2020;8 and a bare volume
        rf"{_NAME}(?:{_YEAR};)?(?P<volume>[0-9]{{1,3}})",
        # no. 4, e059; (2024, no. 5, 996-998); (no. 6/2019); 2/2020
        rf"{_NAME}\(?(?:{_YEAR}, )?no\. (?P<issue>[0-9]+)(?:/{_YEAR})?(?:, (?:pages )?{_PAGE})?\)?",
        rf"{_NAME}(?P<issue>[0-9]{{1,2}})/{_YEAR}",
        # 2012, article 356236; (item 0308986)
        rf"{_NAME}(?:{_YEAR}, )?\(?(?:article|item) {_PAGE}\)?",
        # 2023; , April 2005; , 22 Aug 2024
        rf"(?P<journal>[^0-9]+?)(?:, (?:[0-9]{{1,2}} )?[A-Z][a-z]+)? {_YEAR}",
    )
]

_SUFFIXES: Final = ("Jr", "Sr", "II", "III", "IV", "2nd", "3rd")
_OTHERS: Final = re.compile(r",?\s*\b(?:et al\b\.?|and (?:others|colleagues)\b)", re.IGNORECASE)
#: Words of a body's name, which may end in capitals too: “Boots UAE”, “North Tees and Hartlepool NHS”.
_BODIES: Final = frozenset({"and", "for", "of", "the", "EU", "ICB", "NHS", "UAE", "UK", "US", "USA"})
#: Letters of any alphabet.
_FAMILY: Final = re.compile(r"(?:[^\W\d_]|['’. -])+")
_MOST_INITIALS: Final = 4
_LONGEST_PARTICLE: Final = 5


def csl_text(report: Report) -> str:
    """The sources of a report as a CSL-JSON array, in the order shown."""
    sources = plain(report.data)["sources"]
    notices = " ".join(report.notices)
    items = [_item(key, source, notices) for key, source in sources.items()]
    return msgspec.json.format(msgspec.json.encode(items), indent=2).decode() + "\n"


def _item(key: str, source: Mapping[str, Any], notices: str) -> dict[str, Any]:
    kind, publication = source["type"], source.get("publication", "")
    place = _place(publication)
    is_article = "doi" in source or "pmid" in source or _is_in_journal(kind, publication, place)
    item: dict[str, Any] = {
        "id": key,
        "type": "article-journal" if is_article else "document" if kind in _DOCUMENTS else "webpage",
        "title": source["title"],
    }
    authors, has_others = _authors(source.get("authors", ""))
    if authors:
        item["author"] = authors
    if publication:
        item |= place if is_article else {"container-title": publication}
    if "year" in source:
        item["issued"] = {"date-parts": [[source["year"]]]}
    if "doi" in source:
        item["DOI"] = source["doi"]
    if "pmid" in source:
        item["PMID"] = source["pmid"]
    links = source["links"]
    if links:
        # The DOI has a field of its own; readers without it get PubMed or the publisher's page.
        item["URL"] = links[0]
    item["genre"] = SOURCE_TYPE_WORDS[kind]
    # No variable of CSL says that there are more authors, and a style would print whatever stands for them as a name.
    others = "With more authors than are named here" if has_others else ""
    notes = [others, f"{READ_WORDS[source['read']]} for hairtx", source.get("note", ""), notices]
    item["note"] = ". ".join(note.rstrip(".") for note in notes if note) + "."
    return item


def _place(publication: str) -> dict[str, str]:
    """Journal, volume, issue and pages, as far as they are told."""
    found = next(filter(None, (place.fullmatch(publication) for place in _PLACES)), None)
    said = found.groupdict() if found is not None else {"journal": publication}
    return {"container-title": said.pop("journal"), **{name: text for name, text in said.items() if text}}


def _is_in_journal(kind: str, publication: str, place: Mapping[str, str]) -> bool:
    if not publication or kind in _OFFICES:
        return False
    is_named = kind in _STUDIES or bool(_JOURNAL.search(publication))
    return len(place) > 1 or (is_named and not _ELSEWHERE.search(publication))


def _authors(written: str) -> tuple[list[dict[str, str]], bool]:
    """Names as CSL wants them, and whether there are more than these."""
    named, *others = _OTHERS.split(written, maxsplit=1)
    # “Smith AB, Jr” is one person.
    named = re.sub(rf",(?= (?:{'|'.join(_SUFFIXES)})\b)", "", named).strip()
    people = [_person(part) for part in re.split(r"\s*[,;]\s*(?:and\s|&\s)?\s*|\s(?:and|&)\s", named) if part]
    if people and all(people):
        return [one for one in people if one is not None], bool(others)
    # One unknown part makes the whole doubtful: kept as written rather than cut at the wrong comma.
    return [{"literal": named}] if named else [], bool(others)


def _person(written: str) -> dict[str, str] | None:
    """“van Zuuren EJ” or “English RS Jr”: a family name and initials with what may stand around them."""
    words = written.split()
    suffix = words.pop().rstrip(".") if len(words) > 2 and words[-1].rstrip(".") in _SUFFIXES else ""
    initials = words.pop() if words else ""
    letters = initials.replace("-", "")
    particle = list(takewhile(str.islower, words))
    family = words[len(particle) :]
    if (
        not _FAMILY.fullmatch(" ".join(family))
        or any(len(word) > _LONGEST_PARTICLE for word in particle)
        or not (letters.isalpha() and letters.isupper() and len(letters) <= _MOST_INITIALS)
        or not _BODIES.isdisjoint((*words, initials))
        or " ".join(family).isupper()
    ):
        return None
    person = {"family": " ".join(family), "given": initials}
    if particle:
        person["non-dropping-particle"] = " ".join(particle)
    if suffix:
        person["suffix"] = suffix
    return person
