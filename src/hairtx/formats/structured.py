"""Reports as JSON and YAML for programs. docs/formats.md describes the shape; ``SCHEMA_VERSION`` its version."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from hairtx.analysis.document import Item, Report, Row, plain

__all__ = ["SCHEMA_VERSION", "json_of", "json_text", "yaml_of", "yaml_text"]

#: Raised when a key changes its meaning or goes away; new keys may come at any time.
SCHEMA_VERSION: Final = 2
#: Numbers of the core schema of YAML 1.2, such as 09, 1e3 and 0o17.
_NUMBER_OF_1_2: Final = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$|0o[0-7]+$|0x[0-9a-fA-F]+$"
)


def json_of(report: Report) -> str:
    """The report as JSON."""
    return json_text(_data_of(report))


def yaml_of(report: Report) -> str:
    """The report as YAML."""
    return yaml_text(_data_of(report))


def json_text(data: dict[str, Any]) -> str:
    """Indented JSON, UTF-8 characters as they are, one line feed at the end."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def yaml_text(data: dict[str, Any]) -> str:
    """The same as YAML."""
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # one of two, the faster if it is there
        """PyYAML's, which writes YAML 1.1: what readers of 1.2 take for a number is quoted too."""

    Dumper.add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER_OF_1_2, list("-+.0123456789"))
    text: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


def _data_of(report: Report) -> dict[str, Any]:
    """A report as plain values."""
    data = {"schema_version": SCHEMA_VERSION, "kind": report.kind, "title": report.title, **plain(report.data)}
    if report.columns:
        data |= _table(report)
    if report.references or report.columns:
        data["sources"] = {
            one.key: {
                "number": one.number,
                "short": one.short,
                **plain(one.data),
                "link": one.link or None,
                **({"origin": one.origin} if one.origin else {}),
            }
            for one in report.references
        }
    data |= {"edition": report.edition, "readings": report.readings} if report.readings else {"edition": report.edition}
    return data | {"notices": list(report.notices), "disclaimer": report.disclaimer}


def _table(report: Report) -> dict[str, Any]:
    keys = {one.number: one.key for one in report.references}

    def statement(item: Item) -> dict[str, Any]:
        said: dict[str, Any] = {"text": item.text}
        if item.lead:
            said = {"lead": item.lead, **said}
        if item.gauge is not None:
            said["level"] = {"scale": item.gauge.scale, "level": item.gauge.level, "of": item.gauge.steps}
        if item.lead_refs:
            said["said_by"] = [keys[number] for number in item.lead_refs]
        if item.people:
            said["people"] = plain(item.people)
        said["sources"] = [keys[number] for number in item.refs]
        return said

    def told(row: Row) -> dict[str, Any]:
        return {
            "key": row.key,
            "label": row.label,
            "cells": {
                column.key: {
                    "reported": bool(cell.items),
                    "statements": [statement(item) for item in cell.items],
                    "data": plain(cell.data),
                }
                for column, cell in zip(report.columns, row.cells, strict=True)
            },
        }

    return {
        "notes": [statement(item) for item in report.lead],
        "untreated": [statement(item) for item in report.untreated],
        "treatments": [
            {
                "id": column.key,
                "name": column.name,
                **({"what": column.what} if column.what else {}),
                **({"origin": column.origin_data} if column.origin_data else {}),
            }
            for column in report.columns
        ],
        "answer": [told(row) for row in report.answer],
        "scale": [statement(item) for item in report.scale],
        "rows": [told(row) for row in report.rows],
    }
