"""What is suggested for an article: that it passes the checks, and how much of what a person would take is in it."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.editing.suggesting import LEFT_TO_DO, suggest
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.stated import Measure, Quote
from stuntbook.text.folding import fold
from tests.support import ROOT

HERE = Path(__file__).parent
EXPECTED: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "suggested.yaml").read_text(encoding="utf-8"))
REAL = sorted(path.stem for path in (ROOT / "articles").glob("*.md"))


@dataclass(frozen=True)
class Suggested:
    """What was suggested for an article, in a book in which nothing else stands."""

    knowledge: KnowledgeBase
    report: Report


@pytest.fixture(scope="module")
def suggested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Suggested]:
    found = {}
    for name, articles in (("real", ROOT / "articles"), ("made-up", HERE / "suggested")):
        root = tmp_path_factory.mktemp(name)
        shutil.copytree(articles, root / "articles")
        (root / "stunts.yaml").write_text("", encoding="utf-8")
        for path in sorted(articles.glob("*.md")):
            _, book = suggest(root, path.stem)
            report = Report()
            found[path.stem] = Suggested(load_and_check(root, report, texts={"stunts.yaml": book.after}), report)
    return found


@pytest.mark.parametrize("article", [*REAL, *EXPECTED])
def test_what_is_suggested_passes_but_for_what_a_person_has_to_do(
    article: str, suggested: dict[str, Suggested]
) -> None:
    left = {each.code for each in suggested[article].report if each.code != "uncited-article"}
    assert left <= LEFT_TO_DO
    assert left


# --- How much of what a person would take


def quotes_of(knowledge: KnowledgeBase, article: str) -> Iterator[tuple[str, str]]:
    """Speaker and words of every passage that is quoted from an article."""
    for statement in knowledge.all_statements():
        if isinstance(statement.value, Quote):
            for passage in statement.passages:
                if passage.source == article:
                    speaker = statement.value.speaker
                    agent = knowledge.agents.get(speaker)
                    yield (agent.name if agent else speaker), fold(passage.text)


def measures_of(knowledge: KnowledgeBase, article: str) -> set[tuple[Any, ...]]:
    return {
        (statement.value.quantity, statement.value.value, statement.value.unit, statement.value.qualifier)
        for statement in knowledge.all_statements()
        if isinstance(statement.value, Measure) and any(each.source == article for each in statement.passages)
    }


def people_named(knowledge: KnowledgeBase, article: str) -> set[str]:
    """The people whom an article names in full."""
    text = knowledge.sources[article].text
    return {
        name
        for person in knowledge.people.values()
        for name in (person.name, *person.aliases)
        if " " in name and text.find(name)
    }


def taken(article: str, knowledge: KnowledgeBase) -> tuple[list[tuple[str, str]], set[tuple[Any, ...]], set[str]]:
    """What a person has taken, or would take, from an article: quotes, measures and people."""
    if article not in EXPECTED:
        return list(quotes_of(knowledge, article)), measures_of(knowledge, article), people_named(knowledge, article)
    told = EXPECTED[article]
    measures = {
        (each["quantity"], each["value"], each.get("unit"), each.get("qualifier")) for each in told["measures"]
    }
    return [(each["speaker"], fold(each["words"])) for each in told["quotes"]], measures, set(told["people"])


def is_same(one: str, other: str) -> bool:
    return one in other or other in one


def reached(article: str, suggested: Suggested, knowledge: KnowledgeBase) -> dict[str, tuple[int, int]]:
    """Of quotations, speakers, measures and people, how many are suggested, and how many there are."""
    quotes, measures, people = taken(article, knowledge)
    own = list(quotes_of(suggested.knowledge, article))
    found = [(speaker, [name for name, said in own if is_same(words, said)]) for speaker, words in quotes]
    names = {person.name for person in suggested.knowledge.people.values()}
    aka = {"Jake or Jack Myers": ("Jake Myers", "Jack Myers")}
    return {
        "quotations": (sum(bool(speakers) for _, speakers in found), len(found)),
        "speakers": (
            sum(bool({name, *aka.get(name, ())} & set(speakers)) for name, speakers in found),
            len(found),
        ),
        "measures": (len(measures & measures_of(suggested.knowledge, article)), len(measures)),
        "people": (len(people & names), len(people)),
    }
