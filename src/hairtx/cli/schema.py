from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from hairtx.catalogue.schema import schema_for
from hairtx.cli.output import write_text
from hairtx.files import write_atomically
from hairtx.formats.structured import json_text

HELP = """Print the JSON Schema of catalogue files, with which editors complete and check.

Put it beside your catalogue and name it in the catalogue's first line:

\b
  # yaml-language-server: $schema=catalogue.schema.json

\b
Examples:
  hairtx schema -o catalogue.schema.json
  hairtx schema treatments
"""


def command(
    name: Annotated[
        Literal["catalogue", "treatments", "sources", "vocabulary", "about"],
        typer.Argument(metavar="[KIND]", help="Which kind of file: catalogue, or one of the built-in ones."),
    ] = "catalogue",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", readable=False, help="Write to this file.", show_default=False),
    ] = None,
) -> None:
    text = json_text(schema_for(name))
    if output is not None:
        write_atomically(output, text.encode())
    else:
        write_text(text)
