"""A treatment in one line: whether it helps and how sure that is, what it asks, how long it shows, what it costs."""

from __future__ import annotations

from typing import Final

from hairtx.analysis import wording as w
from hairtx.analysis.commitment import Commitment
from hairtx.analysis.document import Item
from hairtx.analysis.framing import concerns
from hairtx.analysis.schedule import is_at_home
from hairtx.catalogue.model import Indication, Sex, Treatment

__all__ = ["LEGEND", "UNKNOWN", "asked_of_you", "days_seen", "verdict", "year_cost"]

#: Stands where there is no room for “not reported”.
UNKNOWN: Final = "?"
_NO_STUDY: Final = "–"
_DIRECTION_SHORT: Final = {**w.DIRECTION_WORDS, "no-difference": "no", "worse": "worse"}
#: What a line says in fewer words than it needs to be understood.
LEGEND: Final = {
    _DIRECTION_SHORT["no-difference"]: w.DIRECTION_WORDS["no-difference"],
    UNKNOWN: "not reported",
}


_SIGNS: Final = {"GBP": "£", "EUR": "€"}


def verdict(treatment: Treatment, rated: list[Indication], sex: Sex) -> Item:
    """Direction and certainty for one sex, from what is rated for one condition; certainty alone where no more is
    known."""
    fitting = [one for one in rated if concerns(one.sex, sex)]
    if not fitting:
        # Not listed for this condition is not the same as not for these people.
        elsewhere = any(concerns(one.sex, sex) for one in treatment.indications) or not treatment.indications
        return Item("not listed" if elsewhere else f"not for {w.SEX_WORDS[sex].lower()}")
    one = min(fitting, key=lambda one: one.sex == "any")
    if one.certainty == "none":
        word = _NO_STUDY
    elif one.direction is None:
        word = w.CERTAINTY_WORDS[one.certainty]
    else:
        word = _DIRECTION_SHORT[one.direction]
    return Item(word, gauge=w.certainty_gauge(one.certainty))


def asked_of_you(treatment: Treatment, takes: Commitment) -> str:
    """What there is to do in the first year: “4-7 visits”, “twice a day”; empty where it is not reported."""
    if treatment.kind == "none" and not treatment.phases:
        return "nothing"
    if not treatment.phases:
        return ""
    if takes.visits is None or takes.doses is None:
        return w.schedule_words(treatment)
    parts = []
    if takes.visits.upper > 0:
        parts.append(w.bounds_words(takes.visits.lower, takes.visits.upper, "visit", "visits"))
    if takes.doses.upper > 0:
        last = [one for one in treatment.phases if is_at_home(one, treatment.setting)][-1]
        often = w.interval_words(last.every) if last.every is not None else w.phase_words(last, treatment)
        parts.append(often.replace(" times a ", " × a "))
    return ", ".join(parts)


def days_seen(treatment: Treatment) -> str:
    """For how many days others can see it: “0-5”; empty where it is not reported."""
    if treatment.kind == "none":
        return "0"
    signs = treatment.visible_signs
    return w.bounds_words(*signs.lasts.days) if signs is not None and signs.lasts is not None else ""


def year_cost(takes: Commitment, currency: str = "") -> str:
    """“USD 2,000-14,000”, or the amount alone in the ``currency`` that the reader was told of.

    “£220+” where later visits come on top at an unknown price; “60/session” where a price is known, but not how often
    it is paid. Empty where it is not reported, or only the price of an item: what that is, its note alone says.
    """
    money = takes.cost
    if money is None:
        one = next((one for one in takes.uncounted_prices if one.per != "item"), None)
        if one is None:
            return ""
        per = f" {w.per_words(one)}".replace(" per ", "/")
        return f"{_in(one.currency, currency)}{w.prices(one)}{per}" if one.amount.upper else "0"
    if money.upper == 0:
        return "0"
    amount = w.bounds_words(money.lower, money.upper) if money.is_complete else f"{w.number(money.lower)}+"
    return f"{_in(money.currency, currency)}{amount}"


def _in(currency: str, told: str) -> str:
    """What stands before an amount: nothing where the reader was told the currency."""
    if currency == told:
        return ""
    # A line has no room for the code and an amount; where no currency was told before, the code says it.
    return _SIGNS.get(currency, f"{currency} ") if told else f"{currency} "
