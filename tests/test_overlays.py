"""Catalogues of one's own, laid over the built-in one."""

from __future__ import annotations

import errno
import itertools
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import hairtx
from conftest import Run
from hairtx.catalogue.names import Suggestions
from hairtx.cli.app import COMMANDS, load_command
from hairtx.files import display_name
from hairtx.formats import FORMATS, text_of
from hairtx.formats.markdown import escaped

# Most lay something over the whole built-in catalogue.
pytestmark = pytest.mark.broad

Write = Callable[[str, str], Path]

TONIC = """
treatments:
  - id: our-tonic
    name: Our tonic
    short_name: Our tonic
    kind: cosmetic
    setting: home
    invasiveness: non-invasive
    summary: {text: A lotion that is sold at the desk., sources: [our-leaflet]}
    indications:
      - condition: androgenetic-alopecia
        certainty: none
        rating: our-reading
        basis: No study was found.
        sources: [our-leaflet]
    reviewed: 2026-11-21
sources:
  our-leaflet: {type: promotional, title: Our leaflet, read: full-text}
"""
OWN_PRICE = """
treatments:
  - extends: prp
    costs: [{per: session, amount: 300, currency: EUR, region: Bonn, sources: [our-prices]}]
sources:
  our-prices: {type: promotional, title: Our price list, read: full-text}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write_file


def test_an_overlay_adds_a_treatment_with_a_source_of_its_own(catalogue: hairtx.Catalogue, write: Write) -> None:
    both = hairtx.load(overlays=[write("clinic.yaml", TONIC)])
    assert len(both) == len(catalogue) + 1
    assert both["our tonic"].summary.sources == ("our-leaflet",)
    assert both.sources["our-leaflet"].title == "Our leaflet"


def test_an_own_entry_without_a_condition_names_none(write: Write) -> None:
    entry = TONIC[: TONIC.index("    indications")] + TONIC[TONIC.index("    reviewed") :]
    report = hairtx.describe(hairtx.load(overlays=[write("own.yaml", entry)]), "our-tonic")
    # When to see a doctor is told all the same, of each condition by its name.
    assert report.data["condition"] is None
    assert report.lead
    assert all(one.lead.startswith("With ") for one in report.lead)
    lines = hairtx.render(report, "table", width=80).splitlines()
    rules = [set(one) == {"\N{BOX DRAWINGS LIGHT HORIZONTAL}"} for one in lines]
    assert (True, True) not in set(itertools.pairwise(rules))
    assert "Not listed for any condition." in hairtx.render(report, "table")


def test_the_same_id_replaces_and_the_last_overlay_wins(catalogue: hairtx.Catalogue, write: Write) -> None:
    first = write("a.yaml", TONIC.replace("our-tonic", "prp").replace("Our tonic", "First"))
    second = write("b.yaml", TONIC.replace("our-tonic", "prp").replace("Our tonic", "Second"))
    both = hairtx.load(overlays=[first, second])
    assert len(both) == len(catalogue)
    assert both["prp"].name == "Second"
    assert list(both.treatments) == list(catalogue.treatments)
    assert "platelet rich plasma" not in both


def test_extends_inherits_every_field_it_does_not_give(catalogue: hairtx.Catalogue, write: Write) -> None:
    changed = hairtx.load(overlays=[write("clinic.yaml", OWN_PRICE)])["prp"]
    assert [cost.region for cost in changed.costs] == ["Bonn"]
    assert changed.schedule == catalogue["prp"].schedule
    assert changed.aliases == catalogue["prp"].aliases


def test_what_extends_changes_single_keys_of_a_mapping_and_whole_lists_and_statements(
    catalogue: hairtx.Catalogue, write: Write
) -> None:
    text = """
treatments:
  - extends: prp
    summary: {text: Our own words., sources: [our-leaflet]}
    brief: {serious: {text: An abscess in one person here., sources: [our-leaflet]}}
    schedule: {phases: [{name: course, sessions: 2, every: 1 week, sources: [our-leaflet]}]}
    results: {on_stopping: {text: It fades here., sources: [our-leaflet]}}
