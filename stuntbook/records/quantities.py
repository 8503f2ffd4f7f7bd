"""Numbers with units: which quantities there are, how units convert, and which amounts a text converts to."""

from collections.abc import Mapping
from typing import Literal, get_args

from stuntbook.text.numerals import Number

Quantity = Literal[
    "action",
    "age",
    "altitude",
    "cameras",
    "chances",
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
    "training time",
    "weight",
]
"""The closed list of what is measured, so that stunts compare."""

Unit = Literal[
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
    "week",
    "month",
    "year",
    "lb",
    "st",
    "kg",
    "t",
    "per day",
]
Limit = Literal["about", "almost", "at least", "at most", "less than", "more than"]
LIMITS: tuple[Limit, ...] = get_args(Limit)
"""How words limit a number."""

_TIMES: dict[Unit, str] = {unit: unit for unit in ("day", "week", "month", "year")}
_TIMES |= {"s": "second", "min": "minute", "h": "hour"}
"""The words for units of time."""
_LENGTH: frozenset[Unit | None] = frozenset({"ft", "in", "yd", "cm", "m", "mi", "km"})
_TIME: frozenset[Unit | None] = frozenset(_TIMES)
_COUNT: frozenset[Unit | None] = frozenset({None})
_UNITS: dict[Quantity, frozenset[Unit | None]] = {
    **dict.fromkeys(("altitude", "depth", "distance", "height", "length"), _LENGTH),
    **dict.fromkeys(("action", "age", "duration", "hospital stay", "light", "training time"), _TIME),
    **dict.fromkeys(("cameras", "falls", "jumps", "rolls", "takes"), _COUNT),
    "chances": _COUNT | {"per day"},
    "speed": frozenset({"mph", "km/h", "kn"}),
    "weight": frozenset({"lb", "st", "kg", "t"}),
}
# Exact factors: NIST Special Publication 811 (2008), appendix B; the knot is the international one of 1,852 m/h.
_CONVERSIONS: dict[Unit, tuple[Unit, float]] = {
    "ft": ("m", 0.3048),
    "mi": ("km", 1.609344),
    "mph": ("km/h", 1.609344),
    "lb": ("kg", 0.45359237),
    "in": ("cm", 2.54),
}
"""The unit of the other system, and how many of it make one."""
_CONVERSIONS |= {metric: (unit, 1 / factor) for unit, (metric, factor) in _CONVERSIONS.items()}
_CONVERSIONS |= {"kn": ("km/h", 1.852), "yd": ("m", 0.9144), "st": ("kg", 6.35029318)}


_BASE: Mapping[Unit, tuple[str, float]] = {
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
}
"""What each unit measures, and how much of the base unit of that it is."""


def dimension(unit: Unit) -> str:
    """What a unit measures; empty for a rate of counts."""
    return _BASE[unit][0] if unit in _BASE else ""


def in_base(value: Number, unit: Unit) -> float:
    """A value in metres, km/h, kilograms, seconds or months."""
    return value * _BASE[unit][1] if unit in _BASE else value


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
