"""Numbers and their units, kept on one line in every format that people read."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["NO_BREAK", "unparted"]

#: A space at which no line ends.
NO_BREAK: Final = "\u00a0"
_UNITS: Final = (
    "%|mg|mcg|µg|g|kg|mL|ml|IU|mm|cm|nm|cm2|cm²|J|points|hairs|grafts|of|people|men|women|children|"
    "seconds?|minutes?|hours?|days?|weeks?|months?|years?|sessions?|visits?|doses?|uses?|times?"
)
_BEFORE_UNIT: Final = re.compile(rf"(?<=[0-9]) (?=(?:{_UNITS})(?![A-Za-z0-9]))")
_AFTER_CURRENCY: Final = re.compile(r"(?<=\b[A-Z]{3}) (?=[0-9])")


def unparted(text: str) -> str:
    """The text with a space that does not break between a number and its unit, and a currency and its amount."""
    return _AFTER_CURRENCY.sub(NO_BREAK, _BEFORE_UNIT.sub(NO_BREAK, text))
