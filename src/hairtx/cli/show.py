from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.comparison import describe
from hairtx.cli import options as o
from hairtx.cli.output import chosen_format, chosen_view, emit

HELP = """Show everything about one treatment, with what is claimed of it and the verdict.

\b
Examples:
  hairtx show iron-infusion
  hairtx show minoxidil --format markdown
  hairtx show prp -o prp.html
"""


def command(
    name: o.Name,
    horizon: o.HorizonOption = "12mo",
    region: o.RegionOption = None,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    chosen = chosen_format(format_name, output)
    document = describe(
        o.load_catalogue(catalogue, only=only),
        name,
        horizon=o.months_of(horizon),
        region=region,
        view=chosen_view(chosen, full=True),
        today=dt.date.today(),
    )
    emit(document, format_name=chosen, output=output)
