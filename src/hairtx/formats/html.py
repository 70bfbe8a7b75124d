"""Reports as one self-contained HTML page: no script needed, nothing loaded from anywhere.

Templates, style and drawings lie in ``page/``. Every value is escaped by the templates; characters that could reorder
or hide text are shown as replacement marks, and only http(s) addresses become links.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup
from msgspec import Struct

from hairtx.analysis.document import NOT_REPORTED, Field, Item, Report
from hairtx.analysis.wording import certainty_signs
from hairtx.formats.inline import badge, cell, gauge, harmless, item, items, refs, row, source
from hairtx.formats.placing import crowd, placed
from hairtx.formats.unparted import whole
from hairtx.version import __version__

__all__ = ["Page", "Site", "html_text", "page_html", "shipped", "tidied"]

_FOLDER: Final = Path(__file__).parent / "page"
_LINK: Final = re.compile(r"https?://[^\s<>\"'`{}|\\^]{3,2000}\Z", re.IGNORECASE)


class Site(Struct, frozen=True):
    """What a page of a site needs to know of the others."""

    #: The way back to the site's folder: empty, or ``../``.
    root: str
    #: The file's name in the menu.
    here: str
    menu: Sequence[tuple[str, str]]
    #: Addresses of pages by the key of a treatment or condition, from the site's folder.
    pages: Mapping[str, str]
    #: What the site is called, and who publishes it.
    title: str
    contact: str


class Page:
    """What the templates ask while one page is made; counts the mentions of each reference."""

    #: What begins the ids in the list of references that numbers lead to.
    list_id = "r"

    def __init__(self, site: Site | None = None, *, leads_back: bool = True) -> None:
        self._site = site
        self._leads_back = leads_back
        self._mentions: dict[int, int] = {}
        self._numbers = count(1)

    def above_short_list(self) -> Page:
        """The same for a part that has its own, short list of references."""
        part = copy(self)
        part.list_id = "s"
        return part

    def mention(self, number: int) -> str:
        """An id for one more place that cites this reference; empty where a script gives them."""
        if not self._leads_back:
            return ""
        self._mentions[number] = times = self._mentions.get(number, 0) + 1
        return f"c{number}-{times}"

    def mentions(self, number: int) -> list[str]:
        """The ids of all places so far."""
        return [f"c{number}-{time}" for time in range(1, self._mentions.get(number, 0) + 1)]

    def fresh(self) -> str:
        """An id that the page has not used yet."""
        return f"w{next(self._numbers)}"

    def href(self, key: str) -> str | None:
        """The page about a treatment or condition, where the site has one."""
        if self._site is None or key not in self._site.pages:
            return None
        return f"{self._site.root}{self._site.pages[key]}"

    def shown_id(self, item: Item) -> str:
        """The id behind a name, in brackets: on a site names are links, and nobody needs to type them."""
        return f"({item.id})" if item.id and self._site is None else ""

    def heading(self, field: Field) -> str:
        """The label of a column, and what its ids are called where they are shown."""
        return field.heading if self._site is None else field.label

    @staticmethod
    @lru_cache(maxsize=4096)
    def link(address: str) -> str | None:
        """The address if it is one of the web, else None: no other scheme becomes a link."""
        return address if _LINK.match(address) and harmless(address) == address else None


def html_text(report: Report, site: Site | None = None) -> str:
    """A report as a page."""
    return page_html("table.html" if report.columns else "report.html", site=site, content=report)


def page_html(
    template: str, *, site: Site | None = None, script: str | None = None, page: Page | None = None, **values: Any
) -> str:
    """One page from a template of ``page/``, with its style and perhaps its script inside.

    The policy in its head lets in nothing but these two, known by their hashes.
    """
    style = shipped("style.css")
    sources = [f"style-src '{_hash(style)}'", "img-src data:"]
    if script is not None:
        sources.append(f"script-src '{_hash(script)}'")
    text = _environment().get_template(template)
    return tidied(
        text.render(
            page=page or Page(site),
            site=site,
            style=Markup(style),  # noqa: S704  # our own file
            symbols=_symbols(),
            script=Markup(script) if script is not None else None,  # noqa: S704  # our own file
            policy="; ".join(["default-src 'none'", *sources, "base-uri 'none'", "form-action 'none'"]),
            **values,
        )
    )


def tidied(html: str) -> str:
    """The page without the empty lines and the indents that templates leave."""
    return "\n".join(filter(None, map(str.strip, html.split("\n")))) + "\n"


@cache
def shipped(name: str) -> str:
    """A file of ``page/``, every line without its indent, as it stands in a page."""
    return tidied((_FOLDER / name).read_text(encoding="utf-8"))


def _shares(fields: Sequence[Field]) -> list[int]:
    """How wide each column of a grid is, in percent, by steps of five."""
    wanted = [field.width + 3 * field.weight for field in fields]
    total, least = sum(wanted), 15 if len(wanted) < 5 else 10
    return [min(95, max(least, round(20 * one / total) * 5)) for one in wanted]


@cache
def _symbols() -> Markup:
    """The drawings that pages refer to: the same on all of them, and a twelfth of the time that a page takes."""
    return Markup(_environment().get_template("symbols.svg").render())  # noqa: S704  # our own file


@cache
def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(value: Any) -> Any:
    """What a template puts in."""
    return harmless(value) if type(value) is str else value


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # For text that is read; what stands in attributes is left as it is.
    environment.filters["whole"] = whole
    environment.globals.update(
        version=__version__,
        not_reported=NOT_REPORTED,
        badge=badge,
        cell=cell,
        gauge=gauge,
        item=item,
        items=items,
        refs=refs,
        source=source,
        row=row,
        placed=placed,
        crowd=crowd,
        shares=_shares,
        certainty_key=certainty_signs(),
    )
    return environment
