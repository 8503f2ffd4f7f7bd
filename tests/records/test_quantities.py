"""Units and their conversion, and amounts for readers."""

import typing

import pytest

from stuntbook.records.quantities import Quantity, Unit, convert, format_amount, units_of
from stuntbook.text.numerals import Number


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
