"""What holds for any text: it is found again, shown as typed, and never ends the program.

The examples are made by Hypothesis. In CI they are the same on every run, but for the thorough one.
"""

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from stuntbook.check import load_and_check
from stuntbook.data.reference import model_tables
from stuntbook.diagnostics import Report
from stuntbook.memo import Memo
from stuntbook.pages.rendering import render_problems
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication
from stuntbook.reading.sources import load
from stuntbook.reading.yaml_reader import read_yaml
from stuntbook.records.amounts import amounts_in
from stuntbook.text.article_text import ArticleText
from stuntbook.text.folding import DASHES, DOUBLE_MARKS, INVISIBLE, SINGLE_MARKS, Folded, fold
from stuntbook.text.numerals import numerals
from tests.site_tools import parse, text_of
from tests.support import THOROUGH, checked, exported, proven

EXAMPLES = 1_000 if THOROUGH else 50
settings.register_profile("local", deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") and not THOROUGH else "local")

few = settings(max_examples=EXAMPLES // 4)

# --- Articles, and passages of them typed again


def _stands_alone(word: str) -> bool:
    """A combining mark at a word's start would belong to what stands before it; what is hidden at its ends, to none."""
    starts = not unicodedata.combining(word[0]) and not any(char.isspace() for char in word)
    return starts and word[0] not in INVISIBLE and word[-1] not in INVISIBLE


readable = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp"))
marks = st.sampled_from(SINGLE_MARKS + DOUBLE_MARKS + DASHES + "".join(sorted(INVISIBLE)) + ".,;:!?()[]<>&{}|*_\\`#")
letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789éèüñçöå")
words = st.text(st.one_of(letters, letters, marks, readable), min_size=1, max_size=8).filter(_stands_alone)
gaps = st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", "\u00a0", "\u2003", " \n\n \n", "\r\n", "\t"])
spaces = st.sampled_from([" ", "  ", "\n", "\u00a0", "\u2009"])


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, int, int]:
    """A body of random words, and the start and end of some of them in a row."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    length = draw(st.sampled_from([0, 0, 1, 2]))
    for word in draw(st.lists(words, min_size=1, max_size=25)):
        gap = draw(gaps) if parts else "\n" * length
        starts.append(sum(map(len, parts)) + len(gap))
        parts += [gap, word]
        ends.append(starts[-1] + len(word))
    first = draw(st.integers(0, len(starts) - 1))
    last = draw(st.integers(first, min(first + 9, len(starts) - 1)))
    return "".join(parts) + draw(st.sampled_from(["", "\n", " \n\n"])), starts[first], ends[last]


def retype(draw: st.DrawFn, text: str) -> str:
    """The text as somebody else would type it: other marks, dashes and white space, and letters with loose accents."""
    typed = []
    for part in re.split(r"(\s+)", text):
        if part.isspace():
            typed.append(draw(spaces))
        else:
            typed.extend(_retype_character(draw, char) for char in part)
    return "".join(typed)


def _retype_character(draw: st.DrawFn, char: str) -> str:
    for marks_ in (SINGLE_MARKS, DOUBLE_MARKS, DASHES):
        if char in marks_:
            return draw(st.sampled_from(marks_))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), char) if char in "éèüñçöå" else char


@st.composite
def citations(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A body, the start and end of a passage, and the passage as somebody has typed it."""
    body, start, end = draw(passages())
    return body, start, end, retype(draw, body[start:end])


@given(citations())
def test_a_passage_is_found_where_it_stands_however_it_is_typed(citation: tuple[str, int, int, str]) -> None:
    body, start, end, typed = citation
    text = ArticleText(body)
    if text.text(text.span(start, end)).strip():  # a mark alone is nothing that a reader sees
        assert (start, end) in [(span.start, span.end) for span in text.find(typed)]


@given(st.text(max_size=60), st.text(max_size=6))
@example("a\u00ad\u0301b", "b")
@example("\u0301", "\u0301")
@example(" \u0301x", "x")
def test_every_span_lies_within_the_body_and_holds_what_was_looked_for(body: str, looked_for: str) -> None:
    text = ArticleText(body)
    for span in text.find(looked_for):
        assert 0 <= span.start < span.end <= len(body)
        assert 1 <= span.paragraph <= 1 + body.count("\n")
        assert fold(looked_for) in (fold(text.text(span)), fold(body[span.start : span.end]))


@given(st.text(max_size=80))
def test_folded_characters_come_in_the_order_of_the_text(text: str) -> None:
    original = Folded(text)
    folded, offsets = original.text, [original.origin(place) for place in range(len(original.text))]
    assert fold(text) == folded
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    assert "  " not in folded
    assert fold(folded) == folded


@given(
    st.text(st.one_of(letters, marks, st.characters()), max_size=80), st.text(st.one_of(letters, marks), max_size=30)
)
@example('"', '0"')
@example("''' a", "b'''")
def test_the_nearest_passage_lies_within_the_body(body: str, looked_for: str) -> None:
    nearest = ArticleText(body).nearest(looked_for)
    if nearest:
        assert 0 <= nearest[0].start < nearest[0].end <= len(body)


@given(st.text(st.one_of(marks, st.sampled_from(" \nab")), max_size=40))
def test_every_quotation_lies_within_the_body(body: str) -> None:
    quotations = ArticleText(body).quotations
    assert all(0 <= each.start <= each.end <= len(body) for each in quotations)
    assert list(quotations) == sorted(quotations)


@given(st.text(st.one_of(st.sampled_from("0123456789,.²①٣½ -"), st.characters()), max_size=30))
@example("25,000 feet.²")
@example("1" * 5000)
def test_numbers_are_looked_for_in_any_text(text: str) -> None:
    for language in ("en", "de", "fr"):
        found = numerals(text, language)
        edges = [edge for each in found for edge in (each.start, each.end)]
        assert edges == sorted(edges)
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        amounts = amounts_in(text, language)
        assert len(amounts) <= len(found) + len(text.split())


# --- Files


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose files every example writes anew."""
    folder = tmp_path_factory.mktemp("root")
    (folder / "articles").mkdir()
    return folder


FRONT = {"title": "A title", "publisher": "A publisher", "url": "https://example.org/"}


class WithoutAliases(yaml.SafeDumper):
    """Writes what stands in two places twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def save(root: Path, knowledge: object, body: str, front: dict[str, str] | None = None) -> None:
    (root / "stunts.yaml").write_bytes(yaml.dump(knowledge, Dumper=WithoutAliases, sort_keys=False).encode())
    text = f"---\n{yaml.safe_dump(front or FRONT, allow_unicode=True)}---\n{body}"
    (root / "articles/article.md").write_bytes(text.encode())


def sentences(*cited: str) -> dict[str, Any]:
    """A knowledge base with one sentence for each passage."""
    entries = [{"text": f"Sentence {number}.", "cite": {"article": text}} for number, text in enumerate(cited)]
    return {"people": {"somebody": {"name": "Some Body", "summary": entries}}}


@few
@given(citation=citations())
def test_any_passage_survives_loading_matching_and_rendering(root: Path, citation: tuple[str, int, int, str]) -> None:
    body, start, end, typed = citation
    assume(len(ArticleText(body).find(typed)) == 1)
    save(root, sentences(typed), body)
    knowledge = checked(root)
    assert knowledge.sources["article"].article.body == body
    (passage,) = [each for statement in knowledge.statements["somebody"] for each in statement.passages]
    text = ArticleText(body)
    assert (passage.span.start, passage.span.end) == (start, end)
    assert passage.text == text.text(text.span(start, end))
    shown = {page.address: text_of(parse(page.html)) for page in Site(knowledge, Publication()).pages()}
    for address in ("sources/article/", "people/somebody/"):
        assert " ".join(passage.text.split()) in shown[address]


@given(body=st.text(max_size=60))
def test_a_body_is_kept_character_by_character(root: Path, body: str) -> None:
    save(root, sentences("word"), body)
    assert load(root, Report(), Memo()).articles["article"].body == body


# --- YAML

SCALARS = st.one_of(st.text(max_size=20), st.integers(-(10**9), 10**9), st.booleans())


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    keys = st.text(min_size=1, max_size=8)
    return st.one_of(inner, st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3))


