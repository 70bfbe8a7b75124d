"""What every view shares: the treatments that it is about, their conditions, and the edition it was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from hairtx.analysis.origins import origin_notices
from hairtx.catalogue.model import Treatment
from hairtx.catalogue.store import Catalogue
from hairtx.errors import UsageError

__all__ = ["MAX_TREATMENTS", "edition_line", "edition_notices", "several", "shared_conditions"]

#: How many treatments one view can hold.
MAX_TREATMENTS: Final = 12


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


def shared_conditions(catalogue: Catalogue, treatments: Iterable[Treatment]) -> list[str]:
    """The conditions that every one of the treatments is listed for, in the catalogue's order."""
    listed = [{one.condition for one in treatment.indications} for treatment in treatments]
    return [key for key in catalogue.conditions if all(key in one for one in listed)]


def edition_line(catalogue: Catalogue) -> str:
    """Edition and review date, in words."""
    about = catalogue.about
    return f"Edition {about.edition}, reviewed {about.reviewed.isoformat()}"


def edition_notices(catalogue: Catalogue, today: dt.date | None) -> tuple[str, ...]:
    """What is not built in, and a warning where the edition's review date is more than a year past."""
    reviewed = catalogue.about.reviewed
    if today is None or (today - reviewed).days <= 366:
        return origin_notices(catalogue)
    return (
        *origin_notices(catalogue),
        f"This edition was last reviewed on {reviewed.isoformat()}, more than a year ago. Newer findings are missing.",
    )
