"""``hairtx show``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.comparison import describe
from hairtx.cli.options import CatalogueOption, FormatOption, Name, OnlyOption, OutputOption, load_catalogue
from hairtx.cli.output import emit


def command(
    name: Name,
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
      hairtx show prp -o prp.json
    """
    emit(
        describe(load_catalogue(catalogue, only=only), name, today=dt.date.today()),
        format_name=format_name,
        output=output,
    )
