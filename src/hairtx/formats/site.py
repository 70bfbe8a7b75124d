"""The whole catalogue as a static site: every page a file, made from the same reports as everything else.

Pages link to each other by relative addresses, so the folder works on any web server, in any place, and from a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import structs

from hairtx.analysis.document import Cell, Item, Report
from hairtx.analysis.views.listing import Choice
from hairtx.analysis.views.site import SiteContent
from hairtx.analysis.wording import VERDICT_WORDS, capitalised
from hairtx.formats.html import Page, Site, html_text, page_html, shipped

__all__ = ["INDEX", "page_count", "site_files"]

INDEX: Final = "index.html"
#: From so many pages on it is quicker to share them out.
_MANY: Final = 100
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
    verdicts = [Choice(f".badge.{key}", capitalised(words)) for key, words in VERDICT_WORDS.items()]
    making: dict[str, Callable[[], str]] = {
        INDEX: lambda: page_html(
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
        ),
        "compare.html": lambda: _compare_page(content, site("compare.html")),
        "conditions.html": lambda: html_text(structs.replace(content.conditions, lead=()), site("conditions.html")),
        "claims.html": lambda: _long_page(
            content.claims, site("claims.html"), "Treatment", finds=[("Verdict", verdicts)]
        ),
        "sources.html": lambda: _long_page(content.sources, site("sources.html"), "Kind of source"),
        "about.html": lambda: html_text(content.about, site("about.html")),
    }

    def condition(key: str) -> str:
        here = site("conditions.html", "../")
        return page_html(
            "condition.html", site=here, content=content.each_condition[key], key=key, levels=content.levels
        )

    def treatment(key: str) -> str:
        return html_text(content.treatments[key], site(INDEX, "../"))

    making |= {f"conditions/{key}.html": partial(condition, key) for key in content.each_condition}
    making |= {f"treatments/{key}.html": partial(treatment, key) for key in content.treatments}
    return _made(making)


def _made(making: Mapping[str, Callable[[], str]]) -> Iterator[tuple[str, bytes]]:
    """The files in their order."""
    if len(making) < _MANY:
        pages: Iterable[str] = (make() for make in making.values())
    else:
        from hairtx.processes import shared_out

        pages = shared_out([*making.values()])
    yield from ((name, page.encode()) for name, page in zip(making, pages, strict=True))


def _script(name: str) -> str:
    return shipped("search.js") + shipped(name)


def _uncited(item: Item) -> Item:
    """Without numbers, for a page that has no list of sources."""
    return structs.replace(item, refs=())


def _long_page(report: Report, site: Site, parts: str, *, finds: Sequence[tuple[str, list[Choice]]] = ()) -> str:
    """A page that can be searched: by words, by its parts, and by what its rows hold."""
    return page_html("report.html", site=site, script=_script("find.js"), content=report, parts=parts, finds=finds)


def _compare_page(content: SiteContent, site: Site) -> str:
    def variants(rows: str) -> dict[str, list[tuple[str, str, Sequence[Cell]]]]:
        """The rows that depend on the condition: by key, each condition, its label and the cells."""
        found: dict[str, list[tuple[str, str, Sequence[Cell]]]] = {}
        for one in content.evidence:
            for row in getattr(one, rows):
                found.setdefault(row.key, []).append((one.data["condition"], one.title, row.cells))
        return found

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
    )
