"""hairtx compares hair-loss treatments side by side, honestly and with sources.

Everything the commands do is here too::

    import hairtx

    catalogue = hairtx.load()
    document = hairtx.compare(catalogue, ["prp", "mesotherapy"])
    print(hairtx.render(document, "markdown"))

It informs; it never recommends.
"""

# Nothing is imported here, not even typing: until that is done, Ctrl-C could not be handled.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hairtx.api import *  # noqa: F403
    from hairtx.version import __version__ as __version__


def __getattr__(name: str) -> "Any":
    # Imported on first use: the command line would otherwise pay for all of it on every run.
    from importlib import import_module

    if name == "__version__":
        return import_module("hairtx.version").__version__
    api = import_module("hairtx.api")
    if name != "__all__" and name not in api.__all__:
        raise AttributeError(f"module 'hairtx' has no attribute {name!r}")
    return getattr(api, name)


def __dir__() -> "list[str]":
    return sorted(__getattr__("__all__"))
