"""The list: filters, order, and what is said when nothing is left."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.document import Report
from hairtx.analysis.views.listing import SortKey
from hairtx.catalogue.model import CERTAINTY, INVASIVENESS, Treatment
from hairtx.catalogue.quantity import Duration
from hairtx.formats import FORMATS
from support import SMALL_FILE


@pytest.fixture(scope="module")
def small() -> hairtx.Catalogue:
    return hairtx.load([SMALL_FILE])


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
        ({"min_certainty": "moderate"}, ["test-waiting", "test-tonic"]),
        ({"min_certainty": "moderate", "sex": "female"}, ["test-waiting"]),
        ({"min_certainty": "very-low", "condition": "test-patches"}, ["test-tonic"]),
        ({"match": "scalp made-up"}, ["test-tonic", "test-needling"]),
        ({"match": "ROLLING"}, ["test-needling"]),
        ({"match": " "}, ["test-waiting", "test-tonic", "test-needling", "test-graft"]),
        ({"kind": "medicine", "setting": "home", "condition": "test-thinning"}, ["test-tonic"]),
    ],
    ids=str,
)
def test_each_filter_leaves_what_fits(small: hairtx.Catalogue, filters: dict[str, Any], left: list[str]) -> None:
    report = hairtx.list_treatments(small, hairtx.Filters(**filters))
    assert ids(report) == left
    for option in report.data["filters"]:
        assert option["option"].startswith("--")
        assert 0 <= option["excluded"] <= len(small) - len(left)


def test_sex_leaves_out_what_is_listed_only_for_the_other(catalogue: hairtx.Catalogue) -> None:
    for sex, other in (("male", "female"), ("female", "male")):
        left = set(ids(hairtx.list_treatments(catalogue, hairtx.Filters(sex=sex))))  # type: ignore[arg-type]
        for treatment in catalogue:
            assert (treatment.id in left) == any(one.sex != other for one in treatment.indications)


def test_sorting_orders_within_each_level(catalogue: hairtx.Catalogue) -> None:
    def rank(treatment: Treatment) -> int:
        return max(CERTAINTY.index(one.certainty) for one in treatment.indications)

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
                assert [one.name.casefold() for one in group] == sorted(one.name.casefold() for one in group)
            elif key == "certainty":
                assert [rank(one) for one in group] == sorted(map(rank, group), reverse=True)
            elif key == "downtime":
                known = [downtime(one) for one in group if downtime(one) is not None]
                assert known == sorted(known)
                assert all(downtime(one) is not None for one in group[: len(known)]), "not reported comes last"
            else:
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
    assert report.title == "2 of 4 treatments for Test patches, from least to most invasive"
    assert {one["condition"] for entry in report.data["treatments"] for one in entry["indications"]} == {"test-patches"}
    assert "thinning" not in hairtx.render(report, "table").split("Edition")[0]
    with pytest.raises(hairtx.UnknownNameError):
        hairtx.list_treatments(small, hairtx.Filters(condition="flu"))


def test_the_place_of_treatment_is_not_broken_within_a_word(small: hairtx.Catalogue) -> None:
    for width in (100, 120, 160):
        text = hairtx.render(hairtx.list_treatments(small), "table", width=width)
        assert {"operating", "room"} <= set(text.split())


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
                one for one in ("prp", "mesotherapy", "microneedling", "fue-transplant") if f"({one})" in done.stdout
            }
    assert {"prp", "mesotherapy", "microneedling"} <= found
    assert "fue-transplant" not in found
    assert "topical-minoxidil" not in found


@pytest.mark.parametrize("short", ["2d", "2 days", "0.5 w", "1mo"])
def test_a_downtime_may_be_written_short(run: Run, short: str) -> None:
    assert run("list", "--max-downtime", short, "--format", "csv").returncode == 0
