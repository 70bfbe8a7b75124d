"""Conditions: warning signs first, certainty for men and women apart, waiting apart from treatments."""

from __future__ import annotations

import pytest

import hairtx
from conftest import Run

CONDITIONS = ["androgenetic-alopecia", "telogen-effluvium", "alopecia-areata", "iron-deficiency-hair-loss"]


def test_overview_names_every_condition(run: Run) -> None:
    done = run("conditions")
    assert (done.returncode, done.stderr) == (0, "")
    text = "".join(done.stdout.split())
    assert all(key in text for key in CONDITIONS)


def test_condition_is_found_by_what_people_call_it(run: Run) -> None:
    done = run("conditions", "patchy hair loss")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Patchy hair loss (alopecia areata)")
    assert done.stdout.index("See a doctor first if") < done.stdout.index("What it is")


def test_unknown_condition_is_an_error_with_suggestions(run: Run) -> None:
    done = run("conditions", "alopecia aerata")
    assert done.returncode == 2
    assert "'alopecia-areata'" in done.stderr


@pytest.mark.parametrize("key", CONDITIONS)
def test_every_rating_stands_under_its_own_certainty_and_sex(key: str, catalogue: hairtx.Catalogue) -> None:
    report = hairtx.describe_condition(catalogue, key)
    levels = {block.key.removeprefix("certainty-"): block for block in report.blocks if block.gauge is not None}
    shown = {
        (level, name): row
        for level, block in levels.items()
        if block.grid is not None
        for name, row in zip(block.grid.keys, block.grid.rows, strict=True)
    }
    wanted = set()
    for treatment in catalogue:
        for one in treatment.indications:
            if one.condition != key or treatment.kind == "none":
                continue
            wanted.add((one.certainty, treatment.id))
            row = shown[one.certainty, treatment.id]
            (said,) = [item for item in row[2].items if one.basis.rstrip(".")[1:] in item.text]
            assert said.lead == {"any": "", "male": "Men", "female": "Women"}[one.sex]
    assert shown.keys() == wanted


def test_levels_run_from_high_to_none(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.describe_condition(catalogue, "alopecia-areata")
    levels = [block.gauge.level for block in report.blocks if block.gauge is not None]
    assert levels == sorted(levels, reverse=True)


def test_certainty_that_differs_between_men_and_women_is_said_on_both_sides(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.describe_condition(catalogue, "androgenetic-alopecia")
    rows = {
        block.key: row[1].items[0].text
        for block in report.blocks
        if block.grid is not None
        for name, row in zip(block.grid.keys, block.grid.rows, strict=True)
        if name == "oral-finasteride"
    }
    assert rows == {"certainty-moderate": "men (women: low)", "certainty-low": "women (men: moderate)"}


@pytest.mark.parametrize("key", CONDITIONS)
def test_waiting_stands_apart_because_its_certainty_is_about_the_course(key: str, catalogue: hairtx.Catalogue) -> None:
    report = hairtx.describe_condition(catalogue, key)
    places = [block.key for block in report.blocks if block.grid and "no-treatment" in block.grid.keys]
    listed = any(one.condition == key for one in catalogue["no-treatment"].indications)
    assert places == (["no-treatment"] if listed else [])


def test_spreadsheet_keeps_the_warning_signs(run: Run) -> None:
    done = run("conditions", "telogen-effluvium", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "group,id,treatment,who,basis,references"
    assert any(line.startswith("warning-signs,") for line in lines)
    assert any(line.startswith("certainty-") for line in lines)
