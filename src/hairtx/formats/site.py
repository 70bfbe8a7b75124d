"""The whole catalogue as a static site: every page a file, made from the same reports as everything else.

Pages link to each other by relative addresses, so the folder works on any web server, in any place, and from a disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import structs

from hairtx.analysis.document import Report, plain
from hairtx.analysis.views.listing import Choice
from hairtx.analysis.views.site import SiteContent
from hairtx.analysis.wording import CERTAINTY_RANK
from hairtx.formats.html import Site, html_text, page_html, shipped

__all__ = ["INDEX", "page_count", "site_files"]

INDEX: Final = "index.html"
_MENU: Final = (
    (INDEX, "Treatments"),
    ("compare.html", "Compare"),
    ("conditions.html", "Conditions"),
    ("claims.html", "Claims"),
    ("sources.html", "Sources"),
    ("about.html", "About"),
)


def page_count(content: SiteContent) -> int:
    """How many files :func:`site_files` gives."""
    return len(content.treatments) + len(content.each_condition) + len(_MENU)


def site_files(content: SiteContent) -> Iterator[tuple[str, bytes]]:
    """Every file of the site: its path within the folder, and what it holds."""
    pages = {key: f"treatments/{key}.html" for key in content.treatments}
    pages |= {key: f"conditions/{key}.html" for key in content.each_condition if key not in pages}
    facts = _facts(content.listing)

    def site(here: str, root: str = "") -> Site:
        return Site(root, here, _MENU, pages)

    yield (
        INDEX,
        page_html(
            "index.html",
            site=site(INDEX),
            script=shipped("filters.js"),
            content=content.listing,
            conditions=content.conditions,
            filters=content.filters,
            facts=facts,
        ).encode(),
    )
    yield "compare.html", _compare_page(content, facts, site("compare.html"))
    reports = {
        "conditions.html": structs.replace(content.conditions, lead=()),
        "claims.html": content.claims,
        "sources.html": content.sources,
        "about.html": content.about,
    }
    for name, report in reports.items():
        yield name, html_text(report, site(name)).encode()
    for key, report in content.each_condition.items():
        yield f"conditions/{key}.html", html_text(report, site("conditions.html", "../")).encode()
    for key, report in content.treatments.items():
        yield f"treatments/{key}.html", html_text(report, site(INDEX, "../")).encode()


def _compare_page(content: SiteContent, facts: Mapping[str, Any], site: Site) -> bytes:
    variants = {
        row.key: {
            one.data["condition"]: next(other.cells for other in one.rows if other.key == row.key)
            for one in content.evidence
        }
        for row in content.evidence[0].rows
    }
    choices = [Choice(one.data["condition"], one.title) for one in content.evidence]
    return page_html(
        "compare.html",
        site=site,
        script=shipped("compare.js"),
        content=structs.replace(content.everything, title="Compare treatments"),
        listing=content.listing,
        evidence=content.evidence,
        variants=variants,
        conditions=[*choices, Choice("all", content.everything.title)],
        # The last one counted has all of them.
        references=content.evidence[-1].references,
        facts=facts,
    ).encode()


def _facts(listing: Report) -> dict[str, dict[str, Any]]:
    """What filters ask of each treatment: as the attributes of its tile."""
    facts = {}
    for one in plain(listing.data)["treatments"]:
        # As for the list: the filter by certainty asks how sure it is that it helps.
        uses = [
            f"{use['condition']}:{use['sex']}:{CERTAINTY_RANK[use['certainty']] if use['direction'] == 'helps' else 0}"
            for use in one["indications"]
        ]
        days = one["downtime_days"]
        facts[one["id"]] = {
            "setting": one["setting"],
            "downtime": "" if days is None else f"{days:g}",
            "uses": " ".join(uses),
            "conditions": {use["condition"] for use in one["indications"]},
        }
    return facts