sources:
  our-leaflet: {type: promotional, title: Our leaflet, read: full-text}
"""
    ours, base = hairtx.load(overlays=[write("clinic.yaml", text)])["prp"], catalogue["prp"]
    assert ours.brief is not None
    assert base.brief is not None
    assert base.results is not None
    assert ours.brief.serious != base.brief.serious
    assert (ours.brief.effect, ours.brief.harm) == (base.brief.effect, base.brief.harm)
    assert (ours.session_length, len(ours.phases)) == (base.session_length, 1)
    assert ours.results is not None
    assert ours.results.on_stopping != base.results.on_stopping
    assert (ours.full_assessment, ours.result_sources) == (base.full_assessment, base.result_sources)
    assert (ours.summary.text, ours.summary.sources) == ("Our own words.", ("our-leaflet",))


@pytest.mark.parametrize(
    ("written", "stands"), [("take-care", "ask-specialist"), ("avoid", "avoid"), ("ask-specialist", "ask-specialist")]
)
def test_a_caution_for_a_known_factor_takes_nothing_away(
    catalogue: hairtx.Catalogue, write: Write, written: str, stands: str
) -> None:
    text = f"""
treatments:
  - extends: mesotherapy
    cautions: [{{factor: anticoagulants, action: {written}, why: Our list rules it out, sources: [our-list]}}]
sources:
  our-list: {{type: promotional, title: Our list, read: full-text}}
"""
    both = hairtx.load(overlays=[write("clinic.yaml", text)])["mesotherapy"].cautions
    (known,) = (one for one in catalogue["mesotherapy"].cautions if one.factor == "anticoagulants")
    assert both[0].factor == "anticoagulants"
    assert (both[0].action, both[0].why) == (stands, f"Our list rules it out. {known.why}")
    assert both[0].sources == ("our-list", *known.sources)
    assert [one.factor for one in both].count("anticoagulants") == 1
    assert len(both) == len(catalogue["mesotherapy"].cautions)


def test_the_short_answer_tells_ones_own_side_effects_first(catalogue: hairtx.Catalogue, write: Write) -> None:
    text = """
treatments:
  - extends: prp
    side_effects:
      - {effect: soreness, frequency: very-common, figure: half of ours, severity: mild, sources: [our-list]}
      - {effect: fainting, frequency: unknown, severity: serious, sources: [our-list]}
      - {effect: itch, frequency: unknown, severity: moderate, sources: [our-list]}
    brief: {serious: {text: One fainted here., sources: [our-list]}}
sources:
  our-list: {type: promotional, title: Our list, read: full-text}
"""
    own, known = hairtx.load(overlays=[write("clinic.yaml", text)])["prp"].brief, catalogue["prp"].brief
    assert own is not None
    assert known is not None
    assert own.harm is not None
    assert known.harm is not None
    assert own.harm.text == f"Soreness (half of ours), itch. {known.harm.text}"
    assert own.harm.sources == ("our-list", *known.harm.sources)
    # Words of one's own stand as they are.
    assert own.serious is not None
    assert own.serious.text == "One fainted here."


def test_what_one_sex_was_rated_for_is_not_told_of_the_other(run: Run, write: Write) -> None:
    told = "    brief: {effect: [{condition: androgenetic-alopecia, text: May add 6 hairs., sources: [our-leaflet]}]}\n"
    text = TONIC.replace("    indications", f"{told}    indications")
    own = write("clinic.yaml", text.replace("        certainty: none", "        sex: male\n        certainty: none"))
    for sex, answer in (("male", "May add 6 hairs."), ("female", "Not listed for women.")):
        done = run("show", "our-tonic", "--sex", sex, "--rows", "effects", "--catalogue", str(own))
        assert answer in done.stdout
    both = run("compare", "our-tonic", "prp", "--catalogue", str(own)).stdout
    assert "Not listed for women" in both


def test_what_nobody_looked_for_is_counted_in_the_short_answer(run: Run, write: Write) -> None:
    told = run("compare", "our-tonic", "prp", "--catalogue", str(write("clinic.yaml", TONIC))).stdout
    assert re.search(r"Not looked for: \d\d usual reasons", told)
    assert "Not looked for" not in run("compare", "prp", "mesotherapy").stdout


def test_people_counted_with_a_side_effect_are_told_without_a_figure(run: Run, write: Write) -> None:
    text = """
