"""Output as a reader sees it, compared with stored text that a person has read.

The small made-up catalogue is used, so that edits of the real one change nothing here. To write the snapshots anew:
``HAIRTX_WRITE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/test_snapshots.py``, then read the difference.
"""

from __future__ import annotations

import datetime as dt

import pytest

import hairtx
from hairtx.formats import FORMATS
from support import SMALL_FILE, SMALL_IDS, SNAPSHOTS, assert_snapshot

ROWS = ["indications", "invasiveness", "downtime", "effects", "side-effects", "costs"]
SUFFIX = {"table": "txt", "markdown": "md", "csv": "csv", "tsv": "tsv", "json": "json", "yaml": "yaml"}


@pytest.fixture(scope="module")
def small() -> hairtx.Catalogue:
    return hairtx.load([SMALL_FILE])


@pytest.mark.parametrize("width", [60, 100, 160])
def test_comparison_in_the_terminal(small: hairtx.Catalogue, width: int) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2], rows=ROWS)
    assert_snapshot(hairtx.render(document, "table", width=width), f"compare-{width}.txt")


def test_comparison_in_an_ascii_terminal(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2], rows=ROWS)
    assert_snapshot(hairtx.render(document, "table", width=100, ascii_only=True), "compare-ascii.txt")


def test_comparison_of_everything_asked_for_by_default(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2], today=dt.date(2020, 1, 1))
    assert_snapshot(hairtx.render(document, "table", width=100), "compare-default.txt")
    assert_snapshot(hairtx.render(document, "markdown"), "compare-default.md")


def test_comparison_of_different_things(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-graft"], rows=["uses", "setting", "costs"])
    assert_snapshot(hairtx.render(document, "table", width=80), "compare-different.txt")


# Pages are looked at in a browser; as text they would be mostly style sheet.
@pytest.mark.parametrize("name", [one for one in FORMATS[1:] if one != "html"])
def test_comparison_in_each_format(small: hairtx.Catalogue, name: str) -> None:
    document = hairtx.compare(small, SMALL_IDS[:2], rows=["invasiveness", "downtime", "costs"])
    assert_snapshot(hairtx.render(document, name), f"compare-rows.{SUFFIX[name]}")


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_description(small: hairtx.Catalogue, name: str) -> None:
    assert_snapshot(hairtx.render(hairtx.describe(small, "test-tonic"), name, width=80), f"show.{SUFFIX[name]}")


@pytest.mark.parametrize("width", [60, 120])
def test_list_in_the_terminal(small: hairtx.Catalogue, width: int) -> None:
    assert_snapshot(hairtx.render(hairtx.list_treatments(small), "table", width=width), f"list-{width}.txt")


@pytest.mark.parametrize("name", ["markdown", "csv", "json"])
def test_list_in_other_formats(small: hairtx.Catalogue, name: str) -> None:
    assert_snapshot(hairtx.render(hairtx.list_treatments(small), name), f"list.{SUFFIX[name]}")


def test_list_that_nothing_is_left_of(small: hairtx.Catalogue) -> None:
    report = hairtx.list_treatments(small, hairtx.Filters(kind="cosmetic", match="tonic"))
    assert_snapshot(hairtx.render(report, "table"), "list-nothing.txt")


def test_every_stored_snapshot_is_compared_with_something() -> None:
    with open(__file__, encoding="utf-8") as file:
        asked = file.read()
    for path in SNAPSHOTS.iterdir():
        stem = path.stem.rsplit("-", 1)[0] if path.stem.rsplit("-", 1)[-1].isdigit() else path.stem
        assert f'"{stem}' in asked, f"{path.name} is left over; delete it"
