"""Timelines and effects plots: the model in data units, and the pictures at several widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.citing import Citations
from hairtx.analysis.drawing import Axis, EffectsPlot, Timeline, linear_ticks, log_ticks
from hairtx.analysis.views.effects import effects_plots
from hairtx.formats import text_of
from support import loaded, more, small_values

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def timeline_of(report: hairtx.Report) -> Timeline:
    [drawing] = [block.drawing for block in report.blocks if block.drawing is not None]
    assert isinstance(drawing, Timeline)
    return drawing


def plots_of(report: hairtx.Report) -> dict[str, EffectsPlot]:
    return {block.key: block.drawing for block in report.blocks if isinstance(block.drawing, EffectsPlot)}


def test_details_of_an_effect_get_most_of_the_width_of_a_page() -> None:
    page = hairtx.render(hairtx.effects(more(), ["test-tonic", "test-pill"]), "html")
    columns = re.search(r"<colgroup>.*?</colgroup>", page)
    assert columns is not None
    assert re.findall(r'class="share-(\d+)"', columns[0]) == ["25", "30", "45"]


@given(FINITE, FINITE)
def test_ticks_enclose_what_they_are_made_for(one: float, other: float) -> None:
    lower, upper = sorted((one, other))
    ticks = [tick.at for tick in linear_ticks(lower, upper)]
    assert ticks == sorted(set(ticks))
    rounding = 1e-8 * max(abs(lower), abs(upper), 1)
    assert ticks[0] <= lower + rounding
    assert ticks[-1] >= upper - rounding
    assert len(ticks) <= 9


@given(st.lists(st.floats(0.02, 50), min_size=1, max_size=5))
def test_ticks_of_ratios_enclose_them_and_the_line_of_no_effect(ratios: list[float]) -> None:
    ticks = [tick.at for tick in log_ticks(ratios)]
    assert ticks[0] <= min(*ratios, 1)
    assert ticks[-1] >= max(*ratios, 1)
    assert 1 in ticks


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_places_on_an_axis_keep_their_order(one: float, other: float) -> None:
    for scale in ("linear", "log"):
        axis = Axis(label="x", lower=0.1, upper=10.0, ticks=(), scale=scale)
        assert 0 <= axis.share(one) <= 1
        assert (axis.share(one) <= axis.share(other)) == (one <= other)
    assert Axis(label="x", lower=0.5, upper=2.0, ticks=(), scale="log").share(1) == pytest.approx(0.5)


def test_timeline_has_a_lane_a_treatment_with_what_is_known_of_it() -> None:
    drawing = timeline_of(hairtx.timeline(more(), ["test-drip", "test-tonic", "test-waiting"]))
    lanes = {lane.key: {track.key: track for track in lane.tracks} for lane in drawing.lanes}
    assert list(lanes) == ["test-drip", "test-tonic", "test-waiting"]
    kinds = [mark.kind for mark in lanes["test-drip"]["sessions"].marks]
    assert kinds == ["session"] * 4 + ["upkeep"] * 2
    assert lanes["test-drip"]["sessions"].goes_on
    assert lanes["test-drip"]["first-signs"].note == "not reported"
    [judge] = lanes["test-drip"]["judge"].marks
    assert (judge.start, judge.end) == (4, 6)
    [use] = lanes["test-tonic"]["sessions"].marks
    assert (use.kind, use.start, use.end) == ("use", 0, 12)
    assert lanes["test-waiting"]["sessions"].note == "none"


def test_every_mark_of_every_treatment_lies_on_its_axis(catalogue: hairtx.Catalogue) -> None:
    for one in catalogue:
        for horizon in (1, 5, 12, 60, 120):
            drawing = timeline_of(hairtx.timeline(catalogue, [one.id], horizon=horizon))
            assert drawing.axis.ticks[-1].at <= horizon
            for lane in drawing.lanes:
                for track in lane.tracks:
                    assert track.marks or track.note, (one.id, track.key)
                    assert all(0 <= mark.start <= mark.end <= horizon for mark in track.marks)


def test_no_plot_mixes_scales_and_every_finding_is_in_one(catalogue: hairtx.Catalogue) -> None:
    for condition in catalogue.conditions:
        names = [one.id for one in catalogue if any(e.condition == condition for e in one.effects)]
        seen = 0
        for start in range(0, len(names), 12):
            data = hairtx.effects(catalogue, names[start : start + 12], condition=condition).data
            seen += sum(len(plot["effects"]) for plot in data["plots"])
            scales = [(plot["outcome"], plot["measure"], plot["unit"]) for plot in data["plots"]]
            assert len(scales) == len(set(scales))
            for plot in data["plots"]:
                drawing = plot["drawing"]
                figures = [value for row in drawing.rows for value in (row.value, *(row.interval or ()))]
                assert all(drawing.axis.lower <= value <= drawing.axis.upper for value in figures)
        assert seen == sum(e.condition == condition for one in catalogue for e in one.effects)


def test_chances_are_said_of_a_hundred_with_group_time_and_published_figure() -> None:
    plots = plots_of(hairtx.effects(more(), ["test-pill", "test-tonic"]))
    [pill] = plots["test-thinning/test-loss/proportions"].rows
    assert pill.figure == "0.3 % against 99.6 % (no interval given)"
    assert pill.details[0] == ("Of 100 people, fewer than 1 against more than 99 with water: any loss at all (1 year)")
    assert (pill.value, pill.comparator) == (0.3, 99.6)
    tonic, alone = plots["test-thinning/test-density/proportions"].rows
    assert tonic.details[0] == "Of 100 people, 40 against 10 with water (time not reported)"
    assert alone.details[0] == "Of 100 people, 55 (compared with: no control group) (time not reported)"
    assert alone.comparator is None


@pytest.mark.parametrize(
    ("share", "people"),
    [
        *((0, "0"), (0.3, "fewer than 1"), (0.5, "1"), (40.4, "40"), (40.5, "41"), (99.4, "99")),
        *((99.5, "more than 99"), (99.9, "more than 99"), (100, "100")),
    ],
)
def test_shares_are_said_in_whole_people_and_few_are_not_none_nor_most_all(
    share: float, people: str, tmp_path: Path
) -> None:
    values = small_values()
    [given] = [one for one in values["treatments"][0]["effects"] if one["value"] == 40]
    given["value"], given["comparator_value"] = share, share
    plots = plots_of(hairtx.effects(loaded(values, tmp_path / "c.yaml"), ["test-tonic"]))
    said = plots["test-thinning/test-density/proportions"].rows[0].details[0]
    assert said == f"Of 100 people, {people} against {people} with water (time not reported)"


def test_plots_for_other_pages_are_those_of_the_report(catalogue: hairtx.Catalogue) -> None:
    citations = Citations(catalogue.sources)
    blocks = effects_plots(catalogue, [catalogue["prp"]], citations, condition="androgenetic-alopecia")
    report = hairtx.effects(catalogue, ["prp"], condition="androgenetic-alopecia")
    assert blocks == [block for block in report.blocks if block.drawing is not None]


def test_a_share_of_grafts_is_not_called_a_share_of_people() -> None:
    plots = plots_of(hairtx.effects(more(), ["test-pill"], outcome="test-survival"))
    [row] = plots["test-thinning/test-survival/proportions/grafts"].rows
    assert row.details[0] == "Of 100 grafts, 85, with nothing to compare it with (1 year)"
    compared = hairtx.compare(more(), ["test-pill", "test-tonic"], rows=["effects"], view="table")
    text = hairtx.render(compared, "table", width=400)
    assert "84.5 of 100 grafts" in text
    assert "84.5 of 100 people" not in text


def reading_of(report: hairtx.Report) -> dict[str, str]:
    """How each plot says it is read."""
    return {block.key: block.items[1].text for block in report.blocks if block.drawing is not None}


def test_more_is_better_only_where_the_outcome_says_so() -> None:
    report = hairtx.effects(more(), ["test-pill"])
    plots, reading = plots_of(report), reading_of(report)
    for key, plot in plots.items():
        if "/proportions" in key:
            continue
        less = "/test-loss/" in key
        than = "than at the start" if "/change-from-baseline" in key else "than the comparator"
        sides = (f"better {than}", f"worse {than}")
        assert (plot.axis.below, plot.axis.above) == (sides if less else sides[::-1]), key
        assert f"; to the {'left' if less else 'right'} is better" in reading[key], key
    assert {"/test-loss/" in key for key in plots if "/proportions" not in key} == {True, False}
    assert "here a low share is good, a high one is bad" in reading["test-thinning/test-loss/proportions"]
    assert "here a high share is good" in reading["test-thinning/test-survival/proportions/grafts"]


@pytest.mark.parametrize(
    ("name", "measure", "says", "line"),
    [
        ("test-pill", "test-loss/mean-difference/hairs", "0 is no difference from what it was compared with", 0),
        ("test-pill", "test-loss/standardised-mean-difference", "0 is no difference", 0),
        ("test-pill", "test-loss/risk-ratio", "1 is no difference from what it was compared with", 1),
        ("test-pill", "test-loss/odds-ratio", "1 is no difference from what it was compared with", 1),
        ("test-pill", "test-loss/change-from-baseline/hairs", "0 is no change since the start", 0),
        ("test-pill", "test-loss/proportions", "of each 100 people, how many", None),
        ("test-pill", "test-survival/proportions/grafts", "of each 100 grafts, how many", None),
        ("test-tonic", "test-density/risk-ratio", "1 is no difference from what it was compared with", 1),
    ],
)
def test_the_line_of_no_difference_is_said_and_the_axis_reaches_it(
    name: str, measure: str, says: str, line: float | None
) -> None:
    report = hairtx.effects(more(), [name], condition="test-thinning")
    axis = plots_of(report)[f"test-thinning/{measure}"].axis
    text = reading_of(report)[f"test-thinning/{measure}"]
    assert text.startswith(says)
    assert axis.no_effect == line
    if line is not None:
        assert axis.lower <= line <= axis.upper
    assert ("spread of the measurements" in text) == ("standardised" in measure)
    assert ("There is no control group" in text) == ("change-from-baseline" in measure)


def test_an_axis_reaches_no_difference_from_either_side() -> None:
    plots = plots_of(hairtx.effects(more(), ["test-pill"]))
    above, below = (
        plots["test-thinning/test-density/mean-difference/hairs/cm2"],
        plots["test-thinning/test-loss/mean-difference/hairs"],
    )
    # Published as 20 to 40, and as -30 to -10.
    assert (above.axis.lower, above.axis.upper) == (0, 40)
    assert (below.axis.lower, below.axis.upper) == (-30, 0)


def test_every_axis_of_the_catalogue_reaches_no_difference(catalogue: hairtx.Catalogue) -> None:
    for one in catalogue:
        for condition in catalogue.conditions:
            for key, plot in plots_of(hairtx.effects(catalogue, [one.id], condition=condition)).items():
                axis = plot.axis
                assert (axis.no_effect is None) == ("/proportions" in key)
                assert axis.no_effect is None or axis.lower <= axis.no_effect <= axis.upper, (one.id, key)


def test_a_ratio_of_zero_is_drawn_at_the_end_of_its_axis(tmp_path: Path) -> None:
    values = small_values()
    [given] = [one for one in values["treatments"][0]["effects"] if one["measure"] == "risk-ratio"]
    given |= {"value": 0, "ci95": [0, 1.5]}
    plot = plots_of(hairtx.effects(loaded(values, tmp_path / "c.yaml"), ["test-tonic"]))[
        "test-thinning/test-density/risk-ratio"
    ]
    assert (plot.axis.lower, plot.axis.upper, plot.axis.scale) == (1, 2, "log")
    assert plot.axis.share(plot.rows[0].value) == 0


def test_a_figure_says_what_is_not_reported_and_only_that() -> None:
    rows = {
        key: plot.rows[0].details for key, plot in plots_of(hairtx.effects(more(), ["test-pill", "test-tonic"])).items()
    }
    # Sentences of one effect: what was measured, comparator, time, people, studies, design, certainty.
    assert rows["test-thinning/test-loss/mean-difference/hairs"] == (
        *("Counted in a comb", "compared with: water", "3 months", "80 people", "1 study", "RCT"),
        "certainty low, our reading",
    )
    assert rows["test-thinning/test-loss/risk-ratio"] == (
        *("Compared with: water", "time not reported", "240 people", "3 studies", "meta-analysis of RCTs"),
        "certainty moderate, published rating",
    )
    assert rows["test-thinning/test-loss/odds-ratio"] == (
        *("Compared with: test tonic", "time not reported", "number of people not reported", "RCT"),
        "certainty not rated",
    )


@pytest.mark.parametrize("missing", ["certainty", "rating"])
def test_a_certainty_without_who_rated_it_is_no_certainty(missing: str, tmp_path: Path) -> None:
    # An overlay may have one: the check only warns.
    values = small_values()
    del values["treatments"][0]["effects"][0][missing]
    report = hairtx.effects(loaded(values, tmp_path / "c.yaml"), ["test-tonic"])
    row = plots_of(report)["test-thinning/test-density/mean-difference/hairs/cm2"].rows[0]
    assert row.details[-1] == "certainty not rated"


def leads(report: hairtx.Report) -> dict[str, str]:
    return {item.lead: item.text for item in report.lead}


def test_the_condition_is_said_unless_it_was_asked_for() -> None:
    text = "no condition is shared by all of these, so each picture names its own"
    assert leads(hairtx.effects(more(), ["test-tonic", "test-graft"]))["Condition"] == text
    said = leads(hairtx.effects(more(), ["test-tonic", "test-pill"]))["Condition"]
    assert said == "Test thinning (made up). '--for' shows another one: test-patches"
    assert leads(hairtx.effects(more(), ["test-drip"]))["Condition"] == "Test thinning (made up)"
    asked = hairtx.effects(more(), ["test-tonic", "test-graft"], condition="test-thinning")
    assert "Condition" not in leads(asked)
    assert asked.title == "Measured effects of test tonic and test graft in test thinning (made up)"


def test_each_picture_names_its_condition_where_none_is_shared() -> None:
    apart = hairtx.effects(more(), ["test-tonic", "test-graft"])
    assert apart.title == "Measured effects of test tonic and test graft"
    titles = {block.key: block.title for block in apart.blocks if block.drawing is not None}
    assert titles["test-patches/test-density/change-from-baseline/hairs/cm2"] == (
        "Test hair density: change since the start (hairs/cm²), test patches"
    )
    assert all(title.endswith((", test patches", ", test thinning (made up)")) for title in titles.values())
    assert "untreated" not in [block.key for block in apart.blocks]
    together = hairtx.effects(more(), ["test-tonic", "test-needling"])
    assert not [block.title for block in together.blocks if block.drawing is not None and ", test" in block.title]
    assert together.blocks[-1].key == "untreated"


def test_sex_leaves_out_what_was_found_only_in_the_other(catalogue: hairtx.Catalogue) -> None:
    names = ["topical-minoxidil", "oral-finasteride"]
    for sex, other in (("male", "female"), ("female", "male")):
        data = hairtx.effects(catalogue, names, condition="androgenetic-alopecia", sex=sex).data
        assert other not in {effect["sex"] for plot in data["plots"] for effect in plot["effects"]}


def missing_from(*arguments: object, **options: object) -> list[tuple[str, str]]:
    report = hairtx.effects(more(), *arguments, **options)
    return [(item.lead, item.text) for block in report.blocks if block.key == "missing" for item in block.items]


def test_only_treatments_without_a_figure_are_named_with_what_was_found() -> None:
    assert missing_from(["test-lamp", "test-tonic"]) == [
        ("Test lamp", "no measured effect that can be drawn"),
        ("", "It was lit in a made-up room."),
        ("", "Men saw more hair."),
    ]
    assert missing_from(["test-tonic", "test-pill"]) == []


def test_what_was_found_is_left_out_where_it_is_about_something_else() -> None:
    none = ("Test lamp", "no measured effect that can be drawn")
    women = missing_from(["test-lamp"], condition="test-thinning", sex="female")
    assert women == [none, ("", "It was lit in a made-up room.")]
    men = missing_from(["test-lamp"], condition="test-thinning", sex="male")
    assert men == [*women, ("", "Men saw more hair.")]
    patches = missing_from(["test-lamp"], condition="test-patches")
    assert patches == [*women, ("", "Patches did not change.")]
    # A finding in words is of no single outcome.
    assert missing_from(["test-lamp"], outcome="test-loss") == [
        ("Test lamp", "no measured effect of test hair loss that can be drawn")
    ]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("timeline", ["prp", "mesotherapy", "topical-minoxidil", "fue-transplant"]),
        ("effects", ["topical-minoxidil", "low-level-laser", "prp"]),
    ],
)
def test_pictures_keep_within_their_width(
    catalogue: hairtx.Catalogue, kind: str, names: list[str], width: int, *, ascii_only: bool
) -> None:
    text = text_of(getattr(hairtx, kind)(catalogue, names), "table", width=width, ascii_only=ascii_only)
    picture = text.partition("If nothing is done")[0]
    assert max(map(len, picture.splitlines())) <= width
    assert text.isascii() == ascii_only


def test_points_and_intervals_stand_where_the_axis_says() -> None:
    text = hairtx.render(
        hairtx.effects(more(), ["test-tonic", "test-pill"], outcome="test-density"), "table", width=100
    )
    lines = text.splitlines()
    scale = next(line for line in lines if re.fullmatch(r" *┬[─┬]+", line))
    numbers = lines[lines.index(scale) - 1].split()
    ticks = [place for place, character in enumerate(scale) if character == "┬"]
    per_hair = (ticks[-1] - ticks[0]) / (float(numbers[-1]) - float(numbers[0]))
    rows = [line for line in lines if "├" in line and "●" in line]
    for row, values in zip(rows, ((-0.5, 12.5, 25.5), (20, 30, 40)), strict=True):
        for mark, value in zip("├●┤", values, strict=True):
            expected = ticks[0] + (value - float(numbers[0])) * per_hair
            assert abs(row.index(mark) - expected) <= 1


def test_pictures_need_no_colour(run: Run) -> None:
    for arguments in (["timeline", "prp", "fue"], ["effects", "prp", "laser cap"]):
        coloured = run(*arguments, env={"FORCE_COLOR": "1", "COLUMNS": "100"})
        plain = run(*arguments, env={"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "100"})
        assert coloured.returncode == plain.returncode == 0, coloured.stderr + plain.stderr
        strip = re.compile(r"\x1b\[[0-9;]*m")
        assert strip.sub("", coloured.stdout) == strip.sub("", plain.stdout)
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", plain.stdout)


@pytest.mark.parametrize("name", ["markdown", "csv", "tsv"])
def test_what_is_drawn_is_also_there_in_words(name: str) -> None:
    timeline = hairtx.render(hairtx.timeline(more(), ["test-drip", "test-graft"]), name).replace("\u00a0", " ")
    assert "3-5 sessions, 4 weeks apart; then every 3-6 months" in timeline
    effects = hairtx.render(hairtx.effects(more(), ["test-pill"]), name)
    assert "+30 (+20 to +40)" in effects
    assert "not a head-to-head comparison" in effects


@pytest.mark.parametrize(("name", "read"), [("json", msgspec.json.decode), ("yaml", yaml.safe_load)])
def test_programs_get_the_drawing_in_data_units(name: str, read: Callable[[str], Any]) -> None:
    drawing = read(hairtx.render(hairtx.timeline(more(), ["test-drip"], horizon=12), name))["drawing"]
    assert drawing["kind"] == "timeline"
    assert drawing["axis"]["upper"] == 12
    assert drawing["lanes"][0]["tracks"][0]["marks"][0]["text"] == "first course: session 1 of 4"
    data = read(hairtx.render(hairtx.effects(more(), ["test-pill"], outcome="test-density"), name))
    [plot] = data["plots"]
    assert plot["drawing"]["rows"][0]["interval"] == [20, 40]
    assert plot["effects"][0]["value"] == 30
    assert "not a head-to-head comparison" in data["note"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["timeline", "prp", "--horizon", "0"], "holds nothing"),
        (["timeline", "prp", "--horizon", "100y"], "at most 120"),
        (["timeline"], "TREATMENT"),
        (["effects", "prpp"], "'prp'"),
        (["effects", "prp", "--outcome", "hair-densty"], "'hair-density'"),
        (["effects", "prp", "--for", "baldness everywhere"], "condition"),
    ],
)
def test_what_cannot_be_drawn_says_why_in_a_line(run: Run, arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
