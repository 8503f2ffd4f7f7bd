"""The knowledge base: evidence, anchors, words for statements, order, cited passages and what refers to what."""

from pathlib import Path

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, Status
from tests.support import BOOK, FILM, PEOPLE, book_of, indented, sound_book

WEEKLY = 'She jumped three times in a day. He says she jumped twice. "I never looked down," she said.'
MONTHLY = "She jumped three times. She was happy."


def stunt_book(folder: Path, lines: str) -> KnowledgeBase:
    return sound_book(folder, BOOK + indented(lines), weekly=WEEKLY, monthly=MONTHLY)


def statements(knowledge: KnowledgeBase, kind: str) -> list[Statement]:
    return [statement for statement in knowledge.all_statements() if statement.kind == kind]


# --- Evidence

ONE = "{weekly: She jumped three times in a day}"
OTHER = "{monthly: She jumped three times}"


@pytest.mark.parametrize(
    ("lines", "kind", "status", "sources"),
    [
        ("summary: [{text: x}]", "summary", Status.UNSOURCED, ()),
        ("summary: [{text: x, by: mo-venn}]", "summary", Status.UNSOURCED, ()),
        (f"summary: [{{text: x, cite: {ONE}}}]", "summary", Status.ARTICLE, ("weekly",)),
        (f"summary: [{{text: x, cite: [{ONE}, {{weekly: He says}}]}}]", "summary", Status.ARTICLE, ("weekly",)),
        (f"summary: [{{text: x, cite: [{OTHER}, {ONE}]}}]", "summary", Status.ARTICLES, ("monthly", "weekly")),
        (f"summary: [{{text: x, by: mo-venn, cite: {ONE}}}]", "summary", Status.SAID, ("weekly",)),
        (f"summary: [{{text: x, by: mo-venn, cite: [{ONE}, {OTHER}]}}]", "summary", Status.SAID, ("weekly", "monthly")),
        ("quotes: [{speaker: mo-venn, cite: {weekly: 'I never looked down,'}}]", "quote", Status.SAID, ("weekly",)),
        (f"performers: [{{id: mo-venn, cite: {ONE}}}]", "performer", Status.ARTICLE, ("weekly",)),
        ("performers: [mo-venn]", "performer", Status.UNSOURCED, ()),
        (f"summary: [{{text: x, also: {ONE}}}]", "summary", Status.UNSOURCED, ()),
        (f"summary: [{{text: x, cite: {ONE}, also: {OTHER}}}]", "summary", Status.ARTICLE, ("weekly",)),
        (f"summary: [{{text: x, by: a sailor, cite: {ONE}}}]", "summary", Status.SAID, ("weekly",)),
        (f"story: {{origin: [{{text: x, cite: {ONE}}}]}}", "story", Status.ARTICLE, ("weekly",)),
        (f"awards: [{{name: x, text: y, cite: {ONE}}}]", "award", Status.ARTICLE, ("weekly",)),
        (f"credits: [{{person: mo-venn, role: cast, cite: {ONE}}}]", "credit", Status.ARTICLE, ("weekly",)),
        (f"places: [{{name: x, cite: {ONE}}}]", "place", Status.ARTICLE, ("weekly",)),
        ("measures: [{quantity: jumps, value: 3}]", "measure", Status.UNSOURCED, ()),
    ],
)
def test_evidence(lines: str, kind: str, status: Status, sources: tuple[str, ...], tmp_path: Path) -> None:
    (statement,) = statements(stunt_book(tmp_path, lines), kind)
    assert (statement.evidence.status, statement.evidence.sources) == (status, sources)


DISAGREEMENT = """
disagreements:
  - about: How often
    accounts:
      - {text: Three times., cite: {weekly: jumped three times}}
      - {text: Twice., by: mo-venn, cite: {weekly: jumped twice}}
"""


