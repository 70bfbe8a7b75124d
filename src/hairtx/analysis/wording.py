"""Words for the values of the model. A fact is worded here once; renderers only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, SupportsFloat

from hairtx.analysis.document import Gauge
from hairtx.catalogue.model import (
    CERTAINTY,
    INVASIVENESS,
    Certainty,
    Cost,
    Effect,
    Invasiveness,
    Phase,
    SideEffect,
)
from hairtx.catalogue.quantity import Interval

if TYPE_CHECKING:
    from fractions import Fraction

CERTAINTY_WORDS: Final[dict[str, str]] = {
    "none": "no study found",
    "very-low": "very low",
    "low": "low",
    "moderate": "moderate",
    "high": "high",
}
#: From no study (0) to high (4).
CERTAINTY_RANK: Final[dict[str, int]] = {level: rank for rank, level in enumerate(CERTAINTY)}
CERTAINTY_MEANING: Final[dict[str, str]] = {
    "none": "nothing to judge by",
    "very-low": "the true effect is probably quite different from what was measured",
    "low": "the true effect may be quite different from what was measured",
    "moderate": "the true effect is probably close to what was measured",
    "high": "the true effect is close to what was measured",
}
INVASIVENESS_WORDS: Final[dict[str, str]] = {
    "none": "none",
    "non-invasive": "non-invasive",
    "minimally-invasive": "minimally invasive",
    "moderately-invasive": "moderately invasive",
    "surgical": "surgical",
}
INVASIVENESS_MEANING: Final[dict[str, str]] = {
    "none": "nothing is done",
    "non-invasive": "the skin is not broken",
    "minimally-invasive": "needles or a drip go through the skin",
    "moderately-invasive": "tissue is taken out through a tube or a thick needle",
    "surgical": "skin is cut or punched out",
}
RATING_WORDS: Final[dict[str, str]] = {"published": "published rating", "our-reading": "our reading"}
SETTING_WORDS: Final[dict[str, str]] = {
    "home": "at home",
    "clinic": "in a clinic or practice",
    "operating-room": "in an operating room",
    "none": "nowhere",
}
KIND_WORDS: Final[dict[str, str]] = {
    "medicine": "medicine",
    "procedure": "procedure",
    "device": "device",
    "surgery": "surgery",
    "supplement": "supplement",
    "cosmetic": "cosmetic",
    "none": "no treatment",
}
SEX_WORDS: Final[dict[str, str]] = {"any": "", "male": "Men", "female": "Women"}
#: Frequency bands of side effects as used in drug labels (CIOMS), with what they stand for.
FREQUENCY_WORDS: Final[dict[str, str]] = {
    "very-common": "very common (10 or more of 100)",
    "common": "common (1 to 10 of 100)",
    "uncommon": "uncommon (1 to 10 of 1,000)",
    "rare": "rare (1 to 10 of 10,000)",
    "very-rare": "very rare (fewer than 1 of 10,000)",
    "unknown": "how often is not known",
}
SEVERITY_WORDS: Final[dict[str, str]] = {"mild": "mild", "moderate": "moderate", "serious": "serious", "unknown": ""}
ACTION_WORDS: Final[dict[str, str]] = {
    "avoid": "Avoid",
    "ask-specialist": "Ask a specialist",
    "take-care": "Take care",
}
ACTION_MEANING: Final[dict[str, str]] = {
    "avoid": "listed as a reason not to use it",
    "ask-specialist": "listed as a reason to ask one first",
    "take-care": "listed as something to watch",
}
#: What is said where no caution is listed: always both halves.
NOTHING_LISTED: Final = "Nothing listed"
NOT_THE_SAME_AS_SAFE: Final = "which is not the same as safe"
STATUS_WORDS: Final[dict[str, str]] = {
    "approved": "approved",
    "cleared": "cleared (not the same as approved)",
    "off-label": "used off-label",
    "unapproved": "not approved",
    "over-the-counter": "sold without prescription",
    "not-a-medicine": "not regulated as a medicine",
}
MECHANISM_WORDS: Final[dict[str, str]] = {
    "established": "established",
    "plausible": "plausible, not proven",
    "proposed": "proposed, not tested in people",
}
VERDICT_WORDS: Final[dict[str, str]] = {
    "supported": "supported",
    "partly-supported": "partly supported",
    "not-established": "not established",
    "contradicted": "contradicted",
}
VERDICT_MEANING: Final[dict[str, str]] = {
    "supported": "the sources bear it out",
    "partly-supported": "part of it holds, or it holds for some people only",
    "not-established": "no study shows it, or studies do not settle it",
    "contradicted": "the sources say otherwise",
}
PER_WORDS: Final[dict[str, str]] = {
    "session": "per session",
    "course": "for a course",
    "one-off": "once",
    "month": "per month",
    "year": "per year",
    "graft": "per graft",
    "item": "per item",
}
SOURCE_TYPE_WORDS: Final[dict[str, str]] = {
    "systematic-review": "systematic review",
    "rct": "randomised trial",
    "observational": "observational study",
    "guideline": "guideline",
    "label": "product label",
    "regulator": "regulator",
    "review": "review",
    "health-service": "health service",
    "promotional": "promotional page",
}
READ_WORDS: Final[dict[str, str]] = {
    "full-text": "read in full",
    "abstract": "abstract read",
    "excerpt": "excerpt read",
}
_RATIOS: Final[dict[str, str]] = {"risk-ratio": "risk ratio", "odds-ratio": "odds ratio"}


def certainty_gauge(certainty: Certainty) -> Gauge:
    """0 of 4 for no study found, 4 of 4 for high."""
    return Gauge("certainty", CERTAINTY_RANK[certainty], len(CERTAINTY) - 1)


def invasiveness_gauge(invasiveness: Invasiveness) -> Gauge:
    """1 of 5 for none, 5 of 5 for surgical."""
    return Gauge("invasiveness", INVASIVENESS.index(invasiveness) + 1, len(INVASIVENESS))


def sentence(text: str) -> str:
    """The text with a capital and a full stop, as a sentence of its own."""
    text = text.strip()
    if not text:
        return text
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.!?' else '.'}"


def capitalised(text: str) -> str:
    """The text as the beginning of a line: first letter large, no full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}"


