"""What goes wrong around the program and is not tested beside what it concerns. docs/robustness.md lists all of it."""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import hairtx
from conftest import ROOT, Run
from hairtx.catalogue.places import cache_folder, catalogue_files, config_folder
from hairtx.files import display_name, write_atomically

OVERLAY = "treatments:\n- {extends: prp, aliases: [our name for it]}\n"


# Writing


def test_full_disk_keeps_the_old_file_and_leaves_nothing_behind(spawn: Run, tmp_path: Path) -> None:
    target = tmp_path / "list.json"
    target.write_text("before")

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    # What is compiled would be cut off at the same length, and all later processes would read that.
    env = {"HAIRTX_NO_CACHE": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = spawn("list", "-o", str(target), env=env, preexec_fn=fill)
    assert done.returncode == 1
    assert re.fullmatch("hairtx: cannot write .*\n", done.stderr)
    assert target.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["list.json"]


def test_place_where_nothing_can_be_made_is_told(run: Run) -> None:
    done = run("list", "-f", "json", "-o", "/proc/list.json")
    assert done.returncode == 1
    assert re.fullmatch("hairtx: .*; choose another place\n", done.stderr)


@pytest.mark.parametrize("step", ["os.fsync", "os.chmod", "os.replace"])
def test_killed_half_way_keeps_the_old_file_whole(tmp_path: Path, step: str) -> None:
    target = tmp_path / "x.md"
    target.write_text("before")
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom hairtx.files import write_atomically\n"
        f"{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_atomically(Path(sys.argv[1]), b'after' * 1000)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert target.read_text() == "before"
    # What is left over is hidden, is in nobody's way, and the next run succeeds.
    assert all(one.name.startswith(".") for one in tmp_path.iterdir() if one != target)
    write_atomically(target, b"after")
    assert target.read_text() == "after"


@pytest.mark.broad
def test_two_runs_at_once_leave_one_whole_result(tmp_path: Path) -> None:
    target = tmp_path / "x.json"
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cold")}
    runs = [
        subprocess.Popen([sys.executable, "-m", "hairtx", "list", "-o", str(target)], env=env, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for one in runs:
        told = one.communicate(timeout=120)[1]
        assert told.startswith(b"Wrote ")
        assert (told.count(b"\n"), one.returncode) == (1, 0)
    assert json.loads(target.read_text())["kind"] == "list"
    assert [one.name for one in tmp_path.iterdir() if not one.is_dir()] == ["x.json"]
    kept = [one.name for one in (tmp_path / "cold" / "hairtx").iterdir()]
    assert len(kept) == 1, kept


# The cache folder


@pytest.mark.parametrize("how", ["a loop", "a pipe", "a folder", "a link"])
def test_cache_that_is_something_else_costs_time_only(
    how: str, catalogue: hairtx.Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "hairtx"
    if how == "a loop":
        folder.symlink_to(folder)
    else:
        hairtx.load()
        (entry,) = folder.iterdir()
        entry.unlink()
        match how:
            case "a pipe":
                os.mkfifo(entry)
            case "a folder":
                entry.mkdir()
            case "a link":
                entry.symlink_to("/dev/zero")
    again = hairtx.load()
    assert list(again.treatments.items()) == list(catalogue.treatments.items())


# Reading


def test_folder_that_contains_itself_is_read_once(tmp_path: Path) -> None:
    own = tmp_path / "clinic" / "deep"
    own.mkdir(parents=True)
    (own / "x.yaml").write_text(OVERLAY)
    (own / "up").symlink_to(tmp_path / "clinic")
    (own / "self").symlink_to(own / "self")
    assert catalogue_files(tmp_path / "clinic") == (own / "x.yaml",)
    assert "our name for it" in hairtx.load(overlays=[tmp_path / "clinic"])


def test_file_that_links_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to(tmp_path / "x.yaml")
    with pytest.raises(hairtx.CatalogueError, match=f"(?i){re.escape(os.strerror(errno.ELOOP))}"):
        hairtx.load(overlays=[tmp_path])


@pytest.mark.parametrize("what", ["pipe", "/dev/zero", "/dev/null", "empty", "folder.yaml"])
def test_what_is_no_file_is_told_and_not_waited_for(spawn: Run, what: str, tmp_path: Path) -> None:
    path = tmp_path / what
    if what == "pipe":
        os.mkfifo(path)
    elif what == "folder.yaml":
        path.mkdir()
    elif what == "empty":
        path.touch()
    done = spawn("list", "--catalogue", str(path))
    assert done.returncode == 1
    assert re.search("regular file|the file is empty|no .yaml file", done.stderr)


def test_pipe_in_a_catalogue_folder_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    with pytest.raises(hairtx.CatalogueError, match="not a regular file"):
        hairtx.load(overlays=[tmp_path])


def test_folder_with_far_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(501):
        (tmp_path / f"{number}.yaml").touch()
    with pytest.raises(hairtx.CatalogueError, match="more than 500 YAML files"):
        hairtx.load(overlays=[tmp_path])


def test_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "not for you")

    (tmp_path / "x.yaml").write_text(OVERLAY)
    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(hairtx.CatalogueError, match="not for you"):
        hairtx.load(overlays=[tmp_path / "x.yaml"])


def test_hostile_file_name_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    name = "\x1b]0;x\x07\x1b[31m\u202e.yaml"
    (tmp_path / name).write_text(OVERLAY)
    shown = run("show", "prp", "--catalogue", name, cwd=tmp_path)
    assert shown.returncode == 0
    broken = run("show", "prp", "--catalogue", f"{name}x", cwd=tmp_path)
    assert broken.returncode == 1
    for text in (shown.stdout, broken.stderr):
        assert r"\x1b]0;x\x07\x1b[31m\u202e.yaml" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_file_name_that_is_no_text_can_be_shown(run: Run, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml"))
    path.write_text(OVERLAY)
    done = run("list", "--catalogue", os.fspath(path), "-f", "json")
    assert done.returncode == 0
    assert r"\\udcff.yaml" in done.stdout
    assert display_name(path).isprintable()


# Around the program


def test_ascii_locale_gets_ascii(spawn: Run) -> None:
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = spawn("compare", "prp", "microneedling", env=env)
    assert done.returncode == 0
    assert done.stdout.isascii()
    told = spawn("show", "prp\u2019s", env=env)
    assert told.returncode == 2
    assert told.stderr.isascii()


def test_ascii_locale_reads_and_writes_utf8_files(spawn: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("treatments:\n- {extends: prp, aliases: [größer]}\n", encoding="utf-8")
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = spawn("show", "prp", "--full", "--catalogue", "x.yaml", "-o", "x.md", env=env, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "größer" in (tmp_path / "x.md").read_text(encoding="utf-8")


def test_without_a_home_nothing_is_kept_and_everything_works(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Neither HOME nor an entry in the password file, as in many containers.
    def nobody(_: object) -> object:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", nobody)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert cache_folder() is config_folder() is None
    for command in ("paths", "list"):
        assert run(command, cwd=tmp_path).returncode == 0
    assert not list(tmp_path.iterdir())


def test_relative_xdg_folders_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, folder in (("XDG_CACHE_HOME", cache_folder), ("XDG_CONFIG_HOME", config_folder)):
        monkeypatch.setenv(name, "here")
        found = folder()
        assert found is None or found.is_absolute()


def test_closed_stdin_is_no_trouble(spawn: Run) -> None:
    done = spawn("list", preexec_fn=lambda: os.close(0))
    assert (done.returncode, done.stderr) == (0, "")


def test_closed_stdout_does_not_matter_to_a_file(spawn: Run, tmp_path: Path) -> None:
    done = spawn("list", "-o", str(tmp_path / "x.csv"), stdout=None, preexec_fn=lambda: os.close(1))
    assert done.returncode == 0
    assert done.stderr.startswith("Wrote ")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").startswith("group,id")


@pytest.mark.parametrize("columns", ["0", "1", "2", "-5", "x", "99999999999999999999"])
def test_any_width_shows_every_word(run: Run, columns: str) -> None:
    done = run("show", "prp", env={"COLUMNS": columns})
    assert done.returncode == 0
    assert "Platelet-rich" in "".join(done.stdout.split())
    widest = max(map(len, done.stdout.splitlines()))
    assert widest <= (1000 if len(columns) > 5 else 100 if columns in {"0", "-5", "x"} else 24)


def test_table_lists_every_fault_with_a_test_that_exists() -> None:
    text = (ROOT / "docs" / "robustness.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    written = {
        name
        for path in (ROOT / "tests").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= written


def test_run_from_within_an_archive_it_says_what_to_do(spawn: Run, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "hairtx"), "zip", ROOT / "src", "hairtx")
    done = spawn("list", env={"PYTHONPATH": archive}, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "hairtx: the catalogue cannot be read from within the archive hairtx.zip; install hairtx with pip, or unpack it\n"
    )
    assert spawn("--help", env={"PYTHONPATH": archive}, cwd=tmp_path).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing else tells the peak of one process")
@pytest.mark.parametrize(("command", "times"), [("list", 6), ("validate", 14)])
def test_memory_stays_within_what_is_promised(command: str, times: int, tmp_path: Path) -> None:
    """The figures of docs/robustness.md, for a few hundred real entries."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "bench" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    file = generate.write_catalogue(200, tmp_path)
    program = (
        "import sys; from hairtx.cli.app import main; main(sys.argv[1:])\n"
        "print(*(line for line in open('/proc/self/status') if line.startswith('VmHWM')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, command, "--catalogue", str(file)],
        env={**os.environ, "HAIRTX_NO_CACHE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    peak = int(done.stderr.split()[-2]) * 1024
    assert peak < 60 * 2**20 + times * file.stat().st_size
