"""What a source page shows of an article: the cited words, and how much lies between them."""

from pathlib import Path

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.mirror import MirroredParagraph, mirror
from tests.support import BOOK, FRONT_MATTER, indented, sound_book


def mirrored(folder: Path, body: str, *cited: str) -> tuple[KnowledgeBase, tuple[MirroredParagraph, ...]]:
    front = FRONT_MATTER.replace("url:", "boilerplate: [Share this now]\nurl:")
    claims = "".join(f"  - {{text: C{n}., cite: {{weekly: {each}}}}}\n" for n, each in enumerate(cited))
    knowledge = sound_book(folder, BOOK + indented(f"summary:\n{claims}"), weekly=f"{front}{body}\nShare this now\n")
    return knowledge, mirror(knowledge, "weekly")


def pieces(knowledge: KnowledgeBase, paragraph: MirroredParagraph) -> list[tuple[str, int, int]]:
    """Text, how many passages cover it, and how many words it has."""
    text = knowledge.sources["weekly"].text
    return [(" ".join(text.text(each.span).split()), len(each.passages), each.words) for each in paragraph.pieces]


def test_gaps_count_their_own_words(tmp_path: Path) -> None:
    knowledge, (only,) = mirrored(tmp_path, "One two three four five six.", "three four")
    assert pieces(knowledge, only) == [("One two", 0, 2), ("three four", 1, 2), ("five six. Share this now", 0, 2)]


def test_overlapping_passages_are_cut_where_either_ends(tmp_path: Path) -> None:
    knowledge, (only,) = mirrored(tmp_path, "One two three four five.", "One two three", "two three four")
    assert pieces(knowledge, only)[:4] == [
        ("One", 1, 1),
        ("two three", 2, 2),
        ("four", 1, 1),
        ("five. Share this now", 0, 1),
    ]
    assert [passage.text for passage in only.passages] == ["One two three", "two three four"]


def test_paragraphs_of_which_nothing_is_cited_are_one(tmp_path: Path) -> None:
    body = "One.\n\nTwo a.\n\nThree b.\n\nFour.\n\nFive c d."
    _, paragraphs = mirrored(tmp_path, body, "One.", "Four.")
    assert [(each.first, each.last, each.words) for each in paragraphs] == [(1, 1, 1), (2, 3, 4), (4, 4, 1), (5, 5, 3)]


def test_a_passage_over_paragraphs_ends_in_the_last(tmp_path: Path) -> None:
    _, paragraphs = mirrored(tmp_path, "One two.\n\nThree four.", "two. Three")
    assert [[passage.text for passage in each.passages] for each in paragraphs] == [[], ["two.\n\nThree"]]


def test_every_passage_ends_in_one_paragraph(valid: KnowledgeBase) -> None:
    for identifier in valid.sources:
        ending = [passage for paragraph in mirror(valid, identifier) for passage in paragraph.passages]
        assert sorted(each.span for each in ending) == [each.span for each in valid.cited[identifier]]
