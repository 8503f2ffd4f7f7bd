"""Judgements about who says what: is the speaker the one whom the article names?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stuntbook.diagnostics import Diagnostic
from stuntbook.evidence import DASHES, DOUBLE_MARKS, SINGLE_MARKS, ArticleText, Span, fold
from stuntbook.knowledge import Finding, KnowledgeBase
from stuntbook.model import Person, Quote
from stuntbook.resolution import Passage
from stuntbook.statements import Statement

_VERBS = (
    "add(?:s|ed)|admit(?:s|ted)|announc(?:es|ed)|ask(?:s|ed)|call(?:s|ed)|claim(?:s|ed)|confirm(?:s|ed)|continu(?:es|ed)|"
    "declar(?:es|ed)|describ(?:es|ed)|explain(?:s|ed)|insist(?:s|ed)|jok(?:es|ed)|not(?:es|ed)|point(?:s|ed) out|"
    "promis(?:es|ed)|recall(?:s|ed)|remark(?:s|ed)|repli(?:es|ed)|report(?:s|ed)|reveal(?:s|ed)|said|says|shar(?:es|ed)|"
    "stat(?:es|ed|ing)|tells|told|tweet(?:s|ed)|writes|wrote"
)
_SENTENCE_START = re.compile(r"[.!?:]['\"”’)\]]*\s+(?=['\"“‘(\[]*[A-Z])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Whom an article names as the one who says certain words."""

    person: str
    words: str
    """The article's words that name the person."""


