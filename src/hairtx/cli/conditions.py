"""``hairtx conditions``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.views.conditions import describe_condition, list_conditions
from hairtx.cli.options import (
    CatalogueOption,
    FormatOption,
    OnlyOption,
    OutputOption,
    complete_condition,
    load_catalogue,
)
from hairtx.cli.output import emit


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[CONDITION]",
            help="Key, name or alias; all conditions if left out.",
            autocompletion=complete_condition,
            show_default=False,
        ),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """Show a condition: when to see a doctor, its course if nothing is done, and what is listed for it.

    \b
    Examples:
      hairtx conditions
      hairtx conditions androgenetic-alopecia
      hairtx conditions "patchy hair loss" --format markdown
    """
    today = dt.date.today()
    loaded = load_catalogue(catalogue, only=only)
    shown = list_conditions(loaded, today=today) if name is None else describe_condition(loaded, name, today=today)
    emit(shown, format_name=format_name, output=output)
