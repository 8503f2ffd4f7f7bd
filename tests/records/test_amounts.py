"""Amounts as texts state them: a number with its unit and its limit."""

import pytest

from stuntbook.records.amounts import allows_limit, amounts_in, states_amount
from stuntbook.records.quantities import Limit, Unit
from stuntbook.text.numerals import Number


@pytest.mark.parametrize(
    ("text", "value", "unit", "language", "stated"),
    [
        ("She fell 25,000 feet", 25000, "ft", "en", True),
        ("She fell 25,000 feet", 25000, "m", "en", False),
        ("a 60ft drop", 60, "ft", "en", True),
        ("a 60-foot drop", 60, "ft", "en", True),
        ("at 200 mph", 200, "mph", "en", True),
        ("at 200 mph", 200, "km/h", "en", False),
        ("75, 80 miles an hour", 75, "mph", "en", True),
        ("eight to ten weeks", 8, "week", "en", True),
        ("eight to ten weeks", 8, "month", "en", False),
        ("an entire year", 1, "year", "en", True),
        ("an entire year", 1, "month", "en", False),
        ("a long hard year", 1, "year", "en", True),
        ("a few years", 1, "year", "en", False),
        ("half an hour", 0.5, "h", "en", True),
        ("half an hour", 1, "h", "en", False),
        ("a yearly test", 1, "year", "en", False),
        ("banana years", 1, "year", "en", False),
        ("the year", 1, "year", "en", False),
        ("a mile and then another five years", 1, "year", "en", False),
        ("a single\n take", 1, None, "en", True),
        ("a lot of jumps", 1, None, "en", False),
        ("40.50 m", 40.5, "m", "en", True),
        ("40.5 m", 40, "m", "en", False),
        ("5ft 8in tall", 68, "in", "en", True),
        ("5ft 8in tall", 8, "in", "en", False),
        ("two and a half m down", 2, "m", "en", False),
        ("2.5 m high", 2.5, "m", "en", True),
        ("One chance per day", 1, "per day", "en", True),
        ("sie fiel 2,5 Meter tief", 2.5, "m", "de", True),
        ("sie fiel 2,5 Meter tief", 2.5, "ft", "de", False),
        ("drei Wochen lang", 3, "week", "de", True),
        ("メートル 12", 12, "ft", "ja", True),  # words of that language are not known
        ("12 takes", 12, None, "en", True),
        ("112 takes", 12, None, "en", False),
    ],
)
def test_whether_a_text_states_an_amount(
    text: str, value: Number, unit: Unit | None, language: str, stated: bool
) -> None:
    assert states_amount(text, value, unit, language) is stated


def test_a_long_range_has_the_unit_of_its_end() -> None:
    text = f"{', '.join(map(str, range(1, 5_000)))} and 5,000 feet"
    assert all(each.units == {"ft"} for each in amounts_in(text))


@pytest.mark.parametrize(
    ("text", "limit", "allowed"),
    [
        ("about 30 feet", "about", True),
        ("about 30 feet", None, False),
        ("30 feet", "about", False),
        ("nearly 30 feet", "almost", True),
        ("up to 30 feet", "at most", True),
        ("more than 30 feet", "more than", True),
        ("more than 30 feet", "less than", False),
        ("over 30 feet", "more than", True),  # a limit or a place: it can't be told
        ("over 30 feet", None, True),
        ("at least 30 feet", "at least", True),
        ("from 30 feet", None, True),
    ],
)
def test_whether_a_text_puts_a_limit(text: str, limit: Limit | None, allowed: bool) -> None:
    assert allows_limit(text, 30, "ft", limit, "en") is allowed
