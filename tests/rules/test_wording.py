"""The editor's own words: numbers and names stand in the passages, and a guess stays one."""

from pathlib import Path

import pytest

from tests.support import judged

BODY = (
    "Dara Quill jumped from 25,000 feet at Sample Bay, 3 times at 120 mph. One chance was left. "
    "The jump took twenty-two takes. It could be the last one. Lu Marsh's boat was there, and the “Canal”.\n"
)


def claim(text: str, words: str, extra: str = "") -> str:
    return f'claims: [{{text: "{text}", {extra}cite: {{weekly: "{words}"}}}}]'


HEIGHT = "Dara Quill jumped from 25,000 feet at Sample Bay, 3 times at 120 mph."


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("From 25,000 feet.", HEIGHT, []),
        ("From twenty-five thousand feet.", HEIGHT, []),
        ("From 7,620 metres.", HEIGHT, []),
        ("At 193 km/h.", HEIGHT, []),
        ("Three jumps.", HEIGHT, []),
        ("From 7,621 metres.", HEIGHT, ["number-in-text"]),
        ("From 2,500 feet.", HEIGHT, ["number-in-text"]),
        ("Four jumps, five jumps.", HEIGHT, ["number-in-text", "number-in-text"]),
        ("It took 22 takes.", "The jump took twenty-two takes.", []),
        ("It took 22 takes.", "The jump took", ["number-in-text"]),
        ("One article says so.", "The jump took", []),
        ("It says so in one article.", "The jump took", []),
        ("It took [[canal|nine films]].", "The jump took", ["number-in-text"]),
    ],
)
def test_numbers_stand_in_the_passages(text: str, words: str, code: list[str], tmp_path: Path) -> None:
    assert judged(tmp_path, claim(text, words), BODY) == code


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("A jump at Sample Bay.", HEIGHT, []),
        ("A jump at Other Bay.", HEIGHT, ["name-in-text"]),
        ("Somewhere. There she jumped: Never before.", HEIGHT, []),
        ("“Never” she jumped.", HEIGHT, []),
        ("(There was a jump.)", HEIGHT, []),
        ("The boat was Lu Marsh's.", "Lu Marsh's boat", []),
        ("The boat of Lu Marsh.", "Lu Marsh's boat", []),
        ("The boat was Lu's.", "Lu Marsh's boat", []),
        ("The boat of Lu Marsch.", "Lu Marsh's boat", ["name-in-text"]),
        ("The film is Canal.", "The jump took", []),
        ("The jump of [[dara-quill]].", "The jump took", ["name-in-text"]),
        ("The jump of [[dara-quill|Dara Quill]].", "The jump took", ["name-in-text"] * 3),
        ("The jump of [[dara-quill]].", HEIGHT, []),
        ("The jump of [[dara-quill|her]].", HEIGHT, []),
        ("See [[weekly]] and [[canal-jump]].", "The jump took", []),
        ("And I was there.", "The jump took", []),
    ],
)
def test_names_stand_in_the_passages(text: str, words: str, code: list[str], tmp_path: Path) -> None:
    assert judged(tmp_path, claim(text, words), BODY) == code


@pytest.mark.parametrize("lines", ["performers: [dara-quill]", "credits: [{person: dara-quill, role: double}]"])
def test_a_stunt_is_about_its_people(lines: str, tmp_path: Path) -> None:
    assert judged(tmp_path, f"{lines}\n{claim('The jump of Dara Quill.', 'The jump took')}", BODY) == []


@pytest.mark.parametrize(
    ("summary", "code"),
    [
        ("It took 22 takes at Sample Bay.", []),
        ("It took 21 takes.", ["number-in-text"]),
        ("It was made in Venice.", ["name-in-text"]),
    ],
)
def test_a_summary_rests_on_all_that_its_record_cites(summary: str, code: list[str], tmp_path: Path) -> None:
    cite = f'cite: [{{weekly: "The jump took twenty-two takes."}}, {{weekly: "{HEIGHT}"}}]'
    assert judged(tmp_path, f"summary: {summary}\nclaims: [{{text: It was a jump., {cite}}}]", BODY) == code


def test_a_summary_of_a_record_that_cites_nothing_rests_on_nothing(tmp_path: Path) -> None:
    assert judged(tmp_path, "summary: It took 22 takes.", BODY) == ["number-in-text"]


def test_a_claim_that_cites_nothing_is_not_judged(tmp_path: Path) -> None:
    assert judged(tmp_path, "claims: [{text: It took 99 takes in Venice.}]", BODY) == []


@pytest.mark.parametrize(
    ("text", "extra", "code"),
    [
        ("It was the last one.", "", ["guess-as-fact"]),
        ("It was the last one, perhaps.", "", []),
        ("It might be the last one.", "", []),
        ("It was the last one.", "by: dara-quill, ", []),
        ("It was the last one.", "note: A guess., ", []),
        ("It was the last one.", "silence: {guess-as-fact: Later confirmed.}, ", []),
    ],
)
def test_a_guess_stays_a_guess(text: str, extra: str, code: list[str], tmp_path: Path) -> None:
    assert judged(tmp_path, claim(text, "It could be the last one.", extra), BODY) == code
