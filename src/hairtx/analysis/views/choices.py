"""The filters that a page can offer for the list of treatments, worded. Pure: no files, no clock."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from hairtx.analysis import wording as w
from hairtx.catalogue.model import CERTAINTY
from hairtx.catalogue.store import Catalogue

__all__ = ["Choice", "FilterKey", "ListFilter", "list_filters"]

FilterKey = Literal["for", "sex", "setting", "downtime", "certainty"]


class Choice(Struct, frozen=True):
    """One value of a filter; the empty value leaves nothing out."""

    value: str
    label: str


class ListFilter(Struct, frozen=True):
    """One filter. Its meaning is that of the same filter of ``list_treatments``."""

    key: FilterKey
    label: str
    choices: tuple[Choice, ...]


def list_filters(catalogue: Catalogue) -> tuple[ListFilter, ...]:
    """The filters by condition, sex, setting, downtime in days, and certainty by rank (0 is no study found)."""
    settings = {one.setting for one in catalogue}
    return (
        ListFilter(
            "for",
            "Condition",
            (Choice("", "All conditions"), *(Choice(key, one.label) for key, one in catalogue.conditions.items())),
        ),
        ListFilter(
            "sex",
            "For whom",
            (Choice("", "Men and women"), *(Choice(key, label) for key, label in w.SEX_WORDS.items() if label)),
        ),
        ListFilter(
            "setting",
            "Where",
            (
                Choice("", "Anywhere"),
                *(Choice(key, w.capitalised(label)) for key, label in w.SETTING_WORDS.items() if key in settings),
            ),
        ),
        ListFilter(
            "downtime",
            "Back to ordinary activities",
            (
                Choice("", "Any time"),
                Choice("0", "At once"),
                Choice("1", "Within 1 day"),
                Choice("3", "Within 3 days"),
                Choice("7", "Within 1 week"),
                Choice("14", "Within 2 weeks"),
            ),
        ),
        ListFilter(
            "certainty",
            "How sure, at least",
            (
                Choice("", "Any certainty"),
                *(
                    Choice(str(rank), w.capitalised(w.CERTAINTY_WORDS[level]))
                    for rank, level in enumerate(CERTAINTY)
                    if level != "none"
                ),
            ),
        ),
    )
