"""The cache of parsed catalogues: it saves time and never changes anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import hairtx
from conftest import Run
from hairtx.catalogue import cache, places
from support import SMALL_FILE, small_values, write_catalogue

# Each reads the whole built-in catalogue anew.
pytestmark = pytest.mark.broad


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("HAIRTX_NO_CACHE", raising=False)
    monkeypatch.setattr(cache, "SETTLED_SECONDS", 0)
    return tmp_path / "hairtx"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever files are parsed instead of taken from the cache."""
    from hairtx.catalogue.reading import records as decoding

    counted: list[int] = []
    really = decoding.read_layers

    def counting(contents: list[tuple[Path, bytes]], layers: tuple[int, ...]) -> object:
        counted.append(len(contents))
        return really(contents, layers)

    monkeypatch.setattr(decoding, "read_layers", counting)
    return counted


def text_of_small() -> str:
    return hairtx.render(hairtx.describe(hairtx.load([SMALL_FILE]), "test-tonic", view="full"), "markdown")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.msgpack"))


def test_the_second_loading_comes_from_the_cache_and_says_the_same(folder: Path, reads: list[int]) -> None:
    first = text_of_small()
    (file,) = kept(folder)
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert text_of_small() == first
    assert reads == [1]


@pytest.mark.parametrize(("value", "is_kept"), [("1", False), ("yes", False), ("", True), ("0", True)])
def test_the_cache_can_be_switched_off(
    folder: Path, reads: list[int], monkeypatch: pytest.MonkeyPatch, value: str, is_kept: bool
) -> None:
    monkeypatch.setenv("HAIRTX_NO_CACHE", value)
    assert text_of_small() == text_of_small()
    assert bool(folder.exists() and kept(folder)) is is_kept
    assert len(reads) == (1 if is_kept else 2)


