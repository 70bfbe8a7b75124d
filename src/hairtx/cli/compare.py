"""``hairtx compare``."""

from __future__ import annotations

import datetime as dt

from hairtx.analysis.views.comparison import compare
from hairtx.cli.options import (
    CatalogueOption,
    ConditionOption,
    DifferencesOption,
    FormatOption,
    FullOption,
    HorizonOption,
    Names,
    OnlyOption,
    OutputOption,
    RegionOption,
    RowsOption,
    SexOption,
    WithOption,
    load_catalogue,
    months_of,
    split_keys,
)
from hairtx.cli.output import chosen_format, chosen_view, emit


def command(
    names: Names,
    condition: ConditionOption = None,
    sex: SexOption = "any",
    rows: RowsOption = None,
    full: FullOption = False,
    differences: DifferencesOption = False,
    factors: WithOption = None,
    horizon: HorizonOption = "12mo",
    region: RegionOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """Compare two or more treatments side by side.

    Without --for, they are compared for the first condition that all of them are listed for.
    Where a column would be too narrow to read, treatments are stacked under each heading.

    \b
    Examples:
      hairtx compare prp mesotherapy
      hairtx compare "platelet rich plasma" minoxidil finasteride fue --for androgenetic-alopecia
      hairtx compare prp no-treatment --rows effects,side-effects,costs
      hairtx compare prp topical-minoxidil --with pregnancy
      hairtx compare prp exosomes --format json | python -m json.tool
    """
    chosen = chosen_format(format_name, output)
    document = compare(
        load_catalogue(catalogue, only=only),
        names,
        condition=condition,
        sex=sex,
        rows=split_keys(rows),
        view=chosen_view(chosen, full=full),
        differences=differences,
        factors=factors or (),
        horizon=months_of(horizon),
        region=region,
        today=dt.date.today(),
    )
    emit(document, format_name=chosen, output=output)
