"""The ledger of second readings: what it holds belongs to statements as they stand, and it is kept by a tool."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import hairtx
from conftest import ROOT, Run
from hairtx.catalogue.places import BUILTIN_FILES
from hairtx.catalogue.reading.ledger import LedgerStatement, read_ledger, statements_of
from support import SMALL_FILE, small, small_values, write_catalogue

LEDGER = ROOT / "data" / "readings.yaml"
#: A reading of the first side effect of the small catalogue's tonic, and one of a condition.
ITCHING = (
    '- {treatment: test-tonic, place: "side_effects[0]", confirmed: abstract, source: test-trial, where: table 2}\n'
)
COURSE = '- {condition: test-thinning, place: "course[1]", confirmed: full-text, source: test-cohort, where: 4.8, on: 2001-02-03}\n'
Tool = Callable[..., int]


@pytest.fixture(scope="module")
def readings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readings", ROOT / "tools" / "readings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tool(readings: ModuleType, tmp_path: Path) -> Tool:
    """Runs the tool over the small catalogue, or another, and a ledger of its own."""

    def run(*arguments: str | Path, catalogue: Path = SMALL_FILE) -> int:
        own = ("--ledger", tmp_path / "ledger.yaml", "--catalogue", catalogue)
        code: int = readings.main(list(map(str, (*own, *arguments))))
        return code

    return run


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "new.yaml"
    path.write_text(text)
    return path


def changed(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The small catalogue with its tonic changed."""
    values = small_values()
    change(values["treatments"][0])
    return write_catalogue(values, tmp_path / "changed.yaml")


def by_place(catalogue: hairtx.Catalogue, name: str = "test-tonic") -> dict[str, LedgerStatement]:
    return {one.place: one for one in statements_of(catalogue[name])}


def test_every_statement_with_sources_has_a_place() -> None:
    found = by_place(small())
    assert {"summary", "indications[2]", "downtime.restrictions[0]", "results", "results.on_stopping"} <= set(found)
    assert found["side_effects[0]"].text == "itching; common; 3 % against 1 %; mild"
    assert found["side_effects[0]"].has_figure
    assert not found["side_effects[1]"].has_figure
    # What lies inside a statement has a place of its own.
    assert "gain is lost" not in found["results"].text


def test_what_misleads_most_comes_first() -> None:
    found = by_place(small())
    order = ("effects[0]", "side_effects[0]", "cautions[0]", "indications[0]", "claims[0]", "costs[0]", "experience[0]")
    assert sorted(order, key=lambda place: found[place].weight) == list(order)


def test_a_fingerprint_follows_words_figures_and_sources_and_not_the_place(tmp_path: Path) -> None:
    before = by_place(small())

    def edit(tonic: dict[str, Any]) -> None:
        itching, redness, *rest = tonic["side_effects"]
        tonic["side_effects"] = [redness, itching, *rest]
        tonic["effects"][0]["value"] = 12.6
        tonic["cautions"][0]["sources"] = ["test-cohort"]
        tonic["caveats"][0]["text"] += " Mostly."
        tonic["results"]["on_stopping"]["text"] = "Nobody knows."

    after = by_place(hairtx.load([changed(tmp_path, edit)]))
    assert after["side_effects[1]"].fingerprint == before["side_effects[0]"].fingerprint
    other = {place for place, one in before.items() if after[place].fingerprint != one.fingerprint}
    swapped = {"side_effects[0]", "side_effects[1]"}
    assert other == {"effects[0]", "cautions[0]", "caveats[0]", "results.on_stopping"} | swapped


def test_a_fingerprint_outlives_changes_of_the_format() -> None:
    # Made of what is written, without what has its default: a new field of the model must not void every reading.
    assert by_place(small())["effects[1]"].fingerprint == "817019ec0bf4"


def test_a_reading_is_recorded_once_found_and_counted(
    tool: Tool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool("record", written(tmp_path, ITCHING + COURSE)) == 0
    ledger = read_ledger(tmp_path / "ledger.yaml")
    fingerprint = by_place(small())["side_effects[0]"].fingerprint
    assert ledger.treatments["test-tonic"][fingerprint].where == "table 2"
    (course,) = ledger.conditions["test-thinning"].values()
    assert (course.of, course.where, course.on.isoformat()) == ("course[1]", "4.8", "2001-02-03")
    lines = (tmp_path / "ledger.yaml").read_text().splitlines()
    assert sum("confirmed:" in line for line in lines) == 2
    assert tool("--list", "0") == 0
    told = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines()[2:]}
    # Full text, abstract, section, excerpt, secondary, not found, none, all; in brackets those with a figure.
    assert told["test-tonic"][1:5] == ["0", "(0)", "1", "(1)"]
    assert told["test-thinning"][1:5] == ["1", "(1)", "0", "(0)"]
    assert told["all"][1:5] == ["1", "(1)", "1", "(1)"]
    total = [*small(), *small().conditions.values()]
    count = sum(len(list(statements_of(one))) for one in total)
    assert (told["all"][13], told["all"][15]) == (str(count - 2), str(count))