treatments:
  - extends: prp
    side_effects:
      - {effect: tingling, frequency: very-common, people: {with: 12, without: 4, comparator: sham, time: 24 weeks},
         severity: mild, sources: [our-list]}
sources:
  our-list: {type: promotional, title: Our list, read: full-text}
"""
    done = run("show", "prp", "--full", "--catalogue", str(write("clinic.yaml", text)))
    assert "12 of 100, with sham 4; 24 weeks" in " ".join(done.stdout.split())


@pytest.mark.parametrize("form", [str, Path])
def test_paths_are_taken_as_text_alone_or_several(write: Write, form: Callable[[Path], Any]) -> None:
    own = form(write("clinic.yaml", OWN_PRICE))
    for overlays in (own, [own]):
        assert [cost.region for cost in hairtx.load(overlays=overlays)["prp"].costs] == ["Bonn"]


def test_nothing_is_asked_of_a_built_in_entry_for_what_lies_over_it(run: Run, write: Write) -> None:
    text = """
treatments:
  - extends: prp
    cautions: [{factor: anticoagulants, action: avoid, why: Our list rules it out., sources: [our-list]}]
sources:
  our-list: {type: promotional, title: Our list, read: full-text}
"""
    done = run("validate", "--catalogue", str(write("clinic.yaml", text)))
    assert (done.returncode, "no problems found" in done.stdout) == (0, True)


def test_no_source_of_what_is_extended_is_named_for_a_time_of_ones_own(
    catalogue: hairtx.Catalogue, write: Write
) -> None:
    own = write("clinic.yaml", "treatments:\n- {extends: prp, results: {first_signs: 2 months}}\n")
    ours, base = hairtx.load(overlays=[own])["prp"], catalogue["prp"]
    assert (str(ours.first_signs), ours.full_assessment, ours.result_sources) == ("2 months", None, ())
    assert base.results is not None
    assert ours.results is not None
    assert ours.results.on_stopping == base.results.on_stopping


def test_of_a_mapping_that_is_filled_up_only_what_is_written_there_is_at_fault_there(write: Write) -> None:
    broken = write("a.yaml", TONIC.replace("    indications", "    brief: {harm: {text: Itch.}}\n    indications"))
    extending = write("b.yaml", "treatments:\n- {extends: our-tonic, brief: {serious: {text: A burn.}}}\n")
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load(overlays=[broken, extending])
    assert [(Path(one.file).name, one.message.split(":")[0]) for one in caught.value.problems] == [
        ("a.yaml", "treatments[1].brief.harm"),
        ("b.yaml", "treatments[1].brief.serious"),
    ]


def test_an_extension_with_its_own_id_leaves_the_names_to_its_base(catalogue: hairtx.Catalogue, write: Write) -> None:
    text = "treatments:\n- {extends: prp, id: prp-kit, name: PRP with kit X, short_name: PRP X}\n"
    both = hairtx.load(overlays=[write("clinic.yaml", text)])
    assert both["prp kit"].effects == catalogue["prp"].effects
    assert both["prp kit"].aliases == ()
    assert both["platelet rich plasma"].id == "prp"


def test_an_extension_with_its_own_id_is_asked_for_its_own_name(write: Write) -> None:
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load(overlays=[write("clinic.yaml", "treatments:\n- {extends: prp, id: prp-kit}\n")])
    assert [one.check for one in caught.value.problems] == ["missing-key", "missing-key"]
    assert "'short_name'" in caught.value.problems[1].message


@pytest.mark.parametrize("wanted", ["prpp", "[prp]", "7", "our-tonic"])
def test_extending_what_is_not_there_is_reported_with_its_line(write: Write, wanted: str) -> None:
    text = f"treatments:\n- id: our-tonic\n  extends: {wanted}\n"
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load(overlays=[write("clinic.yaml", text)])
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 12)
    assert problem.check in {"unknown-treatment", "extends-circle", "type"}


def test_a_fault_in_what_is_inherited_is_told_once_where_it_stands(write: Write) -> None:
    broken = write("a.yaml", TONIC.replace("kind: cosmetic", "kind: lotion"))
    extending = write("b.yaml", "treatments:\n- {extends: our-tonic, reviewed: 2026-01-01}\n")
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load(overlays=[broken, extending])
    assert [Path(one.file).name for one in caught.value.problems] == ["a.yaml"]


def test_one_id_twice_in_one_overlay_is_refused(write: Write) -> None:
    write("clinic/a.yaml", TONIC)
    second = write("clinic/b.yaml", TONIC)
    with pytest.raises(hairtx.CatalogueError, match="already taken"):
        hairtx.load(overlays=[second.parent])


def test_a_folder_is_read_with_its_subfolders_and_without_hidden_files(write: Write) -> None:
    write("clinic/deep/tonic.yml", TONIC)
    write("clinic/.git/broken.yaml", "[")
    write("clinic/.#lock.yaml", "[")
    folder = write("clinic/notes.txt", "[").parent
    assert "our-tonic" in hairtx.load(overlays=[folder])


def test_own_conditions_factors_and_outcomes_can_be_referred_to(write: Write) -> None:
    text = (
        TONIC.replace("androgenetic-alopecia", "hat-hair")
        + """
