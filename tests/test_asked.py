"""What people type leads to what they mean, and never to what would harm; tests/data/asked.yaml has both lists."""

from __future__ import annotations

import runpy
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import hairtx
from conftest import Run
from hairtx.analysis.factors import find_factors
from hairtx.errors import NotCoveredError

EVALUATE = runpy.run_path(str(Path(__file__).parents[1] / "tools" / "evaluate.py"))


@pytest.fixture(scope="module")
def asked() -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load(EVALUATE["ASKED"].read_text(encoding="utf-8"))
    return listed


@pytest.fixture(scope="module")
def real() -> hairtx.Catalogue:
    return hairtx.load()


def test_the_first_answer_is_right_for_97_of_100(real: hairtx.Catalogue, asked: dict[str, Any]) -> None:
    missed = Counter(one[0] for one in EVALUATE["misses"](real, asked))
    for kind, count in Counter(one["kind"] for one in asked["asked"]).items():
        assert missed[kind] <= 0.03 * count, kind


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("does minoxidil work for women", "show topical-minoxidil --sex female --rows effects"),
        ("Is PRP safe when pregnant?", "show prp --with pregnancy --rows harm"),
        ("how long until finasteride works", "show oral-finasteride --rows results,effects"),
        ("what happens if I stop minoxidil", "show topical-minoxidil --rows on-stopping"),
        ("can I use prp and minoxidil", "compare prp topical-minoxidil"),
        ("should I take finasteride", "show oral-finasteride"),
        ("hair transplant cost", "compare fue-transplant fut-transplant --rows price"),
        ("minoxidil versus finasteride for women?", "compare topical-minoxidil oral-finasteride --sex female"),
    ],
)
def test_a_question_is_told_the_command_that_answers_it(run: Run, typed: str, command: str) -> None:
    for words in (typed.split(), [typed]):
        done = run(*words)
        assert done.returncode == 2
        assert f"type 'hairtx {command}'" in done.stderr
        assert run(*command.split()).returncode == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("I'm on blood pressure tablets", "'hairtx screen --with blood-pressure-medicines'"),
        ("blood pressure", "'hairtx screen --with high-blood-pressure' or 'hairtx screen --with low-blood-pressure'"),
        ("I feel suicidal", "'hairtx screen --with depression'"),
        ("side effects", "name a treatment too, such as 'hairtx show prp --rows harm'"),
        ("what should I do", "name a treatment, such as 'hairtx prp'"),
    ],
)
def test_what_names_no_treatment_leads_to_none(run: Run, typed: str, told: str) -> None:
    done = run(*typed.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_comma_parts_what_is_asked_and_what_has_no_entry_is_never_meant_instead(run: Run) -> None:
    both = run("screen", "warfarin,", "pill").stdout
    assert "blood thinners" in both.splitlines()[0]
    assert "hormonal contraception" in both.splitlines()[0]
    assert run("screen", "the", "pill").returncode == 0
    assert run("exosome", "therapie").stdout.startswith("Exosomes for")
    assert "is not in this catalogue" in run("finasteride", "mesotherapy").stderr


def test_what_form_a_bare_name_was_taken_for_is_said_beside_a_comparison(run: Run) -> None:
    done = run("prp", "vs", "minoxidil")
    assert done.returncode == 0
    assert "'minoxidil' is taken for Minoxidil on the scalp; there is also 'oral-minoxidil'" in done.stderr
    assert run("compare", "minoxidil", "oral-minoxidil").stderr == ""


def test_nothing_is_offered_that_would_harm(real: hairtx.Catalogue, asked: dict[str, Any]) -> None:
    assert EVALUATE["harms"](real, asked) == []


def test_every_key_in_the_lists_is_in_the_catalogue(real: hairtx.Catalogue, asked: dict[str, Any]) -> None:
    tables = {"treatment": real.treatments, "condition": real.conditions, "factor": real.factors}
    for one in [*asked["asked"], *asked["never"]]:
        right = one.get("never", one.get("right"))
        if isinstance(right, dict):
            assert right["not-covered"] in real.known_names
        elif right != "nothing":
            known = {*tables[one["kind"]], *(() if isinstance(right, str) else real.known_names)}
            assert set([right] if isinstance(right, str) else right) <= known, one


def test_a_look_takes_milliseconds(real: hairtx.Catalogue) -> None:
    typed = ("mesoterapy injektions", "prp or exosomes for my hair", "something else altogether")
    started = time.process_time()
    for one in typed:
        assert EVALUATE["answered"](real, "treatment", one)[0] == "offered"
    assert time.process_time() - started < 0.05 * len(typed)  # a fifth of it in fact, with room for slow machines


@pytest.mark.parametrize(
    ("typed", "factors"),
    [
        ("diabetes and asthma", ("diabetes", "asthma")),
        ("on warfarin with high bp", ("anticoagulants", "high-blood-pressure")),
        ("diabetic, 72 years old", ("diabetes", "older-age")),
        ("i'm pregnant and have asthma", ("pregnancy", "asthma")),
        ("breastfeeding plus low iron", ("breastfeeding", "low-iron")),
    ],
)
def test_a_sentence_with_two_factors_counts_both(typed: str, factors: tuple[str, ...], real: hairtx.Catalogue) -> None:
    assert find_factors(real, [typed]) == factors


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("my 6 year old is diabetic", ("under-18", "diabetes")),
        ("72 years old with atrial fibrillation", ("older-age", "heart-disease")),
        ("asthmatic taking lithium", ("asthma", "lithium")),
    ],
)
def test_an_age_or_another_thing_said_hides_nothing(
    typed: str, offered: tuple[str, ...], real: hairtx.Catalogue
) -> None:
    with pytest.raises(hairtx.UnknownNameError) as error:
        real.find_factor(typed)
    assert error.value.nearest == offered