def speakers_are_named_nearby(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Whoever says a thing is named in the passage's paragraph or in one next to it."""
    for statement, passage, speaker in _said(knowledge):
        source = knowledge.sources[passage.source]
        nearby = source.text.paragraphs_around(passage.span)
        if not any(_pattern(name).search(nearby) for name in _names_of(knowledge.people[speaker])):
            who = knowledge.people[speaker].name
            yield Finding(
                statement,
                Diagnostic(
                    location=passage.location,
                    code="speaker-not-named",
                    message=f"{source.article.path} does not name {who} in this paragraph or next to it",
                    advice="name the person whom the article names there, or cite the words that name this one",
                ),
            )


def words_go_to_their_speaker(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Whoever is said to say a thing is the person to whom the article attributes the words."""
    names = _unambiguous_names(knowledge)
    for statement, passage, speaker in _said(knowledge):
        text = knowledge.sources[passage.source].text
        around = text.quotations_around(passage.span)
        # Within somebody else's words, the article names the one who tells them.
        via = getattr(statement.value, "via", None)
        found = _attribution(text, around[0], names) if around else _telling(text, passage.span, names)
        if found and found.person != (via or speaker):
            yield Finding(statement, _wrong_speaker(knowledge, statement, passage, found))


def _wrong_speaker(knowledge: KnowledgeBase, statement: Statement, passage: Passage, found: _Attribution) -> Diagnostic:
    value = statement.value
    key = "via" if getattr(value, "via", None) else "speaker" if isinstance(value, Quote) else "by"
    person = knowledge.people[found.person]
    return Diagnostic(
        location=passage.location,
        code="attribution",
        message=f"the article gives these words to {person.name}",
        details=(f"the article: {found.words}",),
        advice=f"write {key}: {person.id}, or say in `silence` why the article means somebody else",
    )


def quoted_words_have_a_speaker(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """A statement that rests on nothing but quoted words names in `by` who says it."""
    for statement in knowledge.all_statements():
        quoted = [
            knowledge.sources[passage.source].text.quotations_around(passage.span) for passage in statement.passages
        ]
        if quoted and all(quoted) and statement.evidence.by is None:
            yield Finding(
                statement,
                Diagnostic(
                    location=statement.passages[0].location,
                    code="speaker-missing",
                    message="these are somebody's quoted words, and the statement does not say whose",
                    advice="name the person in `by`, or cite words that the article says itself",
                ),
            )


def nested_quotes_name_their_teller(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Words inside somebody else's quotation name who tells them, and only those do."""
    for statement in knowledge.all_statements():
        value = statement.value
        if isinstance(value, Quote):
            for passage in statement.passages:
                nested = len(knowledge.sources[passage.source].text.quotations_around(passage.span)) > 1
                if nested and value.via is None:
                    message = "these words stand inside somebody else's quotation"
                    advice = "give them to the person quoted there, and name the one who tells them in `via`"
                elif value.via is not None and not nested:
                    message = "these words do not stand inside another quotation"
                    advice = "remove `via`, or cite the words that are told by somebody else"
                else:
                    continue
                yield Finding(
                    statement,
                    Diagnostic(location=passage.location, code="nested-quote", message=message, advice=advice),
                )


def _said(knowledge: KnowledgeBase) -> Iterator[tuple[Statement, Passage, str]]:
    for statement in knowledge.all_statements():
        speaker = statement.evidence.by
        if speaker is not None and speaker in knowledge.people:
            for passage in statement.passages:
                yield statement, passage, speaker


def _names_of(person: Person) -> tuple[str, ...]:
    """What an article may call a person: the name, its last word, the aliases."""
    return (person.name, person.name.split()[-1], *person.aliases)


def _unambiguous_names(knowledge: KnowledgeBase) -> dict[str, str]:
    """Names and the one person whom each can mean; the longest first, so that a full name is found as one."""
    owners: dict[str, set[str]] = {}
    for person in knowledge.people.values():
        for name in _names_of(person):
            owners.setdefault(fold(name)[0], set()).add(person.id)
    found = {name: next(iter(people)) for name, people in owners.items() if len(people) == 1}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _any_form(word: str) -> str:
    forms = {"'": f"[{SINGLE_MARKS}]", '"': f"[{DOUBLE_MARKS}]", "-": f"[{DASHES}]"}
    return "".join(forms.get(char, re.escape(char)) for char in fold(word)[0])


def _pattern(name: str) -> re.Pattern[str]:
    """Finds a name in an article's own characters, however its white space, apostrophes and hyphens are typed."""
    words = r"\s+".join(_any_form(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _attribution(text: ArticleText, quotation: Span, names: Mapping[str, str]) -> _Attribution | None:
    """Whom the article names as the speaker, if it names anybody known.

    First who is named right behind the quotation ("…," Ellison said), then who says something earlier in the
    sentence (McQuarrie noted that … "…"), then who was named last before it.
    """
    if not names:
        return None
    anyone = "|".join(_pattern(name).pattern for name in names)
    behind = text.body[quotation.end : quotation.end + 80]
    after = re.match(rf"\W{{1,4}}(?:(?P<name>{anyone})\s+(?:{_VERBS})|(?:{_VERBS})\s+(?P<last>{anyone}))\b", behind)
    if after:
        return _Attribution(_owner(after["name"] or after["last"], names), after[0].strip("\"'”’,. "))
    before = _before(text, quotation)
    sentence = _SENTENCE_START.split(before)[-1]
    says = list(re.finditer(rf"(?P<name>{anyone})\s+(?:\w+ly\s+)?(?:{_VERBS})\b", sentence))
    if says:
        return _Attribution(_owner(says[-1]["name"], names), says[-1][0])
    named = list(re.finditer(anyone, before))
    return _Attribution(_owner(named[-1][0], names), named[-1][0]) if named else None


def _telling(text: ArticleText, span: Span, names: Mapping[str, str]) -> _Attribution | None:
    """Who says something in reported speech, in the passage itself or before it in its sentence."""
    anyone = "|".join(_pattern(name).pattern for name in names)
    start = max(0, span.end - 400)
    sentence = _SENTENCE_START.split(text.body[start : span.end])[-1]
    says = re.search(rf"(?P<name>{anyone})\s+(?:\w+\s+){{0,3}}?(?:{_VERBS})\b", sentence) if names else None
    return _Attribution(_owner(says["name"], names), says[0]) if says else None


def _before(text: ArticleText, quotation: Span) -> str:
    """The paragraph up to a quotation and the one before it, with all other quotations left out."""
    start = text.paragraph_bounds(quotation.paragraph - 1)[0]
    kept = list(text.body[start : quotation.start])
    for other in text.quotations:
        if other.end <= quotation.start:
            for position in range(max(other.start, start), other.end):
                kept[position - start] = " " if text.body[position] != "\n" else "\n"
    return "".join(kept)


def _owner(found: str, names: Mapping[str, str]) -> str:
    return names[fold(found)[0]]