TREES = _nested(_nested(_nested(SCALARS)))


def _as_tuples(value: object) -> object:
    if isinstance(value, list):
        return tuple(_as_tuples(each) for each in value)
    return {key: _as_tuples(each) for key, each in value.items()} if isinstance(value, dict) else value


@given(st.dictionaries(st.text(min_size=1, max_size=8), TREES, min_size=1, max_size=3), st.booleans())
def test_data_come_back_from_yaml_or_as_located_problems(data: dict[str, object], allow_unicode: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=allow_unicode, width=40)
    assume(yaml.safe_load(text) == data)  # PyYAML itself writes some line separators so that they don't come back
    report = Report()
    parsed = read_yaml(text, "stunts.yaml", report)
    if report.has_errors:
        assert_located(report)
    else:
        assert parsed is not None
        assert parsed.data == _as_tuples(data)


def assert_located(report: Report) -> None:
    """Every problem has a place that exists, and the report can be shown to an editor and in a browser."""
    for diagnostic in report:
        assert diagnostic.location.line >= 1
        assert diagnostic.location.column >= 1
        assert diagnostic.message
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", diagnostic.code)
    severities = [diagnostic.severity for diagnostic in report]
    assert report.render().count(": error[") >= severities.count(severities[0]) or not report.has_errors
    parse(render_problems(report, "Book"))


