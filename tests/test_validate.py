"""``validate``: every problem at once, with its place and how to mend it; ``--fix`` for what has one right answer."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from conftest import ROOT, Run
from hairtx.catalogue.model import Treatment
from hairtx.catalogue.places import layered
from hairtx.catalogue.reading.mending import mended
from hairtx.catalogue.reading.records import problems_in
from hairtx.catalogue.reading.rules import CHECKS, Finding, Parts, check
from hairtx.catalogue.reading.yaml import parse_yaml
from hairtx.errors import Problem
from hairtx.formats.problems import problems_text

#: A clinic's file with one mistake of each kind on a line of its own, in the order of the lines.
FAULTY = """\
# my clinic
treatments:
  - id: our-tonic
    name: Our tonic
    short_nam: Tonic
    aliases: [no, tonic, 1e3]
    kind: divice
    setting: home
    invasiveness: non-invasive
    summary:
      text: A lotion
      sources: [our-leaflet, prpp]
    schedule:
      phases:
        - {name: a, sessions: 3-4, sources: [our-leaflet]}
    effects: &anchored
      - condition: androgenetic-alopecia
        outcome: hair-densty
        comparator: off
        measure: mean-difference
        value: 3
        ci95: [4, 5]
        design: RCT
        sources: [our-leaflet]
    reviewed: 2026-13-45
sources:
  our-leaflet:
    type: promotional
    title: 2024-01-01
    read: full-text
