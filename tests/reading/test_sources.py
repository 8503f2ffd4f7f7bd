"""Files become records: the body of an article to the character, the front matter's forms, and what a file may lack."""

from pathlib import Path

import pytest

from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library, load
from stuntbook.records.article import Article
from stuntbook.records.model import Film, Stunt
from stuntbook.records.stated import Measure
from tests.support import BOOK, FILM, FRONT_MATTER, codes, indented, write_book

KEYS = "title: T\npublisher: P\nurl: https://example.org/\n"


def loaded(root: Path) -> tuple[Library, Report]:
    report = Report()
    return load(root, report, Memo()), report


def load_sound(root: Path) -> Library:
    library, report = loaded(root)
    assert not report.has_errors, report.render()
    return library


def article(folder: Path, content: str | bytes) -> Article:
    write_book(folder, FILM)
    (folder / "articles" / "weekly.md").write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_sound(folder).articles["weekly"]


BODIES = [
    "One line.\n",
    "No line end",
    "",
    "\n",
    "\n\n\nBlank lines before, and after.\n\n\n",
    "   Leading spaces, trailing spaces.   \n",
    "Before\n---\nafter.\n",
    "---\nA rule first.\n---\n",
    "\n---\n",
    "CRLF\r\n\r\nand LF\nand CR\r.",
    "\tTab, no-break\u00a0space, line\u2028separator, \x85 and \v\f\x1c.\n",
    "\ufeffA mark inside.\n",
    "قفزة المنارة 🎬 e\u0301\n",
    "title: not a key\n# not a comment\n",
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_body_is_all_that_follows_the_front_matter(body: str, line_end: str, mark: str, tmp_path: Path) -> None:
    front = f"---\n{KEYS}---\n".replace("\n", line_end)
    found = article(tmp_path, f"{mark}{front}{body}")
    assert found.body == body
    assert found.title == "T"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("front", "line"),
    [
        (f"---\n{KEYS}---\n", 6),
        (f"---\n# A comment.\n\n{KEYS}\n---\n", 9),
        (f"-----\n{KEYS}-----\n", 6),
        (f"---   \n{KEYS}---  \n", 6),
        (f"---\n\n\n{KEYS}---\n", 8),
    ],
)
def test_the_line_on_which_the_body_starts(front: str, line: int, line_end: str, tmp_path: Path) -> None:
    found = article(tmp_path, front.replace("\n", line_end) + "Body.")
    assert found.body == "Body."
    assert found.body_line == line


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("above", ["", "\n", "# Comment.\n\n"])
def test_places_in_front_matter_are_those_of_the_file(line_end: str, mark: str, above: str, tmp_path: Path) -> None:
    text = f"---\n{above}{KEYS}rights: none\n---\nBody.\n"
    write_book(tmp_path, FILM)
    (tmp_path / "articles" / "weekly.md").write_bytes((mark + text.replace("\n", line_end)).encode())
    (problem,) = loaded(tmp_path)[1]
    assert str(problem.location) == f"articles/weekly.md:{5 + above.count(chr(10))}:9"


def test_an_article_with_the_least_of_keys(tmp_path: Path) -> None:
    found = article(tmp_path, FRONT_MATTER + "Body.")
    assert found.id == "weekly"
    assert found.path == "articles/weekly.md"
    assert found.rights == "excerpts"
    assert (found.author, found.published, found.label) == (None, None, None)
    assert found.display_name == "A jump over the canal"


def test_records_keep_the_order_of_the_file(tmp_path: Path) -> None:
    films = "films:\n" + "".join(f"  {id_}:\n    title: {id_}\n" for id_ in ("c", "a", "b"))
    assert list(load_sound(write_book(tmp_path, films, weekly="x")).records) == ["c", "a", "b"]


def test_short_forms_and_long_forms(tmp_path: Path) -> None:
    knowledge = BOOK.replace("title: Canal\n", "title: Canal\n    year: 2001\n") + indented("""
performers:
  - dara-quill
  - {id: mo-venn, cite: {weekly: x}}
measures:
  - quantity: jumps
    value: 3
    cite:
      - weekly: x
      - weekly: y
""")
    records = load_sound(write_book(tmp_path, knowledge, weekly="x")).records
    film, stunt = records["canal"], records["canal-jump"]
    assert isinstance(film, Film)
    assert isinstance(stunt, Stunt)
    assert film.year
    assert film.year.value == 2001
    assert [each.id for each in stunt.film] == ["canal"]
    assert [(each.id, len(each.cite)) for each in stunt.performers] == [("dara-quill", 0), ("mo-venn", 1)]
    assert isinstance(stunt.measures[0], Measure)
    assert [citation.words for citation in stunt.measures[0].cite] == ["x", "y"]


@pytest.mark.parametrize(
    ("film", "expected"), [("film: canal", ["canal"]), ("film: [canal, {id: dam}]", ["canal", "dam"]), ("", [])]
)
def test_a_stunt_is_of_one_film_of_several_or_of_none(film: str, expected: list[str], tmp_path: Path) -> None:
    knowledge = FILM + f"  dam:\n    title: Dam\nstunts:\n  canal-jump:\n    title: Canal jump\n    {film}\n"
    stunt = load_sound(write_book(tmp_path, knowledge, weekly="x")).records["canal-jump"]
    assert isinstance(stunt, Stunt)
    assert [each.id for each in stunt.film] == expected


def test_only_markdown_files_are_articles(tmp_path: Path) -> None:
    root = write_book(tmp_path, FILM, weekly="x")
    (root / "articles" / "notes.txt").write_text("no front matter", encoding="utf-8")
    assert list(load_sound(root).articles) == ["weekly"]


