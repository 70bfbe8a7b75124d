"""A bibliography as CSL-JSON, which reference managers and pandoc's citeproc read.

The format: https://docs.citationstyles.org/en/stable/specification.html (types and variables of CSL 1.0.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from hairtx.analysis.document import Report, plain
from hairtx.analysis.wording import READ_WORDS, SOURCE_TYPE_WORDS

__all__ = ["csl_text"]

#: Kinds that are pages or papers of an office rather than articles.
_DOCUMENTS: Final = frozenset({"label", "regulator", "guideline"})
# “Zhou Z” or “van Zuuren EJ”: a family name and initials. Anything else is an organisation or a name left whole.
_PERSON = re.compile(r"(?P<family>[^\W\d_][\w'’ .-]*?) (?P<given>[A-Z][A-Z-]{0,4})")
_OTHERS = re.compile(r",?\s*\bet al\b\.?", re.IGNORECASE)


def csl_text(report: Report) -> str:
    """The sources of a report as a CSL-JSON array, in the order shown."""
    sources = plain(report.data)["sources"]
    notices = " ".join(report.notices)
    items = [_item(key, source, notices) for key, source in sources.items()]
    return msgspec.json.format(msgspec.json.encode(items), indent=2).decode() + "\n"


def _item(key: str, source: Mapping[str, Any], notices: str) -> dict[str, Any]:
    is_article = "doi" in source or "pmid" in source
    kind = source["type"]
    item: dict[str, Any] = {
        "id": key,
        "type": "article-journal" if is_article else "document" if kind in _DOCUMENTS else "webpage",
        "title": source["title"],
    }
    if "authors" in source:
        item["author"] = _authors(source["authors"])
    if "publication" in source:
        item["container-title"] = source["publication"]
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
    notes = [f"{READ_WORDS[source['read']]} for hairtx", source.get("note", ""), notices]
    item["note"] = ". ".join(note.rstrip(".") for note in notes if note) + "."
    return item


def _authors(written: str) -> list[dict[str, str]]:
    """Names as CSL wants them. “et al.” becomes “others”, which citeproc writes as et al."""
    named, *_ = _OTHERS.split(written, maxsplit=1)
    has_others = named != written
    parts = [part.strip() for part in named.split(",") if part.strip()]
    matches = [_PERSON.fullmatch(part) for part in parts]
    if parts and all(matches):
        names = [{"family": match["family"], "given": match["given"]} for match in matches if match is not None]
    else:
        # One unknown part makes the whole doubtful: kept as written rather than cut at the wrong comma.
        names = [{"literal": named.strip() or written}]
    if has_others:
        names.append({"literal": "others"})
    return names