conditions:
  hat-hair:
    label: Hat hair
    definition: {text: Hair that a hat has pressed flat., sources: [our-leaflet]}
    decision: Whether to comb it.
    course: [{text: It comes up by itself within the hour., sources: [our-leaflet]}]
factors:
  bald: {label: No hair at all, definition: Somebody without hair.}
"""
    )
    both = hairtx.load(overlays=[write("clinic.yaml", text)])
    assert both.find_condition("hat hair") == "hat-hair"
    assert both.find_factor("No hair at all") == "bald"
    listing = hairtx.list_treatments(both, hairtx.Filters(condition="hat-hair"))
    assert listing.title.startswith("1 of ")


def test_only_leaves_out_the_built_in_treatments_and_keeps_what_can_be_referred_to(write: Write) -> None:
    alone = hairtx.load(overlays=[write("clinic.yaml", OWN_PRICE)], only=True)
    assert list(alone.treatments) == ["prp"]
    assert alone["prp"].effects
    assert "microneedling" not in alone


ABOUT = """
about:
  edition: clinic 1
  reviewed: 2026-11-21
  written_by: Us.
  selection: By hand.
  update_policy: Yearly.
  funding: The clinic.
  limits: [Not medical advice.]
  disclaimer: It informs.
  licence: None.
