"""``hairtx show``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.comparison import describe
from hairtx.catalogue.store import load
from hairtx.cli.options import FormatOption, Name, OutputOption
from hairtx.cli.output import emit


def command(name: Name, format_name: FormatOption = None, output: OutputOption = None) -> None:
    """Show everything about one treatment, with what is claimed of it and the verdict.

    \b
    Examples:
      hairtx show iron-infusion
      hairtx show minoxidil --format markdown
      hairtx show prp -o prp.json
    """
    emit(describe(load(), name, today=dt.date.today()), format_name=format_name, output=output)
