"""``hairtx about``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.edition import describe_edition
from hairtx.catalogue.store import load
from hairtx.cli.options import FormatOption, OutputOption
from hairtx.cli.output import emit


def command(format_name: FormatOption = None, output: OutputOption = None) -> None:
    """Show the edition: when it was reviewed, by whom and how, who paid, and what it cannot do.

    \b
    Examples:
      hairtx about
      hairtx about --format json
    """
    emit(describe_edition(load(), today=dt.date.today()), format_name=format_name, output=output)
