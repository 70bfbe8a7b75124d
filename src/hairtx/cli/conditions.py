from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.cli import options as o
from hairtx.cli.output import emit

HELP = """Show a condition: when to see a doctor, its course if nothing is done, and what is listed for it.

\b
Examples:
  hairtx conditions
  hairtx conditions androgenetic-alopecia
  hairtx conditions patchy hair loss --format markdown
"""


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CONDITION]",
            help="Key, name or alias, quoted or not; all conditions if left out.",
            autocompletion=o.complete_condition,
            show_default=False,
        ),
    ] = None,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    # Not at the top: completing a name needs none of this, and takes a tenth less without it.
    from hairtx.analysis.views.conditions import describe_condition, list_conditions

    today = dt.date.today()
    loaded = o.load_catalogue(catalogue, only=only)
    name = " ".join(words or ())
    shown = describe_condition(loaded, name, today=today) if words else list_conditions(loaded, today=today)
    emit(shown, format_name=format_name, output=output)
