"""Results are kept for as long as all that they depend on is the same, and no longer."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Diagnostic, Location, Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.memo import Memo
from stuntbook.records.model import AnyRecord
from stuntbook.rules.engine import JUDGEMENT_CODES
from stuntbook.safe import Safe
from tests.support import ARTICLE, BOOK, FRONT_MATTER, codes, indented, write_book

BODY = "Quill leapt over the canal, 25 feet wide, on a grey morning in May, while the whole town looked on."


class Maker:
    """Makes a thing of what it finds in a table, and counts how often."""

    def __init__(self, memo: Memo, find: Callable[[Mapping[str, object]], object]) -> None:
        self.made = 0
        self._memo = memo
        self._find = find

    def run(self, held: Mapping[str, object]) -> object:
        """The thing, in a run of its own in which the table holds this."""
        self._memo.begin()
        table = self._memo.tables.add("table", held)

        def make() -> str:
            self.made += 1
            return repr(self._find(table))

        return self._memo.recall("thing", "a", make)


@pytest.mark.parametrize(
    ("find", "kept", "made_again"),
    [
        (lambda table: table["a"], {"a": 1, "b": 3}, {"a": 2, "b": 2}),
        (lambda table: table.get("c"), {"a": 2, "b": 2}, {"a": 1, "b": 2, "c": 3}),
        (lambda table: "c" in table, {"a": 2}, {"c": 3}),
        (list, {"a": 5, "b": 5}, {"b": 2, "a": 1}),
        (len, {"c": 5, "d": 5}, {"a": 1}),
        (lambda table: list(table.values()), {"a": 1, "b": 2}, {"a": 1, "b": 3}),
        (dict, {"a": 1, "b": 2}, {"a": 1, "b": 3}),
        (lambda table: {**table}, {"a": 1, "b": 2}, {"a": 0, "b": 2}),
        (lambda table: table["a"] if table["a"] == 1 else table["b"], {"a": 1, "b": 9}, {"a": 2, "b": 2}),
    ],
)
def test_a_thing_depends_on_what_it_looked_at(
    find: Callable[[Mapping[str, object]], object], kept: dict[str, object], made_again: dict[str, object]
) -> None:
    maker = Maker(Memo(), find)
    first = maker.run({"a": 1, "b": 2})
    assert maker.run(kept) == first
    assert maker.made == 1
    assert maker.run(made_again) == Maker(Memo(), find).run(made_again)
    assert maker.made == 2


def test_a_table_that_is_made_when_it_is_looked_at_counts_by_what_it_holds() -> None:
    memo, made = Memo(), list[str]()
    for words in ({"a": "one", "b": "two"}, {"a": "one", "b": "six"}, {"a": "four", "b": "two"}):
        memo.begin()
        source = memo.tables.add("words", words)
        lengths = memo.tables.add("lengths", lambda source=source: {key: len(source[key]) for key in source})  # type: ignore[misc]

        def make(lengths: Mapping[str, int] = lengths) -> int:
            made.append("")
            return lengths["a"]

        assert memo.recall("thing", "a", make) == len(words["a"])
    assert len(made) == 2


def test_what_can_not_be_told_is_made_again() -> None:
    maker = Maker(Memo(), lambda table: table["a"])
    for _ in range(2):
        maker.run({"a": object()})
    assert maker.made == 2


def test_a_run_without_another_keeps_nothing() -> None:
    maker = Maker(Memo(keeping=False), lambda table: table["a"])
    for _ in range(2):
        maker.run({"a": 1})
    assert maker.made == 2


def test_what_was_there_before_errors_is_there_when_they_are_mended() -> None:
    memo, made = Memo(), list[int]()

    def run(number: int | None, *, broken: bool) -> None:
        memo.begin()
        table = memo.tables.add("table", {"a": number, "b": 0})

        def make(name: str) -> None:
            if found := table[name]:
                made.append(found)

        for name in ("a", "b") if number else ("b",):
            memo.recall("things", name, partial(make, name))
        memo.end(broken=broken)

    run(1, broken=False)
    for hidden in (None, 2, None):  # a second error, and one that changes what is left
        run(hidden, broken=True)
    run(1, broken=False)
    assert made == [1, 2]
    run(None, broken=False)
    run(None, broken=True)
    run(1, broken=False)
    assert made == [1, 2, 1]


def test_a_run_that_tells_nothing_leaves_what_was_there() -> None:
    memo, made = Memo(), list[str]()

    def run(memo: Memo, value: str) -> Memo:
        memo.begin()
        table = memo.tables.add("table", {"a": value, "b": ""})
        memo.recall("things", value or "b", lambda: made.append(table["a"]))
        memo.end(broken=not value)
        return memo

    run(memo, "one")
    for value in ("", "two"):
        run(memo.copy(), value)
    run(run(memo.copy(), "one"), "one")
    assert made == ["one", "", "two"]


def test_an_error_costs_nothing_that_is_not_its_own(tmp_path: Path) -> None:
    root, memo = write_book(tmp_path, BOOK, weekly=BODY), Memo()
    before = load_and_check(root, Report(), memo=memo)
    load_and_check(root, Report(), memo=memo, texts={"stunts.yaml": "films: [\n"})
    assert load_and_check(root, Report(), memo=memo).statements["canal-jump"] is before.statements["canal-jump"]


def test_a_result_with_problems_is_made_again_and_told_again() -> None:
    def make(report: Report) -> None:
        report.error(Location("a.yaml"), "wrong", "this is wrong", "mend it")

    memo = Memo()
    for _ in range(2):
        memo.begin()
        report = Report()
        memo.recall_checked("things", "a", report, make)
        assert codes(report) == ["wrong"]


def test_a_rule_that_reads_something_new_is_applied_again_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here every rule about the stunt looks at the note of a person with whom it has nothing to do."""

    def mo_has_no_note(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Diagnostic]:
        if record.id == "canal-jump" and knowledge.people["mo-venn"].note == "A note.":
            yield Diagnostic(Location("stunts.yaml"), "new", "Mo Venn has a note", "remove it")

    monkeypatch.setattr("stuntbook.rules.engine.RULES", (mo_has_no_note,))
    memo = Memo()
    for note, expected in (("Another.", []), ("A note.", ["new"]), ("Another.", [])):
        report = Report()
        book = BOOK.replace("name: Mo Venn", f"name: Mo Venn\n    note: {note}")
        load_and_check(write_book(tmp_path, book, weekly=BODY), report, memo=memo)
        assert [code for code in codes(report) if code == "new"] == expected


