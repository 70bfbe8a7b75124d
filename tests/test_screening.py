"""What the catalogue lists for something about a person, and how it is said."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from msgspec import structs

import hairtx
from conftest import Run
from hairtx.analysis.factors import find_factors, listed_for, narrower_factors, strictest
from support import ONLY_SMALL, more

NOT_SAFE = "which is not the same as safe"
NEVER = "Nobody has looked yet, which is not the same as safe."


def never(factor: str) -> str:
    return f"Not looked for: {factor}, which is not the same as safe."


def groups(report: hairtx.Report) -> dict[str, tuple[str, ...]]:
    return {block.key: block.grid.keys for block in report.blocks if block.grid is not None}


def leads(report: hairtx.Report) -> dict[str, str]:
    return {item.lead: item.text for item in report.lead}


def lines(report: hairtx.Report, name: str) -> list[str]:
    """What the report says of one treatment or factor."""
    grids = [block.grid for block in report.blocks if block.grid is not None]
    [row] = [row for grid in grids for key, row in zip(grid.keys, grid.rows, strict=True) if key == name]
    return [f"{item.lead}: {item.text}" if item.lead else item.text for item in row[1].items]


def test_what_is_listed_stands_under_its_action_with_reasons_and_sources(run: Run) -> None:
    done = run("screen", "--with", "test-cold", *ONLY_SMALL, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    found = {one["id"]: one for one in data["treatments"]}
    assert {name: one["action"] for name, one in found.items() if one["action"]} == {
        "test-pill": "avoid",
        "test-lamp": "take-care",
    }
    reasons = [(one["action"], one["listed_for"], one["why"], one["sources"]) for one in found["test-pill"]["listed"]]
    assert reasons == [
        ("avoid", "test-cold", "It makes a cold worse.", ["test-trial", "test-label"]),
        ("ask-specialist", "test-illness", "It may tire.", ["test-label"]),
    ]
    assert {"test-trial", "test-label"} <= data["sources"].keys()


def test_several_factors_are_named_where_something_is_listed(run: Run) -> None:
    done = run("screen", "--with", "test-illness", "--with", "made-up allergy", "test-pill", "test tonic", *ONLY_SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "What 2 treatments list for test illness; test allergy" in text
    assert "Ask a specialist: listed as a reason to ask one first" in text
    assert "Test illness: It may tire.[1]" in text
    assert "Test allergy: It may itch.[2]" in text
    assert "[1] Test Agency 1999. A made-up label without a link; product label" in text


def test_unknown_factor_is_an_error_with_suggestions(run: Run) -> None:
    done = run("screen", "--with", "pregnent")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no factor called 'pregnent'" in done.stderr
    assert "'pregnancy'" in done.stderr
    assert "Traceback" not in done.stderr


def test_screening_for_nothing_lists_the_factors(run: Run) -> None:
    done = run("screen", *ONLY_SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    assert "test-allergy" in done.stdout
    assert "made-up allergy" in done.stdout


def test_asking_the_library_about_nothing_is_refused() -> None:
    with pytest.raises(hairtx.UsageError, match="name at least one factor"):
        hairtx.screen(more(), [])


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["test-pill"], "What 1 treatment lists for test cold"),
        (["test-pill", "test-lamp"], "What 2 treatments list for test cold"),
        (["test-pill", "test-lamp", "Test pill"], "What 2 treatments list for test cold"),
        ([], "What 6 treatments list for test cold"),
        (["test-waiting"], "What 1 treatment lists for test cold"),
    ],
)
def test_the_title_counts_the_treatments_looked_at(names: list[str], title: str) -> None:
    assert hairtx.screen(more(), ["test-cold"], names).title == title


def test_a_factor_is_named_on_a_line_only_where_several_were_asked_about() -> None:
    one = hairtx.screen(more(), ["test-illness"], ["test-pill"])
    assert lines(one, "test-pill") == ["It may tire.", "Listed for some of them: test cold (avoid)"]
    two = hairtx.screen(more(), ["test-illness", "test-allergy"], ["test-pill"])
    assert lines(two, "test-pill") == [
        "Test illness: It may tire.",
        never("Test allergy"),
        "Listed for some of them: test cold (avoid)",
    ]


def test_an_action_is_said_on_a_line_only_where_the_heading_does_not() -> None:
    report = hairtx.screen(more(), ["test-cold"], ["test-pill"])
    assert groups(report) == {"avoid": ("test-pill",)}
    assert lines(report, "test-pill") == [
        "It makes a cold worse.",
        "Ask a specialist: test illness (counts for test cold too): It may tire.",
    ]


def test_the_lead_names_the_narrower_factors_that_more_is_listed_for() -> None:
    # Nothing is listed for a test fever.
    report = hairtx.screen(more(), ["test-illness"])
    assert leads(report) == {
        "Test illness": "Any illness in a test.",
        "Test illness includes": "test-cold. Ask about the one that fits you: more may be listed for it.",
    }
    assert leads(hairtx.screen(more(), ["test-illness"], ["test-tonic"])) == {"Test illness": "Any illness in a test."}


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["test-tonic"], "Test tonic"),
        (["test-tonic", "test-pill", "test-graft"], "Test tonic and test pill"),
        (
            ["test-tonic", "test-pill", "test-lamp", "test-needling"],
            "Test tonic, test pill, test lamp and test needling",
        ),
        (["test-tonic", "test-pill", "test-lamp", "test-needling", "test-drip"], "5 treatments"),
        ([], "5 treatments"),
    ],
)
def test_up_to_four_treatments_not_looked_at_are_named_and_more_are_counted(names: list[str], says: str) -> None:
    report = hairtx.screen(more(), ["test-cold"], names, condition="test-shedding")
    assert leads(report)["Not looked at"] == f"{says}, not listed for the condition or sex asked for."
    assert set(report.data["left_out"]) == set(names or more().treatments) - {
        "test-graft",
        *([] if names else ["test-waiting"]),
    }
    assert "Not looked at" not in leads(hairtx.screen(more(), ["test-cold"], names))


def test_every_treatment_stands_in_exactly_one_group(catalogue: hairtx.Catalogue) -> None:
    for factor in catalogue.factors:
        report = hairtx.screen(catalogue, [factor])
        members = [key for keys in groups(report).values() for key in keys]
        assert sorted(members) == sorted(one.id for one in catalogue if one.kind != "none")


def test_every_caution_of_the_catalogue_is_found_with_its_reason_and_sources(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        for caution in treatment.cautions:
            report = hairtx.screen(catalogue, [caution.factor], [treatment.id])
            (cell,) = [row[1] for block in report.blocks if block.grid for row in block.grid.rows]
            said = [item for item in cell.items if caution.why.rstrip(".")[1:] in item.text]
            assert said
            keys = {one.number: one.key for one in report.references}
            assert {keys[number] for number in said[0].refs} == set(caution.sources)


def test_alias_and_key_ask_for_the_same() -> None:
    assert find_factors(more(), ["made up allergy"]) == find_factors(more(), ["Test-Allergy"]) == ("test-allergy",)
    assert find_factors(more(), ["test allergy, test cold"]) == ("test-allergy", "test-cold")
    # A label may have a comma of its own.
    assert find_factors(more(), ["test fever, now or before"]) == ("test-fever",)
    assert find_factors(more(), ["test-illness", "made-up illness"]) == ("test-illness",)


def test_caution_for_a_broader_factor_counts_for_the_narrower_one(catalogue: hairtx.Catalogue) -> None:
    assert "blood-disorder" in catalogue.broader_factors("bleeding-disorder")
    found = 0
    for treatment in catalogue:
        broad = [one.caution for one in listed_for(catalogue, treatment, ["blood-disorder"])]
        narrow = [one.caution for one in listed_for(catalogue, treatment, ["bleeding-disorder"])]
        assert set(broad) <= set(narrow)
        found += bool(broad)
    assert found


def test_caution_for_a_narrower_factor_is_named_but_does_not_count_for_the_broader() -> None:
    assert narrower_factors(more().factors, "test-illness") == ("test-fever", "test-cold")
    lamp = more()["test-lamp"]
    assert strictest(listed_for(more(), lamp, ["test-cold"])) == "take-care"
    assert listed_for(more(), lamp, ["test-illness"]) == ()
    report = hairtx.screen(more(), ["test-illness"], ["test-lamp"])
    assert groups(report) == {"not-looked-for": ("test-lamp",)}
    assert lines(report, "test-lamp") == [NEVER, "Listed for some of them: test cold (take care)"]
    [found] = report.data["treatments"]
    assert found["listed_for_narrower"] == [{"factor": "test-cold", "action": "take-care"}]
    # Asked about by itself it is no longer one of some.
    both = hairtx.screen(more(), ["test-illness", "test-cold"], ["test-lamp"])
    assert lines(both, "test-lamp") == ["Test cold: It may dry the nose.", never("Test illness")]


def test_factors_that_include_each_other_do_not_hang() -> None:
    factors = dict(more().factors)
    factors["test-cold"] = structs.replace(factors["test-cold"], includes=("test-illness",))
    looped = copy.copy(more())
    vars(looped).pop("_including", None)
    looped.factors = factors  # type: ignore[assignment]  # a mapping does as well
    assert "test-illness" in looped.broader_factors("test-cold")
    assert "test-illness" in narrower_factors(factors, "test-cold")


@pytest.mark.parametrize("name", ["table", "markdown", "json", "yaml", "csv", "tsv"])
def test_nothing_listed_is_never_said_without_what_it_does_not_mean(name: str) -> None:
    report = hairtx.screen(more(), ["test-cold"])
    assert "test-graft" in groups(report)["not-looked-for"]
    assert NOT_SAFE in " ".join(hairtx.render(report, name).split()).lower()


def test_what_was_looked_for_and_not_found_stands_apart_from_what_nobody_looked_for() -> None:
    report = hairtx.screen(more(), ["test-cold"], ["test-drip", "test-graft"])
    assert groups(report) == {"nothing-found": ("test-drip",), "not-looked-for": ("test-graft",)}
    found = "No reason was found on 2001-02-03 in the made-up label, which is not the same as safe."
    assert lines(report, "test-drip") == [found]
    assert lines(report, "test-graft") == [NEVER]
    assert [one["state"] for one in report.data["treatments"]] == ["nothing-found", "not-looked-for"]
    # Of several factors, one that nobody looked for decides, and each is told.
    both = hairtx.screen(more(), ["test-cold", "test-fever"], ["test-drip"])
    assert groups(both) == {"not-looked-for": ("test-drip",)}
    assert lines(both, "test-drip") == [
        "Looked for, nothing found: Test cold, on 2001-02-03 in the made-up label, which is not the same as safe.",
        never("Test fever, now or before"),
    ]


def test_where_a_wider_factor_was_looked_for_says_so_of_the_narrower_one(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.screen(catalogue, ["stroke"], ["topical-finasteride", "ketoconazole-shampoo"])
    assert groups(report) == {"not-looked-for": ("topical-finasteride", "ketoconazole-shampoo")}
    [said] = lines(report, "topical-finasteride")
    assert said.startswith(
        "Nobody has looked for this alone; for heart disease no reason was found on 2026-11-26 in the parts of "
    )
    assert said.endswith(f", {NOT_SAFE}.")
    assert report.references


@pytest.mark.parametrize("view", ["answer", "table", "full"])
def test_a_comparison_tells_the_three_apart(view: Any) -> None:
    names = ["test-pill", "test-drip", "test-graft"]
    report = hairtx.compare(more(), names, factors=["test-cold"], view=view)
    [row] = [row for row in report.answer or report.rows if row.key == "with"]
    assert [cell.data["states"] for cell in row.cells] == [
        {"test-cold": "avoid"},
        {"test-cold": "nothing-found"},
        {"test-cold": "not-looked-for"},
    ]
    assert "the made-up label" in row.cells[1].items[0].text
    if view != "answer":
        [cautions] = [row for row in report.rows if row.key == "cautions"]
        assert [one.lead for one in cautions.cells[1].items] == ["Looked for, nothing found"]
        assert [one.lead for one in cautions.cells[2].items] == ["Not looked for"]


def test_the_matrix_has_every_core_factor_in_one_of_the_states(run: Run) -> None:
    done = run("screen", "--matrix", *ONLY_SMALL, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    # The built-in core factors are asked about with own treatments too.
    assert "test-cold" in data["factors"]
    assert len(data["factors"]) > 20
    assert data["states"]["test-pill"]["test-cold"] == "avoid"
    assert data["states"]["test-drip"]["test-cold"] == "nothing-found"
    assert data["states"]["test-drip"]["aspirin"] == "not-looked-for"
    assert "test-waiting" not in data["states"]
    refused = run("screen", "--matrix", "--with", "test-cold", *ONLY_SMALL)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "'--matrix' shows all core factors" in refused.stderr


def test_condition_and_sex_leave_out_what_is_not_listed_and_say_so(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.screen(catalogue, ["pregnancy"], condition="alopecia areata", sex="female")
    shown = {key for keys in groups(report).values() for key in keys}
    assert shown == {
        one.id
        for one in catalogue
        if one.kind != "none"
        and any(i.condition == "alopecia-areata" and i.sex in {"any", "female"} for i in one.indications)
    }
    assert any(item.lead == "Not looked at" for item in report.lead)


@pytest.mark.parametrize(
    ("filters", "left_out"),
    [
        ({}, []),
        ({"sex": "any"}, []),
        ({"sex": "male"}, ["test-drip"]),
        ({"sex": "female"}, []),
        ({"condition": "test-patches"}, ["test-graft", "test-drip"]),
        ({"condition": "test-thinning", "sex": "female"}, ["test-graft", "test-lamp"]),
        ({"condition": "test-patches", "sex": "female"}, ["test-graft", "test-drip"]),
    ],
)
def test_what_is_listed_for_another_condition_or_sex_is_not_looked_at(
    filters: dict[str, Any], left_out: list[str]
) -> None:
    report = hairtx.screen(more(), ["test-cold"], **filters)
    assert report.data["left_out"] == left_out
    assert ("Not looked at" in leads(report)) == bool(left_out)


@pytest.mark.parametrize(
    ("factors", "sex", "listed_for"),
    [
        (["trying-for-a-baby"], None, {"could-become-pregnant", "female-sex", "planning-fatherhood"}),
        (["trying-for-a-baby"], "female", {"could-become-pregnant", "female-sex"}),
        (["trying-for-a-baby"], "male", {"planning-fatherhood"}),
        # A factor that was named tells as well.
        (["trying-for-a-baby", "male-sex"], None, {"planning-fatherhood"}),
        (["pregnancy"], "male", {"pregnancy", "female-sex"}),
    ],
)
def test_what_is_listed_for_the_other_sex_does_not_count(
    factors: list[str], sex: Any, listed_for: set[str], catalogue: hairtx.Catalogue
) -> None:
    report = hairtx.screen(catalogue, factors, ["oral-finasteride"], sex=sex)
    assert {one["listed_for"] for found in report.data["treatments"] for one in found["listed"]} == listed_for
    told = any("leaves out what is listed for the other sex" in item.text for item in report.lead)
    assert told == (sex is None and len(factors) == 1)


def test_comparison_has_what_is_listed_at_the_top_of_harms() -> None:
    document = hairtx.compare(more(), ["test-pill", "test-tonic"], factors=["test-cold"], view="table")
    (harms,) = [one for one in document.sections if one.key == "harm"]
    row = harms.rows[0]
    assert row.key == "with"
    assert row.label == "Listed for test cold"
    assert row.cells[0].items[0].lead == "Avoid"
    assert row.cells[1].items[0].text == NEVER


@pytest.mark.parametrize("rows", [["effects"], ["costs", "effects"], ["side-effects"]])
def test_row_for_a_factor_stays_whatever_rows_are_asked_for(rows: list[str]) -> None:
    names = ["test-pill", "test-lamp"]
    document = hairtx.compare(more(), names, rows=rows, factors=["test-fever"], differences=True, view="table")
    assert "with" in [row.key for row in document.rows]


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (["summary", "costs"], ["summary", "with", "costs"]),
        (["side-effects", "summary"], ["with", "side-effects", "summary"]),
        (["summary", "effects"], ["summary", "effects", "with"]),
        (["costs", "summary"], ["with", "costs", "summary"]),
    ],
)
def test_row_for_a_factor_stands_before_all_harms_or_before_what_follows_them(
    rows: list[str], order: list[str]
) -> None:
    document = hairtx.compare(more(), ["test-pill", "test-lamp"], rows=rows, factors=["test-cold"], view="table")
    assert [row.key for row in document.rows] == order


def test_comparison_with_unknown_factor_is_refused(run: Run) -> None:
    done = run("compare", "prp", "prf", "--with", "diabtes")
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
    assert "ask first" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("test-p", ["test-pregnancy"]), ("made-up-a", ["made-up-allergy"]), ("test-c", ["test-cold"])],
)
def test_factors_complete_with_tab(typed: str, offered: list[str], run: Run) -> None:
    words = f"hairtx screen {' '.join(ONLY_SMALL)} --with {typed}"
    last = str(len(words.split()) - 1)
    done = run(env={"_HAIRTX_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": last})
    assert done.stdout.split() == offered
    assert find_factors(more(), done.stdout.split())


def test_nothing_left_to_look_at_is_said() -> None:
    report = hairtx.screen(more(), ["test-cold"], ["test-graft"], condition="test-patches")
    assert report.title == "What 0 treatments list for test cold"
    text = hairtx.render(report, "table")
    assert "No treatment is left to look at." in text
    assert "Not looked at: Test graft" in text
    assert "No treatment is left" not in hairtx.render(hairtx.screen(more(), ["test-cold"], ["test-graft"]), "table")


def test_factors_of_one_treatment_are_those_it_lists(catalogue: hairtx.Catalogue) -> None:
    for one in catalogue:
        report = hairtx.list_factors(catalogue, [one.id])
        assert {found["key"] for found in report.data["factors"]} == {caution.factor for caution in one.cautions}


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        ({}, "5 factors for which cautions are listed with treatments"),
        ({"names": ["test-needling"]}, "1 factor for which cautions are listed with test needling"),
        ({"names": ["test-tonic"]}, "2 factors for which cautions are listed with test tonic"),
        (
            {"names": ["test-tonic", "test-pill", "test-lamp"]},
            "4 factors for which cautions are listed with test tonic, test pill or test lamp",
        ),
        ({"condition": "test-patches"}, "4 factors for which cautions are listed with treatments"),
        ({"condition": "test-shedding"}, "0 factors for which cautions are listed with treatments"),
        ({"sex": "any"}, "4 factors for which cautions are listed with treatments"),
        ({"names": ["test-lamp"], "sex": "male"}, "1 factor for which cautions are listed with test lamp"),
        (
            {"names": ["test-lamp"], "sex": "female", "condition": "test-thinning"},
            "0 factors for which cautions are listed with treatments",
        ),
    ],
)
def test_the_list_of_factors_says_whose_they_are(arguments: dict[str, Any], title: str) -> None:
    report = hairtx.list_factors(more(), **arguments)
    assert report.title == title
    said = hairtx.render(report, "table")
    assert ("No factor is listed, which is not the same as safe." in said) == title.startswith("0")


def test_the_list_of_factors_says_what_each_means_and_includes() -> None:
    report = hairtx.list_factors(more())
    assert lines(report, "test-illness") == [
        "Any illness in a test.",
        "includes test fever, now or before and test cold",
    ]
    assert lines(report, "test-cold") == ["A made-up cold."]
    listed_by = {one["key"]: one["listed_by"] for one in report.data["factors"]}
    assert listed_by == {
        "test-pregnancy": ["test-tonic"],
        "test-allergy": ["test-tonic", "test-needling"],
        "test-illness": ["test-pill"],
        "test-fever": [],
        "test-cold": ["test-pill", "test-lamp"],
    }


def test_of_many_other_names_a_few_are_shown_and_all_are_data() -> None:
    real = hairtx.load()
    shown = hairtx.render(hairtx.list_factors(real), "table", width=100)
    assert "pregnant, expecting a" in shown
    assert "bun in the oven" not in shown
    assert len(shown.splitlines()) < 600
    told = {one["key"]: one["aliases"] for one in hairtx.list_factors(real).data["factors"]}
    assert "bun in the oven" in told["pregnancy"]