def test_broken_records_are_named(tmp_path: Path) -> None:
    films = "films:\n  canal:\n    titel: Canal\n  bridge:\n    title: B\n"
    library, _ = loaded(write_book(tmp_path, films, weekly="x"))
    assert list(library.records) == ["bridge"]
    assert library.broken.keys() == {"canal"}


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "stunts.yaml").mkdir()
    (tmp_path / "articles" / "weekly.md").mkdir(parents=True)
    assert codes(loaded(tmp_path)[1]) == ["special-file", "special-file"]


@pytest.mark.parametrize(("name", "most"), [("articles/weekly.md", 2_000), ("stunts.yaml", 50_000)])
def test_a_file_that_is_too_large_is_not_read(
    name: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stuntbook.reading.files._MEGABYTE", 1000)
    file = write_book(tmp_path, FILM, weekly="x") / name
    for excess, problems in ((0, []), (1, ["large-file"])):
        text = file.read_text(encoding="utf-8")
        file.write_text(text + "#" * (most + excess - len(text)), encoding="utf-8")
        assert codes(loaded(tmp_path)[1]) == problems


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    knowledge = "films:\n  Canal:\n    title: no\n  bridge:\n    titel: B\npeople:\n  mo:\n    name: [M]\n"
    expected = ["no-articles", "bad-id", "yaml-surprise", "missing-key", "unknown-key", "wrong-type"]
    assert codes(loaded(write_book(tmp_path, knowledge))[1]) == expected


def test_a_broken_file_is_not_told_as_empty_because_an_article_is_broken_too(tmp_path: Path) -> None:
    write_book(tmp_path, 'films:\n  canal: "\n', weekly="Words.")
    (tmp_path / "articles" / "gazette.md").write_bytes(b"No front matter.")
    assert codes(loaded(tmp_path)[1]) == ["front-matter", "yaml-syntax"]


@pytest.mark.parametrize("before", ["\ufeff\ufeff", "\n", " \n\ufeff\n", "\ufeff\n\ufeff"])
def test_what_no_reader_sees_may_stand_before_the_front_matter(before: str, tmp_path: Path) -> None:
    root = write_book(tmp_path, "films: {}\n", weekly="Words.")
    file = root / "articles" / "weekly.md"
    file.write_text(before + file.read_text(encoding="utf-8"), encoding="utf-8")
    library, report = loaded(root)
    assert library.articles["weekly"].body.strip() == "Words."
    assert codes(report) == []


def test_an_article_holds_no_noncharacter(tmp_path: Path) -> None:
    (report,) = [loaded(write_book(tmp_path, "films: {}\n", weekly="Words \ufdd0 and more."))[1]]
    assert codes(report) == ["bad-value"]
    assert "U+FDD0" in report.render()


def test_a_large_file_is_read_record_by_record_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stuntbook.reading.sources._MEGABYTE", 1)
    sound = "films:\n  canal:\n    title: Canal\n"
    assert codes(loaded(write_book(tmp_path, f"{sound}    year: no\n", weekly="x"))[1]) == ["yaml-surprise"]
    for wrong in (
        '  lock:\n    title: "\n',
        "  canal:\n    title: Canal\n",
        "flims:\n  lock:\n    title: L\n",
        "- a\n",
    ):
        assert "large-file" in codes(loaded(write_book(tmp_path, sound + wrong, weekly="x"))[1])


@pytest.mark.parametrize(
    "broken",
    [
        'title: "Lock',
        "title: 'Lock",
        "title: {a: [b}",
        "title: [a, b",
        "title: Lock: Two",
        'title: "Lock" and more',
        "  title: Lock\n   year: 2031",
        "title: @lock",
        "title: *lock",
        "title: Lock\n    - a",
        "title: Lock\n\tyear: 2031",
        "? [a]\n    : b",
        "title: |\n  Lock",
        "title: Lock\n...\n---",
    ],
)
@pytest.mark.parametrize("above", ["  canal: {title: Canal}\n", "  canal: {title: &a Canal}\n", "  canal: no\n"])
def test_where_a_record_stops_being_yaml_is_told_as_of_the_whole_file(
    broken: str, above: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = "  weir:\n    title: Weir's \"\npeople:\n  mo:\n    name: Mo\n"
    root = write_book(tmp_path, f"films:\n{above}  lock:\n    {broken}\n{behind}", weekly="x")
    told = loaded(root)[1].render()
    monkeypatch.setattr("stuntbook.reading.sources._stops", lambda *_: False)
    assert told == loaded(root)[1].render()


def test_problems_of_a_record_are_on_their_lines(tmp_path: Path) -> None:
    knowledge = "films:\n  canal:\n    title: Canal\n\n  lock:\n    title: no\n    year: 2031\n    year: 2032\n"
    _, report = loaded(write_book(tmp_path, knowledge, weekly="x"))
    assert [(each.location.line, each.code) for each in report] == [(6, "yaml-surprise"), (8, "yaml-duplicate-key")]
    assert "on line 7" in report.render()


@pytest.mark.parametrize(("name", "most"), [("_MOST_RECORDS", 1), ("_MOST_MARKS", 3), ("_MOST_PARAGRAPHS", 1)])
def test_more_than_can_be_checked_is_refused(
    name: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_book(tmp_path, f"{FILM}  lock:\n    title: L\n", weekly='"A" and "b".\n\nC.\n\nD.')
    monkeypatch.setattr(f"stuntbook.reading.sources.{name}", most)
    assert codes(loaded(root)[1]) == ["large-file"]
