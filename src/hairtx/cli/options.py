"""Arguments and options that several commands share, and the completion of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hairtx.errors import HairtxError, UsageError
from hairtx.formats import SUFFIXES, formats_for

if TYPE_CHECKING:
    from hairtx.catalogue.quantity import Duration
    from hairtx.catalogue.store import Catalogue


def complete_treatment(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids that begin with what was typed, and aliases of others that do."""
    return _completions(ctx, "treatment", incomplete)


def complete_condition(ctx: typer.Context, incomplete: str) -> list[str]:
    """Keys of conditions that begin with what was typed, and aliases of others that do."""
    return _completions(ctx, "condition", incomplete)


def complete_factor(ctx: typer.Context, incomplete: str) -> list[str]:
    """Keys of factors that begin with what was typed, and aliases of others that do."""
    return _completions(ctx, "factor", incomplete)


def complete_factor_or_treatment(ctx: typer.Context, incomplete: str) -> list[str]:
    """Factors and treatments, as the two above."""
    return [*_completions(ctx, "factor", incomplete), *_completions(ctx, "treatment", incomplete)]


def complete_outcome(ctx: typer.Context, incomplete: str) -> list[str]:
    """Keys of outcomes that begin with what was typed."""
    try:
        return [key for key in _catalogue_so_far(ctx).outcomes if key.startswith(incomplete)]
    except HairtxError:
        return []


def complete_timezone(incomplete: str) -> list[str]:
    """Names of time zones that begin with what was typed."""
    from zoneinfo import available_timezones

    return sorted(one for one in available_timezones() if one.startswith(incomplete))


def complete_claimant(ctx: typer.Context, incomplete: str) -> list[str]:
    """Keys of sources that claim something, beginning with what was typed."""
    from hairtx.analysis.views.claims import claimants

    try:
        return [key for key in claimants(_catalogue_so_far(ctx)) if key.startswith(incomplete)]
    except HairtxError:
        return []


def complete_row(incomplete: str) -> list[str]:
    """Keys of rows and of parts of the table; a comma-separated list is completed at its end."""
    from hairtx.analysis.rows import ATTRIBUTES, SECTIONS

    before, comma, last = incomplete.rpartition(",")
    keys = [*(one.key for one in ATTRIBUTES), *SECTIONS]
    return [f"{before}{comma}{last}{key[len(last) :]}" for key in keys if key.startswith(last.casefold())]


def load_catalogue(named: Sequence[Path] | None = None, *, only: bool = False) -> Catalogue:
    """The built-in catalogue with everything laid over it that the command line, the environment and the per-user
    config folder name.

    Raises:
        UsageError: ``only`` was asked for, and nothing would be left.
        CatalogueError: a catalogue cannot be read or does not fit.
    """
    from hairtx.catalogue.places import overlays
    from hairtx.catalogue.store import load

    catalogue = load(overlays=overlays(named or ()), only=only)
    if only and not catalogue.treatments:
        raise UsageError("--only leaves no treatment; name a catalogue that has some with --catalogue FILE")
    return catalogue


def _with_earlier(ctx: typer.Context, value: list[Path] | None) -> list[Path]:
    """The option may stand before the command too; those come first."""
    earlier = ctx.parent.params.get("catalogue") if ctx.parent is not None else None
    return [*(earlier or ()), *(value or ())]


def _or_earlier(ctx: typer.Context, value: bool) -> bool:
    return value or bool(ctx.parent is not None and ctx.parent.params.get("only"))


def _file_or_stdout(value: Path | None) -> Path | None:
    """``-`` is standard output, as nearly everywhere."""
    return None if value == Path("-") else value


def _catalogue_so_far(ctx: typer.Context) -> Catalogue:
    """What the options that were typed already say."""
    named = [Path(one) for one in ctx.params.get("catalogue") or _with_earlier(ctx, None)]
    return load_catalogue(named, only=_or_earlier(ctx, bool(ctx.params.get("only"))))


