"""What ``validate`` found, as text, as JSON, and as annotations that GitHub shows beside the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from hairtx.errors import Problem, spelled_out

__all__ = ["problems_text"]

# As GitHub's own toolkit does it.
_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def problems_text(problems: Sequence[Problem], format_name: str) -> str:
    """One line a problem; in JSON one object with all of them and their number."""
    if format_name == "json":
        errors = sum(one.severity == "error" for one in problems)
        data = {"problems": problems, "errors": errors, "warnings": len(problems) - errors}
        return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"
    line = _github if format_name == "github" else _line
    return "".join(f"{line(one)}\n" for one in problems)


def _line(problem: Problem) -> str:
    kind = problem.check if problem.severity == "error" else f"{problem.check} (warning)"
    return f"{problem.file}:{problem.line}:{problem.column}: {kind}: {spelled_out(problem.message)}"


def _github(problem: Problem) -> str:
    file = problem.file.translate(_IN_PROPERTY)
    title = problem.check.translate(_IN_PROPERTY)
    place = f"file={file},line={problem.line},col={problem.column},title={title}"
    return f"::{problem.severity} {place}::{problem.message.translate(_IN_MESSAGE)}"
