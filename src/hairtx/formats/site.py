"""The whole catalogue as a static site: every page a file, made from the same reports as everything else.

Pages link to each other by relative addresses, so the folder works on any web server, in any place, and from a disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import structs

from hairtx.analysis.document import Item, Report
from hairtx.analysis.views.listing import Choice
from hairtx.analysis.views.site import SiteContent
from hairtx.analysis.wording import VERDICT_WORDS, capitalised
from hairtx.formats.html import Page, Site, html_text, page_html, shipped

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


def site_files(content: SiteContent, *, title: str = "hairtx", contact: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file of the site: its path within the folder, and what it holds.

    Args:
        content: what the pages tell.
        title: the name of the site, on every page.
        contact: who publishes it and how they are reached, at the foot of every page; an http(s) address is a link.
    """
    pages = {key: f"treatments/{key}.html" for key in content.treatments}
    pages |= {key: f"conditions/{key}.html" for key in content.each_condition if key not in pages}

    def site(here: str, root: str = "") -> Site:
        return Site(root, here, _MENU, pages, title, contact)

    short = {use.condition: use.label for level in content.levels for card in level.cards for use in card.uses}
    yield (
        INDEX,
        page_html(
            "index.html",
            site=site(INDEX),
            script=_script("filters.js"),
            content=content.start,
            levels=content.levels,
            filters={one.key: one for one in content.filters},
            factors=content.factors,
            conditions=[
                (key, short.get(key, one.title), [_uncited(item) for item in one.lead[:-1]])
                for key, one in content.each_condition.items()
            ],
        ).encode(),
    )
    yield "compare.html", _compare_page(content, site("compare.html"))
    yield "conditions.html", html_text(structs.replace(content.conditions, lead=()), site("conditions.html")).encode()
    verdicts = [Choice(f".badge.{key}", capitalised(words)) for key, words in VERDICT_WORDS.items()]
    yield "claims.html", _long_page(content.claims, site("claims.html"), "Treatment", finds=[("Verdict", verdicts)])
    yield "sources.html", _long_page(content.sources, site("sources.html"), "Kind of source")
    yield "about.html", html_text(content.about, site("about.html")).encode()
    for key, report in content.each_condition.items():
        here = site("conditions.html", "../")
        yield (
            f"conditions/{key}.html",
            page_html("condition.html", site=here, content=report, key=key, levels=content.levels).encode(),
        )
    for key, report in content.treatments.items():
        yield f"treatments/{key}.html", html_text(report, site(INDEX, "../")).encode()


def _script(name: str) -> str:
    return shipped("search.js") + shipped(name)


def _uncited(item: Item) -> Item:
    """Without numbers, for a page that has no list of sources."""
    return structs.replace(item, refs=())


def _long_page(report: Report, site: Site, parts: str, *, finds: Sequence[tuple[str, list[Choice]]] = ()) -> bytes:
    """A page that can be searched: by words, by its parts, and by what its rows hold."""
    return page_html(
        "report.html", site=site, script=_script("find.js"), content=report, parts=parts, finds=finds
    ).encode()


def _compare_page(content: SiteContent, site: Site) -> bytes:
    def variants(rows: str) -> dict[str, dict[str, Any]]:
        """The cells of the rows that depend on the condition, by row and condition."""
        return {
            row.key: {
                one.data["condition"]: next(other.cells for other in getattr(one, rows) if other.key == row.key)
                for one in content.evidence
            }
            for row in getattr(content.evidence[0], rows)
        }

    choices = [Choice(one.data["condition"], one.title) for one in content.evidence]
    return page_html(
        "compare.html",
        site=site,
        page=Page(site, leads_back=False),
        script=shipped("compare.js"),
        content=structs.replace(content.everything, title="Compare treatments"),
        levels=content.levels,
        cards={card.key: card for level in content.levels for card in level.cards},
        evidence=content.evidence,
        brief_variants=variants("answer"),
        variants=variants("rows"),
        conditions=[*choices, Choice("all", content.everything.title)],
        # The last one counted has all of them.
        references=content.evidence[-1].references,
    ).encode()
