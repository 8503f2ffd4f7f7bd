"""Units and their conversion, and amounts for readers."""

import typing

import pytest

from stuntbook.records.currencies import currencies
from stuntbook.records.quantities import (
    PHYSICAL_UNITS,
    Quantity,
    Range,
    Unit,
    convert,
    format_amount,
    format_both,
    units_of,
)
from stuntbook.text.numerals import Number


def between(low: Number, high: Number) -> Range:
    return Range.model_validate({"from": low, "to": high})


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
        (800, "°C", (1472, "°F")),
        (-40, "°F", (-40, "°C")),
        (86, "°F", (30, "°C")),
        (273.15, "K", (0, "°C")),
        (5, "ton", None),
        (5, "GBP", None),
        (between(15, 25), "ft", (between(4.6, 7.6), "m")),
        (between(25000, 30000), "ft", (between(7600, 9100), "m")),
        (between(100, 101), "ft", (between(30.48, 30.78), "m")),
    ],
)
def test_convert(value: Number | Range, unit: Unit, converted: tuple[Number | Range, Unit] | None) -> None:
    assert convert(value, unit) == converted


@pytest.mark.parametrize("unit", PHYSICAL_UNITS)
def test_a_conversion_leads_to_a_unit_of_the_same_quantities(unit: Unit) -> None:
    if converted := convert(1000, unit):
        for quantity in typing.get_args(Quantity):
            assert (unit in units_of(quantity)) is (converted[1] in units_of(quantity))


@pytest.mark.parametrize("quantity", typing.get_args(Quantity))
def test_every_quantity_has_units(quantity: Quantity) -> None:
    assert units_of(quantity)
    assert units_of(quantity) <= {*PHYSICAL_UNITS, *currencies(), None}


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
        (3, "night", "3 nights"),
        (9.5, "ton", "9.5 tons"),
        (-22, "°C", "−22 °C"),
        (18500, "GBP", "£18,500"),
        (35_000_000, "HKD", "HK$35 million"),
        (2_500_000, "CHF", "CHF\N{NO-BREAK SPACE}2.5 million"),
        (2_512_345, "USD", "$2,512,345"),
        (between(8, 10), "week", "8 to 10 weeks"),
        (between(3, 4), None, "3 to 4"),
        (between(9000, 10_000), "EUR", "€9,000 to €10,000"),
    ],
)
def test_an_amount_for_readers(value: Number | Range, unit: Unit | None, shown: str) -> None:
    assert format_amount(value, unit) == shown


def test_an_amount_in_both_systems_of_units() -> None:
    assert format_both(between(15, 25), "ft") == "15 to 25 ft (4.6 to 7.6 m)"
    assert format_both(3, "min") == "3 minutes"
    assert format_both(3, None) == "3"
