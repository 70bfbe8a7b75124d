"""hairtx compares hair-loss treatments side by side, honestly and with sources.

Everything the commands do is here too::

    import hairtx

    catalogue = hairtx.load()
    document = hairtx.compare(catalogue, ["prp", "mesotherapy"])
    print(hairtx.render(document, "markdown"))

It informs; it never recommends.
"""

from hairtx.version import __version__ as __version__

# Not taken from typing: until its import is done, Ctrl-C could not be handled.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hairtx.api import *  # noqa: F403


def __getattr__(name: str) -> "Any":
    # Imported on first use: the command line would otherwise pay for all of it on every run.
    from importlib import import_module

    api = import_module("hairtx.api")
    if name != "__all__" and name not in api.__all__:
        raise AttributeError(f"module 'hairtx' has no attribute {name!r}")
    return getattr(api, name)


def __dir__() -> "list[str]":
    return sorted(__getattr__("__all__"))
