"""References lead to records and citations to passages; what can't be resolved is reported and left out."""

from pathlib import Path

import pytest

from stuntbook.diagnostics import Diagnostic, Report
from stuntbook.knowledge.resolution import prepare_each, prose_of, references_of
from stuntbook.memo import Memo
from stuntbook.reading.sources import load
from stuntbook.records.model import Film
from tests.support import BOOK, FRONT_MATTER, SITES, codes, indented, proven, read_book, write_book

BODY = "Dara Quill jumped over the canal. “I never looked down,” she said.\n\nThe jump took all day.\n"


def claim(words: str) -> str:
    return BOOK + indented(f"summary:\n  - text: She jumped.\n    cite: {{weekly: '{words}'}}")


def problem(folder: Path, words: str, body: str = BODY) -> Diagnostic:
    _, report = read_book(folder, claim(words), weekly=body)
    (diagnostic,) = report
    return diagnostic


def test_a_passage_is_the_articles_own_text(tmp_path: Path) -> None:
    knowledge, _ = read_book(tmp_path, claim('"I never looked down," she'), weekly=BODY)
    (statement,) = (each for each in knowledge.all_statements() if each.kind == "summary")
    (passage,) = statement.passages
    assert passage.text == "“I never looked down,” she"
    assert BODY[passage.span.start : passage.span.end] == passage.text
    assert (passage.source, passage.span.paragraph) == ("weekly", 1)
    assert str(passage.location) == "stunts.yaml:15:24"


def test_the_line_of_the_nearest_passage_is_that_of_the_file(tmp_path: Path) -> None:
    diagnostic = problem(tmp_path, "The jump took all night.")
    assert diagnostic.code == "passage-not-found"
    assert f"(paragraph 2, line {FRONT_MATTER.count(chr(10)) + 3})" in diagnostic.details[0]


def test_nothing_near(tmp_path: Path) -> None:
    assert problem(tmp_path, "Xylophones blew up mightily").details == ("nothing in that article is like it",)


def test_every_place_of_an_ambiguous_passage_is_shown(tmp_path: Path) -> None:
    diagnostic = problem(tmp_path, "jumped", "She jumped.\nHe jumped.\n")
    assert diagnostic.code == "passage-ambiguous"
    assert diagnostic.details == ("line 6: …She [jumped]. He jumped.…", "line 7: …She jumped. He [jumped].…")


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("boilerplate", "Share this", []),
        ("boilerplate", "Share that", ["passage-not-found"]),
        ("boilerplate", "one", ["passage-ambiguous"]),
        ("sic", "teh", []),
        ("sic", "hte", ["passage-not-found"]),
    ],
)
def test_what_front_matter_declares_stands_in_the_body(name: str, words: str, code: list[str], tmp_path: Path) -> None:
    front = FRONT_MATTER.replace("url:", f"{name}: ['{words}']\nurl:")
    write_book(tmp_path, BOOK, weekly=f"{front}teh one and one. Share this\n")
    report, memo = Report(), Memo()
    source = prepare_each(load(tmp_path, report, memo).articles, report, memo)["weekly"]
    assert codes(report) == code
    found = {"boilerplate": source.boilerplate, "sic": source.sic}[name]
    assert [source.text.text(span) for span in found] == ([] if code else [words])


def test_a_statement_whose_passage_is_missing_is_kept_without_it(tmp_path: Path) -> None:
    knowledge, _ = read_book(tmp_path, claim("not there at all"), weekly=BODY)
    kinds = [(each.kind, each.passages) for each in knowledge.statements["canal-jump"]]
    assert kinds == [("film", ()), ("summary", ())]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("performers: [dara-quill]", None),
        ("performers: [nobody]", "unknown-reference"),
        ("performers: [canal]", "wrong-reference"),
        ("credits: [{person: nobody, role: cast}]", "unknown-reference"),
        ("summary: [{text: x, by: nobody}]", "unknown-reference"),
        ("summary: [{text: x, by: weekly}]", "wrong-reference"),
        ("injuries: [{person: nobody, body_part: knee, text: x}]", "unknown-reference"),
        ("risks: [{text: x, precautions: [{text: y, by: nobody}]}]", "unknown-reference"),
        ("risks: [{text: x, precautions: [{text: '[[no]]'}]}]", "unknown-reference"),
        ("quotes: [{speaker: nobody, cite: {weekly: looked down}}]", "unknown-reference"),
        ("quotes: [{speaker: mo-venn, via: nobody, cite: {weekly: looked down}}]", "unknown-reference"),
        ("quotes: [{speaker: mo-venn, context: '[[no]]', cite: {weekly: looked down}}]", "unknown-reference"),
        ("note: '[[canal]], [[dara-quill|her]], [[canal-jump]] and [[weekly]]'", None),
        ("summary: [{text: '[[nothing]]'}]", "unknown-reference"),
        ("note: '[[nothing|label]]'", "unknown-reference"),
        ("summary: [{text: x, cite: {monthly: looked down}}]", "unknown-article"),
        ("summary: [{text: x, cite: {canal: looked down}}]", "unknown-article"),
    ],
)  # fmt: skip
def test_references(lines: str, code: str | None, tmp_path: Path) -> None:
    _, report = read_book(tmp_path, BOOK + indented(lines), weekly=BODY)
    assert [each.code for each in proven(report)] == ([code] if code else [])


def test_a_reference_to_a_broken_record_is_no_second_error(tmp_path: Path) -> None:
    knowledge = BOOK.replace("name: Dara Quill", "nam: Dara Quill") + indented(
        "performers: [dara-quill]\nnote: '[[dara-quill]]'\nsummary: [{text: x, by: dara-quill, cite: {broken: x}}]"
    )
    _, report = read_book(tmp_path, knowledge, broken="---\n")
    assert codes(report) == ["front-matter", "missing-key", "unknown-key"]


def test_prose_and_references_of_the_valid_book() -> None:
    report = Report()
    library = load(SITES / "valid", report, Memo())
    film = library.records["lantern-and-tide"]
    quote = library.records["lighthouse-jump"].quotes[1]
    assert [name for name, _ in prose_of(film)] == ["note"]
    assert isinstance(film, Film)
    assert [name for name, _ in prose_of(film.events[7])] == ["text", "note"]
    assert list(references_of(quote, "quote")) == [
        ("speaker", "odile-examplova"),
        ("via", "bartholomew-placeholder"),
    ]
