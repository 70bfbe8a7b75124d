"""The short answer over the built-in catalogue: it fits a screen, and what it leaves out is never what matters most."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest
from rich.cells import cell_len

import hairtx
from hairtx.analysis.document import Item

#: Lines that an answer about two treatments takes at most, one about a single treatment, and the width of the page that
#: they are counted on.
MOST_LINES = 47
MOST_LINES_FOR_ONE = 41
PAGE = 100
MOST_WORDS = 25
WIDTHS = (60, 80, PAGE, 160)
#: On other pages than that one every third pair has to do: each treatment is in ten of them.
EVERY = 3
#: The word that says how sure it is, by how much of the gauge is filled.
HEDGES = {0: "no study was found", 1: "unclear", 2: "may", 3: "probably"}


@cache
def _answers() -> dict[str, hairtx.Report]:
    """Every two treatments that are for the same condition, compared once."""
    catalogue = hairtx.load()
    conditions = {one.id: {rated.condition for rated in one.indications} for one in catalogue}
    pairs = (pair for pair in itertools.combinations(conditions, 2) if conditions[pair[0]] & conditions[pair[1]])
    return {" ".join(pair): hairtx.compare(catalogue, pair) for pair in pairs}


def _items(report: hairtx.Report) -> list[tuple[str, Item]]:
    """What is said, each with the key of its row."""
    told = [("lead", item) for item in report.lead]
    return told + [(row.key, item) for row in report.answer for cell in row.cells for item in cell.items]


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_answer_fits_its_page(width: int) -> None:
    for pair, report in itertools.islice(_answers().items(), None, None, 1 if width == PAGE else EVERY):
        lines = hairtx.render(report, "table", width=width).splitlines()
        assert [line for line in lines if cell_len(line) > width] == [], pair
        assert width != PAGE or len(lines) <= MOST_LINES, pair
        # Whatever the width, these two come before any option, and the edition is named.
        text = "\n".join(lines)
        first, doctor, options = (text.find(one) for one in ("Doing nothing: ", "See a doctor first", "Does it work?"))
        assert 0 < first < doctor < options, pair
        assert "Edition " in text, pair


def test_an_answer_about_one_treatment_fits_its_page_too() -> None:
    catalogue = hairtx.load()
    for one in catalogue:
        for condition in {rated.condition for rated in one.indications}:
            text = hairtx.render(hairtx.describe(catalogue, one.id, condition=condition), "table", width=PAGE)
            assert len(text.splitlines()) <= MOST_LINES_FOR_ONE, (one.id, condition)


def test_nothing_in_an_answer_is_long() -> None:
    long = {item.text for report in _answers().values() for _, item in _items(report) if _words(item.text) > MOST_WORDS}
    assert long == set()


def _words(text: str) -> int:
    return len(text.split())


@pytest.mark.slow
def test_every_number_in_brackets_is_a_reference() -> None:
    for pair, report in _answers().items():
        known = {one.number for one in report.references}
        assert {number for _, item in _items(report) for number in item.refs} == known, pair
        shown = re.findall(r"\[([0-9,]+)\]", hairtx.render(report, "table", width=PAGE))
        assert {int(number) for group in shown for number in group.split(",")} <= known, pair


def test_what_is_unsure_is_said_to_be_unsure() -> None:
    rated = {
        (item.gauge.level, item.text)
        for report in _answers().values()
        for _, item in _items(report)
        if item.gauge is not None and item.gauge.scale == "certainty"
    }
    assert {level for level, _ in rated} > set(HEDGES)
    for level, text in rated:
        said = {word for word in HEDGES.values() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}
        assert said >= {HEDGES[level]} if level in HEDGES else not said, text


def test_a_yes_of_a_regulator_is_not_told_to_one_sex_as_if_it_were_for_it(catalogue: hairtx.Catalogue) -> None:
    def said(sex: str) -> str:
        report = hairtx.compare(catalogue, ["oral-finasteride", "topical-minoxidil"], sex=sex)
        [row] = [row for row in report.answer if row.key == "regulatory"]
        return row.cells[0].items[0].text

    assert said("female").endswith("For whom: see the table.")
    assert "For whom" not in said("any")
