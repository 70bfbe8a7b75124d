"""What people type: names without quotes, with words between them, or without a command."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hairtx
from conftest import Run
from hairtx.cli.words import readings
from support import small

#: A command line, and what the first line of its output says.
ANSWERED: Final = {
    "prp": "Platelet-rich plasma for pattern hair loss",
    "prp --sex female": "Platelet-rich plasma for pattern hair loss",
    "prp mesotherapy": "PRP or mesotherapy for pattern hair loss?",
    "PRP vs Mesotherapy": "PRP or mesotherapy for pattern hair loss?",
    "prp treatment": "Platelet-rich plasma for pattern hair loss",
    "help": "Usage: hairtx [OPTIONS] COMMAND [ARGS]...",
    "help compare": "Usage: hairtx compare [OPTIONS] [TREATMENT...]",
    "version": f"hairtx {hairtx.__version__}",
    "-V": f"hairtx {hairtx.__version__}",
    "compare prp vs mesotherapy": "PRP or mesotherapy for pattern hair loss?",
    "compare prp and mesotherapy": "PRP or mesotherapy for pattern hair loss?",
    "compare prp or mesotherapy": "PRP or mesotherapy for pattern hair loss?",
    "compare prp, mesotherapy": "PRP or mesotherapy for pattern hair loss?",
    "compare prp versus mesotherapy with no treatment": "PRP, mesotherapy or no treatment for pattern hair loss?",
    "compare 'prp vs mesotherapy'": "PRP or mesotherapy for pattern hair loss?",
    "compare iron infusion iron tablets": "Iron infusion or iron tablets for hair loss with low iron?",
    "compare low level laser and light therapy or prp": "Laser and light or PRP for pattern hair loss?",
    "compare dutasteride mesotherapy": "Dutasteride capsules or mesotherapy for pattern hair loss?",
    "compare 'dutasteride mesotherapy', prp": "Dutasteride injections or PRP for pattern hair loss?",
    "show iron infusion": "Intravenous iron infusion for hair loss with low iron",
    "screen breastfeeding": "What 33 treatments list for breastfeeding",
    "screen breastfeeding prp": "What 1 treatment lists for breastfeeding",
    "screen blood thinners, diabetes, prp": "What 1 treatment lists for blood thinners (anticoagulants); diabetes",
    "screen cancer, now or in the past": "What 33 treatments list for cancer, now or in the past",
    "conditions patchy hair loss": "Patchy hair loss (alopecia areata)",
}
#: A command line, and what is said of it.
REFUSED: Final = {
    "comapre prp mesotherapy": "no command called 'comapre'. Did you mean 'compare'?",
    "verison": "no command called 'verison'. Did you mean 'version'?",
    "help cmpare": "no command called 'cmpare'. Did you mean 'compare'?",
    "mesotherpy": "no command or treatment called 'mesotherpy'. Did you mean 'mesotherapy'?",
    "prp snake oil": "no command or treatment called 'snake'. 'hairtx list' shows them all. 'hairtx show'",
    "breastfeeding": "It is something about a person: 'hairtx screen --with breastfeeding'",
    "compare dutasteride mesotherapy prp": 'two ways; say which you mean: \'hairtx compare "dutasteride mesotherapy"',
    "compare iron infusion iron tabelts": "called 'iron tabelts'. Did you mean 'oral-iron'",
    "compare": "such as\n  hairtx compare ",
    "compare prp": "'hairtx show prp' describes it, 'hairtx compare prp no-treatment' sets it beside another",
    "show prp mesotherapy": "'hairtx compare prp mesotherapy' sets 2 side by side",
    "show laser hair removal": "Laser hair removal is not in this catalogue",
    "hair loss after birth": "It is a condition: 'hairtx conditions telogen-effluvium'",
    "after birth": "It is a condition: 'hairtx conditions telogen-effluvium'",
    "keto hair loss after childbirth": "'hairtx conditions telogen-effluvium'",
    "screen zzzz": "no factor called 'zzzz'. Nothing was looked for under that name, which is not the same as safe.",
}
#: A command line that asks about a treatment in a way that no command is, and the commands that answer it.
LED_ON: Final = {
    "iron infusion breastfeeding": ["show iron-infusion --with breastfeeding"],
    "show iron infusion while breastfeeding": ["show iron-infusion --with breastfeeding"],
    "show iron infusion low ferritin breastfeeding": ["show iron-infusion --with low-iron --with breastfeeding"],
    "prp while pregnant": ["show prp --with pregnancy"],
    "compare prp vs prf, breastfeeding": ["compare prp prf --with breastfeeding"],
    "prp cost": ["show prp --rows price"],
    "price prp": ["show prp --rows price"],
    "prp side effects": ["show prp --rows harm"],
    "show prp if I am pregnant, what I do": ["show prp --with pregnancy --rows commitment"],
    "help prp": ["show prp"],
    "help low level laser": ["show low-level-laser"],
    "print prp mesotherapy": ["prp mesotherapy -o FILE.html"],
    "print": ["compare prp mesotherapy -o FILE.html"],
    "transplant": ["show fue-transplant", "show fut-transplant"],
    "show hair transplant": ["show fue-transplant", "show fut-transplant"],
    "compare transplant prp": ["compare fue-transplant prp", "compare fut-transplant prp"],
}


def test_a_process_of_its_own_says_the_same(run: Run, spawn: Run) -> None:
    # Every line that is answered; of those refused, which end at the same place, one in five.
    for line in (*ANSWERED, *list(REFUSED)[::5]):
        here, there = (each(*shlex.split(line)) for each in (run, spawn))
        assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr), line


@pytest.mark.parametrize("line", ANSWERED)
def test_what_people_type_is_answered(run: Run, line: str) -> None:
    done = run(*shlex.split(line))
    # What a bare name was taken for may be said beside the answer.
    told = [one for one in done.stderr.splitlines() if not one.startswith("hairtx: note: ")]
    assert (done.returncode, told) == (0, [])
    assert re.split(r"  |\n", done.stdout)[0] == ANSWERED[line]


def test_claims_about_a_name_of_several_words_are_counted(run: Run, catalogue: hairtx.Catalogue) -> None:
    said = run("claims", "iron", "infusion").stdout
    assert said.startswith(f"{len(catalogue['iron-infusion'].claims)} claims about iron infusion, held against what")


@pytest.mark.parametrize("line", REFUSED)
def test_what_means_nothing_or_two_things_is_told(run: Run, line: str) -> None:
    done = run(*shlex.split(line))
    assert (done.returncode, done.stdout) == (2, "")
    assert REFUSED[line] in done.stderr


@pytest.mark.parametrize("line", LED_ON)
def test_the_command_that_answers_is_offered_and_does(run: Run, tmp_path: Path, line: str) -> None:
    done = run(*shlex.split(line))
    assert (done.returncode, done.stdout) == (2, "")
    offered = re.findall("'hairtx (.*?)'", done.stderr.partition("'hairtx list'")[0])
    assert offered == LED_ON[line]
    for one in offered:
        assert run(*shlex.split(one), cwd=tmp_path).returncode == 0, one


def test_a_process_of_its_own_reads_the_words_alike(spawn: Run) -> None:
    done = spawn("prp,", "and", "iron", "infusion", "--for", "telogen-effluvium")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("PRP or iron infusion for sudden shedding?")


def test_without_names_every_treatment_is_named_once(run: Run, catalogue: hairtx.Catalogue) -> None:
    first, *examples, names = run("compare").stderr.splitlines()
    assert first == "hairtx: a comparison needs at least two treatments, such as"
    assert names == f"There are: {', '.join(catalogue.treatments)}."
    for example in examples:
        assert run(*example.split()[1:]).returncode == 0


def test_what_an_error_offers_for_two_readings_is_read_in_one_way(run: Run) -> None:
    said = run("compare", "dutasteride", "mesotherapy", "finasteride", "spray").stderr
    offered = re.findall("'hairtx (.*?)'", said)
    assert len(offered) == 2
    for one in offered:
        assert run(*shlex.split(one)).returncode == 0, one


@given(
    chosen=st.lists(st.sampled_from(sorted(small().names_of("treatment"))), min_size=1, max_size=6),
    between=st.sampled_from([[], [","], ["vs"], ["and"], ["Versus"]]),
    quoted=st.booleans(),
)
def test_names_are_found_again_among_the_words(chosen: list[str], between: list[str], quoted: bool) -> None:
    words: list[str] = []
    for name in chosen:
        words += [*(between if words else ()), *([name] if quoted else name.split())]
    wanted = [small()[name].id for name in chosen]
    found = [[one.key for one in reading] for reading in readings(small(), words)]
    assert wanted in found
    assert found == [wanted] or not quoted


@given(words=st.lists(st.sampled_from(["prp", "vs", ",", "a,b", "", " ", "of", "iron", "x" * 50, "and"]), max_size=60))
def test_no_words_are_beyond_reading(catalogue: hairtx.Catalogue, words: list[str]) -> None:
    for reading in readings(catalogue, words, is_exact=True):
        assert {one.key for one in reading} <= set(catalogue.treatments)


@pytest.mark.process
def test_a_real_bash_completes_values_after_the_sign(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    program = tmp_path / "hairtx"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hairtx "$@"\n')
    program.chmod(0o755)
    asked = {
        "list --for = androg": "androgenetic-alopecia",
        "show prp --rows = harm,downt": "harm,downtime",
        "screen --with Breastf": "Breastfeeding",
    }
    script = 'eval "$(_HAIRTX_COMPLETE=source_bash hairtx)"\n'
    for line in asked:
        words = ["hairtx", *line.split()]
        script += f"COMP_WORDS=({shlex.join(words)}); COMP_CWORD={len(words) - 1}; COMPREPLY=()\n"
        script += '_hairtx_completion hairtx; echo "${COMPREPLY[*]}"\n'
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [bash, "--norc", "-c", script], env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == list(asked.values())
