"""The reading level of what people read first: short answers, summaries, caveats and the texts on conditions.

Flesch-Kincaid grade (Kincaid et al. 1975), as textstat counts it. Names of treatments, conditions and medicines are
replaced by a short word: a reader has to learn them anyway, and their syllables say nothing about the sentence.
Replaced rather than cut out, so that sentences keep their length and the grade is not made to look better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
import textstat

import hairtx
from hairtx.catalogue.model import Condition, Treatment

# Measures every text of the catalogue.
pytestmark = pytest.mark.broad

HIGHEST_GRADE = 10.0
HIGHEST_AVERAGE = 8.0

#: Medicines and tests whose names stand in the texts and are no name of a treatment.
MEDICINES = (
    *("minoxidil", "finasteride", "dutasteride", "spironolactone", "clascoterone", "ketoconazole", "biotin"),
    *("baricitinib", "ritlecitinib", "deuruxolitinib", "tofacitinib", "triamcinolone", "clobetasol", "betamethasone"),
    *("diphencyprone", "dpcp", "sadbe", "ferritin", "testosterone", "oestrogen", "anticoagulant", "botulinum"),
    *("lidocaine", "methotrexate", "isotretinoin", "warfarin", "aspirin", "exosome", "mesotherapy", "microneedling"),
)


@pytest.fixture(scope="module")
def names(catalogue: hairtx.Catalogue) -> re.Pattern[str]:
    found = set(MEDICINES)
    for one in catalogue:
        found |= {one.name, one.short_name, *one.aliases}
    for condition in catalogue.conditions.values():
        found |= {condition.label, *re.split(r"[()]", condition.label), *condition.aliases}
    ordered = sorted({name.strip() for name in found if len(name.strip()) > 2}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})s?\b", re.IGNORECASE)


def entry_text(one: Treatment) -> str:
    return " ".join([one.summary.text, *(caveat.text for caveat in one.caveats)])


def condition_text(one: Condition) -> str:
    told = [one.definition, *one.course, *one.diagnosis, *one.warning_signs]
    return " ".join([one.decision, *(statement.text for statement in told)])


def short_answer(one: Treatment) -> str:
    """All of it as sentences; what it is stands under its name and is none."""
    brief = one.brief
    assert brief is not None, one.id
    told = [*brief.effect, brief.harm, brief.serious, brief.stopping]
    return " ".join(statement.text for statement in told if statement is not None)


def grade(text: str, names: re.Pattern[str]) -> float:
    return float(textstat.flesch_kincaid_grade(names.sub("it", text)))


@pytest.fixture(scope="module")
def grades(catalogue: hairtx.Catalogue, names: re.Pattern[str]) -> dict[str, float]:
    texts = {one.id: entry_text(one) for one in catalogue}
    texts |= {key: condition_text(one) for key, one in catalogue.conditions.items()}
    return {key: grade(text, names) for key, text in texts.items()}


def mean(numbers: Iterable[float]) -> float:
    listed = list(numbers)
    return sum(listed) / len(listed)


def test_texts_are_plain_on_average(grades: dict[str, float]) -> None:
    assert mean(grades.values()) <= HIGHEST_AVERAGE


def test_no_entry_is_hard_to_read(grades: dict[str, float]) -> None:
    assert {key: one for key, one in grades.items() if one > HIGHEST_GRADE} == {}


def test_every_short_answer_is_plain(catalogue: hairtx.Catalogue, names: re.Pattern[str]) -> None:
    measured = {one.id: grade(short_answer(one), names) for one in catalogue}
    assert {key: one for key, one in measured.items() if one > HIGHEST_AVERAGE} == {}


def test_the_lines_above_every_answer_are_no_harder_than_other_texts(
    catalogue: hairtx.Catalogue, names: re.Pattern[str]
) -> None:
    measured = {}
    for key, one in catalogue.conditions.items():
        assert one.brief is not None, key
        assert one.brief.course, key
        assert one.brief.doctor, key
        # Signs stand in one sentence, which makes it long however plain they are.
        course = " ".join(told.text for told in one.brief.course)
        text = f"{course} See a doctor first if {one.brief.doctor[0].text}."
        measured[key] = grade(text, names)
    assert mean(measured.values()) <= HIGHEST_AVERAGE
    assert {key: one for key, one in measured.items() if one > HIGHEST_GRADE} == {}


def test_stated_reading_level_is_what_is_measured(
    catalogue: hairtx.Catalogue, names: re.Pattern[str], grades: dict[str, float]
) -> None:
    stated = catalogue.about.reading_level
    assert stated is not None
    average, highest, smog = map(int, re.findall(r"grade (\d+)", stated))
    assert round(mean(grades.values())) <= average
    assert max(grades.values()) <= highest
    whole = " ".join([*map(entry_text, catalogue), *map(condition_text, catalogue.conditions.values())])
    assert round(float(textstat.smog_index(names.sub("it", whole)))) <= smog


def test_hard_text_is_graded_hard(names: re.Pattern[str]) -> None:
    hard = (
        "Notwithstanding considerable methodological heterogeneity, intradermal administration of autologous "
        "concentrates demonstrated statistically significant improvements in trichoscopic parameters."
    )
    assert grade(hard, names) > HIGHEST_GRADE
    assert grade("It stings. It goes on for two days.", names) < 3
