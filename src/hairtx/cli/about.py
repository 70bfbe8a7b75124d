from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.about import describe_edition
from hairtx.cli import options as o
from hairtx.cli.output import emit

HELP = """Show the edition: when it was reviewed, by whom and how, who paid, and what it cannot do.

\b
Examples:
  hairtx about
  hairtx about --format json
"""


def command(
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    emit(
        describe_edition(o.load_catalogue(catalogue, only=only), today=dt.date.today()),
        format_name=format_name,
        output=output,
    )
