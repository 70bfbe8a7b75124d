"""What the tests share: the built-in catalogue, and the program run as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import hairtx

ROOT = Path(__file__).parent.parent

# The same examples on every run, so that what passed once keeps passing; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
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
    yield
    patch.undo()


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs ``hairtx`` as a process: ``run("list", "--kind", "device", env={"NO_COLOR": "1"})``."""

    def run_process(
        *arguments: str,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        stdin: str | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hairtx", *arguments],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run_process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """``-m "not process"`` leaves out what starts the program as a process; ``make check`` does."""
    for item in items:
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
