from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hairtx.analysis.views.claims import kinds_of_claims, list_claims
from hairtx.catalogue.model import Verdict
from hairtx.cli import options as o
from hairtx.cli.output import chosen_format, emit
from hairtx.cli.words import treatments_in
from hairtx.errors import UnknownNameError, UsageError

HELP = """Show what is claimed, who claims it, and what studies say to that.

\b
Examples:
  hairtx claims mesotherapy --full
  hairtx claims --verdict contradicted
  hairtx claims prp exosomes --format csv
  hairtx claims --by "web article"
  hairtx claims --match "no downtime"
  hairtx claims --matrix prp
"""


def command(
    names: o.AnyNames = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Only claims with this verdict.", show_default=False)] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="SOURCE",
            help="Only claims made by it: its key, or words of its name or address.",
            autocompletion=o.complete_claimant,
            show_default=False,
        ),
    ] = None,
    match: Annotated[
        str | None,
        typer.Option(
            "--match", metavar="TEXT", help="Only claims that say what this sentence says.", show_default=False
        ),
    ] = None,
    show_matrix: Annotated[
        bool, typer.Option("--matrix", help="Every kind of claim: its verdicts, and what has none yet.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Also in the terminal who says it, and all sources.")] = False,
    format_name: o.FormatOption = None,
    output: o.OutputOption = None,
    catalogue: o.CatalogueOption = None,
    only: o.OnlyOption = False,
) -> None:
    loaded = o.load_catalogue(catalogue, only=only)
    try:
        chosen = treatments_in(loaded, names or (), "claims")
    except UnknownNameError as unknown:
        also = "What is claimed is found with 'hairtx claims --match TEXT', and a whole text with 'hairtx check FILE'."
        raise UnknownNameError(
            unknown.kind, unknown.name, unknown.nearest, unknown.look_in, unknown.labels, also
        ) from None
    today = dt.date.today()
    if show_matrix and (match, verdict, by) != (None, None, None):
        raise UsageError("--matrix shows all kinds of claims; give it with treatments alone")
    if show_matrix:
        claims = kinds_of_claims(loaded, chosen, today=today)
    elif match is None:
        # What is written to a file or read by a program has everything.
        full = full or chosen_format(format_name, output) != "table"
        claims = list_claims(loaded, chosen, verdict=verdict, by=by, full=full, today=today)
    elif verdict is not None or by is not None:
        raise UsageError("--match finds claims by what they say; give it without --verdict and --by")
    else:
        from hairtx.analysis.views.brochure import match_claims  # every other list of claims does without the matcher

        claims = match_claims(loaded, match, treatments=chosen, today=today)
    emit(claims, format_name=format_name, output=output)
