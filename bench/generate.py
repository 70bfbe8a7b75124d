"""Writes a catalogue of any size: real entries of the shipped one, shortened and renamed.

``python bench/generate.py 1000 FOLDER`` writes ``FOLDER/treatments.yaml`` with 1,000 treatments of about 4 kB
each. They refer to the sources and the vocabulary of the built-in catalogue, so the file is used as an overlay.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

SHIPPED = Path(__file__).parent.parent / "data" / "treatments.yaml"
#: How many items of each list an entry keeps.
_KEPT = 2


def write_catalogue(size: int, folder: Path) -> Path:
    """A catalogue file with ``size`` treatments; its path."""
    shipped = yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.CSafeLoader)["treatments"]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "treatments.yaml"
    with target.open("w", encoding="utf-8") as file:
        file.write("treatments:\n")
        for number in range(size):
            entry = _renamed(_shortened(shipped[number % len(shipped)]), number)
            yaml.dump([entry], file, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=118)
    return target


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        # A confidence interval is a pair and stays one.
        return {key: item if key == "ci95" else _shortened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_KEPT]]
    return value


def _renamed(entry: dict[str, Any], number: int) -> dict[str, Any]:
    entry["id"] = f"{entry['id'][:50]}-{number}"
    entry["name"] = f"{entry['name'][:120]} {number}"
    entry["short_name"] = f"{entry['short_name'][:16]} {number}"
    entry["aliases"] = [f"{alias[:120]} {number}" for alias in entry.get("aliases", [])]
    entry.pop("combinations", None)
    return entry


if __name__ == "__main__":
    print(write_catalogue(int(sys.argv[1]), Path(sys.argv[2])))
