"""Judgements about dates: each part of one stands in the words, or follows from when they were published."""

from collections.abc import Iterator

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated_dates import mentions_vagueness, missing_part, states_about
from stuntbook.records.unit_names import knows_words_of
from stuntbook.rules.cited import by_source


def dates_stand_in_the_passages(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """Each part of a date stands in the words, or follows from the day on which the article was published."""
    for statement in knowledge.statements_of(record):
        when: str | None = vars(statement.value).get("when")
        for source, passages in by_source(knowledge, statement) if when else ():
            assert when
            # What one passage ends with does not belong to what the next one begins with.
            words = " | ".join(each.text for each in passages)
            if problem := _problem(when, words, source.article):
                yield Finding(statement, Diagnostic(passages[0].location, "date-not-cited", *problem))


def _problem(when: str, words: str, article: Article) -> tuple[str, str] | None:
    """Message and advice for a date that words do not state."""
    if missing := missing_part(when, words, article.language, article.published):
        advice = f"cite the words that hold it, or write X for the digits of the {missing}"
        if missing == "season":
            advice = "cite the words that hold it, or give the year alone"
        return f"these words do not state the {missing} of this date", advice
    if not knows_words_of(article.language):
        return None
    if not when.endswith(("?", "~", "%")) and states_about(when, words):
        return "these words are not sure about this date", f'write "{when}~", which says that it is about then'
    if when.endswith("~") and not mentions_vagueness(words):
        return "these words do not say that the date is about then", f'write "{when.rstrip("~")}"'
    return None
