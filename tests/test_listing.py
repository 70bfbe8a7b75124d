"""The list: filters, order, and what is said when nothing is left."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.commitment import commitment_over
from hairtx.analysis.document import Report
from hairtx.analysis.views.listing import SortKey
from hairtx.catalogue.model import CERTAINTY, INVASIVENESS, Treatment
from hairtx.catalogue.quantity import Duration
from hairtx.formats import FORMATS
from support import SMALL_FILE, loaded, small_values


@pytest.fixture(scope="module")
def small() -> hairtx.Catalogue:
    return hairtx.load([SMALL_FILE])


@pytest.fixture(scope="module")
def directed(tmp_path_factory: pytest.TempPathFactory) -> hairtx.Catalogue:
    """The small catalogue with what the evidence says in each case."""
    directions = {
        "test-tonic": ["helps", "no-difference", "helps"],
        "test-needling": ["helps", "unclear"],
        "test-graft": ["unclear"],
        "test-waiting": ["worse"],
    }
    values = small_values()
    for treatment in values["treatments"]:
        for indication, direction in zip(treatment["indications"], directions[treatment["id"]], strict=True):
            indication["direction"] = direction
    return loaded(values, tmp_path_factory.mktemp("directed") / "small.yaml")


def shown(report: Report, width: int = 100) -> list[str]:
    return hairtx.render(report, "table", width=width).splitlines()


def ids(report: Report) -> list[str]:
    shown = [key for block in report.blocks if block.grid is not None for key in block.grid.keys]
    assert shown == [one["id"] for one in report.data["treatments"]]
    return shown


def test_the_list_goes_from_least_to_most_invasive(small: hairtx.Catalogue) -> None:
    report = hairtx.list_treatments(small)
    assert ids(report) == ["test-waiting", "test-tonic", "test-needling", "test-graft"]
    assert report.title == "4 treatments, from least to most invasive"
    assert [block.key for block in report.blocks] == ["none", "non-invasive", "minimally-invasive", "surgical"]
    backwards = hairtx.list_treatments(small, reverse=True)
    assert ids(backwards) == ["test-graft", "test-needling", "test-tonic", "test-waiting"]
    assert backwards.title.endswith("from most to least invasive")


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"invasiveness": "surgical"}, ["test-graft"]),
        ({"max_invasiveness": "non-invasive"}, ["test-waiting", "test-tonic"]),
        ({"kind": "procedure"}, ["test-needling"]),
        ({"setting": "home"}, ["test-tonic"]),
        ({"condition": "test-patches"}, ["test-tonic", "test-needling"]),
        ({"condition": "Test Shedding"}, ["test-graft"]),
        ({"sex": "any"}, ["test-waiting", "test-tonic", "test-needling", "test-graft"]),
        ({"max_downtime": Duration.parse("0 days")}, ["test-tonic"]),
        ({"max_downtime": Duration.parse("1 day")}, ["test-tonic"]),
        ({"max_downtime": Duration.parse("48 hours")}, ["test-tonic", "test-needling"]),
        ({"max_downtime": Duration.parse("1 week")}, ["test-tonic", "test-needling", "test-graft"]),
        ({"min_certainty": "none"}, ["test-tonic", "test-needling"]),
        ({"min_certainty": "moderate"}, ["test-tonic"]),
        ({"min_certainty": "low", "sex": "female", "condition": "test-thinning"}, ["test-needling"]),
        ({"min_certainty": "very-low", "condition": "test-patches"}, ["test-tonic"]),
        ({"match": "scalp made-up"}, ["test-tonic", "test-needling"]),
        ({"match": "ROLLING"}, ["test-needling"]),
        ({"match": " "}, ["test-waiting", "test-tonic", "test-needling", "test-graft"]),
        ({"kind": "medicine", "setting": "home", "condition": "test-thinning"}, ["test-tonic"]),
    ],
    ids=str,
)
def test_each_filter_leaves_what_fits(directed: hairtx.Catalogue, filters: dict[str, Any], left: list[str]) -> None:
    report = hairtx.list_treatments(directed, hairtx.Filters(**filters))
    assert ids(report) == left
    for option in report.data["filters"]:
        assert option["option"].startswith("--")
        assert 0 <= option["excluded"] <= len(directed) - len(left)


def test_sex_leaves_out_what_is_listed_only_for_the_other(catalogue: hairtx.Catalogue) -> None:
    for sex, other in (("male", "female"), ("female", "male")):
        left = set(ids(hairtx.list_treatments(catalogue, hairtx.Filters(sex=sex))))  # type: ignore[arg-type]
        for treatment in catalogue:
            assert (treatment.id in left) == any(one.sex != other for one in treatment.indications)


def test_sorting_orders_within_each_level(catalogue: hairtx.Catalogue) -> None:
    def rank(treatment: Treatment) -> int:
        return max(
            (CERTAINTY.index(one.certainty) for one in treatment.indications if one.direction == "helps"), default=-1
        )

    def downtime(treatment: Treatment) -> Any:
        lasting = treatment.downtime and treatment.downtime.daily_activities
        return lasting.lasts.days[1] if lasting and lasting.lasts else None

    levels = {one.id: one.invasiveness for one in catalogue}
    for key in get_args(SortKey):
        report = hairtx.list_treatments(catalogue, sort=key)  # type: ignore[arg-type]
        assert sorted(ids(report)) == sorted(catalogue.treatments)
        assert [INVASIVENESS.index(levels[one]) for one in ids(report)] == sorted(
            INVASIVENESS.index(levels[one]) for one in ids(report)
        )
        for block in report.blocks:
            assert block.grid is not None
            group = [catalogue[one] for one in block.grid.keys]
            if key in {"invasiveness", "name"}:
                names = [one.short_name.casefold() for one in group]
                assert names == sorted(names)
            elif key == "certainty":
                assert [rank(one) for one in group] == sorted(map(rank, group), reverse=True)
            elif key == "downtime":
                known = [downtime(one) for one in group if downtime(one) is not None]
                assert known == sorted(known)
                assert all(downtime(one) is not None for one in group[: len(known)]), "not reported comes last"
            elif key in {"kind", "setting"}:
                assert [getattr(one, key) for one in group] == sorted(getattr(one, key) for one in group)


_filters = st.fixed_dictionaries(
    {},
    optional={
        "invasiveness": st.sampled_from(INVASIVENESS),
        "max_invasiveness": st.sampled_from(INVASIVENESS),
        "kind": st.sampled_from(["medicine", "procedure", "device", "surgery", "supplement", "cosmetic", "none"]),
        "setting": st.sampled_from(["home", "clinic", "operating-room", "none"]),
        "condition": st.sampled_from(["androgenetic-alopecia", "alopecia-areata", "telogen-effluvium"]),
        "sex": st.sampled_from(["male", "female"]),
        "max_downtime": st.sampled_from(["0 days", "2 days", "1 week"]).map(Duration.parse),
        "min_certainty": st.sampled_from(CERTAINTY),
        "match": st.sampled_from(["scalp", "injection", "zzz", "blood plasma"]),
    },
)


@given(_filters, _filters)
def test_a_further_filter_never_brings_anything_back(
    catalogue: hairtx.Catalogue, filters: dict[str, Any], more: dict[str, Any]
) -> None:
    few = ids(hairtx.list_treatments(catalogue, hairtx.Filters(**{**more, **filters})))
    many = ids(hairtx.list_treatments(catalogue, hairtx.Filters(**filters)))
    assert set(few) <= set(many)
    report = hairtx.list_treatments(catalogue, hairtx.Filters(**filters))
    if not many:
        said = [item.text for item in report.blocks[-1].items]
        assert said, "a list without entries says which filters left them out"
        assert all("leaves out" in text for text in said)


def test_filters_that_exclude_everything_say_which_one_did(small: hairtx.Catalogue) -> None:
    filters = hairtx.Filters(match="tonic", kind="cosmetic", max_invasiveness="surgical")
    report = hairtx.list_treatments(small, filters)
    assert report.title == "0 of 4 treatments, from least to most invasive"
    said = [item.text for item in report.blocks[0].items]
    assert said == ["--kind cosmetic leaves out all 4", "--match 'tonic' leaves out 3 of 4"]
    for name in FORMATS:
        text = hairtx.render(report, name)
        assert "--kind cosmetic" in text.replace("\\", "")
        assert "4" in text


def test_a_list_for_a_condition_tells_only_of_that(small: hairtx.Catalogue) -> None:
    report = hairtx.list_treatments(small, hairtx.Filters(condition="test-patches"))
    assert report.title == "2 of 4 treatments for test patches, from least to most invasive"
    assert {one["condition"] for entry in report.data["treatments"] for one in entry["indications"]} == {"test-patches"}
    for name in FORMATS:
        assert "thinning" not in hairtx.render(report, name)
    with pytest.raises(hairtx.UnknownNameError):
        hairtx.list_treatments(small, hairtx.Filters(condition="flu"))


# One line a treatment


AT_100 = """\
4 treatments, from least to most invasive                                            Edition 2001.01
How sure?  ⊕⊕⊕⊕ does  ⊕⊕⊕◯ probably  ⊕⊕◯◯ may  ⊕◯◯◯ unclear  ◯◯◯◯ no study  no: no clear difference
?: not reported  unmarked: test thinning  *: test shedding
────────────────────────────────────────────────────────────────────────────────────────────────────
treatment                id  men           women         you do             days  first-year
                                                                            seen  cost (USD)
