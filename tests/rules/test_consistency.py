"""Values that contradict each other, and records that look like one."""

from pathlib import Path

import pytest

from tests.support import BOOK, FILM, STUNT, codes, indented, read_book

BODY = "Dara Quill jumped 3 times from 100 feet, or 30 m, and then 4 times from 40 m. It took a day. It was cold.\n"


def found(folder: Path, knowledge: str, code: str) -> int:
    _, report = read_book(folder, knowledge, weekly=BODY)
    return codes(report).count(code)


def measure(value: str, words: str, quantity: str = "jumps") -> str:
    return f"  - {{quantity: {quantity}, value: {value}, cite: {{weekly: {words}}}}}\n"


@pytest.mark.parametrize(
    ("measures", "count"),
    [
        (measure("3", "3 times") + measure("4", "4 times"), 1),
        (measure("3", "3 times"), 0),
        (measure("3", "3 times") + measure("4", "4 times", "takes"), 0),
        (measure("100, unit: ft", "100 feet", "height") + measure("30, unit: m", "30 m", "height"), 1),
        (measure("100, unit: ft", "100 feet", "height") + measure("30.5, unit: m", "30 m", "height"), 0),
        (measure("3", "3 times") + measure("4, silence: {values-differ: Two days.}", "4 times"), 0),
    ],
)
def test_measures_of_a_record_agree(measures: str, count: int, tmp_path: Path) -> None:
    assert found(tmp_path, BOOK + indented("measures:\n" + measures), "values-differ") == count


def test_a_disagreement_holds_both_values(tmp_path: Path) -> None:
    lines = f"measures:\n{measure('3', '3 times')}{measure('4', '4 times')}"
    lines += "disagreements:\n  - about: How often\n    accounts:\n"
    lines += "      - {text: So., cite: {weekly: 3 times}}\n      - {text: Not so., cite: {weekly: 4 times}}"
    assert found(tmp_path, BOOK + indented(lines), "values-differ") == 0


@pytest.mark.parametrize(("value", "count"), [("3", 0), ("4", 1)])
def test_words_carry_one_value(value: str, count: int, tmp_path: Path) -> None:
    words = "'3 times from 100 feet, or 30 m, and then 4 times'"
    other = f"  other:\n    title: The fall\n    film: canal\n{indented('measures:' + chr(10) + measure(value, words))}"
    knowledge = BOOK + indented("measures:\n" + measure("3", words)) + other
    assert found(tmp_path, knowledge, "values-differ") == count


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("name: Dara Quill", "name: Dora Quill", 1),
        ("name: Dara Quill", "name: Ben Quill", 0),
        ("name: Dara Quill", "name: Dara Venn", 0),
        ("name: Dara Quill", "name: Lu Quill\n    aliases: [Dara Quil]", 1),
        ("name: Dara Quill", "name: Dora Quill\n    silence: {look-alike: Her sister.}", 0),
    ],
)
def test_people_who_look_alike(first: str, second: str, count: int, tmp_path: Path) -> None:
    people = f"people:\n  one:\n    {first}\n  other:\n    {second}\n"
    assert found(tmp_path, FILM + people, "look-alike") == count


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ("title: Canal jumps\n    film: canal", 1),
        ("title: The long fall\n    film: canal", 0),
        ("title: Canal jumps\n    film: lake", 0),
        ("title: The long fall\n    aliases: [Canal jump]\n    film: canal", 1),
        ("title: The long fall\n    film: canal\n    summary: [{text: x, cite: {weekly: It took a day.}}]", 1),
        ("title: The long fall\n    film: canal\n    summary: [{text: x, cite: {weekly: It was cold.}}]", 0),
    ],
)
def test_stunts_that_look_alike(second: str, count: int, tmp_path: Path) -> None:
    films = f"{FILM}  lake:\n    title: Lake\n"
    first = indented("summary: [{text: It took a day., cite: {weekly: It took a day.}}]")
    assert found(tmp_path, f"{films}{STUNT}{first}  other:\n    {second}\n", "look-alike") == count


@pytest.mark.parametrize(("films", "count"), [("[canal, lake]", 1), ("[lake, canal]", 1), ("lake", 1), ("[]", 0)])
def test_stunts_that_share_several_films_are_told_once(films: str, count: int, tmp_path: Path) -> None:
    first = STUNT.replace("film: canal", "film: [canal, lake]")
    other = f"  other:\n    title: Canal jumps\n    film: {films}\n"
    assert found(tmp_path, f"{FILM}  lake:\n    title: Lake\n{first}{other}", "look-alike") == count


def test_each_of_many_alike_is_told_once(tmp_path: Path) -> None:
    people = "people:\n" + "".join(f"  one-{number}:\n    name: Dara Quill\n" for number in range(6))
    assert found(tmp_path, FILM + people, "look-alike") == 5
    stunts = "stunts:\n" + "".join(f"  jump-{n}:\n    title: Canal jump\n    film: canal\n" for n in range(6))
    assert found(tmp_path, FILM + stunts, "look-alike") == 5
