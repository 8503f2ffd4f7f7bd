"""The editorial rules: what each refuses, and what it lets pass."""

from pathlib import Path

import pytest

from tests.support import BOOK, FRONT_MATTER, codes, indented, judged, proven, read_book

BODY = """\
She jumped three times, from 112 m, for an entire year; it was a mile away. It was a film of 2001.
“I never looked down,” she said, “and never up.” 'Twas the divers' boat. Share this.
"""


def problems(folder: Path, lines: str, body: str = BODY) -> list[str]:
    _, report = read_book(folder, BOOK + indented(lines), weekly=body)
    return [each.code for each in proven(report)]


def cites(words: str) -> str:
    return f'{{weekly: "{words}"}}'


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("I never looked down,", []),
        ("looked", []),
        ("and never up.", []),
        ("she said,", ["quote-not-quoted"]),
        ('\\"I never looked down,\\"', ["quote-not-quoted"]),
        ('looked down,\\" she said', ["quote-not-quoted"]),
        ("She jumped three times", ["quote-not-quoted"]),
    ],
)
def test_a_quote_stands_in_quotation_marks(words: str, code: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, f"quotes: [{{speaker: mo-venn, cite: {cites(words)}}}]") == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("I never looked down,", "and never up."), []),
        (("and never up.", "I never looked down,"), ["quote-order"]),
        (("I never looked", "looked down,"), ["quote-order"]),
        (("I never looked", "down,", "and never up."), []),
    ],
)
def test_the_parts_of_a_quote_come_in_order(parts: tuple[str, ...], code: list[str], tmp_path: Path) -> None:
    cite = ", ".join(cites(part) for part in parts)
    assert problems(tmp_path, f"quotes: [{{speaker: mo-venn, cite: [{cite}]}}]") == code


@pytest.mark.parametrize(
    ("measure", "words", "code"),
    [
        ("quantity: jumps, value: 3", "jumped three times", []),
        ("quantity: jumps, value: 4", "jumped three times", ["number-not-cited"]),
        ("quantity: height, value: 112, unit: m", "from 112 m", []),
        ("quantity: height, value: 12, unit: m", "from 112 m", ["number-not-cited"]),
        ("quantity: duration, value: 1, unit: year", "an entire year", []),
        ("quantity: duration, value: 1, unit: month", "an entire year", ["unit-not-cited"]),
        ("quantity: distance, value: 1, unit: mi", "a mile away", []),
        ("quantity: height, value: 112, unit: ft", "from 112 m", ["unit-not-cited"]),
        ("quantity: height, value: 112, unit: m, qualifier: about", "from 112 m", ["limit-not-cited"]),
    ],
)
def test_a_number_stands_in_the_passage(measure: str, words: str, code: list[str], tmp_path: Path) -> None:
    assert judged(tmp_path, f"measures: [{{{measure}, cite: {cites(words)}}}]", BODY) == code


def test_a_number_is_looked_for_and_silenced_in_a_record_with_errors_too(tmp_path: Path) -> None:
    measure = f"measures: [{{quantity: jumps, value: 4, cite: {cites('jumped three times')}"
    broken = "performers: [nobody]\n"
    assert judged(tmp_path, f"{broken}{measure}}}]", BODY) == ["number-not-cited"]
    _, report = read_book(
        tmp_path,
        BOOK + indented(f"{broken}{measure}, silence: {{number-not-cited: A slip., unit-not-cited: Another.}}}}]"),
        weekly=BODY,
    )
    assert codes(report) == ["unknown-reference"]  # which of the two is needless shows once there is no other error


def test_a_number_stands_in_every_passage(tmp_path: Path) -> None:
    cite = f"[{cites('jumped three times')}, {cites('a mile away')}]"
    assert judged(tmp_path, f"measures: [{{quantity: jumps, value: 3, cite: {cite}}}]", BODY) == ["number-not-cited"]


@pytest.mark.parametrize(("year", "code"), [(2001, []), (2002, ["number-not-cited"])])
def test_a_year_stands_in_the_passage(year: int, code: list[str], tmp_path: Path) -> None:
    film = f"title: Canal\n    year: {{value: {year}, cite: {cites('a film of 2001')}}}\n"
    _, report = read_book(tmp_path, BOOK.replace("title: Canal\n", film), weekly=BODY)
    assert [each for each in codes(report) if each == "number-not-cited"] == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Share this.", ["cited-boilerplate"]),
        ("boat. Share this.", ["cited-boilerplate"]),
        ("this", ["cited-boilerplate"]),
        ("the divers' boat.", []),
    ],
)
def test_boilerplate_is_no_evidence(words: str, code: list[str], tmp_path: Path) -> None:
    lines = f"summary: [{{text: x, cite: {cites(words)}}}]"
    front = FRONT_MATTER.replace("url:", "boilerplate: [Share this]\nurl:")
    assert problems(tmp_path, lines, front + BODY) == code


def test_a_passage_is_cited_once_in_whole_or_in_part(tmp_path: Path) -> None:
    lines = f"summary: [{{text: x, cite: {cites('a mile away')}, also: {cites('a mile away')}}}]"
    assert problems(tmp_path, lines) == ["duplicate-citation"]


