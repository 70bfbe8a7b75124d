"""``hairtx show``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.comparison import describe
from hairtx.catalogue.store import load
from hairtx.cli.options import FormatOption, HorizonOption, Name, OutputOption, RegionOption, months_of
from hairtx.cli.output import chosen_format, emit


def command(
    name: Name,
    horizon: HorizonOption = "12mo",
    region: RegionOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show everything about one treatment, with what is claimed of it and the verdict.

    \b
    Examples:
      hairtx show iron-infusion
      hairtx show minoxidil --format markdown
      hairtx show prp -o prp.html
    """
    chosen = chosen_format(format_name, output)
    document = describe(
        load(),
        name,
        horizon=months_of(horizon),
        region=region,
        figures=chosen == "html",
        today=dt.date.today(),
    )
    emit(document, format_name=chosen, output=output)
