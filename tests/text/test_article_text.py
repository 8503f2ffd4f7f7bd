"""Finding passages: spans that give the article's own characters back, near misses and quotations around a span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuntbook.text.article_text import ArticleText, Span, Stretches, mark_differences, overlapping

# --- Finding


@pytest.mark.parametrize(
    ("body", "words", "found"),
    [
        ("She jumped.", "She jumped.", "She jumped."),
        ("At 25,000\u00a0feet – at dusk", "25,000 feet - at", "25,000\u00a0feet – at"),
        ("“Don’t look,” she said", '"Don\'t look," she said', "“Don’t look,” she said"),
        ("one\n\n  two", "one two", "one\n\n  two"),
        ("  lead and trail  ", "lead and trail", "lead and trail"),
        ("lead", "  lead\n", "lead"),
        ("so\u00adlar pan\u200bel, here", "solar panel", "so\u00adlar pan\u200bel"),
        ("solar panel, here", "so\u00adlar panel", "solar panel"),
        ("Cafe\u0301 scene", "Café", "Cafe\u0301"),
        ("Café scene", "Cafe\u0301", "Café"),
        ("x\u200b y", "x", "x"),
        ("🎬 قفزة المنارة", "قفزة", "قفزة"),
        ("a\r\nb", "a b", "a\r\nb"),
    ],
)
def test_a_span_gives_the_articles_own_characters(body: str, words: str, found: str) -> None:
    text = ArticleText(body)
    (span,) = text.find(words)
    assert text.text(span) == found
    assert body[span.start : span.end] == found


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("She jumped.", "she jumped"),
        ("She jumped.", "jump"),
        ("She jumped.", "he jumped"),
        ("25,000 feet", "5,000 feet"),
        ("the 3rd time", "3"),
        ("Cafés", "Café"),
        ("one two", "one  three"),
        ("one…two", "one...two"),
        ("one", ""),
        ("one", " \n"),
        ("", "one"),
        ("قفزتان", "قفزت"),
    ],
)
def test_words_that_are_not_there(body: str, words: str) -> None:
    assert ArticleText(body).find(words) == []


def test_every_place_is_found() -> None:
    text = ArticleText("ab ab, ab")
    assert [(span.start, span.end) for span in text.find("ab")] == [(0, 2), (3, 5), (7, 9)]
    assert [(span.start, span.end) for span in ArticleText("ab ab ab").find("ab ab")] == [(0, 5), (3, 8)]


@pytest.mark.parametrize("words", ["don", "t", "re", "enter", '"', "jump"])
def test_marks_and_hyphens_end_a_word(words: str) -> None:
    assert ArticleText("don't re-enter \"jump\u00a0").find(words)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("words", "paragraph", "line"),
    [("one", 1, 3), ("two", 1, 4), ("three", 2, 6), ("four", 3, 9), ("three four", 2, 6)],
)
def test_paragraphs_and_lines(words: str, paragraph: int, line: int, line_end: str) -> None:
    text = ArticleText("\n\none\ntwo\n\nthree\n  \n\n four\n".replace("\n", line_end))
    (span,) = text.find(words)
    assert span.paragraph == paragraph
    assert text.line(span) == line


def test_spans() -> None:
    span = Span(5, 10, 1)
    assert span.overlaps(Span(9, 12, 1))
    assert not span.overlaps(Span(10, 12, 1))
    assert span.contains(Span(5, 10, 1))
    assert not span.contains(Span(5, 11, 1))
    assert overlapping(span, [Span(0, 5, 1), Span(0, 6, 1), Span(9, 20, 1)]) == Span(0, 6, 1)
    assert overlapping(span, [Span(10, 11, 1)]) is None


# --- Near misses

BODY = "Dara Quill jumped over the canal three times.\n\nThe divers’ boat came “much later” that day."


@pytest.mark.parametrize(
    ("words", "article", "cited"),
    [
        ("Dara Quill leapt over the canal", "Dara Quill [jumped] over the canal", "Dara Quill [leapt] over the canal"),
        ("over the canal four times.", "over the canal [three] times.", "over the canal [four] times."),
        ("Dara Quill jump", "Dara Quill [jumped]", "Dara Quill [jump]"),
        ("dara Quill jumped", "[Dara] Quill jumped", "[dara] Quill jumped"),
        ("the diver's boat came", "[The divers'] boat came", "[the diver's] boat came"),
    ],
)
def test_the_nearest_passage(words: str, article: str, cited: str) -> None:
    nearest = ArticleText(BODY).nearest(words)
    assert nearest
    assert nearest[1:] == (article, cited)


def test_the_nearest_passage_has_a_place() -> None:
    text = ArticleText(BODY)
    nearest = text.nearest("boat came 'much earlier' that")
    assert nearest
    assert nearest[0].paragraph == 2
    assert text.text(nearest[0]) == "boat came “much later” that"


@pytest.mark.parametrize("words", ["Xylophones blew up mightily", "", "قفزة"])
def test_nothing_near(words: str) -> None:
    assert ArticleText(BODY).nearest(words) is None
    assert ArticleText("").nearest(words) is None


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("a b c", "a b c", ("a b c", "a b c")),
        ("a b c", "a x c", ("a [b] c", "a [x] c")),
        ("a b c", "a c", ("a [b] c", "a c")),
        ("a c", "a b c", ("a c", "a [b] c")),
        ("", "a", ("", "[a]")),
        ("a kite c", "a k\u0456te c", ("a [kite] c", "a [k\u0456 (U+0456)te] c")),
    ],
)
def test_differences_are_marked(left: str, right: str, marked: tuple[str, str]) -> None:
    assert mark_differences(left, right) == marked


# --- Quotations


@pytest.mark.parametrize(
    ("words", "around"),
    [
        ("I never looked down,", ["I never looked down,"]),
        ("looked", ["I never looked down,"]),
        ("she said,", []),
        ('I never looked down," she said, "and', []),
        ('"I never looked down,', []),
        ("and never up", ["and never up; he said 'look!'"]),
        ("look!", ["and never up; he said 'look!'", "look!"]),
        ("said 'look!'", ["and never up; he said 'look!'"]),
        ("That was all", []),
    ],
)
def test_the_quotations_around_a_span_come_outermost_first(words: str, around: list[str]) -> None:
    text = ArticleText('"I never looked down," she said, "and never up; he said \'look!\'" That was all.')
    (span,) = text.find(words)
    assert [text.text(quotation) for quotation in text.quotations_around(span)] == around


def test_each_paragraph_of_a_long_quotation_is_quoted() -> None:
    text = ArticleText("She said: “It was cold.\n\n“It was dark.\n\n“It was fun.” The end.")
    words = ("cold", "dark", "fun", "The end")
    quoted = {each: bool(text.quotations_around(text.find(each)[0])) for each in words}
    assert quoted == {"cold": True, "dark": True, "fun": True, "The end": False}


# --- Many spans at once

spans = st.builds(lambda start, length: Span(start, start + length, 1), st.integers(0, 20), st.integers(1, 6))


@given(st.lists(spans, max_size=6), spans)
def test_stretches_answer_as_their_spans_do(several: list[Span], span: Span) -> None:
    stretches = Stretches(several)
    assert stretches.meet(span) == (overlapping(span, several) is not None)
    covered = {place for each in several for place in range(each.start, each.end)}
    outside = [place for start, end in stretches.outside(span) for place in range(start, end)]
    assert outside == [place for place in range(span.start, span.end) if place not in covered]


def test_a_large_article_is_searched_for_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuntbook.text.article_text._MOST_COMPARED", 250)
    text = ArticleText("She jumped.")
    assert [text.can_compare("She fell. "), text.can_compare("She fell. "), text.can_compare("She fell. ")] == [
        True,
        True,
        False,
    ]
