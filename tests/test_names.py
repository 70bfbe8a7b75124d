"""Names as people type them, and the nearest ones where they mistype."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from hairtx.catalogue.names import find, folded, named, nearest_names


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@given(st.text(st.sampled_from("abcXYZ é-_ "), max_size=30))
def test_case_hyphens_and_spaces_make_no_difference(name: str) -> None:
    expected = folded(name)
    assert folded(name.upper()) == expected
    assert folded(f"  {name} ") == expected
    assert folded(name.replace("-", "_")) == expected
    assert folded(name.replace(" ", " - ")) == expected


def test_typographic_hyphens_spaces_and_apostrophes_are_those_of_the_keyboard() -> None:
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d":
        assert folded(f"platelet{dash}rich") == "platelet rich"
    for space in "\u00a0\u2007\u2009\u202f\u3000":
        assert folded(f"platelet{space}rich") == "platelet rich"
    assert folded("plate\u00adlet\u200b") == "platelet"
    assert folded("Crohn\u2019s") == "crohn's"


def test_accents_make_no_difference() -> None:
    assert folded("Ménière–Été") == folded("meniere–ete")


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=20), max_size=8), st.integers(1, 4))
def test_nearest_names_are_known_ones_and_each_once(name: str, known: list[str], limit: int) -> None:
    near = nearest_names(name, known, limit=limit)
    assert len(near) <= limit
    assert len(set(near)) == len(near)
    assert set(near) <= set(known)


@given(st.sampled_from(["test-tonic", "microneedling", "oral-finasteride", "exosomes"]), st.data())
def test_one_wrong_letter_still_finds_the_name(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    wrong = name[:place] + data.draw(st.sampled_from("qxz")) + name[place + 1 :]
    assert nearest_names(wrong, ["test-tonic", "microneedling", "oral-finasteride", "exosomes"])[0] == name


def test_a_beginning_or_a_part_finds_the_whole() -> None:
    known = ["fue-transplant", "fut-transplant", "oral-minoxidil", "topical-minoxidil"]
    assert set(nearest_names("minoxidil", known)) == {"oral-minoxidil", "topical-minoxidil"}
    assert nearest_names("fue", known)[0] == "fue-transplant"
    assert nearest_names("  ", known) == []
    assert nearest_names("qqqq", known) == []


@pytest.mark.parametrize("name", ["prp", "PRP", "Platelet-rich plasma", "platelet_rich  PLASMA", " prp "])
def test_a_treatment_goes_by_id_name_and_alias_in_any_spelling(catalogue: hairtx.Catalogue, name: str) -> None:
    assert catalogue[name].id == "prp"
    assert name in catalogue


def test_every_name_in_the_catalogue_leads_to_its_own_treatment(catalogue: hairtx.Catalogue) -> None:
    for treatment in catalogue:
        for name in (treatment.id, treatment.name, treatment.short_name, *treatment.aliases):
            assert catalogue[name].id == treatment.id


def test_an_unknown_name_gets_the_nearest_and_no_flood(catalogue: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError) as refused:
        catalogue["mesoterapy"]
    assert refused.value.nearest[0] == "mesotherapy"
    assert "Did you mean 'mesotherapy'" in str(refused.value)
    assert refused.value.exit_code == 2
    with pytest.raises(hairtx.UnknownNameError) as refused:
        catalogue["q" * 5000]
    assert refused.value.nearest == ()
    assert len(str(refused.value)) < 150
    assert "hairtx list" in str(refused.value)
    assert "q" * 10 not in catalogue
    assert 3 not in catalogue


def test_an_entry_that_is_near_by_two_names_is_offered_once_and_takes_no_place() -> None:
    names = named([("first", ["scalp a", "scalp bb"]), ("second", ["scalp ccc"]), ("third", ["scalp dddd"])])
    with pytest.raises(hairtx.UnknownNameError, match="Did you mean 'first', 'second' or 'third'"):
        find("scalp", names, "treatment", "")


def test_conditions_and_factors_go_by_label_and_alias(catalogue: hairtx.Catalogue) -> None:
    for key, condition in catalogue.conditions.items():
        assert catalogue.find_condition(key) == catalogue.find_condition(condition.label) == key
    for key, factor in catalogue.factors.items():
        assert catalogue.find_factor(key.upper()) == catalogue.find_factor(factor.label) == key
    with pytest.raises(hairtx.UnknownNameError, match="there is no condition called 'flu'"):
        catalogue.find_condition("flu")
    with pytest.raises(hairtx.UnknownNameError, match="Did you mean 'pregnancy'"):
        catalogue.find_factor("pregnansy")
