"""Conditions: warning signs first, certainty for men and women apart, waiting apart from treatments."""

from __future__ import annotations

import csv
import io

import hairtx
from conftest import Run
from support import ONLY_SMALL, more


def test_overview_names_every_condition(run: Run, catalogue: hairtx.Catalogue) -> None:
    done = run("conditions")
    assert (done.returncode, done.stderr) == (0, "")
    text = "".join(done.stdout.split())
    assert all(f"({key})" in text for key in catalogue.conditions)


def test_condition_is_found_by_what_people_call_it(run: Run) -> None:
    done = run("conditions", "flaky patches of the tests", *ONLY_SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Test flaking\n")
    told = ["See a doctor first", "What it is", "If nothing is done", "How it is diagnosed"]
    assert sorted(told, key=done.stdout.index) == told


def test_what_happens_if_nothing_is_done_stands_before_all_signs_that_can_wait(catalogue: hairtx.Catalogue) -> None:
    for key, condition in catalogue.conditions.items():
        report = hairtx.describe_condition(catalogue, key)
        first, then, *later = [(block.key, block.items) for block in report.blocks]
        assert (first[0], then[0]) == ("warning-signs", "course"), key
        assert {item.lead for item in first[1]} == {"Now"}
        assert sum(one.how_soon != "now" for one in condition.warning_signs) == len(dict(later)["later-signs"])
        refs = [number for _, items in (first, then) for item in items for number in item.refs]
        assert min(refs) == 1
        assert max(refs) == len(set(refs))


def test_unknown_condition_is_an_error_with_suggestions(run: Run) -> None:
    done = run("conditions", "alopecia aerata")
    assert done.returncode == 2
    assert "'alopecia-areata'" in done.stderr


def test_every_rating_stands_under_its_own_certainty_and_sex(catalogue: hairtx.Catalogue) -> None:
    for key in catalogue.conditions:
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
    for key in catalogue.conditions:
        report = hairtx.describe_condition(catalogue, key)
        levels = [block.gauge.level for block in report.blocks if block.gauge is not None]
        assert levels == sorted(levels, reverse=True)


def test_certainty_that_differs_between_men_and_women_is_said_on_both_sides() -> None:
    report = hairtx.describe_condition(more(), "test-thinning")
    who = {
        (block.key, name): row[1].items[0].text
        for block in report.blocks
        if block.grid is not None
        for name, row in zip(block.grid.keys, block.grid.rows, strict=True)
    }
    assert who == {
        ("no-treatment", "test-waiting"): "men and women",
        ("certainty-moderate", "test-tonic"): "men (women: low)",
        ("certainty-low", "test-drip"): "women (nothing listed for men)",
        ("certainty-low", "test-needling"): "men and women",
        ("certainty-low", "test-pill"): "men and women",
        ("certainty-low", "test-tonic"): "women (men: moderate)",
        ("certainty-none", "test-lamp"): "men (nothing listed for women)",
    }


def test_waiting_stands_apart_because_its_certainty_is_about_the_course(catalogue: hairtx.Catalogue) -> None:
    for key in catalogue.conditions:
        report = hairtx.describe_condition(catalogue, key)
        places = [block.key for block in report.blocks if block.grid and "no-treatment" in block.grid.keys]
        listed = any(one.condition == key for one in catalogue["no-treatment"].indications)
        assert places == (["no-treatment"] if listed else [])


def test_spreadsheet_keeps_the_warning_signs(run: Run) -> None:
    done = run("conditions", "test-flaking", *ONLY_SMALL, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(done.stdout))]
    assert ("warning-signs", "", "The made-up flakes turn green.", "[1] https://doi.org/10.5555/test.review") in rows
    done = run("conditions", "test-thinning", *ONLY_SMALL, "--format", "csv")
    assert done.stdout.splitlines()[0] == "group,id,treatment,who,basis,references"
    assert "\nwarning-signs,,not reported," in done.stdout
    assert "\ncertainty-low,test-needling," in done.stdout
