"""The real knowledge base with one error planted at a time: each is reported on its line, with advice.

An editor's slip may be a wrong word, a wrong number or a wrong person. The real articles show whether the rules notice
it among real sentences, and whether they keep quiet where nothing is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.silence import silenced
from stuntbook.knowledge.statements import Statement
from stuntbook.records.model import Quote
from stuntbook.rules.engine import JUDGEMENTS
from tests.site_tools import copy_root


@dataclass(frozen=True, slots=True)
class Planted:
    """An error: what is replaced, once, and where the report must point."""

    name: str
    old: str
    new: str
    code: str
    at: str = ""
    """Words on the line that the report points at, searched from the planted text on; the planted text's own line."""
    above: str = ""
    """Words on the line that the report points at, where that line stands above the planted text."""
    file: str = "stunts.yaml"

    def plant(self, text: str) -> tuple[str, int]:
        """The text with the error in it, and the line on which it is to be reported."""
        assert text.count(self.old) >= 1, f"the real data no longer hold {self.old!r}"
        changed = text.replace(self.old, self.new, 1)
        planted = text.index(self.old)
        position = changed.rindex(self.above, 0, planted) if self.above else changed.index(self.at, planted)
        return changed, changed.count("\n", 0, position) + 1


PLANTED = (
    Planted(
        "a changed word in a quote",
        'is new about the jump.\n        cite: {screenrant-halo-featurette: "Tom will be the first actor',
        'is new about the jump.\n        cite: {screenrant-halo-featurette: "Tom will be the first man',
        "misquotation",
        at="Tom will be the first man",
    ),
    Planted(
        "changed punctuation in a quote",
        '"Just one shot left. At 25,000 feet. At 200 mph.',
        '"Just one shot left: at 25,000 feet, at 200 mph.',
        "misquotation",
    ),
    Planted(
        "a swapped speaker",
        "speaker: simon-pegg\n        context: On how Cruise did the stunt.",
        "speaker: wade-eastwood\n        context: On how Cruise did the stunt.",
        "attribution",
        at='"incredibly safety-conscious."',
    ),
    Planted("a wrong number in a measure", "value: 64\n", "value: 46\n", "number-not-cited", at='"he did 64 takes"'),
    Planted(
        "a wrong number in a claim",
        "The five cameras were",
        "The six cameras were",
        "number-in-text",
        above="- text: >-",
    ),
    Planted(
        "a claim on a sentence without its names",
        '"Cruise\'s stunt coordinator and co-star Simon Pegg were in awe of his performance"',
        '"his injury was the least of his concern"',
        "name-in-text",
        above="- text:",
    ),
    Planted(
        "a claim on a sentence without its number",
        '"five cameras strategically positioned, including a helicopter camera, a crane camera, and cameramen',
        '"including a helicopter camera, a crane camera, and cameramen',
        "number-in-text",
        above="- text: >-",
    ),
    Planted(
        "a nested quotation credited to the outer speaker",
        "speaker: tom-cruise\n        via: christopher-mcquarrie\n",
        "speaker: christopher-mcquarrie\n",
        "nested-quote",
        at='"Did you get that?"',
    ),
    Planted(
        "a guess put as a fact",
        "Some of [[christopher-mcquarrie]]'s photos from the shoot seem to show the same stunt.\n"
        '        cite: {looper-plane-jump: "some look to be from the same plane stunt"}\n'
        "        note: The article puts it as an impression.\n",
        "Some of [[christopher-mcquarrie]]'s photos from the shoot show the same stunt.\n"
        '        cite: {looper-plane-jump: "some look to be from the same plane stunt"}\n',
        "guess-as-fact",
    ),
    Planted(
        "the same measure twice with different values",
        "      - quantity: jumps\n        value: 100\n",
        "      - quantity: jumps\n        value: 64\n"
        '        cite: {screenrant-halo-featurette: "he did 64 takes"}\n'
        "      - quantity: jumps\n        value: 100\n",
        "values-differ",
        at="quantity: jumps\n        value: 100",
    ),
    Planted(
        "an edited article body",
        "Cruise broke his ankle while filming",
        "Cruise broke an ankle while filming",
        "body-changed",
        file="articles/looper-plane-jump.md",
    ),
    Planted(
        "reported speech of the wrong person",
        "by: simon-pegg\n",
        "by: tom-cruise\n",
        "attribution",
        at='"Pegg shared that',
    ),
    Planted(
        "an invented name",
        "text: A cameraman jumped with him.",
        "text: A cameraman, Craig O'Brien, jumped with him.",
        "name-in-text",
    ),
    Planted(
        "quoted words without a speaker",
        '        by: christopher-mcquarrie\n        cite: {looper-plane-jump: "At dusk."}',
        '        cite: {looper-plane-jump: "At dusk."}',
        "speaker-missing",
    ),
)


def copy_of(planted: Planted, folder: Path) -> tuple[Path, int]:
    """The real knowledge base with the error, and the line on which it is to be reported."""
    target = copy_root(folder) / planted.file
    text, line = planted.plant(target.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8")
    if planted.code == "body-changed":
        line = next(number for number, each in enumerate(text.splitlines(), start=1) if each.startswith("digest:"))
    return folder, line


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_error_is_reported_on_its_line(planted: Planted, tmp_path: Path) -> None:
    root, line = copy_of(planted, tmp_path)
    report = Report()
    load_and_check(root, report)
    found = {(each.code, each.location.path, each.location.line): each for each in report}
    assert (planted.code, planted.file, line) in found, report.render()
    assert found[planted.code, planted.file, line].advice
    assert report.has_errors == (planted.code != "guess-as-fact")


def test_hardly_anything_is_silenced(knowledge: KnowledgeBase) -> None:
    assert sum(1 for record in knowledge.records for _ in silenced(knowledge, record)) <= 3


# --- Swapped speakers


def swapped(statement: Statement, person: str) -> Statement:
    """The statement as somebody else's."""
    key = "speaker" if isinstance(statement.value, Quote) else "by"
    value = statement.value.model_copy(update={key: person})
    return replace(statement, value=value, evidence=replace(statement.evidence, by=person), parts=())


def is_reported(knowledge: KnowledgeBase, statement: Statement) -> bool:
    alone = dict.fromkeys(knowledge.statements, ()) | {statement.record: (statement,)}
    book = replace(knowledge, statements=alone)
    record = next(each for each in book.records if each.id == statement.record)
    return any(finding.subject == statement for judgement in JUDGEMENTS for finding in judgement(book, record))


def swaps(knowledge: KnowledgeBase, kind: str) -> Iterator[Statement]:
    """Every statement of a kind that somebody says, as each other person's."""
    for statement in knowledge.all_statements():
        if statement.evidence.by and statement.passages and (statement.kind == "quote") == (kind == "quote"):
            yield from (swapped(statement, each) for each in knowledge.people if each != statement.evidence.by)


@pytest.mark.parametrize("kind", ["quote", "said"])
def test_a_swapped_speaker_is_reported(knowledge: KnowledgeBase, kind: str) -> None:
    results = {(each.location.line, each.evidence.by): is_reported(knowledge, each) for each in swaps(knowledge, kind)}
    missed = [swap for swap, reported in results.items() if not reported]
    assert len(results) > 100
    assert len(missed) <= len(results) * 0.05, f"{len(missed)} of {len(results)} are not reported: {missed}"
