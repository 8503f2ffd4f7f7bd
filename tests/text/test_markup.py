"""The marks of Markdown in an article: no reader sees them, and no offset slips."""

import time

import pytest

from stuntbook.text.article_text import ArticleText
from stuntbook.text.folding import fold
from stuntbook.text.fragments import text_fragment
from stuntbook.text.markup import seen, shown


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("She *fell* **far**, __very__ _far_.", "She fell far, very far."),
        ('***Far*** down, *“she said”*, he said.', 'Far down, "she said", he said.'),
        ("5 * 3 and snake_case, the price* and 2 * 3*", "5 * 3 and snake_case, the price* and 2 * 3*"),
        ("One *star here.\n\nAnother* there.", "One *star here.\n\nAnother* there."),
        ("See [the jump](https://e.org/a_(film) \"A title\") now", "See the jump now"),
        ("A [link\nover lines](https://e.org).", "A link\nover lines."),
        ("[a note] and (more), a[0](", "[a note] and (more), a[0]("),
        ("![The *crane*](a.jpg) stood [![badge](b.svg)](https://e.org)", "The crane stood badge"),
        ("She fell 25 feet[^1].\n\n[^1]: Some say 30.", "She fell 25 feet.\n\nSome say 30."),
        ("R&amp;D &lt;b&gt; caf&#233; &#xe9; &nosuch; AT&T", "R&D <b> café é &nosuch; AT&T"),
        (r"\*not\* emphasis, 5 \< 6, C:\dir", r"*not* emphasis, 5 < 6, C:\dir"),
        ("Type `a*b*c` and ``d`` here", "Type a*b*c and d here"),
        ("# The jump #\n## Next\nNumber #\n#tag", "The jump\nNext\nNumber #\n#tag"),
        ("- one\n* two\n+ three\n2. Mai\n25. June", "one\ntwo\nthree\n2. Mai\n25. June"),
        ("> She fell\n> far.", "She fell\nfar."),
        ("| Name | Feet |\n|---|:--:|\n| Quill | 30 |", "Name Feet\n\nQuill 30"),
        ("```\ncode\n```", "\ncode\n"),
        ('A <b class="x">bold</b> <a href="https://e.org/fall">leap</a><br>down<!-- 30\nft -->.', "A bold leap down."),
        ("3 < 4, <3, a <- b and x<y> z", "3 < 4, <3, a <- b and x z"),
        ("See <https://e.org/a_b> now", "See https://e.org/a_b now"),
        ("The [high *jump*][1] and [sic][x].\n\n[1]: https://e.org/ (Title)", "The high jump and [sic][x].\n\n"),
        ("It ~~sank~~ flew", "It sank flew"),
        ("It [flew][], [off] and [sic].\n\n[flew]: a.htm\n[Off]: b.htm", "It flew, off and [sic].\n\n\n"),
        ("Jump\n====\n\n~~Old~~ new\n\n***\n---", "Jump\n\n\nOld new\n\n\n"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(body: str, read: str) -> None:
    assert len(seen(body)) == len(body)
    assert list(map(fold, shown(seen(body)).split("\n"))) == read.split("\n")


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("fell 25 feet from", "fell **25 feet**[^1] from"),
        ("fell **25 feet**[^1] from", "fell **25 feet**[^1] from"),  # copied from the file
        ("the crane, R&D said", "[the crane](https://e.org/her-fall), R&amp;D said"),
    ],
)
def test_a_citation_is_of_what_a_reader_sees_or_of_what_the_file_holds(words: str, where: str) -> None:
    body = "## Jump\n\nShe *really* fell **25 feet**[^1] from [the crane](https://e.org/her-fall), R&amp;D said.\n"
    text = ArticleText(body)
    (span,) = text.find(words)
    assert body[span.start : span.end].strip("[*") == where.strip("[*")
    assert text.text(span) == shown(seen(words))
    assert text.line(span) == 3


def test_what_no_reader_sees_is_no_evidence() -> None:
    assert ArticleText("She fell from [the crane](https://e.org/her-fall).").find("her-fall") == []


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("fell 25 feet", "fell%2025%20feet"),
        ("crane", "crane,-stood."),
        ("feet from a crane. A", "feet%20from%20a%20crane.%20A"),
    ],
)
def test_a_fragment_has_no_marks(words: str, fragment: str) -> None:
    text = ArticleText(
        "She *fell* **25 feet** from a [crane](https://e.org/crane). A **crane** [stood](https://e.org)."
    )
    assert text_fragment(text, text.find(words)[-1]) == f"#:~:text={fragment}"


@pytest.mark.parametrize(
    "part",
    [
        "![",
        "[",
        "](",
        '](a "',
        "](a(b)",
        "**",
        "*a ",
        "_",
        "`",
        "`a",
        "&",
        "|",
        "- ",
        "[^",
        "\\",
        " #",
        "|-",
        "> ",
        "#",
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_marks_take_time_in_proportion(part: str, end: str) -> None:
    body = (part + end) * 40_000
    start = time.process_time()
    seen(body)
    assert time.process_time() - start < 5
