"""Reports as a tagged PDF: the sheet of a consultation, and with everything asked for what follows it.

Typst sets it, with letters of its own, so that a sheet is the same on every machine. It gets the report as data, so no
text from a catalogue is ever read as markup.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from hairtx.analysis.document import Field, Item, Reference, Report
from hairtx.errors import UsageError
from hairtx.formats.html import Page
from hairtx.formats.inline import harmless
from hairtx.formats.unparted import unparted

__all__ = ["pdf_bytes"]

_TEMPLATE: Final = Path(__file__).parent / "page" / "paper.typ"
#: What is there for programs and calendars.
_LEFT_OUT: Final = {"data", "origin_data", "drawing", "calendar"}
#: What a record says beside its fields.
_DERIVED: Final[dict[type[Struct], tuple[str, ...]]] = {Item: ("joint",), Field: ("heading",), Reference: ("about",)}


def pdf_bytes(report: Report) -> bytes:
    """A report as a PDF file.

    Raises:
        UsageError: the extra ``hairtx[pdf]`` is not installed.
    """
    try:
        import typst
    except ImportError:
        raise UsageError(
            "a PDF needs the package typst, which is not installed; install it with pip install 'hairtx[pdf]', "
            "or write a page instead (-o FILE.html) and print that"
        ) from None
    inputs = {"report": json.dumps(_shown(report))}
    try:
        return typst.compile(_TEMPLATE, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError:
        # PDF/UA wants every letter to be in a font of this machine. Without that the file is tagged all the same.
        return typst.compile(_TEMPLATE, format="pdf", sys_inputs=inputs)


def _shown(value: Any) -> Any:
    """Records as mappings, every text as it is shown."""
    match value:
        case str():
            return unparted(harmless(value))
        case Struct():
            names = [*(one for one in value.__struct_fields__ if one not in _LEFT_OUT), *_DERIVED.get(type(value), ())]
            shown = {name: _shown(getattr(value, name)) for name in names}
            return {**shown, "link": Page.link(value.link)} if isinstance(value, Reference) else shown
        case tuple() | list():
            return [_shown(one) for one in value]
    return value
