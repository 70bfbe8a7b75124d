"""``hairtx export``."""

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
    """Write a comparison as a document: Markdown, unless -o FILE or --format says otherwise.

    A file that is already there is replaced only when the new one is whole.

    \b
    Examples:
      hairtx export prp microneedling
      hairtx export prp microneedling -o options.md
      hairtx export prp microneedling topical-minoxidil -o options.html
      hairtx export topical-minoxidil oral-finasteride --full -o options.csv
    """
    chosen = chosen_format(format_name, output, default="markdown")
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
