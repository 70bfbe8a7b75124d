"""What is said of entries that are not built in: that they are not, and which file they come from."""

from __future__ import annotations

from typing import Any, Final

from hairtx.catalogue.store import Catalogue, Origin

__all__ = ["origin_data", "origin_notices", "origin_words"]

#: Beyond this many, ids are counted and not listed.
_LISTED: Final = 5
_ONE: Final = {
    "treatments": "treatment",
    "sources": "source",
    "conditions": "condition",
    "factors": "factor",
    "pathways": "pathway",
    "outcomes": "outcome",
}


def origin_words(origin: Origin | None) -> str:
    """“from clinic.yaml, not built in”; nothing for a built-in entry."""
    return origin.words if origin is not None else ""


def origin_data(origin: Origin | None) -> dict[str, Any] | None:
    """The same for programs; None for a built-in entry."""
    return {"kind": origin.kind, "files": list(origin.files)} if origin is not None else None


def origin_notices(catalogue: Catalogue) -> tuple[str, ...]:
    """Which files were used besides the built-in catalogue, and for what. Nothing where none was."""
    counted: list[str] = []
    files: dict[str, None] = {}
    for table, one in _ONE.items():
        origins = getattr(catalogue, table).origins
        if origins:
            few = f" ({', '.join(origins)})" if table == "treatments" and len(origins) <= _LISTED else ""
            counted.append(f"{len(origins)} {one if len(origins) == 1 else table}{few}")
            files.update(dict.fromkeys(file for origin in origins.values() for file in origin.files))
    notices = []
    if counted:
        notices.append(f"Not everything here is built in: {', '.join(counted)} from {_named(list(files))}.")
    if catalogue.about_origin is not None:
        whose = _named(list(catalogue.about_origin.files))
        notices.append(f"The edition, its funding and its limits are those that {whose} states.")
    return tuple(notices)


def _named(files: list[str]) -> str:
    if len(files) > _LISTED:
        return f"{', '.join(files[:_LISTED])} and {len(files) - _LISTED} more files"
    return f"{', '.join(files[:-1])} and {files[-1]}" if len(files) > 1 else "".join(files)
