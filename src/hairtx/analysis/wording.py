"""Words for the values of the model. A fact is worded here once; renderers only lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, SupportsFloat

from hairtx.analysis.document import Gauge, Item, Row
from hairtx.catalogue.model import (
    CERTAINTY,
    INVASIVENESS,
    Certainty,
    Cost,
    Effect,
    Invasiveness,
    People,
    Phase,
    ReadingCounts,
    Readings,
    SideEffect,
    Treatment,
)
from hairtx.catalogue.quantity import Interval

CERTAINTY_WORDS: Final[dict[str, str]] = {
    "none": "no study found",
    "very-low": "very low",
    "low": "low",
    "moderate": "moderate",
    "high": "high",
}
#: What the signs of certainty stand for wherever they are explained, most sure first: how a short answer says it.
CERTAINTY_KEY: Final[dict[Certainty, str]] = {
    "high": "does",
    "moderate": "probably",
    "low": "may",
    "very-low": "unclear",
    "none": "no study",
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
#: What the evidence says of the direction, in GRADE's informative statements (Santesso 2020): the certainty is said by
#: the verb, so that a short sentence does not become a stronger one.
DIRECTION_WORDS: Final[dict[str, str]] = {
    "helps": "helps",
    "no-difference": "no clear difference",
    "worse": "gets worse",
    "unclear": "unclear",
}
_INFORMATIVE: Final[dict[str, dict[str, str]]] = {
    "helps": {"high": "it helps", "moderate": "it probably helps", "low": "it may help"},
    "no-difference": {
        "high": "it makes no difference",
        "moderate": "it probably makes no clear difference",
        "low": "it may make no clear difference",
    },
    "worse": {"high": "it gets worse", "moderate": "it probably gets worse", "low": "it may get worse"},
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
#: What is said where no caution is listed, by whether somebody looked for one. The second half belongs to each.
NOTHING_FOUND: Final = "Looked for, nothing found"
NOT_LOOKED_FOR: Final = "Not looked for"
NOT_THE_SAME_AS_SAFE: Final = "which is not the same as safe"
#: How soon a doctor should see it, the most urgent first.
HOW_SOON_WORDS: Final[dict[str, str]] = {"now": "Now", "this-week": "This week", "soon": "Soon"}
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
#: Said behind a statement that a second reader could not hold against its source itself.
DOUBT_WORDS: Final[dict[str, str]] = {
    "secondary": " (checked against a summary of the source only)",
    "not-found": " (not found in its source when checked)",
}
RATIO_WORDS: Final[dict[str, str]] = {"risk-ratio": "risk ratio", "odds-ratio": "odds ratio"}


def certainty_gauge(certainty: Certainty) -> Gauge:
    """0 of 4 for no study found, 4 of 4 for high."""
    return Gauge("certainty", CERTAINTY_RANK[certainty], len(CERTAINTY) - 1)


def certainty_scale(rows: Iterable[Row]) -> tuple[Item, ...]:
    """What the signs in these rows stand for, most sure first."""
    used = {item.gauge for row in rows for cell in row.cells for item in cell.items}
    return tuple(one for one in certainty_signs() if one.gauge in used)


def certainty_signs() -> tuple[Item, ...]:
    """What every sign of certainty stands for, most sure first."""
    return tuple(Item(words, gauge=certainty_gauge(level)) for level, words in CERTAINTY_KEY.items())


def invasiveness_gauge(invasiveness: Invasiveness) -> Gauge:
    """1 of 5 for none, 5 of 5 for surgical."""
    return Gauge("invasiveness", INVASIVENESS.index(invasiveness) + 1, len(INVASIVENESS))


def informative(direction: str, certainty: str, *, brief: bool = False) -> str:
    """Direction and certainty as one clause: “it may help”; in ``brief`` without the “it”."""
    if certainty == "none":
        return "no study was found"
    words = _INFORMATIVE.get(direction, {}).get(
        certainty, "it is unclear" if brief else "it is unclear whether it helps"
    )
    return words.removeprefix("it ").removeprefix("is ") if brief else words


def people_words(lower: SupportsFloat, upper: SupportsFloat) -> str:
    """Of 100 people, in whole people: “26”, “3 to 51”, “fewer than 1”."""
    shown = list(dict.fromkeys(_whole_people(float(bound)) for bound in (lower, upper)))
    return " to ".join(shown)


def counted_people(people: People) -> str:
    """How many of 100, beside what, of whom and when: “12 of 100, with sham 4; men; 24 weeks”."""
    parts = [f"{people_words(people.treated.lower, people.treated.upper)} of 100"]
    if people.compared is not None:
        beside = f"with {people.comparator}" if people.comparator else "without"
        parts[0] += f", {beside} {people_words(people.compared.lower, people.compared.upper)}"
    return "; ".join([*parts, *filter(None, (people.group, people.time))])


def _whole_people(share: float) -> str:
    return "fewer than 1" if 0 < share < 0.5 else str(round(share))


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


def readings_words(readings: Readings | None) -> str:
    """How much of the edition a second reader has confirmed, in one or two sentences."""
    if readings is None:
        return "Nothing says whether somebody who did not write it held it against its sources."
    whole, figures = readings.all, readings.figures
    return (
        f"Of {whole.statements:,} statements, somebody who did not write them held {_held(whole)}. Of the "
        f"{figures.statements:,} with a figure it was {_held(figures)}."
    )


def _held(counts: ReadingCounts) -> str:
    missing = f"; {counts.not_found:,} could not be found in it" if counts.not_found else ""
    return f"{counts.text:,} against the source itself and {counts.summary:,} against a summary of it{missing}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number and its noun: “1 treatment”, “2 treatments”; ``many`` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def lower_first(text: str) -> str:
    """The text as it stands within a sentence: first letter small, unless an abbreviation begins it, or each word is
    written large as in a name."""
    words = text.split()
    is_name = len(words) > 1 and all(one[:1].isupper() and len(one) > 1 for one in words)
    return text if text[:2].isupper() or is_name else text[:1].lower() + text[1:]


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


def phase_words(phase: Phase, treatment: Treatment) -> str:
    """How many, how often, until when: “3-5 sessions, 4 weeks apart”; at home doses of what is taken, else uses."""
    one = "session"
    if (phase.setting or treatment.setting) == "home":
        one = "dose" if treatment.kind in {"medicine", "supplement"} else "use"
    every = phase.every
    if phase.sessions is None:
        assert every is not None  # a check holds it
        return f"{interval_words(every)}, without a set end"
    if phase.sessions.text == "1":
        return f"{phase.sessions.text} {one}"
    if every is None:
        return f"{phase.sessions.text} {one}s"
    gap = every.text if every.is_rate else f"{every.text} apart"
    return f"{phase.sessions.text} {one}s, {gap}"


def part_words(treatment: Treatment) -> str:
    """What of a visit was timed, where that is not the whole: “the injections alone 10 minutes each”."""
    length = treatment.session_length
    if length is None or length.lasts is None or length.covers is None:
        return ""
    is_single = [str(one.sessions) for one in treatment.phases] == ["1"]
    return f"{length.covers} {length.lasts.text}{'' if is_single else ' each'}"


def schedule_words(treatment: Treatment) -> str:
    """All phases in one line, for lists: “8 sessions, 1 week apart; then every 4-8 weeks”."""
    parts = [phase_words(phase, treatment).removesuffix(", without a set end") for phase in treatment.phases]
    return "; then ".join(parts)


def effect_words(effect: Effect) -> str:
    """The finding in a sentence: the figure with its comparator, interval, time, studies, people and design."""
    figure = _figure_against(effect)
    if effect.ci95 is not None:
        # A standardised difference has no unit that its bounds could be more or less of.
        sign = signed if effect.measure in {"mean-difference", "change-from-baseline"} else number
        figure += f" (95 % interval {' to '.join(map(sign, effect.ci95))})"
    elif effect.measure != "proportions":
        figure += " (no interval given)"
    people = f"{number(effect.participants)} people" if effect.participants else ""
    return "; ".join(filter(None, (figure, _time(effect), _studies(effect), people, effect.design)))


def effect_figure(effect: Effect) -> str:
    """The same beside its picture: the bare figure with its interval."""
    sign = number if effect.measure in {*RATIO_WORDS, "proportions"} else signed
    share = " %" if effect.measure == "proportions" else ""
    text = f"{sign(effect.value)}{share}"
    if effect.comparator_value is not None:
        text += f" against {number(effect.comparator_value)}{share}"
    return f"{text} ({' to '.join(map(sign, effect.ci95)) if effect.ci95 is not None else 'no interval given'})"


def effect_details(effect: Effect) -> tuple[str, ...]:
    """What belongs to a figure beside its picture: against what, when, in whom, how sure. What is missing is said."""
    detail = (effect.detail or "").rstrip(".")
    if effect.measure == "proportions":
        told = [_of_hundred(effect, detail)]
    else:
        told = [detail, f"compared with: {effect.comparator}", _time(effect)]
    told.append(f"{number(effect.participants)} people" if effect.participants else "number of people not reported")
    told += [_studies(effect), effect.design]
    if effect.certainty is not None and effect.rating is not None:
        told.append(f"certainty {CERTAINTY_WORDS[effect.certainty]}, {RATING_WORDS[effect.rating]}")
    else:
        told.append("certainty not rated")
    first, *rest = filter(None, told)
    return capitalised(first), *rest


def whom_words(effect: Effect) -> str:
    """What a share is a share of: people, unless the finding names another unit."""
    return effect.unit or "people"


def _time(effect: Effect) -> str:
    return effect.timepoint or "time not reported"


def _studies(effect: Effect) -> str:
    return counted(effect.studies, "study", "studies") if effect.studies else ""


def _figure_against(effect: Effect) -> str:
    value, against = effect.value, effect.comparator
    unit = f" {unit_shown(effect.unit)}" if effect.unit else ""
    match effect.measure:
        case "proportions":
            share = f"{number(value)} of 100 {whom_words(effect)}"
            if effect.comparator_value is None:
                return f"{share}; compared with: {against}"
            return f"{share}, against {number(effect.comparator_value)} of 100 with {against}"
        case "change-from-baseline":
            return f"{signed(value)}{unit} since the start; compared with: {against}"
        case "mean-difference":
            return f"{signed(value)}{unit} against {against}"
        case "standardised-mean-difference":
            return f"standardised difference {signed(value)} against {against}"
    return f"{RATIO_WORDS[effect.measure]} {number(value)} against {against}"


def _of_hundred(effect: Effect, detail: str) -> str:
    """“Of 100 people, 39 against 6 with placebo ...”: whole numbers, with the group and the time."""
    said = f"of 100 {whom_words(effect)}, {_whole(effect.value)}"
    if effect.comparator_value is not None:
        said += f" against {_whole(effect.comparator_value)} with {effect.comparator}"
    elif re.match(r"none\b", effect.comparator):
        said += ", with nothing to compare it with"
    else:
        said += f" (compared with: {effect.comparator})"
    return f"{said}{f': {detail}' if detail else ''} ({_time(effect)})"


def _whole(share: float) -> str:
    """A share as people of 100; what would round to none or to all is not said to be none or all."""
    rounded = int(share + 0.5)
    if rounded == 0 and share > 0:
        return "fewer than 1"
    return "more than 99" if rounded == 100 and share < 100 else str(rounded)


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


#: From so many hours on nobody counts their tenths.
_WHOLE_HOURS: Final = 20


def hours_words(lower: Fraction, upper: Fraction) -> str:
    """Hours as a range; in minutes where it is at most an hour, and in whole ones from 20 on."""
    if 0 < upper <= 1:
        return bounds_words(lower * 60, upper * 60, "minute", "minutes")
    if lower >= _WHOLE_HOURS:
        return bounds_words(round(lower), round(upper), "hour", "hours")
    return bounds_words(lower, upper, "hour", "hours")


def side_effect_words(side_effect: SideEffect) -> str:
    """Band, published figure and severity: “common (1 to 10 of 100); 3 % against 1 %; mild”."""
    parts = []
    figure = side_effect.figure or (counted_people(side_effect.people) if side_effect.people is not None else "")
    if side_effect.frequency != "unknown" or not figure:
        parts.append(FREQUENCY_WORDS[side_effect.frequency])
    if figure:
        parts.append(figure.rstrip("."))
    if SEVERITY_WORDS[side_effect.severity]:
        parts.append(SEVERITY_WORDS[side_effect.severity])
    return "; ".join(parts)


def cost_words(cost: Cost) -> str:
    """Amount, what for, region and year: “USD 500-1500 per session, US, 2024”."""
    when = str(cost.year) if cost.year else "year not known"
    amount = f"{cost.currency} {prices(cost)} {per_words(cost)}" if cost.amount.upper else "nothing"
    return f"{amount}, {cost.region}, {when}"


def per_words(cost: Cost) -> str:
    """What it buys: “per session”, “for 5 years”."""
    return f"for {cost.covers.text}" if cost.covers is not None else PER_WORDS[cost.per]


def prices(cost: Cost) -> str:
    """From the least to the most: “500-1,500”."""
    return "-".join(dict.fromkeys(map(price, (cost.amount.lower, cost.amount.upper))))


def price(amount: Fraction) -> str:
    """An amount of money with its thousands separated, and with cents only where there are some: “1,299”, “12.50”."""
    if amount.denominator == 1:
        return f"{int(amount):,}"
    return f"{float(amount):,.4f}".rstrip("0").ljust(len(f"{int(amount):,}") + 3, "0")
