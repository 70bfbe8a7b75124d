"""Arguments and options that several commands share, and the completion of names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from hairtx.catalogue.store import Catalogue

Format = Literal["table", "markdown", "csv", "tsv", "json", "yaml"]


def complete_treatment(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids that begin with what was typed, or whose alias does."""
    return _completions(ctx, "treatment", incomplete)


def complete_condition(ctx: typer.Context, incomplete: str) -> list[str]:
    """Keys of conditions that begin with what was typed, or whose alias does."""
    return _completions(ctx, "condition", incomplete)


def complete_row(incomplete: str) -> list[str]:
    """Row keys; a comma-separated list is completed at its end."""
    from hairtx.analysis.comparison import row_keys

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{key}" for key in row_keys() if key.startswith(last)]


def load_catalogue(named: Sequence[Path] | None = None, *, only: bool = False) -> Catalogue:
    """The built-in catalogue with everything laid over it that the command line, the environment and the per-user
    config folder name.

    Raises:
        UsageError: ``only`` was asked for, and nothing would be left.
        CatalogueError: a catalogue cannot be read or does not fit.
    """
    from hairtx.catalogue.locations import overlays
    from hairtx.catalogue.store import load

    catalogue = load(overlays=overlays(named or ()), only=only)
    if only and not catalogue.treatments:
        from hairtx.errors import UsageError

        raise UsageError("--only leaves no treatment; name a catalogue that has some with --catalogue FILE")
    return catalogue


def _with_earlier(ctx: typer.Context, value: list[Path] | None) -> list[Path]:
    """The option may stand before the command too; those come first."""
    earlier = ctx.parent.params.get("catalogue") if ctx.parent is not None else None
    return [*(earlier or ()), *(value or ())]


def _or_earlier(ctx: typer.Context, value: bool) -> bool:
    return value or bool(ctx.parent is not None and ctx.parent.params.get("only"))


def _completions(ctx: typer.Context, kind: str, incomplete: str) -> list[str]:
    from hairtx.catalogue.names import folded
    from hairtx.errors import HairtxError

    try:
        named = [Path(one) for one in ctx.params.get("catalogue") or _with_earlier(ctx, None)]
        names = load_catalogue(named, only=_or_earlier(ctx, bool(ctx.params.get("only")))).names_of(kind)
    except HairtxError:
        return []  # a prompt is no place for an error; running the command will tell
    wanted = folded(incomplete)
    keys = dict.fromkeys(names.values())
    direct = [key for key in keys if folded(key).startswith(wanted)]
    return direct or list(dict.fromkeys(key for name, key in names.items() if name.startswith(wanted)))


Names = Annotated[
    list[str],
    typer.Argument(
        metavar="TREATMENT...",
        help="Two or more treatments: ids, names or aliases ('hairtx list' shows them).",
        autocompletion=complete_treatment,
        show_default=False,
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="TREATMENT", help="Id, name or alias ('hairtx list' shows them).", autocompletion=complete_treatment
    ),
]
ConditionOption = Annotated[
    str | None,
    typer.Option("--for", metavar="CONDITION", help="Condition to compare for.", autocompletion=complete_condition),
]
SexOption = Annotated[
    Literal["any", "male", "female"], typer.Option("--sex", help="Leave out findings made only in the other sex.")
]
RowsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rows",
        metavar="KEYS",
        help="Only these rows, separated by commas (an unknown key lists them all).",
        autocompletion=complete_row,
        show_default=False,
    ),
]
FullOption = Annotated[bool, typer.Option("--full", help="All rows, with everything the catalogue has.")]
DifferencesOption = Annotated[
    bool, typer.Option("--differences", help="Leave out rows that say the same for every treatment.")
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", "-f", help="Output format.", show_default=False, case_sensitive=False)
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file instead; its suffix picks the format.",
        show_default=False,
    ),
]


CatalogueOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        metavar="FILE|DIR",
        help="Lay a catalogue of your own over the built-in one; repeatable, the last one wins.",
        show_default=False,
        callback=_with_earlier,
    ),
]
OnlyOption = Annotated[bool, typer.Option("--only", help="Leave out the built-in treatments.", callback=_or_earlier)]


def split_keys(written: list[str] | None) -> list[str]:
    """Keys from a repeatable, comma-separated option."""
    return [key.strip() for part in written or () for key in part.split(",") if key.strip()]
