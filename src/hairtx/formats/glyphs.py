"""The few drawn characters, in Unicode and in plain ASCII, and the words of text made showable in ASCII."""

from __future__ import annotations

import unicodedata
from typing import Final

from msgspec import Struct

from hairtx.analysis.document import Gauge
from hairtx.formats.unparted import NO_BREAK, unparted

__all__ = ["ASCII", "UNICODE", "Glyphs", "gauge_drawn"]

#: What to write where a terminal has only ASCII and the character has no plain base letter.
_PLAIN: Final = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "−": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "µ": "u",
        "μ": "u",
        "²": "2",
        "³": "3",
        "≥": ">=",
        "≤": "<=",
        "×": "x",
        "±": "+/-",
        "°": " degrees ",
        "£": "GBP ",
        "€": "EUR ",
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "·": "-",
    }
)


class Glyphs(Struct, frozen=True):
    """What to draw with."""

    bullet: str
    #: Between things that share a line.
    between: str
    rule: str
    certainty: tuple[str, str]
    invasiveness: tuple[str, str]
    #: Of 100 people: those counted, the others; and those between the bounds of two counts.
    people: tuple[str, str]
    maybe: str
    is_ascii: bool = False

    def shown(self, text: str) -> str:
        """``text`` as this set of characters can show it."""
        text = unparted(text)
        if not self.is_ascii or text.isascii():
            return text
        decomposed = unicodedata.normalize("NFD", text.translate(_PLAIN))
        return "".join(
            character if character.isascii() or character == NO_BREAK else "?"
            for character in decomposed
            if not unicodedata.combining(character)
        )


UNICODE: Final = Glyphs(
    bullet="•", between="·", rule="─", certainty=("⊕", "◯"), invasiveness=("●", "○"), people=("●", "·"), maybe="◐"
)
ASCII: Final = Glyphs(
    bullet="-",
    between="|",
    rule="-",
    certainty=("+", "."),
    invasiveness=("*", "."),
    people=("#", "."),
    maybe="+",
    is_ascii=True,
)


def gauge_drawn(gauge: Gauge, glyphs: Glyphs) -> str:
    """The scale as characters: ⊕⊕◯◯, or ++.. in ASCII."""
    full, empty = glyphs.certainty if gauge.scale == "certainty" else glyphs.invasiveness
    drawn = full * gauge.level + empty * (gauge.steps - gauge.level)
    return f"[{drawn}]" if glyphs.is_ascii else drawn
