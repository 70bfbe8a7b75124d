from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.schedule import Pace
from hairtx.analysis.views.timeline import timeline
from hairtx.cli import options as o
from hairtx.cli.output import emit
from hairtx.cli.words import treatments_in

HELP = """Draw sessions and expected results of treatments on one axis of time.

\b
Examples:
  hairtx timeline prp mesotherapy topical-minoxidil fue-transplant
  hairtx timeline prp oral-finasteride --horizon 2y
  hairtx timeline prp exosomes --format json
"""


def command(
    names: o.SomeNames,
    horizon: o.HorizonOption = "12mo",
    pace: Annotated[
        Pace, typer.Option(help="The middle of what is reported, or its fastest or slowest course.")
    ] = "typical",
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    loaded = o.load_catalogue(catalogue, only=only)
    chosen = treatments_in(loaded, names, "timeline")
    report = timeline(loaded, chosen, horizon=o.months_of(horizon), pace=pace, today=dt.date.today())
    emit(report, format_name=format_name, output=output)
