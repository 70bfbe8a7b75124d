"""Reading what is bounded, and writing so that a failure never costs what was there before."""

from __future__ import annotations

import errno
import io
import os
import select
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

import hairtx
from hairtx import files
from hairtx.files import display_name, read_bytes, write_atomically, write_folder_atomically, write_new


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
        raise OSError(errno.ENOSPC, "It is FULL")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(hairtx.OutputError, match="it is full; choose another place"):
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
        ("x" * 300, "; choose another place"),
        ("nul\0", r"cannot write '.*nul\\x00'"),
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


def reader_of(pipe: Path) -> int:
    os.mkfifo(pipe)
    return os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)


def test_a_full_device_is_reported_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A pipe stands for the device: if it were replaced by a file, no machine would be the worse for it.
    reader = reader_of(tmp_path / "full")

    class Full(io.FileIO):
        def write(self, content: Any) -> int:
            if stat.S_ISFIFO(os.fstat(self.fileno()).st_mode):
                raise OSError(errno.ENOSPC, "It is FULL")
            return super().write(content)

    monkeypatch.setattr(files, "open", Full, raising=False)
    try:
        with pytest.raises(hairtx.OutputError, match=r"cannot write .*full: it is full; choose another place"):
            write_atomically(tmp_path / "full", b"x" * 100_000)
    finally:
        os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "full").stat().st_mode)
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("come", [os.mkfifo, os.mkdir, lambda path: path.symlink_to(__file__)])
@pytest.mark.parametrize("was_there", [True, False])
def test_what_is_no_file_by_the_time_it_would_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, come: Callable[[Path], object], was_there: bool
) -> None:
    path = tmp_path / "out.md"
    if was_there:
        path.write_text("old")

    def come_in_between(_: int) -> None:
        path.unlink(missing_ok=True)
        come(path)

    monkeypatch.setattr(os, "fsync", come_in_between)
    with pytest.raises(hairtx.OutputError, match=r"cannot write .*out.md: it is not a file; choose another name"):
        write_atomically(path, b"new")
    assert not stat.S_ISREG(path.lstat().st_mode)
    assert left_over(tmp_path) == []


def test_until_it_is_whole_nobody_else_can_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []

    def looking(descriptor: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))

    monkeypatch.setattr(os, "fsync", looking)
    write_atomically(tmp_path / "x", b"secret", mode=0o644)
    write_new(tmp_path / "y", b"secret")
    assert modes == [0o600, 0o600]
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o644


def test_a_new_file_is_alone_in_its_folder(tmp_path: Path) -> None:
    write_new(tmp_path / "new.yaml", b"whole")
    assert [one.name for one in tmp_path.iterdir()] == ["new.yaml"]
    assert (tmp_path / "new.yaml").read_bytes() == b"whole"
    assert (tmp_path / "new.yaml").stat().st_nlink == 1


