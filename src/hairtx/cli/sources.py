from __future__ import annotations

import datetime as dt
from typing import Annotated, get_args

import typer

from hairtx.catalogue.model import SourceType
from hairtx.cli import options as o
from hairtx.cli.output import emit
from hairtx.cli.words import treatments_in

HELP = """List the sources: what each was used for, how much of it was read, and where it is found.

\b
Examples:
  hairtx sources prp
  hairtx sources --type systematic-review
  hairtx sources prp microneedling --format csl-json -o references.json
"""


def command(
    names: o.AnyNames = None,
    kind: Annotated[
        SourceType | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help=f"Only sources of this type: {', '.join(get_args(SourceType))}.",
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[
        str | None, o.format_option("sources", "Output format; csl-json is for reference managers.")
    ] = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    # Not at the top: completing a name needs none of this, and takes a tenth less without it.
    from hairtx.analysis.views.bibliography import list_sources

    loaded = o.load_catalogue(catalogue, only=only)
    chosen = treatments_in(loaded, names or (), "sources")
    sources = list_sources(loaded, chosen, kind=kind, today=dt.date.today())
    emit(sources, format_name=format_name, output=output)
