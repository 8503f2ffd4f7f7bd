"""Amounts as texts state them: a number with its unit and its limit."""

import pytest

from stuntbook.records.amounts import agree, allows_limit, amounts_in, comes_to, states_amount
from stuntbook.records.quantities import Limit, Range, Unit
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
        ("at 90 km an hour", 90, "km/h", "en", True),
        ("at 90 m.p.h.", 90, "mph", "en", True),
        ("mit 90 km pro Stunde", 90, "km/h", "de", True),
        ("a half-hour", 0.5, "h", "en", True),
        ("a quarter mile", 0.25, "mi", "en", True),
        ("several thousand feet", 1000, "ft", "en", False),
        ("a few hundred feet", 100, "ft", "en", False),
        ("5 lakh rupees", 500000, "INR", "en", True),
        ("25 miljoen dollar", 25000000, "USD", "nl", True),
        ("25 miljoen dollar", 25, "USD", "nl", False),
        ("20 Grad minus", -20, "°C", "de", True),
        ("12 degrees Fahrenheit", 12, "°C", "en", False),
        ("sie fiel 2,5 Meter tief", 2.5, "m", "de", True),
        ("sie fiel 2,5 Meter tief", 2.5, "ft", "de", False),
        ("drei Wochen lang", 3, "week", "de", True),
        ("メートル 12", 12, "ft", "ja", True),  # words of that language are not known
        ("12 takes", 12, None, "en", True),
        ("112 takes", 12, None, "en", False),
        ("a weight of 9 tons", 9, "ton", "en", True),
        ("a weight of 9 tons", 9, "t", "en", False),  # which ton that is can't be told
        ("nine tonnes", 9, "t", "en", True),
        ("three nights in hospital", 3, "night", "en", True),
        ("drei Nächte im Krankenhaus", 3, "night", "de", True),
        ("800 degrees Celsius", 800, "°C", "en", True),
        ("800 degrees Celsius", 800, "°F", "en", False),
        ("800 degrees", 800, "°F", "en", True),
        ("30 Grad", 30, "°C", "de", True),
        ("30 Grad", 30, "°F", "de", False),
        ("minus 40 degrees", -40, "°C", "en", True),
        ("minus 40 degrees", 40, "°C", "en", False),
        ("at -40 °C", -40, "°C", "en", True),
        ("20 degrees below zero", -20, "°F", "en", True),
        ("20-40 °C", 40, "°C", "en", True),
        ("HK$35 million", 35_000_000, "HKD", "en", True),
        ("HK$35 million", 35_000_000, "USD", "en", False),
        ("£110,000", 110_000, "GBP", "en", True),
        ("2.5m pounds", 2_500_000, "GBP", "en", True),
        ("4,500 pounds of timber", 4500, "GBP", "en", True),  # and "lb": it can't be told
        ("5 pounds sterling", 5, "lb", "en", False),
        ("$7", 7, "USD", "en", True),
        ("$7", 7, "AUD", "en", False),
        ("$7", 7, "AUD", "en-AU", True),
        ("$7", 7, "USD", "en-AU", False),
        ("US$7", 7, "USD", "en-AU", True),
        ("C$8", 8, "CAD", "en", True),
        ("8 dollars", 8, "USD", "en", True),
        ("8 dollars", 8, "CAD", "en", False),
        ("8 Hong Kong dollars", 8, "HKD", "en", True),
        ("8 Hong Kong dollars", 8, "USD", "en", False),
        ("8 francs", 8, "CHF", "en", True),
        ("15 kronor", 15, "SEK", "en", True),
        ("30 million lire", 30_000_000, "ITL", "en", True),
        ("CHF 11", 11, "CHF", "en", True),
        ("THE 11", 11, "GBP", "en", False),
        ("35 Millionen Euro", 35_000_000, "EUR", "de", True),
        ("zwei Milliarden Dollar", 2_000_000_000, "USD", "de", True),
        ("10 €", 10, "EUR", "de", True),
        ("¥9", 9, "JPY", "en", True),
        ("¥9", 9, "CNY", "zh", True),
        ("費用は2500万円", 25_000_000, "JPY", "ja", True),
        ("費用は2500万円", 25_000_000, "EUR", "ja", False),
        ("費用は2500万円", 2500, "JPY", "ja", False),
    ],
)
def test_whether_a_text_states_an_amount(
    text: str, value: Number, unit: Unit | None, language: str, stated: bool
) -> None:
    assert states_amount(text, value, unit, language) is stated


