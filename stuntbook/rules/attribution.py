"""Judgements about who says what: is the speaker the one whom the article names?"""

from collections.abc import Iterator

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.names import STRANGER, names_of
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement
from stuntbook.records.fields import is_unnamed
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Quote
from stuntbook.rules.speakers import Attribution, Speakers
from stuntbook.text.folding import fold
from stuntbook.text.phrases import holds


def speakers_are_named_nearby(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Whoever says or relays a thing is named, or described, in the passage's paragraph or in one next to it."""
    for statement, passage, speaker in _said(knowledge, record):
        source = knowledge.sources[passage.source]
        nearby, tellers = fold(source.text.paragraphs_around(passage.span)), _tellers(statement)
        for each in (speaker, *tellers):
            known = is_unnamed(each) or each in knowledge.agents
            # Whose words are relayed, the one who relays them may call "he".
            where = source.text.folded if tellers and each == speaker and each in knowledge.agents else nearby
            if known and not any(holds(where, fold(name)) for name in _called(knowledge, each)):
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
    """Whoever is said to say or to relay a thing is the person to whom the article attributes the words."""
    for statement, passage, speaker in _said(knowledge, record):
        for key, said_by, found in _attributions(knowledge, statement, passage, speaker):
            if found and found.owners and not _fits(knowledge, passage, said_by, found):
                yield Finding(statement, _misattributed(knowledge, passage, key, found))


def _attributions(
    knowledge: KnowledgeBase, statement: Statement, passage: Passage, speaker: str
) -> Iterator[tuple[str, str, Attribution | None]]:
    """Each key that names somebody, the name, and to whom the article gives the words of the passage there."""
    speakers = Speakers(knowledge.sources[passage.source].text, knowledge.names)
    around = speakers.text.quotations_around(passage.span)
    # Within somebody else's words, the article names the one who tells them.
    via = _tellers(statement)
    key = "via" if via else "speaker" if isinstance(statement.value, Quote) else "by"
    if via and len(around) == 1 and (answering := speakers.answering(passage.span)):
        yield "via", via[0], answering
        yield "speaker", speaker, speakers.of_quotation(around[0])
        return
    found = speakers.of_quotation(around[0]) if around else speakers.of_report(passage.span)
    yield key, via[0] if via else speaker, found
    if len(via) == 1 and len(around) == 2:
        yield "speaker", speaker, speakers.within(*around)


def _fits(knowledge: KnowledgeBase, passage: Passage, speaker: str, found: Attribution) -> bool:
    """Whether words may be a speaker's; whom an article only describes, it may describe in other words."""
    if not is_unnamed(speaker):
        return speaker in found.owners
    if found.place != "in the sentence" or STRANGER in found.owners:
        return found.place == "before" or STRANGER in found.owners
    sentence = Speakers(knowledge.sources[passage.source].text, knowledge.names).sentence_before(passage.span)
    return holds(fold(sentence), fold(_described(speaker)))


def _misattributed(knowledge: KnowledgeBase, passage: Passage, key: str, found: Attribution) -> Diagnostic:
    known = [knowledge.agents[each].name for each in sorted(found.owners) if each in knowledge.agents]
    whom = " or ".join(known) if STRANGER not in found.owners else "somebody else"
    advice = "give them to the one whom the article means, or say in `silence` why it means this person"
    if len(found.owners) == 1 and known:
        advice = f"write {key}: {next(iter(found.owners))}, or say in `silence` why the article means somebody else"
    message, details = f"the article gives these words to {whom}", (f"the article: {found.words}",)
    return Diagnostic(passage.location, "attribution", message, advice, details)


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
            # Whoever answers in an interview may tell another's words.
            speakers = Speakers(knowledge.sources[passage.source].text, knowledge.names)
            if tellers == around + 1 and speakers.answering(passage.span):
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
