"""One stunt explained: what happened in which order and at which height, and its numbers to scale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.knowledge.story import story_of
from stuntbook.pages.figures.scales import (
    Mark,
    Scale,
    can_be_drawn,
    magnitude,
    measure_of,
    measures_among,
    name_of,
    scale_for,
    tally_of,
)
from stuntbook.records.model import Stunt
from stuntbook.records.stated import Altitude, Sentence

HEIGHTS_LEAST = 2
"""With fewer heights there is no course to draw: the one is told by a line like other numbers."""
POINTS_DRAWN = 9
"""As many numbers as stand side by side on the narrowest screens."""
_SAME_SCALE = 60
"""Durations share a scale unless one is more than so many times another: beyond, the shorter would not be seen."""
_DURATIONS = frozenset({"action", "duration", "light", "training time"})


class CoursePoint(NamedTuple):
    """Something that happened in the course of the stunt."""

    number: int
    statement: Statement
    altitude: Altitude


class Point(NamedTuple):
    """A height in the drawing of heights."""

    number: int | None
    """The step's; None for an altitude of the stunt as a whole."""
    x: float
    """The share of the drawing's width, 0 to 1."""
    at: float


class Heights(NamedTuple):
    """Heights above the ground, true to scale."""

    scale: Scale
    levels: tuple[Mark, ...]
    """Altitudes of the stunt as a whole that no step has."""
    points: tuple[Point, ...]
    """The heights of the steps in the order of the steps, then the levels; at most `POINTS_DRAWN`."""
    more: int
    """How many heights are not drawn."""


class GridLine(NamedTuple):
    """Numbers of one kind on one scale."""

    scale: Scale
    marks: tuple[Mark, ...]

    @property
    def longest(self) -> float:
        """The share of the scale's length that the largest number takes."""
        return max(mark.at for mark in self.marks)


class Count(NamedTuple):
    """A count with a mark for each one counted, in groups of ten."""

    statement: Statement
    groups: tuple[int, ...]


class StuntFigure(NamedTuple):
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


def stunt_figure(knowledge: KnowledgeBase, stunt: Stunt) -> StuntFigure | None:
    """The figure of a stunt; None where it has neither a course nor measures."""
    statements = knowledge.statements[stunt.id]
    sentences = [each for part in story_of(stunt, statements) for each in part.statements]
    told = [(each, each.value) for each in sentences if isinstance(each.value, Sentence)]
    high = [(each, sentence.altitude) for each, sentence in told if sentence.altitude]
    steps = tuple(CoursePoint(number, *step) for number, step in enumerate(high, 1))
    measures = tuple(measures_among(statements))
    heights = _heights(steps, [each for each in measures if measure_of(each).quantity == "altitude"])
    if not heights and not measures:
        return None
    counts = tuple(Count(each, groups) for each in measures if (groups := tally_of(measure_of(each))))
    ruled = (
        each
        for each in measures
        if not tally_of(measure_of(each)) and not (heights and measure_of(each).quantity == "altitude")
    )
    return StuntFigure(steps if heights else (), heights, tuple(_rules(ruled)), counts, measures)


def _heights(steps: Sequence[CoursePoint], altitudes: Sequence[Statement]) -> Heights | None:
    of_steps = [step.altitude for step in steps]
    if len({*map(magnitude, of_steps), *(magnitude(measure_of(each)) for each in altitudes)}) < HEIGHTS_LEAST:
        return None
    scale = scale_for((*of_steps, *map(measure_of, altitudes)))
    taken = set(map(magnitude, of_steps))
    levels = tuple(scale.mark(each) for each in altitudes if magnitude(measure_of(each)) not in taken)
    heights = [(step.number, scale.at(step.altitude)) for step in steps] + [(None, level.at) for level in levels]
    drawn = heights[:POINTS_DRAWN]
    points = (Point(number, (index + 0.5) / len(drawn), at) for index, (number, at) in enumerate(drawn))
    return Heights(scale, levels, tuple(points), len(heights) - len(drawn))


def _rules(measures: Iterable[Statement]) -> Iterator[GridLine]:
    """The measures by what can share a scale: a quantity with itself, and durations of like length with each other."""
    by_name: dict[str, list[Statement]] = defaultdict(list)
    for statement in filter(lambda each: can_be_drawn(measure_of(each)), measures):
        measure = measure_of(statement)
        by_name["" if measure.quantity in _DURATIONS else name_of(measure)].append(statement)
    for name, group in by_name.items():
        for alike in [group] if name else _alike(group):
            scale = scale_for(map(measure_of, alike))
            yield GridLine(scale, tuple(map(scale.mark, alike)))


def _alike(durations: Sequence[Statement]) -> list[list[Statement]]:
    """Durations in groups that can share a scale, the longest first."""
    groups: list[list[Statement]] = []
    for statement in sorted(durations, key=lambda each: -magnitude(measure_of(each))):
        if groups and magnitude(measure_of(statement)) * _SAME_SCALE >= magnitude(measure_of(groups[-1][0])):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return groups
