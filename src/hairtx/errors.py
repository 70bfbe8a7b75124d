"""Everything that can go wrong in a way the user can mend. Messages are ready to print.

``exit_code`` follows the command contract: 1, the data or the file system refused; 2, the command line was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

__all__ = [
    "CatalogueError",
    "HairtxError",
    "NotCoveredError",
    "OutputError",
    "Problem",
    "UnknownNameError",
    "UsageError",
    "either",
    "spelled_out",
]

# Controls, line and paragraph separators, bidirectional marks and overrides, and halves of surrogate pairs.
_UNPRINTABLE: Final = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


def spelled_out(text: str) -> str:
    """``text`` on one line, with every character that could steer a terminal written as its code."""
    if text.isprintable():
        return text
    return re.sub(_UNPRINTABLE, lambda found: found[0].encode("unicode_escape").decode(), text)


def either(names: Sequence[str]) -> str:
    """Names to choose from: “'a', 'b' or 'c'”."""
    quoted = [f"'{one}'" for one in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


class HairtxError(Exception):
    """Base of all errors that hairtx raises on purpose."""

    exit_code = 1


class UsageError(HairtxError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that the catalogue does not have, with the nearest ones it has."""

    def __init__(
        self,
        kind: str,
        name: str,
        nearest: Sequence[str],
        look_in: str,
        labels: Mapping[str, str] | None = None,
        also: str = "",
    ) -> None:
        """``labels``: what readers see of the nearest, where that is not the name itself; ``also``: what comes last."""
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        self.look_in, self.labels, self.also = look_in, dict(labels or {}), also
        shown = name if len(name) <= 60 else f"{name[:59]}…"
        offered = [f"'{one}'{_label(one, self.labels)}" for one in nearest]
        hint = (
            f"Did you mean {' or '.join(filter(None, [', '.join(offered[:-1]), offered[-1]]))}?" if nearest else look_in
        )
        super().__init__(f"there is no {kind} called {shown!r}. {hint} {also}".rstrip())


def _label(name: str, labels: Mapping[str, str]) -> str:
    label = labels.get(name, "")
    return f" ({label})" if label and label.casefold() != name.replace("-", " ").casefold() else ""


class NotCoveredError(UsageError):
    """A name that is known and has no entry: what it is, and what in the catalogue comes near it."""

    def __init__(self, key: str, label: str, told: str) -> None:
        self.key, self.label = key, label
        super().__init__(f"{label} is not in this catalogue, which is not the same as useless. {told}".strip())


class OutputError(HairtxError):
    """The result could not be written; what was there before is untouched."""


class Problem(Struct, frozen=True, order=True):
    """One thing wrong in a catalogue file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    check: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.check}: {spelled_out(self.message)}"


class CatalogueError(HairtxError):
    """A catalogue that cannot be used. ``problems`` has them all, in file order."""

    #: How many problems a message lists before it only counts the rest.
    shown = 5

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[: self.shown]]
        if len(self.problems) > self.shown:
            lines.append(f"... and {len(self.problems) - self.shown} more")
        super().__init__("\n".join(lines))
