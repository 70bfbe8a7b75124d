"""Helpers of the tests: a small made-up catalogue, hostile text, and stored snapshots.

``HAIRTX_WRITE_SNAPSHOTS=1 make tests`` writes the snapshots anew; read the difference before keeping it.
"""

from __future__ import annotations

import copy
import json
import os
import re
import unicodedata
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

import hairtx

HERE = Path(__file__).parent
SMALL_FILE = HERE / "data" / "test-catalogue.yaml"
#: Read beside the small catalogue where a test needs what that one has not.
MORE_FILE = HERE / "data" / "test-more.yaml"
SNAPSHOTS = HERE / "snapshots"
#: As arguments: both of them, and nothing that is built in.
ONLY_SMALL = ("--catalogue", str(SMALL_FILE), "--catalogue", str(MORE_FILE), "--only")
#: The treatments of the small catalogue, in file order.
SMALL_IDS = ("test-tonic", "test-needling", "test-graft", "test-waiting")


def sharing(catalogue: hairtx.Catalogue, size: int, *, number: int) -> list[tuple[str, ...]]:
    """So many selections of ``size`` treatments that share a condition, spread evenly over all there are."""
    listed = {one.id: {indication.condition for indication in one.indications} for one in catalogue}
    together = [names for names in combinations(listed, size) if set.intersection(*(listed[name] for name in names))]
    return together[:: -(-len(together) // number)]


@cache
def small() -> hairtx.Catalogue:
    """The small made-up catalogue."""
    return hairtx.load([SMALL_FILE])


@cache
def more() -> hairtx.Catalogue:
    """The small made-up catalogue with what its second file adds."""
    return hairtx.load([SMALL_FILE, MORE_FILE])


@cache
def _small_values() -> dict[str, Any]:
    # The base loader would leave numbers as text; dates go back to the form in which they were written.
    values = yaml.safe_load(SMALL_FILE.read_text(encoding="utf-8"))
    return json.loads(json.dumps(values, default=lambda date: f"@{date.isoformat()}"))


def small_values() -> dict[str, Any]:
    """The small catalogue as plain values to change and write with :func:`write_catalogue`."""
    return copy.deepcopy(_small_values())


def write_catalogue(values: Any, path: Path) -> Path:
    """Plain values as a YAML file: JSON, whose every form YAML reads alike, with dates unquoted."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    path.write_text(re.sub(r'"@(\d{4}-\d\d-\d\d)"', r"\1", text), encoding="utf-8", newline="")
    return path


def loaded(values: Any, path: Path) -> hairtx.Catalogue:
    return hairtx.load([write_catalogue(values, path)])


def problems_of(*paths: Path) -> tuple[hairtx.Problem, ...]:
    """What is wrong with these files; fails where nothing is."""
    try:
        hairtx.load(list(paths))
    except hairtx.CatalogueError as error:
        return error.problems
    raise AssertionError("the files were accepted")


def assert_snapshot(text: str, name: str) -> None:
    """``text`` is what the stored file says, character by character."""
    path = SNAPSHOTS / name
    if os.environ.get("HAIRTX_WRITE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"there is no snapshot {name}; write it with HAIRTX_WRITE_SNAPSHOTS=1 and read it"
    stored = path.read_text(encoding="utf-8")
    assert text == stored, f"{name} differs; if that is meant, write it anew with HAIRTX_WRITE_SNAPSHOTS=1"


_FRAGMENTS = (
    *("|", "\\|", "\\", "`", "``", "*", "**", "_", "__", "~~", "[x](y)", "![", "]", "[1]", "[1]: http://x.org", "<br>"),
    *("<script>alert(1)</script>", "&lt;", "&#124;", "#", "# ", "- ", "+ ", "1. ", "1) ", "> ", "---", "===", "$x$"),
    *("=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\r=1", "\n=1", "\uff1d1", " =1", "'", '"', '"",', ","),
    *(
        ";",
        "https://example.org/a_b",
        "www.example.org",
        "a@b.org",
        "[bold]x[/bold]",
        "[/]",
        ":smile:",
        "\r",
        "\n",
    ),
    *(
        "\n\n",
        "\n| a | b |\n",
        "\n    code",
        "日本語の薬",
        "e\u0301",
        "👩‍👩‍👧",
        "\u200b",
        "\u00a0",
        "x" * 90,
        "no",
        "null",
        "~",
        "%",
        "{{",
        "}}",
    ),
)
_REFUSED = re.compile(r"[\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufff9-\uffff]")


def _acceptable(character: str) -> bool:
    return not _REFUSED.match(character) and unicodedata.category(character) not in {"Cc", "Cs"}


#: Text that a catalogue file may hold and that means something to one of the formats.
hostile_text = (
    st.lists(
        st.sampled_from(_FRAGMENTS)
        | st.text(st.characters(exclude_categories=["Cs", "Cc"]).filter(_acceptable), min_size=1, max_size=12),
        min_size=1,
        max_size=5,
    )
    .map("".join)
    .filter(lambda text: text.strip())
)


def hostile_values(texts: list[str]) -> dict[str, Any]:
    """The small catalogue with these texts, in turn, in every place that holds words."""
    values = small_values()
    state = {"next": 0}

    def taken(limit: int) -> str:
        text = texts[state["next"] % len(texts)][:limit]
        state["next"] += 1
        return text if text.strip() else "x"

    limits = {"short_name": 24, "name": 150, "label": 150, "effect": 150, "comparator": 150, "region": 150}
    words = {"text", "basis", "note", "detail", "figure", "why", "finding", "claim", "title", "authors", "publication"}

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(one) for one in value]
        if not isinstance(value, dict):
            return value
        result = {}
        for key, item in value.items():
            if isinstance(item, str) and key in limits:
                # Names must differ from each other, or the catalogue is refused for that.
                state["next"] += 1
                number = f"{state['next']} "
                result[key] = taken(limits[key] - 6) + number.strip() if key != "name" else number + taken(140)
            elif isinstance(item, str) and key in words:
                result[key] = taken(1000)
            else:
                result[key] = changed(item)
        return result

    values["treatments"] = changed(values["treatments"])
    values["sources"] = changed(values["sources"])
    values["conditions"] = changed(values["conditions"])
    values["about"]["disclaimer"] = taken(500)
    return values
