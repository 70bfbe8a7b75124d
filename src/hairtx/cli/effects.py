"""``hairtx effects``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.views.effects import effects
from hairtx.cli.options import (
    CatalogueOption,
    ConditionOption,
    FormatOption,
    OnlyOption,
    OutputOption,
    SexOption,
    SomeNames,
    load_catalogue,
)
from hairtx.cli.output import emit


def command(
    names: SomeNames,
    condition: ConditionOption = None,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="OUTCOME", help="Only this outcome, like hair-density.", show_default=False),
    ] = None,
    sex: SexOption = "any",
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """Draw measured effects with their 95 % intervals, one picture for each outcome and measure.

    Without --for, for the first condition that all of the treatments are listed for.

    \b
    Examples:
      hairtx effects topical-minoxidil low-level-laser prp
      hairtx effects prp --outcome hair-density
      hairtx effects baricitinib ritlecitinib --for alopecia-areata
      hairtx effects topical-minoxidil oral-finasteride --sex male --format json
    """
    report = effects(
        load_catalogue(catalogue, only=only),
        names,
        condition=condition,
        outcome=outcome,
        sex=sex,
        today=dt.date.today(),
    )
    emit(report, format_name=format_name, output=output)