# --- Dependencies that seldom show


def test_two_articles_count_as_two_once_they_are_no_copies(tmp_path: Path) -> None:
    claims = "summary:\n  - text: Somebody leapt.\n    cite:\n      - weekly: Quill leapt\n      - gazette: Quill leapt"
    memo = Memo()
    root = write_book(tmp_path, BOOK + indented(claims), weekly=BODY, gazette=BODY)
    for gazette, independent in ((BODY, 1), ("Quill leapt, says the Gazette, and that is all.", 2), (BODY, 1)):
        write_book(root, BOOK + indented(claims), gazette=gazette)
        knowledge = load_and_check(root, Report(), memo=memo)
        (claim,) = (each for each in knowledge.statements["canal-jump"] if each.kind == "summary")
        assert claim.evidence.independent == independent


@pytest.mark.parametrize(
    ("note", "other"), [("See the jump of Canal.", ("dara-quill", "Example")), ("Not in Example.", ("mo-venn", "Some"))]
)
def test_a_note_may_name_what_mentions_its_record_and_every_publisher(
    note: str, other: tuple[str, str], tmp_path: Path
) -> None:
    knowledge = BOOK.replace("name: Mo Venn", f"name: Mo Venn\n    note: {note}")
    memo = Memo()
    for (performer, publisher), found in ((("mo-venn", "Example"), 0), (other, 1), (("mo-venn", "Example"), 0)):
        article = f"{FRONT_MATTER}{BODY}".replace("publisher: Example", f"publisher: {publisher}")
        root = write_book(tmp_path, knowledge + indented(f"performers: [{performer}]"), weekly=article)
        report = Report()
        load_and_check(root, report, memo=memo)
        assert codes(report).count("name-in-text") == found


