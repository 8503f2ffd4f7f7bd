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
