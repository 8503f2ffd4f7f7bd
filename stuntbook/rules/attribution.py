"""Judgements about who says what: is the speaker the one whom the article names?"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.names import Names, names_of
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement
from stuntbook.records.fields import is_unnamed
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Quote
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import fold
from stuntbook.text.phrases import holds

_VERBS = (
    "add(?:s|ed)|admit(?:s|ted)|announc(?:es|ed)|ask(?:s|ed)|call(?:s|ed)|claim(?:s|ed)|confirm(?:s|ed)|continu(?:es|ed)|"
    "declar(?:es|ed)|describ(?:es|ed)|explain(?:s|ed)|insist(?:s|ed)|jok(?:es|ed)|not(?:es|ed)|point(?:s|ed) out|"
    "promis(?:es|ed)|recall(?:s|ed)|remark(?:s|ed)|repli(?:es|ed)|report(?:s|ed)|reveal(?:s|ed)|said|says|shar(?:es|ed)|"
    "stat(?:es|ed|ing)|tells|told|tweet(?:s|ed)|writes|wrote|remember(?:s|ed)|puts?|argu(?:es|ed)|observ(?:es|ed)|"
    "sagt(?:e)?|erzählt(?:e)?|erklärt(?:e)?|meint(?:e)?|schreibt|schrieb|berichtet(?:e)?|erinnert(?:e)?|betont(?:e)?"
)
_SAYS = re.compile(rf"\s+(?:\w+ly\s+)?(?:{_VERBS})\b")
_SAYS_NEXT = re.compile(rf"\s+(?:{_VERBS})\b")
_SOMEBODY_SAYS = re.compile(rf"([^\W\d_][\w'’-]*)\s+(?:\w+ly\s+)?(?:{_VERBS})\b")
_TELLS = re.compile(rf"\s+(?:\w+\s+){{0,3}}?(?:{_VERBS})\b")
_SAID_BEHIND = re.compile(rf"\W{{1,4}}(?:(?:{_VERBS})|according to|laut|so|as)\s+", re.IGNORECASE)
_SOMEBODY_BEHIND = re.compile(
    rf"\W{{1,4}}(?:(?:[A-Z][\w'’.-]*\s+){{1,3}}(?:{_VERBS})\b|(?:(?:{_VERBS})|according to|laut)\s+[A-Z])"
)
"""Somebody is named behind a quotation as the one who says it, known or not."""
_ACCORDING = re.compile(r"\b(?:according to|laut)\s+$", re.IGNORECASE)
_MARKS_ALONE = re.compile(r"\W{1,4}")
_LABEL = re.compile(r"\W{0,3}([^\W\d_][^:\n]{0,40}):\s")
"""What begins a paragraph that is somebody's in an interview or a play."""
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_SENTENCE_START = re.compile(r"[.!?:]['\"”’)\]]*\s+(?=['\"“‘(\[]*[A-Z])|\n\s*\n")


_Attribution = tuple[str, str]
"""The person whom an article names as the one who says certain words, and the article's words that name the person."""


