"""The commands as a user meets them, over the shipped catalogue; as real processes where that is what is tested."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

import hairtx
from conftest import Run
from hairtx.cli.app import COMMANDS
from hairtx.formats import FORMATS, SUFFIXES

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def assert_refused(done: subprocess.CompletedProcess[str], code: int, *says: str, lines: int = 1) -> None:
    """Exit code, nothing on standard output, one line on standard error, no traceback."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("hairtx: ")
    assert done.stderr.count("\n") == lines
    for text in says:
        assert text in done.stderr


# The main job


def test_comparison_names_both_treatments_and_its_sources(spawn: Run) -> None:
    done = spawn("compare", "prp", "mesotherapy")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "PRP" in done.stdout
    assert "Mesotherapy" in done.stdout
    assert "[1] " in done.stdout
    assert "Edition " in done.stdout
    assert "does not recommend or replace a doctor" in " ".join(done.stdout.split())
    assert "Doing nothing: " in done.stdout


def test_four_treatments_by_alias_for_one_condition(run: Run) -> None:
    names = ["platelet rich plasma", "minoxidil", "finasteride", "fue"]
    done = run("compare", *names, "--for", "androgenetic-alopecia", "--format", "json")
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert len(told) == 2
    for line, name, other in zip(told, names[1:3], ("oral-minoxidil", "topical-finasteride"), strict=True):
        assert line.startswith(f"hairtx: note: '{name}' is taken for ")
        assert f"'{other}'" in line
    data = json.loads(done.stdout)
    assert [one["id"] for one in data["treatments"]][::3] == ["prp", "fue-transplant"]
    assert len(data["treatments"]) == 4
    assert data["condition"] == "androgenetic-alopecia"


def test_show_in_full_tells_everything_about_one(run: Run) -> None:
    done = run("show", "iron-infusion", "--full")
    assert (done.returncode, done.stderr) == (0, "")
    for heading in ("What is claimed", "Side effects", "Who should be careful", "References"):
        assert heading in done.stdout


def test_export_writes_markdown_by_default_and_the_same_into_a_file(run: Run, tmp_path: Path) -> None:
    shown = run("export", "prp", "microneedling")
    assert shown.stdout.startswith("# PRP or microneedling for ")
    saved = run("export", "prp", "microneedling", "-o", "out.md", cwd=tmp_path)
    assert (saved.returncode, saved.stdout) == (0, "")
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == shown.stdout


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("out.html", "Open it in a browser: file://"),
        ("out.pdf", "Open or print it: file://"),
        ("out.md", "Open it in any text editor."),
        ("out.txt", "Open it in any text editor."),
        ("out.csv", "Open it in a spreadsheet program."),
        ("out.json", "It is for programs."),
    ],
)
def test_a_file_that_is_written_is_told_of_in_one_line(run: Run, tmp_path: Path, name: str, how: str) -> None:
    if name.endswith(".pdf"):
        pytest.importorskip("typst", reason="PDF files need the extra hairtx[pdf]")
    told = run("compare", "prp", "microneedling", "-o", name, cwd=tmp_path).stderr
    size = (tmp_path / name).stat().st_size / 1000
    assert told.startswith(f"Wrote the comparison of PRP and microneedling to {name} ({size:.0f} kB). {how}")
    assert told.count("\n") == 1
    if how.endswith("file://"):
        assert told.endswith(f"{(tmp_path / name).as_uri()}\n")


def test_other_files_are_told_of_by_their_titles(run: Run, tmp_path: Path) -> None:
    calendar = run("plan", "prp", "--start", "2027-03-01", "-o", str(tmp_path / "a b.ics"))
    assert calendar.stderr.startswith('Wrote "Plan for PRP, 2027-03-01 to 2028-03-01" to ')
    assert re.search(r"a b\.ics \(\d kB\)\. Import it into a calendar program\.\n\Z", calendar.stderr)
    assert "a%20b.html\n" in run("list", "-o", str(tmp_path / "a b.html")).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
def test_a_name_that_would_steer_the_terminal_is_spelled_out(run: Run, tmp_path: Path) -> None:
    done = run("about", "-o", "a\x1b[31m\n.html", cwd=tmp_path)
    assert done.returncode == 0
    assert "a\\x1b[31m\\n.html" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", FORMATS)