"""


def test_whose_edition_it_is_is_said_where_it_is_not_the_built_in_one(write: Write) -> None:
    own = write("clinic.yaml", ABOUT)
    for _ in range(2):
        both = hairtx.load(overlays=[own])
        assert both.about.funding == "The clinic."
        assert both.about_origin is not None
        assert (both.about_origin.kind, both.about_origin.files) == ("replaced", (display_name(own),))
    told = f"The edition, its funding and its limits are those that {display_name(own)} states."
    assert told in hairtx.describe(both, "prp", view="full").notices
    last = hairtx.load(overlays=[own, write("b.yaml", ABOUT.replace("clinic 1", "clinic 2")), write("c.yaml", TONIC)])
    assert last.about.edition == "clinic 2"
    assert last.about_origin is not None
    assert last.about_origin.files[0].endswith("b.yaml")


def test_a_catalogue_without_an_edition_is_refused_at_the_top_of_its_first_file(write: Write) -> None:
    first, second = write("a.yaml", "factors: {}\n"), write("b.yaml", "sources: {}\n")
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load([first, second])
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{display_name(first)}:1:1: missing-key: no file says what edition this is")


def test_where_an_entry_comes_from_follows_what_it_extends(write: Write) -> None:
    extending = "treatments:\n- {extends: NAME, reviewed: 2026-01-01}\n"
    own = [write("a.yaml", TONIC), write("b.yaml", extending.replace("NAME", "our-tonic"))]
    own += [write("c.yaml", extending.replace("NAME", "prp")), write("d.yaml", OWN_PRICE)]
    own += [write("e.yaml", TONIC.replace("our-tonic", "mesotherapy").replace("Our tonic", "Ours"))]
    own += [write("f.yaml", "treatments:\n- {extends: prf, id: our-prf, name: Our PRF, short_name: Our PRF}\n")]
    origins = hairtx.load(overlays=own).treatments.origins
    assert {key: (one.kind, [Path(file).stem for file in one.files]) for key, one in origins.items()} == {
        "our-tonic": ("added", ["a", "b"]),
        "prp": ("changed", ["c", "d"]),
        "mesotherapy": ("replaced", ["e"]),
        "our-prf": ("added", ["f"]),
    }


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_says_what_is_not_built_in_and_from_which_file(write: Write, format_name: str) -> None:
    both = hairtx.load(overlays=[write("clinic.yaml", TONIC), write("prices.yaml", OWN_PRICE)])
    for content in (
        hairtx.compare(both, ["prp", "our-tonic", "microneedling"], view="table"),
        hairtx.describe(both, "our-tonic", view="full"),
        hairtx.list_treatments(both),
    ):
        text = " ".join(text_of(content, format_name, width=160).replace("\\", "").split())
        assert "clinic.yaml" in text
        assert "not built in" in text or '"added"' in text or "kind: added" in text


def test_markdown_says_where_one_treatment_comes_from_under_its_title_and_of_several_above_each(write: Write) -> None:
    own = write("clinic.yaml", TONIC)
    both, told = hairtx.load(overlays=[own]), f"*{escaped(f'from {display_name(own)}, not built in')}*"
    one, two = (
        hairtx.render(report, "markdown").split("\n\n")
        for report in (hairtx.describe(both, "our-tonic"), hairtx.compare(both, ["our-tonic", "prp"]))
    )
    assert one[1] == told
    assert told not in two
    assert f"<br>{told} |" in "".join(two)


def test_json_says_where_each_treatment_and_source_comes_from(write: Write) -> None:
    both = hairtx.load(overlays=[write("prices.yaml", OWN_PRICE)])
    data = json.loads(text_of(hairtx.compare(both, ["prp", "microneedling"], view="table"), "json"))
    changed, builtin = data["treatments"]
    assert changed["origin"]["kind"] == "changed"
    assert "origin" not in builtin
    assert data["sources"]["our-prices"]["origin"].endswith("not built in")


def test_the_cache_tells_catalogues_apart_by_role_and_not_by_content_alone(write: Write) -> None:
    first, second = write("a.yaml", TONIC), write("b.yaml", OWN_PRICE)
    for _ in range(2):
        together = hairtx.load(overlays=[first, second])
        alone = hairtx.load(overlays=[first, second], only=True)
        turned = hairtx.load(overlays=[second, first])
        assert len(alone) == 2
        assert len(together) > 30
        assert list(turned.treatments)[-1] == "our-tonic"
        origin = turned.treatments.origin_of("our-tonic")
        assert origin is not None
        assert origin.files[0].endswith("a.yaml")


def test_the_cache_keeps_no_file_names(write: Write) -> None:
    hairtx.load(overlays=[write("a.yaml", TONIC)])
    moved = hairtx.load(overlays=[write("elsewhere/b.yaml", TONIC)])
    origin = moved.treatments.origin_of("our-tonic")
    assert origin is not None
    assert origin.files[0].endswith("b.yaml")


@pytest.mark.parametrize("before", [True, False])
def test_the_option_may_stand_before_or_after_the_command(run: Run, write: Write, before: bool) -> None:
    named = ["--catalogue", str(write("clinic.yaml", TONIC)), "--only"]
    done = run(*named, "list", "-f", "json") if before else run("list", *named, "-f", "json")
    assert [one["id"] for one in json.loads(done.stdout)["treatments"]] == ["our-tonic"]


def test_option_environment_and_config_folder_lie_over_each_other_in_that_order(run: Run, write: Write) -> None:
    def named(name: str) -> str:
        return TONIC.replace("Our tonic", name)

    write("config/hairtx/mine.yaml", named("From config"))
    first, second = write("env1.yaml", named("From env 1")), write("env2.yaml", named("From env 2"))
    option = write("option.yaml", named("From option"))
    env = {"XDG_CONFIG_HOME": str(option.parent / "config")}

    def name_of(*arguments: str) -> str:
        done = run("list", "--only", "-f", "json", *arguments, env=env)
        return str(json.loads(done.stdout)["treatments"][0]["name"])

    assert name_of() == "From config"
    env["HAIRTX_CATALOGUE"] = f"{first}{os.pathsep}{second}"
    assert name_of() == "From env 2"
    assert name_of("--catalogue", str(option)) == "From option"


def test_a_catalogue_that_is_not_there_is_refused_with_who_named_it(run: Run) -> None:
    done = run("list", env={"HAIRTX_CATALOGUE": "/nowhere.yaml"})
    assert done.returncode == 1
    assert "no such file or folder (named by HAIRTX_CATALOGUE)" in done.stderr


def test_only_knows_what_it_leaves_out_and_guesses_nothing_else_from_its_name(run: Run, write: Write) -> None:
    alone = ["--catalogue", str(write("clinic.yaml", TONIC)), "--only"]
    for named in ("no-treatment", "laser cap", "doing nothing", "prp"):
        done = run("compare", *alone, "our-tonic", named)
        assert done.returncode == 2
        assert "It is one of the built-in treatments, which --only leaves out." in done.stderr
        assert "Traceback" not in done.stderr


def test_only_reads_a_text_that_names_what_is_left_out(run: Run, write: Write) -> None:
    own = write("clinic.yaml", TONIC)
    page = write(
        "page.txt", "Our tonic\n\nPRP wakes sleeping roots. Stem cells and regenerative medicine regrow hair.\n"
    )
    done = run("check", str(page), "--catalogue", str(own), "--only", "-f", "json")
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert [one["id"] for one in read["treatments"]] == ["our-tonic"]
    assert not read["claims"]


@pytest.mark.parametrize("named", [["--catalogue", "FILE"], ["--catalogue=FILE"], ["--catalogue", "FILE", "--only"]])
def test_a_treatment_is_shown_by_its_name_with_the_catalogue_behind_it(
    run: Run, write: Write, named: list[str]
) -> None:
    own = str(write("clinic.yaml", TONIC))
    done = run("our-tonic", *(one.replace("FILE", own) for one in named))
    assert done.returncode == 0, done.stderr
    assert "not built in" in " ".join(done.stdout.split())


def test_about_says_what_it_does_not_speak_of(run: Run, write: Write) -> None:
    told = run("about", "--catalogue", str(write("clinic.yaml", TONIC))).stdout
    assert "1 treatment of these is not built in" in " ".join(told.split())
    assert "not built in" not in run("about").stdout


def test_only_without_a_catalogue_is_a_mistake_of_the_command_line(run: Run) -> None:
    done = run("list", "--only")
    assert done.returncode == 2
    assert "--catalogue" in done.stderr


def test_paths_shows_every_place_and_what_is_there(run: Run, write: Write) -> None:
    own = write("clinic/tonic.yaml", TONIC)
    done = run("paths", "--catalogue", str(own.parent), "-f", "json", env={"HAIRTX_CATALOGUE": "/nowhere.yaml"})
    rows = {one["place"]: one for one in json.loads(done.stdout)["paths"]}
    assert "treatments.yaml" in rows["built-in catalogue"]["files"]
    assert rows["HAIRTX_CATALOGUE"]["found"].startswith("nothing there")
    assert [Path(one).name for one in rows["--catalogue"]["files"]] == ["tonic.yaml"]
    assert rows["cache"]["path"]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "schema"])
def test_every_command_takes_a_catalogue(command: str) -> None:
    assert "--catalogue" in {option for one in load_command(command).params for option in one.opts}


def test_tab_completes_names_of_the_catalogue_named_so_far(run: Run, write: Write) -> None:
    own = write("clinic.yaml", TONIC)
    words = f"hairtx show --catalogue {own} our-"
    env = {"_HAIRTX_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    assert run(env=env).stdout.split() == ["our-tonic"]


@pytest.mark.parametrize(
    ("words", "place", "offered"),
    [
        ("hairtx screen --with = pregn", 4, {"pregnancy"}),
        # As bash joins its words.
        ("hairtx\nlist\n--for\n=\nandrog", 4, {"androgenetic-alopecia"}),
        ("hairtx\ncompare\nprp\nprf\n--rows\n=\ndownt", 6, {"downtime"}),
        ("hairtx\nexport\nprp\n--format\n=", 4, {"table", "markdown", "html", "pdf", "csv", "tsv", "json", "yaml"}),
        ("hairtx screen --with=pregn", 2, {"pregnancy"}),
        ("hairtx show MESO", 2, {"MESOtherapy"}),
        ("hairtx show Oral_minox", 2, {"Oral_minoxidil"}),
        ("hairtx effects prp --outcome hair-den", 4, {"hair-density"}),
        ("hairtx plan prp --timezone Europe/Berl", 4, {"Europe/Berlin"}),
    ],
)
def test_tab_completes_values_of_options_and_names_in_capitals(
    run: Run, words: str, place: int, offered: set[str]
) -> None:
    done = run(env={"_HAIRTX_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(place)})
    assert set(done.stdout.split()) == offered
    for one in offered:
        if "show" in words:
            assert run("show", one).returncode == 0


def test_a_tilde_that_no_shell_has_read_is_the_home_folder(run: Run, write: Write) -> None:
    own = write("clinic.yaml", TONIC)
    home = {"HOME": str(own.parent)}
    assert run("show", "our-tonic", "--catalogue=~/clinic.yaml", env=home).returncode == 0
    assert run("show", "our-tonic", env={**home, "HAIRTX_CATALOGUE": "~/clinic.yaml"}).returncode == 0
    missing = run("list", "--catalogue=~nobody-has-this-name/x.yaml", env=home)
    assert missing.returncode == 1
    assert "no such file" in missing.stderr


def test_a_folder_one_may_not_enter_is_told_and_a_config_folder_not_passed_over(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write("locked/hairtx/mine.yaml", TONIC)
    real = os.stat

    def refused(path: Any, *arguments: Any, **more: Any) -> os.stat_result:
        if "locked" in os.fspath(path) if not isinstance(path, int) else False:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **more)

    monkeypatch.setattr("os.stat", refused)
    for arguments, env in (
        (("list",), {"XDG_CONFIG_HOME": str(own.parent.parent)}),
        (("list", "--catalogue", str(own)), {}),
        (("validate", str(own)), {}),
    ):
        done = run(*arguments, env=env)
        assert done.returncode == 1
        assert "cannot be read (Permission denied); check the permissions" in done.stderr + done.stdout


def test_standard_input_is_validated(run: Run, tmp_path: Path) -> None:
    done = run("validate", "-", stdin="treatments:\n- {extends: prp, price: 3}\n", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("-:2:18: unknown-key: treatments[1].price: ")
    assert run("validate", "-", stdin="treatments:\n- {extends: prp, reviewed: 2026-01-01}\n").returncode == 0
    assert run("validate", "-", "--fix", stdin="").returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_circle_of_extends_is_called_one(write: Write) -> None:
    def told(*entries: str) -> list[str]:
        with pytest.raises(hairtx.CatalogueError) as caught:
            hairtx.load(overlays=[write("clinic.yaml", "treatments:\n" + "".join(f"- {{{one}}}\n" for one in entries))])
        return [one.message for one in caught.value.problems if "extends" in one.message]

    (circle,) = told("id: a, extends: b", "id: b, extends: c", "id: c, extends: a")[:1]
    assert "'b' leads back to this entry, in a circle" in circle
    assert "cannot extend itself" in told("id: a, extends: a")[0]
    assert "'b' stands after this entry; move it before" in told("id: a, extends: b", "extends: prp, id: b")[0]
    assert "did you mean 'topical-minoxidil'?" in told("extends: rogaine")[0]
    assert "did you mean" not in told("extends: our-prp")[0]


@pytest.mark.broad
def test_thousands_of_unknown_names_are_told_without_delay(write: Write) -> None:
    entries = "".join(f"- {{extends: nothing-{number}}}\n" for number in range(1000))
    sources = ", ".join(f"unknown-{number}" for number in range(4000))
    caveat = f"- {{extends: prp, caveats: [{{text: x, sources: [{sources}]}}]}}\n"
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load(overlays=[write("clinic.yaml", f"treatments:\n{caveat}{entries}")])
    assert len(caught.value.problems) == 5000
    # A look for what was meant takes milliseconds: it is taken for the first names only.
    assert sum("did you mean" in one.message for one in caught.value.problems) <= 2 * Suggestions.most


def test_what_one_names_of_harms_is_added_to_those_that_are_known(catalogue: hairtx.Catalogue, write: Write) -> None:
    text = """
