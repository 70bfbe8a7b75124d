"""The checks of the catalogue: the shipped one passes each, and each finds a fault planted for it in the small one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

import hairtx
from hairtx.catalogue import model
from hairtx.catalogue.model import TABLES, CatalogueFile, Treatment
from hairtx.catalogue.quantity import Count, Interval
from hairtx.catalogue.reading import editor as quality
from hairtx.catalogue.reading.rules import CHECKS, Finding, Parts
from support import SMALL_FILE

Plant = Callable[[CatalogueFile], CatalogueFile]
replaced = structs.replace


def as_file(catalogue: hairtx.Catalogue) -> CatalogueFile:
    tables = {name: dict(getattr(catalogue, name)) for name in TABLES if name != "treatments"}
    return CatalogueFile(treatments=tuple(catalogue), about=catalogue.about, **tables)


@pytest.fixture(scope="module")
def shipped(catalogue: hairtx.Catalogue) -> CatalogueFile:
    return as_file(catalogue)


@pytest.fixture(scope="module")
def small() -> CatalogueFile:
    return as_file(hairtx.load([SMALL_FILE]))


def found_by(name: str, file: CatalogueFile) -> list[Finding]:
    return list(CHECKS[name].find(Parts((file,))))


def found_anew(name: str, plant: Plant, file: CatalogueFile) -> list[Finding]:
    """What the check finds because of what was planted; the small catalogue is too small to pass them all."""
    before = found_by(name, file)
    return [one for one in found_by(name, plant(file)) if one not in before]


def in_entry(change: Callable[[Treatment], Treatment], name: str = "test-tonic") -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        assert any(one.id == name for one in file.treatments)
        return replaced(file, treatments=tuple(change(one) if one.id == name else one for one in file.treatments))

    return plant


def item(field: str, name: str = "test-tonic", at: int = 0, **changes: Any) -> Plant:
    """A change to one item of a list of an entry, the first if not said otherwise."""

    def change(one: Treatment) -> Treatment:
        items = list(getattr(one, field))
        items[at] = replaced(items[at], **changes)
        return replaced(one, **{field: tuple(items)})

    return in_entry(change, name)


def effect(**changes: Any) -> Plant:
    """A change to the tonic's first effect, a mean difference from a meta-analysis."""
    return item("effects", **changes)


def shares(**changes: Any) -> Plant:
    """A change to its third effect, shares of people."""
    return item("effects", at=2, **changes)


def rated(name: str = "test-graft", **changes: Any) -> Plant:
    """A change to what an entry is rated; for the graft no trial is known."""
    return item("indications", name, rating="our-reading", **changes)


def source(**changes: Any) -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        known = file.sources["test-cohort"]
        assert known.url
        return replaced(file, sources={**file.sources, "test-cohort": replaced(known, **changes)})

    return plant


def new_source(file: CatalogueFile) -> CatalogueFile:
    new = model.Source(type="review", title="Cited by nobody", read="abstract")
    return replaced(file, sources={**file.sources, "nobody-2026": new})


def factor(**changes: Any) -> Plant:
    """A change to the factor that another one includes."""

    def plant(file: CatalogueFile) -> CatalogueFile:
        known = file.factors["test-pregnancy"]
        return replaced(file, factors={**file.factors, "test-pregnancy": replaced(known, **changes)})

    return plant


def unsourced_times(one: Treatment) -> Treatment:
    assert one.results is not None
    return replaced(one, results=replaced(one.results, sources=()))


def phases(*first: model.Phase, others: bool = True) -> Plant:
    def change(one: Treatment) -> Treatment:
        assert one.schedule is not None
        return replaced(one, schedule=replaced(one.schedule, phases=(*first, *(one.phases if others else ()))))

    return in_entry(change)


def claim(**changes: Any) -> Plant:
    return item("claims", **changes)


def says_everything(one: Treatment) -> Treatment:
    return replaced(one, **{name: getattr(one, name)[:1] * most for name, (_, most) in quality.LIST_LIMITS.items()})


ENDLESS = model.Phase(name="for ever", every=Interval.parse("1 day"), sources=("test-trial",))
UNSPACED = model.Phase(name="course", sessions=Count.parse("3"), sources=("test-trial",))

