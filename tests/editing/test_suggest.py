"""What is suggested for an article: that it passes the checks, and how much of what a person would take is in it."""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from stuntbook.check import load_and_check
from stuntbook.cli import main
from stuntbook.diagnostics import Report
from stuntbook.editing.suggesting import LEFT_TO_DO, suggest
from stuntbook.editing.suggestions.entries import Proposal
from stuntbook.editing.suggestions.inserting import insert
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.records.stated import Event, Injury, Measure, Quote
from stuntbook.text.article_text import overlapping
from stuntbook.text.folding import fold
from tests.site_tools import copy_root
from tests.support import ROOT, write_book

HERE = Path(__file__).parent
EXPECTED: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "suggested.yaml").read_text(encoding="utf-8"))
REAL = sorted(path.stem for path in (ROOT / "articles").glob("*.md"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


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
    """The people whom an article names in full, but for what is no part of it."""
    source = knowledge.sources[article]
    return {
        name
        for person in knowledge.people.values()
        for name in (person.name, *person.aliases)
        if " " in name and any(not overlapping(span, source.boilerplate) for span in source.text.find(name))
    }


def taken(article: str, knowledge: KnowledgeBase) -> tuple[list[tuple[str, str]], set[tuple[Any, ...]], set[str]]:
    """What a person has taken, or would take, from an article: quotes, measures and people."""
    if article not in EXPECTED:
        return list(quotes_of(knowledge, article)), measures_of(knowledge, article), people_named(knowledge, article)
    told = EXPECTED[article]
    measures = {(each["quantity"], each["value"], each.get("unit"), each.get("qualifier")) for each in told["measures"]}
    return [(each["speaker"], fold(each["words"])) for each in told["quotes"]], measures, set(told["people"])


def nearest(words: str, quotes: Iterable[tuple[str, str]]) -> str | None:
    """Who says the words that are, contain or are a part of these; of several the ones that are most alike."""
    same = [(speaker, said) for speaker, said in quotes if words in said or said in words]
    return min(same, key=lambda each: abs(len(each[1]) - len(words)), default=(None, ""))[0]


ALSO_KNOWN = {"Jake or Jack Myers": {"Jake Myers", "Jack Myers"}}
"""Whom no article calls by the name that the book gives him."""


def reached(article: str, suggested: Suggested, knowledge: KnowledgeBase) -> dict[str, tuple[int, int]]:
    """Of quotations, speakers, measures and people, how many are suggested, and how many there are."""
    quotes, measures, people = taken(article, knowledge)
    own = list(quotes_of(suggested.knowledge, article))
    found = [(speaker, nearest(words, own)) for speaker, words in quotes]
    right = [said in ALSO_KNOWN.get(speaker, {speaker}) for speaker, said in found]
    names = {person.name for person in suggested.knowledge.people.values()}
    return {
        "quotations": (sum(said is not None for _, said in found), len(found)),
        "speakers": (sum(right), len(found)),
        "measures": (len(measures & measures_of(suggested.knowledge, article)), len(measures)),
        "people": (len(people & names), len(people)),
    }


REACHED = {
    "headtopics-broken-foot": "1/1 1/1 1/1 2/2",
    "looper-plane-jump": "4/4 4/4 4/4 10/10",
    "screenrant-halo-featurette": "4/4 4/4 4/4 5/5",
    "slashfilm-broken-ankle": "9/9 8/9 0/0 5/5",
    "gazette-tram-jump": "6/6 6/6 7/7 4/4",
    "bonnet-wing-walk": "8/8 8/8 5/5 4/4",
    "bergblatt-lawine": "4/4 4/4 6/6 4/4",
}
"""Per article the quotations, speakers, measures and people that are suggested, and that a person takes from it."""


@pytest.mark.parametrize("article", REACHED)
def test_how_much_of_what_a_person_takes_is_suggested(
    article: str, suggested: dict[str, Suggested], knowledge: KnowledgeBase
) -> None:
    shares = reached(article, suggested[article], knowledge).values()
    assert " ".join(f"{found}/{there}" for found, there in shares) == REACHED[article]


@pytest.mark.parametrize("article", [*REAL, *EXPECTED])
def test_nobody_is_given_words_that_are_another_s(
    article: str, suggested: dict[str, Suggested], knowledge: KnowledgeBase
) -> None:
    """Where the article does not plainly tell, the speaker is left open."""
    told = taken(article, knowledge)[0]
    for speaker, said in quotes_of(suggested[article].knowledge, article):
        right = nearest(said, told) or ""
        assert speaker in {"unknown", *ALSO_KNOWN.get(right, {right})}, said


@pytest.mark.parametrize("article", EXPECTED)
def test_injuries_events_and_films(article: str, suggested: dict[str, Suggested]) -> None:
    told, book = EXPECTED[article], suggested[article].knowledge
    values = [statement.value for statement in book.all_statements()]
    injuries = [each for each in values if isinstance(each, Injury)]
    found = [{"person": book.people[each.person].name, "body_part": ", ".join(each.body_part)} for each in injuries]
    assert found == told["injuries"]
    assert sorted(each.when for each in values if isinstance(each, Event)) == sorted(told["events"])
    assert [film.title for film in book.films.values()] == told["films"]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("The wire hung 12 to 15 feet long.", [{"quantity": "length", "value": {"from": 12, "to": 15}, "unit": "ft"}]),
        ("It took three to four takes.", [{"quantity": "takes", "value": {"from": 3, "to": 4}}]),
        ("The wire was 12, 15 feet long.", []),
    ],
)
def test_two_numbers_are_a_range_where_that_is_sure(
    sentence: str, measures: list[dict[str, Any]], tmp_path: Path
) -> None:
    write_book(tmp_path, "", weekly=f"Ada Quill was there. {sentence}\n")
    (stunt,) = yaml.safe_load(run("suggest", "weekly", "--root", tmp_path).stdout)["stunts"].values()
    assert [{key: each[key] for key in each if key != "cite"} for each in stunt.get("measures", [])] == measures