def survives(root: Path) -> None:
    """Loading never raises; every problem can be shown; what comes without errors renders, however it is judged."""
    report = Report()
    knowledge = load_and_check(root, report)
    assert_located(report)
    if not proven(report):
        assert list(Site(knowledge, Publication()).pages())
        assert exported(knowledge)


@given(content=st.binary(max_size=60))
@example(content=b"")
@example(content=b"\xff\xfef\x00")
@example(content=b"\xef\xbb\xbffilms: {}")
@example(content=b"films: &a {b: *a}")
@example(content=b"? [a]\n: b")
@example(content=b"[" * 3000)
@example(content=b"films:\n  a: !!python/object:x {}\n")
@example(content=b"films: {a: {title: \x00}}")
@example(content=b"films:\n  a:\n    title: 1e400\n")
@example(content=b"films: {a: {year: " + b"9" * 5000 + b"}}")
@example(content=b'films: {a: {title: "\\ud800"}}')
@example(content=b"films: {a: {year: 0.9e99}}\n---\n...\n")
def test_any_bytes_are_survived_as_the_knowledge_file(root: Path, content: bytes) -> None:
    save(root, sentences("word"), "A word.")
    (root / "stunts.yaml").write_bytes(content)
    survives(root)


@given(content=st.binary(max_size=60))
@example(content=b"---\n---\n")
@example(content=b"---\ntitle: a\n---")
@example(content=b"---\r\ntitle: a\r\npublisher: b\r\nurl: https://c.d\r\n---\r\nbody")
@example(content=b"---\nsic: [" + b"[" * 3000)
@example(content=b"\xef\xbb\xbf---\ntitle: a\n---\n")
@example(content=b"------\ntitle: a\n------\n---\n")
@example(content=b"---\n- a\n---\n")
@example(content=b"---\ntitle: \xff\n---\n")
def test_any_bytes_are_survived_as_an_article(root: Path, content: bytes) -> None:
    save(root, sentences("word"), "A word.")
    (root / "articles/article.md").write_bytes(content)
    survives(root)


# --- Records with something odd in one place


BODY = 'A plane flew 3 miles, and "he said so" on a Monday. Then he broke a foot, a leg and an arm in one jump.'


