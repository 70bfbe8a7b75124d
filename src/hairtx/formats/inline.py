"""The smallest parts of a page: cells, items, references, signs. A page has thousands; templates take four times as
long.

Every value is escaped here as the templates do it, with the same marks in the place of unfit characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup, escape

from hairtx.analysis.document import NOT_REPORTED, Cell, Gauge, Item, Reference, Row
from hairtx.formats.unparted import whole

__all__ = ["badge", "cell", "gauge", "harmless", "item", "items", "refs", "row", "source"]

#: What no page may hold as a character: controls, lone surrogates, non-characters, and what turns the direction of
#: text round. The last is what hides an address behind harmless words.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef"
    "\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    "|" + "|".join(f"{chr(plane * 0x10000 + end)}" for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
)


def harmless(text: str) -> str:
    """Text from a catalogue, with a mark in the place of each character that would play tricks."""
    # Nearly all text is printable, which is told in a tenth of the time; one unfit character is.
    return text if text.isprintable() and "\ufffc" not in text else _UNFIT.sub("\ufffd", text)


def _plain(text: str) -> str:
    return escape(harmless(text))


def _bdi(text: str, attributes: str = "") -> str:
    return f"<bdi{attributes}>{_plain(text)}</bdi>"


def _prose(text: str) -> str:
    # Cleaned first: spaces that do not break are not printable, and would have all of the text looked through again.
    return f"<bdi>{escape(whole(harmless(text)))}</bdi>"


def gauge(one: Gauge) -> Markup:
    """A level of a scale, as the drawing of that name."""
    return Markup(  # noqa: S704  # scales and levels are our own
        f'<svg class="gauge {one.scale}" aria-hidden="true" focusable="false">'
        f'<use href="#{one.scale}-{one.level}"/></svg>'
    )


def badge(name: str) -> Markup:
    """A verdict or an action, as the drawing of that name."""
    return Markup(  # noqa: S704  # names of drawings are our own
        f'<svg class="sign" aria-hidden="true" focusable="false"><use href="#badge-{name}"/></svg>'
    )


def refs(numbers: Sequence[int], page: Any) -> Markup:
    """Links to the list of references, each with an id to come back to."""
    return Markup(_refs(numbers, page))  # noqa: S704  # numbers and ids are our own


def _refs(numbers: Sequence[int], page: Any) -> str:
    links = []
    for number in numbers:
        mention = page.mention(number)
        attribute = f' id="{mention}"' if mention else ""
        links.append(f'<a class="ref"{attribute} href="#{page.list_id}{number}">{number}</a>')
    return "".join(links)


def source(one: Reference, page: Any) -> Markup:
    """One line of the list of references, with links back to all places that cite it."""
    link = page.link(one.link)
    link_text = _plain(one.link_text)
    if link:
        link_text = f'<a class="out" href="{escape(link)}" rel="noopener noreferrer external">{link_text}</a>'
    elif link_text:
        link_text = f"<bdi>{link_text}</bdi>"
    places = "".join(f' <a href="#{at}">{count}</a>' for count, at in enumerate(page.mentions(one.number), 1))
    back = f'<span class="back">Back to:{places}</span>' if places else ""
    return Markup(  # noqa: S704  # every value here is escaped
        f'<li id="r{one.number}" value="{one.number}">\n'
        f"{_ended(one.authors)}<cite>{_bdi(one.title.rstrip('.') + '.')}</cite>\n"
        f"{_ended(one.publication)}{_ended(one.year)}<i>{_plain(one.about)}.</i>\n"
        f"{link_text}\n"
        f"{back}\n"
        "</li>\n"
    )


def _ended(text: str) -> str:
    """As a sentence, where there is one."""
    return f"{_plain(text.rstrip('.'))}. " if text else ""


def cell(one: Cell, page: Any, href: str | None = None, *, address: bool = False) -> Markup:
    """A cell of a table: its items, or that nothing is reported. The parameters are those of :func:`item`."""
    if not one.items:
        return Markup(f'<p class="absent">{NOT_REPORTED}</p>\n')  # noqa: S704  # our own words
    return items(one.items, page, href, address=address)


def items(several: Sequence[Item], page: Any, href: str | None = None, *, address: bool = False) -> Markup:
    """One item as a paragraph, several as a list. The parameters are those of :func:`item`."""
    if len(several) == 1:
        return Markup(f"<p>{_item(several[0], page, href, address=address)}</p>\n")  # noqa: S704  # an item is escaped
    listed = "".join([f"<li>{_item(one, page, address=address)}</li>\n" for one in several])
    return Markup(f'<ul class="items">\n{listed}</ul>\n')  # noqa: S704  # an item is escaped


def item(one: Item, page: Any, href: str | None = None, *, address: bool = False) -> Markup:
    """One item of a cell.

    Args:
        one: the item.
        page: numbers the mentions and says which addresses become links.
        href: where its lead leads.
        address: whether its text may be an address to follow.
    """
    return Markup(_item(one, page, href, address=address))  # noqa: S704  # every value there is escaped


def _item(one: Item, page: Any, href: str | None = None, *, address: bool = False) -> str:
    parts = []
    if one.badge:
        alone = "" if one.lead else " alone"
        parts.append(f'<span class="badge {one.badge}{alone}">{badge(one.badge)}')
        if not one.lead:
            parts.append(_prose(one.text))
        parts.append("</span> ")
    if one.lead:
        lead = _bdi(one.lead)
        parts.append('<b class="lead">')
        parts.append(f'<a href="{escape(href)}">{lead}</a>' if href else lead)
        # The colon stands behind the numbers.
        parts.append(f"</b>{_refs(one.lead_refs, page)}{one.joint} " if one.lead_refs else f"{one.joint}</b> ")
    if one.gauge:
        parts.append(f"{gauge(one.gauge)} ")
    if not one.badge or one.lead:
        link = page.link(one.text) if address else None
        if link:
            parts.append(f'<a href="{escape(link)}" rel="noopener noreferrer external">{_plain(one.text)}</a>')
        elif one.text:
            parts.append(_prose(one.text))
        else:
            parts.append(_bdi(page.shown_id(one), ' class="id"' if one.lead else ""))
    parts.append(_refs(one.refs, page))
    return "".join(parts)


def row(
    one: Row,
    place: int,
    variants: Mapping[str, Sequence[tuple[str, str, Sequence[Cell]]]],
    listed: Container[str],
    show: Callable[[Cell, Any], str],
    page: Any,
) -> Markup:
    """One row of one column, as a heading and what stands in that cell.

    Args:
        one: the row.
        place: which of its cells.
        variants: by row, where its cells depend on the condition: the key and title of each condition, and the cells.
        listed: the conditions that the treatment of this column is for.
        show: what makes HTML of a cell.
        page: as for :func:`item`.
    """
    label = _plain(one.label)
    parts = [f'<div class="row" data-label="{label}">\n<h4>{label}</h4>\n']
    if one.key in variants:
        for condition, title, cells in variants[one.key]:
            hidden = "" if condition in listed else " data-unlisted hidden"
            parts.append(f'<div class="variant" data-for="{escape(condition)}"{hidden}>\n<h5>{_bdi(title)}</h5>\n')
            parts.append(f"{show(cells[place], page)}\n</div>\n")
    else:
        parts.append(f'<div class="value">{show(one.cells[place], page)}</div>\n')
    parts.append("</div>\n")
    return Markup("".join(parts))  # noqa: S704  # every value above is escaped
