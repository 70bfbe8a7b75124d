"""What the shipped catalogue promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

import hairtx
from hairtx.analysis.document import plain
from hairtx.catalogue.model import Caution

FOUNDING_ARTICLES = ("seed-000", "seed-001", "seed-002", "seed-003")
FOUNDING_ENTRIES = (
    *("prp", "mesotherapy", "microneedling", "iron-infusion", "adipose-stem-cells", "bone-marrow-stem-cells"),
    *("exosomes", "topical-minoxidil", "oral-finasteride", "low-level-laser", "fue-transplant", "fut-transplant"),
    "no-treatment",
)
#: Kinds of record that state something, by the field that holds them.
STATEMENTS = (
    *("mechanism", "indications", "restrictions", "phases", "monitoring", "effects", "findings", "side_effects"),
    *("cautions", "regulatory", "costs", "combinations", "experience", "caveats", "claims", "course", "diagnosis"),
    *("warning_signs",),
)
SINGLE = ("summary", "definition", "daily_activities", "visible_signs", "session_length", "on_stopping")


def records(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping in plain values, with where it stands."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from records(item, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from records(item, f"{path}[{number}]")


@pytest.fixture(scope="module")
def written(catalogue: hairtx.Catalogue) -> dict[str, Any]:
    """All entries, conditions and known names as plain values: the model is walked by nothing but its own field names."""
    return {
        **{one.id: plain(one) for one in catalogue},
        **{key: plain(one) for key, one in catalogue.conditions.items()},
        **{key: plain(one) for key, one in catalogue.known_names.items()},
    }


def test_every_statement_has_a_source_and_every_source_resolves(
    catalogue: hairtx.Catalogue, written: dict[str, Any]
) -> None:
    statements = 0
    for owner, values in written.items():
        for path, record in records(values):
            field = path.rsplit(".", 1)[-1].split("[")[0]
            is_statement = (field in STATEMENTS and path.endswith("]")) or field in SINGLE
            if is_statement:
                statements += 1
                assert record.get("sources"), f"{owner}{path} has no source"
            for key in (*record.get("sources", ()), *record.get("claimed_by", ())):
                assert catalogue.sources[key].title, f"{owner}{path}"
    assert statements > 20 * len(catalogue)


def test_when_results_are_told_they_have_a_source(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        results = treatment.results
        if results is not None and (results.first_signs or results.full_assessment or results.note):
            assert results.sources, treatment.id


def test_every_source_listed_is_used(catalogue: hairtx.Catalogue, written: dict[str, Any]) -> None:
    used = {
        key
        for values in written.values()
        for _, record in records(values)
        for key in (*record.get("sources", ()), *record.get("claimed_by", ()))
    }
    assert set(catalogue.sources) - used - set(FOUNDING_ARTICLES) == set()


def test_every_record_decodes(catalogue: hairtx.Catalogue) -> None:
    # Records are decoded when first asked for, so a faulty one would show late.
    for table in ("treatments", "sources", "conditions", "factors", "pathways", "outcomes"):
        held = getattr(catalogue, table)
        assert held
        assert all(isinstance(record, msgspec.Struct) for record in held.values())


def test_the_founding_entries_are_there(catalogue: hairtx.Catalogue) -> None:
    assert set(FOUNDING_ENTRIES) <= set(catalogue.treatments)


@pytest.mark.parametrize("name", ["minoxidil", "finasteride", "fue", "platelet rich plasma", "mesotherapy"])
def test_the_names_of_the_founding_examples_lead_somewhere(catalogue: hairtx.Catalogue, name: str) -> None:
    assert name in catalogue


def test_the_founding_articles_are_promotional(catalogue: hairtx.Catalogue) -> None:
    for key in FOUNDING_ARTICLES:
        assert catalogue.sources[key].type == "promotional"


def test_doing_nothing_is_an_option_for_every_condition_with_a_course(catalogue: hairtx.Catalogue) -> None:
    waiting = catalogue["no-treatment"]
    assert (waiting.kind, waiting.setting, waiting.invasiveness) == ("none", "none", "none")
    assert {one.condition for one in waiting.indications} >= {"androgenetic-alopecia", "alopecia-areata"}
    for key, condition in catalogue.conditions.items():
        assert condition.course, key
        assert condition.warning_signs, key


@pytest.mark.parametrize(
    ("level", "names"),
    [
        ("minimally-invasive", ["prp", "mesotherapy", "microneedling", "iron-infusion"]),
        ("moderately-invasive", ["adipose-stem-cells", "bone-marrow-stem-cells"]),
        ("surgical", ["fue-transplant", "fut-transplant"]),
        ("non-invasive", ["topical-minoxidil", "oral-finasteride", "low-level-laser"]),
    ],
)
def test_invasiveness_follows_what_happens_to_the_skin(
    catalogue: hairtx.Catalogue, level: str, names: list[str]
) -> None:
    assert {catalogue[name].invasiveness for name in names} == {level}


def test_promotional_pages_prove_no_effect(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        for effect in treatment.effects:
            kinds = {catalogue.sources[key].type for key in effect.sources}
            assert kinds != {"promotional"}, f"{treatment.id}: {effect.outcome}"


@pytest.mark.parametrize("name", ["oral-finasteride", "oral-dutasteride"])
def test_what_harms_an_unborn_child_is_listed_as_to_be_avoided_in_pregnancy(
    catalogue: hairtx.Catalogue, name: str
) -> None:
    cautions = [one for one in catalogue[name].cautions if one.factor == "pregnancy"]
    assert [one.action for one in cautions] == ["avoid"]


def test_a_certainty_above_none_is_rated_by_somebody(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        for effect in treatment.effects:
            assert (effect.certainty is None) == (effect.rating is None), treatment.id


def test_combinations_name_known_treatments(catalogue: hairtx.Catalogue) -> None:
    unknown = {
        (treatment.id, one.partner)
        for treatment in catalogue
        for one in treatment.combinations
        if one.partner not in catalogue.treatments
    }
    assert unknown == set()


def test_proportions_are_percentages(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        for effect in treatment.effects:
            if effect.measure == "proportions":
                assert 0 <= effect.value <= 100, treatment.id
                assert effect.comparator_value is None or 0 <= effect.comparator_value <= 100, treatment.id


def test_nothing_is_called_safe_by_the_program_itself(catalogue: hairtx.Catalogue) -> None:
    about = catalogue.about
    assert "does not recommend" in about.disclaimer
    for text in (about.disclaimer, *about.limits):
        assert " is safe" not in text


def test_hardly_anything_about_harm_rests_on_sellers_alone(catalogue: hairtx.Catalogue) -> None:
    said = [one for each in catalogue for one in (*each.cautions, *each.side_effects)]
    said += [one for each in catalogue.conditions.values() for one in each.warning_signs]
    alone = [one for one in said if {catalogue.sources[key].type for key in one.sources} == {"promotional"}]
    assert len(alone) < 15
    # A seller may say for whom something is not, where nobody else speaks; of what it does and does to people, never.
    assert {type(one).__name__ for one in alone} <= {"Caution"}
    assert all(
        re.search(r"\b(seller|clinic|surgeon)s?\b", one.why, re.IGNORECASE) for one in alone if isinstance(one, Caution)
    )


def test_a_reader_can_find_every_source(catalogue: hairtx.Catalogue) -> None:
    # One of the four articles that all began with came without its address.
    assert [key for key, one in catalogue.sources.items() if one.link is None] in ([], ["seed-002"])
