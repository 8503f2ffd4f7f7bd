"""An article's body in sentences, as a reader would count them."""

import pytest

from stuntbook.text.article_text import ArticleText
from stuntbook.text.sentences import sentences


def split(body: str) -> list[str]:
    text = ArticleText(body)
    return [text.text(span) for span in sentences(text)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Mr. Venn met Dr. Quill at St. Mary's. She jumped.", ["Mr. Venn met Dr. Quill at St. Mary's.", "She jumped."]),
        ("J. R. Venn jumped. He fell.", ["J. R. Venn jumped.", "He fell."]),
        ("It was I. She jumped.", ["It was I.", "She jumped."]),
        ("In the U.S. Army they jump. So.", ["In the U.S. Army they jump.", "So."]),
        ("At 7 p.m. Quill jumped.", ["At 7 p.m. Quill jumped."]),
        ("He jumped ... and fell. So.", ["He jumped ... and fell.", "So."]),
        ("He jumped … and fell. So.", ["He jumped … and fell.", "So."]),
        ("He jumped ... Then he fell.", ["He jumped ...", "Then he fell."]),
        ("The way of filming.The next one.", ["The way of filming.", "The next one."]),
        ("Version 2.5 of it. At 1.5 m.", ["Version 2.5 of it.", "At 1.5 m."]),
        ('"Look up!" she said. "No."', ['"Look up!" she said.', '"No."']),
        ("“I jumped.” “And fell.”", ["“I jumped.”", "“And fell.”"]),
        ("She said “no.” Then she left.", ["She said “no.”", "Then she left."]),
        ("(It was cold.) She left.", ["(It was cold.)", "She left."]),
        ("A heading\n\nA sentence. Another\none.", ["A heading", "A sentence.", "Another\none."]),
        ("\n\n  One.  \n \n Two. \n", ["One.", "Two."]),
        ("One.\n\n×\n\n—\n\nTwo.", ["One.", "Two."]),
        ("It cost 3. 200 came.", ["It cost 3.", "200 came."]),
        ("", []),
    ],
)
def test_sentences(body: str, expected: list[str]) -> None:
    assert split(body) == expected


def test_sentences_stand_in_order_and_leave_out_white_space_alone() -> None:
    text = ArticleText("One. Two.\n\n“Three.” Four ... five. 'Six.'\n")
    spans = list(sentences(text))
    assert list(spans) == sorted(spans)
    assert "".join("".join(text.text(span).split()) for span in spans) == "".join(text.body.split())


def test_the_day_of_a_german_date_ends_no_sentence() -> None:
    text = ArticleText("Am 9. Januar wurde gedreht. Es waren 9. Juni kam nicht. Um 12. Und dann?")
    assert [text.text(span) for span in sentences(text)] == [
        "Am 9. Januar wurde gedreht.",
        "Es waren 9. Juni kam nicht.",
        "Um 12.",
        "Und dann?",
    ]
