"""The checks of the catalogue: the shipped one passes each, and each finds a fault planted for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

import hairtx
from hairtx.catalogue import model
from hairtx.catalogue.model import CatalogueFile, Treatment
from hairtx.catalogue.quantity import Count, Interval
from hairtx.catalogue.reading import editor as quality
from hairtx.catalogue.reading.rules import CHECKS, Finding, Parts

Plant = Callable[[CatalogueFile], CatalogueFile]
replaced = structs.replace


@pytest.fixture(scope="module")
def shipped(catalogue: hairtx.Catalogue) -> CatalogueFile:
    return CatalogueFile(
        treatments=tuple(catalogue),
        sources=dict(catalogue.sources),
        conditions=dict(catalogue.conditions),
        factors=dict(catalogue.factors),
        pathways=dict(catalogue.pathways),
        outcomes=dict(catalogue.outcomes),
        about=catalogue.about,
    )


def found_by(name: str, file: CatalogueFile) -> list[Finding]:
    return list(CHECKS[name].find(Parts((file,))))


def in_entry(name: str, change: Callable[[Treatment], Treatment]) -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        assert any(one.id == name for one in file.treatments)
        return replaced(file, treatments=tuple(change(one) if one.id == name else one for one in file.treatments))

    return plant


def first_of(field: str, **changes: Any) -> Callable[[Treatment], Treatment]:
    def change(one: Treatment) -> Treatment:
        first, *rest = getattr(one, field)
        return replaced(one, **{field: (replaced(first, **changes), *rest)})

    return change


def effect(**changes: Any) -> Plant:
    """A change to the first effect of PRP, a mean difference from a meta-analysis."""
    return in_entry("prp", first_of("effects", **changes))


def shares(**changes: Any) -> Plant:
    """A change to the first effect of baricitinib, shares of people."""
    return in_entry("baricitinib", first_of("effects", **changes))


def source(**changes: Any) -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        known = file.sources["bnssg-alopecia"]
        assert known.url
        return replaced(file, sources={**file.sources, "bnssg-alopecia": replaced(known, **changes)})

    return plant


def new_source(file: CatalogueFile) -> CatalogueFile:
    new = model.Source(type="review", title="Cited by nobody", read="abstract")
    return replaced(file, sources={**file.sources, "nobody-2026": new})


def looping(file: CatalogueFile) -> CatalogueFile:
    aspirin = replaced(file.factors["aspirin"], includes=("anticoagulants",))
    return replaced(file, factors={**file.factors, "aspirin": aspirin})


def same_alias(file: CatalogueFile) -> CatalogueFile:
    diabetes = replaced(file.factors["diabetes"], aliases=("Blood-Thinners",))
    return replaced(file, factors={**file.factors, "diabetes": diabetes})


def unsourced_times(one: Treatment) -> Treatment:
    assert one.results is not None
    return replaced(one, results=replaced(one.results, sources=()))


def endless_first_phase(one: Treatment) -> Treatment:
    assert one.schedule is not None
    endless = model.Phase(name="for ever", every=Interval.parse("1 day"), sources=("gkini2015prp",))
    return replaced(one, schedule=replaced(one.schedule, phases=(endless, *one.schedule.phases)))


def unspaced_phase(one: Treatment) -> Treatment:
    assert one.schedule is not None
    phase = model.Phase(name="course", sessions=Count.parse("3"), sources=("gkini2015prp",))
    return replaced(one, schedule=replaced(one.schedule, phases=(phase,)))


def promoted(**changes: Any) -> Plant:
    """The first claim about PRP, which a promotional page makes."""
    return in_entry("prp", first_of("claims", claimed_by=("seed-003",), **changes))


PLANTED: list[tuple[str, str, Plant]] = [
    ("unknown-source", "a key that is not in the bibliography", in_entry("prp", first_of("caveats", sources=("x",)))),
    ("unknown-key", "a factor that is not in the vocabulary", in_entry("prp", first_of("cautions", factor="x"))),
    ("duplicate-id", "an id given twice", in_entry("prf", lambda one: replaced(one, id="prp"))),
    ("duplicate-alias", "an alias in another spelling", same_alias),
    ("schedule", "an endless phase that is not the last", in_entry("prp", endless_first_phase)),
    ("schedule", "sessions without a gap", in_entry("prp", unspaced_phase)),
    ("interval", "a value outside its interval", effect(value=1000.0)),
    ("unsourced", "times without a source", in_entry("prp", unsourced_times)),
    ("unused-source", "a source that nothing cites", new_source),
    ("verdict", "supported by a brochure", promoted(verdict="supported", sources=("nadiaclinic",))),
    ("verdict", "partly supported by a brochure", promoted(verdict="partly-supported", sources=("nadiaclinic",))),
    (
        "verdict",
        "supported by whoever claims it",
        in_entry(
            "prp", first_of("claims", claimed_by=("gkini2015prp",), verdict="supported", sources=("gkini2015prp",))
        ),
    ),
    ("promotional-evidence", "a figure from a brochure", effect(sources=("seed-003",))),
    (
        "promotional-evidence",
        "a certainty from a brochure",
        in_entry("prp", first_of("indications", certainty="very-low", sources=("seed-003",))),
    ),
    ("certainty", "high from a case series", effect(certainty="high", rating="our-reading", design="case series")),
    (
        "certainty",
        "moderate from a review alone",
        in_entry(
            "concealers",
            first_of("indications", certainty="moderate", rating="our-reading", sources=("aa-clinical-2011",)),
        ),
    ),
    (
        "certainty",
        "low from a label alone",
        in_entry("biotin", first_of("indications", certainty="low", rating="our-reading", sources=("cvs2pct-women",))),
    ),
    (
        "certainty",
        "a published rating of nothing",
        in_entry("prp", first_of("indications", certainty="none", rating="published")),
    ),
    ("certainty-pair", "a certainty without whose it is", effect(rating=None)),
    ("figure-unit", "a difference without a unit", effect(unit=None)),
    ("figure-unit", "shares of people with a unit", shares(unit="%")),
    ("figure-comparator", "shares without the comparator's", shares(comparator_value=None)),
    ("figure-comparator", "more than everybody", shares(value=101.0)),
    ("figure-comparator", "a second value beside a difference", effect(comparator_value=3.0)),
    ("figure-time", "no time and no word on it", shares(timepoint=None, note="As printed.")),
    ("figure-group", "nobody behind a figure", shares(participants=None, studies=None)),
    ("partner", "a partner that does not exist", in_entry("prp", first_of("combinations", partner="snake-oil"))),
    ("partner", "a treatment combined with itself", in_entry("prp", first_of("combinations", partner="prp"))),
    ("factor-loop", "two factors that include each other", looping),
    ("brochure-words", "a miracle", in_entry("prp", first_of("claims", claim="A Miracle for thin hair"))),
    ("brochure-words", "called safe", in_entry("prp", first_of("caveats", text="It is safe for all."))),
    ("brochure-words", "in a question", in_entry("prp", lambda one: replaced(one, questions=("Is it guaranteed?",)))),
    ("characters", "a long dash", in_entry("prp", first_of("caveats", text="It works \u2014 perhaps."))),
    ("characters", "a typographic quote", in_entry("prp", first_of("caveats", text="It is \u201cnew\u201d."))),
    ("text-length", "a caveat that never ends", in_entry("prp", first_of("caveats", text="word " * 71))),
    ("text-length", "a wordy reason for a caution", in_entry("prp", first_of("cautions", why="word " * 41))),
    ("entry-length", "an entry without caveats", in_entry("prp", lambda one: replaced(one, caveats=()))),
    ("entry-length", "an entry with six claims", in_entry("prp", lambda one: replaced(one, claims=one.claims[:1] * 6))),
    (
        "entry-length",
        "an entry that says everything",
        in_entry(
            "prp",
            lambda one: replaced(
                one,
                side_effects=one.side_effects[:1] * 16,
                cautions=one.cautions[:1] * 18,
                findings=one.findings[:1] * 8,
            ),
        ),
    ),
    ("source-link", "a mirror", source(url="https://www.tressless.com/research/1")),
    ("source-link", "a bare address of a machine", source(url="http://192.0.2.7/paper")),
    ("source-link", "an address with a port", source(url="https://example.org:8443/paper")),
    ("source-link", "an address that the DOI makes needless", source(doi="10.1000/182")),
    ("source-link", "a DOI written as an address", source(url="https://doi.org/10.1000/182")),
    ("source-link", "an address that is none", source(url="https://[broken")),
]


@pytest.mark.parametrize("name", list(CHECKS))
def test_shipped_catalogue_passes(name: str, shipped: CatalogueFile) -> None:
    assert [(one.path, one.message) for one in found_by(name, shipped)] == []


@pytest.mark.parametrize(("name", "fault", "plant"), PLANTED, ids=[f"{name}: {fault}" for name, fault, _ in PLANTED])
def test_planted_fault_is_found(name: str, fault: str, plant: Plant, shipped: CatalogueFile) -> None:
    findings = found_by(name, plant(shipped))
    assert findings, fault
    assert all(one.path and one.message for one in findings)


def test_every_check_of_quality_has_a_planted_fault() -> None:
    ours = {name for name, one in CHECKS.items() if one.find.__module__ == quality.__name__}
    assert ours <= {name for name, _, _ in PLANTED}
    assert not any(CHECKS[name].at_load for name in ours)


def test_denying_that_something_is_safe_is_allowed(shipped: CatalogueFile) -> None:
    plant = in_entry("prp", first_of("caveats", text="Nothing listed is not the same as safe."))
    assert found_by("brochure-words", plant(shipped)) == []


def test_waiting_may_be_rated_moderate_on_cohorts(shipped: CatalogueFile) -> None:
    plant = in_entry("no-treatment", first_of("effects", certainty="moderate", design="cohort", rating="our-reading"))
    assert found_by("certainty", plant(shipped)) == []
