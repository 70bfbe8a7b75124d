from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hairtx.cli import options as o
from hairtx.cli.output import chosen_format, chosen_view, emit
from hairtx.cli.words import note_other_forms, one_name

if TYPE_CHECKING:
    from hairtx.analysis.scope import View

HELP = """Show one treatment: a short answer, and with --full everything about it.

Without --for, the answer is for the condition that the treatment is mainly for.

\b
Examples:
  hairtx show iron-infusion
  hairtx show minoxidil --for alopecia-areata
  hairtx show prp --rows price,harm
  hairtx show prp --full
  hairtx show iron-infusion --with breastfeeding
  hairtx show prp -o prp.html
"""


def command(
    words: o.Name,
    condition: o.ConditionOption = None,
    sex: o.SexOption = "any",
    rows: o.RowsOption = None,
    full: o.FullOption = False,
    factors: o.WithOption = None,
    horizon: o.HorizonOption = "12mo",
    region: o.RegionOption = None,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    # Not at the top: completing a name needs none of this, and takes a tenth less without it.
    from hairtx.analysis.views.comparison import describe

    chosen = chosen_format(format_name, output)
    view = chosen_view(chosen, full=full)
    # One treatment has room for everything.
    alone: dict[View, View] = {"table": "full", "page": "full-page"}
    view = alone.get(view, view)
    loaded = o.load_catalogue(catalogue, only=only)
    name = one_name(loaded, words)
    document = describe(
        loaded,
        name,
        condition=condition,
        sex=sex,
        rows=rows or (),
        factors=factors or (),
        horizon=o.months_of(horizon),
        region=region,
        view=view,
        today=dt.date.today(),
    )
    emit(document, format_name=chosen, output=output)
    note_other_forms(loaded, [name])
