from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.cli import options as o
from hairtx.cli.output import emit
from hairtx.cli.words import treatments_in

HELP = """Draw measured effects with their 95 % intervals, one picture for each outcome and measure.

Without --for, for the first condition that all of the treatments are listed for.

\b
Examples:
  hairtx effects topical-minoxidil low-level-laser prp
  hairtx effects prp --outcome hair-density
  hairtx effects baricitinib ritlecitinib --for alopecia-areata
  hairtx effects topical-minoxidil oral-finasteride --sex male --format json
"""


def command(
    names: o.SomeNames,
    condition: o.ConditionOption = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            help="Only this outcome, like hair-density.",
            autocompletion=o.complete_outcome,
            show_default=False,
        ),
    ] = None,
    sex: o.SexOption = "any",
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    # Not at the top: completing a name needs none of this, and takes a tenth less without it.
    from hairtx.analysis.views.effects import effects

    loaded = o.load_catalogue(catalogue, only=only)
    report = effects(
        loaded,
        treatments_in(loaded, names, "effects"),
        condition=condition,
        outcome=outcome,
        sex=sex,
        today=dt.date.today(),
    )
    emit(report, format_name=format_name, output=output)