def test_a_name_that_may_be_several_entries_asks_which(real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError, match="Did you mean 'fue-transplant' or 'fut-transplant'"):
        real["hair transplant"]


def test_what_is_not_covered_says_what_it_is_and_whom_to_see(real: hairtx.Catalogue) -> None:
    with pytest.raises(NotCoveredError, match=r"'zinc tablets' .* not the same as useless"):
        real["zinc tablets"]
    with pytest.raises(NotCoveredError, match="See a doctor who can send you to a skin doctor this week"):
        real.find_condition("frontal fibrosing")


def test_a_name_of_another_kind_says_where_it_belongs(real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError, match="'hairtx conditions scarring-alopecias'"):
        real["scarring alopecia"]
    with pytest.raises(hairtx.UnknownNameError, match=r"screen --with inflamed-scalp"):
        real["dandruff"]


@pytest.mark.parametrize("typed", ["simvastatin", "taking a statin", "raloxifene", "statins for cholesterol"])
def test_a_medicine_that_somebody_takes_is_sent_to_no_entry(typed: str, real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError) as error:
        real.find_factor(typed)
    assert "Nothing was looked for under that name, which is not the same as safe. 'hairtx screen'" in str(error.value)


def test_chemotherapy_counts_as_cancer_and_as_weak_defences(real: hairtx.Catalogue) -> None:
    assert {"cancer", "weakened-immunity"} <= set(real.broader_factors(real.find_factor("had chemo last year")))


@pytest.mark.parametrize("typed", ["itchy burning scalp with bald shiny patches", "scaly bald patch and hair falling"])
def test_what_a_doctor_should_see_this_week_is_offered_first(typed: str, real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError) as error:
        real.find_condition(typed)
    assert real.known_names[error.value.nearest[0]].how_soon == "this-week"


@pytest.mark.parametrize(
    "typed", ["minoxidil foam or tablets", "minoxidil pills vs foam", "rub on minoxidil or swallow it"]
)
def test_two_forms_of_a_medicine_are_both_offered(typed: str, real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError) as error:
        real[typed]
    assert set(error.value.nearest) == {"topical-minoxidil", "oral-minoxidil"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anti depressants", "depression"),
        ("anti-coagulants", "anticoagulants"),
        ("over active thyroid", "thyroid-disease"),
        ("i'm 12 years old", "under-18"),
        ("hair transplant 3 weeks ago", "recent-scalp-procedure"),
        ("nursing a 3 month old", "breastfeeding"),
    ],
)
def test_one_thing_said_in_several_words_is_found(typed: str, meant: str, real: hairtx.Catalogue) -> None:
    assert real.find_factor(typed) == meant


