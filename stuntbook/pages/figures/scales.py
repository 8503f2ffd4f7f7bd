"""Honest scales: linear, from zero, with round ticks, whatever unit each number was given in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from stuntbook.records.model import Altitude, Measure
from stuntbook.records.quantities import Unit, convert, format_amount
from stuntbook.text.numerals import Number

Amount = Measure | Altitude

# Seconds of a mean Gregorian month and year: 146,097 days in 400 years.
_YEAR = 146_097 / 400 * 86_400
_IN_BASE: dict[Unit, float] = {
    "m": 1,
    "km": 1_000,
    "km/h": 1,
    "kg": 1,
    "s": 1,
    "min": 60,
    "h": 3_600,
    "day": 86_400,
    "week": 7 * 86_400,
    "month": _YEAR / 12,
    "year": _YEAR,
    "per day": 1,
}
"""What one of a unit comes to in metres, kilometres per hour, kilograms, seconds, or times a day."""
_VERY_MANY = 1_000_000_000
_LABEL_ROOM = 36
"""How many characters stand side by side along an axis on the narrowest screens."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: float
    """The share of the axis's length, 0 to 1."""
    label: str
    """Empty where there is no room for it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis that starts at zero."""

    top: float
    """Where it ends, in its unit."""
    unit: Unit | None
    ticks: tuple[Tick, ...]

    def at(self, amount: Amount) -> float:
        """Where an amount stands: its share of the axis's length."""
        return magnitude(amount) / _magnitude(self.top, self.unit)


def magnitude(amount: Amount) -> float:
    """The number in the unit that all units of its kind convert to: metres, km/h, kilograms, seconds or a count."""
    return _magnitude(amount.value, amount.unit)


def _magnitude(value: Number, unit: Unit | None) -> float:
    if unit is None:
        return value
    if unit in _IN_BASE:
        return value * _IN_BASE[unit]
    # `convert` rounds to the whole unit: of very many of them, that leaves nine digits.
    converted = convert(_VERY_MANY, unit)
    assert converted is not None, f"{unit} has neither a base unit nor a conversion"
    return value * converted[0] / _VERY_MANY * _IN_BASE[converted[1]]


def scale_for(amounts: Sequence[Amount]) -> Scale:
    """A scale from zero to beyond the largest of the amounts, in the unit that most of them are given in."""
    unit = Counter(amount.unit for amount in amounts).most_common(1)[0][0]
    return _scale(max(map(magnitude, amounts)) / _magnitude(1, unit), unit)


def openness(amount: Amount) -> str:
    """How the article limits the number: `above` and `below` for limits that it gives, `about`, or empty."""
    match amount.qualifier if isinstance(amount, Measure) else None:
        case "more than" | "at least":
            return "above"
        case "less than" | "at most":
            return "below"
        case "about":
            return "about"
        case _:
            return ""


def _scale(highest: float, unit: Unit | None) -> Scale:
    step = round_step(highest, 4)
    if highest >= 1 and (unit is None or unit not in _FRACTIONAL):
        step = max(step, 1)
    # The largest mark stays clear of the edge, where an arrow may go on from it.
    count = math.floor(highest / step + 0.1) + 1
    values = [_tidy(step * index) for index in range(count + 1)]
    labels = _fitting([*(f"{value:,}" for value in values[:-1]), format_amount(values[-1], unit)])
    ticks = (Tick(index / count, label) for index, label in enumerate(labels))
    return Scale(float(values[-1]), unit, tuple(ticks))


def _fitting(labels: list[str]) -> list[str]:
    """The labels without those that would touch another; the first begins at its tick, and the last ends at it."""
    room = _LABEL_ROOM // (len(labels) - 1)
    if max(map(len, labels[1:-1]), default=0) > room:
        return [labels[0], *[""] * (len(labels) - 2), labels[-1]]
    if len(labels) > 2 and len(labels[-1]) + len(labels[-2]) / 2 > room:
        labels[-2] = ""
    return labels


_FRACTIONAL: frozenset[Unit] = frozenset({"ft", "m", "mi", "km", "mph", "km/h", "kn", "lb", "kg"})
"""Units of which readers expect parts between one and the next; a tick at 0.2 years would puzzle them."""


def round_step(extent: float, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that divides an extent into at most so many steps."""
    if extent <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(extent / most))
    return next(factor * power for factor in (1, 2, 5, 10) if extent / (factor * power) <= most + 1e-9)


def _tidy(value: float) -> Number:
    """Without the noise of binary fractions, and a whole number where it is one."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded == int(rounded) else rounded
