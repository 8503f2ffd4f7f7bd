"""Numbers with units: which quantities there are, how units convert, and which amounts a text converts to."""

import re
from collections.abc import Iterator
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

_TIMES: dict[Unit, str] = {unit: unit for unit in ("day", "week", "month", "year")}
_TIMES |= {"s": "second", "min": "minute", "h": "hour"}
"""The words for units of time."""
_LENGTH: frozenset[Unit | None] = frozenset({"ft", "m", "mi", "km"})
_TIME: frozenset[Unit | None] = frozenset(_TIMES)
_COUNT: frozenset[Unit | None] = frozenset({None})
_UNITS: dict[Quantity, frozenset[Unit | None]] = {
    **dict.fromkeys(("altitude", "depth", "distance", "height"), _LENGTH),
    **dict.fromkeys(("action", "age", "duration", "light", "training time"), _TIME),
    **dict.fromkeys(("cameras", "jumps", "takes"), _COUNT),
    "chances": _COUNT | {"per day"},
    "speed": frozenset({"mph", "km/h", "kn"}),
    "weight": frozenset({"lb", "kg"}),
}
# Exact factors: NIST Special Publication 811 (2008), appendix B; the knot is the international one of 1,852 m/h.
_CONVERSIONS: dict[Unit, tuple[Unit, float]] = {
    "ft": ("m", 0.3048),
    "mi": ("km", 1.609344),
    "mph": ("km/h", 1.609344),
    "lb": ("kg", 0.45359237),
}
"""The unit of the other system, and how many of it make one."""
_CONVERSIONS |= {metric: (unit, 1 / factor) for unit, (metric, factor) in _CONVERSIONS.items()}
_CONVERSIONS |= {"kn": ("km/h", 1.852)}
_UNIT_NOUNS: dict[Unit, tuple[str, ...]] = {unit: (word,) for unit, word in _TIMES.items()}
_UNIT_NOUNS |= {
    "ft": ("foot", "ft"),
    "m": ("meter", "metre", "m"),
    "mi": ("mile", "mi"),
    "km": ("kilometer", "kilometre", "km"),
    "kn": ("knot", "kn"),
    "lb": ("pound", "lb"),
    "kg": ("kilogram", "kilo", "kg"),
}


def units_of(quantity: Quantity) -> frozenset[Unit | None]:
    """The units that a quantity is given in; None among them where it is a plain count."""
    return _UNITS[quantity]


def convert(value: Number, unit: Unit) -> tuple[Number, Unit] | None:
    """The same amount in the other system of units, rounded to three significant digits or to the whole unit.

    None for units that both systems share, such as minutes.
    """
    if unit not in _CONVERSIONS:
        return None
    other, factor = _CONVERSIONS[unit]
    exact = value * factor
    rounded = round(exact) if abs(exact) >= 100 else float(f"{exact:.3g}")
    return (int(rounded) if rounded == int(rounded) else rounded), other


def format_amount(value: Number, unit: Unit | None) -> str:
    """An amount for readers: `25,000 ft`, `3 minutes`, `100`, `1 per day`."""
    if unit in _TIMES:
        return f"{value:,} {_TIMES[unit]}" + ("" if value == 1 else "s")
    return f"{value:,} {unit}" if unit else f"{value:,}"


def nouns_of(quantity: Quantity, unit: Unit | None) -> tuple[str, ...]:
    """The words, in the singular, that an article may use for one unit of a quantity."""
    return _UNIT_NOUNS[unit] if unit in _UNIT_NOUNS else (quantity.removesuffix("s"),)


_UNIT_WORDS: dict[str, Unit] = {
    form: unit for unit, nouns in _UNIT_NOUNS.items() for noun in nouns for form in (noun, f"{noun}s")
}
_UNIT_WORDS |= {"feet": "ft", "mph": "mph", "kph": "km/h"}


def converted_numbers_in(text: str) -> Iterator[Number]:
    """The numbers that amounts in the text come to in the other system of units: `25,000 feet` gives 7620."""
    for word in re.finditer(r"[^\W\d_]+", text.lower()):
        unit = _UNIT_WORDS.get(word[0])
        numbers = list(numbers_in(text[max(0, word.start() - 60) : word.start()])) if unit else []
        if unit and numbers and (converted := convert(numbers[-1], unit)):
            yield converted[0]
