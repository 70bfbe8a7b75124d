"""``hairtx conditions``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.conditions import describe_condition, list_conditions
from hairtx.catalogue.store import load
from hairtx.cli.options import FormatOption, OutputOption, complete_condition
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
) -> None:
    """Show a condition: when to see a doctor, its course if nothing is done, and what is listed for it.

    \b
    Examples:
      hairtx conditions
      hairtx conditions androgenetic-alopecia
      hairtx conditions "patchy hair loss" --format markdown
    """
    today = dt.date.today()
    catalogue = load()
    shown = (
        list_conditions(catalogue, today=today) if name is None else describe_condition(catalogue, name, today=today)
    )
    emit(shown, format_name=format_name, output=output)
