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
from stuntbook.records.stated import Quote
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


LIES = {
    "number-in-text": (
        ("writing in 2025, calls", "writing in 2024, calls"),
        ("For this film of 2011,", "For this film of 2012,"),
        ("This film of 2015 opens", "This film of 2016 opens"),
        ("Cruise]] 64 takes.", "Cruise]] 46 takes."),
        ("plane at 25,000 feet]].", "plane at 35,000 feet]]."),
        ("appeared in this film of 2022.", "appeared in this film of 2021."),
        ("filmed by five\n", "filmed by six\n"),
        ("Of the five cameras,", "Of the nine cameras,"),
        ("wait until 2,000 feet", "wait until 3,000 feet"),
        ("In March 2017, according to", "In March 2018, according to"),
        ("made the jump 100 times, with", "made the jump two hundred times, with"),
        ("three minutes of light,", "thirteen minutes of light,"),
        ("he made the jump 100 times, a", "he made the jump 120 times, a"),
    ),
    "name-in-text": (
        ("John Woo directed this film", "Brian De Palma directed this film"),
        ("Dubai, the tallest", "Doha, the tallest"),
        ("Christopher McQuarrie directed this", "Christopher Nolan directed this"),
        ("had spoken, Looper wrote,", "had spoken, Variety wrote,"),
        ("Looper noted while", "Empire noted while"),
        ("SlashFilm found much feeling", "Looper found much feeling"),
        ("Director [[john-woo|John Woo]] ran", "Director [[christopher-mcquarrie|of the film]] ran"),
        ("high over the United Arab Emirates.", "high over Saudi Arabia."),
        ("posted a photo on Instagram that", "posted a photo on Facebook that"),
        ("HALO jump]] at CinemaCon.", "HALO jump]] at Comic-Con."),
        ("In Screen Rant, Jake Myers is", "In Screen Rant, Mike Myers is"),
        ("Eastwood called Cruise an athlete;", "Woo called Cruise an athlete;"),
        ("Screen Rant adds that it", "SlashFilm adds that it"),
    ),
}
"""By what they must be reported as, lies in the sentences of summaries and stories: what is written, and the lie."""
LIES_IN_REMARKS = (
    ("note", "name-in-text", "Head Topics does not say where.", "Head Topics does not say that it was in Utah."),
    ("note", "number-in-text", "No article says how it was filmed.", "It was filmed in 14 days."),
    ("note", "name-in-text", "square brackets are SlashFilm's.", "square brackets are Empire's."),
    ("note", "number-in-text", "We take the two for one person;", "We take the two for one person, born in 1970;"),
    ("note", "name-in-text", "That this sequence is the helicopter flight", "That Jackie Chan taught him the flight"),
    ("note", "number-in-text", "Both accounts stand in one article.", "Both accounts stand in 3 articles."),
    ("context", "name-in-text", "On why he kept filming.", "On why he kept filming in Moab."),
    ("context", "number-in-text", "On the first takes.", "On the first 40 takes."),
)
"""Lies in notes and in what is said about quotes: the key, the rule, what is written, and the lie."""

PLANTED = (
    Planted(
        "a changed word in a quote",
        '{screenrant-halo-featurette: "Tom will be the first actor',
        '{screenrant-halo-featurette: "Tom will be the first man',
        "misquotation",
    ),
    Planted(
        "changed punctuation in a quote",
        'jump: "Just one shot left. At 25,000 feet. At 200 mph.',
        'jump: "Just one shot left: at 25,000 feet, at 200 mph.',
        "misquotation",
    ),
    Planted(
        "a swapped speaker",
        "speaker: simon-pegg\n        context: On Cruise.",
        "speaker: wade-eastwood\n        context: On Cruise.",
        "attribution",
        at='"incredibly safety-conscious."',
    ),
    Planted("a wrong number in a measure", "value: 64\n", "value: 46\n", "number-not-cited", at='"he did 64 takes"'),
    Planted(
        "a sentence on a passage without its names",
        "\"Cruise's stunt coordinator and co-star Simon Pegg were in awe of his performance — Eastwood",
        '"Eastwood',
        "name-in-text",
        above="- text:",
    ),
    Planted(
        "a sentence on a passage without its number",
        '"The production of the cliffside sequence was particularly demanding, '
        "with five cameras strategically positioned, ",
        '"',
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
        "in the course of production seem to show the same stunt",
        "in the course of production show the same stunt",
        "guess-as-fact",
        above="- text: >-",
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
        "the camera operator.",
        "the camera operator, Craig O'Brien.",
        "name-in-text",
        above="- text: >-",
    ),
    Planted(
        "quoted words without a speaker",
        '        by: christopher-mcquarrie\n        cite: {looper-plane-jump: "One chance per day"}',
        '        cite: {looper-plane-jump: "One chance per day"}',
        "speaker-missing",
    ),
    *(Planted(f"{code}: {new}", old, new, code, above="text: ") for code, pairs in LIES.items() for old, new in pairs),
    *(Planted(f"remark: {new}", old, new, code, above=f"{key}: ") for key, code, old, new in LIES_IN_REMARKS),
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
