"""Writing so that a failure never costs what was there before."""

from __future__ import annotations

import os
import select
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

import hairtx
from hairtx.files import write_atomically


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """Root may write everywhere; what is refused is refused to others."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


def test_a_new_file_has_the_content_and_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new.md", b"one")
    finally:
        os.umask(before)
    assert (tmp_path / "new.md").read_bytes() == b"one"
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640
    write_atomically(tmp_path / "private", b"two", mode=0o600)
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600
    assert left_over(tmp_path) == []


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_text("old")
    path.chmod(0o604)
    write_atomically(path, b"new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_through_a_link_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "file.md"
    target.write_text("old")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("failing", ["fsync", "replace", "chmod"])
def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "old.md"
    path.write_text("old")

    def fail(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(hairtx.OutputError, match="no space left on device; choose another place"):
        write_atomically(path, b"new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["old.md"]


def test_an_interruption_on_the_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.md"
    path.write_text("old")

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_text() == "old"
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing/out.md", "the folder .*missing does not exist; make it first"),
        ("file/out.md", "the folder .*file does not exist; make it first"),
        ("folder", "it is a folder; name a file in it"),
        ("x" * 300, "file name too long; choose another place"),
        ("nul\0", "null"),
    ],
    ids=["missing folder", "file as folder", "folder", "long name", "null"],
)
def test_a_place_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(hairtx.OutputError, match=says) as refused:
        write_atomically(tmp_path / name, b"new")
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 1
    assert left_over(tmp_path) == []


def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "old.md").write_text("old")
    folder.chmod(0o555)
    for parent in (tmp_path, *list(tmp_path.parents)[:2]):
        parent.chmod(0o755)
    try:
        with an_ordinary_user(), pytest.raises(hairtx.OutputError, match="permission denied; choose a place"):
            write_atomically(folder / "old.md", b"new")
    finally:
        folder.chmod(0o755)
    assert (folder / "old.md").read_text() == "old"
    assert left_over(folder) == []


def test_a_write_protected_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.md"
    path.write_text("old")
    path.chmod(0o444)
    if os.geteuid() == 0:
        # Root is allowed everything, so what the system would tell anybody else is said for it.
        monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(hairtx.OutputError, match="the file is write-protected; choose another name"):
        write_atomically(path, b"new")
    assert path.read_text() == "old"


def test_a_full_device_is_reported() -> None:
    with pytest.raises(hairtx.OutputError, match="cannot write /dev/full: no space left on device"):
        write_atomically(Path("/dev/full"), b"x" * 100_000)
    write_atomically(Path("/dev/null"), b"x")


def test_a_pipe_gets_everything_however_slow_its_reader(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = b"0123456789" * 50_000
    descriptor = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    got: list[bytes] = []

    def read() -> None:
        waiting = select.poll()
        waiting.register(descriptor, select.POLLIN)
        while waiting.poll(10_000):
            got.append(os.read(descriptor, 4096))
            if not got[-1]:
                break

    reader = threading.Thread(target=read)
    reader.start()
    try:
        write_atomically(pipe, content)
    finally:
        reader.join(20)
        os.close(descriptor)
    assert b"".join(got) == content
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_without_a_reader_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(hairtx.OutputError):
        write_atomically(tmp_path / "pipe", b"x")


def test_an_open_pipe_is_written_to_by_its_device_name() -> None:
    reading, writing = os.pipe()
    try:
        write_atomically(Path(f"/dev/fd/{writing}"), b"through the pipe")
        assert os.read(reading, 100) == b"through the pipe"
    finally:
        os.close(reading)
        os.close(writing)