def test_compare_speaks_every_format(run: Run, name: str) -> None:
    done = run("compare", "prp", "exosomes", "--format", name)
    assert (done.returncode, done.stderr) == (0, "")
    match name:
        case "json":
            assert json.loads(done.stdout)["schema_version"] == 2
        case "yaml":
            assert yaml.safe_load(done.stdout)["schema_version"] == 2
        case "csv":
            assert {len(row) for row in csv.reader(io.StringIO(done.stdout))} == {4}
        case "tsv":
            assert {line.count("\t") for line in done.stdout.splitlines()} == {3}
        case "markdown":
            assert done.stdout.startswith("# ")
    assert "platelet" in done.stdout.lower()


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES) - {".ics", ".pdf"}))
def test_the_suffix_of_the_file_picks_the_format(run: Run, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix.upper()}"
    assert run("show", "prp", "-o", str(target)).returncode == 0
    wanted = run("show", "prp", "--format", SUFFIXES[suffix]).stdout
    assert target.read_text(encoding="utf-8-sig") == wanted


def test_a_dash_is_standard_output(run: Run, tmp_path: Path) -> None:
    asked = [
        ["show", "prp"],
        ["export", "prp", "prf"],
        ["list", "-f", "json"],
        ["plan", "prp", "--start", "2027-01-31", "-f", "ics"],
    ]
    for arguments in asked:
        done = run(*arguments, "-o", "-", cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, run(*arguments).stdout, "")
    assert list(tmp_path.iterdir()) == []


def test_only_suffixes_that_the_command_can_write_are_offered(run: Run) -> None:
    for command in ("show prp", "compare prp prf", "list", "sources prp", "plan prp --start 2027-01-31"):
        said = run(*command.split(), "-o", "out.docx").stderr
        assert ".ics" in said if command.startswith("plan") else ".ics" not in said
        assert ".pdf" in said


