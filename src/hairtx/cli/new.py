from __future__ import annotations

import contextlib
import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import typer

from hairtx.catalogue.model import RESERVED
from hairtx.catalogue.places import builtin_folder
from hairtx.catalogue.starter import starter_entry, starter_from
from hairtx.cli import options as o
from hairtx.cli.output import write_text
from hairtx.errors import OutputError, UsageError
from hairtx.files import display_name, read_bytes, write_new

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_SCHEMA = "catalogue.schema.json"
HELP = """Write a starter entry to fill in: ID.yaml in the working folder.

It explains every field and leaves blanks; 'hairtx validate' says what is still missing.
catalogue.schema.json is put beside it, by which editors complete and check.
A file that is already there is never overwritten.

\b
Examples:
  hairtx new my-tonic
  hairtx new prp-our-way --from prp
  hairtx new my-tonic -o clinic/my-tonic.yaml
"""


def command(
    treatment_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the new entry: small letters, digits and hyphens.")
    ],
    base: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="TREATMENT",
            help="Begin with a copy of this entry.",
            autocompletion=o.complete_treatment,
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            readable=False,
            help="Write to this file, not ID.yaml.",
            show_default=False,
        ),
    ] = None,
    catalogue: o.CatalogueOption = None,
) -> None:
    if not _ID.fullmatch(treatment_id):
        raise UsageError(f"{treatment_id!r} cannot be an id; use small letters, digits and hyphens, such as 'my-tonic'")
    if treatment_id in RESERVED:
        raise UsageError(f"{treatment_id!r} is the name of a device on Windows and cannot be an id; choose another")
    loaded = o.load_catalogue(catalogue)
    if treatment_id in loaded:
        taken = loaded[treatment_id].id
        hint = f"choose another id, or change that entry with 'extends: {taken}'"
        raise UsageError(f"{treatment_id!r} already leads to {taken!r}; {hint}")
    to_stdout = output == Path("-")
    path = output if output is not None and not to_stdout else Path(f"{treatment_id}.yaml")
    file = display_name(path)
    today = dt.date.today()
    if base is None:
        text = starter_entry(treatment_id, file=file, schema=_SCHEMA, today=today)
    else:
        where = f"edition {loaded.about.edition}"
        text = starter_from(loaded[base], treatment_id, file=file, schema=_SCHEMA, today=today, where=where)
    if to_stdout:
        write_text(text)
        return
    write_new(path, text.encode())
    # Beside the file, where its first line looks: the two go together to another folder or machine.
    beside = ""
    with contextlib.suppress(OutputError):
        write_new(path.parent / _SCHEMA, read_bytes(builtin_folder() / _SCHEMA))
        beside = f", and beside it {_SCHEMA}, which editors read"
    write_text(f"{file} is written{beside}. Fill in its blanks; 'hairtx validate {file}' says what is missing.\n")
