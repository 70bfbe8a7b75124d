"""Quantities as people write them, parsed once into closed intervals with a unit.

``3-4``, ``4 weeks``, ``2-3 times a week`` and ``500-1500`` become a :class:`Count`, :class:`Duration`,
:class:`Interval` and :class:`Amount`. What follows from them (visits, money, dates) lives in ``analysis``.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar, Final, Self

__all__ = ["Amount", "Count", "Duration", "Interval", "Quantity", "QuantityError"]

#: Length of each unit in days. A month is a twelfth of a Julian year (365.25 days), as is usual where no
#: calendar date is given; dated plans use the calendar instead.
DAYS_IN: Final[dict[str, Fraction]] = {
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(36525, 1200),
    "year": Fraction(36525, 100),
}

# Plain digits and spaces only: \d and \s would let in digits of other scripts and line breaks.
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
_SPAN = rf"(?P<lower>{_NUMBER})(?: ?[-\u2013] ?(?P<upper>{_NUMBER}))?"
_UNITS = "|".join(DAYS_IN)
_PLAIN = re.compile(_SPAN)
_DURATION = re.compile(rf"{_SPAN} (?P<unit>{_UNITS})s?")
_TIMES = re.compile(rf"(?:(?P<word>once|twice)|{_SPAN} (?:time|times)) (?:a|per) (?P<unit>{_UNITS})")
_WORDS = {"once": "1", "twice": "2"}


class QuantityError(ValueError):
    """The text is not a quantity of the kind expected; the message says what is."""


class Quantity:
    """A closed interval ``lower`` to ``upper`` (0 <= lower <= upper) in one unit, and the text it was read from.

    Two quantities are equal when kind, bounds and unit are equal, however they were written.
    """

    __slots__ = ("lower", "text", "unit", "upper")

    #: What to write, for messages and for the JSON Schema.
    expected: ClassVar[str]
    example: ClassVar[str]
    pattern: ClassVar[str]

    lower: Fraction
    upper: Fraction
    unit: str
    text: str

    def __init__(self, lower: Fraction, upper: Fraction, unit: str, text: str) -> None:
        if not 0 <= lower <= upper:
            raise QuantityError(f"the range {text!r} runs backwards; write the smaller number first")
        for name, value in (("lower", lower), ("upper", upper), ("unit", unit), ("text", text)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[object, tuple[str]]:
        # Copies are made by reading the text again; the usual way would set attributes one by one.
        return type(self).parse, (self.text,)

    def __eq__(self, other: object) -> bool:
        return (
            type(other) is type(self)
            and isinstance(other, Quantity)
            and (self.lower, self.upper, self.unit) == (other.lower, other.upper, other.unit)
        )

    def __hash__(self) -> int:
        return hash((type(self), self.lower, self.upper, self.unit))

    def __repr__(self) -> str:
        return f"{type(self).__name__}.parse({self.text!r})"

    def __str__(self) -> str:
        return self.text

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are the same number."""
        return self.lower == self.upper

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read what a person wrote.

        Raises:
            QuantityError: the text is not of the expected form; the message says what to write.
        """
        if isinstance(written, bool) or not isinstance(written, (str, int, float)):
            raise QuantityError(f"expected {cls.expected} such as {cls.example!r}")
        return cls._parse_text(str(written).strip())

    @classmethod
    @lru_cache(maxsize=4096)
    def _parse_text(cls, text: str) -> Self:
        match = re.compile(cls.pattern).fullmatch(text)
        if match is None:
            raise QuantityError(f"{_shortened(text)!r} is not {cls.expected}; write it like {cls.example!r}")
        return cls._from_match(match, text)

    @classmethod
    def _from_match(cls, match: re.Match[str], text: str) -> Self:
        lower = Fraction(match["lower"])
        upper = Fraction(match["upper"] or match["lower"])
        return cls(lower, upper, match.groupdict().get("unit") or cls._default_unit(), text)

    @classmethod
    def _default_unit(cls) -> str:
        return ""


class Count(Quantity):
    """A whole number of things, or a range of whole numbers: ``3``, ``3-4``."""

    __slots__ = ()
    expected = "a whole number or a range of whole numbers"
    example = "3-4"
    pattern = r"(?P<lower>[0-9]{1,9})(?: ?[-\u2013] ?(?P<upper>[0-9]{1,9}))?"


class Amount(Quantity):
    """An amount of money without its currency: ``40``, ``500-1500``, ``12.50``. No thousands separators."""

    __slots__ = ()
    expected = "an amount or a range of amounts without thousands separators"
    example = "500-1500"
    pattern = _PLAIN.pattern


class Duration(Quantity):
    """A length of time in one unit from minutes to years: ``0 days``, ``30-60 minutes``, ``6-12 months``."""

    __slots__ = ()
    expected = "a length of time in minutes, hours, days, weeks, months or years"
    example = "2-4 weeks"
    pattern = _DURATION.pattern

    @property
    def days(self) -> tuple[Fraction, Fraction]:
        """Lower and upper bound in days (a month is 30.4375 days)."""
        return self.lower * DAYS_IN[self.unit], self.upper * DAYS_IN[self.unit]


class Interval(Quantity):
    """The time from one session or dose to the next, written as a gap or as a rate.

    ``4 weeks`` and ``6-12 months`` are gaps; ``twice a day`` and ``2-3 times a week`` are rates. ``lower`` and
    ``upper`` are the shortest and the longest gap, in ``unit``.
    """

    __slots__ = ()
    expected = "a gap between sessions or a rate"
    example = "4 weeks"
    pattern = rf"{_DURATION.pattern.replace('?P<', '?P<gap_')}|{_TIMES.pattern.replace('?P<', '?P<rate_')}"

    @classmethod
    def _from_match(cls, match: re.Match[str], text: str) -> Self:
        if match["gap_unit"]:
            lower, upper = Fraction(match["gap_lower"]), Fraction(match["gap_upper"] or match["gap_lower"])
            unit = match["gap_unit"]
        else:
            fewest = Fraction(_WORDS.get(match["rate_word"] or "", match["rate_lower"]) or "0")
            most = Fraction(match["rate_upper"] or fewest)
            if not 0 < fewest <= most:
                raise QuantityError(f"{text!r} is not a rate; write it like '2-3 times a week'")
            unit, lower, upper = match["rate_unit"], 1 / most, 1 / fewest
        if lower <= 0:
            raise QuantityError(f"{text!r} leaves no time between sessions; write a gap above zero")
        return cls(lower, upper, unit, text)

    @property
    def days(self) -> tuple[Fraction, Fraction]:
        """Shortest and longest gap in days (a month is 30.4375 days)."""
        return self.lower * DAYS_IN[self.unit], self.upper * DAYS_IN[self.unit]

    @property
    def is_rate(self) -> bool:
        """Whether it was written as times per unit rather than as a gap."""
        return not self.text[0].isdigit() or " time" in self.text


def _shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