def series(names: Sequence[str], last: str = "and") -> str:
    """Names as in a sentence: “a, b and c”."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def counted(count: int, one: str) -> str:
    """A number and its noun: “1 treatment”, “2 treatments”."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def lower_first(text: str) -> str:
    """The text as it stands within a sentence: first letter small, unless it begins with an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def number(value: SupportsFloat) -> str:
    """A figure as written: no trailing zeros, thousands separated."""
    shown = float(value)
    return f"{int(shown):,}" if shown == int(shown) else f"{shown:,.10g}"


def signed(value: float) -> str:
    """A difference with its sign; a true minus is not used because plain terminals cannot show it."""
    return f"+{number(value)}" if value > 0 else number(value)


def unit_shown(unit: str) -> str:
    """Units with a raised two where they are areas."""
    return unit.replace("cm2", "cm²")


def noted(text: str, note: str | None) -> str:
    """``text`` with an explanation behind it."""
    return f"{text} ({note.rstrip('.')})" if note else text


def interval_words(every: Interval) -> str:
    """How often: “twice a day”, “every 4 weeks”, “every month”."""
    if every.is_rate:
        return every.text
    return f"every {every.unit if every.text.startswith('1 ') else every.text}"


def phase_words(phase: Phase, *, at_home: bool) -> str:
    """How many, how often, until when: “3-5 sessions, 4 weeks apart”."""
    many, one = ("doses", "dose") if at_home else ("sessions", "session")
    every = phase.every
    if phase.sessions is None:
        assert every is not None  # a check holds it
        return f"{interval_words(every)}, without a set end"
    if phase.sessions.text == "1":
        return f"{phase.sessions.text} {one}"
    if every is None:
        return f"{phase.sessions.text} {many}"
    gap = every.text if every.is_rate else f"{every.text} apart"
    return f"{phase.sessions.text} {many}, {gap}"


def schedule_words(phases: Sequence[Phase], *, at_home: bool) -> str:
    """All phases in one line, for lists: “8 sessions, 1 week apart; then every 4-8 weeks”."""
    parts = [phase_words(phase, at_home=at_home).removesuffix(", without a set end") for phase in phases]
    return "; then ".join(parts)


def effect_words(effect: Effect) -> str:
    """The figure with its comparator, interval, time, people, studies and design."""
    parts = [_figure(effect)]
    if effect.ci95 is not None:
        lower, upper = effect.ci95
        sign = signed if effect.measure in {"mean-difference", "change-from-baseline"} else number
        parts[0] += f" (95 % interval {sign(lower)} to {sign(upper)})"
    elif effect.measure != "proportions":
        parts[0] += " (no interval given)"
    parts.append(effect.timepoint or "time not reported")
    counted = []
    if effect.studies:
        counted.append(f"{number(effect.studies)} {'study' if effect.studies == 1 else 'studies'}")
    if effect.participants:
        counted.append(f"{number(effect.participants)} people")
    parts += counted
    parts.append(effect.design)
    return "; ".join(parts)


def _figure(effect: Effect) -> str:
    value, against = effect.value, effect.comparator
    unit = f" {unit_shown(effect.unit)}" if effect.unit else ""
    match effect.measure:
        case "proportions":
            counted = effect.unit or "people"
            if effect.comparator_value is None:
                return f"{number(value)} of 100 {counted}; compared with: {against}"
            return f"{number(value)} of 100 {counted}, against {number(effect.comparator_value)} of 100 with {against}"
        case "change-from-baseline":
            return f"{signed(value)}{unit} since the start; compared with: {against}"
        case "mean-difference":
            return f"{signed(value)}{unit} against {against}"
        case "standardised-mean-difference":
            return f"standardised difference {signed(value)} against {against}"
    return f"{_RATIOS[effect.measure]} {number(value)} against {against}"


def span_words(months: int) -> str:
    """A horizon as people say it: “a year”, “2 years”, “6 months”."""
    if months % 12:
        return "a month" if months == 1 else f"{months} months"
    return "a year" if months == 12 else f"{months // 12} years"


def bounds_words(lower: SupportsFloat, upper: SupportsFloat, one: str = "", many: str = "") -> str:
    """Two numbers as a range, with a noun that fits: “4-7 visits”, “1 visit”. From 100 on, decimals are dropped."""
    bounds = float(lower), float(upper)
    shown = list(dict.fromkeys(number(round(bound, 0 if bound >= 100 else 1)) for bound in bounds))
    return f"{'-'.join(shown)} {one if shown == ['1'] else many}".strip()


def hours_words(lower: Fraction, upper: Fraction) -> str:
    """Hours as a range; in minutes where it is at most an hour."""
    if 0 < upper <= 1:
        return bounds_words(lower * 60, upper * 60, "minute", "minutes")
    return bounds_words(lower, upper, "hour", "hours")


def side_effect_words(side_effect: SideEffect) -> str:
    """Band, published figure and severity: “common (1 to 10 of 100); 3 % against 1 %; mild”."""
    parts = []
    if side_effect.frequency != "unknown" or not side_effect.figure:
        parts.append(FREQUENCY_WORDS[side_effect.frequency])
    if side_effect.figure:
        parts.append(side_effect.figure.rstrip("."))
    if SEVERITY_WORDS[side_effect.severity]:
        parts.append(SEVERITY_WORDS[side_effect.severity])
    return "; ".join(parts)


def cost_words(cost: Cost) -> str:
    """Amount, what for, region and year: “USD 500-1500 per session, US, 2024”."""
    amount = "-".join(_thousands(bound.strip()) for bound in cost.amount.text.replace("\u2013", "-").split("-"))
    when = str(cost.year) if cost.year else "year not known"
    return f"{cost.currency} {amount} {PER_WORDS[cost.per]}, {cost.region}, {when}"


def _thousands(written: str) -> str:
    """An amount as written, with its thousands separated."""
    whole, point, cents = written.partition(".")
    return f"{int(whole):,}{point}{cents}"
