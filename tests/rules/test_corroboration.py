"""Does each of several articles carry a sentence, and is it told in our own words?"""

from pathlib import Path

import pytest

from tests.support import BOOK, codes, indented, read_book

ONE = "On a cold morning Dara Quill leapt from the crane into the canal, and broke her left ankle.\n"
OTHER = "Dara Quill broke her ankle.\n"


def found(folder: Path, text: str, *cited: str, **bodies: str) -> list[str]:
    sentence = f"summary:\n  - text: '{text}'\n    cite: [{', '.join(cited)}]"
    _, report = read_book(folder, BOOK + indented(sentence), **bodies)
    return [code for code in codes(report) if code in ("corroboration", "not-reworded")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[dara-quill]] broke her ankle.", []),
        ("[[dara-quill]] leapt from a crane into the canal and broke her ankle.", ["corroboration"]),
    ],
)
def test_each_article_has_most_of_what_is_told(text: str, expected: list[str], tmp_path: Path) -> None:
    cited = ("{one: leapt from the crane into the canal}", "{one: broke her left ankle}", "{other: broke her ankle}")
    assert found(tmp_path, text, *cited, one=ONE, other=OTHER) == expected


def test_each_article_has_the_numbers(tmp_path: Path) -> None:
    bodies = {"one": "The canal jump took 3 takes in all.\n", "other": "The canal jump took several takes in all.\n"}
    cited = ("{one: The canal jump took 3 takes}", "{other: The canal jump took several takes}")
    assert found(tmp_path, "The canal jump needed 3 takes.", *cited, **bodies) == ["corroboration"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On a cold morning she leapt from the crane into the canal.", ["not-reworded"]),
        ("She leapt off a crane, into cold water.", []),
        ("“On a cold morning Dara Quill leapt from the crane into the canal”, it says.", []),
        ("She leapt from the crane.", []),  # too short to be told in another way
    ],
)
def test_a_sentence_is_in_our_own_words(text: str, expected: list[str], tmp_path: Path) -> None:
    cited = "{one: On a cold morning Dara Quill leapt from the crane into the canal}"
    assert found(tmp_path, text, cited, one=ONE) == expected
