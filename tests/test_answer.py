"""The short answer over the built-in catalogue: it fits a screen, and what it leaves out is never what matters most."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import hairtx
from hairtx.analysis.document import Item
from support import loaded, sharing, small_values

#: Lines that an answer takes at most, by how wide the page is; for three treatments and for one, on the usual page.
MOST_LINES = {60: 60, 100: 45}
MOST_LINES_FOR_THREE = 60
MOST_LINES_FOR_ONE = 45
PAGE = 100
#: Words of a cell, and of all that is said about three treatments. Signs and rules are no words.
MOST_WORDS = 25
MOST_WORDS_FOR_THREE = 450
WIDTHS = (60, 80, PAGE, 160)
#: On other pages than that one every third pair has to do: each treatment is in ten of them.
EVERY = 3
#: The word that says how sure it is, by how much of the gauge is filled.
HEDGES = {0: "no study", 1: "unclear", 2: "may", 3: "probably"}


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
        assert len(lines) <= MOST_LINES.get(width, len(lines)), pair
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
    long = {
        (row.key, said)
        for report in _answers().values()
        for row in report.answer
        for cell in row.cells
        if _words(said := " ".join(f"{item.lead} {item.text}" for item in cell.items)) > MOST_WORDS
    }
    assert long == set()


def test_three_treatments_fit_one_screen_side_by_side(catalogue: hairtx.Catalogue) -> None:
    for names in sharing(catalogue, 3, number=200):
        text = hairtx.render(hairtx.compare(catalogue, names), "table", width=PAGE)
        assert len(text.splitlines()) <= MOST_LINES_FOR_THREE, names
        assert _words(text) <= MOST_WORDS_FOR_THREE, (names, _words(text))
        heads = [catalogue[name].short_name.split()[0] for name in names]
        assert any(all(head in line for head in heads) for line in text.splitlines()), names


def _words(text: str) -> int:
    return sum(any(character.isalnum() for character in word) for word in text.split())


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
    def said(sex: Any, condition: str = "androgenetic-alopecia") -> list[str]:
        names = ["oral-finasteride", "topical-minoxidil"]
        report = hairtx.compare(catalogue, names, sex=sex, condition=condition)
        [row] = [row for row in report.answer if row.key == "regulatory"]
        return [cell.items[0].text for cell in row.cells if cell.items]

    assert said("any")[0] == "US, EU, UK: yes, men."
    assert said("male")[0] == "US, EU, UK: yes."
    assert said("female")[0] == "US, EU, UK: for men only."
    # A decision for one condition is none for another.
    assert said("any")[1] == "US, UK, EU: yes, no prescription."
    assert said("any", "alopecia-areata") == ["US: not for this."]


@pytest.mark.parametrize(
    ("sex", "others"), [("male", r"\b(women|periods?|menopause)\b"), ("female", r"\b(men|male)\b")]
)
def test_what_stands_above_an_answer_for_one_sex_speaks_of_no_other(
    catalogue: hairtx.Catalogue, sex: Any, others: str
) -> None:
    for condition in catalogue.conditions:
        told = hairtx.describe(catalogue, "no-treatment", condition=condition, sex=sex).lead
        assert "See a doctor first if" in {item.lead for item in told}
        assert [item.text for item in told if re.search(others, item.text, re.IGNORECASE)] == [], condition


def test_who_is_satisfied_is_not_told_as_a_gain_of_hair(tmp_path: Path) -> None:
    values = small_values()
    outcome = values["treatments"][0]["effects"][2]["outcome"]
    with_gain = loaded(values, tmp_path / "gain.yaml")
    values["outcomes"][outcome]["of_hair"] = False
    without = loaded(values, tmp_path / "satisfied.yaml")

    def gain(catalogue: hairtx.Catalogue) -> str:
        (row,) = (one for one in hairtx.describe(catalogue, "test-tonic").answer if one.label == "Gain, of 100")
        return " ".join(item.text for item in row.cells[0].items)

    assert gain(with_gain) != gain(without) == "Not counted."
