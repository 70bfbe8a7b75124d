"""Writes data/*.schema.json anew from the model."""

from __future__ import annotations

from pathlib import Path

from hairtx.catalogue.schema import SCHEMAS, schema_for
from hairtx.formats.structured import json_text

DATA = Path(__file__).parent.parent / "data"

if __name__ == "__main__":
    for name in SCHEMAS:
        (DATA / f"{name}.schema.json").write_text(json_text(schema_for(name)), encoding="utf-8")
