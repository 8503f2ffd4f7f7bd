"""Judgements about particulars: a statement's amounts, people, roles and parts of the body stand in its words.

Words are compared in English and German; about articles in other languages the rules of words say nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from rapidfuzz import process
from rapidfuzz.distance import Indel

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.resolution import Passage, Source
from stuntbook.knowledge.statements import Statement
from stuntbook.records.amounts import allows_limit, amounts_in, is_end_of_range, states_amount
from stuntbook.records.citable import SENTENCE_FIELD, Model
from stuntbook.records.model import Agent, AnyRecord
from stuntbook.records.quantities import Limit, Range, ends, units_of
from stuntbook.records.stated import (
    Award,
    Credit,
    Injury,
    LifeEvent,
    Measure,
    Reference,
    Sentence,
    Series,
    Year,
)
from stuntbook.records.stated_dates import is_worked_out
from stuntbook.records.unit_names import knows_words_of
from stuntbook.rules.body_parts import names_part, parts_in
from stuntbook.rules.cited import by_source
from stuntbook.text.folding import fold
from stuntbook.text.numerals import Number

_Stated = tuple[Number | Range, str | None, Limit | None]
"""The number that a statement's words must state, its unit and its limit."""


def amounts_stand_in_the_passages(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """A measure, the height of a sentence and a year are stated in each of their passages: number, unit and limit."""
    for statement in knowledge.statements_of(record):
        amount = _amount_of(statement.value)
        for passage in statement.passages if amount else ():
            assert amount
            article = knowledge.sources[passage.source].article
            follows = isinstance(statement.value, Year) and is_worked_out(
                str(statement.value.value), passage.text, article.language, article.published
            )
            if not follows and (problem := _amount_problem(passage.text, article.language, *amount)):
                yield Finding(statement, Diagnostic(passage.location, *problem))


def _amount_of(value: Model) -> _Stated | None:
    if isinstance(value, Measure):
        # An age is seldom told in years: "he was 22 at the time".
        return value.value, None if value.quantity == "age" else value.unit, value.qualifier
    if isinstance(value, Sentence) and value.altitude:
        return value.altitude.value, value.altitude.unit, None
    return (value.value, None, None) if isinstance(value, Year) else None


def _amount_problem(
    words: str, language: str, value: Number | Range, unit: str | None, limit: Limit | None
) -> tuple[str, str, str] | None:
    """Code, message and advice for an amount that the words do not state."""
    if not states_amount(words, value, None, language):
        if isinstance(value, Range):
            message = f"these words do not give the range from {value.low} to {value.high}"
            return "number-not-cited", message, "cite the words that hold both its ends, or correct them"
        advice = "cite the words that hold the number, in figures or in words, or correct the number"
        return "number-not-cited", f"these words do not state the number {value}", advice
    if not states_amount(words, value, unit, language):
        advice = "correct the unit, or cite the words in which it stands with the number"
        number = " to ".join(map(str, dict.fromkeys(ends(value))))
        return "unit-not-cited", f"these words do not give the number {number} in {unit}", advice
    if not allows_limit(words, value, unit, limit, language):
        if is_end_of_range(words, value, unit, language):
            message = f"these words give a range, and {value} is one end of it"
            return "limit-not-cited", message, "give the range, as {from, to}, or what is sure: at least, or at most"
        message = f'these words do not say "{limit}"' if limit else "these words put a limit to the number"
        return "limit-not-cited", message, "give the limit as the article does"
    return None


def what_is_measured_is_stated(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """What a measure is of is named in its words, and not beside another number of its kind alone."""
    for statement in knowledge.statements_of(record):
        what = statement.value.what if isinstance(statement.value, Measure) else None
        for source, passages in by_source(knowledge, statement) if what else ():
            assert what
            assert isinstance(statement.value, Measure)
            text = "\n".join(each.text for each in passages)
            if source.article.main_language == "en" and not _is_number_of(text, _singulars(what), statement.value):
                message = f'these words of {source.article.path} do not say that this number is of "{what}"'
                advice = "cite the words that say what it is of, and call that as they do"
                yield Finding(statement, Diagnostic(passages[0].location, "what-not-cited", message, advice))


_CLAUSE = re.compile(r"[.;:!?]\s+|\n")


def _is_number_of(text: str, what: frozenset[str], measure: Measure) -> bool:
    """Whether a text has the words for what is measured, and no sentence gives them to another such number."""
    if not states_amount(text, measure.value, measure.unit, "en"):
        return True  # which another rule reports
    if not what <= _singulars(text):
        return False
    named = [clause for clause in _CLAUSE.split(text) if what <= _singulars(clause)]
    others = [clause for clause in named if not states_amount(clause, measure.value, measure.unit, "en")]
    is_near = len(others) < len(named)
    units = units_of(measure.quantity)
    return is_near or not any(each.units & units for clause in others for each in amounts_in(clause))


def _singulars(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"ies$", "y", word).removesuffix("s") for word in _words(text))


# --- People, roles and parts of the body


def people_are_named(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Whoever is given a credit, an injury, a prize or a birthday is named in the words, or just before them."""
    for statement in knowledge.statements_of(record):
        for agent in (knowledge.agents[each] for each in _agents_of(statement) if each in knowledge.agents):
            for source, passages in by_source(knowledge, statement):
                if not any(_is_meant(knowledge, source, passage, agent) for passage in passages):
                    message = f"these words of {source.article.path} do not name {agent.name}"
                    advice = "cite the words that name the person, or name the person whom they name"
                    yield Finding(statement, Diagnostic(passages[0].location, "person-not-named", message, advice))


def _agents_of(statement: Statement) -> tuple[str, ...]:
    match statement.value:
        case Credit(person=person, doubled_for=doubled_for):
            return (person, doubled_for or "")
        case Injury(person=person):
            return (person,)
        case Reference(id=identifier):
            return (identifier,)
        case LifeEvent() | Award():
            return (statement.record,)
        case _:
            return ()


def _is_meant(knowledge: KnowledgeBase, source: Source, passage: Passage, agent: Agent) -> bool:
    """Whether a passage names somebody, or nobody else is named between it and the name before it in its paragraph."""
    text, names, start = source.text, knowledge.names, passage.span.start
    within = names.between(text, start, passage.span.end)
    if any(agent.id in each.owners for each in within):
        return True
    if not knows_words_of(source.article.language):
        # Some languages leave out what a pronoun says in others.
        return any(agent.id in each.owners for each in names.mentions(text))
    # Who is named in the passage is meant, but where a pronoun before the name, or a calling, means another.
    if within and not (_PRONOUN.search(text.body, start, within[0].start) or _DESCRIBED.search(passage.text)):
        return False
    before = names.between(text, text.paragraph_bounds(passage.span.paragraph)[0], start)
    return bool(before) and agent.id in before[-1].owners


_DESCRIBED = re.compile(
    r"\bthe (?:actor|actress|star|performer|stunt\w+|daredevil|driver|rider|pilot|diver)\b(?! [A-Z])"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|they|his|her|their|him|them|who|er|sie|ihm|ihr|ihre[mnrs]?|sein|seine[mnrs]?)\b", re.I
)


def names_are_stated(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """The name of a prize and of a series, and a place of birth or death, stand in the article."""
    for statement in knowledge.statements_of(record):
        value = statement.value
        place: object = vars(value).get("place")
        name = value.name if isinstance(value, Award | Series) else place
        languages = ("en", "de") if name is place else ("en",)
        for source, passages in by_source(knowledge, statement) if isinstance(name, str) else ():
            assert isinstance(name, str)
            if source.article.main_language in languages and not _stands_in(name, source):
                message = f'{source.article.path} does not hold the name "{name}"'
                advice = "write the name as the article does"
                yield Finding(statement, Diagnostic(passages[0].location, "name-in-text", message, advice))


def _stands_in(name: str, source: Source) -> bool:
    """Whether all words of a name stand in an article; a German one may have another form: München for Munich."""
    held = _words_of_body(source.text.body)
    if source.article.main_language == "en":
        return held.issuperset(_words(name))
    alike = (process.extractOne(word, held, scorer=Indel.normalized_similarity) for word in _words(name))
    return all(found and found[1] >= _ALIKE for found in alike)


_ALIKE = 0.7
"""How alike, of 1, the names of a place in two languages are."""


def roles_are_stated(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """The words of a credit's role stand in its passages, in whatever form: `director` where somebody `directed`."""
    for statement in knowledge.statements_of(record):
        value = statement.value
        if isinstance(value, Credit) and value.role != "cast":
            forms = [_forms(word).match for word in _words(value.role)]
            yield from _unstated(knowledge, statement, forms, f'"{value.role}"')


def body_parts_are_stated(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Each part of the body stands in an injury's passages, by one of its names."""
    for statement in knowledge.statements_of(record):
        for part in statement.value.body_part if isinstance(statement.value, Injury) else ():
            yield from _unstated(knowledge, statement, [partial(names_part, part=part)], f"the {part}")


def body_parts_of_sentences_are_stated(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """A part of the body that a sentence names is one that its passages name."""
    for statement in knowledge.statements_of(record):
        text = vars(statement.value).get(SENTENCE_FIELD)
        told = parts_in(statement.text) if text else frozenset()
        passages = [each for each in statement.passages if knowledge.sources[each.source].article.main_language == "en"]
        words = _words(" ".join(each.text for each in passages)) if told else []
        if words and not all(any(names_part(word, part) for word in words) for part in told):
            message = "the cited words speak of another part of the body"
            location = statement.place.at(SENTENCE_FIELD)
            yield Finding(statement, Diagnostic(location, "body-part-not-cited", message, "correct the sentence"))


def _unstated(
    knowledge: KnowledgeBase, statement: Statement, wanted: Sequence[Callable[[str], object]], what: str
) -> Iterator[Finding]:
    """A finding for each article whose passages lack a word of which one of what is wanted holds."""
    code = "role-not-cited" if isinstance(statement.value, Credit) else "body-part-not-cited"
    for source, passages in by_source(knowledge, statement):
        words = [word for passage in passages for word in _words(_FEET.sub(" ", passage.text))]
        found = all(any(map(each, words)) for each in wanted)
        if not found and knows_words_of(source.article.language):
            message = f"these words of {source.article.path} do not speak of {what}"
            advice = "cite the words that do, or correct the entry"
            yield Finding(statement, Diagnostic(passages[0].location, code, message, advice))


def _words(text: str) -> list[str]:
    return [
        word for word in re.findall(r"[^\W\d_]+", fold(text).casefold()) if len(word) > 2 and word not in _SMALL_WORDS
    ]


@lru_cache(maxsize=64)  # several statements name what one article names
def _words_of_body(body: str) -> frozenset[str]:
    return frozenset(_words(body))


_FEET = re.compile(r"\d[\s-]*f(?:oo|ee)t\b")
"""A length, in which nobody was hurt."""
_SMALL_WORDS = frozenset({"stunt", "the", "and", "for", "with", "from", "der", "die", "das", "und", "von", "des"})


@lru_cache(maxsize=1_000)
def _forms(word: str) -> re.Pattern[str]:
    """What matches the forms of a word that tell the same role: `director`, `directed`, and not `direction`."""
    stem = re.sub(r"(?:[eo]rs?|ing|ian|e|s)$", "", word) if len(word) > 4 else word
    forms = rf"{stem}(?:[eo]rs?|e?s|e?d|e|ing|in|innen|te)?$"
    return re.compile("|".join((forms, *_SYNONYMS.get(word, ()))))


_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "director": ("regie", "regisseur", "helmed", "helmer", "filmmaker"),
    "producer": ("produzent", "produzier"),
    "coordinator": ("koordinator", "koordinier", "choreograph", "arranged", "arranger", "designed", "oversaw"),
    "double": ("gedoubelt", "doubel", "stand"),
    "performer": ("stuntman", "stuntwoman", "stuntfrau"),
    "writer": ("wrote", "written", "penned", "screenwriter", "drehbuch", "autor"),
    "pilot": ("flew", "flown", "flying"),
    "driver": ("drove", "driven", "wheel", "fahrer", "fuhr"),
    "rider": ("rode", "ridden", "reiter", "ritt"),
    "rigger": ("rigging", "rigged", "seil"),
    "diver": ("taucher", "tauchte"),
    "editor": ("cutter", "schnitt", "edited", "cut"),
    **dict.fromkeys(
        ("officer", "supervisor", "head", "chief", "manager", "specialist", "expert", "technician"),
        ("charge", "responsible", "oversaw", "led", "headed", "ran", "handled", "supervis", "manag", "leit"),
    ),
    "cinematographer": ("kamera", "photograph"),
    "camera": ("kamera", "filmed"),
    "operator": ("kamera", "filmed"),
    "composer": ("komponist", "wrote", "music", "score"),
    "instructor": ("taught", "trained", "trainer", "coach", "lehrer", "ausbilder"),
    "trainer": ("taught", "coach", "instructor", "ausbilder"),
    "choreographer": ("choreograf",),
    "medic": ("doctor", "paramedic", "nurse", "arzt", "ärztin", "sanitäter"),
    "adviser": ("advisor", "advised", "consultant", "berater", "beriet"),
    "assistant": ("assist",),
    "actor": ("schauspieler", "starred", "starring", "played", "plays", "actress"),
}
"""Beginnings of other words for a role, in English and German."""
