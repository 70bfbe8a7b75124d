"""How a comparison is put together: the document that every renderer draws."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from hairtx.analysis import wording as w
from hairtx.analysis.document import Cell, Item, Report
from hairtx.analysis.framing import MAX_TREATMENTS
from hairtx.analysis.rows import ATTRIBUTES
from hairtx.analysis.scope import View
from hairtx.analysis.views.comparison import row_keys
from support import SMALL_FILE, SMALL_IDS, loaded, more, small_values


@pytest.fixture(scope="module")
def small() -> hairtx.Catalogue:
    return hairtx.load([SMALL_FILE])


def items_of(document: Report) -> Iterator[Item]:
    yield from document.lead
    for row in document.answer:
        for cell in row.cells:
            yield from cell.items
    yield from document.untreated
    for row in document.rows:
        for cell in row.cells:
            yield from cell.items


def cell(document: Report, key: str, column: int = 0) -> Cell:
    return next(row for row in document.rows if row.key == key).cells[column]


def words(document: Report, key: str, column: int = 0) -> str:
    return "\n".join(
        f"{item.lead}{item.joint} {item.text}" if item.lead else item.text for item in cell(document, key, column).items
    )


def assert_references_in_order_of_use(document: Report) -> None:
    used = [number for item in items_of(document) for number in (*item.lead_refs, *item.refs)]
    first_uses = list(dict.fromkeys(used))
    assert [one.number for one in document.references] == list(range(1, len(document.references) + 1))
    assert set(first_uses) == {one.number for one in document.references}
    # One statement gives its numbers in ascending order, so statement by statement the highest never jumps.
    highest = 0
    for item in items_of(document):
        for numbers in (item.lead_refs, item.refs):
            assert list(numbers) == sorted(set(numbers))
            fresh = [number for number in numbers if number > highest]
            assert fresh == list(range(highest + 1, highest + 1 + len(fresh)))
            highest += len(fresh)


# For what it compares


def test_the_first_condition_that_all_share_is_chosen_and_said(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-needling", "test-tonic"], view="table")
    assert document.title == "Test needling or test tonic for test thinning?"
    assert document.data["condition"] == "test-thinning"
    assert document.data["shared_conditions"] == ["test-thinning", "test-patches"]
    assert document.onward == ("Also: --for test-patches",)
    assert [item.text for item in document.untreated] == [
        "Left alone, test thinning goes on slowly.",
        "In 10 made-up people nothing changed in a year.",
    ]


def test_what_the_treatments_themselves_list_first_decides_then_the_order_of_the_catalogue(tmp_path: Path) -> None:
    names = ["test-tonic", "test-needling"]
    values = small_values()
    for one in values["treatments"][:2]:
        one["indications"].sort(key=lambda indication: indication["condition"])
    # Both list patches first now, whatever the catalogue begins with.
    assert hairtx.compare(loaded(values, tmp_path / "c.yaml"), names).data["condition"] == "test-patches"
    values["treatments"][0]["indications"].reverse()
    assert hairtx.compare(loaded(values, tmp_path / "c.yaml"), names).data["condition"] == "test-thinning"
    values["conditions"] = dict(reversed(values["conditions"].items()))
    assert hairtx.compare(loaded(values, tmp_path / "c.yaml"), names).data["condition"] == "test-patches"


@pytest.mark.parametrize("name", ["test-patches", "Test patches", "TEST_PATCHES"])
def test_asking_for_another_condition_overrides_the_choice(small: hairtx.Catalogue, name: str) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-needling"], condition=name, view="table")
    assert document.title == "Test tonic or test needling for test patches?"
    assert document.data["condition"] == "test-patches"
    assert "very low certainty" in words(document, "indications")
    assert "since the start" in words(document, "effects")
    assert "risk ratio" not in words(document, "effects")


def test_a_treatment_that_is_not_listed_for_the_condition_is_named(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-graft"], condition="test-thinning", view="table")
    assert any(item.text == "Test graft: not listed for test thinning (made up)." for item in document.lead)
    assert "nothing found or listed for this condition" in words(document, "indications", 1)
    assert words(document, "effects", 1) == "no measured effect found for this condition"


def test_treatments_for_different_things_are_compared_without_evidence(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-graft"], view="table")
    assert document.title == "Test tonic or test graft?"
    assert "different things" in document.lead[0].text
    assert document.untreated == ()
    keys = [row.key for row in document.rows]
    assert "effects" not in keys
    assert "indications" not in keys
    assert words(document, "uses", 1) == "Test shedding"
    assert document.data == {"condition": None, "shared_conditions": [], "sex": "any", "horizon_months": 12}


def test_findings_in_the_other_sex_are_left_out(small: hairtx.Catalogue) -> None:
    men = hairtx.compare(small, ["test-tonic", "test-needling"], sex="male", view="full")
    women = hairtx.compare(small, ["test-tonic", "test-needling"], sex="female", view="full")
    assert "Women" not in words(men, "indications") + words(men, "effects")
    assert "Men" not in words(women, "indications") + words(women, "effects")
    assert "Women noticed no difference." in words(women, "effects")
    assert "Men liked it." in words(men, "effects", 1)
    assert "Men liked it." not in words(women, "effects", 1)


def leads(document: Report) -> dict[str, str]:
    return {item.lead: item.text for item in document.lead}


def test_doing_nothing_and_the_decision_come_first(small: hairtx.Catalogue) -> None:
    names, course = ["test-tonic", "test-needling"], "Left alone, test thinning goes on slowly."
    assert leads(hairtx.compare(small, names)) == {"Doing nothing": course}
    for view in ("table", "page"):
        decision = "Whether to treat test thinning at all."
        assert leads(hairtx.compare(small, names, view=view)) == {"Doing nothing": course, "The decision": decision}


def test_of_several_other_conditions_the_first_is_named_and_the_rest_counted(tmp_path: Path) -> None:
    values = small_values()
    for one in values["treatments"][:2]:
        one["indications"].append({**one["indications"][-1], "condition": "test-shedding"})
    document = hairtx.compare(loaded(values, tmp_path / "more.yaml"), SMALL_IDS[:2])
    assert document.onward[-1] == "Also: --for test-patches (+1)"


def test_nothing_is_said_to_be_missing_where_all_are_listed(small: hairtx.Catalogue) -> None:
    assert "Note" not in leads(hairtx.compare(small, ["test-tonic", "test-needling"], condition="test-patches"))


def test_what_a_treatment_is_stands_under_its_name_where_it_is_said(tmp_path: Path) -> None:
    values = small_values()
    values["treatments"][0]["brief"] = {"what": {"text": "a liquid", "sources": ["test-label"]}}
    values["treatments"][1]["brief"] = {"harm": {"text": "It hurts.", "sources": ["test-trial"]}}
    document = hairtx.compare(loaded(values, tmp_path / "brief.yaml"), SMALL_IDS[:3])
    assert [one.what for one in document.columns] == ["a liquid", "", ""]


def test_other_conditions_are_named_where_there_are_some() -> None:
    assert hairtx.compare(more(), ["test-tonic", "test-needling"]).onward[-1] == "Also: --for test-patches"
    assert not any("--for" in one for one in hairtx.compare(more(), ["test-tonic", "test-waiting"]).onward)


@pytest.mark.parametrize("view", ["answer", "table", "page"])
def test_treatments_for_different_things_are_told_each_for_its_own(small: hairtx.Catalogue, view: str) -> None:
    told, *before = hairtx.compare(small, ["test-tonic", "test-graft"], view=view).lead
    assert told.text == "These treatments are for different things: each is told for its own, and not compared."
    # Doing nothing and the warnings stand above every answer.
    assert [item.lead for item in before] == ["With test thinning, doing nothing", "With test shedding, doing nothing"]
    alone = hairtx.compare(more(), ["test-drip", "test-graft"]).lead
    assert not any("patches" in item.lead for item in alone)


def test_an_answer_for_more_than_one_condition_names_each(tmp_path: Path) -> None:
    values = small_values()
    tonic = values["treatments"][0]
    tonic["brief"] = {
        "effect": [
            {"condition": "test-patches", "text": "Unclear.", "sources": ["test-trial"]},
            {"condition": "test-thinning", "sex": "male", "text": "It probably helps.", "sources": ["test-trial"]},
        ]
    }
    for condition in ("test-thinning", "test-patches"):
        values["conditions"][condition]["label"] += " (long)"
    tonic["regulatory"].append({**tonic["regulatory"][0], "status": "off-label", "condition": "test-patches"})
    tonic["effects"].append({**tonic["effects"][2], "condition": "test-patches"})
    catalogue = loaded(values, tmp_path / "c.yaml")
    rows = {one.key: one.cells[0].items for one in hairtx.compare(catalogue, ["test-tonic", "test-graft"]).answer}
    told = {item.lead: item for item in rows["effects"]}
    assert list(told) == ["Test patches", "Test thinning, men"]
    # As sure as it is for that condition, and not for another.
    assert [item.gauge and item.gauge.level for item in told.values()] == [1, 3]
    assert [item.lead for item in rows["people"]] == ["Test thinning", "Test patches"]
    assert rows["regulatory"][0].text == "US: yes; US: not for this (test patches)."
    # The same in a table that is about everything; not in an answer about one condition.
    by_itself = hairtx.describe(catalogue, "test-tonic", view="full")
    assert words(by_itself, "people").startswith("Test thinning: 40")
    assert [item.lead for one in by_itself.answer if one.key == "people" for item in one.cells[0].items] == [""]


def test_a_treatment_that_is_listed_for_nothing_leaves_the_others_their_condition(tmp_path: Path) -> None:
    values = small_values()
    del values["treatments"][2]["indications"]
    catalogue = loaded(values, tmp_path / "c.yaml")
    document = hairtx.compare(catalogue, ["test-tonic", "test-graft", "test-needling"])
    assert document.title == "Test tonic, test graft or test needling for test thinning?"
    assert list(leads(document)) == ["Doing nothing", "Note"]
    told = {row.key: [item.text for item in row.cells[1].items] for row in document.answer}
    assert told["effects-men"] == ["Not listed for this condition."]
    alone = hairtx.describe(catalogue, "test-graft", sex="female")
    assert [item.lead for item in alone.lead][:1] == ["With test thinning, doing nothing"]
    assert alone.answer[0].cells[0].items[0].text == "Not listed for any condition."
    values["treatments"][0]["indications"] = []
    neither = hairtx.compare(loaded(values, tmp_path / "c.yaml"), ["test-tonic", "test-graft"])
    assert neither.lead[0].text == "These treatments are not listed for any condition."
    assert len(neither.lead) == 1 + len(catalogue.conditions)


def test_a_condition_of_ones_own_is_said_to_be_one(small: hairtx.Catalogue) -> None:
    own = hairtx.load(overlays=[SMALL_FILE])
    said = leads(hairtx.compare(own, ["test-tonic", "test-needling"], view="table"))["Condition"]
    assert said.startswith("Test thinning (made up): from ")
    assert said.endswith("test-catalogue.yaml, not built in.")
    assert "Condition" not in leads(hairtx.compare(small, ["test-tonic", "test-needling"], view="table"))


def test_a_site_compares_everything_and_for_each_condition_what_depends_on_it() -> None:
    content = hairtx.site_content(more())
    everything = content.everything
    assert [column.key for column in everything.columns] == list(more().treatments)
    assert (everything.title, everything.lead, everything.untreated) == ("All conditions", (), ())
    together, apart = (
        [row.key for row in hairtx.compare(more(), ["test-tonic", other], view="table").rows]
        for other in ("test-pill", "test-graft")
    )
    assert {row.key for row in everything.rows} == {*together, "experience", "claims", "questions"}
    # Where readers choose a few of all, men and women share a row, so that the rows are the same for each condition.
    brief = [
        row.key for row in hairtx.compare(more(), ["test-tonic", "test-pill"]).answer if row.key != "effects-women"
    ]
    assert [row.key for row in everything.answer] == [key.removesuffix("-men") for key in brief]
    assert words(everything, "claims").startswith("Said: It works for everybody")
    assert [one.data["condition"] for one in content.evidence] == list(more().conditions)
    for key, document in zip(more().conditions, content.evidence, strict=True):
        condition = more().conditions[key]
        assert document.title == condition.label
        assert (document.lead[-1].lead, document.lead[-1].text) == ("The decision", condition.decision)
        assert document.lead[0].lead == "Doing nothing"
        assert [row.key for row in document.answer] == ["effects", "people", "regulatory"]
        assert [item.text for item in document.untreated] == [one.text for one in condition.course]
        assert [row.key for row in document.rows] == [key for key in together if key not in apart]
    # One numbering through all of them: they stand on one page.
    numbered = {(one.number, one.key) for document in (everything, *content.evidence) for one in document.references}
    assert len({number for number, _ in numbered}) == len({key for _, key in numbered}) == len(numbered)


# Which rows


def test_the_default_rows_are_what_a_person_needs_first(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-needling"], view="table")
    first = [one for one in ATTRIBUTES if one.level == "table"]
    assert [row.key for row in document.rows] == [one.key for one in first if one.when != "no-condition"]
    assert len(first) < len(ATTRIBUTES)
    apart = hairtx.compare(small, ["test-tonic", "test-graft"], view="table")
    assert [row.key for row in apart.rows] == [one.key for one in first if one.when != "condition"]


def test_full_adds_the_rest_and_counts_nothing_away(small: hairtx.Catalogue) -> None:
    short = hairtx.compare(small, ["test-tonic", "test-needling"], view="table")
    full = hairtx.compare(small, ["test-tonic", "test-needling"], view="full")
    assert {row.key for row in full.rows} == set(row_keys()) - {"uses", "serious-harm"}
    assert "and 3 more side effects: hairtx show test-tonic --full" in words(short, "side-effects")
    assert "Fainting" in words(short, "side-effects"), "a serious one is always shown"
    assert "and 1 more finding" in words(short, "effects")
    assert "more" not in words(full, "side-effects") + words(full, "effects")
    assert all(effect in words(full, "side-effects") for effect in ("Headache", "Dryness", "Staining"))
    assert "no control group" in words(full, "effects")


def test_on_paper_it_is_said_what_a_number_of_more_names_means(catalogue: hairtx.Catalogue) -> None:
    views: tuple[tuple[View, bool], ...] = (("page", True), ("one-page", True), ("full-page", True), ("answer", False))
    for view, is_paper in views:
        for report in (
            hairtx.compare(catalogue, ["prp", "mesotherapy"], view=view),
            hairtx.describe(catalogue, "prp", view=view),
        ):
            told = [one.text for one in report.scale if one.gauge is None]
            assert [re.sub(r"\d+", "N", one) for one in told] == ["(+N): N more; the whole page lists them."] * is_paper
            shown = [item.text for row in report.answer for cell in row.cells for item in cell.items]
            assert all(any(one.partition(":")[0] in text for text in shown) for one in told)


def test_rows_are_chosen_by_key_and_each_once(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-needling"], rows=["costs", "claims", "costs"], view="table")
    assert sorted(row.key for row in document.rows) == ["claims", "costs"]
    assert words(document, "claims") == "Said: It works for everybody: contradicted. It did not in the trial."


def test_an_unknown_row_gets_the_nearest(small: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError, match=r"no row called 'side-efects'. Did you mean 'side-effects'"):
        hairtx.compare(small, ["test-tonic", "test-needling"], rows=["side-efects"], view="table")
    with pytest.raises(hairtx.UnknownNameError, match=r"The rows are\n  summary       What it is\n"):
        hairtx.compare(small, ["test-tonic", "test-needling"], rows=["zzzz"], view="table")


@pytest.mark.parametrize(
    ("asked", "view", "shown"),
    [
        ("price", "answer", ["costs"]),
        ("Price", "full", ["costs"]),
        ("Cost, a year", "answer", ["costs"]),
        ("Does it work?,side effects", "table", ["effects", "side-effects"]),
        ("What for, and how sure", "table", ["indications"]),
        ("harm", "answer", ["side-effects", "serious-harm"]),
        ("harm, price", "full", ["side-effects", "experience", "costs"]),
        ("What it can do to you", "answer", ["side-effects", "serious-harm"]),
        ("side effects,Cost, a year", "answer", ["side-effects", "costs"]),
        ("effect,people", "answer", ["effects", "people"]),
        ("summary", "answer", ["summary"]),
    ],
)
def test_a_row_goes_by_its_label_and_a_part_by_its_name(
    small: hairtx.Catalogue, asked: str, view: View, shown: list[str]
) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-needling"], rows=[asked], view=view, sex="male")
    assert [row.key for row in (*document.answer, *document.rows)] == shown
    described = hairtx.describe(small, "test-tonic", rows=[asked], view=view, sex="male")
    assert [row.key for row in (*described.answer, *described.rows)] == shown


@pytest.mark.parametrize("key", row_keys())
def test_every_row_can_be_asked_for_alone(small: hairtx.Catalogue, key: str) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-graft", "test-waiting"], rows=[key], view="table")
    assert [row.key for row in document.rows] == [key]
    assert_references_in_order_of_use(document)


def test_differences_leaves_out_rows_that_say_the_same(tmp_path: Path) -> None:
    values = small_values()
    twin = {**values["treatments"][1], "id": "twin", "name": "Twin", "short_name": "Twin", "aliases": []}
    twin["costs"] = []
    values["treatments"].append(twin)
    document = hairtx.compare(
        loaded(values, tmp_path / "c.yaml"), ["test-needling", "twin"], differences=True, view="table"
    )
    assert {row.key for row in document.rows} == {"commitment", "costs"}
    assert_references_in_order_of_use(document)


def test_where_nothing_differs_the_comparison_says_so(small: hairtx.Catalogue, tmp_path: Path) -> None:
    values = small_values()
    values["treatments"].append(
        {**values["treatments"][2], "id": "twin", "name": "Twin", "short_name": "Twin", "aliases": []}
    )
    catalogue = loaded(values, tmp_path / "c.yaml")
    document = hairtx.compare(catalogue, ["test-graft", "twin"], differences=True, view="table")
    assert document.rows == ()
    assert any("say the same" in item.text for item in document.lead)
    for name in ("table", "markdown", "csv", "tsv", "json", "yaml"):
        assert hairtx.render(document, name)
    differing = hairtx.compare(small, ["test-tonic", "test-graft"], differences=True, view="table")
    assert not any("say the same" in item.text for item in differing.lead)


# What the cells say


def test_what_is_absent_is_an_empty_cell_and_never_a_zero(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-waiting"], view="table")
    for key in ("mechanism", "downtime", "schedule", "results", "on-stopping", "side-effects", "costs", "caveats"):
        assert cell(document, key, 1).items == (), key
        assert cell(document, key, 0).items != (), key
    assert "not reported" in words(hairtx.compare(small, ["test-needling", "test-tonic"], view="table"), "results")


def test_effects_are_worded_with_comparator_interval_time_and_people(small: hairtx.Catalogue) -> None:
    said = words(hairtx.compare(small, ["test-tonic", "test-needling"], view="full"), "effects")
    assert (
        "Men: Test hair density (in the target area): +12.5 hairs/cm² against water (95 % interval -0.5 to +25.5); "
        "6 months; 2 studies; 1,234 people; meta-analysis of RCTs; moderate certainty, published rating. Not blinded."
    ) in said
    assert "risk ratio 1.5 against water (no interval given); time not reported; 1 study; RCT." in said
    assert "40 of 100 people, against 10 of 100 with water" in said
    assert "55 of 100 people; compared with: no control group" in said
    patches = words(
        hairtx.compare(small, ["test-tonic", "test-needling"], condition="test-patches", view="table"), "effects"
    )
    assert "-3 hairs/cm² since the start; compared with: no control group (no interval given)" in patches
    assert "standardised difference +0.25 against water" in patches


def test_waiting_is_rated_for_its_course_not_as_if_it_helped(small: hairtx.Catalogue) -> None:
    document = hairtx.compare(small, ["test-tonic", "test-waiting"], view="table")
    assert "moderate certainty about the course, our reading" in words(document, "indications", 1)


@pytest.mark.parametrize(("kind", "unit"), [("device", "uses"), ("cosmetic", "uses"), ("supplement", "doses")])
def test_what_is_not_taken_is_used(tmp_path: Path, kind: str, unit: str) -> None:
    values = small_values()
    tonic = values["treatments"][0]
    tonic["kind"] = kind
    tonic["schedule"]["phases"][0] |= {"sessions": 78, "every": "3 times a week"}
    document = hairtx.describe(loaded(values, tmp_path / "c.yaml"), "test-tonic", view="full")
    assert words(document, "schedule").splitlines()[1] == f"Daily use: 78 {unit}, 3 times a week"
    [row] = (one for one in document.answer if one.key == "commitment")
    assert row.cells[0].items[0].text == f"78 {unit}, 3 times a week, 2.6-6.5 hours."


def test_used_together_names_only_what_is_compared(small: hairtx.Catalogue) -> None:
    together = hairtx.compare(small, ["test-tonic", "test-needling"], view="table")
    assert words(together, "combinations") == "With Test needling: Both together did better in a made-up trial."
    assert cell(hairtx.compare(small, ["test-tonic", "test-waiting"], view="table"), "combinations").items == ()
    alone = words(hairtx.describe(small, "test-tonic", view="full"), "combinations")
    assert "With unlisted-treatment: Nothing is known." in alone


def test_a_description_has_everything_and_its_aliases(small: hairtx.Catalogue) -> None:
    document = hairtx.describe(small, "tonic of the tests", view="full")
    assert document.kind == "treatment"
    assert {row.key for row in document.rows} == set(row_keys()) - {"uses", "serious-harm"}
    assert "Also called" not in leads(document)  # what something is called is no answer
    assert words(document, "summary").endswith("Also called: tonic of the tests")
    assert "Avoid: test pregnancy: Not tested in pregnancy." in words(document, "cautions")
    assert_references_in_order_of_use(document)
    assert "Also called" not in words(hairtx.describe(small, "test-graft", view="full"), "summary")


def test_a_description_says_what_is_listed_for_the_reader(small: hairtx.Catalogue) -> None:
    document = hairtx.describe(small, "test-tonic", factors=["test pregnancy"])
    keys = [row.key for row in document.answer]
    assert keys.index("with") < keys.index("serious-harm")
    assert "Not tested in pregnancy" in str(document.answer[keys.index("with")].cells[0])


def test_a_description_is_drawn_only_where_drawings_are_asked_for() -> None:
    plain = hairtx.describe(more(), "test-pill", view="full")
    drawn = hairtx.describe(more(), "test-pill", view="full-page")
    assert plain.figures == ()
    kinds = [block.drawing.kind for block in drawn.figures if block.drawing is not None]
    assert kinds == ["timeline", *["effects"] * len(hairtx.effects(more(), ["test-pill"]).data["plots"])]
    assert [row.key for row in plain.rows] == [row.key for row in drawn.rows]


def test_only_a_handout_has_drawings_and_what_a_consultation_needs() -> None:
    plain = hairtx.compare(more(), ["test-pill", "test-drip"], view="table")
    handout = hairtx.compare(more(), ["test-pill", "test-drip"], view="page")
    assert (plain.figures, plain.handout) == ((), None)
    assert next(block.drawing.kind for block in handout.figures if block.drawing is not None) == "timeline"
    assert handout.handout is not None
    assert "hairtx" not in "".join(words(handout, row.key, column) for row in handout.rows for column in (0, 1))


@pytest.mark.parametrize("region", ["Testland", " testland ", "TESTLAND"])
def test_prices_are_those_of_the_region_asked_for_however_it_is_written(region: str) -> None:
    compared = hairtx.compare(more(), ["test-drip", "test-pill"], rows=["commitment"], region=region, view="table")
    for document, column in ((compared, 0), (hairtx.describe(more(), "test-drip", region=region, view="full"), 0)):
        assert cell(document, "commitment", column).data["cost"]["region"] == "Testland"
        assert "EUR 400-700" in words(document, "commitment", column)
    assert "USD 60" in words(compared, "commitment", 1)


def test_prices_of_other_regions_are_not_called_missing(catalogue: hairtx.Catalogue) -> None:
    document = hairtx.compare(catalogue, ["prp", "fue-transplant"], region="US", rows=["costs"])
    told = [cell.items[0].text for row in document.answer if row.key == "costs" for cell in row.cells]
    assert told[1] == "No price from US; there are some from UK."


@pytest.mark.parametrize("horizon", [0, -1, 121])
def test_a_horizon_that_is_none_is_refused_by_every_document(small: hairtx.Catalogue, horizon: int) -> None:
    with pytest.raises(hairtx.UsageError, match=r"horizon|at most 120"):
        hairtx.compare(small, SMALL_IDS[:2], horizon=horizon, view="table")
    with pytest.raises(hairtx.UsageError, match=r"horizon|at most 120"):
        hairtx.describe(small, "test-tonic", horizon=horizon, view="full")


@pytest.mark.parametrize(
    ("today", "warned"), [(None, False), ("2001-02-03", False), ("2002-02-04", False), ("2002-02-05", True)]
)
def test_an_edition_more_than_a_year_old_says_so(small: hairtx.Catalogue, today: str | None, warned: bool) -> None:
    day = dt.date.fromisoformat(today) if today else None
    for content in (
        hairtx.compare(small, ["test-tonic", "test-graft"], today=day, view="table"),
        hairtx.describe(small, "test-graft", today=day, view="full"),
        hairtx.list_treatments(small, today=day),
    ):
        assert bool(content.notices) is warned
        for name in ("table", "markdown", "csv", "json", "yaml"):
            if warned:
                assert "last reviewed on 2001-02-03" in " ".join(hairtx.render(content, name).split())


# Where it comes from


@pytest.mark.parametrize(("name", "between"), [("csv", ","), ("tsv", "\t")])
def test_a_spreadsheet_says_of_each_treatment_whether_it_is_built_in(
    catalogue: hairtx.Catalogue, tmp_path: Path, name: str, between: str
) -> None:
    builtin, *_ = (one for one in catalogue if one.invasiveness == "non-invasive")
    own = tmp_path / "clinic.yaml"
    own.write_text(f"treatments: [{{extends: {builtin.id}, id: ours, name: Our own, short_name: Ours}}]\n")
    both = hairtx.load(overlays=[own])
    text = hairtx.render(hairtx.compare(both, ["ours", builtin.id], rows=["invasiveness"], view="table"), name)
    key, label, ours, theirs = list(csv.reader(text.splitlines(), delimiter=between))[1]
    assert (key, label, theirs) == ("origin", "Where it comes from", "built in")
    assert ours.startswith("from ")
    assert ours.endswith("clinic.yaml, not built in")
    alone = hairtx.render(hairtx.compare(more(), SMALL_IDS[:2], rows=["invasiveness"], view="table"), name)
    assert not [line for line in alone.splitlines() if line.startswith("origin")]


# What cannot be compared


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (
            ["test-tonic"],
            "'hairtx show test-tonic' describes it, 'hairtx compare test-tonic test-waiting' sets it beside another",
        ),
        (["test-tonic", "Test-Tonic"], "'test-tonic' is named twice"),
        (["test-tonic", "tonic of the tests"], "'test-tonic' is named as 'test-tonic' and as 'tonic of the tests'"),
        (["test-tonic"] * 13, "13 treatments are too many to compare; name at most 12"),
        (["test-tonic", "test-tonik"], "no treatment called 'test-tonik'. Did you mean 'test-tonic'"),
    ],
)
def test_a_selection_that_makes_no_comparison_is_refused(small: hairtx.Catalogue, names: list[str], says: str) -> None:
    with pytest.raises(hairtx.UsageError, match=says) as refused:
        hairtx.compare(small, names, view="table")
    assert refused.value.exit_code == 2
    assert "\n" not in str(refused.value)


def test_an_unknown_condition_is_refused(small: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError, match="no condition called 'flu'"):
        hairtx.compare(small, ["test-tonic", "test-graft"], condition="flu", view="table")


# Whatever is compared


@given(st.data())
def test_references_are_numbered_in_order_of_use_and_all_are_used(
    catalogue: hairtx.Catalogue, data: st.DataObject
) -> None:
    ids = list(catalogue.treatments)
    names = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=MAX_TREATMENTS, unique=True))
    document = hairtx.compare(
        catalogue,
        names,
        condition=data.draw(st.none() | st.sampled_from(list(catalogue.conditions))),
        sex=data.draw(st.sampled_from(["any", "male", "female"])),
        rows=data.draw(st.lists(st.sampled_from(row_keys()), max_size=3)),
        view=data.draw(st.sampled_from(["table", "full"])),
        differences=data.draw(st.booleans()),
    )
    assert [column.key for column in document.columns] == names
    assert all(len(row.cells) == len(names) for row in document.rows)
    assert_references_in_order_of_use(document)


def test_every_pair_says_for_what_it_is_compared(catalogue: hairtx.Catalogue) -> None:
    for one, other in combinations(catalogue, 2):
        listed = [{i.condition for i in treatment.indications} for treatment in (one, other)]
        shared = [key for key in catalogue.conditions if key in listed[0] & listed[1]]
        document = hairtx.compare(catalogue, [one.id, other.id], rows=["invasiveness"], view="table")
        assert set(document.data["shared_conditions"]) == set(shared)
        chosen = document.data["condition"]
        assert chosen in shared if shared else chosen is None
        asked = f" for {w.lower_first(catalogue.conditions[chosen].short)}?" if shared else "?"
        assert document.title.endswith(asked)


# What was asked for, and nothing else


def test_of_the_other_sex_nothing_is_told_where_the_catalogue_says_so(tmp_path: Path) -> None:
    values = small_values()
    course = values["conditions"]["test-thinning"]["course"]
    for sex in ("male", "female"):
        course.append({"text": f"Untreated, {sex}.", "sex": sex, "sources": ["test-cohort"]})
        values["treatments"][0]["caveats"].append({"text": f"Paying, {sex}.", "sex": sex, "sources": ["test-trial"]})
        key = f"test-{sex}-thing"
        values["factors"][key] = {"label": f"thing, {sex}.", "definition": "One sex has it.", "sex": sex, "core": True}
        caution = {"factor": key, "action": "avoid", "why": f"It hurts, {sex}.", "sources": ["test-trial"]}
        values["treatments"][0]["cautions"].append(caution)
    signs = [{"text": "it itches, male. Or, female", "sources": ["test-trial"]}]
    signs += [{"text": f"it itches, {sex}", "sex": sex, "sources": ["test-trial"]} for sex in ("male", "female")]
    values["conditions"]["test-thinning"]["brief"] = {"doctor": signs}
    catalogue = loaded(values, tmp_path / "c.yaml")
    assert leads(hairtx.compare(catalogue, SMALL_IDS[:2]))["See a doctor first if"] == "it itches, male. Or, female."
    for sex, other in (("male", "female"), ("female", "male")):
        assert leads(hairtx.compare(catalogue, SMALL_IDS[:2], sex=sex))["See a doctor first if"] == f"it itches, {sex}."
        document = hairtx.compare(catalogue, SMALL_IDS[:2], sex=sex, view="full")
        described = hairtx.describe(catalogue, "test-tonic", sex=sex, view="full")
        drawn = hairtx.effects(catalogue, SMALL_IDS[:2], sex=sex)
        brief = hairtx.describe(catalogue, "test-tonic", sex=sex)
        for text in map(hairtx.render, (document, described, drawn, brief), ["table"] * 4):
            assert f", {other}." not in text
        assert f"Untreated, {sex}." in hairtx.render(document, "table")
        assert f"Untreated, {sex}." in hairtx.render(drawn, "table")
        assert all(f"{what}, {sex}." in hairtx.render(described, "table") for what in ("Paying", "hurts"))
    whole = hairtx.render(hairtx.compare(catalogue, SMALL_IDS[:2], view="full"), "table", width=200)
    assert all(f"{what}, {sex}." in whole for what in ("Untreated", "Paying") for sex in ("male", "female"))


@pytest.mark.parametrize("view", ["table", "full"])
def test_with_a_condition_asked_for_nothing_is_told_of_others(tmp_path: Path, view: View) -> None:
    values = small_values()
    common = {"region": "US", "status": "approved", "sources": ["test-label"]}
    values["treatments"][0]["regulatory"] = [
        {**common, "condition": "test-thinning", "sex": "male", "detail": "For thinning."},
        {**common, "condition": "test-patches", "detail": "For patches."},
        {**common, "detail": "For whatever."},
    ]
    catalogue = loaded(values, tmp_path / "c.yaml")
    rows = ["indications", "regulatory"]
    asked = hairtx.describe(catalogue, "test-tonic", condition="test-thinning", rows=rows, view=view)
    assert "patch" not in words(asked, "indications").casefold()
    assert "For patches." not in words(asked, "regulatory")
    assert "US, for men only: approved. For thinning." in words(asked, "regulatory")
    assert "US: approved. For whatever." in words(asked, "regulatory")
    compared = hairtx.compare(catalogue, SMALL_IDS[:2], condition="test-thinning", rows=rows, view=view)
    assert "patch" not in words(compared, "indications").casefold()
    by_itself = hairtx.describe(catalogue, "test-tonic", rows=rows, view=view)
    assert "patch" in words(by_itself, "indications").casefold()
    assert "For patches." in words(by_itself, "regulatory")
    men = hairtx.describe(catalogue, "test-tonic", sex="male", rows=rows, view=view)
    assert "US: approved. For thinning." in words(men, "regulatory")


def test_a_sex_that_a_factor_tells_counts_for_the_whole_answer_and_is_said(catalogue: hairtx.Catalogue) -> None:
    names = ["prp", "topical-minoxidil"]
    told = hairtx.compare(catalogue, names, factors=["breastfeeding"])
    assert "told for women, because breastfeeding was asked about." in [item.text for item in told.lead]
    women = hairtx.compare(catalogue, names, factors=["breastfeeding"], sex="female")
    assert [one.cells for one in told.answer] == [one.cells for one in women.answer]
    assert not any(item.lead == "Note" for item in women.lead)
    assert not any(item.lead == "Note" for item in hairtx.compare(catalogue, names, factors=["diabetes"]).lead)