def test_a_changed_file_is_read_anew_whatever_its_date(folder: Path, reads: list[int], tmp_path: Path) -> None:
    values = small_values()
    path = write_catalogue(values, tmp_path / "mine.yaml")
    assert hairtx.load([path])["test-tonic"].name == "Test tonic for the scalp"
    status = path.stat()
    values["treatments"][0]["name"] = "Test tonic for the SCALP"
    write_catalogue(values, path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert hairtx.load([path])["test-tonic"].name == "Test tonic for the SCALP"
    assert reads == [1, 1]
    assert len(kept(folder)) == 2


def test_a_file_changed_just_now_is_not_kept(
    folder: Path, reads: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A second change within one tick of the file system's clock would look the same.
    monkeypatch.setattr(cache, "SETTLED_SECONDS", 60)
    path = write_catalogue(small_values(), tmp_path / "mine.yaml")
    for _ in range(2):
        hairtx.load([path])
    assert reads == [1, 1]
    assert not folder.exists()


@pytest.mark.parametrize("what", ["moved over it", "copied with its dates"])
def test_another_file_of_that_name_size_and_date_is_read(folder: Path, tmp_path: Path, what: str) -> None:
    values = small_values()
    path = write_catalogue(values, tmp_path / "mine.yaml")
    hairtx.load([path])
    values["treatments"][0]["name"] = "Test tonic for the SCALP"
    other = write_catalogue(values, tmp_path / "other.yaml")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    if what == "moved over it":
        other.replace(path)
    else:
        shutil.copy2(other, path)
    assert hairtx.load([path])["test-tonic"].name == "Test tonic for the SCALP"
    assert len(kept(folder)) == 2


@pytest.fixture
def copied_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The layer's code where it may be changed."""
    monkeypatch.setattr(cache, "SETTLED_SECONDS", 0)
    layer = tmp_path / "catalogue"
    shutil.copytree(Path(cache.__file__).parent, layer)
    monkeypatch.setattr(cache, "__file__", str(layer / "cache.py"))
    return layer


def test_a_changed_program_makes_the_cache_stale(copied_code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [cache.cache_key([SMALL_FILE])]
    modules = [*copied_code.rglob("*.py")]
    assert len(modules) > 15
    for module in modules:
        module.write_bytes(module.read_bytes() + b"#")
        keys.append(cache.cache_key([SMALL_FILE]))
    before = keys[-1]
    for versioned in (cache, msgspec):
        with monkeypatch.context() as patch:
            patch.setattr(versioned, "__version__", "999")
            keys.append(cache.cache_key([SMALL_FILE]))
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert cache.cache_key([SMALL_FILE]) == before


def test_code_that_moves_to_another_module_makes_the_cache_stale(copied_code: Path) -> None:
    keys = {cache.cache_key([SMALL_FILE])}
    code = copied_code / "reading" / "rules.py"
    for name in ("reading/checks.py", "rules.py"):
        code = code.rename(copied_code / name)
        keys.add(cache.cache_key([SMALL_FILE]))
    assert len(keys) == 3


@pytest.mark.usefixtures("folder")
def test_the_order_and_the_roles_of_files_matter(tmp_path: Path) -> None:
    paths = [write_catalogue(small_values(), tmp_path / name) for name in ("a.yaml", "b.yaml")]
    keys = [cache.cache_key(paths), cache.cache_key(paths[::-1]), cache.cache_key(paths, "other roles")]
    assert len(set(keys)) == len(keys)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.usefixtures("folder")
def test_what_is_no_file_has_no_key(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("pipe.yaml", "none.yaml", "."):
        assert cache.cache_key([SMALL_FILE, tmp_path / name]) is None


def test_keys_whose_files_have_one_name_are_told_apart(folder: Path) -> None:
    # zlib.crc32 of both is the same.
    first, second = b"plumless", b"buckeroo"
    cache.write_cached(first, b"1")
    assert cache.read_cached(second) is None
    cache.write_cached(second, b"2")
    assert len(kept(folder)) == 1
    assert (cache.read_cached(first), cache.read_cached(second)) == (None, b"2")


def test_a_broken_catalogue_is_not_kept(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("nonsense: 1")
    for _ in range(2):
        with pytest.raises(hairtx.CatalogueError):
            hairtx.load([tmp_path / "broken.yaml"])
    assert not folder.exists()


def key_of(paths: list[Path]) -> bytes:
    """Under what the catalogue made of these files is kept."""
    key = cache.cache_key(paths, f"{(0,) * len(paths)} {False}")
    assert key is not None
    return key


def sealed(key: bytes, change: Callable[[Any], object]) -> None:
    """Fill the cache file with something else, as whole as if we had written it ourselves."""
    value = change(msgspec.msgpack.decode(cache.read_cached(key) or b""))
    payload = value if isinstance(value, bytes) else msgspec.msgpack.encode(value)
    cache.write_cached(key, payload)
    assert cache.read_cached(key) == payload


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: b"",
        lambda content: content[:20],
        lambda content: content[:-1],
        lambda content: content[:-1] + bytes([content[-1] ^ 1]),
        lambda content: b"other-cache-9!\n" + content[15:],
        lambda _: os.urandom(5000),
    ],
    ids=["empty", "head", "truncated", "one bit", "version", "noise"],
)
def test_a_spoilt_cache_costs_time_and_nothing_else(folder: Path, reads: list[int], spoilt: object) -> None:
    first = text_of_small()
    (file,) = kept(folder)
    assert callable(spoilt)
    file.write_bytes(spoilt(file.read_bytes()))
    assert text_of_small() == first
    assert reads == [1, 1]
    assert text_of_small() == first
    assert reads == [1, 1], "it is mended on the way"


NAMES, SOUGHT, TABLES, ABOUT, ORIGINS = range(5)


def another(place: int, change: Callable[[Any], Any]) -> Callable[[list[Any]], list[Any]]:
    """What the cache holds, with one of its parts changed."""
    return lambda held: [change(part) if number == place else part for number, part in enumerate(held)]


def records(table: str, record: object) -> Callable[[list[Any]], list[Any]]:
    return another(TABLES, lambda tables: {**tables, table: dict.fromkeys(tables[table], record)})


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "foreign",
    [
        lambda _: b"",
        lambda _: b"not msgpack",
        lambda _: [1, 2, 3],
        lambda _: {"names": {}},
        lambda held: held[:-1],
        another(ABOUT, lambda about: {**about, "edition": 2026}),
        another(TABLES, lambda tables: {name: tables[name] for name in tables if name != "sources"}),
        another(ORIGINS, lambda origins: {**origins, "treatments": {"test-tonic": ["added", [99]]}}),
        records("treatments", {"id": "test-tonic"}),
        records("treatments", 17),
        records("treatments", b"\xff"),
        records("sources", {"title": 3}),
        records("conditions", {"label": "x", "a field of another version": 1}),
        records("factors", []),
        another(SOUGHT, lambda sought: dict.fromkeys(sought, 17)),
        another(SOUGHT, lambda _: {}),
    ],
    ids=[
        *("void", "garbage", "list", "mapping", "short", "about", "no table", "no such file"),
        *("treatment without fields", "number for a treatment", "bytes", "source", "condition", "factor"),
        *("numbers for words", "no words"),
    ],
)
def test_a_whole_cache_file_of_another_shape_costs_time_and_nothing_else(
    reads: list[int], foreign: Callable[[list[Any]], object]
) -> None:
    def said() -> list[str]:
        catalogue = hairtx.load([SMALL_FILE])
        report = hairtx.describe(catalogue, "test-tonic", view="full-page")
        with pytest.raises(hairtx.UnknownNameError) as unknown:
            catalogue["tonnic of the tests"]
        shown = (report, hairtx.list_conditions(catalogue), hairtx.list_factors(catalogue))
        return [str(unknown.value), *(hairtx.render(one, "json") for one in shown)]

    first = said()
    sealed(key_of([SMALL_FILE]), foreign)
    assert said() == first
    assert reads == [1, 1]
    assert said() == first
    assert reads == [1, 1], "it is mended on the way"


def test_a_cache_of_another_catalogue_under_this_name_is_not_believed(folder: Path, tmp_path: Path) -> None:
    values = small_values()
    values["treatments"][0]["name"] = "Poison"
    hairtx.load([write_catalogue(values, tmp_path / "poison.yaml")])
    (poison,) = kept(folder)
    content = poison.read_bytes()
    poison.unlink()
    text_of_small()
    (file,) = kept(folder)
    file.write_bytes(content)
    assert "Poison" not in text_of_small()


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_cache_file_that_others_may_write_is_not_read(folder: Path, reads: list[int], mode: int) -> None:
    text_of_small()
    (file,) = kept(folder)
    file.chmod(mode)
    text_of_small()
    assert reads == [1, 1]


def test_a_cache_folder_that_others_may_write_is_not_used(folder: Path, reads: list[int]) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    first = text_of_small()
    assert kept(folder) == []
    folder.chmod(0o700)
    assert text_of_small() == first
    folder.chmod(0o777)
    assert text_of_small() == first
    assert reads == [1, 1, 1]


def test_a_link_in_place_of_a_cache_file_is_not_followed(folder: Path, reads: list[int], tmp_path: Path) -> None:
    text_of_small()
    (file,) = kept(folder)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    text_of_small()
    assert reads == [1, 1]


def test_a_file_in_place_of_the_cache_folder_costs_nothing(folder: Path) -> None:
    folder.write_text("in the way")
    assert "Test tonic" in text_of_small()
    assert folder.read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_cache_folder_of_somebody_else_is_not_used(folder: Path, reads: list[int]) -> None:
    text_of_small()
    os.chown(folder, 65534, 65534)
    text_of_small()
    assert reads == [1, 1]


def test_the_folder_stays_small(folder: Path, tmp_path: Path) -> None:
    values = small_values()
    for number in range(cache.MAX_FILES + 4):
        values["about"]["edition"] = str(number)
        hairtx.load([write_catalogue(values, tmp_path / "mine.yaml")])
    assert len(kept(folder)) == cache.MAX_FILES
    (folder / "mine.txt").write_text("not ours")
    text_of_small()
    assert (folder / "mine.txt").exists()


def test_what_a_killed_run_left_is_swept(folder: Path) -> None:
    from hairtx import files

    text_of_small()
    left, held = (folder / f".abc.msgpack.1f-0123456789{end}.part" for end in ("ab", "cd"))
    for path in (left, held):
        path.write_bytes(b"half of it")
    (folder / "mine.part").write_text("not ours")
    with files._held(held):
        cache.write_cached(b"0", b"new")
        assert {one.name for one in folder.iterdir() if one.suffix == ".part"} == {held.name, "mine.part"}
    cache.write_cached(b"1", b"newer")
    assert {one.name for one in folder.iterdir() if one.suffix == ".part"} == {"mine.part"}


def test_without_a_home_everything_works(run: Run, tmp_path: Path) -> None:
    for home in ("/dev/null", str(tmp_path / "none"), ""):
        done = run("show", "prp", env={"XDG_CACHE_HOME": "", "HOME": home, "TMPDIR": str(tmp_path)}, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("error", [RuntimeError, KeyError, OSError])
def test_a_system_without_cache_folders_works(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(*_: object, **__: object) -> Path:
        raise error("no home")

    monkeypatch.setattr("platformdirs.user_cache_path", fail)
    monkeypatch.setattr("platformdirs.user_config_path", fail)
    assert places.cache_folder() is None
    assert places.config_folder() is None
    assert "Test tonic" in text_of_small()


def test_a_home_that_is_nowhere_means_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    # What platformdirs says of a home it cannot find differs by version: an error, or a path below the working folder.
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/hairtx"))
    assert places.cache_folder() is None
    assert "Test tonic" in text_of_small()
    assert not Path("~").exists()


@pytest.mark.broad
def test_two_processes_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "hairtx", "show", "prp", "--format", "markdown"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(3)
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert {code for _, _, code in ended} == {0}
    assert {error for _, error, _ in ended} == {""}
    assert len({output for output, _, _ in ended}) == 1
    assert len(kept(tmp_path / "hairtx")) == 1
    assert not list((tmp_path / "hairtx").glob("*.part"))


def test_what_a_killed_run_left_is_swept_and_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        # A process that is killed comes to neither the end of writing nor to clearing up.
        killed.setattr("os.replace", die)
        killed.setattr("os.unlink", lambda _: None)
        with pytest.raises(SystemExit):
            cache.write_cached(b"a", b"x")
    (left,) = folder.iterdir()
    others = [folder / name for name in (".notes.part", "mine.part", f".{'a' * 40}.part", "notes.txt")]
    for one in (left, *others):
        one.touch()
    cache.write_cached(b"b", b"x")
    assert not left.exists()
    assert all(one.exists() for one in others)