def _completions(ctx: typer.Context, kind: str, incomplete: str) -> list[str]:
    from hairtx.catalogue.names import folded

    try:
        names = _catalogue_so_far(ctx).names_of(kind)
    except HairtxError:
        return []  # a prompt is no place for an error; running the command will tell
    wanted = folded(incomplete)
    found = [key for key in dict.fromkeys(names.values()) if folded(key).startswith(wanted)]
    if found:
        # What is offered begins as it was typed, capitals among it: else Typer and the shell drop it.
        return [f"{incomplete}{key[len(incomplete) :]}" for key in found]
    # The shell drops what does not begin with what was typed, so an alias is offered as itself, in one word.
    aliases: dict[str, str] = {}
    for name, key in names.items():
        if name.startswith(wanted) and name.replace(" ", "").isalnum():
            aliases.setdefault(key, name.replace(" ", "-"))
    return list(aliases.values())


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TREATMENT...",
        help="Two or more treatments, quoted or not, with 'vs', 'and' or commas between them or not: ids, names or "
        "aliases ('hairtx list' shows them).",
        autocompletion=complete_treatment,
        show_default=False,
    ),
]
SomeNames = Annotated[
    list[str],
    typer.Argument(
        metavar="TREATMENT...",
        help="One or more treatments: ids, names or aliases ('hairtx list' shows them).",
        autocompletion=complete_treatment,
        show_default=False,
    ),
]
Name = Annotated[
    list[str],
    typer.Argument(
        metavar="TREATMENT",
        help="Id, name or alias ('hairtx list' shows them).",
        autocompletion=complete_treatment,
        show_default=False,
    ),
]
AnyNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TREATMENT]...",
        help="Only these treatments: ids, names or aliases ('hairtx list' shows them).",
        autocompletion=complete_treatment,
        show_default=False,
    ),
]
WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="FACTOR",
        help="Something about you, such as pregnancy; repeatable ('hairtx screen' lists them).",
        autocompletion=complete_factor,
        show_default=False,
    ),
]
ListedForOption = Annotated[
    str | None,
    typer.Option(
        "--for",
        metavar="CONDITION",
        help="Only what is listed for it.",
        autocompletion=complete_condition,
        show_default=False,
    ),
]
ListedSexOption = Annotated[
    Literal["male", "female"] | None,
    typer.Option("--sex", help="Only what is listed for this sex.", show_default=False),
]
ConditionOption = Annotated[
    str | None,
    typer.Option("--for", metavar="CONDITION", help="The condition to answer for.", autocompletion=complete_condition),
]
SexOption = Annotated[
    Literal["any", "male", "female"], typer.Option("--sex", help="Leave out findings made only in the other sex.")
]
RowsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rows",
        metavar="ROWS",
        help="Only these rows, by key or label, separated by commas (an unknown one lists them all).",
        autocompletion=complete_row,
        show_default=False,
    ),
]
FullOption = Annotated[
    bool, typer.Option("--full", help="Read on: under the answer the whole table, with all sources.")
]
OnePageOption = Annotated[
    bool, typer.Option("--one-page", help="Only the first sheet of an HTML page, one A4 or Letter page to print.")
]
DifferencesOption = Annotated[
    bool, typer.Option("--differences", help="Leave out rows that say the same for every treatment.")
]
HorizonOption = Annotated[
    str, typer.Option("--horizon", metavar="TIME", help="Time to count visits, hours and cost over: 12mo, 2y.")
]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="REGION", help="Count cost with this region's prices.", show_default=False),
]


def format_option(kind: str = "", help_text: str = "Output format.") -> Any:
    """The option ``--format`` of a command that gives that kind of report; “md” is as good as “markdown”."""
    names = formats_for(kind)

    def named(value: str) -> str:
        name = SUFFIXES.get(f".{value.lower()}", value.lower())
        if name not in names:
            raise typer.BadParameter(f"{value!r} is not one of {', '.join(names)}.")
        return name

    return typer.Option(
        "--format",
        "-f",
        metavar=f"<{'|'.join(names)}>",
        help=help_text,
        parser=named,
        autocompletion=lambda incomplete: [name for name in names if name.startswith(incomplete.lower())],
        show_default=False,
    )


FormatOption = Annotated[str | None, format_option()]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file instead; its suffix picks the format. - is standard output.",
        show_default=False,
        readable=False,  # a file is written here, and may be one that nobody can read
        callback=_file_or_stdout,
    ),
]


CatalogueOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        metavar="FILE|DIR",
        readable=False,  # reading it says more than this would
        help="Lay a catalogue of your own over the built-in one; repeatable, the last one wins.",
        show_default=False,
        callback=_with_earlier,
    ),
]
MatrixOption = Annotated[
    bool, typer.Option("--matrix", help="Every treatment with all core factors: listed, looked for, or not.")
]
OnlyOption = Annotated[bool, typer.Option("--only", help="Leave out the built-in treatments.", callback=_or_earlier)]


def months_of(written: str) -> int:
    """A horizon in whole months: ``12mo``, ``18 months``, ``2y``, or a bare number of months.

    Raises:
        UsageError: it is not one; its size is judged where it is used.
    """
    number, unit = _spelled_out(written)
    if not re.fullmatch(r"-?\d{1,6}", number) or unit not in {"", "month", "months", "year", "years"}:
        raise UsageError(f"{written!r} is not a horizon in months or years; write it like 12mo or 2y")
    return int(number) * (12 if unit.startswith("y") else 1)


def duration(written: str) -> Duration:
    """A length of time in full or in short: ``2 days``, ``2d``, ``12h``.

    Raises:
        UsageError: it is not one.
    """
    from hairtx.catalogue.quantity import Duration, QuantityError

    try:
        return Duration.parse(" ".join(_spelled_out(written)))
    except QuantityError:
        raise UsageError(f"{written!r} is not a length of time; write it like 2d, 12h or '1 week'") from None


_SHORT_UNITS = {"h": "hours", "d": "days", "w": "weeks", "m": "months", "mo": "months", "y": "years"}


def _spelled_out(written: str) -> tuple[str, str]:
    """The number, and the unit in full: ``2d`` is 2 and days."""
    text = written.strip().lower()
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = text[len(number) :]
    return number.strip(), _SHORT_UNITS.get(unit, unit)