FULL = """
parts:
  - &cite {article: A plane flew 3 miles}
  - &also {cite: *cite, also: {article: an arm in one jump}}
  - &said {<<: *also, by: somebody, note: A note., silence: {speaker-not-named: A reason.}}
  - &facets [{<<: *said, id: facet, name: A name}]
  - &credits [{<<: *said, person: somebody, role: a role, doubled_for: somebody}, {person: team, role: a role}]
  - &events [{<<: *said, kind: shooting, when: 2018-07, text: An event.}]
  - &record
    aliases: [Other]
    note: A note.
    summary: [{<<: *said, id: told, text: A sentence., by: a member of the crew}]
    awards: [{<<: *said, name: An award, text: A prize., when: 2018-07}]
    identifiers: [{<<: *also, catalogue: imdb, value: tt0000001}]
    quotes:
      - id: words
        speaker: somebody
        via: [somebody, a member of the crew]
        context: A context.
        note: A note.
        cite: {article: he said so}
    disagreements:
      - about: A point
        note: A note.
        accounts:
          - {<<: *said, text: One account., cite: [{article: broke a foot}]}
          - {<<: *said, text: Two accounts., cite: {article: a leg}}
    story: {background: [{<<: *said, text: A background.}, {show: words}], reception: [{text: A reception.}]}
films:
  film:
    <<: *record
    former_ids: [old-film]
    title: A film
    kind: episode
    year: {value: 2018}
    series: A series
    credits: *credits
    events: *events
    story: {origin: [{show: words}], preparation: [{text: A}], filming: [{text: B}], release: [{text: C}]}
stunts:
  stunt:
    <<: *record
    title: A stunt
    film: [{id: film, cite: *cite}]
    performers: [{id: somebody, <<: *also}, team]
    credits: *credits
    events: *events
    places: *facets
    techniques: [{name: A technique}]
    equipment: [{name: A thing}]
    measures:
      - {<<: *said, quantity: distance, value: 3, unit: mi, qualifier: about}
      - {quantity: distance, what: the way back, value: {from: 2, to: 4}, unit: mi}
    injuries:
      - <<: *said
        person: somebody
        body_part: foot
        text: It hurt.
        outcome: recovered
        consequences: [{<<: *said, text: A rest.}]
    risks: [{<<: *said, id: risk, text: A risk., precautions: [{<<: *said, text: A precaution.}]}]
    story:
      performance: [{<<: *said, text: A plane flew., altitude: {value: 3, unit: ft}}, {show: risk}]
      accident: [{text: An accident.}]
      aftermath: [{text: An aftermath.}]
  other: {title: Another, film: film}
people:
  somebody:
    <<: *record
    name: Some Body
    born: {<<: *also, when: 1971-05, place: A town}
    died: {when: 2018-07}
organisations:
  team: {<<: *record, name: A team}
"""
"""A knowledge base that uses every key."""


def full_knowledge() -> dict[str, Any]:
    loaded = yaml.safe_load(FULL)
    del loaded["parts"]
    copied: dict[str, Any] = json.loads(json.dumps(loaded))  # so that nothing stands in two places
    return copied


def test_the_full_knowledge_base_has_every_key_and_no_problems(root: Path) -> None:
    save(root, full_knowledge(), BODY)
    checked(root)
    tables = (table for table in model_tables() if table.name not in ("Article", "Left out"))
    assert {field.name for table in tables for field in table.fields} <= {key for path in PATHS for key in path}


def paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in pairs:
        yield from paths(child, (*path, key))


PATHS = list(paths(full_knowledge()))[1:]
ODD = st.one_of(
    TREES,
    st.none(),
    st.floats(),
    st.dates(),
    st.sampled_from(
        ["", " ", "index", "film", "somebody", "article", "[[film]]", "[[nobody]]", "2018-13", "XXXX", "*"]
    ),
    st.sampled_from([[], {}, [[]], [{}], {"article": ""}, {"article": 3}, {"nothing": "here"}, {"id": "film"}, 10**30]),
)


@settings(max_examples=2 * EXAMPLES if THOROUGH else EXAMPLES)
@given(path=st.sampled_from(PATHS), odd=ODD, rename=st.booleans())
def test_something_odd_in_any_place_is_survived(root: Path, path: tuple[Any, ...], odd: object, rename: bool) -> None:
    knowledge = full_knowledge()
    holder: Any = knowledge
    for step in path[:-1]:
        holder = holder[step]
    if rename and isinstance(holder, dict) and isinstance(odd, str | int | None):
        holder[odd] = holder.pop(path[-1])
    else:
        holder[path[-1]] = odd
    save(root, knowledge, BODY)
    survives(root)
