"""The story of a record: its parts in the order of the model, and what is shown in them."""

from pathlib import Path

from stuntbook.knowledge.story import HEADINGS, SHOWABLE, story_of
from stuntbook.records.kinds import statement_fields, statement_kinds
from stuntbook.records.model import RECORD_TYPES
from tests.support import BOOK, indented, read_book

LINES = """
story:
  reception: [{text: It was liked.}]
  performance: [{text: She ran.}, {show: knee}, {text: She jumped.}, {show: splash}]
  aftermath: [{show: nothing}]
injuries: [{id: knee, person: dara-quill, body_part: knee, text: She twisted it., consequences: [{text: She limped.}]}]
places: [{id: splash, name: Canal}]
"""


def test_a_story_comes_in_parts_with_what_is_shown_among_its_sentences(tmp_path: Path) -> None:
    """What can't be shown is passed over, and so is a part of which nothing is left."""
    knowledge, _ = read_book(tmp_path, BOOK + indented(LINES), weekly="Nothing.\n")
    parts = story_of(knowledge.stunts["canal-jump"], knowledge.statements["canal-jump"])
    assert [(part.name, part.heading, [each.text for each in part.statements]) for part in parts] == [
        ("performance", "How it went", ["She ran.", "She twisted it.", "She jumped."]),
        ("reception", "Reception", ["It was liked."]),
    ]


def test_a_record_of_which_nothing_is_told_has_no_story(tmp_path: Path) -> None:
    knowledge, _ = read_book(tmp_path, BOOK, weekly="Nothing.\n")
    assert [story_of(each, knowledge.statements[each.id]) for each in knowledge.records] == [()] * 4


def test_every_part_of_every_record_has_a_heading() -> None:
    fields = {each.path for model in RECORD_TYPES for each in statement_fields(model)}
    assert {path[1] for path in fields if path[0] == "story"} == set(HEADINGS)


def test_what_can_be_shown_is_a_kind_of_statement() -> None:
    assert set(SHOWABLE) <= statement_kinds().keys()
