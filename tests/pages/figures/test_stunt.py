"""The figure of one stunt: its course, and its numbers among those of others."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.body_map import body_map
from stuntbook.pages.figures.collaboration import collaboration as collaboration_of
from stuntbook.pages.figures.comparisons import (
    OTHERS_DRAWN,
    comparisons,
    stated_measures,
    superlatives,
)
from stuntbook.pages.figures.stunt import POINTS_DRAWN, StuntFigure, stunt_figure
from stuntbook.pages.figures.timeline import timeline as timeline_of
from tests.pages.figures.books import book, cast, high, measured


def figure(folder: Path, stunt: Mapping[str, Any]) -> StuntFigure:
    knowledge = book(folder, stunts={"jump": stunt})
    found = stunt_figure(knowledge, knowledge.stunts["jump"], stated_measures(knowledge))
    assert found
    return found


def step(text: str, value: float | None = None, unit: str = "ft") -> Mapping[str, Any]:
    return {"text": text} | ({"altitude": {"value": value, "unit": unit}} if value is not None else {})


def told(*sentences: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"story": {"performance": list(sentences)}}


def test_where_there_is_nothing_to_draw_there_is_no_figure(tmp_path: Path) -> None:
    films = {"a": cast("p0"), "b": cast("p1")}
    knowledge = book(tmp_path, films=films, stunts={"jump": told(step("It was high."))})
    assert (comparisons(knowledge), superlatives(knowledge)) == ((), ())
    assert collaboration_of(knowledge) is None
    assert body_map([]) is None
    assert stunt_figure(knowledge, knowledge.stunts["jump"], {}) is None
    assert timeline_of(book(tmp_path, films={})) is None


def test_steps_stand_at_their_height_above_the_ground(tmp_path: Path) -> None:
    steps = [step("Up.", 3_000), step("Somewhere."), step("Lower.", 300, "m"), step("Down.", 0)]
    found = figure(tmp_path, told(*steps))
    assert found.heights
    scale = found.heights.scale
    assert [each.statement.text for each in found.steps] == ["Up.", "Lower.", "Down."]
    assert [point.number for point in found.heights.points] == [1, 2, 3]
    assert [point.at * scale.top for point in found.heights.points] == pytest.approx([3_000, 300 / 0.3048, 0])
    assert [point.x for point in found.heights.points] == sorted(point.x for point in found.heights.points)


def test_an_altitude_that_a_step_has_is_not_drawn_twice(tmp_path: Path) -> None:
    steps = told(step("Up.", 3_000), step("Down.", 0))
    same = figure(tmp_path / "same", {**steps, **measured(high(3_000))}).heights
    other = figure(tmp_path / "other", {**steps, **measured(high(2_000))}).heights
    assert same
    assert other
    assert same.levels == ()
    assert [level.at * other.scale.top for level in other.levels] == pytest.approx([2_000])
    assert [point.number for point in other.points] == [1, 2, None]


def test_one_height_makes_no_course(tmp_path: Path) -> None:
    alone = book(tmp_path, stunts={"jump": {**told(step("Up.", 3_000)), **measured(high(3_000))}})
    assert stunt_figure(alone, alone.stunts["jump"], stated_measures(alone)) is None


def test_the_course_goes_from_part_to_part_of_the_story(tmp_path: Path) -> None:
    parts = {"aftermath": [step("Down.", 0)], "performance": [step("Up.", 3_000)]}
    assert [each.statement.text for each in figure(tmp_path, {"story": parts}).steps] == ["Up.", "Down."]


def test_many_heights_are_capped_and_all_steps_listed(tmp_path: Path) -> None:
    found = figure(tmp_path, told(*(step(f"Step {number}.", number) for number in range(30))))
    assert found.heights
    assert (len(found.heights.points), found.heights.more) == (POINTS_DRAWN, 30 - POINTS_DRAWN)
    assert len(found.steps) == 30


def of_stunt(knowledge: KnowledgeBase, stunt: str) -> StuntFigure:
    found = stunt_figure(knowledge, knowledge.stunts[stunt], stated_measures(knowledge))
    assert found
    return found


def test_a_number_of_a_stunt_stands_among_those_that_come_nearest(tmp_path: Path) -> None:
    knowledge = book(tmp_path, stunts={f"s{value}": measured(high(value)) for value in range(1, 31)})

    def nearest(stunt: str) -> list[str]:
        (comparison,) = of_stunt(knowledge, stunt).comparisons
        assert comparison.stunts == 30
        return [row.stunt.id for row in comparison.drawn]

    assert nearest("s20") == [f"s{value}" for value in range(23, 16, -1)]
    assert nearest("s30") == [f"s{value}" for value in range(30, 23, -1)]
    assert nearest("s1") == [f"s{value}" for value in range(7, 0, -1)]
    assert len(nearest("s5")) == OTHERS_DRAWN + 1


def test_a_number_that_no_other_stunt_has_is_not_drawn(tmp_path: Path) -> None:
    takes = {"quantity": "takes", "value": 64}
    knowledge = book(tmp_path, stunts={"one": measured(takes, high(5)), "two": measured(high(6)), "none": {}})
    assert [each.quantity for each in of_stunt(knowledge, "one").comparisons] == ["altitude"]
    assert stunt_figure(knowledge, knowledge.stunts["none"], stated_measures(knowledge)) is None