def found_in_turns(root: Path, *books: tuple[str, str]) -> list[list[str]]:
    """What is found in a book, and an article, after each of several edits."""
    memo, found = Memo(), list[list[str]]()
    for knowledge, article in books:
        report = Report()
        load_and_check(write_book(root, knowledge, weekly=article), report, memo=memo)
        found.append([code for code in codes(report) if code in JUDGEMENT_CODES])
    return found


def test_numbers_are_read_in_the_language_that_the_article_has_now(tmp_path: Path) -> None:
    book = BOOK + indented("measures: [{quantity: height, value: 2.5, unit: m, cite: {weekly: 'fell 2,5 m'}}]")
    english = f"{FRONT_MATTER}She fell 2,5 m.\n"
    german = english.replace("url:", "language: de\nurl:")
    other = english.replace("2,5", "2.5")
    turns = found_in_turns(tmp_path, (book, german), (book.replace("2,5", "2.5"), other), (book, german))
    assert turns == [[], [], []]
    value = book.replace("2.5", "25")
    assert found_in_turns(tmp_path, (value, german), (value, english.replace("2,5 m", "2,5 m or 25 m")))[0] != []


@pytest.mark.parametrize(
    ("lines", "body", "other", "expected"),
    [  # each time the words around the passage change, and the passage does not
        (
            "injuries: [{person: mo-venn, body_part: wrist, text: It hurt., cite: {weekly: broke a wrist}}]",
            "Mo Venn broke a wrist.",
            "Dara Quill broke a wrist.",
            "person-not-named",
        ),
        (
            "quotes: [{speaker: mo-venn, cite: {weekly: It was high}}]",
            '"It was high," Mo Venn said. Dara Quill left.',
            '"It was high," Dara Quill said. Mo Venn left.',
            "attribution",
        ),
        (
            "awards: [{name: Golden Rope, text: It was given a prize., cite: {weekly: won a prize}}]",
            "It won a prize, the Golden Rope.",
            "It won a prize, the Golden Net.",
            "name-in-text",
        ),
    ],
)
def test_words_around_a_passage_are_read_again(
    lines: str, body: str, other: str, expected: str, tmp_path: Path
) -> None:
    book = BOOK + indented(lines)
    assert found_in_turns(tmp_path, (book, body), (book, other), (book, body)) == [[], [expected], []]


def test_a_name_between_that_is_new_in_the_book_is_seen(tmp_path: Path) -> None:
    book = BOOK + indented("credits: [{person: mo-venn, role: director, cite: {weekly: He directed}}]")
    with_other = book.replace("  mo-venn:", "  bo-tann:\n    name: Bo Tann\n  mo-venn:")
    body = "Mo Venn came first. Bo Tann stood beside him. He directed the scene."
    assert found_in_turns(tmp_path, (book, body), (with_other, body), (book, body)) == [[], ["person-not-named"], []]


def test_what_nobody_has_read_for_long_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    safe = Safe(tmp_path / "kept")
    counts = []
    for number in range(20):
        book = BOOK.replace("  mo-venn:", f"  other-{number}:\n    name: Other {number}\n  mo-venn:")
        memo = Memo(keeping=False, safe=safe)
        load_and_check(write_book(tmp_path / "book", book, weekly=ARTICLE), Report(), memo=memo)
        counts.append(len(safe.get("verdict")["reads"]))
    assert max(counts) < 3 * counts[0]


def test_what_another_process_has_kept_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    safe, looked = Safe(tmp_path / "kept"), list[str]()

    def run(memo: Memo) -> list[str]:
        def use(name: str, result: str) -> bool:
            looked.append(name)
            return result == name.upper()

        memo.begin()
        things = [*memo.recall_each("things", ["a", "b"], str.upper, use=use)]
        memo.end(broken=False)
        return things

    first = Memo(keeping=False, safe=safe)
    run(first)
    first.keep_safe()
    content = safe.get("things")
    content["kept"]["b"][1] = "something else"
    safe.put("things", content)
    memo = Memo(safe=safe)
    assert [run(memo) for _ in range(3)] == [["A", "B"]] * 3
    assert looked == ["a", "b"]
