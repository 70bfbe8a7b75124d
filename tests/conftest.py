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
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

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