@pytest.mark.parametrize(
    ("lines", "kind", "status"),
    [
        ("summary: [{text: x, cite: {weekly: jumped three times}}]", "summary", Status.DISPUTED),
        ("summary: [{text: x, cite: {weekly: She jumped three times in a day}}]", "summary", Status.DISPUTED),
        ("summary: [{text: x, by: mo-venn, cite: {weekly: jumped twice}}]", "summary", Status.DISPUTED),
        ("summary: [{text: x, cite: [{monthly: three times}, {weekly: jumped twice}]}]", "summary", Status.DISPUTED),
        ("measures: [{quantity: jumps, value: 2, cite: {weekly: jumped twice}}]", "measure", Status.DISPUTED),
        ("summary: [{text: x, cite: {weekly: three times}}]", "summary", Status.ARTICLE),
        ("story: {origin: [{text: x, cite: {weekly: jumped twice}}]}", "story", Status.DISPUTED),
        (
            "summary: [{text: x, cite: {monthly: three times}, also: {weekly: jumped twice}}]",
            "summary",
            Status.ARTICLE,
        ),
        ("summary: [{text: x, cite: {monthly: She jumped three times}}]", "summary", Status.ARTICLE),
        ("performers: [{id: mo-venn, cite: {weekly: jumped twice}}]", "performer", Status.ARTICLE),
    ],
)
def test_what_rests_on_disputed_words_is_disputed(lines: str, kind: str, status: Status, tmp_path: Path) -> None:
    (statement,) = statements(stunt_book(tmp_path, DISAGREEMENT + lines), kind)
    assert statement.evidence.status is status


def test_a_disputed_statement_leads_to_its_disagreement(tmp_path: Path) -> None:
    knowledge = stunt_book(tmp_path, DISAGREEMENT + "summary: [{text: x, cite: {weekly: jumped twice}}]")
    (claim,), (disagreement,) = statements(knowledge, "summary"), statements(knowledge, "disagreement")
    assert claim.evidence.disagreement == ("canal-jump", disagreement.anchor)
    assert disagreement.evidence.status is Status.DISPUTED
    assert disagreement.evidence.sources == ("weekly",)
    assert [part.evidence.status for part in disagreement.parts] == [Status.ARTICLE, Status.SAID]


# --- Anchors

SENTENCES = ["{text: One.}", "{text: Two., by: mo-venn}", "{text: Three., cite: {weekly: He says}}"]


def anchors(folder: Path, summary: list[str]) -> dict[str, str]:
    knowledge = stunt_book(folder, f"summary: [{', '.join(summary)}]")
    return {statement.text: statement.anchor for statement in statements(knowledge, "summary")}


@pytest.mark.parametrize(
    "summary",
    [
        list(reversed(SENTENCES)),
        ["{text: Zero.}", *SENTENCES],
        [SENTENCES[0], SENTENCES[1], "{text: Three., cite: {monthly: She was happy}, note: A note.}"],
        ["{text: One., cite: {weekly: He says}}", SENTENCES[2], SENTENCES[1]],
    ],
)
def test_an_anchor_keeps_when_other_statements_and_citations_change(summary: list[str], tmp_path: Path) -> None:
    before = anchors(tmp_path / "before", SENTENCES)
    after = anchors(tmp_path / "after", summary)
    assert {text: after[text] for text in before} == before


def test_an_id_is_the_anchor_whatever_the_statement_says(tmp_path: Path) -> None:
    for number, text in enumerate(("One.", "Two.")):
        lines = (
            f"summary: [{{id: first, text: {text}}}]\nstory: {{origin: [{{id: second, text: {text}, by: mo-venn}}]}}"
        )
        knowledge = stunt_book(tmp_path / str(number), lines)
        assert [each.anchor for each in knowledge.statements["canal-jump"] if each.kind != "film"] == [
            "second",
            "first",
        ]


def test_an_anchor_changes_with_the_statement(tmp_path: Path) -> None:
    before = anchors(tmp_path / "before", ["{text: One.}"])["One."]
    assert anchors(tmp_path / "after", ["{text: One., by: mo-venn}"])["One."] != before
    assert anchors(tmp_path / "other", ["{text: One!}"])["One!"] != before


def test_anchors_are_unique_on_a_page(valid: KnowledgeBase) -> None:
    for record in valid.records:
        found = [each.anchor for statement in valid.statements[record.id] for each in statement]
        assert len(found) == len(set(found))


def test_quotes_are_told_apart_by_their_words(tmp_path: Path) -> None:
    lines = "quotes: [{speaker: mo-venn, cite: {weekly: never}}, {speaker: mo-venn, cite: {weekly: looked down}}]"
    first, second = statements(stunt_book(tmp_path, lines), "quote")
    assert first.anchor != second.anchor


# --- Words

