"""What the catalogue lists for something about a person, and how it is said."""

from __future__ import annotations

import json

import pytest

import hairtx
from conftest import Run
from hairtx.analysis.factors import broader_factors, find_factors, listed_for, narrower_factors, strictest

NOT_SAFE = "Nothing listed, which is not the same as safe"


def groups(report: hairtx.Report) -> dict[str, tuple[str, ...]]:
    return {block.key: block.grid.keys for block in report.blocks if block.grid is not None}


def test_pregnancy_puts_finasteride_and_dutasteride_under_avoid_with_sources(run: Run) -> None:
    done = run("screen", "--with", "pregnancy", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    found = {one["id"]: one for one in data["treatments"]}
    for name in ("oral-finasteride", "oral-dutasteride"):
        assert found[name]["action"] == "avoid"
        reasons = [one for one in found[name]["listed"] if one["action"] == "avoid" and one["factor"] == "pregnancy"]
        assert reasons
        assert all(key in data["sources"] for one in reasons for key in one["sources"])


def test_several_factors_and_one_treatment_show_what_the_article_itself_says(run: Run) -> None:
    done = run("screen", "--with", "diabetes", "--with", "skin infection", "mesotherapy")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Avoid" in done.stdout
    assert "Ask a specialist: diabetes" in " ".join(done.stdout.split())
    assert "lay web article" in " ".join(done.stdout.split())
    assert "References" in done.stdout


def test_unknown_factor_is_an_error_with_suggestions(run: Run) -> None:
    done = run("screen", "--with", "pregnent")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no factor called 'pregnent'" in done.stderr
    assert "'pregnancy'" in done.stderr
    assert "Traceback" not in done.stderr


def test_screening_for_nothing_lists_the_factors(run: Run) -> None:
    done = run("screen")
    assert (done.returncode, done.stderr) == (0, "")
    assert "anticoagulants" in done.stdout
    assert "blood thinners" in done.stdout


def test_every_treatment_stands_in_exactly_one_group(catalogue: hairtx.Catalogue) -> None:
    for factor in catalogue.factors:
        report = hairtx.screen(catalogue, [factor])
        members = [key for keys in groups(report).values() for key in keys]
        assert sorted(members) == sorted(catalogue.treatments)


def test_every_caution_of_the_catalogue_is_found_with_its_reason_and_sources(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        for caution in treatment.cautions:
            report = hairtx.screen(catalogue, [caution.factor], [treatment.id])
            (cell,) = [row[1] for block in report.blocks if block.grid for row in block.grid.rows]
            said = [item for item in cell.items if caution.why.rstrip(".")[1:] in item.text]
            assert said
            keys = {one.number: one.key for one in report.references}
            assert {keys[number] for number in said[0].refs} == set(caution.sources)


def test_alias_and_key_ask_for_the_same(catalogue: hairtx.Catalogue) -> None:
    assert find_factors(catalogue, ["blood thinners"]) == find_factors(catalogue, ["Anticoagulants"])
    assert find_factors(catalogue, ["diabetes, smoking"]) == ("diabetes", "smoking")
    assert find_factors(catalogue, ["cancer, now or in the past"]) == ("cancer",)
    assert find_factors(catalogue, ["diabetes", "diabetic"]) == ("diabetes",)


def test_caution_for_a_broader_factor_counts_for_the_narrower_one(catalogue: hairtx.Catalogue) -> None:
    assert "blood-disorder" in broader_factors(catalogue.factors, "bleeding-disorder")
    found = 0
    for treatment in catalogue:
        broad = [one.caution for one in listed_for(catalogue, treatment, ["blood-disorder"])]
        narrow = [one.caution for one in listed_for(catalogue, treatment, ["bleeding-disorder"])]
        assert set(broad) <= set(narrow)
        found += bool(broad)
    assert found


def test_caution_for_a_narrower_factor_is_named_but_does_not_count_for_the_broader(
    catalogue: hairtx.Catalogue,
) -> None:
    assert "aspirin" in narrower_factors(catalogue.factors, "anticoagulants")
    treatment = catalogue["topical-minoxidil"]
    assert strictest(listed_for(catalogue, treatment, ["aspirin"])) == "take-care"
    assert listed_for(catalogue, treatment, ["anticoagulants"]) == ()
    report = hairtx.screen(catalogue, ["anticoagulants"], ["topical-minoxidil"])
    assert groups(report) == {"nothing-listed": ("topical-minoxidil",)}
    assert "aspirin (take care)" in hairtx.render(report, "table")


def test_factors_that_include_each_other_do_not_hang(catalogue: hairtx.Catalogue) -> None:
    from msgspec import structs

    factors = dict(catalogue.factors)
    factors["aspirin"] = structs.replace(factors["aspirin"], includes=("anticoagulants",))
    assert "anticoagulants" in broader_factors(factors, "aspirin")
    assert "anticoagulants" in narrower_factors(factors, "aspirin")


@pytest.mark.parametrize("name", ["table", "markdown", "csv", "tsv", "json", "yaml"])
def test_nothing_listed_is_never_said_without_what_it_does_not_mean(name: str, catalogue: hairtx.Catalogue) -> None:
    report = hairtx.screen(catalogue, ["diabetes"])
    assert "nothing-listed" in groups(report)
    text = " ".join(hairtx.render(report, name).split())
    assert "which is not the same as safe" in text or "nothing-listed" in text
    if name in {"table", "markdown"}:
        assert NOT_SAFE in text


def test_condition_and_sex_leave_out_what_is_not_listed_and_say_so(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.screen(catalogue, ["pregnancy"], condition="alopecia areata", sex="female")
    shown = {key for keys in groups(report).values() for key in keys}
    assert shown == {
        one.id
        for one in catalogue
        if any(i.condition == "alopecia-areata" and i.sex in {"any", "female"} for i in one.indications)
    }
    assert any(item.lead == "Not looked at" for item in report.lead)


def test_comparison_has_what_is_listed_at_the_top_of_harms(catalogue: hairtx.Catalogue) -> None:
    document = hairtx.compare(catalogue, ["prp", "low-level-laser"], factors=["pregnancy"])
    (harms,) = [one for one in document.sections if one.key == "harm"]
    row = harms.rows[0]
    assert row.key == "with"
    assert row.label == "Listed for pregnancy"
    assert row.cells[0].items[0].lead == "Avoid"
    assert "not the same as safe" in row.cells[1].items[0].text


def test_row_for_a_factor_stays_whatever_rows_are_asked_for(catalogue: hairtx.Catalogue) -> None:
    document = hairtx.compare(
        catalogue, ["oral-finasteride", "oral-dutasteride"], rows=["effects"], factors=["pregnancy"], differences=True
    )
    assert "with" in [row.key for row in document.rows]


def test_comparison_with_unknown_factor_is_refused(run: Run) -> None:
    done = run("compare", "prp", "prf", "--with", "diabets")
    assert done.returncode == 2
    assert "'diabetes'" in done.stderr


def test_list_without_a_factor_leaves_out_avoid_and_marks_the_rest(catalogue: hairtx.Catalogue) -> None:
    filters = hairtx.Filters(without=("pregnancy",))
    report = hairtx.list_treatments(catalogue, filters)
    kept = {one["id"]: one for one in report.data["treatments"]}
    for treatment in catalogue:
        action = strictest(listed_for(catalogue, treatment, ["pregnancy"]))
        assert (treatment.id in kept) == (action != "avoid")
        if action == "ask-specialist":
            assert [one["action"] for one in kept[treatment.id]["listed"]] == ["ask-specialist"]
    said = " ".join(item.text for item in report.lead)
    assert catalogue["oral-finasteride"].short_name in said
    assert "not the same as safe" in said


def test_list_without_a_factor_fits_a_page(run: Run) -> None:
    done = run("list", "--without", "pregnancy", env={"COLUMNS": "100"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "listed for it" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


@pytest.mark.parametrize(
    ("typed", "offered"), [("preg", ["pregnancy"]), ("blood-thi", ["blood-thinners"]), ("aspir", ["aspirin"])]
)
def test_factors_complete_with_tab(typed: str, offered: list[str], run: Run, catalogue: hairtx.Catalogue) -> None:
    words = {"COMP_WORDS": f"hairtx screen --with {typed}", "COMP_CWORD": "3"}
    done = run(env={"_HAIRTX_COMPLETE": "complete_bash", **words})
    assert done.stdout.split() == offered
    assert find_factors(catalogue, done.stdout.split())


def test_nothing_left_to_look_at_is_said(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.screen(catalogue, ["pregnancy"], ["prp"], condition="iron deficiency")
    text = hairtx.render(report, "table")
    assert "No treatment is left to look at." in text
    assert "Not looked at: PRP" in text


def test_factors_of_one_treatment_are_those_it_lists(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.list_factors(catalogue, ["prp"])
    assert {one["key"] for one in report.data["factors"]} == {one.factor for one in catalogue["prp"].cautions}