●○○○○ None: nothing is done
Test waiting   test-waiting  ⊕⊕⊕◯ worse    ⊕⊕⊕◯ worse    nothing            0     ?
●●○○○ Non-invasive: the skin is not broken
Test tonic       test-tonic  ⊕⊕⊕◯ helps    ⊕⊕◯◯ no       twice a day        ?     120-246
●●●○○ Minimally invasive: needles or a drip go through the skin
Test needling test-needling  ⊕⊕◯◯ helps    ⊕⊕◯◯ helps    3-4 visits, every  1-3   300-1,200
                                                         6-12 months
●●●●● Surgical: skin is cut or punched out
Test graft*      test-graft  ⊕◯◯◯ unclear  ⊕◯◯◯ unclear  1 visit            ?     4,000
────────────────────────────────────────────────────────────────────────────────────────────────────
One: hairtx show test-tonic  Two: hairtx compare test-tonic test-needling  Women: --sex female
One condition: --for test-thinning  By cost: --sort cost
This is a test catalogue. Nothing in it is about a real treatment.
"""


def test_a_treatment_is_told_in_a_line(directed: hairtx.Catalogue) -> None:
    assert hairtx.render(hairtx.list_treatments(directed), "table", width=100) == AT_100


def test_with_little_room_the_names_stand_above_the_rest(directed: hairtx.Catalogue) -> None:
    lines = shown(hairtx.list_treatments(directed, hairtx.Filters(sex="male")), 55)
    assert lines[lines.index("Test tonic (test-tonic)") + 1] == "  ⊕⊕⊕◯ helps    twice a day        ?     120-246"
    assert "  men: ⊕⊕⊕◯ helps ·" in shown(hairtx.list_treatments(directed), 30)


def test_without_a_direction_the_certainty_is_said_alone(small: hairtx.Catalogue) -> None:
    lines = shown(hairtx.list_treatments(small))
    assert [line for line in lines if re.search("test-tonic  ⊕⊕⊕◯ moderate +⊕⊕◯◯ low ", line)]
    assert ids(hairtx.list_treatments(small, hairtx.Filters(min_certainty="none"))) == []


def test_the_whole_catalogue_fits_sixty_lines(catalogue: hairtx.Catalogue) -> None:
    lines = shown(hairtx.list_treatments(catalogue))
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 100
    starts = [at for at, line in enumerate(lines) for one in catalogue if line.startswith(one.short_name)]
    assert len(starts) == len(catalogue)
    for at, following in itertools.pairwise([*starts, len(lines)]):
        more = [line for line in lines[at + 1 : following] if line[0] == " "]
        assert len(more) <= 1, "one or two lines a treatment"


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize(
    "filters", [{}, {"sex": "female"}, {"condition": "alopecia-areata"}, {"without": ("pregnancy",)}]
)
def test_ids_are_never_cut(catalogue: hairtx.Catalogue, filters: dict[str, Any], width: int) -> None:
    report = hairtx.list_treatments(catalogue, hairtx.Filters(**filters))
    lines = shown(report, width)
    assert max(map(len, lines)) <= width
    assert set(ids(report)) <= set(re.findall(r"[a-z][a-z-]+", "\n".join(lines)))
    if not filters and width >= 60:
        assert len(lines) <= 100, "two or three lines a treatment"


@pytest.mark.parametrize("key", ["androgenetic-alopecia", "alopecia-areata"])
def test_a_list_for_a_condition_names_no_other(catalogue: hairtx.Catalogue, key: str) -> None:
    report = hairtx.list_treatments(catalogue, hairtx.Filters(condition=key))
    label = catalogue.conditions[key].short
    assert report.title.startswith(f"{len(ids(report))} of {len(catalogue)} treatments for {label.lower()}, ")
    for name in ("table", "markdown", "csv"):
        text = hairtx.render(report, name).lower()
        for other in catalogue.conditions.values():
            assert (other.short.lower() in text) == (other.short == label)


@pytest.mark.parametrize(("sex", "other"), [("female", "male"), ("male", "female")])
def test_a_list_for_one_sex_tells_nothing_of_the_other(catalogue: hairtx.Catalogue, sex: Any, other: str) -> None:
    report = hairtx.list_treatments(catalogue, hairtx.Filters(sex=sex, condition="androgenetic-alopecia"))
    rated = [one for entry in report.data["treatments"] for one in entry["indications"]]
    assert other not in {one["sex"] for one in rated}
    words = {"male": r"\bmen\b|\bmale\b", "female": r"\bwomen\b|\bfemale\b"}
    for name in ("table", "markdown", "csv", "html"):
        assert not re.search(
            words[other], hairtx.render(report, name).partition("</style>")[2] or hairtx.render(report, name)
        )
    for one in catalogue:
        line = next((line for line in shown(report) if line.startswith(one.short_name)), None)
        if line is None:
            continue
        fitting = [i for i in one.indications if i.condition == "androgenetic-alopecia" and i.sex in ("any", sex)]
        assert ("helps" in line) == any(i.direction == "helps" and i.certainty != "none" for i in fitting)


def test_not_listed_for_men_is_not_the_same_as_not_for_men(catalogue: hairtx.Catalogue) -> None:
    lines = {line.split("  ")[0]: line for line in shown(hairtx.list_treatments(catalogue), 160)}
    assert "not for men" in lines["Spironolactone"]
    assert "not listed" in lines["Iron tablets**"]


def test_at_least_this_sure_means_sure_that_it_helps(catalogue: hairtx.Catalogue) -> None:
    for least in CERTAINTY:
        for sex in ("male", "female"):
            filters = hairtx.Filters(sex=sex, condition="androgenetic-alopecia", min_certainty=least)  # type: ignore[arg-type]
            assert set(ids(hairtx.list_treatments(catalogue, filters))) == {
                one.id
                for one in catalogue
                for i in one.indications
                if i.condition == "androgenetic-alopecia"
                and i.sex in ("any", sex)
                and i.direction == "helps"
                and CERTAINTY.index(i.certainty) >= CERTAINTY.index(least)
            }


def test_what_is_sure_is_what_is_shown(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.list_treatments(catalogue, hairtx.Filters(min_certainty="low"))
    for entry in report.data["treatments"]:
        sure = [i for i in entry["indications"] if i["direction"] == "helps" and i["certainty"] in CERTAINTY[2:]]
        assert entry["condition"] in {i["condition"] for i in sure}


def test_cost_and_effort_order_within_a_group(catalogue: hairtx.Catalogue) -> None:
    for block in hairtx.list_treatments(catalogue, sort="cost").blocks:
        assert block.grid is not None
        year = [commitment_over(catalogue[key], region="US").cost for key in block.grid.keys]
        known = [one.lower for one in year if one is not None and one.currency == "USD"]
        assert known == sorted(known)
        assert all(one is not None for one in year[: len(known)]), "other currencies and unknown costs come last"
    for block in hairtx.list_treatments(catalogue, sort="effort").blocks:
        assert block.grid is not None
        takes = [commitment_over(catalogue[key]) for key in block.grid.keys]
        burden = [
            (one.visits.lower + one.visits.upper, one.doses.lower + one.doses.upper)
            for one in takes
            if one.visits is not None and one.doses is not None
        ]
        assert burden == sorted(burden)


def test_programs_get_direction_and_the_first_year(directed: hairtx.Catalogue) -> None:
    listed = json.loads(hairtx.render(hairtx.list_treatments(directed), "json"))["treatments"]
    tonic = next(one for one in listed if one["id"] == "test-tonic")
    assert tonic["condition"] == "test-thinning"
    assert [one["direction"] for one in tonic["indications"]] == ["helps", "no-difference", "helps"]
    assert tonic["first_year"]["cost"]["upper"] == 246
    assert tonic["first_year"]["visits"] == {"lower": 0, "upper": 0}
    rows = list(csv.DictReader(io.StringIO(hairtx.render(hairtx.list_treatments(directed), "csv"))))
    assert [(one["sessions"], one["days_seen"], one["year_cost"]) for one in rows if one["id"] == "test-graft"] == [
        ("1 session", "not reported", "USD 4,000")
    ]


# As a command: each filter is an option of its own name, in every format


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--invasiveness", "surgical"),
        ("--max-invasiveness", "non-invasive"),
        ("--kind", "device"),
        ("--setting", "home"),
        ("--for", "alopecia areata"),
        ("--sex", "female"),
        ("--max-downtime", "2d"),
        ("--min-certainty", "moderate"),
        ("--match", "laser"),
    ],
)
def test_each_filter_is_an_option(run: Run, catalogue: hairtx.Catalogue, option: str, value: str) -> None:
    done = run("list", option, value, "--format", "json")
    assert done.returncode == 0, done.stderr
    left = [one["id"] for one in json.loads(done.stdout)["treatments"]]
    name = {"--for": "condition"}.get(option, option.removeprefix("--").replace("-", "_"))
    wanted: Any = Duration.parse("2 days") if value == "2d" else value
    assert left == ids(hairtx.list_treatments(catalogue, hairtx.Filters(**{name: wanted})))
    assert left
    assert len(left) < len(catalogue) or option == "--sex"


@pytest.mark.parametrize("name", FORMATS)
def test_the_founding_example_filters_alike_in_every_format(run: Run, name: str) -> None:
    done = run("list", "--max-invasiveness", "minimally-invasive", "--setting", "clinic", "--format", name)
    assert (done.returncode, done.stderr) == (0, "")
    match name:
        case "json":
            found = {one["id"] for one in json.loads(done.stdout)["treatments"]}
        case "yaml":
            found = {one["id"] for one in yaml.safe_load(done.stdout)["treatments"]}
        case "csv":
            found = {row["id"] for row in csv.DictReader(io.StringIO(done.stdout))}
        case "tsv":
            found = {line.split("\t")[1] for line in done.stdout.splitlines()[1:]}
        case _:
            found = {
                one
                for one in ("prp", "mesotherapy", "microneedling", "fue-transplant")
                if re.search(rf"[ (]{one}[) ]", done.stdout)
            }
    assert {"prp", "mesotherapy", "microneedling"} <= found
    assert "fue-transplant" not in found
    assert "topical-minoxidil" not in found


@pytest.mark.parametrize("short", ["2d", "2 days", "0.5 w", "1mo"])
def test_a_downtime_may_be_written_short(run: Run, short: str) -> None:
    assert run("list", "--max-downtime", short, "--format", "csv").returncode == 0