TEXTS = [
    ("summary: [{text: 'The *old* [[canal]] and [[mo-venn|Mo]].'}]", "summary", "The old Canal and Mo."),
    ("summary: [{text: 'See [[weekly]].'}]", "summary", "See A jump over the canal."),
    ("measures: [{quantity: height, value: 25000, unit: ft}]", "measure", "Height: 25,000 ft"),
    ("measures: [{quantity: takes, value: 3, qualifier: at least}]", "measure", "Takes: at least 3"),
    ("credits: [{person: mo-venn, role: double}]", "credit", "Mo Venn: double"),
    ("performers: [mo-venn]", "performer", "Performer: Mo Venn"),
    ("places: [{name: Samples}]", "place", "Place: Samples"),
    ("techniques: [{name: rope fall}]", "technique", "Technique: rope fall"),
    ("equipment: [{name: rope}]", "equipment", "Equipment: rope"),
    ("events: [{kind: release, when: '2018-07', text: It opens.}]", "event", "July 2018: It opens."),
    ("injuries: [{person: mo-venn, body_part: knee, text: He fell.}]", "injury", "He fell."),
    ("risks: [{text: He could fall.}]", "risk", "He could fall."),
    ("credits: [{person: mo-venn, role: double, doubled_for: dara-quill}]", "credit", "Mo Venn: double for Dara Quill"),
    ("awards: [{name: The Lamp, text: It went to Mo., when: '2018'}]", "award", "The Lamp: It went to Mo."),
    ("identifiers: [{catalogue: wikidata, value: Q1}]", "identifier", "Wikidata: Q1"),
    ("story: {origin: [{text: A plan.}]}", "story", "A plan."),
    ("quotes: [{speaker: mo-venn, cite: {weekly: never looked}}]", "quote", "never looked"),
    ("quotes: [{speaker: mo-venn, cite: [{weekly: I}, {weekly: looked down}]}]", "quote", "I … looked down"),
    (DISAGREEMENT, "disagreement", "How often"),
]


@pytest.mark.parametrize(("lines", "kind", "text"), TEXTS)
def test_a_statement_in_plain_words(lines: str, kind: str, text: str, tmp_path: Path) -> None:
    (statement,) = statements(stunt_book(tmp_path, lines), kind)
    assert statement.text == text


def test_the_year_of_a_film_in_plain_words(tmp_path: Path) -> None:
    knowledge = sound_book(tmp_path, FILM + "    year: 2001\n", weekly=WEEKLY)
    assert [statement.text for statement in knowledge.statements["canal"]] == ["Year of release: 2001"]


def test_parts_belong_to_their_statement(tmp_path: Path) -> None:
    lines = """
injuries:
  - {person: mo-venn, body_part: knee, text: He fell., consequences: [{text: He limped.}, {text: He left.}]}
risks:
  - {text: He could fall., precautions: [{text: A rope.}]}
"""
    knowledge = stunt_book(tmp_path, lines)
    (injury,), (risk,) = statements(knowledge, "injury"), statements(knowledge, "risk")
    assert [(part.kind, part.text) for part in injury.parts] == [
        ("consequence", "He limped."),
        ("consequence", "He left."),
    ]
    assert [(part.kind, part.text) for part in risk.parts] == [("precaution", "A rope.")]
    assert [str(part.location) for part in injury.parts] == ["stunts.yaml:14:75", "stunts.yaml:14:95"]


# --- What refers to what


def mentions(knowledge: KnowledgeBase, identifier: str) -> list[tuple[str, str]]:
    return [(mention.record, mention.relation) for mention in knowledge.mentions[identifier]]


@pytest.mark.parametrize(
    ("lines", "relation"),
    [
        ("performers: [mo-venn]", "performer"),
        ("credits: [{person: mo-venn, role: cast}]", "person"),
        ("summary: [{text: x, by: mo-venn}]", "by"),
        ("quotes: [{speaker: mo-venn, cite: {weekly: looked down}}]", "speaker"),
        ("quotes: [{speaker: dara-quill, via: mo-venn, cite: {weekly: looked down}}]", "via"),
        ("injuries: [{person: mo-venn, body_part: knee, text: x}]", "person"),
        ("risks: [{text: x, precautions: [{text: y, by: mo-venn}]}]", "by"),
        ("quotes: [{speaker: a sailor, via: [dara-quill, mo-venn], cite: {weekly: looked down}}]", "via"),
        ("credits: [{person: dara-quill, role: double, doubled_for: mo-venn}]", "doubled_for"),
        ("story: {origin: [{text: '[[mo-venn]] had a plan.'}]}", "mention"),
        ("note: Not [[mo-venn]].", "mention"),
        ("summary: [{text: '[[mo-venn]] and [[mo-venn]] again'}]", "mention"),
        ("risks: [{text: x, precautions: [{text: '[[mo-venn]] helps'}]}]", "mention"),
    ],
)
def test_a_mention(lines: str, relation: str, tmp_path: Path) -> None:
    assert mentions(stunt_book(tmp_path, lines), "mo-venn") == [("canal-jump", relation)]


