"""Styled text broken into lines. Words are kept whole where the width allows it; nothing is lost.

Rich wraps text too, but a comparison has hundreds of short texts and their wrapping was most of the time it took to
show one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

__all__ = ["Line", "Run", "line_width", "wrapped"]

#: Some text and the name of its style.
Run = tuple[str, str]
Line = list[Run]

_WORD = re.compile(r"\S+")


def wrapped(runs: Sequence[Run], width: int) -> list[Line]:
    """The lines of ``runs`` at most ``width`` cells wide (at least 1), without the white space between them."""
    plain = "".join(text for text, _ in runs)
    return [list(_cut(runs, start, end)) for start, end in _lines(plain, max(width, 1))]


def line_width(line: Sequence[Run]) -> int:
    """How many cells a line takes."""
    return sum(len(text) if text.isascii() else cell_len(text) for text, _ in line)


def _lines(plain: str, width: int) -> Iterator[tuple[int, int]]:
    # Most texts are as many cells as characters, and then offsets are widths.
    simple = plain.isascii() or cell_len(plain) == len(plain)
    line_start = line_end = -1
    for match in _WORD.finditer(plain):
        start, end = match.span()
        if line_start >= 0:
            if (end - line_start if simple else cell_len(plain[line_start:end])) <= width:
                line_end = end
                continue
            yield line_start, line_end
        # A word that is itself too long for a line is folded.
        while (end - start if simple else cell_len(plain[start:end])) > width:
            fitting = width if simple else _fitting(plain[start:end], width)
            yield start, start + fitting
            start += fitting
        line_start, line_end = start, end
    if line_start >= 0:
        yield line_start, line_end


def _fitting(text: str, width: int) -> int:
    """How many characters of ``text`` fit; at least one, so that folding always ends."""
    used = 0
    for number, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return max(number, 1)
    return len(text)


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    offset = 0
    for text, style in runs:
        following = offset + len(text)
        if following > start and offset < end:
            yield text[max(start - offset, 0) : end - offset], style
        offset = following
