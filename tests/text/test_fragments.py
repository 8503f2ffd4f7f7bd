"""The part of an address that leads to a passage on the publisher's page."""

from urllib.parse import unquote

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.text.article_text import ArticleText
from stuntbook.text.fragments import text_fragment

LONG = " ".join(f"word{number}" for number in range(80))


@pytest.mark.parametrize(
    ("body", "words", "fragment"),
    [
        ("She jumped. He fell.", "She jumped.", "She%20jumped."),
        ("A well-known jump, it was", "well-known jump, it", "well%2Dknown%20jump%2C%20it"),
        ("Rope & net", "Rope & net", "Rope%20%26%20net"),
        ("one\n two", "one two", "one,two"),  # a line end may end a block of the page
        ("one\ttwo", "one two", "one%20two"),
        ("“Café”", "Café", "Caf%C3%A9"),
        ("jump one, jump two", "two", "two"),
    ],
)
def test_the_words_are_encoded(body: str, words: str, fragment: str) -> None:
    text = ArticleText(body)
    assert text_fragment(text, text.find(words)[0]) == f"#:~:text={fragment}"


@pytest.mark.parametrize(
    ("number", "fragment"),
    [(0, "she%20fell"), (1, "then-,she%20fell"), (2, "last-,she%20fell")],
)
def test_context_comes_only_where_it_is_needed(number: int, fragment: str) -> None:
    text = ArticleText("At first she fell, then she fell, and last she fell.")
    assert text_fragment(text, text.find("she fell")[number]) == f"#:~:text={fragment}"


def test_a_suffix_tells_what_no_prefix_tells() -> None:
    text = ArticleText("jump one\n\njump two")
    assert text_fragment(text, text.find("jump")[1]) == "#:~:text=jump,-two"


def test_case_makes_no_difference_to_a_browser() -> None:
    text = ArticleText("JUMP high. Then jump low.")
    assert text_fragment(text, text.find("jump")[0]) == "#:~:text=Then-,jump"


def test_a_long_passage_is_a_range() -> None:
    text = ArticleText(f"Before. {LONG} After.")
    fragment = text_fragment(text, text.find(LONG)[0])
    assert fragment == "#:~:text=word0%20word1%20word2%20word3,word76%20word77%20word78%20word79"


def test_a_passage_over_paragraphs_is_a_range() -> None:
    text = ArticleText("One two.\n\nThree four.")
    assert text_fragment(text, text.find("two. Three")[0]) == "#:~:text=two.,Three"


@pytest.mark.parametrize(
    ("body", "words", "fragment"),
    [
        ("She jumped\nfrom a crane.", "jumped from a", "jumped,from%20a"),
        ("One two three\nfour five. One two six\nfour five.", "One two six four five", "One%20two%20six,four%20five"),
        ("A crane\nstood. The crane\nstood.", "The crane stood.", "The%20crane,stood."),
        ("Three.\r\n\r\nShe jumped\r\nhigh.", "jumped high", "jumped,high"),
    ],
)
def test_a_passage_over_a_line_end_is_a_range(body: str, words: str, fragment: str) -> None:
    text = ArticleText(body)
    assert text_fragment(text, text.find(words)[0]) == f"#:~:text={fragment}"


def test_no_two_passages_of_an_article_share_a_fragment(valid: KnowledgeBase) -> None:
    for identifier, source in valid.sources.items():
        spans = [passage.span for passage in valid.cited[identifier]]
        fragments = [text_fragment(source.text, span) for span in spans]
        assert len(fragments) == len(set(fragments))
        for span, fragment in zip(spans, fragments, strict=True):
            words = unquote(fragment).removeprefix("#:~:text=")
            assert fold_spaces(source.text.text(span))[:10] in words


def fold_spaces(text: str) -> str:
    return " ".join(text.split())