@pytest.mark.parametrize(
    ("cite", "code"),
    [
        (["a mile away", "a mile away"], ["duplicate-citation"]),
        (["a mile away", "a  mile away"], ["duplicate-citation"]),
        (["a mile away", "a mile"], []),
    ],
)
def test_a_passage_is_cited_once(cite: list[str], code: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, f"summary: [{{text: x, cite: [{', '.join(map(cites, cite))}]}}]") == code


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("summary: [{text: One.}, {text: One.}]", ["duplicate-statement"]),
        ("summary: [{text: One.}, {text: '*One.*'}]", ["duplicate-statement"]),
        ("summary: [{text: One.}, {text: Two.}]", []),
        ("summary: [{text: One.}]\nrisks: [{text: One.}]", []),
        ("measures: [{quantity: jumps, value: 3}, {quantity: jumps, value: 3}]", ["duplicate-statement"]),
        ("story: {origin: [{text: One.}], reception: [{text: One.}]}", ["duplicate-statement"]),
        ("summary: [{text: One.}]\nstory: {origin: [{text: One.}]}", []),  # the summary may condense the story
        ("measures: [{quantity: jumps, value: 3}, {quantity: takes, value: 3}]", []),
        ("performers: [mo-venn, mo-venn]", ["duplicate-statement"]),
        ("summary: [{text: One., by: mo-venn}, {text: One., by: dara-quill}]", []),
        ("risks: [{text: x, precautions: [{text: A rope.}]}, {text: y, precautions: [{text: A rope.}]}]", []),
        (
            """
injuries:
  - {person: mo-venn, body_part: knee, text: A fall.}
  - {person: dara-quill, body_part: arm, text: A fall.}
""",
            [],
        ),
    ],
)
def test_a_statement_is_made_once(lines: str, code: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, lines) == code


@pytest.mark.parametrize(
    ("story", "code"),
    [
        ("{accident: [{show: knee}], aftermath: [{show: fall}, {show: words}, {show: point}]}", []),
        ("{accident: [{show: knee}, {show: knee}]}", ["cannot-show"]),
        ("{accident: [{show: knee}], aftermath: [{show: knee}]}", ["cannot-show"]),
        ("{accident: [{show: nee}]}", ["cannot-show"]),
        ("{accident: [{show: later}]}", ["cannot-show"]),  # a part of another statement
        ("{accident: [{show: first}]}", ["cannot-show"]),  # a sentence
        ("{accident: [{show: mo-venn}]}", ["cannot-show"]),  # a record
        ("{accident: [{show: canal}]}", ["cannot-show"]),  # the record of a reference
        ("{accident: [{id: knee, text: x}]}", ["duplicate-id"]),
    ],
)
def test_a_story_shows_what_its_record_has_once(story: str, code: list[str], tmp_path: Path) -> None:
    lines = f"""
story: {story}
summary: [{{id: first, text: x}}]
injuries: [{{id: knee, person: mo-venn, body_part: knee, text: x, consequences: [{{id: later, text: y}}]}}]
risks: [{{id: fall, text: x}}]
quotes: [{{id: words, speaker: mo-venn, cite: {cites("looked down,")}}}]
disagreements:
  - id: point
    about: x
    accounts: [{{text: x, cite: {cites("a mile away")}}}, {{text: y, cite: {cites("three times")}}}]
"""
    assert problems(tmp_path, lines) == code


def test_what_an_error_hides_is_not_missed(tmp_path: Path) -> None:
    lines = f"""
note: It was 4 miles away.
story: {{origin: [{{show: words}}]}}
quotes: [{{id: words, speaker: No Body, cite: {cites("looked down,")}}}]
"""
    _, report = read_book(tmp_path, BOOK + indented(lines), weekly=BODY)
    assert codes(report) == ["bad-id"]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("https://example.org/", []),
        ("http://example.org/", []),
        ("../people/", ["prose-link"]),
        ("/films/", ["prose-link"]),
        ("#part", ["prose-link"]),
        ("//example.org/", ["prose-link"]),
        ("mailto:a@example.org", ["prose-link"]),
        ("javascript:alert(1)", ["prose-link"]),
        ("data:text/html,x", ["prose-link"]),
    ],
)
@pytest.mark.parametrize(
    "lines",
    [
        "note: 'A [link]({}).'",
        "summary: [{{text: 'A [link]({}).'}}]",
        "risks: [{{text: x, precautions: [{{text: y, note: 'A [link]({}).'}}]}}]",
        "quotes: [{{speaker: mo-venn, cite: {{weekly: looked}}, context: 'A [link]({}).'}}]",
    ],
)
def test_a_link_in_prose_is_a_web_address(lines: str, target: str, code: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, lines.format(target)) == code


def test_what_is_missing_is_told_when_the_rest_is_sound(tmp_path: Path) -> None:
    _, report = read_book(tmp_path, BOOK, weekly=BODY)
    assert codes(report) == ["uncited-article", "unlinked-record", "unlinked-record"]
    assert not report.has_errors


def test_what_is_missing_is_not_told_among_errors(tmp_path: Path) -> None:
    _, report = read_book(
        tmp_path, BOOK + indented("summary: [{text: x, cite: {weekly: nowhere to be seen}}]"), weekly=BODY
    )
    assert codes(report) == ["passage-not-found"]


@pytest.mark.parametrize(
    "lines",
    [
        "performers: [mo-venn, dara-quill]",
        "summary: [{text: '[[mo-venn]] and [[dara-quill]]'}]",
        "summary: [{text: x, by: mo-venn}, {text: y, by: dara-quill}]",
    ],
)
def test_people_who_are_mentioned(lines: str, tmp_path: Path) -> None:
    _, report = read_book(tmp_path, BOOK + indented(lines + "\nnote: x"), weekly=BODY)
    assert proven(report) == []
    assert "unlinked-record" not in codes(report)
