"""Copies of one text count as one source."""

from pathlib import Path

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.independence import text_groups
from stuntbook.knowledge.statements import Status
from tests.support import BOOK, indented, sound_book

TEXT = "Dara Quill jumped over the canal three times in a single day, and then she took a very long rest at home."
OTHER = "The canal was crossed by a film actor this week; nobody in the whole town had ever seen such a jump before."


def book(folder: Path, **bodies: str) -> KnowledgeBase:
    return sound_book(folder, BOOK, **bodies)


@pytest.mark.parametrize(
    ("second", "group"),
    [
        (TEXT, "a-one"),
        (TEXT.upper(), "a-one"),
        (f"{TEXT} {OTHER} {OTHER.replace('canal', 'lake')}", "a-one"),
        (OTHER, "b-two"),
        ("Dara Quill jumped over the canal. " + OTHER, "b-two"),
        ("Short.", "b-two"),
    ],
)
def test_copies_belong_to_the_first(second: str, group: str, tmp_path: Path) -> None:
    assert text_groups(book(tmp_path, a_one=TEXT, b_two=second).sources) == {"a-one": "a-one", "b-two": group}


def test_a_copy_of_a_copy_is_a_copy(tmp_path: Path) -> None:
    knowledge = book(tmp_path, a_one=TEXT, b_two=f"{TEXT} {OTHER}", c_three=OTHER)
    assert set(text_groups(knowledge.sources).values()) == {"a-one"}


@pytest.mark.parametrize(
    ("second", "status", "independent"), [(TEXT, Status.ARTICLE, 1), ("Dara Quill leapt.", Status.ARTICLES, 2)]
)
def test_two_copies_are_one_article(second: str, status: Status, independent: int, tmp_path: Path) -> None:
    lines = indented("summary: [{text: She jumped., cite: [{a-one: Dara Quill}, {b-two: Dara Quill}]}]")
    knowledge = sound_book(tmp_path, BOOK + lines, a_one=TEXT, b_two=second)
    (claim,) = (each for each in knowledge.all_statements() if each.kind == "summary")
    assert (claim.evidence.status, claim.evidence.independent) == (status, independent)
    assert claim.evidence.sources == ("a-one", "b-two")
