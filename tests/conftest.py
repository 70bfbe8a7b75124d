"""What the tests share: the built-in catalogue, and the program, run here or as a real process."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import hairtx
from hairtx.catalogue.places import builtin_folder
from hairtx.catalogue.reading import records
from hairtx.catalogue.reading.yaml import Positions, parse_yaml
from hairtx.cli.app import main

ROOT = Path(__file__).parent.parent

# The same examples on every run, so that what passed once keeps passing; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=30
)
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=1000)
settings.register_profile(
    "quick", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=10
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

#: Why a test that needs a browser is skipped.
NO_BROWSER = "no Chromium was found"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def catalogue() -> hairtx.Catalogue:
    return hairtx.load()


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tests keep their cache to themselves, and share it so that most runs find it warm."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "HAIRTX_NO_CACHE", "HAIRTX_CATALOGUE"):
        patch.delenv(name, raising=False)
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        # Each of hundreds of processes would compile the program anew; they share what the first one has compiled.
        patch.delenv("PYTHONDONTWRITEBYTECODE")
        base = tmp_path_factory.getbasetemp()
        shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "compiled"))
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _built_in_files_parsed_once() -> Iterator[None]:
    """Hundreds of tests lay something over the built-in files; to parse these each time takes half of the suite's time."""
    built_in = {path.read_bytes() for path in builtin_folder().glob("*.yaml")}
    kept: dict[tuple[bytes, bool], tuple[dict[str, Any], Positions]] = {}

    def parse_once(content: bytes, file: str, *, positions: Positions | None = None, **more: Any) -> dict[str, Any]:
        if content not in built_in:
            return parse_yaml(content, file, positions=positions, **more)
        key = content, positions is not None
        if key not in kept:
            marks = Positions()
            kept[key] = parse_yaml(content, file, positions=marks if positions is not None else None), marks
        value, marks = kept[key]
        if positions is not None:
            positions.top, positions.within = marks.top, marks.within
        return value

    patch = pytest.MonkeyPatch()
    patch.setattr(records, "parse_yaml", parse_once)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _what_stays_is_not_counted_again() -> None:
    """What is loaded now lives as long as the run; to look it over for garbage each time takes a sixth of it."""
    hairtx.load()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs ``hairtx`` here, which is ten times as fast as a process: ``run("list", env={"NO_COLOR": "1"})``.

    Only for the time of the run, the environment, the working folder and the streams are those asked for. What a
    process alone can show (signals, descriptors, locales, an exit without clean-up) is for :func:`spawn`.
    """

    def run_here(
        *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        encoding = (env or {}).get("PYTHONIOENCODING", "utf-8")
        streams = {
            "stdin": io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"),
            "stdout": io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline=""),
            "stderr": io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline=""),
        }
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            if cwd is not None:
                patch.chdir(cwd)
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
                patch.setattr(sys, f"__{name}__", stream)
            try:
                code = main(arguments)
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else int(left.code is not None)
        said = []
        for name in ("stdout", "stderr"):
            streams[name].flush()
            said.append(streams[name].buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(arguments, code, *said)

    return run_here


@pytest.fixture(scope="session")
def spawn() -> Run:
    """Runs ``hairtx`` as a process of its own, otherwise like :func:`run`."""

    def run_process(
        *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None, stdin: str = "", **more: Any
    ) -> subprocess.CompletedProcess[str]:
        given = {"input": stdin, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        return subprocess.run(
            [sys.executable, "-m", "hairtx", *arguments],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            timeout=120,
            check=False,
            **{**given, **more},
        )

    return run_process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What ``make check`` leaves out marks itself where it can."""
    for item in items:
        again = any(item.get_closest_marker(one) for one in ("slow", "broad", "browser"))
        if again or hasattr(getattr(item, "obj", None), "hypothesis"):
            # They go again through what others have measured; to measure it once more would take as long again.
            item.add_marker("no_cover")
        if "spawn" in getattr(item, "fixturenames", ()):
            item.add_marker("process")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a run without Chromium says at its end, so that nobody takes it for the whole."""
    missed = [one for one in terminalreporter.stats.get("skipped", ()) if NO_BROWSER in str(one.longrepr)]
    if missed:
        terminalreporter.section("not everything was tested", yellow=True)
        terminalreporter.write_line(
            f"{len(missed)} tests of pages in a browser did not run: {NO_BROWSER}. To run them too, install Chromium "
            "(on Debian: apt-get install chromium) or have Chrome on the PATH, and run this again."
        )