def test_of_what_a_second_value_is_is_asked(tmp_path: Path) -> None:
    body = "Ada Quill was there. The rope was 300 feet long. The wire was 80 feet long, and it weighed 4 kg.\n"
    lines = run("suggest", "weekly", "--root", write_book(tmp_path, "", weekly=body)).stdout.split("\n")
    asked = [place for place, line in enumerate(lines) if "what: …" in line]
    assert [" ".join(" ".join(lines[place - 1 : place + 3]).split()) for place in asked] == [
        "# - quantity: length # what: … # TODO: of what is it? # value: 80 # unit: ft"
    ]


def test_an_injury_has_each_part_that_was_hurt_by_its_nearest_name(tmp_path: Path) -> None:
    known = "people:\n  ada:\n    name: Ada Quill\n"
    write_book(tmp_path, known, weekly="Ada Quill broke two ribs and her left heel. She went on for the whole day.\n")
    (stunt,) = yaml.safe_load(run("suggest", "weekly", "--root", tmp_path).stdout)["stunts"].values()
    assert [each["body_part"] for each in stunt["injuries"]] == [["ribs", "heel"]]


# --- Into the book


def test_every_line_of_the_book_stays(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    shutil.copy2(HERE / "suggested" / "gazette-tram-jump.md", root / "articles")
    before = (root / "stunts.yaml").read_text(encoding="utf-8")
    result = run("suggest", "gazette-tram-jump", "--root", root, "--write")
    after = (root / "stunts.yaml").read_text(encoding="utf-8")
    lines = list(ndiff(before.split("\n"), after.split("\n")))
    added = [line[2:] for line in lines if line.startswith("+ ")]
    assert (result.exit_code, [line for line in lines if line.startswith("- ")]) == (0, [])
    assert sorted(f"+{line}" for line in added) == sorted(re.findall(r"(?m)^\+(?!\+\+ ).*$", result.stdout))
    assert "  brixa-tollemarch:" in added
    assert "all of gazette-tram-jump is worked in" in run("suggest", "gazette-tram-jump", "--root", root).stderr


def test_whom_the_book_knows_is_linked_and_not_suggested_again(tmp_path: Path) -> None:
    shutil.copytree(HERE / "suggested", tmp_path / "articles")
    known = "films:\n  parade:\n    title: Cinder Parade\npeople:\n  brixa:\n    name: Brixa Tollemarch\n"
    (tmp_path / "stunts.yaml").write_text(known, encoding="utf-8")
    told = yaml.safe_load(run("suggest", "gazette-tram-jump", "--root", tmp_path).stdout)
    assert list(told) == ["people", "stunts"]
    assert list(told["people"]) == ["osgood-pellimore", "quillon-varnesk", "saffi-underlune"]
    (stunt,) = told["stunts"].values()
    assert stunt["film"] == "parade"
    assert stunt["quotes"][0]["speaker"] == "brixa"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "films:\n\n  x:\n    title: X\n"),
        ("# A book.\n", "# A book.\n\nfilms:\n\n  x:\n    title: X\n"),
        ("films:\n  a:\n    title: A", "films:\n  a:\n    title: A\n\n  x:\n    title: X\n"),
        (
            "films:\n    a:\n      title: A\n    # of\n\n# P\n\npeople:\n    b: {name: B}\n",
            "films:\n    a:\n      title: A\n    # of\n\n    x:\n      title: X\n\n# P\n\npeople:\n    b: {name: B}\n",
        ),
    ],
)
def test_a_record_stands_at_the_end_of_its_section(before: str, after: str) -> None:
    assert insert(before, [Proposal("films", "x", ("title: X",))]).text == after


def test_a_file_of_another_layout_is_left_alone(tmp_path: Path) -> None:
    shutil.copytree(HERE / "suggested", tmp_path / "articles")
    (tmp_path / "stunts.yaml").write_text("{films: {a: {title: A}}}\n", encoding="utf-8")
    result = run("suggest", "gazette-tram-jump", "--root", tmp_path, "--write")
    assert (result.exit_code, "begin a line of their own" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    "words", ["a *star* and [[no link]]", 'with "marks" \\ and # no comment: none', "yes", "- one", "1917"]
)
def test_whatever_an_article_says_is_yaml(words: str, tmp_path: Path) -> None:
    body = f"Ada Quill jumped, {words}, and then she stopped for the whole of the day. She was tired, {words}\n"
    write_book(tmp_path, "", weekly=body)
    told = yaml.safe_load(run("suggest", "weekly", "--root", tmp_path).stdout)
    (stunt,) = told["stunts"].values()
    passages = [each["cite"]["weekly"] for part in stunt["story"].values() for each in part]
    assert all(" ".join(passage.split()) in " ".join(body.replace("*", "").split()) for passage in passages)


def test_an_article_that_is_not_there(tmp_path: Path) -> None:
    result = run("suggest", "nothing", "--root", write_book(tmp_path, "", weekly="x"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'there is no article "nothing"' in result.stderr
