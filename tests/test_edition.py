"""Facts about the edition, and the notice that it is out of date: on every output of every command."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

import hairtx
from conftest import Run
from hairtx.catalogue.places import BUILTIN_FILES, builtin_folder
from hairtx.cli.app import COMMANDS, main
from hairtx.formats import FORMATS
from support import SMALL_FILE, small_values, write_catalogue

# Goes through every output.
pytestmark = pytest.mark.broad

OLD = "2001-02-03"
NOTICE = f"last reviewed on {OLD}, more than a year ago"


@pytest.fixture(scope="module")
def outdated(tmp_path_factory: pytest.TempPathFactory) -> hairtx.Catalogue:
    """The shipped catalogue with a review date long past."""
    folder = tmp_path_factory.mktemp("outdated")
    for name in BUILTIN_FILES:
        text = (builtin_folder() / name).read_text(encoding="utf-8")
        if name == "about.yaml":
            text, count = re.subn(r"(?m)^  reviewed: .*$", f"  reviewed: {OLD}", text)
            assert count == 1
        (folder / name).write_text(text, encoding="utf-8")
    return hairtx.load([folder / name for name in BUILTIN_FILES])


def reading_commands() -> list[str]:
    """Commands that show something of the catalogue in a format."""
    return [
        name
        for name, (module, _) in COMMANDS.items()
        if {"only", "format_name"} <= set(signature(import_module(module).command).parameters)
    ]


def first_example(name: str) -> list[str]:
    """The first example in a command's help, as arguments."""
    text = import_module(COMMANDS[name][0]).HELP
    examples = [line.strip() for line in text.splitlines() if line.strip().startswith(f"hairtx {name}")]
    assert examples, f"the help of {name} has no example"
    plain = [line for line in examples if "|" not in line and " -o " not in line]
    return shlex.split(plain[0])[1:]


@pytest.mark.broad
@pytest.mark.parametrize("name", reading_commands())
@pytest.mark.parametrize("format_name", FORMATS)
def test_outdated_edition_says_so_on_every_output(
    name: str,
    format_name: str,
    outdated: hairtx.Catalogue,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("hairtx.cli.options.load_catalogue", lambda *_, **__: outdated)
    (tmp_path / "leaflet.txt").write_text("PRP is painless.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code = main([*first_example(name), "--format", format_name])
    shown = capsys.readouterr()
    assert (code, shown.err) == (0, "")
    assert NOTICE in " ".join(shown.out.split())


@pytest.mark.slow
def test_outdated_edition_says_so_on_every_page_of_the_site(outdated: hairtx.Catalogue) -> None:
    for name, page in hairtx.site_files(hairtx.site_content(outdated, today=dt.date(2026, 1, 1))):
        assert NOTICE in page.decode(), name


def test_no_command_is_left_out_by_accident() -> None:
    makers = {"site", "validate", "new", "schema", "paths"}
    assert set(reading_commands()) == set(COMMANDS) - makers


def test_outdated_edition_says_so_in_references_for_managers(outdated: hairtx.Catalogue) -> None:
    report = hairtx.list_sources(outdated, ["prp"], today=dt.date(2026, 1, 1))
    text = hairtx.render(report, "csl-json")
    assert text.count(NOTICE) == len(report.data["sources"])


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (366, False), (367, True)])
def test_notice_comes_after_a_year(days: int, is_old: bool, catalogue: hairtx.Catalogue) -> None:
    today = catalogue.about.reviewed + dt.timedelta(days=days)
    assert bool(hairtx.describe_edition(catalogue, today=today).notices) == is_old


def test_about_tells_who_how_and_who_paid(run: Run, catalogue: hairtx.Catalogue) -> None:
    done = run("about")
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    about = catalogue.about
    for told in (about.edition, about.written_by, about.selection, about.update_policy, about.funding, about.licence):
        assert " ".join(told.split()) in text
    assert all(" ".join(limit.split()) in text for limit in about.limits)


def test_facts_of_an_edition_of_ones_own_are_said_to_be_ones_own(tmp_path: Path) -> None:
    values = small_values()
    own = write_catalogue({"about": {**values["about"], "edition": "own"}}, tmp_path / "edition.yaml")
    catalogue = hairtx.load([SMALL_FILE], overlays=[own])
    assert catalogue.about.edition == "own"
    [notice] = hairtx.describe_edition(catalogue).notices
    assert notice.startswith("The edition, its funding and its limits are those that ")
    assert notice.endswith("edition.yaml states.")
    for name in FORMATS:
        assert "its limits are those that" in " ".join(hairtx.render(hairtx.describe_edition(catalogue), name).split())
    assert hairtx.describe_edition(hairtx.load([SMALL_FILE])).notices == ()


def test_about_writes_a_file(run: Run, tmp_path: Path) -> None:
    done = run("about", "-o", "about.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "about.md").read_text(encoding="utf-8").startswith("# About this edition")
