"""Honest scales: linear, from zero, with round ticks, whatever unit each number was given in; and marks on them."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stuntbook.knowledge.statements import Statement
from stuntbook.records.currencies import currencies
from stuntbook.records.quantities import Range, convert, ends, format_amount
from stuntbook.records.stated import Altitude, Measure
from stuntbook.text.numerals import Number

Amount = Measure | Altitude

# Seconds of a mean Gregorian month and year: 146,097 days in 400 years.
_YEAR = 146_097 / 400 * 86_400
_IN_BASE: dict[str | None, float] = {
    None: 1,
    "m": 1,
    "km": 1_000,
    "cm": 0.01,
    "t": 1_000,
    "ton": 1_000,
    "km/h": 1,
    "kg": 1,
    "s": 1,
    "min": 60,
    "h": 3_600,
    "day": 86_400,
    "night": 86_400,
    "week": 7 * 86_400,
    "month": _YEAR / 12,
    "year": _YEAR,
    "per day": 1,
    "°C": 1,
    "K": 1,
    "°F": 1 / 1.8,
}
"""What one of a unit comes to in metres, kilometres per hour, kilograms, seconds, times a day, or degrees Celsius.

A ton is between 907 and 1,016 kg, which makes no difference that a drawing would show.
"""
_ZERO = {"°F": -32 / 1.8, "K": -273.15}
"""What a unit's zero is in degrees Celsius."""
_FRACTIONAL: frozenset[str | None] = frozenset({"ft", "m", "mi", "km", "mph", "km/h", "kn", "lb", "kg"})
"""Units of which readers expect parts between one and the next; a tick at 0.2 years would puzzle them."""
_OPENNESS = {
    "more than": "above",
    "at least": "above",
    "less than": "below",
    "at most": "below",
    "about": "about",
    "almost": "about",
}
_VERY_MANY = 1_000_000_000
_LABEL_ROOM = 36
"""How many characters stand side by side along an axis on the narrowest screens."""


class Tick(NamedTuple):
    """A mark of an axis."""

    at: float
    """The share of the axis's length, 0 to 1."""
    label: str
    """Empty where there is no room for it."""


class Mark(NamedTuple):
    """One stated number on a scale."""

    statement: Statement
    at: float
    """The share of the scale's length, 0 to 1; of a range, its end."""
    limit: str
    """As `openness`."""
    start: float | None = None
    """Of a range, the share at which it begins."""


class Scale(NamedTuple):
    """A linear axis that starts at zero."""

    top: float
    """Where it ends, in its unit."""
    unit: str | None
    ticks: tuple[Tick, ...]

    def at(self, amount: Amount) -> float:
        """Where an amount stands, or a range ends: its share of the axis's length."""
        return magnitude(amount) / _magnitude(self.top, self.unit)

    def mark(self, statement: Statement) -> Mark:
        """A measure as a mark. Raises TypeError for another kind of statement."""
        measure = measure_of(statement)
        least, at = least_magnitude(measure), self.at(measure)
        start = None if least == magnitude(measure) else least / _magnitude(self.top, self.unit)
        return Mark(statement, at, openness(measure), start)


def scale_for(amounts: Iterable[Amount]) -> Scale:
    """A scale from zero to beyond the largest of the amounts, in the unit that most of them are given in."""
    amounts = list(amounts)
    unit = Counter(amount.unit for amount in amounts).most_common(1)[0][0]
    highest = max(map(magnitude, amounts)) / _magnitude(1, unit)
    step = round_step(highest, 4)
    if highest >= 1 and unit not in _FRACTIONAL:
        step = max(step, 1)
    # The largest mark stays clear of the edge, where an arrow may go on from it.
    count = math.floor(highest / step + 0.1) + 1
    values = [_tidy(step * index) for index in range(count + 1)]
    labels = _fitting([*(f"{value:,}" for value in values[:-1]), format_amount(values[-1], unit)])
    return Scale(values[-1], unit, tuple(Tick(index / count, label) for index, label in enumerate(labels)))


def _fitting(labels: list[str]) -> list[str]:
    """The labels without those that would touch another; the first begins at its tick, and the last ends at it."""
    room = _LABEL_ROOM // (len(labels) - 1)
    if max(map(len, labels[1:-1]), default=0) > room:
        return [labels[0], *[""] * (len(labels) - 2), labels[-1]]
    if len(labels) > 2 and len(labels[-1]) + len(labels[-2]) / 2 > room:
        labels[-2] = ""
    return labels


def round_step(extent: float, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that divides an extent into at most so many steps."""
    if extent <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(extent / most))
    return next(factor * power for factor in (1, 2, 5, 10) if extent / (factor * power) <= most + 1e-9)


def _tidy(value: float) -> Number:
    """Without the noise of binary fractions, and a whole number where it is one."""
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() else rounded


def magnitude(amount: Amount) -> float:
    """The number in the unit that all units of its kind convert to: metres, km/h, kilograms, seconds or a count.

    Of a range, the largest that it may be.
    """
    return _magnitude(ends(amount.value)[1], amount.unit)


def least_magnitude(amount: Amount) -> float:
    """As `magnitude`, but of a range the smallest that it may be."""
    return _magnitude(ends(amount.value)[0], amount.unit)


def _magnitude(value: Number, unit: str | None) -> float:
    if unit in currencies():
        return value
    if unit in _IN_BASE:
        return value * _IN_BASE[unit] + _ZERO.get(unit or "", 0)
    assert unit
    # `convert` rounds to the whole unit: of very many of them, that leaves nine digits.
    converted = convert(_VERY_MANY, unit)
    assert converted, f"{unit} has neither a base unit nor a conversion"
    return value * ends(converted[0])[0] / _VERY_MANY * _IN_BASE[converted[1]]


def openness(amount: Amount) -> str:
    """How the article limits the number: `above` and `below` for limits that it gives, `about`, `range`, or empty."""
    if isinstance(amount.value, Range):
        return "range"
    return _OPENNESS.get(amount.qualifier or "", "") if isinstance(amount, Measure) else ""


def measure_of(statement: Statement) -> Measure:
    """The measure that a statement states. Raises TypeError where it states something else."""
    if not isinstance(statement.value, Measure):
        raise TypeError(f"a {statement.kind} is no measure")
    return statement.value


def measures_among(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that state a measure, in their order."""
    return (statement for statement in statements if isinstance(statement.value, Measure))


def kind_of(measure: Measure) -> str:
    """The kind of number: its quantity, or a count a day."""
    return f"{measure.quantity} per day" if measure.unit == "per day" else measure.quantity


def name_of(measure: Measure) -> str:
    """What is measured, as figures call it: `training time`, `chances per day`, `height of the ramp`, `cost in GBP`.

    What has the same name can be compared.
    """
    of = f" of {measure.what}" if measure.what else ""
    return f"{kind_of(measure)}{of}{f' in {measure.unit}' if measure.quantity == 'cost' else ''}"


def can_be_drawn(measure: Measure) -> bool:
    """Whether it is so much more than nothing: a temperature is not, on the scales that people use."""
    return measure.quantity != "temperature"