def speakers_are_named_nearby(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Whoever says or relays a thing is named, or described, in the passage's paragraph or in one next to it."""
    for statement, passage, speaker in _said(knowledge, record):
        source = knowledge.sources[passage.source]
        nearby = fold(source.text.paragraphs_around(passage.span))
        for each in (speaker, *_tellers(statement)):
            known = is_unnamed(each) or each in knowledge.agents
            if known and not any(holds(nearby, fold(name)) for name in _called(knowledge, each)):
                agent = knowledge.agents.get(each)
                named = f"name {agent.name}" if agent else f'speak of "{each}"'
                message = f"{source.article.path} does not {named} in this paragraph or next to it"
                advice = "name the person whom the article names there, or cite the words that name this one"
                yield Finding(statement, Diagnostic(passage.location, "speaker-not-named", message, advice))


def _tellers(statement: Statement) -> tuple[str, ...]:
    """Who relays the words of a quote, the outer of two first."""
    return statement.value.via if isinstance(statement.value, Quote) else ()


def _called(knowledge: KnowledgeBase, speaker: str) -> tuple[str, ...]:
    """What an article may call a speaker; a description is looked for without its article, "a" or "the"."""
    agent = knowledge.agents.get(speaker)
    return names_of(agent) if agent else (_described(speaker),)


def _described(speaker: str) -> str:
    return speaker.split(maxsplit=1)[-1]


def words_go_to_their_speaker(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Whoever is said to say a thing is the person to whom the article attributes the words."""
    names = knowledge.names
    for statement, passage, speaker in _said(knowledge, record):
        text = knowledge.sources[passage.source].text
        around = text.quotations_around(passage.span)
        # Within somebody else's words, the article names the one who tells them.
        via = _tellers(statement)
        teller = via[0] if via else speaker
        if is_unnamed(teller):
            found = _named_instead(text, around[0] if around else None, passage.span, names, teller)
        else:
            found = _attribution(text, around[0], names) if around else _telling(text, passage.span, names)
        if found and found[0] != teller:
            key = "via" if via else "speaker" if isinstance(statement.value, Quote) else "by"
            message = f"the article gives these words to {knowledge.agents[found[0]].name}"
            advice = f"write {key}: {found[0]}, or say in `silence` why the article means somebody else"
            details = (f"the article: {found[1]}",)
            yield Finding(statement, Diagnostic(passage.location, "attribution", message, advice, details))


def quoted_words_have_a_speaker(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """A statement that rests on nothing but quoted words names in `by` who says it."""
    for statement in knowledge.statements_of(record):
        quoted = [_depth(knowledge, passage) for passage in statement.passages]
        if quoted and all(quoted) and statement.evidence.by is None:
            message = "these are somebody's quoted words, and the statement does not say whose"
            advice = "name the person in `by`, or cite words that the article says itself"
            location = statement.passages[0].location
            yield Finding(statement, Diagnostic(location, "speaker-missing", message, advice))


def nested_quotes_name_their_teller(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Words inside somebody else's quotation name who tells them, and only those do."""
    for statement in knowledge.statements_of(record):
        value = statement.value
        for passage in statement.passages if isinstance(value, Quote) else ():
            # Words in no quotation at all are told by the rule that a quote stands in quotation marks.
            around, tellers = max(0, _depth(knowledge, passage) - 1), len(_tellers(statement))
            if tellers <= around and bool(tellers) == (around > 0):
                continue
            others = "two other quotations" if tellers > 1 else "another quotation"
            message = f"these words do not stand inside {others}"
            advice = "remove `via`, or cite the words that are told by somebody else"
            if around > 0 and not tellers:
                message = "these words stand inside somebody else's quotation"
                advice = "give them to the person quoted there, and name the one who tells them in `via`"
            yield Finding(statement, Diagnostic(passage.location, "nested-quote", message, advice))


def _depth(knowledge: KnowledgeBase, passage: Passage) -> int:
    """How many quotations a passage stands in."""
    return len(knowledge.sources[passage.source].text.quotations_around(passage.span))


def _said(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[tuple[Statement, Passage, str]]:
    """What somebody says, with each passage, and who: an identifier, or a description of somebody without a name."""
    for statement in knowledge.statements_of(record):
        speaker = statement.evidence.by
        if speaker and (is_unnamed(speaker) or speaker in knowledge.agents):
            yield from ((statement, passage, speaker) for passage in statement.passages)


def attribution(text: ArticleText, quotation: Span, names: Names) -> tuple[str, bool] | None:
    """To whom the article gives a quotation, and whether a verb of saying tells so; None where it names nobody."""
    found = _attribution(text, quotation, names)
    return (found[0], fold(found[1]) not in names.owners) if found else None


def _attribution(text: ArticleText, quotation: Span, names: Names) -> _Attribution | None:
    """Whom the article names as the speaker, if it names anybody known.

    First who is named right behind the quotation ("…," Ellison said), then who says something earlier in the
    sentence (McQuarrie noted that … "…"), then who was named last before it.
    """
    behind = _PARAGRAPH_END.split(text.body[quotation.end : quotation.end + 80], maxsplit=1)[0]
    # A quotation that ends its sentence is not gone on with: `"He is good." Tamburin wrote the part.`
    if text.body[quotation.end - 1] != "." or text.body[quotation.end - 3 : quotation.end] == "...":
        if named_behind := _named_behind(behind, names):
            return named_behind
        if _SOMEBODY_BEHIND.match(behind):
            return None  # a name that means nobody in the book, or one of several
    if answering := _answering(text, quotation, names):
        return answering
    before = _before(text, quotation)
    named = names.find(before)
    sentence = len(before) - len(_SENTENCE_START.split(before)[-1])
    for start, end in named:
        if start >= sentence and _ACCORDING.search(before, sentence, start):
            return names.owner(before[start:end]), before[start:end]
    says = _first_saying(before, [span for span in reversed(named) if span[0] >= sentence], _SAYS, names)
    if says or not named or _may_be_several(before[sentence:], names):
        return says
    start, end = named[-1]
    return names.owner(before[start:end]), before[start:end]


def _may_be_several(sentence: str, names: Names) -> bool:
    """Whether whoever says something in a sentence is named by a surname that several people of the book have."""
    surnames = (fold(match[1]) for match in _SOMEBODY_SAYS.finditer(sentence))
    return any(len({owner for _, owner in names.namesakes.get(each, ())}) > 1 for each in surnames)


def _named_instead(
    text: ArticleText, quotation: Span | None, span: Span, names: Names, described: str
) -> _Attribution | None:
    """Whom the article names with a verb as the one who says words that are given to somebody whom it describes.

    Where the sentence speaks of that person too, it can't be told who of the two says them.
    """
    if quotation and (behind := _named_behind(text.body[quotation.end : quotation.end + 80], names)):
        return behind
    before = _before(text, quotation) if quotation else text.body[max(0, span.end - 400) : span.end]
    sentence = _SENTENCE_START.split(before)[-1]
    if holds(fold(sentence), fold(_described(described))):
        return None
    return _first_saying(sentence, names.find(sentence)[::-1], _SAYS if quotation else _TELLS, names)


def _named_behind(behind: str, names: Names) -> _Attribution | None:
    """Whom the words behind a quotation give it to: `,” Ellison said` or `,” said Ellison`."""
    verb = _SAID_BEHIND.match(behind)
    for start, end in names.find(behind):
        says = _SAYS_NEXT.match(behind, end) if _MARKS_ALONE.fullmatch(behind, 0, start) else None
        if says or (verb and verb.end() == start):
            words = behind[: says.end() if says else end].strip("\"'”’,. ")
            return names.owner(behind[start:end]), words
    return None


def _first_saying(
    text: str, spans: Iterable[tuple[int, int]], says: re.Pattern[str], names: Names
) -> _Attribution | None:
    """The first of the names behind which the text says that the person says something."""
    for start, end in spans:
        if verb := says.match(text, end):
            return names.owner(text[start:end]), text[start : verb.end()]
    return None


def _telling(text: ArticleText, span: Span, names: Names) -> _Attribution | None:
    """Who says something in reported speech, in the passage itself or before it in its sentence, or in an interview."""
    start = max(0, span.end - 400)
    sentence = _SENTENCE_START.split(text.body[start : span.end])[-1]
    named = names.find(sentence)
    for first, last in named:
        if _ACCORDING.search(sentence, 0, first):
            return names.owner(sentence[first:last]), sentence[first:last]
    return _first_saying(sentence, named, _TELLS, names) or _answering(text, span, names)


def _answering(text: ArticleText, span: Span, names: Names) -> _Attribution | None:
    """Who gives the answer of an interview that a stretch stands in: the paragraph begins with the name and a colon."""
    label = _LABEL.match(text.body, text.paragraph_bounds(span.paragraph)[0])
    return (names.owner(label[1]), f"{label[1]}:") if label and fold(label[1]) in names.owners else None


def _before(text: ArticleText, quotation: Span) -> str:
    """The paragraph up to a quotation and the one before it, with all other quotations left out."""
    start = text.paragraph_bounds(quotation.paragraph - 1)[0]
    kept = list(text.body[start : quotation.start])
    first = bisect_left(text.quotations, text.paragraph_bounds(quotation.paragraph - 2)[0], key=lambda each: each.start)
    for other in text.quotations[first : bisect_left(text.quotations, quotation.start, key=lambda each: each.start)]:
        if start < other.end <= quotation.start:
            for position in range(max(other.start, start), other.end):
                # A full stop ends the sentence around the quotation too.
                ends = position == other.end - 1 and text.body[position] in ".!?"
                kept[position - start] = text.body[position] if ends or text.body[position] == "\n" else " "
    return "".join(kept)
