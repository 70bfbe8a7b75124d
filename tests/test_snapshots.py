"""Output as a reader sees it, compared with stored text that a person has read.

The small made-up catalogues are used, so that edits of the real one change nothing here. To write the snapshots anew:
``HAIRTX_WRITE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/test_snapshots.py``, then read the difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import hairtx
from hairtx.formats import format_for
from support import SMALL_IDS, SNAPSHOTS, assert_snapshot, more, small

FEW_ROWS = ["invasiveness", "downtime", "costs"]
OLD = dt.date(2020, 1, 1)

Made = Callable[[], hairtx.Report]


def compared(**options: object) -> hairtx.Report:
    return hairtx.compare(small(), SMALL_IDS[:2], **options)  # type: ignore[arg-type]  # whatever compare() takes


def different() -> hairtx.Report:
    return hairtx.compare(small(), ["test-tonic", "test-graft"], rows=["uses", "setting", "costs"])


def taken() -> hairtx.Report:
    names = ["test-drip", "test-pill", "test-needling", "test-graft", "test-lamp", "test-waiting"]
    return hairtx.compare(more(), names, rows=["commitment"], view="table", horizon=24)


def described(**options: object) -> hairtx.Report:
    return hairtx.describe(small(), "test-tonic", **options)  # type: ignore[arg-type]  # whatever describe() takes


def listed() -> hairtx.Report:
    return hairtx.list_treatments(small())


def nothing_listed() -> hairtx.Report:
    return hairtx.list_treatments(small(), hairtx.Filters(kind="cosmetic", match="tonic"))


def screened() -> hairtx.Report:
    return hairtx.screen(more(), ["test-illness", "test-allergy"])


def nothing_screened() -> hairtx.Report:
    return hairtx.screen(more(), ["test-cold"], ["test-graft"], condition="test-patches", today=OLD)


def factors() -> hairtx.Report:
    return hairtx.list_factors(more())


def measured() -> hairtx.Report:
    return hairtx.effects(more(), ["test-tonic", "test-pill", "test-lamp"])


def measured_apart() -> hairtx.Report:
    return hairtx.effects(more(), ["test-tonic", "test-graft"], sex="female")


def edition() -> hairtx.Report:
    return hairtx.describe_edition(more(), today=OLD)


#: What is stored, by file: what is shown there, in the format of the suffix, and how wide. Pages are looked at in a
#: browser; as text they would be mostly style sheet.
STORED: dict[str, tuple[Made, int]] = {
    **{f"compare-{width}.txt": (compared, width) for width in (60, 100, 160)},
    "compare-ascii.txt": (compared, 100),
    "compare-answer.json": (compared, 100),
    "compare-full-100.txt": (partial(compared, view="table"), 100),
    "compare-default.txt": (partial(compared, today=OLD), 100),
    "compare-default.md": (partial(compared, today=OLD), 100),
    "compare-different.txt": (different, 80),
    **{f"compare-rows.{suffix}": (partial(compared, rows=FEW_ROWS), 100) for suffix in ("txt", "md", "csv", "tsv")},
    # Programs get the table's cells, as on the command line.
    **{f"compare-rows.{suffix}": (partial(compared, rows=FEW_ROWS, view="table"), 100) for suffix in ("json", "yaml")},
    "commitment.txt": (taken, 80),
    "commitment.json": (taken, 80),
    "show.txt": (described, 80),
    "show.md": (described, 80),
    **{f"show-full.{suffix}": (partial(described, view="full"), 80) for suffix in ("txt", "md")},
    "list-60.txt": (listed, 60),
    "list-120.txt": (listed, 120),
    "list-ascii.txt": (listed, 80),
    **{f"list.{suffix}": (listed, 100) for suffix in ("md", "csv", "json")},
    "list-nothing.txt": (nothing_listed, 100),
    # One character less than the table needs, as many as it needs, and some to spare.
    **{f"screen-{width}.txt": (screened, width) for width in (71, 72, 100)},
    **{f"screen.{suffix}": (screened, 100) for suffix in ("md", "csv", "json")},
    "screen-nothing.csv": (nothing_screened, 100),
    **{f"factors-{width}.txt": (factors, width) for width in (96, 97, 120)},
    **{f"factors.{suffix}": (factors, 100) for suffix in ("md", "csv")},
    "effects-80.txt": (measured, 80),
    "effects-100.txt": (measured, 100),
    **{f"effects.{suffix}": (measured, 100) for suffix in ("md", "csv", "json")},
    "effects-apart.txt": (measured_apart, 80),
    "about.txt": (edition, 80),
    **{f"about.{suffix}": (edition, 100) for suffix in ("md", "csv", "tsv")},
}


@pytest.mark.parametrize("name", STORED)
def test_output_is_as_it_was_read(name: str) -> None:
    made, width = STORED[name]
    text = hairtx.render(made(), format_for(Path(name)), width=width, ascii_only="ascii" in name)
    assert_snapshot(text, name)


def test_every_stored_snapshot_is_compared_with_something() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == set(STORED)
