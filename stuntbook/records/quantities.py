"""Numbers with units: which quantities there are, how units convert, and which amounts a text converts to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stuntbook.text.numerals import Number, numbers_in

Quantity = Literal[
    "action",
    "age",
    "altitude",
    "cameras",
    "chances",
    "depth",
    "distance",
    "duration",
    "height",
    "jumps",
    "light",
    "speed",
    "takes",
    "training time",
    "weight",
]
"""The closed list of what is measured, so that stunts compare."""

Unit = Literal[
    "ft", "m", "mi", "km", "mph", "km/h", "kn", "s", "min", "h", "day", "week", "month", "year", "lb", "kg", "per day"
]

_LENGTH: frozenset[Unit | None] = frozenset({"ft", "m", "mi", "km"})
_TIME: frozenset[Unit | None] = frozenset({"s", "min", "h", "day", "week", "month", "year"})
_COUNT: frozenset[Unit | None] = frozenset({None})
_UNITS: dict[Quantity, frozenset[Unit | None]] = {
    "action": _TIME,
    "age": _TIME,
    "altitude": _LENGTH,
    "cameras": _COUNT,
    "chances": _COUNT | {"per day"},
    "depth": _LENGTH,
    "distance": _LENGTH,
    "duration": _TIME,
    "height": _LENGTH,
    "jumps": _COUNT,
    "light": _TIME,
    "speed": frozenset({"mph", "km/h", "kn"}),
    "takes": _COUNT,
    "training time": _TIME,
    "weight": frozenset({"lb", "kg"}),
}


def units_of(quantity: Quantity) -> frozenset[Unit | None]:
    """The units that a quantity is given in; None among them where it is a plain count."""
    return _UNITS[quantity]


@dataclass(frozen=True, slots=True)
class _Conversion:
    unit: Unit
    """The unit of the other system."""
    factor: float


# Exact factors: NIST Special Publication 811 (2008), appendix B; the knot is the international one of 1,852 m/h.
_CONVERSIONS: dict[Unit, _Conversion] = {
    "ft": _Conversion("m", 0.3048),
    "m": _Conversion("ft", 1 / 0.3048),
    "mi": _Conversion("km", 1.609344),
    "km": _Conversion("mi", 1 / 1.609344),
    "mph": _Conversion("km/h", 1.609344),
    "km/h": _Conversion("mph", 1 / 1.609344),
    "kn": _Conversion("km/h", 1.852),
    "lb": _Conversion("kg", 0.45359237),
    "kg": _Conversion("lb", 1 / 0.45359237),
}
_UNIT_NOUNS: dict[Unit, tuple[str, ...]] = {
    "ft": ("foot", "ft"),
    "m": ("meter", "metre", "m"),
    "mi": ("mile", "mi"),
    "km": ("kilometer", "kilometre", "km"),
    "kn": ("knot", "kn"),
    "lb": ("pound", "lb"),
    "kg": ("kilogram", "kilo", "kg"),
    "s": ("second",),
    "min": ("minute",),
    "h": ("hour",),
    "day": ("day",),
    "week": ("week",),
    "month": ("month",),
    "year": ("year",),
}
_TIME_WORDS = {"s": "second", "min": "minute", "h": "hour"}


def convert(value: Number, unit: Unit) -> tuple[Number, Unit] | None:
    """The same amount in the other system of units, rounded to three significant digits or to the whole unit.

    None for units that both systems share, such as minutes.
    """
    conversion = _CONVERSIONS.get(unit)
    if conversion is None:
        return None
    exact = value * conversion.factor
    rounded = round(exact) if abs(exact) >= 100 else float(f"{exact:.3g}")
    return (int(rounded) if rounded == int(rounded) else rounded), conversion.unit


def format_amount(value: Number, unit: Unit | None) -> str:
    """An amount for readers: `25,000 ft`, `3 minutes`, `100`, `1 per day`."""
    number = f"{value:,}"
    if unit is None:
        return number
    if unit in _TIME:
        word = _TIME_WORDS.get(unit, unit)
        return f"{number} {word}" if value == 1 else f"{number} {word}s"
    return f"{number} {unit}"


def nouns_of(quantity: Quantity, unit: Unit | None) -> tuple[str, ...]:
    """The words, in the singular, that an article may use for one unit of a quantity."""
    return _UNIT_NOUNS.get(unit, (quantity.removesuffix("s"),)) if unit else (quantity.removesuffix("s"),)


_UNIT_WORDS: dict[str, Unit] = {
    form: unit for unit, nouns in _UNIT_NOUNS.items() for noun in nouns for form in (noun, f"{noun}s")
}
_UNIT_WORDS |= {"feet": "ft", "mph": "mph", "kph": "km/h"}


def converted_numbers_in(text: str) -> Iterator[Number]:
    """The numbers that amounts in the text come to in the other system of units: `25,000 feet` gives 7620."""
    for word in re.finditer(r"[^\W\d_]+", text.lower()):
        unit = _UNIT_WORDS.get(word[0])
        numbers = list(numbers_in(text[max(0, word.start() - 60) : word.start()])) if unit else []
        converted = convert(numbers[-1], unit) if unit and numbers else None
        if converted:
            yield converted[0]
