"""One stunt explained: what happened in which order and at which height, and its numbers to scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.figures.marks import Mark, mark_on, measure_of, measures_among, name_of, tally_of
from stuntbook.pages.figures.scales import Amount, Scale, magnitude, scale_for
from stuntbook.records import model

POINTS_DRAWN = 9
"""As many numbers as stand side by side on the narrowest screens."""
_SAME_SCALE = 60
"""Durations share a scale unless one is more than so many times another: beyond, the shorter would not be seen."""
_DURATIONS = frozenset({"action", "duration", "light", "training time"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePoint:
    """Something that happened in the course of the stunt."""

    number: int
    statement: Statement
    altitude: model.Altitude | None
    """None where no article states the height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A height in the drawing of heights."""

    number: int | None
    """The step's; None for an altitude of the stunt as a whole."""
    x: float
    """The share of the drawing's width, 0 to 1."""
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """Heights above the ground, true to scale."""

    scale: Scale
    levels: tuple[Mark, ...]
    """Altitudes of the stunt as a whole that no step has."""
    points: tuple[Point, ...]
    """The heights of the steps in the order of the steps, then the levels; at most `POINTS_DRAWN`."""
    more: int
    """How many heights are not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """Numbers of one kind on one scale."""

    scale: Scale
    marks: tuple[Mark, ...]

    @property
    def longest(self) -> float:
        """The share of the scale's length that the largest number takes."""
        return max(mark.at for mark in self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count with a mark for each one counted, in groups of ten."""

    statement: Statement
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StuntFigure:
    """All that can be drawn of a stunt."""

    steps: tuple[CoursePoint, ...]
    """All of them, in their order."""
    heights: Heights | None
    rules: tuple[GridLine, ...]
    counts: tuple[Count, ...]
    measures: tuple[Statement, ...]
    """All of them, for the table."""

    @property
    def limits(self) -> frozenset[str]:
        """The kinds of limit among the drawn numbers, for the legend."""
        return frozenset(mark.limit for rule in self.rules for mark in rule.marks)


def stunt_figure(knowledge: KnowledgeBase, stunt: model.Stunt) -> StuntFigure | None:
    """The figure of a stunt; None where it has neither steps nor measures."""
    statements = knowledge.statements[stunt.id]
    steps = [each for each in statements if isinstance(each.value, model.Step)]
    measures = tuple(measures_among(statements))
    if not steps and not measures:
        return None
    counts: list[Count] = []
    ruled: list[Statement] = []
    altitudes: list[Statement] = []
    for statement in measures:
        measure = measure_of(statement)
        if groups := tally_of(measure):
            counts.append(Count(statement=statement, groups=groups))
        else:
            (altitudes if measure.quantity == "altitude" else ruled).append(statement)
    drawn = tuple(_step(number, step) for number, step in enumerate(steps, 1))
    return StuntFigure(
        steps=drawn,
        heights=_heights(drawn, altitudes),
        rules=tuple(_rules(ruled)),
        counts=tuple(counts),
        measures=measures,
    )


def _step(number: int, statement: Statement) -> CoursePoint:
    assert isinstance(statement.value, model.Step)
    return CoursePoint(number=number, statement=statement, altitude=statement.value.altitude)


def _heights(steps: Sequence[CoursePoint], altitudes: Sequence[Statement]) -> Heights | None:
    high = [(step.number, step.altitude) for step in steps if step.altitude]
    amounts: list[Amount] = [*(altitude for _, altitude in high), *map(measure_of, altitudes)]
    if not amounts:
        return None
    scale = scale_for(amounts)
    of_steps = {magnitude(altitude) for _, altitude in high}
    levels = tuple(mark_on(scale, each) for each in altitudes if magnitude(measure_of(each)) not in of_steps)
    all_points = [(number, scale.at(altitude)) for number, altitude in high] + [(None, level.at) for level in levels]
    drawn = all_points[:POINTS_DRAWN]
    points = (Point(number=number, x=(index + 0.5) / len(drawn), at=at) for index, (number, at) in enumerate(drawn))
    return Heights(scale=scale, levels=levels, points=tuple(points), more=len(all_points) - len(drawn))


def _rules(measures: Sequence[Statement]) -> Iterator[GridLine]:
    """The measures by what can share a scale: a quantity with itself, and durations of like length with each other."""
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in measures:
        name = name_of(measure_of(statement))
        by_name["" if name in _DURATIONS else name].append(statement)
    for name, group in by_name.items():
        for alike in [group] if name else _alike(group):
            scale = scale_for([measure_of(statement) for statement in alike])
            yield GridLine(scale=scale, marks=tuple(mark_on(scale, statement) for statement in alike))


def _alike(durations: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Durations in groups that can share a scale, the longest first."""
    group: list[Statement] = []
    for statement in sorted(durations, key=lambda each: -magnitude(measure_of(each))):
        if group and magnitude(measure_of(statement)) * _SAME_SCALE < magnitude(measure_of(group[0])):
            yield group
            group = []
        group.append(statement)
    if group:
        yield group
