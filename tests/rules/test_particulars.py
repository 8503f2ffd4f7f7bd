"""The particulars of a statement stand in its words: units and limits, dates, people, roles, parts of the body."""

from pathlib import Path

import pytest

from tests.support import BOOK, codes, indented, read_book

BODY = (
    "Director Mo Venn filmed the canal jump in March 2031. Dara Quill fell about 30 feet and broke her wrist.\n\n"
    "The rest was shot last month.\n"
)
DATED = f"---\ntitle: T\npublisher: P\nurl: https://a.example/\npublished: '2031-06-12'\n---\n{BODY}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("measures: [{quantity: height, value: 30, unit: ft, qualifier: about, cite: {a: about 30 feet}}]", []),
        ("measures: [{quantity: height, value: 30, unit: m, qualifier: about, cite: {a: about 30 feet}}]", ["unit"]),
        ("measures: [{quantity: height, value: 30, unit: ft, cite: {a: about 30 feet}}]", ["limit"]),
        ("events: [{kind: shooting, when: '2031-03', text: Filmed., cite: {a: in March 2031}}]", []),
        ("events: [{kind: shooting, when: '2031-04', text: Filmed., cite: {a: in March 2031}}]", ["date"]),
        ("events: [{kind: shooting, when: '2030-03', text: Filmed., cite: {a: in March 2031}}]", ["date"]),
        ("events: [{kind: shooting, when: '2031-03-07', text: Filmed., cite: {a: in March 2031}}]", ["date"]),
        ("events: [{kind: shooting, when: '2031-05', text: Filmed., cite: {a: shot last month}}]", []),
        ("events: [{kind: shooting, when: '2031-06', text: Filmed., cite: {a: shot last month}}]", ["date"]),
        ("events: [{kind: shooting, when: '2031-03~', text: Filmed., cite: {a: in March 2031}}]", ["date"]),
        ("credits: [{person: mo-venn, role: director, cite: {a: Director Mo Venn}}]", []),
        ("credits: [{person: mo-venn, role: producer, cite: {a: Director Mo Venn}}]", ["role"]),
        ("credits: [{person: dara-quill, role: director, cite: {a: Director Mo Venn filmed}}]", ["person"]),
        ("injuries: [{person: dara-quill, body_part: wrist, text: X., cite: {a: broke her wrist}}]", []),
        ("injuries: [{person: dara-quill, body_part: knee, text: X., cite: {a: broke her wrist}}]", ["body-part"]),
        ("injuries: [{person: mo-venn, body_part: wrist, text: X., cite: {a: broke her wrist}}]", ["person"]),
        ("performers: [{id: dara-quill, cite: {a: fell about 30 feet}}]", []),
        ("performers: [{id: mo-venn, cite: {a: fell about 30 feet}}]", ["person"]),
    ],
)
def test_particulars_stand_in_the_words(lines: str, expected: list[str], tmp_path: Path) -> None:
    _, report = read_book(tmp_path, BOOK + indented(lines), a=DATED)
    found = [code for code in codes(report) if code.endswith(("-not-cited", "-not-named"))]
    assert found == [f"{each}-not-{'named' if each == 'person' else 'cited'}" for each in expected]


@pytest.mark.parametrize(("when", "found"), [("2031", ["date-not-cited"]), ("2031~", []), ("2031?", [])])
def test_a_date_that_is_not_sure_says_so(when: str, found: list[str], tmp_path: Path) -> None:
    body = DATED.replace("in March 2031", "around 2031")
    event = indented(f'events: [{{kind: shooting, when: "{when}", text: Filmed., cite: {{a: around 2031}}}}]')
    _, report = read_book(tmp_path, BOOK + event, a=body)
    assert [code for code in codes(report) if code == "date-not-cited"] == found


def test_what_rests_on_a_key_with_an_error_is_not_judged(tmp_path: Path) -> None:
    measure = "measures: [{quantity: height, value: 30, unit: ft, qualifier: abuot, cite: {a: about 30 feet}}]"
    _, report = read_book(tmp_path, BOOK + indented(measure), a=DATED)
    assert [code for code in codes(report) if code in ("bad-value", "limit-not-cited")] == ["bad-value"]
