"""``hairtx show``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.comparison import describe
from hairtx.cli.options import (
    CatalogueOption,
    FormatOption,
    HorizonOption,
    Name,
    OnlyOption,
    OutputOption,
    RegionOption,
    load_catalogue,
    months_of,
)
from hairtx.cli.output import chosen_format, chosen_view, emit


def command(
    name: Name,
    horizon: HorizonOption = "12mo",
    region: RegionOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
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
        load_catalogue(catalogue, only=only),
        name,
        horizon=months_of(horizon),
        region=region,
        view=chosen_view(chosen, full=True),
        today=dt.date.today(),
    )
    emit(document, format_name=chosen, output=output)
