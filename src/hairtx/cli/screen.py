"""``hairtx screen``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.screening import list_factors, screen
from hairtx.cli.options import (
    AnyNames,
    CatalogueOption,
    FormatOption,
    ListedForOption,
    ListedSexOption,
    OnlyOption,
    OutputOption,
    WithOption,
    load_catalogue,
)
from hairtx.cli.output import emit


def command(
    names: AnyNames = None,
    factors: WithOption = None,
    condition: ListedForOption = None,
    sex: ListedSexOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
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
    loaded, chosen, today = load_catalogue(catalogue, only=only), names or (), dt.date.today()
    if factors:
        report = screen(loaded, factors, chosen, condition=condition, sex=sex, today=today)
    else:
        report = list_factors(loaded, chosen, condition=condition, sex=sex, today=today)
    emit(report, format_name=format_name, output=output)
