"""The checks of the catalogue: the shipped one passes each, and each finds a fault planted for it in the small one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

import hairtx
from hairtx.catalogue import model
from hairtx.catalogue.model import TABLES, CatalogueFile, Treatment
from hairtx.catalogue.quantity import Amount, Count, Interval
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
    new = model.Source(type="review", title="Cited by nobody", url="https://example.org/nobody", read="abstract")
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


def said(text: str) -> model.Statement:
    return model.Statement(text=text, sources=("test-trial",))


def course(text: str) -> model.Course:
    return model.Course(text=text, sources=("test-cohort",))


def looked_for(*factors: str) -> Plant:
    record = model.LookedFor(factors=factors, where="the label", date=dt.date(2001, 2, 3), sources=("test-label",))
    return in_entry(lambda one: replaced(one, looked_for=(record,)))


def related(**changes: Any) -> Plant:
    """The tonic and the needling as a family; the tonic lists a caution for a test pregnancy."""

    def plant(file: CatalogueFile) -> CatalogueFile:
        family = model.Family(label="tests", definition="Alike in a test.")
        treatments = [
            replaced(one, families=("tests",)) if one.id in {"test-tonic", "test-needling"} else one
            for one in file.treatments
        ]
        return replaced(file, families={"tests": replaced(family, **changes)}, treatments=tuple(treatments))

    return plant


def signs(*urgency: model.HowSoon | None) -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        sign = model.WarningSign(text="It hurts.", sources=("test-cohort",), may_be="a test", see="a tester")
        known = replaced(
            file.conditions["test-thinning"], warning_signs=tuple(replaced(sign, how_soon=one) for one in urgency)
        )
        return replaced(file, conditions={**file.conditions, "test-thinning": known})

    return plant


def told(text: str, sex: model.Sex = "any", condition: str = "test-thinning", source: str = "test-trial") -> Any:
    return model.BriefEffect(condition=condition, sex=sex, text=text, sources=(source,))


#: A short answer of the tonic that leaves nothing out: moderate for men, low for women, very low for patches.
MEN = told("It probably adds 12.5 hairs, but trials disagree.", "male")
WOMEN = told("It may help.", "female")
PATCHES = told("It is unclear whether it helps.", condition="test-patches")
BRIEF = model.Brief(
    what=said("a liquid"),
    effect=(MEN, WOMEN, PATCHES),
    harm=said("It itches."),
    serious=said("Fainting. How often is not known."),
    stopping=said("The gain is lost."),
)


def answered(**changes: Any) -> Plant:
    """The tonic with a short answer, changed."""
    return in_entry(lambda one: replaced(one, brief=replaced(BRIEF, **changes)))


def directed(direction: model.Direction, at: int = 0, **changes: Any) -> Plant:
    """A direction for one of the tonic's ratings; the only interval for men, the first, includes no effect."""
    return item("indications", at=at, direction=direction, **changes)


def both(*plants: Plant) -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        for one in plants:
            file = one(file)
        return file

    return plant


MANY = model.People(treated=Amount.parse("12"), group="men", time="1 year")


def counted(share: str = "3", **changes: Any) -> Plant:
    """A count of people for the tonic's first unwanted effect."""
    people = model.People(treated=Amount.parse(share), group="men", time="1 year")
    return item("side_effects", people=replaced(people, **changes))


def above_answers(**changes: Any) -> Plant:
    def plant(file: CatalogueFile) -> CatalogueFile:
        brief = model.ConditionBrief(
            course=(course("It goes on."),), doctor=(model.DoctorFirst(text="it hurts", sources=("test-trial",)),)
        )
        known = replaced(file.conditions["test-thinning"], brief=replaced(brief, **changes))
        return replaced(file, conditions={**file.conditions, "test-thinning": known})

    return plant


