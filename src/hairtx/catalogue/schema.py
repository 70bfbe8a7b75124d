"""The JSON Schema (2020-12) of catalogue files, generated from the model, for editors that complete and check."""

from __future__ import annotations

import inspect
import re
from typing import Any, Final

import msgspec

from hairtx.catalogue.descriptions import DESCRIPTIONS
from hairtx.catalogue.model import TABLES, CatalogueFile
from hairtx.catalogue.quantity import Amount, Count, Quantity
from hairtx.catalogue.reading.extending import EXTENDS

__all__ = ["SCHEMAS", "schema_for"]

#: Name of each schema: what it is for, and the keys at the top that such a file may have.
SCHEMAS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "catalogue": ("A hairtx catalogue of your own", (*TABLES, "about")),
    "treatments": ("The treatments of the built-in hairtx catalogue", ("treatments",)),
    "sources": ("The bibliography of the built-in hairtx catalogue", ("sources",)),
    "vocabulary": (
        "The vocabulary of the built-in hairtx catalogue",
        tuple(table for table in TABLES if table not in {"treatments", "sources"}),
    ),
    "about": ("The facts about the edition of the built-in hairtx catalogue", ("about",)),
}
_REFERENCE: Final = "#/$defs/"
_NUMBERS: Final[dict[type, list[str]]] = {Count: ["string", "integer"], Amount: ["string", "number"]}


def schema_for(name: str) -> dict[str, Any]:
    """One of :data:`SCHEMAS` as plain values."""
    (_,), defined = msgspec.json.schema_components(
        [CatalogueFile], schema_hook=_quantity, ref_template=_REFERENCE + "{name}"
    )
    for record, schema in defined.items():
        if "properties" in schema:
            schema["title"] = _titled(record)
            if "description" in schema:  # taken from the record's docstring, which `python -OO` leaves out
                # From Python 3.13 on a docstring comes without its indentation.
                schema["description"] = inspect.cleandoc(schema["description"]).replace("``", "'")
            for field, described in schema["properties"].items():
                _describe(described, f"{record}.{field}")
        _for_editors(schema)
    defined["Extension"] = _extension(defined["Treatment"])
    top = defined.pop("CatalogueFile")
    top["properties"]["treatments"]["items"] = {
        "if": {"required": [EXTENDS]},
        "then": {"$ref": f"{_REFERENCE}Extension"},
        "else": {"$ref": f"{_REFERENCE}Treatment"},
    }
    title, keys = SCHEMAS[name]
    properties = {key: top["properties"][key] for key in keys}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": "Every statement of fact has a source. What is not known is left out.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": {key: defined[key] for key in sorted(_reached(properties, defined))},
    }


def _quantity(kind: type) -> dict[str, Any]:
    if not issubclass(kind, Quantity):
        raise NotImplementedError(f"no schema for {kind}")
    # Editors read patterns as JavaScript does, which writes named groups differently and needs none here.
    pattern = re.sub(r"\?P<\w+>", "", "|".join(kind.patterns))
    return {
        "type": _NUMBERS.get(kind, "string"),
        "pattern": rf"^\s*(?:{pattern})\s*$",
        "minimum": 0,
        "maximum": 10**9 - 1,
    }


def _titled(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ")
    return words[:1].upper() + words[1:].lower()


def _describe(schema: dict[str, Any], key: str) -> None:
    description, *examples = DESCRIPTIONS[key]
    schema |= {"title": _titled(key.partition(".")[2]), "description": description, "examples": examples}


def _for_editors(schema: Any) -> None:
    """Patterns as JavaScript reads them, and nothing said twice."""
    if isinstance(schema, list):
        for item in schema:
            _for_editors(item)
    elif isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            schema["pattern"] = schema["pattern"].replace(r"\Z", "$")
        if schema.get("type") == "string":
            schema.pop("minimum", None)
            schema.pop("maximum", None)
        for name, item in schema.items():
            if name != "examples":
                _for_editors(item)


def _extension(treatment: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"type": "string"}
    _describe(described, f"Treatment.{EXTENDS}")
    return {
        **treatment,
        "title": "Extension",
        "description": "An entry that takes over every field of another one that it does not write itself.",
        "properties": {EXTENDS: described, **treatment["properties"]},
        "required": [EXTENDS],
    }


def _reached(schema: Any, defined: dict[str, Any]) -> set[str]:
    """The names of all definitions that ``schema`` leads to."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).removeprefix(_REFERENCE)
            if name and name not in found:
                found.add(name)
                waiting.append(defined[name])
            waiting += [item for key, item in one.items() if key != "examples"]
        elif isinstance(one, list):
            waiting += one
    return found
