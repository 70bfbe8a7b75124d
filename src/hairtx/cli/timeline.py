"""``hairtx timeline``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.schedule import Pace
from hairtx.analysis.views.timeline import timeline
from hairtx.cli.options import (
    CatalogueOption,
    FormatOption,
    HorizonOption,
    OnlyOption,
    OutputOption,
    SomeNames,
    load_catalogue,
    months_of,
)
from hairtx.cli.output import emit


def command(
    names: SomeNames,
    horizon: HorizonOption = "12mo",
    pace: Annotated[
        Pace, typer.Option(help="The middle of what is reported, or its fastest or slowest course.")
    ] = "typical",
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """Draw sessions and expected results of treatments on one axis of time.

    \b
    Examples:
      hairtx timeline prp mesotherapy topical-minoxidil fue-transplant
      hairtx timeline prp oral-finasteride --horizon 2y
      hairtx timeline prp exosomes --format json
    """
    report = timeline(
        load_catalogue(catalogue, only=only), names, horizon=months_of(horizon), pace=pace, today=dt.date.today()
    )
    emit(report, format_name=format_name, output=output)
