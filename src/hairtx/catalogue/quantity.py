"""Quantities as people write them, parsed once into closed intervals with a unit.

``3-4``, ``4 weeks``, ``2-3 times a week`` and ``500-1500`` become a :class:`Count`, :class:`Duration`,
:class:`Interval` and :class:`Amount`. What follows from them (visits, money, dates) lives in ``analysis``.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import ClassVar, Final, Self

__all__ = ["Amount", "Count", "Duration", "Interval", "Quantity", "QuantityError", "days_in"]

_DAYS: Final = {
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(36525, 1200),
    "year": Fraction(36525, 100),
}


def _span(number: str) -> str:
    return rf"(?P<lower>{number})( ?[-\u2013] ?(?P<upper>{number}))?"


# Plain digits and spaces only: \d and \s would let in digits of other scripts and line breaks.
_NUMBERS: Final = _span(r"[0-9]{1,9}(\.[0-9]{1,4})?")
_UNIT: Final = rf"(?P<unit>{'|'.join(_DAYS)})"
_DURATION: Final = rf"{_NUMBERS} {_UNIT}s?"
# A point before exactly three digits separates thousands for half of Europe.
_THOUSANDS: Final = re.compile(r"(?<![0-9.])([1-9][0-9]{0,2})\.([0-9]{3})(?![0-9])")
_UP_TO: Final = re.compile(r"^(?:up to|at most|max\.?|<) ?", re.IGNORECASE)
_WORDS: Final = {"once": "1", "twice": "2"}


class QuantityError(ValueError):
    """The text is not a quantity of the kind expected; the message says what is."""


def days_in(unit: str) -> Fraction:
    """Length of a unit in days.

    A month is a twelfth of a Julian year (365.25 days), as is usual where no calendar date is given; dated plans use
    the calendar instead.
    """
    return _DAYS[unit]


class Quantity:
    """A closed interval ``lower`` to ``upper`` (0 <= lower <= upper) in one unit, and the text it was read from.

    Two quantities are equal when kind, bounds and unit are equal, however they were written.
    """

    __slots__ = ("_bounds", "text")

    #: What to write, for messages and for the JSON Schema.
    expected: ClassVar[str]
    example: ClassVar[str]
    #: What else it may look like, for messages.
    otherwise: ClassVar[str] = ""
    #: The forms it may have; their groups ``lower``, ``upper`` and ``unit`` are what they say.
    patterns: ClassVar[tuple[str, ...]]

    text: str
    _bounds: tuple[Fraction, Fraction, str] | None

    def __init__(self, text: str) -> None:
        # The bounds are worked out when first asked for: most commands only show the text.
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "_bounds", None)

    @classmethod
    def parse(cls, written: object) -> Self:
        """Read what a person wrote.

        Raises:
            QuantityError: the text is not of the expected form; the message says what to write.
        """
        if isinstance(written, bool) or not isinstance(written, (str, int, float)):
            raise QuantityError(f"expected {cls.expected} such as {cls.example!r}")
        quantity = cls(str(written).strip())
        quantity._known()
        return quantity

    @property
    def lower(self) -> Fraction:
        """The lower bound, in ``unit``."""
        return self._known()[0]

    @property
    def upper(self) -> Fraction:
        """The upper bound, in ``unit``."""
        return self._known()[1]

    @property
    def unit(self) -> str:
        """The unit in the singular; empty for counts and amounts."""
        return self._known()[2]

    def _known(self) -> tuple[Fraction, Fraction, str]:
        if self._bounds is None:
            object.__setattr__(self, "_bounds", self._read())
        assert self._bounds is not None
        return self._bounds

    def _read(self) -> tuple[Fraction, Fraction, str]:
        found = next(filter(None, (re.fullmatch(pattern, self.text) for pattern in self.patterns)), None)
        if found is None:
            more = f", {self.otherwise}" if self.otherwise else ""
            like = self._from_nothing() or self.example
            raise QuantityError(f"{_shortened(self.text)!r} is not {self.expected}; write it like {like!r}{more}")
        said = found.groupdict()
        lower = Fraction(_WORDS.get(said["lower"], said["lower"]))
        upper = Fraction(said.get("upper") or lower)
        if lower > upper:
            raise QuantityError(f"the range {_shortened(self.text)!r} runs backwards; write the smaller number first")
        return lower, upper, said.get("unit", "")

    def _from_nothing(self) -> str:
        """What “up to 7 days” is here, 0-7 days; empty for anything else."""
        most = _UP_TO.sub("0-", self.text)
        fits = most != self.text and any(re.fullmatch(pattern, most) for pattern in self.patterns)
        return most if fits else ""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[object, tuple[str]]:
        # Copies are made by reading the text again; the usual way would set attributes one by one.
        return type(self).parse, (self.text,)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Quantity) and self._known() == other._known()

    def __hash__(self) -> int:
        return hash((type(self), self._known()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}.parse({self.text!r})"

    def __str__(self) -> str:
        return self.text


class Count(Quantity):
    """A whole number of things, or a range of whole numbers: ``3``, ``3-4``."""

    __slots__ = ()
    expected = "a whole number or a range of whole numbers"
    example = "3-4"
    patterns = (_span("[0-9]{1,9}"),)


class Amount(Quantity):
    """An amount of money without its currency: ``40``, ``500-1500``, ``12.50``. No thousands separators."""

    __slots__ = ()
    expected = "an amount or a range of amounts without thousands separators"
    example = "500-1500"
    patterns = (_NUMBERS,)

    def _read(self) -> tuple[Fraction, Fraction, str]:
        doubtful = _THOUSANDS.search(self.text)
        if doubtful is not None:
            whole, thousandths = doubtful[1], doubtful[2]
            either = f"{whole}{thousandths} or {whole}.{thousandths[:2]}"
            raise QuantityError(f"{_shortened(self.text)!r} may mean {either}; write which of the two")
        return super()._read()


class _Timed(Quantity):
    """A quantity whose unit is one of time."""

    __slots__ = ()

    @property
    def days(self) -> tuple[Fraction, Fraction]:
        """Lower and upper bound in days (a month is 30.4375 days)."""
        return self.lower * days_in(self.unit), self.upper * days_in(self.unit)


class Duration(_Timed):
    """A length of time in one unit from minutes to years: ``0 days``, ``30-60 minutes``, ``6-12 months``."""

    __slots__ = ()
    expected = "a length of time in minutes, hours, days, weeks, months or years"
    example = "2-4 weeks"
    patterns = (_DURATION,)


class Interval(_Timed):
    """The time from one session or dose to the next, written as a gap or as a rate.

    ``4 weeks`` and ``6-12 months`` are gaps; ``twice a day`` and ``2-3 times a week`` are rates. ``lower`` and
    ``upper`` are the shortest and the longest gap, in ``unit``; both are above zero.
    """

    __slots__ = ()
    expected = "a gap between sessions or a rate"
    example = "4 weeks"
    otherwise = "or as a rate like 'once a week' or '2-3 times a week'"
    patterns = (_DURATION, rf"{_NUMBERS} times? (a|per) {_UNIT}", rf"(?P<lower>{'|'.join(_WORDS)}) (a|per) {_UNIT}")

    @property
    def is_rate(self) -> bool:
        """Whether it was written as times per unit rather than as a gap."""
        return not self.text[:1].isdigit() or " time" in self.text

    def _read(self) -> tuple[Fraction, Fraction, str]:
        first, last, unit = super()._read()
        if first == 0:
            hint = (
                "is not a rate; write it like '2-3 times a week'" if self.is_rate else "leaves no time between sessions"
            )
            raise QuantityError(f"{self.text!r} {hint}; write a number above zero")
        return (1 / last, 1 / first, unit) if self.is_rate else (first, last, unit)


def _shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
