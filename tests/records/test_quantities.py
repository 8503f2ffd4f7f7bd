"""Units and their conversion, amounts for readers, and the numbers that a passage states."""

from __future__ import annotations

import typing

import pytest

from stuntbook.records.quantities import (
    Number,
    Quantity,
    Unit,
    convert,
    format_amount,
    numbers_in,
    states_number,
    units_of,
)


@pytest.mark.parametrize(
    ("value", "unit", "converted"),
    [
        (25000, "ft", (7620, "m")),
        (6, "ft", (1.83, "m")),
        (0, "ft", (0, "m")),
        (40.5, "m", (133, "ft")),
        (0.5, "mi", (0.805, "km")),
        (10, "km", (6.21, "mi")),
        (200, "mph", (322, "km/h")),
        (100, "km/h", (62.1, "mph")),
        (1, "kn", (1.85, "km/h")),
        (100, "lb", (45.4, "kg")),
        (900, "kg", (1984, "lb")),
        (3, "min", None),
        (1, "year", None),
        (1, "per day", None),
    ],
)
def test_convert(value: Number, unit: Unit, converted: tuple[Number, Unit] | None) -> None:
    assert convert(value, unit) == converted


@pytest.mark.parametrize("unit", typing.get_args(Unit))
def test_a_conversion_leads_to_a_unit_of_the_same_quantities(unit: Unit) -> None:
    if converted := convert(1000, unit):
        for quantity in typing.get_args(Quantity):
            assert (unit in units_of(quantity)) is (converted[1] in units_of(quantity))


@pytest.mark.parametrize("quantity", typing.get_args(Quantity))
def test_every_quantity_has_units(quantity: Quantity) -> None:
    assert units_of(quantity)
    assert units_of(quantity) <= {*typing.get_args(Unit), None}


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (25000, "ft", "25,000 ft"),
        (40.5, "m", "40.5 m"),
        (1, "h", "1 hour"),
        (3, "min", "3 minutes"),
        (0.5, "h", "0.5 hours"),
        (2, "s", "2 seconds"),
        (1, "month", "1 month"),
        (6, "week", "6 weeks"),
        (106, None, "106"),
        (1234567, None, "1,234,567"),
        (1, "per day", "1 per day"),
        (120, "mph", "120 mph"),
    ],
)
def test_an_amount_for_readers(value: Number, unit: Unit | None, shown: str) -> None:
    assert format_amount(value, unit) == shown


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
