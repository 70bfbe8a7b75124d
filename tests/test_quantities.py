"""Quantities as people write them."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hairtx.catalogue.quantity import Amount, Count, Duration, Interval, Quantity, QuantityError, days_in

whole = st.integers(0, 999_999_998)
decimal = st.one_of(
    whole.map(str), st.tuples(st.integers(0, 99_999), st.integers(0, 9999)).map(lambda pair: f"{pair[0]}.{pair[1]:04}")
)
dash = st.sampled_from(["-", "\u2013", " - ", " \u2013 "])
unit = st.sampled_from(["day", "hour", "minute", "month", "week", "year"])


@given(whole, whole, dash)
def test_a_range_of_counts_keeps_its_bounds(one: int, other: int, between: str) -> None:
    lower, upper = sorted((one, other))
    count = Count.parse(f"{lower}{between}{upper}")
    assert (count.lower, count.upper, count.unit) == (lower, upper, "")


@given(decimal, decimal, dash)
def test_an_amount_keeps_every_decimal(one: str, other: str, between: str) -> None:
    lower, upper = sorted((one, other), key=Fraction)
    amount = Amount.parse(f"{lower}{between}{upper}")
    assert (amount.lower, amount.upper) == (Fraction(lower), Fraction(upper))


@given(decimal, decimal, unit, st.booleans())
def test_a_duration_in_days_is_its_bounds_times_the_unit(one: str, other: str, name: str, plural: bool) -> None:
    lower, upper = sorted((one, other), key=Fraction)
    duration = Duration.parse(f"{lower}-{upper} {name}{'s' if plural else ''}")
    assert duration.unit == name
    assert duration.days == (Fraction(lower) * days_in(name), Fraction(upper) * days_in(name))
    assert duration.days[0] <= duration.days[1]


def test_units_agree_with_each_other() -> None:
    assert Duration.parse("60 minutes").days == Duration.parse("1 hour").days
    assert Duration.parse("24 hours").days == Duration.parse("1 day").days
    assert Duration.parse("7 days").days == Duration.parse("1 week").days
    assert Duration.parse("12 months").days == Duration.parse("1 year").days == (Fraction("365.25"),) * 2


@given(st.integers(1, 999), st.integers(1, 999), unit, st.sampled_from(["a", "per"]))
def test_a_rate_is_the_gap_between_its_times(one: int, other: int, name: str, per: str) -> None:
    fewest, most = sorted((one, other))
    rate = Interval.parse(f"{fewest}-{most} times {per} {name}")
    assert (rate.lower, rate.upper) == (Fraction(1, most), Fraction(1, fewest))
    assert rate.days[0] * most == rate.days[1] * fewest == days_in(name)
    assert rate.is_rate


@pytest.mark.parametrize(
    ("written", "gap", "is_rate"),
    [
        ("twice a day", "0.5 days", True),
        ("once per week", "1 week", True),
        ("1 time a month", "1 month", True),
        ("4 weeks", "4 weeks", False),
    ],
)
def test_rates_and_gaps_are_one_kind_of_quantity(written: str, gap: str, is_rate: bool) -> None:
    assert Interval.parse(written) == Interval.parse(gap)
    assert Interval.parse(written).is_rate is is_rate


@given(st.sampled_from([Count, Amount]), whole, dash, st.sampled_from(["", " ", "  "]))
def test_reading_what_was_written_gives_the_same(kind: type[Quantity], number: int, between: str, around: str) -> None:
    for written in (f"{number}", f"{number}{between}{number + 1}"):
        quantity = kind.parse(f"{around}{written}{around}")
        assert str(quantity) == written
        assert kind.parse(str(quantity)) == quantity
        assert hash(kind.parse(str(quantity))) == hash(quantity)


def test_spelling_makes_no_difference_but_kind_does() -> None:
    assert Duration.parse("2-4 weeks") == Duration.parse("2 \u2013 4 weeks")
    assert Duration.parse("1 week") == Duration.parse("1 weeks")
    assert Duration.parse("7 days") != Duration.parse("1 week")
    assert Duration.parse("4 weeks") != Interval.parse("4 weeks")
    assert Count.parse(3) == Count.parse("3") == Count.parse("3-3")
    assert Count.parse(3) != Amount.parse(3)
    assert Count.parse("3") != "3"
    assert repr(Count.parse("3-4")) == "Count.parse('3-4')"


@given(st.sampled_from([Count, Amount]), whole, st.integers(1, 1000))
def test_a_range_that_runs_backwards_is_refused(kind: type[Quantity], lower: int, more: int) -> None:
    if len(str(lower + more)) > 9:
        return
    with pytest.raises(QuantityError, match="runs backwards"):
        kind.parse(f"{lower + more}-{lower}")


@pytest.mark.parametrize("kind", [Count, Amount, Duration, Interval])
@pytest.mark.parametrize(
    "written", [None, True, [], {}, "", " ", "soon", "-1", "1-", "1--2", "1,000", "9" * 10, "NaN", float("inf")]
)
def test_what_is_no_quantity_is_refused_with_an_example(kind: type[Quantity], written: object) -> None:
    with pytest.raises(QuantityError) as refused:
        kind.parse(written)
    assert kind.example in str(refused.value)


@pytest.mark.parametrize("kind", [Count, Amount, Duration, Interval])
@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_anything_else(kind: type[Quantity], text: str) -> None:
    refusal = ""
    try:
        quantity = kind.parse(text)
    except QuantityError as error:
        refusal = str(error)
    if refusal:
        assert "\n" not in refusal
        assert any(word in refusal for word in (kind.example, "backwards", "rate", "zero"))
    else:
        assert 0 <= quantity.lower <= quantity.upper
        assert quantity.text == text.strip()


@pytest.mark.parametrize("written", ["\u0663 weeks", "\uff13 weeks", "3\nweeks", "3\u00a0weeks", "3 \u2013\n4 weeks"])
def test_only_plain_digits_and_spaces_make_a_quantity(written: str) -> None:
    with pytest.raises(QuantityError):
        Duration.parse(written)


@pytest.mark.parametrize("written", ["3.5", "0.5-2", 2.5])
def test_counts_are_whole(written: object) -> None:
    with pytest.raises(QuantityError, match="whole number"):
        Count.parse(written)


@pytest.mark.parametrize("written", ["0 weeks", "0-2 weeks", "0 times a week", "0-3 times a day", "3-2 times a day"])
def test_sessions_cannot_follow_each_other_without_time_between(written: str) -> None:
    with pytest.raises(QuantityError):
        Interval.parse(written)


@pytest.mark.parametrize(
    ("kind", "written", "says"),
    [
        (Interval, "0 times a week", "'0 times a week' is not a rate; write it like '2-3 times a week'"),
        (Interval, "0-2 times a day", "'0-2 times a day' is not a rate"),
        (Interval, "0 weeks", "'0 weeks' leaves no time between sessions; write a number above zero"),
        (Interval, "0-2 weeks", "'0-2 weeks' leaves no time between sessions"),
        (Interval, "thrice a day", "'thrice a day' is not a gap between sessions or a rate; write it like '4 weeks'"),
        (
            Duration,
            True,
            "expected a length of time in minutes, hours, days, weeks, months or years such as '2-4 weeks'",
        ),
        (Count, False, "expected a whole number or a range of whole numbers such as '3-4'"),
        (Amount, [40], "expected an amount or a range of amounts without thousands separators such as '500-1500'"),
        (Count, "4-3", "the range '4-3' runs backwards; write the smaller number first"),
        (Count, "x" * 40, f"'{'x' * 40}' is not"),
        (Count, "x" * 41, f"'{'x' * 39}…' is not"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_write(kind: type[Quantity], written: object, says: str) -> None:
    with pytest.raises(QuantityError) as refused:
        kind.parse(written)
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("name", ["lower", "upper", "unit", "text", "other"])
def test_a_quantity_cannot_be_changed(name: str) -> None:
    duration = Duration.parse("2-4 weeks")
    with pytest.raises(AttributeError):
        setattr(duration, name, 1)
    with pytest.raises(AttributeError):
        delattr(duration, name)
    assert duration == Duration.parse("2-4 weeks")
    assert duration.days == (14, 28)


@pytest.mark.parametrize("quantity", [Count.parse("3-4"), Interval.parse("twice a day"), Amount.parse("12.50")])
def test_a_quantity_can_be_copied(quantity: Quantity) -> None:
    for other in (copy.copy(quantity), copy.deepcopy(quantity), pickle.loads(pickle.dumps(quantity))):
        assert other == quantity
        assert other.text == quantity.text
