"""Numbers with units: which quantities there are, how units convert, and how amounts are shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from stuntbook.records.citable import Model
from stuntbook.records.currencies import currencies, symbol
from stuntbook.text.numerals import Number

Quantity = Literal[
    "action",
    "age",
    "altitude",
    "cameras",
    "chances",
    "cost",
    "depth",
    "distance",
    "duration",
    "falls",
    "height",
    "hospital stay",
    "jumps",
    "length",
    "light",
    "rolls",
    "speed",
    "takes",
    "temperature",
    "training time",
    "weight",
]
"""The closed list of what is measured, so that stunts compare."""

PhysicalUnit = Literal[
    "ft",
    "in",
    "yd",
    "cm",
    "m",
    "mi",
    "km",
    "mph",
    "km/h",
    "kn",
    "s",
    "min",
    "h",
    "day",
    "night",
    "week",
    "month",
    "year",
    "lb",
    "st",
    "kg",
    "t",
    "ton",
    "°C",
    "°F",
    "K",
    "per day",
]
"""All units but the currencies. A `t` is 1,000 kg; which ton an article means by `ton` can't be told."""
PHYSICAL_UNITS: tuple[PhysicalUnit, ...] = get_args(PhysicalUnit)


def _known(unit: str) -> str:
    if unit in PHYSICAL_UNITS or unit in currencies():
        return unit
    units = ", ".join(f"'{each}'" for each in PHYSICAL_UNITS)
    raise PydanticKnownError("literal_error", {"expected": f"{units}, or the code of a currency such as 'GBP'"})


Unit = Annotated[
    str,
    AfterValidator(_known),
    WithJsonSchema({"type": "string", "enum": [*PHYSICAL_UNITS, *sorted(currencies())]}),
]
"""A physical unit, or the code of a currency (ISO 4217)."""
Limit = Literal["about", "almost", "at least", "at most", "less than", "more than"]
LIMITS: tuple[Limit, ...] = get_args(Limit)
"""How words limit a number."""


class Range(Model):
    """The ends between which an article puts a number: `{from: 15, to: 25}`."""

    low: Annotated[Number, Field(alias="from")]
    """The smaller number, as the article gives it."""
    high: Annotated[Number, Field(alias="to")]
    """The larger number."""

    @model_validator(mode="after")
    def _rises(self) -> Range:
        if self.low >= self.high:
            raise PydanticCustomError(
                "range",
                "the range goes from {low} to {high}: the first number must be the smaller one",
                {"low": self.low, "high": self.high},
            )
        return self


def _kind_of_value(value: object) -> str:
    return "range" if isinstance(value, dict | Range) else "number"


Value = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Range, Tag("range")],
    Discriminator(_kind_of_value),
]
"""A number, or the range in which it lies."""


def ends(value: Number | Range) -> tuple[Number, Number]:
    """The smallest and the largest number that a value may be."""
    return (value.low, value.high) if isinstance(value, Range) else (value, value)


_TIMES: dict[str, str] = {unit: unit for unit in ("day", "night", "week", "month", "year")}
_TIMES |= {"s": "second", "min": "minute", "h": "hour", "ton": "ton"}
"""The words for units that are written out."""
_LENGTH: frozenset[str | None] = frozenset({"ft", "in", "yd", "cm", "m", "mi", "km"})
_TIME: frozenset[str | None] = frozenset({"s", "min", "h", "day", "week", "month", "year"})
_COUNT: frozenset[str | None] = frozenset({None})
_UNITS: Mapping[Quantity, frozenset[str | None]] = {
    **dict.fromkeys(("altitude", "depth", "distance", "height", "length"), _LENGTH),
    **dict.fromkeys(("action", "age", "duration", "light", "training time"), _TIME),
    **dict.fromkeys(("cameras", "falls", "jumps", "rolls", "takes"), _COUNT),
    "chances": _COUNT | {"per day"},
    "hospital stay": _TIME | {"night"},
    "speed": frozenset({"mph", "km/h", "kn"}),
    "temperature": frozenset({"°C", "°F", "K"}),
    "weight": frozenset({"lb", "st", "kg", "t", "ton"}),
}
"""Of all but `cost`, which is given in currencies."""
# Exact factors: NIST Special Publication 811 (2008), appendix B; the knot is the international one of 1,852 m/h.
_CONVERSIONS: dict[str, tuple[str, float]] = {
    "ft": ("m", 0.3048),
    "mi": ("km", 1.609344),
    "mph": ("km/h", 1.609344),
    "lb": ("kg", 0.45359237),
    "in": ("cm", 2.54),
}
"""The unit of the other system, and how many of it make one."""
_CONVERSIONS |= {metric: (unit, 1 / factor) for unit, (metric, factor) in _CONVERSIONS.items()}
_CONVERSIONS |= {"kn": ("km/h", 1.852), "yd": ("m", 0.9144), "st": ("kg", 6.35029318)}
_TEMPERATURES: Mapping[str, tuple[str, float, float]] = {
    "°C": ("°F", 1.8, 32),
    "°F": ("°C", 1 / 1.8, -32 / 1.8),
    "K": ("°C", 1, -273.15),
}
"""The other unit of temperature, how many of its degrees make one, and what must be added then."""


