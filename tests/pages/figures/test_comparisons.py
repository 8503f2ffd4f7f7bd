"""What is compared with what, what stands in which order, and which stunt holds a record."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.comparisons import (
    STUNTS_DRAWN,
    STUNTS_LISTED,
    Comparison,
    Superlative,
    comparisons,
    single_measures,
    superlatives,
)
from stuntbook.records.quantities import Quantity, units_of
from tests.pages.figures.books import book, high, measured

# --- Comparisons


def compared(knowledge: KnowledgeBase, quantity: str = "altitude") -> Comparison:
    (comparison,) = (each for each in comparisons(knowledge) if each.quantity == quantity)
    return comparison


def test_stunts_stand_by_size_in_whatever_unit(tmp_path: Path) -> None:
    stunts = {"low": measured(high(100)), "top": measured(high(1_000, "m")), "mid": measured(high(3_000))}
    comparison = compared(book(tmp_path, stunts=stunts))
    assert [row.stunt.id for row in comparison.drawn] == ["top", "mid", "low"]
    assert comparison.scale
    shares = [row.marks[0].at * comparison.scale.top for row in comparison.drawn]
    assert shares == pytest.approx([1_000 / 0.3048, 3_000, 100], rel=1e-6)


def test_all_numbers_of_a_stunt_are_shown(tmp_path: Path) -> None:
    stunts = {"odd": measured(high(100), high(30, "m", "about")), "even": measured(high(99))}
    comparison = compared(book(tmp_path, stunts=stunts))
    assert [[mark.limit for mark in row.marks] for row in comparison.drawn] == [["", "about"], [""]]
    assert comparison.limits == {"", "about"}


def test_counts_and_counts_per_day_do_not_compare(tmp_path: Path) -> None:
    chances = {"quantity": "chances", "value": 5}
    stunts = {"one": measured(chances), "two": measured({**chances, "unit": "per day"})}
    knowledge = book(tmp_path, stunts=stunts)
    assert comparisons(knowledge) == ()
    assert [each.text for each in single_measures(knowledge)] == ["Chances: 5", "Chances: 5 per day"]


def test_quantities_of_most_stunts_come_first(tmp_path: Path) -> None:
    depth = {"quantity": "depth", "value": 5, "unit": "m"}
    speed = {"quantity": "speed", "value": 5, "unit": "mph"}
    stunts = {"one": measured(high(1), depth, speed), "two": measured(speed, depth), "three": measured(speed)}
    knowledge = book(tmp_path, stunts=stunts)
    assert [each.quantity for each in comparisons(knowledge)] == ["speed", "depth"]
    assert [each.text for each in single_measures(knowledge)] == ["Altitude: 1 ft"]  # with which nothing compares


def test_a_comparison_is_capped_and_counts_the_rest(tmp_path: Path) -> None:
    comparison = compared(book(tmp_path, stunts={f"s{value}": measured(high(value)) for value in range(1, 121)}))
    assert (len(comparison.drawn), len(comparison.listed), comparison.stunts) == (STUNTS_DRAWN, STUNTS_LISTED, 120)
    assert comparison.drawn[0].stunt.id == "s120"
    assert comparison.listed[-1].stunt.id == "s61"


# --- Records


def record(knowledge: KnowledgeBase, label: str) -> Superlative:
    (found,) = (each for each in superlatives(knowledge) if each.label == label)
    return found


def holders(found: Superlative) -> list[str]:
    return [statement.record for statement in found.holders]


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([high(3_000), high(1_000, "m")], ["s1"]),  # in whatever unit
        ([high(9), high(50), high(50)], ["s1", "s2"]),
        ([high(50), high(50, qualifier="more than")], ["s1"]),
        ([high(50), high(900, qualifier="at most")], ["s0"]),  # an upper limit proves no record
        ([high(50), high(900, qualifier="less than")], ["s0"]),
    ],
)
def test_the_largest_holds_the_record_and_equals_share_it(
    measures: list[Mapping[str, Any]], expected: list[str], tmp_path: Path
) -> None:
    stunts = {f"s{number}": measured(each) for number, each in enumerate(measures)}
    highest = record(book(tmp_path, stunts=stunts), "Highest")
    assert (holders(highest), highest.stunts) == (expected, len(stunts))


def test_what_is_scarce_is_remarkable_where_it_is_least(tmp_path: Path) -> None:
    light = {"quantity": "light", "value": 3, "unit": "min"}
    stunts = {"a": measured(light), "b": measured({**light, "value": 120, "unit": "s"})}
    assert holders(record(book(tmp_path, stunts=stunts), "Shortest light")) == ["b"]


def test_every_quantity_has_a_record(tmp_path: Path) -> None:
    units = {quantity: min(units_of(quantity), key=str) for quantity in get_args(Quantity)}
    whats = {each: {"what": "car"} for each in ("speed", "weight")}
    measures = [
        {"quantity": each, "value": 5} | ({"unit": unit} if unit else {}) | whats.get(each, {})
        for each, unit in units.items()
    ]
    assert superlatives(book(tmp_path / "alone", stunts={"a": measured(*measures)})) == ()  # nobody to compete with
    found = superlatives(book(tmp_path, stunts=dict.fromkeys("ab", measured(*measures))))
    names = {"cost": f"cost in {units['cost']}", "speed": "speed of car", "weight": "weight of car"}
    assert sorted(each.quantity for each in found) == sorted(names.get(each, each) for each in units)
    assert len({each.label for each in found}) == len(units)


def test_like_is_compared_with_like(tmp_path: Path) -> None:
    def fast(value: int, what: str = "") -> Mapping[str, Any]:
        return {"quantity": "speed", "value": value, "unit": "mph"} | ({"what": what} if what else {})

    stunts = {"a": measured(fast(80, "sled"), fast(95)), "b": measured(fast(90), fast(70, "sled"))}
    knowledge = book(tmp_path, stunts=stunts)
    assert holders(record(knowledge, "Fastest: sled")) == ["a"]
    # Of 90 and 95 mph it is not known what had them: they are shown, and are no record.
    assert [each.quantity for each in superlatives(knowledge)] == ["speed of sled"]
    assert {each.quantity for each in comparisons(knowledge)} == {"speed of sled", "speed"}


def test_a_range_holds_the_record_where_all_of_it_does(tmp_path: Path) -> None:
    wide = {"from": 40, "to": 60}
    for other, expected in ((30, ["a"]), (70, ["b"]), (50, [])):
        knowledge = book(tmp_path, stunts={"a": measured(high(wide)), "b": measured(high(other))})
        found = [each for each in superlatives(knowledge) if each.label == "Highest"]
        assert [holder for each in found for holder in holders(each)] == expected
