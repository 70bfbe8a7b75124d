"""Measures whole processes with pyperf, in rounds: whatever slows the machine for a while slows all cases alike."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import pyperf

_ROUNDS = 3
#: Set for every case; ``--inherit-environ`` hands them through pyperf to the command.
_HANDED_ON = ("COLUMNS", "FORCE_COLOR", "HAIRTX_NO_CACHE", "HAIRTX_CATALOGUE", "XDG_CACHE_HOME", "HOME", "PATH")
_HANDED_ON_TOO = ("_HAIRTX_COMPLETE", "_TYPER_COMPLETE_ARGS", "COMP_WORDS", "COMP_CWORD")


@dataclass
class Case:
    """A command to measure, and what was measured of it."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    #: How many processes a round; slow commands get by with fewer.
    processes: int = 5
    #: Seconds of wall time, one a run.
    seconds: list[float] = field(default_factory=list)
    #: Bytes held at the most, over all runs.
    peak: int = 0

    @property
    def median(self) -> float:
        """Seconds."""
        return median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles around the median, in seconds."""
        if len(self.seconds) < 2:
            return self.seconds[0], self.seconds[0]
        lower, _, upper = quantiles(self.seconds, n=4)
        return lower, upper


def measure(cases: list[Case], cache_folder: Path, rounds: int = _ROUNDS) -> None:
    """Fill the cases with what their runs took."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            for case in cases:
                sys.stderr.write(f"\rround {number + 1} of {rounds}: {case.name:60.60}")
                _measure(case, cache_folder, Path(folder, "result.json"))
    sys.stderr.write("\n")


def _measure(case: Case, cache_folder: Path, result: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"COLUMNS": "100", "XDG_CACHE_HOME": str(cache_folder), **case.environment}
    result.unlink(missing_ok=True)
    handed_on = ",".join((*_HANDED_ON, *_HANDED_ON_TOO))
    options = ["--quiet", "--processes", str(case.processes), "--values", "1", "--warmups", "1", "--loops", "1"]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pyperf", "command", *options, "--inherit-environ", handed_on),
            *("-o", str(result), "--", *case.command),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(f"\n{' '.join(case.command)} failed: {done.stderr[-800:]}")
    benchmark = pyperf.Benchmark.load(str(result))
    case.seconds += benchmark.get_values()
    peaks = [int(run.get_metadata().get("command_max_rss", 0)) for run in benchmark.get_runs()]
    case.peak = max([case.peak, *peaks])