_BASE: Mapping[str, tuple[str, float]] = {
    "cm": ("length", 0.01),
    "m": ("length", 1),
    "km": ("length", 1_000),
    "in": ("length", 0.0254),
    "ft": ("length", 0.3048),
    "yd": ("length", 0.9144),
    "mi": ("length", 1_609.344),
    "km/h": ("speed", 1),
    "mph": ("speed", 1.609344),
    "kn": ("speed", 1.852),
    "kg": ("weight", 1),
    "lb": ("weight", 0.45359237),
    "st": ("weight", 6.35029318),
    "t": ("weight", 1_000),
    "s": ("time", 1),
    "min": ("time", 60),
    "h": ("time", 3_600),
    "day": ("time", 86_400),
    "week": ("time", 7 * 86_400),
    "month": ("months", 1),
    "year": ("months", 12),
    "°C": ("temperature", 1),
    "K": ("temperature", 1),
    "°F": ("temperature", 1 / 1.8),
}
"""What each unit measures, and how much of the base unit of that it is."""


_ZERO: Mapping[str, float] = {"°C": 273.15, "°F": 459.67 / 1.8}
"""What a unit's zero is in the base unit, where it is not zero."""


def dimension(unit: str) -> str:
    """What a unit measures; empty for one that converts to no other."""
    return _BASE[unit][0] if unit in _BASE else ""


def in_base(value: Number, unit: str) -> float:
    """A value in metres, km/h, kilograms, seconds, months or kelvins; of a unit that converts to none as it is."""
    return value * size_of(unit) + _ZERO.get(unit, 0)


def size_of(unit: str) -> float:
    """How much of the base unit one of a unit is."""
    return _BASE[unit][1] if unit in _BASE else 1


def units_of(quantity: Quantity) -> frozenset[str | None]:
    """The units that a quantity is given in; None among them where it is a plain count."""
    return currencies() if quantity == "cost" else _UNITS[quantity]


def convert(value: Number | Range, unit: str) -> tuple[Number | Range, str] | None:
    """The same amount in the other system of units, rounded to three significant digits or to the whole unit.

    The ends of a range are rounded to a tenth of what lies between them, or so. None for units that both systems share,
    such as minutes.
    """
    if unit in _TEMPERATURES:
        other, factor, added = _TEMPERATURES[unit]
    elif unit in _CONVERSIONS:
        (other, factor), added = _CONVERSIONS[unit], 0.0
    else:
        return None
    low, high = (each * factor + added for each in ends(value))
    if isinstance(value, Range):
        digits = 1 - math.floor(math.log10(high - low))
        low, high = (_whole(round(each, digits)) for each in (low, high))
        return Range.model_construct(low=low, high=high), other
    return _whole(round(low) if abs(low) >= 100 else float(f"{low:.3g}")), other


def _whole(value: float) -> Number:
    return int(value) if value == int(value) else value


def format_amount(value: Number | Range, unit: str | None) -> str:
    """An amount for readers: `25,000 ft`, `15 to 25 ft`, `3 minutes`, `100`, `1 per day`, `£18,500`."""
    if unit in currencies():
        return " to ".join(f"{symbol(unit)}{_sum(each)}" for each in dict.fromkeys(ends(value)))
    number = " to ".join(f"{each:,}".replace("-", "−") for each in dict.fromkeys(ends(value)))
    if unit in _TIMES:
        return f"{number} {_TIMES[unit]}" + ("" if value == 1 else "s")
    return f"{number} {unit}" if unit else number


def _sum(value: Number) -> str:
    """A sum of money; millions are written out where they leave no more than two decimals."""
    millions = value / 1_000_000
    return f"{millions:,.10g} million" if millions >= 1 and round(millions, 2) == millions else f"{value:,}"


def format_both(value: Number | Range, unit: str | None) -> str:
    """An amount in both systems of units: `15 to 25 ft (4.57 to 7.62 m)`."""
    other = convert(value, unit) if unit else None
    shown = format_amount(value, unit)
    return f"{shown} ({format_amount(*other)})" if other else shown
