"""Scales: where amounts stand on them, and which ticks they have."""

from typing import Any, get_args

import pytest

from stuntbook.pages.figures.scales import Amount, can_be_drawn, magnitude, openness, scale_for
from stuntbook.records.quantities import Quantity, units_of
from stuntbook.records.stated import Altitude, Measure
from tests.pages.figures.books import feet


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (feet(25_000), 7_620),
        (Altitude(value=100, unit="ft"), 30.48),
        (Measure(quantity="distance", value=1, unit="mi"), 1_609.344),
        (Measure(quantity="distance", value=2, unit="km"), 2_000),
        (Measure(quantity="speed", value=100, unit="mph"), 160.9344),
        (Measure(quantity="speed", value=10, unit="kn"), 18.52),
        (Measure(quantity="weight", value=1, unit="lb"), 0.45359237),
        (Measure(quantity="light", value=3, unit="min"), 180),
        (Measure(quantity="duration", value=1, unit="week"), 604_800),
        (Measure(quantity="training time", value=12, unit="month"), 31_556_952),
        (Measure(quantity="training time", value=1, unit="year"), 31_556_952),
        (Measure(quantity="takes", value=64), 64),
        (Measure(quantity="chances", value=2, unit="per day"), 2),
    ],
)
def test_amounts_of_all_units_compare(amount: Amount, expected: float) -> None:
    assert magnitude(amount) == pytest.approx(expected, rel=1e-8)


def test_every_unit_has_a_place_on_a_scale() -> None:
    for quantity in get_args(Quantity):
        for unit in units_of(quantity):
            amount = Measure(quantity=quantity, value=1_000, unit=unit)
            assert magnitude(amount) > 0 or not can_be_drawn(amount)


def test_a_scale_begins_at_zero_and_is_linear() -> None:
    scale = scale_for([feet(25_000), feet(5_000)])
    assert scale.ticks[0].at == 0
    assert scale.at(feet(0)) == 0
    assert scale.at(feet(25_000)) == pytest.approx(5 * scale.at(feet(5_000)))
    assert [tick.at * scale.top for tick in scale.ticks] == pytest.approx([0, 10_000, 20_000, 30_000])
    assert [tick.label for tick in scale.ticks] == ["0", "10,000", "20,000", "30,000 ft"]


@pytest.mark.parametrize(
    ("largest", "labels"),
    [
        (1, ["0", "0.5", "1", "1.5 m"]),
        (64, ["0", "20", "40", "60", "80 m"]),
        (100, ["0", "50", "100", "150 m"]),
        (0.3, ["0", "0.1", "0.2", "0.3", "0.4 m"]),
        (0, ["0", "1 m"]),
        (12_345_678, ["0", "5,000,000", "", "15,000,000 m"]),
        (123_456_789_012, ["0", "", "", "150,000,000,000 m"]),
    ],
)
def test_ticks_are_round_and_their_labels_do_not_touch(largest: float, labels: list[str]) -> None:
    scale = scale_for([Measure(quantity="depth", value=largest, unit="m")])
    assert [tick.label for tick in scale.ticks] == labels
    assert scale.at(Measure(quantity="depth", value=largest, unit="m")) < 1


def test_no_tick_lies_between_whole_counts_and_times() -> None:
    assert [tick.label for tick in scale_for([Measure(quantity="takes", value=1)]).ticks] == ["0", "1", "2"]
    year = Measure(quantity="training time", value=1, unit="year")
    assert [tick.label for tick in scale_for([year]).ticks] == ["0", "1", "2 years"]


def test_a_scale_has_the_unit_of_most_amounts() -> None:
    scale = scale_for([feet(100), Altitude(value=1_000, unit="m"), Altitude(value=20, unit="m")])
    assert (scale.unit, scale.top) == ("m", 1_500)
    assert scale.at(feet(100)) == pytest.approx(30.48 / 1_500)


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("more than", "above"),
        ("at least", "above"),
        ("less than", "below"),
        ("at most", "below"),
        ("about", "about"),
        (None, ""),
    ],
)
def test_limits(qualifier: Any, expected: str) -> None:
    assert openness(Measure(quantity="takes", value=3, qualifier=qualifier)) == expected
