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

# A space that must not break (U+00A0) belongs to its word.
_WORD = re.compile(r"(?:\u00a0|\S)+")
_SPACE = re.compile(r"(?:(?!\u00a0)\s)+")


def wrapped(runs: Sequence[Run], width: int) -> list[Line]:
    """The lines of ``runs`` at most ``width`` cells wide (at least 1); any white space between words is one space."""
    spaced = [(_SPACE.sub(" ", text), style) for text, style in runs]
    plain = "".join(text for text, _ in spaced)
    return [list(_cut(spaced, start, end)) for start, end in _lines(plain, max(width, 1))]


def line_width(line: Sequence[Run]) -> int:
    """How many cells a line takes."""
    return sum(len(text) if text.isascii() else cell_len(text) for text, _ in line)


def _lines(plain: str, width: int) -> Iterator[tuple[int, int]]:
    # Most texts have one cell a character, and then offsets are widths.
    simple = plain.isascii() or all(character.isascii() or cell_len(character) == 1 for character in set(plain))
    line_start = line_end = -1
    for match in _WORD.finditer(plain):
        start, end = match.span()
        if line_start >= 0:
            if (end - line_start if simple else cell_len(plain[line_start:end])) <= width:
                line_end = end
                continue
            yield line_start, line_end
        # A word that is itself too long for a line is folded: behind a comma, so that no number of a reference parts.
        while (end - start if simple else cell_len(plain[start:end])) > width:
            fitting = width if simple else _fitting(plain[start:end], width)
            comma = plain.rfind(",", start, start + fitting)
            if comma > start:
                fitting = comma + 1 - start
            yield start, start + fitting
            start += fitting
        line_start, line_end = start, end
    if line_start >= 0:
        yield line_start, line_end


def _fitting(text: str, width: int) -> int:
    """How many characters of ``text`` fit; at least one, so that folding always ends."""
    # Characters may join into one, so widths do not add up: the longest beginning that fits is searched for.
    fitting = 1
    for number in range(2, min(len(text), 4 * width) + 1):
        if cell_len(text[:number]) <= width:
            fitting = number
        elif number > fitting + 8:
            break
    return fitting


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    offset = 0
    for text, style in runs:
        following = offset + len(text)
        if following > start and offset < end:
            yield text[max(start - offset, 0) : end - offset], style
        offset = following
