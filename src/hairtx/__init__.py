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
    from hairtx.analysis.comparison import compare, describe
    from hairtx.analysis.listing import Filters, list_treatments
    from hairtx.catalogue.store import Catalogue, load
    from hairtx.errors import CatalogueError, HairtxError, OutputError, Problem, UnknownNameError, UsageError
    from hairtx.render.formats import text_of as render

__version__ = "0.1.0"

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Filters",
    "HairtxError",
    "OutputError",
    "Problem",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "compare",
    "describe",
    "list_treatments",
    "load",
    "render",
]

_HOMES = {
    "Catalogue": "hairtx.catalogue.store",
    "CatalogueError": "hairtx.errors",
    "Filters": "hairtx.analysis.listing",
    "HairtxError": "hairtx.errors",
    "OutputError": "hairtx.errors",
    "Problem": "hairtx.errors",
    "UnknownNameError": "hairtx.errors",
    "UsageError": "hairtx.errors",
    "compare": "hairtx.analysis.comparison",
    "describe": "hairtx.analysis.comparison",
    "list_treatments": "hairtx.analysis.listing",
    "load": "hairtx.catalogue.store",
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
