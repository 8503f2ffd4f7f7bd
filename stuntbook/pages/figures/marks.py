"""Stated numbers as marks: on a scale, or one for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.scales import Scale, openness
from stuntbook.records.model import Measure

MOST_MARKS = 400
"""Up to this count, a figure shows a mark for each; beyond, a bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One stated number on a scale."""

    statement: Statement
    at: float
    """The share of the scale's length, 0 to 1."""
    limit: str
    """`above` or `below` where the article gives a limit, `about`, or empty."""

    @property
    def tally(self) -> tuple[int, ...]:
        """As `tally_of`."""
        return tally_of(measure_of(self.statement))


def mark_on(scale: Scale, statement: Statement) -> Mark:
    """A measure as a mark on a scale. Raises TypeError for another kind of statement."""
    measure = measure_of(statement)
    return Mark(statement=statement, at=scale.at(measure), limit=openness(measure))


def measure_of(statement: Statement) -> Measure:
    """The measure that a statement states. Raises TypeError where it states something else."""
    if not isinstance(statement.value, Measure):
        raise TypeError(f"a {statement.kind} is no measure")
    return statement.value


def measures_among(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that state a measure, in their order."""
    return (statement for statement in statements if isinstance(statement.value, Measure))


def name_of(measure: Measure) -> str:
    """What is measured, as figures call it: `training time`, `chances per day`."""
    return f"{measure.quantity} per day" if measure.unit == "per day" else measure.quantity


def tally_of(measure: Measure) -> tuple[int, ...]:
    """A count as groups of ten marks and a last one of what remains: 64 is six tens and a four.

    Empty for what is no whole count, and for counts of more than `MOST_MARKS`.
    """
    if measure.unit not in (None, "per day") or measure.value != int(measure.value) or measure.value > MOST_MARKS:
        return ()
    tens, rest = divmod(int(measure.value), 10)
    return (10,) * tens + ((rest,) if rest else ())
