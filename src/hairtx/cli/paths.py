from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hairtx.analysis.document import Block, Cell, Field, Grid, Item, Report
from hairtx.analysis.wording import counted
from hairtx.catalogue.places import (
    BUILTIN_FILES,
    ENVIRONMENT,
    Place,
    builtin_folder,
    cache_folder,
    catalogue_files,
    config_folder,
    holds_yaml,
    is_there,
    overlay_places,
)
from hairtx.cli import options as o
from hairtx.cli.output import emit
from hairtx.errors import CatalogueError, spelled_out
from hairtx.files import display_name

_FIELDS = (
    Field("place", "where hairtx looks", 26, 1),
    Field("path", "path", 34, 3),
    Field("found", "found", 16, 2),
)
_ROLES = {"config": "per-user config folder", "environment": ENVIRONMENT, "option": "--catalogue"}
HELP = """Show where catalogues and the cache are looked for, and what is there.

Catalogues lie over each other in this order; what a later one has takes the place of an earlier one.
Nothing is opened, so this works with a broken catalogue too ('hairtx validate' opens them).

\b
Examples:
  hairtx paths
  HAIRTX_CATALOGUE=clinic.yaml hairtx paths
  hairtx paths --catalogue clinic/ --format json
"""


def command(
    catalogue: o.CatalogueOption = None, format_name: o.FormatOption = None, output: o.OutputOption = None
) -> None:
    named = overlay_places(catalogue or ())
    rows = [_builtin()]
    if config_folder() is None:
        rows.append({"place": _ROLES["config"], "path": None, "files": [], "found": "not used: there is no home"})
    rows += [_row(one) for one in named if one.role == "config"]
    if not any(one.role == "environment" for one in named):
        rows.append({"place": ENVIRONMENT, "path": None, "files": [], "found": "not set"})
    rows += [_row(one) for one in named if one.role != "config"]
    rows.append(_cache())
    report = Report(
        kind="paths",
        title="Where hairtx looks for catalogues and keeps what it has read",
        blocks=(Block("paths", "", grid=Grid(_FIELDS, tuple(map(_cells, rows)), tuple(one["place"] for one in rows))),),
        edition="Later catalogues take the place of earlier ones",
        disclaimer="Only YAML files are read, and nothing in them is ever run.",
        data={"paths": rows},
    )
    emit(report, format_name=format_name, output=output)


def _builtin() -> dict[str, Any]:
    folder = builtin_folder()
    files = [name for name in BUILTIN_FILES if (folder / name).is_file()]
    return {"place": "built-in catalogue", "path": str(folder), "files": files, "found": ", ".join(files) or "nothing"}


def _row(place: Place) -> dict[str, Any]:
    row: dict[str, Any] = {"place": _ROLES[place.role], "path": _absolute(place.path), "files": []}
    if not is_there(place.path):
        return {**row, "found": "nothing there" + ("" if place.is_optional else ": check the name")}
    if place.is_optional and not holds_yaml(place.path):
        return {**row, "found": "the folder, without a .yaml file"}
    try:
        found = catalogue_files(place.path)
    except CatalogueError as error:
        return {**row, "found": error.problems[0].message}
    row["files"] = [display_name(one) for one in found]
    return {**row, "found": ", ".join(row["files"][:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")}


def _cache() -> dict[str, Any]:
    folder = cache_folder()
    if folder is None:
        why = "switched off by HAIRTX_NO_CACHE" if os.environ.get("HAIRTX_NO_CACHE", "") not in {"", "0"} else "no home"
        return {"place": "cache", "path": None, "files": [], "found": f"not used: {why}"}
    try:
        count = sum(1 for one in folder.iterdir() if one.suffix == ".msgpack")
        found = counted(count, "kept catalogue")
    except FileNotFoundError:
        found = "nothing yet"
    except OSError as error:
        found = f"not used: {(error.strerror or str(error)).lower()}"
    return {"place": "cache", "path": spelled_out(str(folder)), "files": [], "found": found}


def _absolute(path: Path) -> str:
    try:
        return spelled_out(str(path.absolute()))
    except (OSError, ValueError):
        return spelled_out(str(path))


def _cells(row: dict[str, Any]) -> tuple[Cell, ...]:
    return (
        Cell((Item("", lead=row["place"]),)),
        Cell((Item(row["path"]),) if row["path"] else (Item("none"),)),
        Cell((Item(row["found"]),)),
    )
