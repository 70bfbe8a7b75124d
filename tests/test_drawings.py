"""Timelines and effects plots: the model in data units, and the pictures at several widths."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.analysis.citing import Citations
from hairtx.analysis.drawing import Axis, EffectsPlot, Timeline, linear_ticks, log_ticks
from hairtx.analysis.views.effects import effects_plots
from hairtx.catalogue.places import BUILTIN_FILES, builtin_folder
from hairtx.formats import text_of

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def timeline_of(report: object) -> Timeline:
    [drawing] = [block.drawing for block in report.blocks if block.drawing is not None]
    assert isinstance(drawing, Timeline)
    return drawing


def plots_of(report: object) -> dict[str, EffectsPlot]:
    return {block.key: block.drawing for block in report.blocks if isinstance(block.drawing, EffectsPlot)}


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


def test_timeline_has_a_lane_a_treatment_with_what_is_known_of_it(catalogue: hairtx.Catalogue) -> None:
    drawing = timeline_of(hairtx.timeline(catalogue, ["prp", "topical-minoxidil", "no-treatment"]))
    lanes = {lane.key: {track.key: track for track in lane.tracks} for lane in drawing.lanes}
    assert list(lanes) == ["prp", "topical-minoxidil", "no-treatment"]
    kinds = [mark.kind for mark in lanes["prp"]["sessions"].marks]
    assert kinds == ["session"] * 4 + ["upkeep"] * 2
    assert lanes["prp"]["sessions"].goes_on
    assert lanes["prp"]["first-signs"].note == "not reported"
    [judge] = lanes["prp"]["judge"].marks
    assert (judge.start, judge.end) == (4, 6)
    [use] = lanes["topical-minoxidil"]["sessions"].marks
    assert (use.kind, use.start, use.end) == ("use", 0, 12)
    assert lanes["no-treatment"]["sessions"].note == "none"


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


def test_chances_are_said_of_a_hundred_with_group_time_and_published_figure(catalogue: hairtx.Catalogue) -> None:
    plots = plots_of(hairtx.effects(catalogue, ["baricitinib"], outcome="salt-20"))
    first = plots["alopecia-areata/salt-20/proportions"].rows[0]
    assert first.figure == "38.8 % against 6.2 % (no interval given)"
    assert first.details[0].startswith("Of 100 people, 39 against 6 with placebo: ")
    assert "(36 weeks)" in first.details[0]
    assert first.comparator == 6.2


def test_shares_are_said_in_whole_people_and_few_are_not_none(tmp_path: Path) -> None:
    files = [builtin_folder() / name for name in BUILTIN_FILES]
    changed = tmp_path / "treatments.yaml"
    text = files[-1].read_text(encoding="utf-8")
    assert "comparator_value: 0.8" in text
    changed.write_text(text.replace("comparator_value: 0.8", "comparator_value: 0.3"), encoding="utf-8")
    plots = plots_of(hairtx.effects(hairtx.load([*files[:-1], changed]), ["deuruxolitinib"]))
    assert "30 against fewer than 1 with placebo" in plots["alopecia-areata/salt-20/proportions"].rows[0].details[0]
    # Published as 20.8 against 0.0: none is none.
    assert "21 against 0 with placebo" in plots["alopecia-areata/substantial-regrowth/proportions"].rows[0].details[0]


def test_plots_for_other_pages_are_those_of_the_report(catalogue: hairtx.Catalogue) -> None:
    citations = Citations(catalogue.sources)
    blocks = effects_plots(catalogue, [catalogue["prp"]], citations, condition="androgenetic-alopecia")
    report = hairtx.effects(catalogue, ["prp"], condition="androgenetic-alopecia")
    assert blocks == [block for block in report.blocks if block.drawing is not None]


def test_a_share_of_grafts_is_not_called_a_share_of_people(catalogue: hairtx.Catalogue) -> None:
    plots = plots_of(hairtx.effects(catalogue, ["fue-transplant"], outcome="graft-survival"))
    [row] = plots["androgenetic-alopecia/graft-survival/proportions/grafts"].rows
    assert row.details[0].startswith("Of 100 grafts, 85")
    comparison = text_of(
        hairtx.compare(catalogue, ["fue-transplant", "fut-transplant"], rows=["effects"]), "table", width=400
    )
    assert "84.98 of 100 grafts" in comparison
    assert "84.98 of 100 people" not in comparison


def test_which_way_is_better_follows_the_outcome(catalogue: hairtx.Catalogue) -> None:
    text = text_of(hairtx.effects(catalogue, ["baricitinib"]), "table", width=400)
    assert text.count("a low share is good, a high one is bad") == 1  # progression
    plots = plots_of(hairtx.effects(catalogue, ["prp"], outcome="hair density"))
    [plot] = plots.values()
    assert plot.axis.above == "better than the comparator"
    assert plot.axis.no_effect == 0


def test_sex_leaves_out_what_was_found_only_in_the_other(catalogue: hairtx.Catalogue) -> None:
    names = ["topical-minoxidil", "oral-finasteride"]
    for sex, other in (("male", "female"), ("female", "male")):
        data = hairtx.effects(catalogue, names, condition="androgenetic-alopecia", sex=sex).data
        assert other not in {effect["sex"] for plot in data["plots"] for effect in plot["effects"]}


def test_treatments_without_a_figure_are_named_with_what_was_found(catalogue: hairtx.Catalogue) -> None:
    report = hairtx.effects(catalogue, ["biotin", "prp"], condition="androgenetic-alopecia")
    [missing] = [block for block in report.blocks if block.key == "missing"]
    assert missing.items[0].lead == catalogue["biotin"].short_name
    assert len(missing.items) > 1


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
    catalogue = hairtx.load()
    text = text_of(hairtx.effects(catalogue, ["prp"], outcome="hair-density"), "table", width=60)
    lines = text.splitlines()
    scale = next(line for line in lines if re.fullmatch(r" *┬[─┬]+", line))
    numbers = lines[lines.index(scale) - 1].split()
    ticks = [place for place, character in enumerate(scale) if character == "┬"]
    per_hair = (ticks[-1] - ticks[0]) / (float(numbers[-1]) - float(numbers[0]))
    row = next(line for line in lines if "├" in line and "●" in line)
    for mark, value in (("├", 14.04), ("●", 27.55), ("┤", 41.06)):
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


@pytest.mark.parametrize("name", ["markdown", "csv", "json", "yaml"])
def test_what_is_drawn_is_also_there_in_words(catalogue: hairtx.Catalogue, name: str) -> None:
    timeline = text_of(hairtx.timeline(catalogue, ["prp", "fue"]), name)
    assert "3-5 sessions, 4 weeks apart" in timeline or '"session 1 of 4"' in timeline or "session 1 of 4" in timeline
    effects = text_of(hairtx.effects(catalogue, ["prp"]), name)
    assert "27.55" in effects
    assert "head-to-head" in effects or name == "csv"


def test_json_holds_the_drawing_in_data_units(run: Run) -> None:
    done = run("timeline", "prp", "--horizon", "1y", "--format", "json")
    drawing = msgspec.json.decode(done.stdout)["drawing"]
    assert drawing["kind"] == "timeline"
    assert drawing["axis"]["upper"] == 12
    done = run("effects", "prp", "--outcome", "hair-density", "--format", "json")
    [plot] = msgspec.json.decode(done.stdout)["plots"]
    assert plot["drawing"]["rows"][0]["interval"] == [14.04, 41.06]
    assert plot["effects"][0]["value"] == 27.55


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
