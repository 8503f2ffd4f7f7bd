"""Copies of one text count as one source."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge import base
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.independence import text_groups
from stuntbook.knowledge.statements import Status
from stuntbook.memo import Memo
from stuntbook.safe import Safe
from tests.support import BOOK, indented, sound_book, write_book

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


def test_another_process_compares_texts_again_only_where_one_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "text_groups", compare := Mock(wraps=text_groups))
    folder = write_book(tmp_path / "book", BOOK, a_one=TEXT, b_two=TEXT)

    def groups() -> dict[str, str]:
        report = Report()
        knowledge = load_and_check(folder, report, memo=Memo(keeping=False, safe=Safe.of(folder)))
        assert not report.has_errors, report.render()
        return dict(knowledge.groups)

    copies = {"a-one": "a-one", "b-two": "a-one"}
    assert groups() == copies
    stunts = folder / "stunts.yaml"
    stunts.write_text(stunts.read_text(encoding="utf-8") + indented('note: "A remark."'), encoding="utf-8")
    assert (groups(), compare.call_count) == (copies, 1)
    second = folder / "articles" / "b-two.md"
    second.write_text(second.read_text(encoding="utf-8").replace(TEXT, OTHER), encoding="utf-8")
    assert (groups(), compare.call_count) == ({"a-one": "a-one", "b-two": "b-two"}, 2)
    (folder / "articles" / "c-three.md").write_bytes(second.read_bytes())
    assert groups() == {"a-one": "a-one", "b-two": "b-two", "c-three": "b-two"}
