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
    ("text", "value", "noun", "stated"),
    [
        ("for three minutes", 3, "minute", True),
        ("for 3 minutes", 3, "minute", True),
        ("an entire year", 1, "year", True),
        ("An hour", 1, "hour", True),
        ("a long hard year", 1, "year", True),
        ("a single\n take", 1, "takes", True),
        ("once a day", 1, "chances", True),
        ("40.50 m", 40.5, "m", True),
        ("112 m", 12, "m", False),
        ("25,000 feet", 25, "feet", False),
        ("twenty-five", 5, "take", False),
        ("40.5 m", 40, "m", False),
        ("an entire year", 2, "year", False),
        ("a yearly test", 1, "year", False),
        ("banana years", 1, "year", False),
        ("the year", 1, "year", False),
        ("a mile and then another five years", 1, "year", False),
        ("a few years", 1, "year", False),
        ("a lot of jumps", 1, "jumps", False),
        ("half an hour", 1, "hour", False),
    ],
)
def test_whether_a_passage_states_a_number(text: str, value: Number, noun: str, stated: bool) -> None:
    assert states_number(text, value, noun) is stated
