"""What YAML texts hold is read once, and is the same whenever it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from stuntbook import readings
from stuntbook.checks import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge import KnowledgeBase
from stuntbook.layout import CACHE
from stuntbook.readings import Readings
from stuntbook.yaml_reader import Parsed, read_yaml
from tests.site_tools import ROOT
from tests.support import BOOK, indented, write_book

KEPT = CACHE / "readings.json"
EVERYTHING = """
text: "zwölf Stöße"
lines: |
  one

  two
number: 12
height: -0.5
true: {nested: [[1, 2], {a: [true, false]}], empty: []}
"""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that have been parsed."""
    texts: list[str] = []

    def counting(text: str, path: str, report: Report) -> Parsed | None:
        texts.append(text)
        return read_yaml(text, path, report)

    monkeypatch.setattr(readings, "read_yaml", counting)
    return texts


def read_all(root: Path) -> Report:
    """The report on a knowledge base that is read with what was kept, which is kept again."""
    report, kept = Report(), Readings(root)
    load_and_check(root, report, read=kept.read)
    kept.save()
    return report


def test_only_what_has_changed_is_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    root = write_book(tmp_path, BOOK, weekly="Quill leapt.", gazette="She leapt far.")
    read_all(root)
    first = parsed.copy()
    assert len(first) > 3
    parsed.clear()
    read_all(root)
    assert parsed == []
    knowledge = root / "stunts.yaml"
    knowledge.write_text(
        "# a comment moves everything\n" + knowledge.read_text("utf-8").replace("Canal jump", "Canal leap"), "utf-8"
    )
    read_all(root)
    (changed,) = parsed
    assert "Canal leap" in changed


def test_data_are_the_same_when_they_were_kept(tmp_path: Path) -> None:
    found = []
    for _ in range(2):
        kept = Readings(tmp_path)
        reading = kept.read(EVERYTHING, "a.yaml", Report())
        assert reading
        kept.save()
        found.append((reading.data, [reading.place.at(*path) for path in ((), ("lines",), ("true", "nested", 1, "a"))]))
    assert found[0] == found[1]
    assert repr(found[0]) == repr(found[1])  # tuples are tuples, and 1 is not true


def test_records_are_the_same_when_they_were_kept(tmp_path: Path) -> None:
    def shown(knowledge: KnowledgeBase) -> list[tuple[str, object]]:
        return [(repr(each), each.place.key) for each in knowledge.by_id.values()]

    plain = shown(load_and_check(ROOT, Report()))
    assert len(plain) > 20
    for _ in range(2):
        kept = Readings(tmp_path)
        assert shown(load_and_check(ROOT, Report(), read=kept.read)) == plain
        kept.save()


def test_a_problem_is_told_every_time(tmp_path: Path) -> None:
    book = BOOK + indented("titel: x\nclaims:\n  - {text: It was wet., cite: {weekly: not there}}")
    root = write_book(tmp_path, book, weekly="Quill leapt.")
    first = read_all(root).render()
    assert "unknown-key" in first
    assert read_all(root).render() == first
    (root / "stunts.yaml").write_text("# above\n\n" + book, "utf-8")
    assert "stunts.yaml:" in first
    assert read_all(root).render() != first  # the lines


@pytest.mark.parametrize("text", ["a: [", "a: *b", "a: yes", ""])
def test_what_is_wrong_is_not_kept(tmp_path: Path, text: str, parsed: list[str]) -> None:
    for _ in range(2):
        kept = Readings(tmp_path)
        report = Report()
        kept.read(text, "a.yaml", report)
        kept.save()
        assert bool(report) == bool(text)
    assert parsed == [text, text]


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    for texts in (("a: 1", "b: 2"), ("a: 1",)):
        kept = Readings(tmp_path)
        for text in texts:
            kept.read(text, "a.yaml", Report())
        kept.save()
    assert (tmp_path / KEPT).read_text("utf-8").count('"a":1') == 1
    assert '"b"' not in (tmp_path / KEPT).read_text("utf-8")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"reader": 1, "texts": {}}', '{"reader"', "\udcff"])
def test_what_is_no_cache_is_passed_over(tmp_path: Path, content: str) -> None:
    file = tmp_path / KEPT
    file.parent.mkdir(parents=True)
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    kept = Readings(tmp_path)
    found = kept.read("a: 1", "a.yaml", Report())
    assert found
    assert found.data == {"a": 1}
    kept.save()
    assert '"a":1' in file.read_text("utf-8")


def test_another_reader_reads_for_itself(tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Readings(tmp_path)
    kept.read("a: 1", "a.yaml", Report())
    kept.save()
    monkeypatch.setattr(readings, "version", lambda _: "another")
    Readings(tmp_path).read("a: 1", "a.yaml", Report())
    assert parsed == ["a: 1", "a: 1"]


def test_a_folder_that_cannot_be_written_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / CACHE.parent).mkdir()
    (tmp_path / CACHE).write_text("a file in the folder's place", "utf-8")
    kept = Readings(tmp_path)
    assert kept.read("a: 1", "a.yaml", Report())
    kept.save()
