"""``hairtx screen``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.screening import list_factors, screen
from hairtx.catalogue.store import load
from hairtx.cli.options import (
    AnyNames,
    FormatOption,
    ListedForOption,
    ListedSexOption,
    OutputOption,
    WithOption,
)
from hairtx.cli.output import emit


def command(
    names: AnyNames = None,
    factors: WithOption = None,
    condition: ListedForOption = None,
    sex: ListedSexOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show what treatments list for something about you: avoid, ask a specialist, take care, or nothing.

    Nothing listed is not the same as safe. Without --with, the factors are listed that can be asked about.

    \b
    Examples:
      hairtx screen
      hairtx screen --with pregnancy
      hairtx screen --with diabetes --with "skin infection" mesotherapy
      hairtx screen --with "blood thinners" --for androgenetic-alopecia --sex male
    """
    catalogue, chosen, today = load(), names or (), dt.date.today()
    if factors:
        report = screen(catalogue, factors, chosen, condition=condition, sex=sex, today=today)
    else:
        report = list_factors(catalogue, chosen, condition=condition, sex=sex, today=today)
    emit(report, format_name=format_name, output=output)
