"""``hairtx claims``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.views.claims import list_claims
from hairtx.catalogue.model import Verdict
from hairtx.cli.options import (
    AnyNames,
    CatalogueOption,
    FormatOption,
    OnlyOption,
    OutputOption,
    complete_claimant,
    load_catalogue,
)
from hairtx.cli.output import emit


def command(
    names: AnyNames = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Only claims with this verdict.", show_default=False)] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="SOURCE",
            help="Only claims made by it: its key, or words of its name or address.",
            autocompletion=complete_claimant,
            show_default=False,
        ),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    catalogue: CatalogueOption = None,
    only: OnlyOption = False,
) -> None:
    """Show what is claimed, who claims it, and what studies say to that.

    \b
    Examples:
      hairtx claims mesotherapy
      hairtx claims --verdict contradicted
      hairtx claims prp exosomes --format csv
      hairtx claims --by "founding article"
    """
    claims = list_claims(
        load_catalogue(catalogue, only=only), names or (), verdict=verdict, by=by, today=dt.date.today()
    )
    emit(claims, format_name=format_name, output=output)
