from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.views.listing import Filters, SortKey, list_treatments
from hairtx.catalogue.model import Certainty, Invasiveness, Kind, Setting
from hairtx.cli import options as o
from hairtx.cli.output import emit

HELP = """List the treatments, grouped from least to most invasive, one line each.

A line tells of the condition asked for, or of the one that the treatment lists first.
--sort cost: the least a year can cost first; effort: the fewest visits, then the fewest doses.

\b
Examples:
  hairtx list
  hairtx list --max-invasiveness minimally-invasive --setting clinic
  hairtx list --for androgenetic-alopecia --sex female --min-certainty low
  hairtx list --without pregnancy --without "blood thinners"
  hairtx list --for "pattern hair loss" --sort cost
  hairtx list --max-downtime 2d --format csv
"""


def command(
    invasiveness: Annotated[Invasiveness | None, typer.Option(help="Only this level.", show_default=False)] = None,
    max_invasiveness: Annotated[
        Invasiveness | None, typer.Option(help="This level or less.", show_default=False)
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only this kind.", show_default=False)] = None,
    setting: Annotated[Setting | None, typer.Option(help="Only where it is done here.", show_default=False)] = None,
    condition: o.ListedForOption = None,
    sex: o.ListedSexOption = None,
    max_downtime: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Ordinary activities within this time: 2d, '1 week'.", show_default=False),
    ] = None,
    min_certainty: Annotated[
        Certainty | None, typer.Option(help="At least this sure that it helps.", show_default=False)
    ] = None,
    match: Annotated[
        str | None, typer.Option(metavar="TEXT", help="These words in name, alias or summary.", show_default=False)
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="FACTOR",
            help="Leave out what lists 'avoid' for it; mark the rest. Repeatable.",
            autocompletion=o.complete_factor,
            show_default=False,
        ),
    ] = None,
    sort: Annotated[SortKey, typer.Option(help="Order within a level of invasiveness.")] = "invasiveness",
    reverse: Annotated[bool, typer.Option("--reverse", help="Turn the order round.")] = False,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    filters = Filters(
        invasiveness=invasiveness,
        max_invasiveness=max_invasiveness,
        kind=kind,
        setting=setting,
        condition=condition,
        sex=sex,
        max_downtime=o.duration(max_downtime) if max_downtime is not None else None,
        min_certainty=min_certainty,
        match=match,
        without=tuple(without or ()),
    )
    loaded = o.load_catalogue(catalogue, only=only)
    listing = list_treatments(loaded, filters, sort=sort, reverse=reverse, today=dt.date.today())
    emit(listing, format_name=format_name, output=output)