@pytest.mark.parametrize("has_links", [True, False])
def test_a_name_taken_in_the_meantime_is_left_to_whoever_took_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    path, link = tmp_path / "new.yaml", os.link

    def somebody_else_first(temporary: Path, target: Path) -> None:
        path.write_bytes(b"theirs")
        if not has_links:
            raise OSError(errno.EPERM, "no links here")
        link(temporary, target)

    monkeypatch.setattr(os, "link", somebody_else_first)
    with pytest.raises(hairtx.OutputError, match=r"cannot write .*new.yaml: it is already there"):
        write_new(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["new.yaml"]


def test_what_is_read_is_bounded_and_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "leaflet.txt"
    path.write_bytes(b"x" * 2**20)
    monkeypatch.setattr(files, "MAX_BYTES", 2**20)
    assert read_bytes(path) == b"x" * 2**20
    path.write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(hairtx.CatalogueError, match=r"leaflet.txt:1:1: size: the file is larger than 1 MiB; split it"):
        read_bytes(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(hairtx.CatalogueError, match="the file is not a regular file; give the text of a leaflet"):
        read_bytes(tmp_path / "pipe", wanted="the text of a leaflet")


def test_no_file_is_too_large_up_to_128_mib(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.touch()
    os.truncate(path, 128 * 2**20)
    assert len(read_bytes(path)) == 128 * 2**20
    os.truncate(path, 128 * 2**20 + 1)
    with pytest.raises(hairtx.CatalogueError, match="larger than 128 MiB"):
        read_bytes(path)


def test_a_file_has_a_name_where_the_working_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    with monkeypatch.context() as patch:
        patch.chdir(gone)
        gone.rmdir()
        assert display_name(tmp_path / "mine.yaml") == str(tmp_path / "mine.yaml")


def test_a_pipe_gets_everything_however_slow_its_reader(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    descriptor = reader_of(pipe)
    content = b"0123456789" * 50_000
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
    with pytest.raises(hairtx.OutputError, match=r"cannot write .*pipe: .*; choose another place"):
        write_atomically(tmp_path / "pipe", b"x")


def test_an_open_pipe_is_written_to_by_its_device_name() -> None:
    reading, writing = os.pipe()
    try:
        write_atomically(Path(f"/dev/fd/{writing}"), b"through the pipe")
        assert os.read(reading, 100) == b"through the pipe"
    finally:
        os.close(reading)
        os.close(writing)


def test_a_new_file_is_refused_where_a_dangling_link_lies(tmp_path: Path) -> None:
    link = tmp_path / "x.yaml"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(hairtx.OutputError, match="already there"):
        write_new(link, b"x")
    assert not (tmp_path / "nowhere").exists()


def test_a_new_file_under_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(hairtx.OutputError, match=r"cannot write 'a\\x00b'"):
        write_new(Path("a\x00b"), b"x")


def test_a_file_system_without_hard_links_gets_the_whole_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    write_new(tmp_path / "x.yaml", b"whole")
    assert (tmp_path / "x.yaml").read_bytes() == b"whole"
    with pytest.raises(hairtx.OutputError):
        write_new(tmp_path / "x.yaml", b"other")
    assert [one.name for one in tmp_path.iterdir()] == ["x.yaml"]


# Folders


def test_interrupted_site_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder_atomically(folder, [("index.html", b"old"), ("a/b/c.html", b"old")])

    def broken() -> object:
        yield "index.html", b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder_atomically(folder, broken())  # type: ignore[arg-type]
    assert (folder / "index.html").read_bytes() == b"old"
    assert (folder / "a" / "b" / "c.html").read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_new_site_has_nothing_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder_atomically(folder, [("gone.html", b"old")])
    write_folder_atomically(folder, [("index.html", b"new")])
    assert sorted(one.name for one in folder.iterdir()) == [".hairtx-files", "index.html"]


def test_file_added_to_a_site_keeps_it_from_being_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder_atomically(folder, [("index.html", b"old")])
    (folder / "CNAME").write_text("example.org")
    with pytest.raises(hairtx.OutputError, match="CNAME"):
        write_folder_atomically(folder, [("index.html", b"new")])
    assert (folder / "index.html").read_bytes() == b"old"


def test_site_through_a_link_replaces_what_the_link_leads_to(tmp_path: Path) -> None:
    write_folder_atomically(tmp_path / "real", [("index.html", b"old")])
    (tmp_path / "link").symlink_to("real")
    write_folder_atomically(tmp_path / "link", [("index.html", b"new")])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "index.html").read_bytes() == b"new"


def test_swap_that_fails_brings_the_old_site_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder_atomically(folder, [("index.html", b"old")])
    rename = Path.rename

    def fails_for_the_new(path: Path, target: Path) -> Path:
        if path.suffix == ".part":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails_for_the_new)
    with pytest.raises(hairtx.OutputError, match="no space left"):
        write_folder_atomically(folder, [("index.html", b"new")])
    assert (folder / "index.html").read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


@pytest.fixture
def nothing_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(os, "rmdir", refuse)


@pytest.mark.usefixtures("nothing_goes")
def test_what_went_wrong_is_told_though_tidying_up_fails_too(tmp_path: Path) -> None:
    def full() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(hairtx.OutputError, match=os.strerror(errno.ENOSPC).lower()):
        write_folder_atomically(tmp_path / "site", full())
    assert not (tmp_path / "site").exists()


@pytest.mark.usefixtures("nothing_goes")
def test_an_old_folder_that_will_not_go_does_not_keep_the_new_one_out(tmp_path: Path) -> None:
    for content in (b"old", b"new"):
        write_folder_atomically(tmp_path / "site", [("index.html", content)])
    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "says"),
    [("file", "it is a file; name a folder"), ("no/such", "make it first"), (".", "the folder you are in")],
)
def test_a_folder_that_will_not_do_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("x")
    with pytest.raises(hairtx.OutputError, match=says):
        write_folder_atomically(Path(name), [("index.html", b"new")])
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