@pytest.mark.parametrize("target", ["/dev/full", "plan", "to/.csv"])
def test_a_name_without_a_suffix_says_how_to_name_a_format(run: Run, tmp_path: Path, target: str) -> None:
    done = run("list", "-o", target, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{target!r} does not say which format; name one, like --format markdown, or end" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_full_device_is_told_once_its_format_is_named(run: Run) -> None:
    done = run("list", "-f", "json", "-o", "/dev/full")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "hairtx: cannot write /dev/full: no space left on device; choose another place\n"


#: Root may read and enter everything, unless it gives that up.
BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@pytest.mark.process
@pytest.mark.skipif(bool(BOUND) and shutil.which("setpriv") is None, reason="only setpriv binds root to permissions")
def test_what_may_not_be_read_or_entered_is_said_to_be_just_that(tmp_path: Path) -> None:
    def bound(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*BOUND, sys.executable, "-m", "hairtx", "show", "prp", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)

    (tmp_path / "written.md").write_text("before")
    (tmp_path / "written.md").chmod(0o222)
    (tmp_path / "closed").mkdir(mode=0o000)
    try:
        done = bound("-o", "written.md")
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        for name in ("closed/new.md", "closed/folder/new.md"):
            done = bound("-o", name)
            wanted = f"hairtx: cannot write {name}: permission denied; choose a place where you may write\n"
            assert (done.returncode, done.stderr) == (1, wanted)
        done = bound("--catalogue", "closed/own.yaml")
        assert done.returncode == 1
        assert "closed/own.yaml:1:1: file: it cannot be read (Permission denied); check the permissions" in done.stderr
    finally:
        (tmp_path / "closed").chmod(0o700)
        (tmp_path / "written.md").chmod(0o600)
    assert (tmp_path / "written.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES) - {".ics", ".pdf"}))
def test_the_suffix_of_a_format_is_a_name_of_it_too(run: Run, suffix: str) -> None:
    wanted = run("show", "prp", "--format", SUFFIXES[suffix]).stdout
    assert run("show", "prp", "-f", suffix[1:].upper()).stdout == wanted


def test_a_format_asked_for_wins_over_the_suffix(run: Run, tmp_path: Path) -> None:
    done = run("compare", "prp", "prf", "--format", "JSON", "-o", str(tmp_path / "out.md"))
    assert done.returncode == 0
    assert json.loads((tmp_path / "out.md").read_text(encoding="utf-8"))["kind"] == "comparison"


def test_rows_differences_full_and_sex_reach_the_comparison(run: Run, catalogue: hairtx.Catalogue) -> None:
    options = ("--rows", "costs, downtime", "--rows", "effects", "--sex", "female", "--differences")
    done = run("compare", "prp", "topical-minoxidil", *options, "--format", "json")
    data = json.loads(done.stdout)
    assert {row["key"] for row in data["rows"]} <= {"costs", "downtime", "effects"}
    assert data["sex"] == "female"
    full = json.loads(run("export", "prp", "prf", "--full", "--format", "json").stdout)
    assert json.dumps(full) == json.dumps(
        json.loads(hairtx.render(hairtx.compare(catalogue, ["prp", "prf"], view="full"), "json"))
    )


def test_rows_show_nothing_but_themselves(run: Run) -> None:
    def parts(*options: str) -> list[list[str]]:
        """The title; doing nothing and the doctor; the rows; what stands under them."""
        shown = run("compare", "prp", "mesotherapy", *options).stdout.splitlines()
        rules = [number for number, line in enumerate(shown) if set(line) == {"─"}]
        edges = [0, *rules, len(shown)]
        return [shown[start:end] for start, end in itertools.pairwise(edges)]

    whole, some = parts(), parts("--rows", "downtime,costs")
    assert some[:2] == whole[:2]
    # The names, then a row each in the order asked for; every line that begins at the margin begins a row.
    labels = [re.split("  +", line)[0] for line in some[2][1:] if line[0] != " "]
    assert labels == ["Days it shows", "Cost, a year"]
    under = " ".join(some[3])
    assert "[1] " in under
    assert under.endswith("does not recommend or replace a doctor.")
    assert "--full" not in under
    assert "For you" not in under


def test_rows_in_full_are_the_long_cells_without_the_short_ones(run: Run) -> None:
    short = run("compare", "prp", "mesotherapy", "--rows", "downtime").stdout
    long = run("compare", "prp", "mesotherapy", "--rows", "downtime", "--full").stdout
    assert ("Days it shows" in short, "Until ordinary activities" in short) == (True, False)
    assert ("Days it shows" in long, "Until ordinary activities" in long) == (False, True)
    assert "Does it work?" not in short + long


def test_the_library_and_the_command_say_the_same(run: Run, catalogue: hairtx.Catalogue) -> None:
    document = hairtx.compare(catalogue, ["prp", "mesotherapy"])
    for name in ("markdown", "csv", "table"):
        assert run("compare", "prp", "mesotherapy", "--format", name).stdout == hairtx.render(document, name)


# What goes wrong on the command line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("compare", "prp", "mesoterapy"), "no treatment called 'mesoterapy'. Did you mean 'mesotherapy'"),
        (("show", "qqqqqq"), "'hairtx list' shows them all"),
        (("compare", "prp", "prp"), "'prp' is named twice"),
        (("compare", "prp", "platelet rich plasma"), "is named as 'prp' and as 'platelet rich plasma'"),
        (("compare", "prp"), "needs at least two treatments"),
        (("compare", *["prp"] * 13), "13 treatments are too many"),
        (("compare", "prp", "prf", "--for", "flu"), "no condition called 'flu'"),
        (("compare", "prp", "prf", "--format", "docx"), "'docx'"),
        (
            ("compare", "prp", "prf", "-o", "out.docx"),
            "'out.docx' does not say which format; name one, like --format markdown",
        ),
        (("compare", "prp", "prf", "-o", "out"), "end the file in .txt, .md"),
        (("list", "--kind", "magic"), "'magic'"),
        (("list", "--max-downtime", "soon"), "'soon' is not a length of time"),
        (("list", "--max-downtime", "-2d"), "'-2d' is not a length of time"),
        (("list", "--for", "flu"), "no condition called 'flu'"),
        (("list", "prp"), "(prp)"),
        (("list", "--nonsense"), "--nonsense"),
        (("--nonsense",), "--nonsense"),
        (("list", "--women"), "type '--sex female'"),
        (("list", "--cost"), "type '--sort cost'"),
        (("compare", "prp", "prf", "--cost"), "type '--rows price'"),
        (("plan", "prp"), "Missing option '--start'. Day of the first sessions, like 2027-01-31."),
        (("comapre", "prp", "prf"), "no command called 'comapre'. Did you mean 'compare'?"),
        (("zzz",), "no command or treatment called 'zzz'"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_wrong_command_line_ends_with_2_and_says_why(run: Run, arguments: tuple[str, ...], says: str) -> None:
    assert_refused(run(*arguments), 2, says)


def test_control_characters_on_the_command_line_do_not_reach_the_terminal(run: Run) -> None:
    for arguments in (("show", "\x1b[2Jprp"), ("list", "--for", "\x1b]0;x\x07"), ("\x1b[2J",)):
        done = run(*arguments)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr
        assert "\x07" not in done.stderr


# Help


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_examples_and_fits_the_page(run: Run, command: str) -> None:
    long = run(*filter(None, [command]), "--help")
    short = run(*filter(None, [command]), "-h")
    assert long.returncode == short.returncode == 0
    assert long.stdout == short.stdout
    assert long.stderr == ""
    assert "Examples:\n" in long.stdout
    assert f"hairtx {command}".strip() in long.stdout
    assert all(len(line) <= 100 for line in long.stdout.splitlines())
    assert long.stdout.isascii()


def test_help_of_the_program_names_every_command_with_its_summary(run: Run) -> None:
    said = run("--help").stdout
    for name, (_, summary) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", said, re.MULTILINE)


def test_without_a_command_the_help_is_shown_plainly(run: Run) -> None:
    done = run()
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == run("--help").stdout


def test_the_version_is_said(spawn: Run) -> None:
    assert spawn("--version").stdout == f"hairtx {hairtx.__version__}\n"


def test_the_console_script_is_the_same_program(run: Run) -> None:
    script = Path(sys.executable).with_name("hairtx")
    if not script.exists():
        pytest.skip("the package is not installed beside this interpreter")
    # The environment is given in so many words: the line editor of the interpreter may have added a width to it.
    environment = dict(os.environ)
    done = subprocess.run(
        [script, "list"], env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stdout == run("list").stdout


# Terminals of every kind


@pytest.mark.parametrize("columns", ["60", "100", "160"])
def test_the_width_is_that_of_columns(run: Run, columns: str) -> None:
    for arguments in (("compare", "prp", "mesotherapy"), ("list",)):
        lines = run(*arguments, env={"COLUMNS": columns}).stdout.splitlines()
        assert max(map(cell_len, lines)) <= int(columns)
        assert max(map(cell_len, lines)) > int(columns) * 0.8


def test_colour_is_for_those_who_want_it_and_carries_no_meaning(run: Run) -> None:
    plain = run("compare", "prp", "mesotherapy").stdout
    assert "\x1b" not in plain
    coloured = run("compare", "prp", "mesotherapy", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" in coloured
    without = run("compare", "prp", "mesotherapy", env={"NO_COLOR": "1"}).stdout
    assert without == plain
    assert run("compare", "prp", "mesotherapy", env={"FORCE_COLOR": "0"}).stdout == plain
    both = run("compare", "prp", "mesotherapy", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", both)
    for drawn in (coloured, both):
        assert [line.rstrip() for line in ANSI.sub("", drawn).splitlines()] == plain.splitlines()


def test_an_ascii_terminal_gets_ascii(run: Run) -> None:
    for arguments in (("compare", "prp", "mesotherapy"), ("show", "prp"), ("list",)):
        done = run(*arguments, env={"PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.isascii()
        assert re.search(r"\[[+]{1,4}\.*\]|\[\*{1,5}\.*\]", done.stdout)
    coloured = run("list", env={"PYTHONIOENCODING": "ascii", "FORCE_COLOR": "1"})
    assert coloured.stdout.isascii()


def test_files_and_pipes_are_utf8_whatever_the_locale(run: Run, spawn: Run) -> None:
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    for name in ("markdown", "csv", "json"):
        wanted = run("show", "prp", "--full", "--format", name).stdout
        assert not wanted.isascii()
        assert run("show", "prp", "--full", "--format", name, env=env).stdout == wanted
    assert spawn("show", "prp", "--full", "--format", name, env=env).stdout == wanted


def on_a_terminal(*arguments: str, lines: int = 200, **environment: str) -> str:
    """What ``hairtx`` writes to a real terminal of 70 columns; whatever it starts writes there too."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 70, 0, 0))
    inherited = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "LESS", "PAGER")}
    process = subprocess.Popen(
        [sys.executable, "-m", "hairtx", *arguments],
        stdout=theirs,
        env={**inherited, "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    got = b""
    # Linux ends with an error, others with nothing.
    with contextlib.suppress(OSError):
        while piece := os.read(ours, 65536):
            got += piece
    os.close(ours)
    assert process.wait(60) == 0
    return got.decode()


@pytest.mark.process
def test_a_real_terminal_gets_its_own_width_and_colour() -> None:
    text = on_a_terminal("list", "--kind", "device")
    assert "\x1b[1m" in text
    widths = [cell_len(line.rstrip()) for line in ANSI.sub("", text).splitlines()]
    assert 50 < max(widths) <= 70


#: Marks what went through it.
MARKING = f"{sys.executable} -c \"import sys; print('paged'); sys.stdout.write(sys.stdin.read())\""


@pytest.mark.process
@pytest.mark.parametrize("name", ["HAIRTX_PAGER", "PAGER"])
def test_what_does_not_fit_a_terminal_goes_through_the_pager(name: str) -> None:
    text = on_a_terminal("show", "prp", lines=20, **{name: MARKING})
    assert text.startswith("paged")
    assert "\x1b[1m" in text
    assert "does not recommend or replace a doctor" in " ".join(text.split())


@pytest.mark.process
@pytest.mark.parametrize(
    ("arguments", "lines", "own"),
    [
        (("show", "prp"), 200, MARKING),
        (("show", "prp", "--no-pager"), 20, MARKING),
        (("show", "prp", "--format", "markdown"), 20, MARKING),
        (("show", "prp"), 20, ""),
        (("show", "prp"), 20, "no-such-pager"),
        (("show", "prp"), 20, "less '"),
    ],
    ids=["it fits", "--no-pager", "another format", "none is wanted", "it does not exist", "an open quote"],
)
def test_no_pager_where_none_is_needed_or_wanted(arguments: tuple[str, ...], lines: int, own: str) -> None:
    # The pager of HAIRTX_PAGER comes before that of PAGER, also where it is none.
    text = on_a_terminal(*arguments, lines=lines, HAIRTX_PAGER=own, PAGER=MARKING)
    assert "paged" not in text
    assert "Platelet-rich plasma" in text


@pytest.mark.process
def test_a_pager_that_is_left_early_is_no_fault() -> None:
    text = on_a_terminal("show", "prp", "--full", lines=20, HAIRTX_PAGER=f"{sys.executable} -c \"print('left')\"")
    assert text.split() == ["left"]


def test_nothing_goes_through_a_pager_in_a_pipe(spawn: Run) -> None:
    plain = spawn("show", "prp", "--full")
    for colour in ({}, {"FORCE_COLOR": "1"}):
        done = spawn("show", "prp", "--full", env={"HAIRTX_PAGER": MARKING, "LINES": "20", **colour})
        assert (done.returncode, done.stderr) == (0, "")
        assert ANSI.sub("", done.stdout).split() == plain.stdout.split()


# Where the output goes


@pytest.mark.parametrize("force", ["", "1"])
@pytest.mark.parametrize(
    "arguments", [("compare", "prp", "mesotherapy", "--full"), ("list", "--format", "json"), ("--help",)]
)
def test_a_closed_pipe_ends_quietly(arguments: tuple[str, ...], force: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hairtx", *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            env={**os.environ, "FORCE_COLOR": force},
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("force", ["", "1"])
def test_a_full_disk_behind_standard_output_is_reported(force: str) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hairtx", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "FORCE_COLOR": force},
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == f"hairtx: cannot write to standard output: {os.strerror(errno.ENOSPC).lower()}\n"


@pytest.mark.parametrize(
    "command",
    [
        "--version >&-",
        "--help >&-",
        "show snake-oil 2>&-",
        "list --x 2>/dev/full",
    ],
)
def test_without_standard_output_or_error_there_is_no_traceback(command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m hairtx {command}'],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == (2 if "2>" in command else 0)
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["list >&-", "list --format json >&-"])
def test_a_closed_standard_output_is_told(command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m hairtx {command}'],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "hairtx: there is no standard output to write to; name a file with -o FILE\n"


def test_ctrl_c_ends_with_130_and_no_traceback() -> None:
    # Where output would be written, the program says that it is there and waits for the signal. It listens to it even
    # when the tests run in the background, where that is switched off.
    program = (
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys, time, hairtx.cli.output\n"
        "def emit(*_, **__):\n    print('up', flush=True)\n    while True: time.sleep(0.01)\n"
        "hairtx.cli.output.emit = emit\n"
        "from hairtx.__main__ import run\nsys.argv = ['hairtx', 'list']\nrun()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, error) == (130, "")


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("missing/out.md", "the folder missing does not exist; make it first"),
        ("folder.md", "cannot write folder.md: it is a folder"),
    ],
)
def test_a_place_that_cannot_be_written_ends_with_1(run: Run, tmp_path: Path, target: str, says: str) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "old.md").write_text("old")
    done = run("export", "prp", "prf", "--format", "markdown", "-o", target, cwd=tmp_path)
    assert_refused(done, 1, says)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.md", "old.md"]


def test_a_refused_command_leaves_the_file_that_was_there(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "old.md"
    target.write_text("old")
    for arguments in (
        ("export", "prp", "snake-oil"),
        ("export", "prp", "prf", "--rows", "zzz"),
        ("list", "--for", "flu"),
    ):
        assert run(*arguments, "-o", str(target)).returncode == 2
        assert target.read_text() == "old"


def test_standard_output_by_its_device_name_is_written_to(spawn: Run) -> None:
    done = spawn("export", "prp", "prf", "--format", "json", "-o", "/dev/stdout")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["kind"] == "comparison"


def test_a_broken_catalogue_ends_with_1_and_its_places(
    tmp_path: Path, spawn: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped files, broken in a copy of the package: what a packager's mistake would look like."""
    import shutil

    package = Path(hairtx.__file__).parent
    shutil.copytree(package, tmp_path / "hairtx", ignore=shutil.ignore_patterns("__pycache__"))
    from hairtx.catalogue.places import builtin_folder

    shutil.copytree(builtin_folder(), tmp_path / "hairtx" / "data", dirs_exist_ok=True)
    about = tmp_path / "hairtx" / "data" / "about.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("funding:", "fundin:"), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = spawn("list", cwd=tmp_path)
    assert_refused(done, 1, "hairtx/data/about.yaml:", "there is no key 'fundin'; did you mean 'funding'?", lines=2)
    assert re.search(r"about\.yaml:\d+:\d+: unknown-key: about", done.stderr)


# Completion of names


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hairtx sh", {"show"}),
        ("hairtx show pr", {"prp", "prf"}),
        ("hairtx compare prp iron-", {"iron-infusion"}),
        ("hairtx compare prp prf --for tel", {"telogen-effluvium"}),
        ("hairtx compare prp prf --rows costs,cav", {"costs,caveats"}),
        ("hairtx show prp --rows HA", {"HArm"}),
        ("hairtx screen breastf", {"breastfeeding"}),
        ("hairtx prp meso", {"mesotherapy"}),
    ],
)
def test_names_complete_with_tab(spawn: Run, typed: str, offered: set[str]) -> None:
    count = len(typed.split()) - 1
    environment = {"_HAIRTX_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(count)}
    done = spawn(env=environment)
    assert set(done.stdout.split()) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hairtx show --with=preg", "--with=pregnancy"),
        ("hairtx compare prp --sex=fem", "--sex=female"),
        ("hairtx plan prp --timezone=Europe/Berl", "--timezone=Europe/Berlin"),
        ("hairtx show --with preg", "pregnancy"),
    ],
)
def test_shells_that_complete_whole_words_get_them(spawn: Run, shell: str, typed: str, offered: str) -> None:
    asked = {"_TYPER_COMPLETE_ARGS": typed, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = spawn(env={"_HAIRTX_COMPLETE": f"complete_{shell}", **asked})
    assert re.findall(r"[\w=/-]+", done.stdout.removeprefix("_arguments '*: :"))[:1] == [offered]


# Interruption and length


@pytest.mark.slow
def test_an_interruption_in_the_first_moments_is_quiet() -> None:
    for wait in range(20, 140, 6):
        process = subprocess.Popen(
            [sys.executable, "-m", "hairtx", "list"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        time.sleep(wait / 1000)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        # Before the first line of ours runs, the interpreter says what it likes.
        assert b"hairtx" not in told, told.decode()


@pytest.mark.parametrize(
    "arguments", [("show", "LONG"), ("list", "--max-downtime", "LONG"), ("list", "--sex", "LONG"), ("LONG",)]
)
def test_what_was_typed_is_not_printed_back_whole(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*("x" * 100_000 if one == "LONG" else one for one in arguments))
    assert done.returncode == 2
    assert len(done.stderr) < 2500


def test_a_file_that_may_be_written_but_not_read_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "list.json"
    target.write_text("before")
    real = os.access
    monkeypatch.setattr("os.access", lambda path, mode, **more: mode != os.R_OK and real(path, mode, **more))
    for arguments in (("list", "-o", str(target)), ("schema", "-o", str(target))):
        assert run(*arguments).returncode == 0
        assert json.loads(target.read_text())