def test_mentions_of_films_and_articles(tmp_path: Path) -> None:
    knowledge = stunt_book(tmp_path, "note: As [[weekly]] has it.")
    assert mentions(knowledge, "canal") == [("canal-jump", "film")]
    assert mentions(knowledge, "weekly") == [("canal-jump", "mention")]
    assert mentions(knowledge, "monthly") == []


# --- Order


def test_films_come_by_year_and_title(tmp_path: Path) -> None:
    titles = {"z": "alpha", "y": "beta", "x": "Gamma", "w": "Delta", "v": "Beta"}
    years = {"z": {"year": 1999}, "x": {"year": 1999}, "w": {"year": 1950}}
    films = {id_: {"title": title, **years.get(id_, {})} for id_, title in titles.items()}
    assert list(book_of(tmp_path, films=films).films) == ["w", "z", "x", "v", "y"]


def test_stunts_come_by_film_and_title(tmp_path: Path) -> None:
    films = {"late": {"title": "L", "year": 2020}, "early": {"title": "E", "year": 1990}}
    stunts = {"a": ("Zip", "early"), "b": ("Alp", "late"), "c": ("ant", "early")}
    knowledge = book_of(tmp_path, films=films, stunts={id_: {"title": t, "film": f} for id_, (t, f) in stunts.items()})
    assert list(knowledge.stunts) == ["c", "a", "b"]
    assert [stunt.id for stunt in knowledge.stunts_of("early")] == ["c", "a"]
    assert knowledge.stunts_of("late") == (knowledge.stunts["b"],)


def test_a_stunt_is_listed_with_its_first_film_and_belongs_to_each(tmp_path: Path) -> None:
    films = {"late": {"title": "L", "year": 2020}, "early": {"title": "E", "year": 1990}}
    of = {"both": ["late", "early"], "none": [], "one": "early"}
    stunts = {id_: {"title": id_, "film": film} for id_, film in of.items()}
    knowledge = book_of(tmp_path, films=films, stunts=stunts)
    assert list(knowledge.stunts) == ["one", "both", "none"]
    assert [[each.id for each in knowledge.films_of(stunt)] for stunt in knowledge.stunts.values()] == [
        ["early"],
        ["late", "early"],
        [],
    ]
    assert [each.id for each in knowledge.stunts_of("early")] == ["both", "one"]
    assert [each.id for each in knowledge.stunts_of("late")] == ["both"]
    assert knowledge.film_of(knowledge.stunts["both"]) is knowledge.films["late"]
    assert knowledge.film_of(knowledge.stunts["none"]) is None


def test_people_come_by_their_last_name(tmp_path: Path) -> None:
    names = {"a": "Zoe Ash", "b": "Ann Oak", "c": "bob ash", "d": "Elm"}
    knowledge = book_of(tmp_path, people={id_: {"name": name} for id_, name in names.items()})
    assert list(knowledge.people) == ["c", "a", "d", "b"]


def test_a_record_by_its_identifier(tmp_path: Path) -> None:
    knowledge = sound_book(tmp_path, FILM + PEOPLE, weekly="x")
    assert [knowledge.record(id_).noun for id_ in ("canal", "mo-venn", "weekly")] == ["film", "person", "source"]
    with pytest.raises(KeyError):
        knowledge.record("nothing")


# --- Passages


def test_cited_passages_come_in_the_order_of_the_article(tmp_path: Path) -> None:
    lines = """
summary:
  - {text: One., cite: {weekly: looked down}}
  - {text: Two., cite: [{weekly: She jumped}, {weekly: jumped twice}]}
  - {text: Three., cite: {weekly: "looked  down"}}
"""
    knowledge = stunt_book(tmp_path, lines.replace("She jumped}", "She jumped three}"))
    cited = [(each.text, [statement.text for statement in each.statements]) for each in knowledge.cited["weekly"]]
    assert cited == [("She jumped three", ["Two."]), ("jumped twice", ["Two."]), ("looked down", ["One.", "Three."])]
    assert knowledge.cited["monthly"] == ()