@pytest.mark.parametrize(
    ("factor", "broader"),
    [
        ("crohn's disease", {"autoimmune-disease", "stomach-or-bowel-disease"}),
        ("carbamazepine", {"epilepsy-medicines", "enzyme-inducers"}),
        ("viagra", {"sexual-problems", "low-blood-pressure"}),
        ("sickle cell", {"haemoglobin-disorder", "blood-disorder"}),
    ],
)
def test_what_is_two_things_gets_what_is_listed_for_either(
    factor: str, broader: set[str], real: hairtx.Catalogue
) -> None:
    assert broader <= set(real.broader_factors(real.find_factor(factor)))


@pytest.mark.parametrize(
    ("typed", "treatment"),
    [
        ("Propecia 1mg", "oral-finasteride"),
        ("Leqselvi 8 mg", "deuruxolitinib"),
        ("minoxidil 7.5 mg daily", "oral-minoxidil"),
        ("minoxidil 12%", "topical-minoxidil"),
        ("Monofer drip", "iron-infusion"),
        ("Capillus cap", "low-level-laser"),
    ],
)
def test_a_strength_or_a_form_behind_a_name_asks_nothing(typed: str, treatment: str, real: hairtx.Catalogue) -> None:
    assert real[typed].id == treatment


@pytest.mark.parametrize("typed", ["Propecia injections", "clascoterone tablets", "Propecia spray"])
def test_a_form_that_an_entry_does_not_have_is_asked_about(typed: str, real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError):
        real[typed]


@pytest.mark.parametrize(
    ("typed", "factor"),
    [
        ("ferritin 29", "low-iron"),
        ("ferritin: 301 ng/ml", "iron-overload"),
        ("egfr under 60", "kidney-disease"),
        ("bmi 30", "obesity"),
        ("blood pressure is 140/85", "high-blood-pressure"),
        ("bp 88 over 60", "low-blood-pressure"),
        ("haemoglobin 105", "anaemia"),
        ("my daughter is 17", "under-18"),
        ("aged 66", "older-age"),
    ],
)
def test_a_figure_leads_to_what_it_is_called(typed: str, factor: str, real: hairtx.Catalogue) -> None:
    assert real.find_factor(typed) == factor


@pytest.mark.parametrize(
    "typed", ["egfr 60", "egfr over 30", "bmi 29", "bp 120/80", "hb 13", "potassium 4.2", "ferritin 30"]
)
def test_a_figure_that_may_be_normal_leads_nowhere(typed: str, real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError):
        real.find_factor(typed)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("minoxidil", "'oral-minoxidil' (Minoxidil tablets)"),
        ("minox", "oral-minoxidil"),
        ("fin", "topical-finasteride"),
        ("dut", "dutasteride-mesotherapy"),
        ("oral-minoxidil", ""),
        ("Propecia", ""),
        ("prp", ""),
    ],
)
def test_a_name_that_tells_no_form_is_shown_with_the_others(run: Run, typed: str, other: str) -> None:
    told = run("show", typed, "--rows", "price").stderr
    assert (other in told and "there is also" in told) if other else told == ""


def test_the_name_of_an_illness_never_leads_to_a_treatment(real: hairtx.Catalogue) -> None:
    named = [name for name, key in real.names_of("known_name").items() if real.known_names[key].about == "condition"]
    leading = []
    for name in [*named, *real.names_of("condition"), "hair loss after birth", "after having a baby"]:
        try:
            real[name]
        except NotCoveredError:
            leading.append(name)
        except hairtx.UnknownNameError as error:
            leading += [name] if error.nearest else []
        else:
            leading.append(name)
    assert leading == []


def test_what_is_true_of_a_person_is_not_taken_for_a_condition(real: hairtx.Catalogue) -> None:
    with pytest.raises(hairtx.UnknownNameError, match=r"'telogen-effluvium' .* also .* '.* --with breastfeeding'"):
        real.find_condition("breastfeeding")
    assert real.find_condition("hair loss while breastfeeding") == "telogen-effluvium"
