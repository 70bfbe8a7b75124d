"""hairtx compares hair-loss treatments side by side, honestly and with sources.

Everything the commands do is here too::

    import hairtx

    catalogue = hairtx.load()
    document = hairtx.compare(catalogue, ["prp", "mesotherapy"])
    print(hairtx.render(document, "markdown"))

It informs; it never recommends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hairtx.analysis.bibliography import list_sources
    from hairtx.analysis.claims import list_claims
    from hairtx.analysis.commitment import commitment_over
    from hairtx.analysis.comparison import compare, describe
    from hairtx.analysis.conditions import describe_condition, list_conditions
    from hairtx.analysis.document import Document, Report
    from hairtx.analysis.edition import describe_edition
    from hairtx.analysis.effects import effects
    from hairtx.analysis.listing import Filters, list_treatments
    from hairtx.analysis.plan import plan
    from hairtx.analysis.screening import list_factors, screen
    from hairtx.analysis.site import SiteContent, site_content
    from hairtx.analysis.timeline import timeline
    from hairtx.catalogue.store import Catalogue, load
    from hairtx.errors import CatalogueError, HairtxError, OutputError, Problem, UnknownNameError, UsageError
    from hairtx.render.formats import text_of as render
    from hairtx.render.site import site_files

__version__ = "0.1.0"

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Document",
    "Filters",
    "HairtxError",
    "OutputError",
    "Problem",
    "Report",
    "SiteContent",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "commitment_over",
    "compare",
    "describe",
    "describe_condition",
    "describe_edition",
    "effects",
    "list_claims",
    "list_conditions",
    "list_factors",
    "list_sources",
    "list_treatments",
    "load",
    "plan",
    "render",
    "screen",
    "site_content",
    "site_files",
    "timeline",
]

_HOMES = {
    "Catalogue": "hairtx.catalogue.store",
    "CatalogueError": "hairtx.errors",
    "Document": "hairtx.analysis.document",
    "Filters": "hairtx.analysis.listing",
    "HairtxError": "hairtx.errors",
    "OutputError": "hairtx.errors",
    "Problem": "hairtx.errors",
    "Report": "hairtx.analysis.document",
    "UnknownNameError": "hairtx.errors",
    "UsageError": "hairtx.errors",
    "commitment_over": "hairtx.analysis.commitment",
    "compare": "hairtx.analysis.comparison",
    "describe": "hairtx.analysis.comparison",
    "describe_condition": "hairtx.analysis.conditions",
    "describe_edition": "hairtx.analysis.edition",
    "list_claims": "hairtx.analysis.claims",
    "list_conditions": "hairtx.analysis.conditions",
    "list_factors": "hairtx.analysis.screening",
    "list_sources": "hairtx.analysis.bibliography",
    "effects": "hairtx.analysis.effects",
    "list_treatments": "hairtx.analysis.listing",
    "load": "hairtx.catalogue.store",
    "plan": "hairtx.analysis.plan",
    "screen": "hairtx.analysis.screening",
    "SiteContent": "hairtx.analysis.site",
    "site_content": "hairtx.analysis.site",
    "site_files": "hairtx.render.site",
    "timeline": "hairtx.analysis.timeline",
}


def __getattr__(name: str) -> Any:
    # Imported on first use: the command line would otherwise pay for every renderer on every run.
    from importlib import import_module

    if name == "render":
        return import_module("hairtx.render")  # the package of that name, which can be called
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'hairtx' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
