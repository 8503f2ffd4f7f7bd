"""The editor's own words: numbers and names stand in the passages, and a guess stays one."""

from pathlib import Path

import pytest

from stuntbook.rules.engine import JUDGEMENT_CODES
from tests.support import BOOK, FRONT_MATTER, codes, indented, judged, read_book

BODY = (
    "Dara Quill jumped from 25,000 feet at Sample Bay, 3 times at 120 mph. One chance was left. "
    "The jump took twenty-two takes. It could be the last one. Lu Marsh's boat was there, and the “Canal”.\n"
)


def claim(text: str, words: str, extra: str = "") -> str:
    return f'summary: [{{text: "{text}", {extra}cite: {{weekly: "{words}"}}}}]'


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
    ("words", "code"), [("The jump of the Rope Friends.", []), ("The jump of some friends.", ["name-in-text"])]
)
def test_a_link_to_an_organisation_names_it(words: str, code: list[str], tmp_path: Path) -> None:
    book = BOOK + indented(claim("The jump of [[rope]].", words)) + "organisations:\n  rope: {name: Rope Friends}\n"
    _, report = read_book(tmp_path, book, weekly=f"{words}\n")
    assert [each for each in codes(report) if each in JUDGEMENT_CODES] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Example Gazette has it.", []),
        ("It is in Example Gazette's report.", []),
        ("It is in the Example Weekly.", ["name-in-text"]),
        ("It is in the Other Herald.", ["name-in-text"] * 2),
        ("It is. Example Gazette's report has it.", []),
        ("Other Herald has it.", ["name-in-text"] * 2),
        ("It is. Other Herald's report has it.", ["name-in-text"] * 2),
        ("Other papers have it.", []),
        ("Venn was there.", ["name-in-text"]),
        ("“Mo Venn was there.”", ["name-in-text"] * 2),
    ],
)
def test_a_sentence_may_name_who_published_what_it_cites(text: str, code: list[str], tmp_path: Path) -> None:
    other = FRONT_MATTER.replace("Example Gazette", "Other Herald") + "Nothing.\n"
    _, report = read_book(tmp_path, BOOK + indented(claim(text, "The jump took")), weekly=BODY, herald=other)
    assert [each for each in codes(report) if each in JUDGEMENT_CODES] == code


@pytest.mark.parametrize(("words", "code"), [("of chance and rope", []), ("of the day", ["name-in-text"])])
def test_a_sentence_may_begin_with_a_word_that_is_a_name_too(words: str, code: list[str], tmp_path: Path) -> None:
    book = BOOK.replace("Mo Venn", "Ben Rope") + indented(claim("Rope counted.", words))
    _, report = read_book(tmp_path, book, weekly=f"It was a matter {words}.\n")
    assert [each for each in codes(report) if each in JUDGEMENT_CODES] == code


@pytest.mark.parametrize("field", ["summary", "story: {reception", "story: {aftermath", "risks"])
def test_a_sentence_rests_on_its_own_passages(field: str, tmp_path: Path) -> None:
    sentences = '[{text: It took 120 takes in Sample Bay., cite: {weekly: "The jump took"}}]' + "}" * ("{" in field)
    elsewhere = f'places: [{{name: x, cite: {{weekly: "{HEIGHT}"}}}}]'
    assert judged(tmp_path, f"{field}: {sentences}\n{elsewhere}", BODY) == [*["name-in-text"] * 2, "number-in-text"]


def test_what_carries_a_sentence_in_part_counts_for_nothing(tmp_path: Path) -> None:
    also = f'also: {{weekly: "{HEIGHT}"}}, '
    assert judged(tmp_path, claim("The jump of Dara Quill took 3 goes.", "The jump took", also), BODY) == [
        *["name-in-text"] * 2,
        "number-in-text",
    ]


NOTES = [
    'note: "{}"',
    'places: [{{name: x, note: "{}"}}]',
    'risks: [{{text: x, precautions: [{{text: y, note: "{}"}}]}}]',
    'story: {{filming: [{{text: x, note: "{}"}}]}}',
    'quotes: [{{speaker: a sailor, context: "{}", cite: {{weekly: "Canal"}}, silence: {{speaker-not-named: x}}}}]',
]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("We take 120 mph for the speed of Dara Quill.", []),
        ("That is 193 km/h.", []),
        ("We take the two for one person.", []),
        ("The article misspells it.", []),
        ("Both accounts stand in Example Gazette.", []),
        ("Other Herald does not tell it.", []),
        ("It is not told in English or in Upper Sorbian.", []),
        ("See [[mo-venn]] and [[dara-quill]].", []),
        ("They differ; see also [[mo-venn|his page]].", []),
        ("It took 22 takes.", ["number-in-text"]),
        ("It took three hundred takes.", ["number-in-text"]),
        ("It was in Venice.", ["name-in-text"]),
        ("It was not by [[mo-venn]].", ["name-in-text"]),
        ("See [[mo-venn]] of Venice.", ["name-in-text"]),
        ("It was in the Second Herald.", ["name-in-text"]),
    ],
)
@pytest.mark.parametrize("lines", NOTES)
def test_a_remark_states_nothing_that_its_record_does_not_cite(
    lines: str, note: str, code: list[str], tmp_path: Path
) -> None:
    other = FRONT_MATTER.replace("Example Gazette", "Other Herald") + "Nothing.\n"
    book = BOOK + indented(f'{lines.format(note)}\nsummary: [{{text: It was., cite: {{weekly: "{HEIGHT}"}}}}]')
    _, report = read_book(tmp_path, book, weekly=BODY, herald=other)
    assert [each for each in codes(report) if each in JUDGEMENT_CODES] == code


def test_a_remark_may_say_what_a_record_cites_in_part(tmp_path: Path) -> None:
    lines = (
        'note: Lu Marsh.\nsummary: [{text: It was., cite: {weekly: The jump took}, also: {weekly: "Lu Marsh\'s boat"}}]'
    )
    assert judged(tmp_path, lines, BODY) == []


def test_a_remark_on_a_record_that_cites_nothing_rests_on_nothing(tmp_path: Path) -> None:
    assert judged(tmp_path, "note: It took 22 takes.", BODY) == ["number-in-text"]


def test_a_remark_is_not_judged_before_all_that_its_record_cites_is_found(tmp_path: Path) -> None:
    lines = "note: It took 22 takes.\nsummary: [{text: It was., cite: {weekly: twenty-two tooks}}]"
    assert judged(tmp_path, lines, BODY) == []


def test_a_sentence_that_cites_nothing_is_not_judged(tmp_path: Path) -> None:
    assert judged(tmp_path, "summary: [{text: It took 99 takes in Venice.}]", BODY) == []


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


@pytest.mark.parametrize(
    "hedge", ["may have sunk", "nearly sank", "is set to sink", "wanted to sink", "intends to sink"]
)
def test_what_is_planned_or_almost_happened_is_no_plain_fact(hedge: str, tmp_path: Path) -> None:
    body = f"The boat {hedge} at noon."
    assert judged(tmp_path, claim("At noon it went down.", body), body) == ["guess-as-fact"]
    assert judged(tmp_path, claim(f"At noon it {hedge}.", body), body) == []
