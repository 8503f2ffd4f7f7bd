"""One stunt explained: at which height what happened, and its numbers among those of other stunts."""

from collections.abc import Sequence
from typing import NamedTuple

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.knowledge.story import story_of
from stuntbook.pages.figures.comparisons import Comparison, StatedMeasures, comparisons_of
from stuntbook.pages.figures.scales import Mark, Scale, magnitude, measure_of, measures_among, scale_for
from stuntbook.records.model import Stunt
from stuntbook.records.stated import Altitude, Sentence

HEIGHTS_LEAST = 2
"""With fewer heights there is no course to draw: one is a number among the facts."""
POINTS_DRAWN = 9
"""As many numbers as stand side by side on the narrowest screens."""


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


class StuntFigure(NamedTuple):
    """All that can be drawn of a stunt."""

    steps: tuple[CoursePoint, ...]
    """All of them, in their order; none where there are no heights to draw."""
    heights: Heights | None
    comparisons: tuple[Comparison, ...]
    """Of each quantity that other stunts have too."""


def stunt_figure(knowledge: KnowledgeBase, stunt: Stunt, stated: StatedMeasures) -> StuntFigure | None:
    """The figure of a stunt; None where it has neither a course nor a number that other stunts have too."""
    statements = knowledge.statements[stunt.id]
    sentences = [each for part in story_of(stunt, statements) for each in part.statements]
    told = [(each, each.value) for each in sentences if isinstance(each.value, Sentence)]
    high = [(each, sentence.altitude) for each, sentence in told if sentence.altitude]
    steps = tuple(CoursePoint(number, *step) for number, step in enumerate(high, 1))
    measures = measures_among(statements)
    heights = _heights(steps, [each for each in measures if measure_of(each).quantity == "altitude"])
    compared = comparisons_of(knowledge, stunt.id, stated)
    return StuntFigure(steps if heights else (), heights, compared) if heights or compared else None


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