treatments:
  - extends: prp
    cautions:
      - {factor: blood-donation, action: ask-specialist, why: Our form asks for it., sources: [our-leaflet]}
      - {factor: anticoagulants, action: avoid, why: We do not treat you., sources: [our-leaflet]}
    side_effects: [{effect: soreness, frequency: unknown, severity: mild, sources: [our-leaflet]}]
    claims: [{claim: It wakes roots, claimed_by: [our-leaflet], verdict: not-established, why: Not studied.,
              sources: [our-leaflet]}]
sources:
  our-leaflet: {type: promotional, title: Our leaflet, read: full-text}
"""
    ours, base = hairtx.load(overlays=[write("clinic.yaml", text)])["prp"], catalogue["prp"]
    told = ["Our form asks for it.", "We do not treat you."]
    assert [one.why[: len(mine)] for one, mine in zip(ours.cautions, told, strict=False)] == told
    named = {"blood-donation", "anticoagulants"}
    assert ours.cautions[2:] == tuple(one for one in base.cautions if one.factor not in named)
    assert ours.side_effects[1:] == base.side_effects
    assert ours.claims[1:] == base.claims


def test_only_what_one_adds_oneself_is_at_fault_there(write: Write) -> None:
    own = write("a.yaml", "treatments:\n- {extends: prp, cautions: [{factor: anticoagulants, action: avoid}]}\n")
    with pytest.raises(hairtx.CatalogueError) as caught:
        hairtx.load(overlays=[own])
    assert {one.message.split(":")[0] for one in caught.value.problems} == {"treatments[1].cautions[1]"}


def test_two_equal_claims_have_rows_of_their_own(write: Write) -> None:
    claim = (
        "{claim: It works, claimed_by: [prism-prp], verdict: not-established, why: Not studied., sources: [prism-prp]}"
    )
    own = write("clinic.yaml", f"treatments:\n- {{extends: prp, claims: [{claim}, {claim}]}}\n")
    report = hairtx.list_claims(hairtx.load(overlays=[own]), ["prp"])
    (block,) = report.blocks
    assert block.grid is not None
    assert block.grid.keys[:2] == ("prp-1", "prp-2")