"""
EXPECTED = [
    (3, "missing-key", "'short_name' is missing"),
    (5, "unknown-key", "did you mean 'short_name'?"),
    (6, "type", "put quotes around it"),
    (6, "number", "put quotes around it"),
    (7, "value", "did you mean 'device'?"),
    (12, "unknown-source", "add it under 'sources:'"),
    (15, "schedule", "every: 4 weeks"),
    (16, "anchor", "write the value out"),
    (18, "unknown-key", "did you mean 'hair-density'?"),
    (19, "type", "put quotes around it"),
    (22, "interval", "does not contain the value 3"),
    (25, "date", "quote it"),
    (29, "type", "found the date 2024-01-01; put quotes around it"),
]

UNTIDY = """\
# Prices of 2026
treatments:
  - name: Our tonic   # as on the bottle
    id: our-tonic
    # people call it so
    aliases: [tonic, no, tonic]
    short_name: Tonic
    kind: cosmetic
    setting: home
    invasiveness: non-invasive
    reviewed: 2026-11-21
    summary: {sources: [our-leaflet, our-leaflet], text: "a
      b"}
"""
CLEAN_BLOCK = """\
treatments:
  - summary:
      # where from
      sources:
        - our-leaflet   # the one in the hall
        - our-leaflet
      text: |
        Line one.

        # not a comment

    id: our-tonic
    # named so by its maker
    name: on
    short_name: Tonic
    kind: cosmetic
    setting: home
    invasiveness: non-invasive
    reviewed: 2026-11-21
# at the end
sources:
  our-leaflet: {type: promotional, title: 2024-01-01, pmid: 123, read: full-text}
"""


def _problems(tmp_path: Path, text: str) -> list[Problem]:
    own = tmp_path / "clinic.yaml"
    own.write_text(text)
    paths, layers = layered(None, [own])
    found = problems_in([(path, path.read_bytes()) for path in paths], layers)
    return [one for one in found if one.file.endswith("clinic.yaml")]


def test_every_problem_of_a_file_is_reported_in_one_run_in_file_order(tmp_path: Path) -> None:
    found = [one for one in _problems(tmp_path, FAULTY) if one.severity == "error"]
    assert [(one.line, one.check) for one in found] == [(line, kind) for line, kind, _ in EXPECTED]
    for one, (_, _, hint) in zip(found, EXPECTED, strict=True):
        assert hint in one.message


def test_validate_prints_file_line_column_check_and_message(run: Run, tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(FAULTY)
    done = run("validate", "clinic.yaml", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[1].startswith("clinic.yaml:5:5: unknown-key: treatments[1].short_nam: there is no key")
    assert len(lines) == len(EXPECTED) + 1
    assert lines[-1] == "clinic.yaml: 13 errors, 0 warnings; 'hairtx new ID' writes a starter to fill in"
    assert done.stderr == ""


@pytest.mark.parametrize("text", [FAULTY, CLEAN_BLOCK])
def test_a_file_so_big_that_its_checks_are_shared_out_gets_the_same_report(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "clinic.yaml").write_text(text)
    small = run("validate", "clinic.yaml", cwd=tmp_path)
    (tmp_path / "clinic.yaml").write_text(text + "# nothing\n" * 500_000)
    big = run("validate", "clinic.yaml", cwd=tmp_path)
    assert (big.stdout, big.stderr, big.returncode) == (small.stdout, small.stderr, small.returncode)


def test_warnings_alone_end_with_zero_and_are_told_apart(run: Run, tmp_path: Path) -> None:
    text = mended(CLEAN_BLOCK.encode(), "clinic.yaml").replace(b"text: |", b"sources: [our-leaflet]\n      text: |", 1)
    text = text.replace(b"      sources:\n        - our-leaflet   # the one in the hall\n", b"", 1)
    own = tmp_path / "clinic.yaml"
    own.write_bytes(text)
    done = run("validate", "--full", str(own))
    assert done.returncode == 0, done.stdout
    assert ": key-order (warning): " in done.stdout


def test_what_only_a_full_entry_has_is_counted_and_told_when_asked_for(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "clinic.yaml"
    own.write_text(CLEAN_BLOCK)
    run("validate", "--fix", str(own))
    whole, bare = (run("validate", *more, "--format", "json", str(own)) for more in (["--full"], []))
    told, kept = (json.loads(done.stdout)["problems"] for done in (whole, bare))
    held_back = [one for one in told if one not in kept]
    assert {one["check"] for one in held_back} == {"brief", "entry-length", "looked-for"}
    last = run("validate", str(own)).stdout.splitlines()[-1]
    assert last.endswith(f"; {len(held_back)} more on what a full entry has with --full")


def test_an_entry_without_a_short_answer_is_told_what_to_add_and_passes(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "clinic.yaml"
    own.write_text(CLEAN_BLOCK)
    run("validate", "--fix", str(own))
    done = run("validate", "--full", str(own))
    assert done.returncode == 0
    assert "brief (warning): treatments[1].brief: the short answer lacks what, harm, serious, stopping" in done.stdout


def test_changing_a_price_asks_for_no_short_answer(tmp_path: Path) -> None:
    price = "{per: session, amount: 300, currency: EUR, region: Bonn, year: 2026, sources: [prism-prp]}"
    assert not _problems(tmp_path, f"treatments:\n- {{extends: prp, costs: [{price}]}}\n")


def test_the_built_in_catalogue_is_checked_when_no_file_is_given(run: Run) -> None:
    done = run("validate")
    assert done.returncode == 0
    assert "the catalogue: " in done.stdout


def test_without_docstrings_and_assertions_everything_is_checked_alike(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(FAULTY)
    program = (
        "import sys; from hairtx.cli.app import main\n"
        "assert False, 'left out'\n"
        "sys.exit(max(main(['schema', '-o', 's.json']), main(['validate', 'clinic.yaml'])))"
    )
    done = subprocess.run(
        [sys.executable, "-OO", "-c", program],
        env={**os.environ, "HAIRTX_NO_CACHE": "1"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[:-1] == [
        str(one).replace(one.file, "clinic.yaml", 1) for one in _problems(tmp_path, FAULTY)
    ]
    assert json.loads((tmp_path / "s.json").read_text())["properties"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["treatments.yaml", "sources.yaml", "vocabulary.yaml", "about.yaml"])
def test_a_file_of_the_built_in_catalogue_is_checked_in_its_place(name: str, run: Run) -> None:
    done = run("validate", str(ROOT / "data" / name), "-f", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["errors"] == 0


def test_json_and_github_say_the_same(tmp_path: Path) -> None:
    found = _problems(tmp_path, FAULTY)
    data = json.loads(problems_text(found, "json"))
    assert data["errors"] == len(found)
    assert data["problems"][0]["line"] == found[0].line
    annotations = problems_text(found, "github").splitlines()
    assert annotations[0].startswith("::error file=")
    assert len(annotations) == len(found)


def test_what_github_gives_a_meaning_to_is_escaped() -> None:
    problem = Problem("a,b:c%.yaml", 1, 2, "type", "one\n::error::two %", "warning")
    (line,) = problems_text([problem], "github").splitlines()
    assert line == "::warning file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=type::one%0A::error::two %25"


def test_every_registered_check_runs_and_has_its_severity(tmp_path: Path) -> None:
    @check("nothing-is-called-tonic")
    def nothing_is_called_tonic(parts: Parts) -> object:
        """No treatment is called tonic."""
        for index, place, one in parts.treatments():
            if "tonic" in one.id:
                yield Finding(index, ("treatments", place, "name"), "call it a lotion")

    try:
        found = _problems(tmp_path, mended(CLEAN_BLOCK.encode(), "x").decode())
        (told,) = [one for one in found if one.check == "nothing-is-called-tonic"]
        assert (told.line, told.severity) == (4, "warning")
    finally:
        del CHECKS["nothing-is-called-tonic"]


def test_a_figure_that_could_not_be_read_is_not_weighed_against_others(tmp_path: Path) -> None:
    effect = (
        "{condition: androgenetic-alopecia, outcome: hair-density, comparator: placebo, measure: mean-difference,"
        " value: 3, ci95: CI, unit: hairs, timepoint: 1 week, studies: 1, design: RCT, sources: [zhou2019meta]}"
    )
    for written, checks in (("[4, 5]", ["interval"]), ("[x, 2]", ["type"]), ("[1, x]", ["type"])):
        found = _problems(tmp_path, f"treatments:\n- {{extends: prp, effects: [{effect.replace('CI', written)}]}}\n")
        assert [one.check for one in found if one.severity == "error"] == checks


def test_a_phase_that_could_not_be_read_is_not_asked_how_often(tmp_path: Path) -> None:
    def checks(*phases: str) -> list[str]:
        schedule = f"{{phases: [{', '.join(phases)}]}}"
        found = _problems(tmp_path, f"treatments:\n- {{extends: prp, schedule: {schedule}}}\n")
        return [one.check for one in found if one.severity == "error"]

    unread = "{name: a, sessions: some, sources: [zhou2019meta]}"
    unspaced = "{name: b, sessions: 3, sources: [zhou2019meta]}"
    assert checks(unread) == ["quantity"]
    assert checks(unread, unspaced) == ["quantity", "schedule"]


def test_what_is_replaced_is_not_checked_against_what_replaces_it(tmp_path: Path) -> None:
    assert not _problems(tmp_path, "treatments:\n- {extends: prp, aliases: [our own name for it]}\n")


def test_a_name_taken_by_a_built_in_treatment_is_reported(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, "treatments:\n- {extends: prp, id: ours, name: Microneedling, short_name: Ours}\n")
    assert problem.check == "duplicate-alias"


def test_fix_mends_order_repetition_and_quotes_and_keeps_every_comment(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "clinic.yaml"
    own.write_text(CLEAN_BLOCK)
    own.chmod(0o640)
    done = run("validate", "clinic.yaml", "--fix", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "+++ clinic.yaml (mended)" in done.stderr
    assert "-      sources:\n" in done.stderr
    assert own.read_text() == (
        """\
treatments:
  - id: our-tonic
    # named so by its maker
    name: 'on'
    short_name: Tonic
    kind: cosmetic
    setting: home
    invasiveness: non-invasive
    summary:
      text: |
        Line one.

        # not a comment
      # where from
      sources:
        - our-leaflet   # the one in the hall

    reviewed: 2026-11-21
# at the end
sources:
  our-leaflet: {type: promotional, title: '2024-01-01', pmid: '123', read: full-text}
"""
    )
    assert stat.S_IMODE(own.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["clinic.yaml"]


def test_fix_mends_flow_collections_in_place() -> None:
    before = b"treatments: [{id: x, summary: {sources: [a, b, a], text: no}}]\n"
    after = b"treatments: [{id: x, summary: {text: 'no', sources: [a, b]}}]\n"
    assert mended(before, "x") == after


def test_fix_leaves_alone_what_a_person_has_to_decide() -> None:
    for text in (
        b"treatments:\n- summary: {text: x, sources: [a, # first\n  a]}\n",
        b"treatments:\n- short_nam: x\n  id: y\n",
        b"treatments:\n- name: x\n  # the id\n  id: y\n",
        b"sources: {a: {title: ~}}\n",
        b"treatments:\n- {id: 1.5}\n",
    ):
        assert mended(text, "x") == text


def test_fix_wants_a_file_and_leaves_a_broken_one(run: Run, tmp_path: Path) -> None:
    assert run("validate", "--fix").returncode == 2
    own = tmp_path / "clinic.yaml"
    own.write_text("treatments: [")
    assert run("validate", "--fix", str(own)).returncode == 1
    assert own.read_text() == "treatments: ["


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_mending_again_changes_nothing(newline: str) -> None:
    for text in (FAULTY, UNTIDY, CLEAN_BLOCK):
        once = mended(text.replace("\n", newline).encode(), "x")
        assert mended(once, "x") == once


@pytest.mark.slow
def test_mending_the_built_in_catalogue_keeps_what_it_says() -> None:
    for name in ("treatments.yaml", "vocabulary.yaml"):
        before = (ROOT / "data" / name).read_bytes()
        after = mended(before, name)
        assert parse_yaml(after, name) == parse_yaml(before, name)
        assert sorted(after.split()) == sorted(before.split()) or name == "treatments.yaml"


_FIELDS = {
    "id": "our-tonic",
    "name": "no",
    "aliases": "[a, b, a]",
    "summary": "{sources: [x, x], text: 1.5}",
    "reviewed": "2026-01-01",
    "caveats": "\n      - sources: [x]\n        # why\n        text: on\n      - {text: a, sources: [x]}",
}


@given(
    st.permutations(sorted(_FIELDS)),
    st.sampled_from(["", "# c\n    ", "\n    # c\n    "]),
    st.sampled_from(["", " # t"]),
)
def test_mending_keeps_values_comments_and_lines(order: list[str], above: str, behind: str) -> None:
    entry = "\n    ".join(f"{above if number else ''}{key}: {_FIELDS[key]}{behind}" for number, key in enumerate(order))
    before = f"treatments:\n  - {entry}\nsources: {{}}\n"
    after = mended(before.encode(), "x").decode()
    (told,) = parse_yaml(after.encode(), "x")["treatments"]
    assert told["aliases"] in (["a", "b"], ["a", "b", "a"])
    assert after.count("#") == before.count("#")
    assert set(told) == set(order)
    if not above:
        assert list(told) == [name for name in _names() if name in told]
        assert told["name"] == "no"
        assert told["summary"] == {"text": "1.5", "sources": ["x"]}
        assert told["caveats"][0]["text"] == "on"


def _names() -> list[str]:
    return [one.encode_name for one in structs.fields(Treatment)]


@pytest.fixture
def answering(tmp_path: Path) -> Callable[[str], tuple[str, str]]:
    """Runs ``validate --fix`` on a terminal of its own and types an answer."""
    import pty

    def ask(answer: str) -> tuple[str, str]:
        own = tmp_path / "clinic.yaml"
        own.write_text("sources: {a: {type: review, title: no, read: excerpt}}\n")
        ours, theirs = pty.openpty()
        program = subprocess.Popen(
            [sys.executable, "-m", "hairtx", "validate", "--fix", str(own)],
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        _, told = program.communicate(timeout=60)
        os.close(ours)
        return told, own.read_text()

    return ask


def test_fix_asks_first_on_a_terminal(answering: Callable[[str], tuple[str, str]]) -> None:
    told, text = answering("n")
    assert "left as it was" in told
    assert "title: no," in text
    told, text = answering("y")
    assert "mended" in told
    assert "title: 'no'," in text
