from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.screening import list_factors, screen
from hairtx.cli import options as o
from hairtx.cli.output import emit

HELP = """Show what treatments list for something about you: avoid, ask a specialist, take care, or nothing.

Nothing listed is not the same as safe. Without --with, the factors are listed that can be asked about.

\b
Examples:
  hairtx screen
  hairtx screen --with pregnancy
  hairtx screen --with diabetes --with "skin infection" mesotherapy
  hairtx screen --with "blood thinners" --for androgenetic-alopecia --sex male
"""


def command(
    names: o.AnyNames = None,
    factors: o.WithOption = None,
    condition: o.ListedForOption = None,
    sex: o.ListedSexOption = None,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    loaded, chosen, today = o.load_catalogue(catalogue, only=only), names or (), dt.date.today()
    if factors:
        report = screen(loaded, factors, chosen, condition=condition, sex=sex, today=today)
    else:
        report = list_factors(loaded, chosen, condition=condition, sex=sex, today=today)
    emit(report, format_name=format_name, output=output)
