"""Writes shown output anew: in README.md what stands in a console block under ``$ hairtx …``, and docs/cautions.md."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CAUTIONS = ROOT / "docs" / "cautions.md"
_BLOCK = re.compile(r"```console\n\$ hairtx (?P<arguments>[^\n]+)\n.*?```", re.DOTALL)
#: As wide as GitHub shows without scrolling.
WIDTH = "96"


def refreshed(text: str) -> str:
    """README's text with every console block filled from a run of its command."""
    return _BLOCK.sub(_filled, text)


def _filled(match: re.Match[str]) -> str:
    return "\n".join(["```console", f"$ hairtx {match['arguments']}", *output(match["arguments"].split()), "```"])


def cautions() -> str:
    """Every treatment with every core factor, as Markdown."""
    return "\n".join([*output(["screen", "--matrix", "--format", "markdown"]), ""])


def output(arguments: list[str]) -> list[str]:
    """The lines that the program prints."""
    environment = {**os.environ, "COLUMNS": WIDTH, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603  # our own program, with arguments from our own README
        [sys.executable, "-m", "hairtx", *arguments], env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.splitlines()


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
    CAUTIONS.write_text(cautions(), encoding="utf-8")
