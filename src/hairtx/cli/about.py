"""``hairtx about``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.about import describe_edition
from hairtx.cli.options import CatalogueOption, FormatOption, OnlyOption, OutputOption, load_catalogue
from hairtx.cli.output import emit


def command(
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """Show the edition: when it was reviewed, by whom and how, who paid, and what it cannot do.

    \b
    Examples:
      hairtx about
      hairtx about --format json
    """
    emit(
        describe_edition(load_catalogue(catalogue, only=only), today=dt.date.today()),
        format_name=format_name,
        output=output,
    )
