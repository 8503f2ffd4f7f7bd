"""The numbers that a text states, in figures and in words."""

import pytest

from stuntbook.text.numerals import Number, numbers_in, states_number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("at 25,000 feet", [25000]),
        ("1,000,000.5", [1000000.5]),
        ("40.5 m", [40.5]),
        ("2.5 million", [2500000]),
        ("twenty-five thousand", [25000]),
        ("Twenty Five", [25]),
        ("one hundred and six", [106]),
        ("a hundred", [100]),
        ("a thousand and one", [1001]),
        ("thirteen hundred", [1300]),
        ("one thousand two hundred", [1200]),
        ("two hundred and fifty thousand", [250000]),
        ("two million three hundred thousand and four", [2300004]),
        ("zero", [0]),
        ("once, twice, a dozen", [1, 2, 12]),
        ("three, four", [3, 4]),
        ("one and two", [1, 2]),
        ("twenty and five", [20, 5]),
        ("2018-07-27", [2018, 7, 27]),
        ("25,00", [25, 0]),
        ("a ten-foot pole", [10]),
        ("a 25-foot pole", [25]),
        ("fourteenth, hundreds, tension, someone", []),
        ("", []),
        ("from 11² m to 12³ m", [11, 12]),
        ("25,000¹ feet", [25000]),
    ],
)
def test_numbers_in(text: str, numbers: list[Number]) -> None:
    assert list(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("for three minutes", 3, "minute"),
        ("for 3 minutes", 3, "minute"),
        ("an entire year", 1, "year"),
        ("An hour", 1, "hour"),
        ("a long hard year", 1, "year"),
        ("a single\n take", 1, "takes"),
        ("once a day", 1, "chances"),
        ("40.50 m", 40.5, "m"),
    ],
)
def test_a_passage_that_states_a_number(text: str, value: Number, noun: str) -> None:
    assert states_number(text, value, noun)


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("112 m", 12, "m"),
        ("25,000 feet", 25, "feet"),
        ("twenty-five", 5, "take"),
        ("40.5 m", 40, "m"),
        ("an entire year", 2, "year"),
        ("a yearly test", 1, "year"),
        ("banana years", 1, "year"),
        ("the year", 1, "year"),
        ("a mile and then another five years", 1, "year"),
        ("a few years", 1, "year"),
        ("a lot of jumps", 1, "jumps"),
        ("half an hour", 1, "hour"),
    ],
)
def test_a_passage_that_does_not(text: str, value: Number, noun: str) -> None:
    assert not states_number(text, value, noun)