ENDLESS = model.Phase(name="for ever", every=Interval.parse("1 day"), sources=("test-trial",))
UNSPACED = model.Phase(name="course", sessions=Count.parse("2"), sources=("test-trial",))
MEN_FIRST = model.DoctorFirst(text="it hurts", sex="male", sources=("test-trial",))
UPKEEP = model.Phase(
    name="upkeep", sessions=Count.parse("1"), every=Interval.parse("6 months"), sources=("test-label",)
)
TWICE = model.Phase(name="use", sessions=Count.parse("2"), every=Interval.parse("1 day"), sources=("test-label",))

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
    ("region", "a country under two names", item("costs", region="GB")),
    (
        "future",
        "an entry looked over in times to come",
        in_entry(lambda one: replaced(one, reviewed=dt.date(2199, 1, 1))),
    ),
    ("reserved-id", "a page that Windows cannot hold", in_entry(lambda one: replaced(one, id="nul"))),
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
    ("promotional-harm", "a caution from a brochure", item("cautions", sources=("test-brochure",))),
    ("promotional-harm", "a harm from a brochure", item("side_effects", sources=("test-brochure",))),
    (
        "promotional-evidence",
        "a certainty from a brochure",
        rated(certainty="very-low", sources=("test-brochure",)),
    ),
    (
        "promotional-evidence",
        "a short answer from a brochure",
        answered(effect=(told("It may help.", source="test-brochure"),)),
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
    ("contest", "two shares that are one", shares(value=89, comparator_value=11, note="After 12 weeks.")),
    ("base-rate", "a ratio of nobody knows how many", effect(measure="risk-ratio", value=2.0, unit=None, note=None)),
    ("universal", "nobody read them all", item("findings", text="No trial has shown a gain.")),
    ("universal", "all of them", item("caveats", text="A doctor writes: all studies were short.")),
    ("universal", "in a reason", item("claims", why="It is new, and every review says so.")),
    ("alike", "no difference told as likeness", item("findings", text="Both groups did the same.")),
    ("people", "of nobody", counted(group=None)),
    ("people", "at no time", counted(time=None)),
    ("people", "beside nobody", counted(compared=Amount.parse("1"))),
    ("people", "more than everybody", counted("90-101")),
    ("people", "rare and counted in many", item("side_effects", frequency="rare", people=MANY)),
    ("people", "more than everybody without it", counted(compared=Amount.parse("101"), comparator="water")),
    ("people", "more than everybody who gains", effect(people=model.People(treated=Amount.parse("101")))),
    ("direction", "a size of what is unclear", directed("unclear", size="3 hairs")),
    ("direction", "helps on very low certainty", directed("helps", at=2)),
    ("direction", "no difference where nothing was found", directed("no-difference", certainty="none")),
    ("direction", "helps over no effect", directed("helps")),
    ("direction", "worse over no effect", directed("worse")),
    ("direction", "no difference beside an effect", both(effect(ci95=(2.0, 20.0)), directed("no-difference"))),
    ("brief", "no word on serious harm", answered(serious=None)),
    ("brief", "no word on women", answered(effect=(MEN, PATCHES))),
    ("brief", "no word on patches", answered(effect=(MEN, WOMEN))),
    ("brief", "a question that is not shown", answered(questions=("How?", "When?", "Where?"))),
    ("brief", "no word on when to see a doctor", above_answers(doctor=())),
    ("brief", "a doctor for men alone", above_answers(doctor=(MEN_FIRST,))),
    ("brief-words", "may for moderate", answered(effect=(replaced(MEN, text="It may help, and probably does."),))),
    ("brief-words", "sure for low", answered(effect=(replaced(WOMEN, text="It helps."),))),
    ("brief-words", "may for very low", answered(effect=(replaced(PATCHES, text="It may help."),))),
    ("brief-words", "unclear for a direction", both(directed("helps"), answered(effect=(told("It is unclear."),)))),
    ("brief-words", "one text for two certainties", answered(effect=(told("It probably helps."),))),
    ("brief-words", "a condition that is not rated", answered(effect=(told("It may.", condition="test-shedding"),))),
    ("brief-words", "probably for high", both(directed("helps", certainty="high"), answered())),
    ("brief-words", "may where nothing was found", both(directed("unclear", 2, certainty="none"), answered())),
    ("one-session", "upkeep every half year that is one session", phases(UPKEEP, others=False)),
    ("course-price", "a price per month of what is over in two days", phases(TWICE, others=False)),
    ("looked-for", "a core factor that nobody looked for", factor(core=True)),
    ("looked-for", "found and not found at once", looked_for("test-pregnancy")),
    ("family", "a caution of the family that one has not", related()),
    ("warning-sign", "no word on how soon", signs(None)),
    ("warning-sign", "the most urgent behind", signs("soon", "now")),
    ("partner", "a partner that does not exist", item("combinations", partner="snake-oil")),
    ("partner", "a treatment combined with itself", item("combinations", partner="test-tonic")),
    ("factor-loop", "two factors that include each other", factor(includes=("test-allergy",))),
    ("claim", "a claim that no text can be found to make", claim(kind=None)),
    ("claim", "half a yes to always", claim(verdict="partly-supported")),
    ("claim", "a claim in the mouth of a paper", claim(claimed_by=("test-trial",))),
    ("brochure-words", "a miracle", claim(why="A Miracle for thin hair")),
    ("brochure-words", "called safe", item("caveats", text="It is safe for all.")),
    ("brochure-words", "in a question", in_entry(lambda one: replaced(one, questions=("Is it guaranteed?",)))),
    ("characters", "a long dash", item("caveats", text="It works \u2014 perhaps.")),
    ("characters", "a space at the end", item("caveats", text="It works. ")),
    ("characters", "a typographic quote", item("caveats", text="It is \u201cnew\u201d.")),
    ("text-length", "a caveat that never ends", item("caveats", text="word " * 71)),
    ("text-length", "a wordy reason for a caution", item("cautions", why="word " * 41)),
    ("text-length", "a short answer that is none", answered(harm=said("word " * 21))),
    ("text-length", "more than what it is", answered(what=said("word " * 11))),
    ("text-length", "a question too long to ask", answered(questions=("word " * 13,))),
    ("text-length", "a line that fills two", above_answers(course=(course("word " * 21),))),
    ("entry-length", "an entry without caveats", in_entry(lambda one: replaced(one, caveats=()))),
    ("entry-length", "an entry with very many claims", in_entry(lambda one: replaced(one, claims=one.claims[:1] * 49))),
    ("entry-length", "an entry that says everything", in_entry(says_everything)),
    ("source-link", "a mirror", source(url="https://www.tressless.com/research/1")),
    ("source-link", "a bare address of a machine", source(url="http://192.0.2.7/paper")),
    ("source-link", "an address with a port", source(url="https://example.org:8443/paper")),
    ("source-link", "an address that the DOI makes needless", source(doi="10.1000/182")),
    ("source-link", "a DOI written as an address", source(url="https://doi.org/10.1000/182")),
    ("source-link", "an address that is none", source(url="https://[broken")),
    ("findable", "nothing that leads to it", source(url=None, doi=None, pmid=None)),
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
    file = in_entry(says_everything)(small)
    told = [one.message for one in found_by("entry-length", file) if one.path[1] == 0]
    everything = sum(len(getattr(file.treatments[0], name)) for name in quality.LIST_LIMITS if name != "claims")
    assert [one.partition(" in all")[0] for one in told] == [f"{everything} items"]


def test_a_single_session_needs_no_gap(small: CatalogueFile) -> None:
    once = model.Phase(name="once", sessions=Count.parse("1"), sources=("test-trial",))
    assert not found_anew("schedule", phases(once, others=False), small)


@pytest.mark.parametrize("bound", [-0.5, 25.5])
def test_a_value_may_be_the_end_of_its_interval(bound: float, small: CatalogueFile) -> None:
    assert small.treatments[0].effects[0].ci95 == (-0.5, 25.5)
    assert not found_anew("interval", effect(value=bound), small)


def test_what_is_there_twice_is_named_with_what_to_do(small: CatalogueFile) -> None:
    twice = in_entry(lambda one: replaced(one, id="test-needling"))(small)
    other = CatalogueFile(sources={"test-trial": small.sources["test-trial"]})
    (entry,) = found_by("duplicate-id", twice)
    (source,) = CHECKS["duplicate-id"].find(Parts((small, other)))
    assert (entry.path, entry.message) == (
        ("treatments", 1, "id"),
        "the id 'test-needling' is already taken; give this treatment another one",
    )
    assert (source.file, source.path[:2]) == (1, ("sources", "test-trial"))
    assert source.message == "the key 'test-trial' is already taken in another file; keep one of the two"


def test_denying_that_something_is_safe_is_allowed(small: CatalogueFile) -> None:
    assert not found_anew("brochure-words", item("caveats", text="Nothing listed is not the same as safe."), small)


def test_what_is_bound_to_what_was_read_is_no_universal(small: CatalogueFile) -> None:
    for text in ("No trial was found that shows a gain.", "All 3 studies were short.", "No trial read here was long."):
        assert not found_anew("universal", item("caveats", text=text), small)
    assert not found_anew("universal", item("claims", claim="All studies show a gain"), small)


def test_a_contest_and_a_ratio_pass_where_the_note_explains_them(small: CatalogueFile) -> None:
    halves = shares(value=60, comparator_value=40, note="Of each group; that they come to 100 is chance.")
    ratio = effect(measure="risk-ratio", value=2.0, unit=None, note="26 of 100 women, against 13 of 100.")
    assert not found_anew("contest", halves, small)
    assert not found_anew("base-rate", ratio, small)


def test_waiting_may_be_rated_moderate_on_cohorts(small: CatalogueFile) -> None:
    assert not found_anew("certainty", rated("test-waiting", certainty="moderate", sources=("test-cohort",)), small)


def test_a_complete_short_answer_is_not_reported(small: CatalogueFile) -> None:
    directions = [directed("helps"), directed("helps", at=1), directed("unclear", at=2)]
    whole = both(answered(), above_answers(), counted(), *directions)(small)
    for name in ("brief", "brief-words", "direction", "people", "promotional-evidence", "text-length"):
        mine = {("treatments", 0), ("conditions", "test-thinning")}
        assert not [one for one in found_by(name, whole) if one.path[:2] in mine], name


def test_what_a_short_answer_lacks_is_said_in_one_line(small: CatalogueFile) -> None:
    (line,) = [one.message for one in found_by("brief", small) if one.path == ("treatments", 0, "brief")]
    assert line == (
        "the short answer lacks what, harm, serious, stopping, effect for test-thinning (male),"
        " effect for test-thinning (female), effect for test-patches"
    )


def test_one_short_answer_for_both_sexes_or_one_for_each_will_do(small: CatalogueFile) -> None:
    for told_of_thinning in ([told("It may help.")], [told("It may help.", "male"), WOMEN]):
        file = answered(effect=(*told_of_thinning, PATCHES))(small)
        rated = item("indications", sex="any")(file)
        for one in (file, rated):
            assert not [found for found in found_by("brief", one) if found.path[:2] == ("treatments", 0)]


@pytest.mark.parametrize("text", ["Sellers say that it helps.", "Its maker claims a gain.", "No study was found."])
def test_a_short_answer_may_rest_on_sellers_where_it_says_so(text: str, small: CatalogueFile) -> None:
    assert not found_anew("promotional-evidence", answered(effect=(told(text, source="test-brochure"),)), small)


def test_what_has_no_direction_may_be_called_unclear_at_any_certainty(small: CatalogueFile) -> None:
    plant = both(directed("unclear"), answered(effect=(told("It is unclear whether it helps.", "male"),)))
    assert not found_anew("brief-words", plant, small)


def test_waiting_is_asked_for_the_same_words(small: CatalogueFile) -> None:
    def waits(text: str) -> Plant:
        return in_entry(lambda one: replaced(one, brief=model.Brief(effect=(told(text),))), "test-waiting")

    assert not found_anew("brief-words", waits("Loss probably goes on."), small)
    assert found_anew("brief-words", waits("Loss goes on."), small)


def test_an_effect_has_group_and_time_of_its_own(small: CatalogueFile) -> None:
    assert not found_anew("people", effect(people=model.People(treated=Amount.parse("40"))), small)