def between(low: Number, high: Number) -> Range:
    return Range.model_validate({"from": low, "to": high})


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "language", "stated"),
    [
        ("15 to 25 feet", 15, 25, "ft", "en", True),
        ("15 to 25 feet", 15, 25, "m", "en", False),
        ("15 to 25 feet", 15, 24, "ft", "en", False),
        ("between 15 and 25 feet", 15, 25, "ft", "en", True),
        ("15 and 25 feet", 15, 25, "ft", "en", False),
        ("15-25 ft", 15, 25, "ft", "en", True),
        ("15 feet to 25 feet", 15, 25, "ft", "en", True),
        ("eight to ten weeks", 8, 10, "week", "en", True),
        ("75, 80 miles an hour", 75, 80, "mph", "en", True),
        ("20 or 25 seconds", 20, 25, "s", "en", True),
        ("6, 8 and 10 feet", 6, 8, "ft", "en", False),
        ("25 to 15 feet", 15, 25, "ft", "en", False),
        ("the speed rose from 15 to 25 mph", 15, 25, "mph", "en", False),
        ("three to four takes", 3, 4, None, "en", True),
        ("between $8 and $10 million", 8_000_000, 10_000_000, "USD", "en", True),
        ("$8-10 million", 8_000_000, 10_000_000, "USD", "en", True),
        ("£500 to £2 million", 500, 2_000_000, "GBP", "en", True),
        ("£9,000 to £10,000", 9000, 10_000, "GBP", "en", True),
        ("£9,000 to $10,000", 9000, 10_000, "USD", "en", False),
        ("zwischen 15 und 25 Metern", 15, 25, "m", "de", True),
        ("15 bis 25 Meter", 15, 25, "m", "de", True),
        ("de 15 à 25 mètres", 15, 25, "m", "fr", True),
        ("de 15 à 25 mètres", 15, 24, "m", "fr", False),
    ],
)
def test_whether_a_text_states_a_range(  # noqa: PLR0917
    text: str, low: Number, high: Number, unit: Unit | None, language: str, stated: bool
) -> None:
    assert states_amount(text, between(low, high), unit, language) is stated


@pytest.mark.parametrize(
    ("text", "value", "limit", "allowed"),
    [
        ("15 to 25 feet", 15, None, False),
        ("15 to 25 feet", 15, "at least", True),
        ("15 to 25 feet", 15, "at most", False),
        ("15 to 25 feet", 15, "more than", False),
        ("15 to 25 feet", 25, "at most", True),
        ("15 to 25 feet", 25, "at least", False),
        ("about 15 to 25 feet", 15, "at least", False),
        ("15, 25 feet", 15, None, True),  # a range or two numbers: it can't be told
        ("15, 25 feet", 15, "at least", True),
        ("15 to 25 feet", between(15, 25), None, True),
        ("15 to 25 feet", between(15, 25), "about", False),
        ("about 15 to 25 feet", between(15, 25), "about", True),
        ("about 15 to 25 feet", between(15, 25), None, False),
    ],
)
def test_which_limits_a_range_allows(text: str, value: Number | Range, limit: Limit | None, allowed: bool) -> None:
    assert allows_limit(text, value, "ft", limit, "en") is allowed


@pytest.mark.parametrize(
    ("stated", "told", "carried"),
    [
        ("15 to 25 feet", "15 to 25 feet", True),
        ("15 to 25 feet", "4.6 to 7.6 metres", True),
        ("15 to 25 feet", "15 feet", False),
        ("15 to 25 feet", "at least 15 feet", True),
        ("from 1990 to 1995", "since 1990", True),
        ("86 degrees Fahrenheit", "30 °C", True),
        ("86 degrees Fahrenheit", "40 °C", False),
        ("£18,500", "18,500 pounds", True),
        ("£18,500", "$18,500", False),
        ("HK$35 million", "35 million dollars", False),
    ],
)
def test_whether_a_text_carries_an_amount(stated: str, told: str, carried: bool) -> None:
    one, other = amounts_in(stated)[0], amounts_in(told)[0]
    assert (comes_to(one, other) and agree(one, other)) is carried


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
        ("30 feet or so", "about", True),
        ("30 feet or so", None, False),
        ("30 feet, give or take", "about", True),
        ("30-odd feet", "about", True),
        ("~30 ft", "about", True),
        ("30 feet or more", "at least", True),
        ("30 feet or more", None, False),
        ("30 feet at least", "at least", True),
        ("30 feet, at least three times", None, True),
        ("30+ feet", "at least", True),
        ("30-plus feet", None, False),
        ("30 feet at most", "at most", True),
        ("≤30 ft", "at most", True),
        (">30 ft", None, False),
        ("a little over 30 feet", "more than", True),
        ("a little over 30 feet", None, False),
        ("just shy of 30 feet", "almost", True),
        ("not quite 30 feet", None, False),
        ("no more than 30 feet", "more than", False),
    ],
)
def test_whether_a_text_puts_a_limit(text: str, limit: Limit | None, allowed: bool) -> None:
    assert allows_limit(text, 30, "ft", limit, "en") is allowed


@pytest.mark.parametrize(("text", "language"), [("12〜20メートル", "ja"), ("12–20 metri", "it"), ("12 or 20 m", "en")])
def test_an_end_of_a_range_is_no_value_in_any_language(text: str, language: str) -> None:
    assert states_amount(text, Range(**{"from": 12, "to": 20}), "m", language)
    assert not allows_limit(text, 12, "m", None, language)
    assert allows_limit(text, 12, "m", "at least", language)
