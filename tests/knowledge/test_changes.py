"""What changed from one knowledge base to another, sentence by sentence."""

from pathlib import Path

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.changes import Change, changes_between
from tests.support import PEOPLE, book_of, sound_book

BODY = 'She jumped three times over the canal. The jump took all day. "I never looked down," she said.\n'
OTHER = "The director says that all of it took a whole day.\n"
FIRST = 'text: "The jump took a day.", cite: {weekly: The jump took all day.}'


def book(folder: Path, *sentences: str, more: str = "") -> KnowledgeBase:
    summary = "".join(f"      - {{{each}}}\n" for each in sentences)
    text = f"films:\n  canal:\n    title: Canal\n    summary:\n{summary}{more}{PEOPLE}"
    folder.mkdir()
    return sound_book(folder, text, weekly=BODY, daily=OTHER)


def changes(tmp_path: Path, old: tuple[str, ...], new: tuple[str, ...], more: str = "") -> list[Change]:
    return [*changes_between(book(tmp_path / "old", *old), book(tmp_path / "new", *new, more=more))]


def told(found: list[Change]) -> list[tuple[str, str, str]]:
    return [(each.what, each.text, each.before) for each in found]


SECOND = 'text: "She jumped over a canal three times.", cite: {weekly: She jumped three times over the canal.}'


def test_nothing(tmp_path: Path) -> None:
    assert changes(tmp_path, (FIRST, SECOND), (SECOND, FIRST)) == []


def test_a_sentence_that_is_new_and_one_that_is_gone(tmp_path: Path) -> None:
    found = changes(tmp_path, (FIRST,), (SECOND,))
    assert told(found) == [
        ("new", "She jumped over a canal three times.", ""),
        ("removed", "The jump took a day.", ""),
    ]
    assert found[0].words == (("weekly", "She jumped three times over the canal."),)
    assert found[1].words == (("weekly", "The jump took all day."),)
    assert (found[0].record, found[0].name) == ("canal", "Canal")


@pytest.mark.parametrize("id_", ["", "id: took, "])
def test_a_sentence_that_is_reworded(id_: str, tmp_path: Path) -> None:
    found = changes(tmp_path, (id_ + FIRST, SECOND), (id_ + FIRST.replace("took a day", "took a whole day"), SECOND))
    assert told(found) == [("reworded", "The jump took a whole day.", "The jump took a day.")]


BY_BOTH = 'text: "The jump took a day.", cite: [{weekly: The jump took all day.}, {daily: all of it took a whole day}]'


def test_better_and_worse_support(tmp_path: Path) -> None:
    assert told(changes(tmp_path, (FIRST,), (BY_BOTH,))) == [("better supported", "The jump took a day.", "")]
    (tmp_path / "back").mkdir()
    assert told(changes(tmp_path / "back", (BY_BOTH,), (FIRST,))) == [("less supported", "The jump took a day.", "")]


def test_other_words(tmp_path: Path) -> None:
    found = changes(tmp_path, (FIRST,), (FIRST.replace("The jump took all day.", "took all day"),))
    assert told(found) == [("cites other words", "The jump took a day.", "")]


def test_somebody_else_says_it(tmp_path: Path) -> None:
    found = changes(tmp_path, (FIRST,), (f"{FIRST}, by: a member of the crew",))
    assert told(found) == [("said by somebody else", "The jump took a day.", "")]


DISPUTE = """    disagreements:
      - about: How long it took
        accounts:
          - {text: A day., cite: {weekly: took all day}}
          - {text: A whole day., cite: {daily: took a whole day}}
"""


def test_a_sentence_that_is_disputed_now(tmp_path: Path) -> None:
    found = told(changes(tmp_path, (FIRST,), (FIRST,), more=DISPUTE))
    assert ("now disputed", "The jump took a day.", "") in found
    assert {what for what, *_ in found} == {"now disputed", "new"}


def test_a_record_that_is_renamed_is_the_same(tmp_path: Path) -> None:
    old = book(tmp_path / "old", FIRST)
    text = f"films:\n  ditch:\n    title: Canal\n    former_ids: [canal]\n    summary: [{{{FIRST}}}]\n{PEOPLE}"
    (tmp_path / "new").mkdir()
    assert changes_between(old, sound_book(tmp_path / "new", text, weekly=BODY, daily=OTHER)) == ()


def test_a_record_that_is_gone(tmp_path: Path) -> None:
    old = book(tmp_path / "old", FIRST)
    found = changes_between(old, book_of(tmp_path / "new", films={"other": {"title": "Other"}}))
    assert [(each.what, each.name) for each in found] == [("removed", "Canal")]
