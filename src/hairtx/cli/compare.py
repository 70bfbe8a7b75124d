from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hairtx.cli import options as o
from hairtx.cli.output import chosen_format, chosen_view, emit
from hairtx.cli.words import note_other_forms, treatments_in

HELP = """Compare two or more treatments side by side: a short answer, and with --full the table.

Without --for, they are compared for the condition that they are mainly for.

\b
Examples:
  hairtx compare prp mesotherapy
  hairtx compare "platelet rich plasma" minoxidil finasteride fue --for androgenetic-alopecia
  hairtx compare prp mesotherapy --full
  hairtx compare prp no-treatment --rows effects,side-effects,price
  hairtx compare prp topical-minoxidil --with pregnancy
  hairtx compare prp exosomes --format json | python -m json.tool
"""


def comparing(default: str) -> Callable[..., None]:
    """The command, with the format that it writes where nobody says one."""

    def command(
        names: o.Names = None,
        condition: o.ConditionOption = None,
        sex: o.SexOption = "any",
        rows: o.RowsOption = None,
        full: o.FullOption = False,
        one_page: o.OnePageOption = False,
        differences: o.DifferencesOption = False,
        factors: o.WithOption = None,
        horizon: o.HorizonOption = "12mo",
        region: o.RegionOption = None,
        format_name: o.FormatOption = None,
        output: o.OutputOption = None,
        catalogue: o.CatalogueOption = None,
        only: o.OnlyOption = False,
    ) -> None:
        # Not at the top: completing a name needs none of this, and takes a tenth less without it.
        from hairtx.analysis.views.comparison import compare

        chosen = chosen_format(format_name, output, default)
        loaded = o.load_catalogue(catalogue, only=only)
        typed = treatments_in(loaded, names or (), "compare", least=2)
        document = compare(
            loaded,
            typed,
            condition=condition,
            sex=sex,
            rows=rows or (),
            view=chosen_view(chosen, full=full, one_page=one_page),
            differences=differences,
            factors=factors or (),
            horizon=o.months_of(horizon),
            region=region,
            today=dt.date.today(),
        )
        emit(document, format_name=chosen, output=output)
        note_other_forms(loaded, typed)

    return command


command = comparing("table")