PLANTED: list[tuple[str, str, Plant]] = [
    ("unknown-source", "a key that is not in the bibliography", item("caveats", sources=("x",))),
    ("unknown-key", "a factor that is not in the vocabulary", item("cautions", factor="x")),
    ("unknown-key", "a factor that includes an unknown one", factor(includes=("x",))),
    ("duplicate-id", "an id given twice", in_entry(lambda one: replaced(one, id="test-needling"))),
    ("duplicate-alias", "an alias in another spelling", factor(aliases=("Made-Up  ALLERGY",))),
    ("schedule", "an endless phase that is not the last", phases(ENDLESS)),
    ("schedule", "sessions without a gap", phases(UNSPACED, others=False)),
    ("interval", "a value outside its interval", effect(value=1000.0)),
    ("unsourced", "times without a source", in_entry(unsourced_times)),
    ("unused-source", "a source that nothing cites", new_source),
    (
        "verdict",
        "supported by a brochure",
        claim(verdict="supported", claimed_by=("test-label",), sources=("test-brochure",)),
    ),
    (
        "verdict",
        "partly supported by a brochure",
        claim(verdict="partly-supported", claimed_by=("test-label",), sources=("test-brochure",)),
    ),
    (
        "verdict",
        "supported by whoever claims it",
        claim(verdict="supported", claimed_by=("test-trial",), sources=("test-trial",)),
    ),
    ("promotional-evidence", "a figure from a brochure", effect(sources=("test-brochure",))),
    (
        "promotional-evidence",
        "a certainty from a brochure",
        rated(certainty="very-low", sources=("test-brochure",)),
    ),
    ("certainty", "high from a case series", effect(certainty="high", rating="our-reading", design="case series")),
    ("certainty", "moderate from a cohort alone", rated(certainty="moderate")),
    ("certainty", "low from a label alone", rated(certainty="low", sources=("test-label",))),
    ("certainty", "high for waiting from a cohort", rated("test-waiting", certainty="high", sources=("test-cohort",))),
    ("certainty", "a published rating of nothing", item("indications", certainty="none", rating="published")),
    ("certainty-pair", "a certainty without whose it is", effect(rating=None)),
    ("figure-unit", "a difference without a unit", effect(unit=None)),
    ("figure-unit", "shares of people with a unit", shares(unit="%")),
    ("figure-unit", "a ratio with a unit", item("effects", at=1, unit="hairs")),
    ("figure-comparator", "shares without the comparator's", shares(comparator_value=None)),
    ("figure-comparator", "more than everybody", shares(value=101.0)),
    ("figure-comparator", "a second value beside a difference", effect(comparator_value=3.0)),
    ("figure-time", "no time and no word on it", effect(timepoint=None, note="As printed.")),
    ("figure-group", "nobody behind a figure", effect(participants=None, studies=None, design="RCT")),
    ("partner", "a partner that does not exist", item("combinations", partner="snake-oil")),
    ("partner", "a treatment combined with itself", item("combinations", partner="test-tonic")),
    ("factor-loop", "two factors that include each other", factor(includes=("test-allergy",))),
    ("brochure-words", "a miracle", claim(claim="A Miracle for thin hair")),
    ("brochure-words", "called safe", item("caveats", text="It is safe for all.")),
    ("brochure-words", "in a question", in_entry(lambda one: replaced(one, questions=("Is it guaranteed?",)))),
    ("characters", "a long dash", item("caveats", text="It works \u2014 perhaps.")),
    ("characters", "a typographic quote", item("caveats", text="It is \u201cnew\u201d.")),
    ("text-length", "a caveat that never ends", item("caveats", text="word " * 71)),
    ("text-length", "a wordy reason for a caution", item("cautions", why="word " * 41)),
    ("entry-length", "an entry without caveats", in_entry(lambda one: replaced(one, caveats=()))),
    ("entry-length", "an entry with six claims", in_entry(lambda one: replaced(one, claims=one.claims[:1] * 6))),
    ("entry-length", "an entry that says everything", in_entry(says_everything)),
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
def test_planted_fault_is_found(name: str, fault: str, plant: Plant, small: CatalogueFile) -> None:
    findings = found_anew(name, plant, small)
    assert findings, fault
    assert all(one.path and one.message for one in findings)


def test_every_check_of_quality_has_a_planted_fault() -> None:
    ours = {name for name, one in CHECKS.items() if one.find.__module__ == quality.__name__}
    assert ours <= {name for name, _, _ in PLANTED}
    assert not any(CHECKS[name].at_load for name in ours)


def test_an_entry_that_says_everything_is_too_long_only_as_a_whole(small: CatalogueFile) -> None:
    told = [one.message for one in found_by("entry-length", in_entry(says_everything)(small)) if one.path[1] == 0]
    assert [one.partition(" in all")[0] for one in told] == [f"{sum(m for _, m in quality.LIST_LIMITS.values())} items"]


def test_denying_that_something_is_safe_is_allowed(small: CatalogueFile) -> None:
    assert not found_anew("brochure-words", item("caveats", text="Nothing listed is not the same as safe."), small)


def test_waiting_may_be_rated_moderate_on_cohorts(small: CatalogueFile) -> None:
    assert not found_anew("certainty", rated("test-waiting", certainty="moderate", sources=("test-cohort",)), small)
