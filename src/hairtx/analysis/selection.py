"""The treatments that a command names: one to twelve, each once."""

from __future__ import annotations

from collections.abc import Sequence

from hairtx.analysis.comparison import MAX_TREATMENTS
from hairtx.catalogue.model import Treatment
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = ["several"]


def several(catalogue: Catalogue, names: Sequence[str]) -> list[Treatment]:
    """The treatments with these ids, names or aliases, in this order; one named twice is taken once.

    Raises:
        UsageError: none, or more than twelve.
        UnknownNameError: with the nearest names.
    """
    treatments = list({one.id: one for one in (catalogue[name] for name in names)}.values())
    if not treatments:
        raise UsageError("name at least one treatment; 'hairtx list' shows them all")
    if len(treatments) > MAX_TREATMENTS:
        raise UsageError(f"{len(treatments)} treatments are too many for one picture; name at most {MAX_TREATMENTS}")
    return treatments
