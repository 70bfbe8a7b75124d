"""``new``: a starter entry that teaches the format and is valid once its blanks are filled in."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

import hairtx
from conftest import Run
from hairtx.catalogue.places import layered
from hairtx.catalogue.reading.records import problems_in
from hairtx.catalogue.starter import starter_entry, starter_from
from hairtx.errors import Problem

# Each goes through every treatment or checks a whole catalogue.
pytestmark = pytest.mark.broad

TODAY = dt.date(2026, 11, 21)
FILLED = {
    "name": "My tonic",
    "short_name": "My tonic",
    "kind": "cosmetic",
    "setting": "home",
    "invasiveness": "non-invasive",
    "text": "A lotion.",
    "basis": "No study was found.",
    "title": "The tonic's page",
    "url": "https://example.org/tonic",
}


def _filled(text: str) -> str:
    return re.sub(
        rf"^( +)({'|'.join(FILLED)}): +#[^\n]*$", lambda m: f"{m[1]}{m[2]}: {FILLED[m[2]]}", text, flags=re.MULTILINE
    )


def _problems(tmp_path: Path, text: str) -> list[Problem]:
    own = tmp_path / "my-tonic.yaml"
    own.write_text(text)
    paths, layers = layered(None, [own])
    found = problems_in([(path, path.read_bytes()) for path in paths], layers)
    # What an editor would still ask of an entry, such as three questions, is not asked of a starter.
    about = {"key-order", "duplicate-item", "brief", "brief-words", "direction", "people", "text-length"}
    mine = [one for one in found if one.file.endswith("my-tonic.yaml")]
    return [one for one in mine if one.severity == "error" or one.check in about]


def test_a_filled_in_starter_is_valid_and_told_what_answer_it_lacks(tmp_path: Path) -> None:
    (told,) = _problems(
        tmp_path, _filled(starter_entry("my-tonic", file="my-tonic.yaml", schema="x.json", today=TODAY))
    )
    assert (told.check, told.severity) == ("brief", "warning")
    assert told.message.endswith("lacks what, harm, serious, stopping, effect for androgenetic-alopecia")


def test_a_filled_in_starter_is_valid_with_every_optional_part(tmp_path: Path) -> None:
    text = _filled(starter_entry("my-tonic", file="my-tonic.yaml", schema="x.json", today=TODAY))
    assert text.count("#|") > 20
    unedited = text.replace("    #|", "    ")
    found = _problems(tmp_path, unedited)
    assert {one.check for one in found} == {"starter"}
    places = {one.message.partition(":")[0].removeprefix("treatments[1].") for one in found}
    assert places == {
        *("brief.what", "costs[1]", "claims[1]", "side_effects[1]", "results", "downtime.visible_signs"),
        *("schedule.phases[1]", "schedule.phases[2]"),
    }
    for made_up, true in (
        *(("a lotion rubbed into the scalp", "a lotion"), ("20-30", "25"), ("What the seller says", "It works")),
        *(("itching", "a rash"), ("first_signs: 3-4", "first_signs: 2"), ("0-2 days", "1 day")),
        *(("sessions: 3-4", "sessions: 3"), ("every: 6-12 months", "every: 1 year")),
    ):
        assert unedited.count(made_up) == 1
        unedited = unedited.replace(made_up, true)
    assert not _problems(tmp_path, unedited)
    whole = hairtx.load(overlays=[tmp_path / "my-tonic.yaml"])["my-tonic"]
    assert whole.schedule is not None
    assert whole.brief is not None
    assert whole.claims


def test_every_blank_is_reported_and_nothing_else(tmp_path: Path) -> None:
    found = _problems(tmp_path, starter_entry("my-tonic", file="my-tonic.yaml", schema="x.json", today=TODAY))
    blanks = {one.message.split(":")[0].rpartition(".")[2] for one in found}
    assert {one.check for one in found} == {"missing-value"}
    # An address may be left empty.
    assert blanks == set(FILLED) - {"url"}


@pytest.mark.slow
def test_every_treatment_can_be_begun_from(catalogue: hairtx.Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for one in catalogue:
        text = starter_from(one, f"my-{one.id}", file="my-tonic.yaml", schema="x.json", today=TODAY, where="edition 1")
        filled = re.sub(
            r"^(    (?:short_)?name):  #.*$", rf"\1: Mine {len(list(folder.iterdir()))}", text, flags=re.MULTILINE
        )
        assert filled != text
        (folder / f"{one.id}.yaml").write_text(filled)
    paths, layers = layered(None, [folder])
    found = problems_in([(path, path.read_bytes()) for path in paths], layers)
    assert not [one for one in found if one.severity == "error"]
    copies = hairtx.load(overlays=[folder])
    for one in catalogue:
        copied = copies[f"my-{one.id}"]
        assert (copied.effects, copied.schedule, copied.claims) == (one.effects, one.schedule, one.claims)


def test_the_blanks_of_a_copy_are_its_names(catalogue: hairtx.Catalogue, tmp_path: Path) -> None:
    text = starter_from(
        catalogue["prp"], "my-tonic", file="my-tonic.yaml", schema="x.json", today=TODAY, where="edition 1"
    )
    found = [one for one in _problems(tmp_path, text) if one.severity == "error"]
    assert [one.message.split(":")[0] for one in found] == ["treatments[1].name", "treatments[1].short_name"]
    assert {one.check for one in found} == {"missing-value"}


def test_new_writes_a_file_and_never_over_another(run: Run, tmp_path: Path) -> None:
    assert run("new", "my-tonic", cwd=tmp_path).returncode == 0
    own = tmp_path / "my-tonic.yaml"
    written = own.read_text()
    assert "validate" in written
    # No path of this machine: the schema lies beside it.
    assert written.splitlines()[0] == "# yaml-language-server: $schema=catalogue.schema.json"
    assert json.loads((tmp_path / "catalogue.schema.json").read_text())["properties"]
    own.write_text("mine")
    again = run("new", "my-tonic", cwd=tmp_path)
    assert again.returncode == 1
    assert "already there" in again.stderr
    assert own.read_text() == "mine"


def test_new_from_a_treatment_copies_it(run: Run, tmp_path: Path) -> None:
    done = run("new", "our-prp", "--from", "platelet rich plasma", "-o", "x.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "Copied from 'prp'" in (tmp_path / "x.yaml").read_text()


@pytest.mark.parametrize(
    ("name", "hint"), [("My Tonic", "small letters"), ("prp", "extends: prp"), ("-x", "option"), ("aux", "windows")]
)
def test_an_id_that_will_not_do_is_refused(run: Run, tmp_path: Path, name: str, hint: str) -> None:
    done = run("new", name, cwd=tmp_path)
    assert done.returncode == 2
    assert hint in done.stderr.lower()
    assert not list(tmp_path.iterdir())


def test_a_starter_goes_to_standard_output_too(run: Run, tmp_path: Path) -> None:
    done = run("new", "my-tonic", "-o", "-", cwd=tmp_path)
    assert done.returncode == 0
    assert run("new", "my-tonic", cwd=tmp_path).returncode == 0
    assert done.stdout == (tmp_path / "my-tonic.yaml").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue.schema.json", "my-tonic.yaml"]
