from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.cli import options as o
from hairtx.cli.output import emit
from hairtx.cli.words import read_names
from hairtx.errors import UsageError

HELP = """Show what treatments list for something about you: avoid, ask a specialist, take care.

Where nothing is listed it says whether somebody looked for a reason, where and when, or nobody did; neither is the
same as safe. Without --with, the factors are listed that can be asked about; --matrix shows the core ones at once.

\b
Examples:
  hairtx screen
  hairtx screen breastfeeding
  hairtx screen diabetes, skin infection, mesotherapy
  hairtx screen --with pregnancy prp
  hairtx screen --with "blood thinners" --for androgenetic-alopecia --sex male
  hairtx screen --matrix prp fue-transplant
"""


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FACTOR|TREATMENT]...",
        help="What is about you, and only these treatments: keys, names or aliases.",
        autocompletion=o.complete_factor_or_treatment,
        show_default=False,
    ),
]


def command(
    words: Words = None,
    factors: o.WithOption = None,
    condition: o.ListedForOption = None,
    sex: o.ListedSexOption = None,
    show_matrix: o.MatrixOption = False,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    # Not at the top: completing a name needs none of this, and takes a tenth less without it.
    from hairtx.analysis.views.screening import list_factors, matrix, screen

    loaded, today = o.load_catalogue(catalogue, only=only), dt.date.today()
    typed = read_names(loaded, words or (), "screen", kinds=("factor", "treatment"))
    factors = [*(factors or ()), *(one.key for one in typed if one.kind == "factor")]
    chosen = [one.text for one in typed if one.kind == "treatment"]
    if show_matrix and factors:
        raise UsageError("'--matrix' shows all core factors; leave out '--matrix', or what you named")
    if show_matrix:
        report = matrix(loaded, chosen, condition=condition, sex=sex, today=today)
    elif factors:
        report = screen(loaded, factors, chosen, condition=condition, sex=sex, today=today)
    else:
        report = list_factors(loaded, chosen, condition=condition, sex=sex, today=today)
    emit(report, format_name=format_name, output=output)