def test_what_nobody_has_read_is_listed_by_weight(
    tool: Tool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool("--list", "7")
    listed = [" ".join(line.split()[:2]) for line in capsys.readouterr().out.splitlines()[-7:]]
    assert listed[:2] == ["test-tonic effects[0]", "test-tonic effects[1]"]
    assert listed[6] == "test-tonic side_effects[0]"
    tool("record", written(tmp_path, ITCHING))
    tool("--list", "7")
    assert "side_effects[0]" not in capsys.readouterr().out


def test_the_order_of_the_ledger_does_not_depend_on_when_it_was_recorded(tool: Tool, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.yaml"
    many = [
        ITCHING.replace("side_effects[0]", f"side_effects[{at}]").replace("test-trial", "test-cohort") for at in (5, 2)
    ]
    one = ITCHING.replace("side_effects[0]", "effects[1]")
    tool("record", written(tmp_path, ITCHING + COURSE + many[0] + one + many[1]))
    at_once = ledger.read_text()
    ledger.unlink()
    for text in (many[0], one, COURSE, many[1], ITCHING):
        tool("record", written(tmp_path, text))
    assert ledger.read_text() == at_once
    order = [at_once.index(f'"{place}"') for place in ("effects[1]", "side_effects[0]", "side_effects[2]")]
    assert order == sorted(order)


def test_a_later_reading_takes_the_place_of_an_earlier_one(tool: Tool, tmp_path: Path) -> None:
    tool("record", written(tmp_path, ITCHING))
    tool("record", written(tmp_path, ITCHING.replace("abstract", "full-text")))
    (entry,) = read_ledger(tmp_path / "ledger.yaml").treatments["test-tonic"].values()
    assert entry.confirmed == "full-text"


UNFIT = {
    "a place that is not there": (ITCHING.replace("effects[0]", "effects[70]"), "has no statement at"),
    "a source that is not cited": (
        ITCHING.replace("test-trial", "test-label"),
        "does not cite 'test-label', but test-trial",
    ),
    "an unknown treatment": (ITCHING.replace("test-tonic", "snake-oil"), "no treatment 'snake-oil'"),
    "an unknown condition": (COURSE.replace("test-thinning", "x"), "no condition 'x'"),
    "neither of them": (ITCHING.replace("treatment: test-tonic, ", ""), "either its treatment or its condition"),
    "both of them": (ITCHING.replace("place", "condition: x, place"), "either its treatment or its condition"),
    "an unknown level": (ITCHING.replace("abstract", "glanced at"), "confirmed"),
    "an unknown key": (ITCHING.replace("where", "page: 1, where"), "page"),
    "the same twice": (ITCHING * 2, "read twice"),
    "no list": ("treatment: x\n", "not a list"),
    "no YAML": ("- {", "new.yaml: "),
}


@pytest.mark.parametrize("what", UNFIT)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    what: str, tool: Tool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, message = UNFIT[what]
    good = tmp_path / "good.yaml"
    good.write_text(COURSE)
    assert tool("record", good, written(tmp_path, text)) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "ledger.yaml").exists()


def test_every_problem_is_said_at_once(tool: Tool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        tool("record", written(tmp_path, UNFIT["an unknown level"][0] + COURSE + UNFIT["an unknown treatment"][0])) == 1
    )
    first, second = capsys.readouterr().err.splitlines()
    assert "reading 1: " in first
    assert "reading 3: " in second


def test_a_statement_that_changes_has_no_reading_any_more(
    tool: Tool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool("record", written(tmp_path, ITCHING + COURSE))
    assert tool("stale") == 0
    assert capsys.readouterr().out == ""
    edited = changed(tmp_path, lambda tonic: tonic["side_effects"][0].update(figure="30 % against 1 %"))
    assert tool("stale", catalogue=edited) == 1
    assert capsys.readouterr().out.startswith("test-tonic side_effects[0] (")
    tool("--list", "0", catalogue=edited)
    assert "1    (1)    0    (0)" in capsys.readouterr().out.splitlines()[-1]
    assert tool("stale", "--drop", catalogue=edited) == 0
    assert tool("stale", catalogue=edited) == 0
    assert set(read_ledger(tmp_path / "ledger.yaml").treatments) == set()
    assert read_ledger(tmp_path / "ledger.yaml").conditions


def test_no_command_reads_the_ledger() -> None:
    assert LEDGER.name not in BUILTIN_FILES


def test_every_reading_of_the_built_in_ledger_belongs_to_a_statement(
    readings: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert readings.main(["stale"]) == 0, (
        f"{capsys.readouterr().out}read them again, or: tools/readings.py stale --drop"
    )


def test_readers_are_told_how_much_was_confirmed(run: Run, catalogue: hairtx.Catalogue) -> None:
    told = catalogue.about.readings
    assert told is not None, "tools/readings.py counts writes it"
    ledger = read_ledger(ROOT / "data" / "readings.yaml")
    all_of_them = [one for record in (*catalogue, *catalogue.conditions.values()) for one in statements_of(record)]
    levels = Counter(ledger.confirmed.get(one.fingerprint) for one in all_of_them)
    direct = sum(levels[one] for one in ("full-text", "abstract", "section", "excerpt"))
    assert (told.all.statements, told.all.text, told.all.summary) == (len(all_of_them), direct, levels["secondary"])
    assert told.figures.statements == sum(one.has_figure for one in all_of_them)
    sentence = f"Of {told.all.statements:,} statements, somebody who did not write them held {told.all.text:,}"
    for words in (("about",), ("sources", "prp"), ("compare", "prp", "prf", "-f", "json")):
        assert sentence in " ".join(run(*words).stdout.split()), words


def test_everything_shown_marks_what_was_held_against_a_summary_alone(run: Run, catalogue: hairtx.Catalogue) -> None:
    mark = "checked against a summary of the source only"
    name, place = next(
        (one.id, place) for one in catalogue for place in one.side_effects if catalogue.doubted(place) == "secondary"
    )
    (row,) = (one for one in hairtx.describe(catalogue, name, view="full").rows if one.key == "side-effects")
    (told,) = (item.text for item in row.cells[0].items if item.lead.lower() == place.effect.lower())
    assert told.endswith(f" ({mark})")
    assert mark not in run("show", name).stdout
    assert all(catalogue.doubted(one) is None for one in small()["test-tonic"].side_effects)
