"""KnowledgeBase -> Markdown: a page for each record and article, each statement with its anchor, status and words.

The same text stands beside the page of a site (docs/data.md) and in a book that is exported (docs/plugins.md), so links
lead from file to file. What records and articles say is escaped: Python-Markdown, which MkDocs and Zensical use, and
CommonMark show it as it was typed.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import address_of, passage_anchor, relative_address
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.knowledge.story import story_of
from stuntbook.records.article import Article
from stuntbook.records.citable import SENTENCE_FIELD
from stuntbook.records.dates import shown_date
from stuntbook.records.kinds import identifiers_in, prose_fields
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Reference
from stuntbook.text.prose import render_inline

FILE = "index.md"
"""The file of a page within its folder."""
_HEADINGS = {
    "summary": "",
    "injury": "Injuries",
    "risk": "Risks and precautions",
    "quote": "Quotes",
    "disagreement": "Disagreements",
    "award": "Awards",
}
"""What stands above statements of a kind that the story does not show; above all others, `_FACTS`."""
_FACTS = "Facts"
_MARKUP = re.compile(r"[\\`*_{}\[\]#]")
_TAG_OR_LINK = re.compile("(<[^>]*>|\ue000\\d+\ue001)")


def markdown_page(knowledge: KnowledgeBase, record: AnyRecord | Article) -> bytes:
    """What the page of a record or of an article tells."""
    lines = _of_article(knowledge, record) if isinstance(record, Article) else _of_record(knowledge, record)
    return page(record.display_name, lines)


def page(title: str, lines: Iterable[str]) -> bytes:
    """A page with its front matter, whose values are in the form that YAML and JSON have in common."""
    front_matter = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n"
    return "\n".join([front_matter, f"# {plain(title)}\n", *lines, ""]).encode()


def plain(text: str) -> str:
    """Words in one line, escaped so that they mean themselves."""
    return _MARKUP.sub(r"\\\g<0>", escape(" ".join(text.split()), quote=False))


def way(base: str, address: str, anchor: str = "") -> str:
    """The way from the file of one address to that of another, or to a place in it."""
    if anchor and base == address:
        return f"#{anchor}"
    return f"{relative_address(base, address)}{FILE}{'#' if anchor else ''}{anchor}"


def link_to(record: AnyRecord | Article, base: str, label: str | None = None) -> str:
    """A link to the page of a record or of an article, from that of an address."""
    return f"[{plain(label or record.display_name)}]({way(base, address_of(record))})"


def inline(knowledge: KnowledgeBase, text: str, base: str) -> str:
    """Editors' prose, with links to the records that it names."""
    links: list[str] = []

    def link(identifier: str, label: str | None) -> str:
        links.append(link_to(knowledge.record(identifier), base, label))
        return f"\ue000{len(links) - 1}\ue001"

    pieces = _TAG_OR_LINK.split(render_inline(text, link))
    pieces[::2] = [_MARKUP.sub(r"\\\g<0>", words) for words in pieces[::2]]
    pieces[1::2] = [links[int(each[1:-1])] if each[0] == "\ue000" else each for each in pieces[1::2]]
    return "".join(pieces)


def status_of(knowledge: KnowledgeBase, item: Statement, base: str) -> str:
    """How well a statement is carried, in words."""
    evidence = item.evidence
    match evidence.status:
        case Status.ARTICLES:
            return plural(evidence.independent, "article")
        case Status.ARTICLE:
            return "one article"
        case Status.SAID:
            return f"said by {_who(knowledge, evidence.by or '', base)}"
        case Status.DISPUTED if evidence.disagreement not in (None, (item.record, item.anchor)):
            assert evidence.disagreement
            record, anchor = evidence.disagreement
            return f"[disputed]({way(base, address_of(knowledge.record(record)), anchor)})"
        case Status.UNSOURCED:
            return "not in the sources"
    return str(evidence.status)


def _who(knowledge: KnowledgeBase, name: str, base: str) -> str:
    record = knowledge.by_id.get(name)
    return link_to(record, base) if record else plain(name)


# --- Records


def _of_record(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[str]:
    statements = knowledge.statements[record.id]
    base = address_of(record)
    if record.aliases:
        yield f"Also called: {plain('; '.join(record.aliases))}\n"
    yield from (f"Editor’s {name}: {words}\n" for name, words in _remarks(knowledge, record, base))
    parts = story_of(record, statements)
    told = {id(each) for part in parts for each in part.statements}
    rest = [each for each in statements if id(each) not in told]
    for heading in ("", _FACTS):
        yield from _section(knowledge, heading, [each for each in rest if _heading(each) == heading])
    for part in parts:
        yield from _section(knowledge, part.heading, part.statements)
    for heading in list(_HEADINGS.values())[1:]:
        yield from _section(knowledge, heading, [each for each in rest if _heading(each) == heading])


def _heading(item: Statement) -> str:
    return _HEADINGS.get(item.kind, _FACTS)


def _section(knowledge: KnowledgeBase, heading: str, items: Iterable[Statement]) -> Iterator[str]:
    lines = [line for item in items for line in _lines(knowledge, item, "")]
    if lines:
        yield from ([f"## {heading}\n"] if heading else [])
        yield from (*lines, "")


def _lines(knowledge: KnowledgeBase, item: Statement, margin: str) -> Iterator[str]:
    base = address_of(knowledge.record(item.record))
    status = status_of(knowledge, item, base)
    yield f'{margin}- <a id="{item.anchor}"></a>{_words(knowledge, item, base)} ({item.kind}; {status})'
    within = f"{margin}    "
    for name, words in _remarks(knowledge, item.value, base):
        yield f"{within}- {'Editor’s note' if name == 'note' else name.capitalize()}: {words}"
    if outcome := getattr(item.value, "outcome", None):
        yield f"{within}- Outcome: {plain(str(outcome))}"
    for passage in item.every_passage:
        yield f"{within}- {_cited(knowledge, passage, base)}{' (in part)' if passage in item.also else ''}"
    for part in item.parts:
        yield from _lines(knowledge, part, within)


def _remarks(knowledge: KnowledgeBase, value: object, base: str) -> Iterator[tuple[str, str]]:
    """What editors say beside a statement or of a record as a whole: the name of each field, and its prose."""
    for name in prose_fields(type(value)):  # type: ignore[arg-type]
        if name != SENTENCE_FIELD and isinstance(words := getattr(value, name), str):
            yield name, inline(knowledge, words, base)


def _words(knowledge: KnowledgeBase, item: Statement, base: str) -> str:
    """A statement with links to the records that it names."""
    sentence = getattr(item.value, SENTENCE_FIELD, None)
    if isinstance(sentence, str) and item.kind != "quote":
        # Of some kinds, such as a date or an award, more is told than their sentence: in front of it.
        before, _, after = item.text.rpartition(knowledge.plain_text(sentence))
        return " ".join(filter(None, (plain(before), inline(knowledge, sentence, base), plain(after))))
    words = f"“{plain(item.text)}”" if item.kind == "quote" else plain(item.text)
    named = [item.value.id] if isinstance(item.value, Reference) else [each for _, each in identifiers_in(item.value)]
    for record in (knowledge.by_id[each] for each in dict.fromkeys(named) if each in knowledge.by_id):
        name = plain(record.display_name)
        if f"[{name}]" not in words:
            words = words.replace(name, link_to(record, base), 1)
    url = getattr(item.value, "url", None)
    return f"[{words}]({url})" if url else words


def _cited(knowledge: KnowledgeBase, passage: Passage, base: str) -> str:
    article = knowledge.sources[passage.source].article
    leads = way(base, address_of(article), passage_anchor(passage.span))
    return f"{plain(article.publisher)}, [{plain(article.display_name)}]({leads}): “{plain(passage.text)}”"


# --- Articles


def _of_article(knowledge: KnowledgeBase, article: Article) -> Iterator[str]:
    base = address_of(article)
    yield f"- Publisher: {plain(article.publisher)}"
    yield from ([f"- Author: {plain(article.author)}"] if article.author else [])
    yield from ([f"- Published: {shown_date(article.published)}"] if article.published else [])
    yield f"- Original: <{article.url}>\n"
    for passage in knowledge.cited[article.id]:
        yield f'<a id="{passage_anchor(passage.span)}"></a>\n'
        yield f"> “{plain(passage.text)}”\n"
        yield from (f"- {link_to_statement(knowledge, each, base)}" for each in passage.statements)
        yield ""


def link_to_statement(knowledge: KnowledgeBase, item: Statement, base: str) -> str:
    """A record, and a statement of it, to which its words lead."""
    record = knowledge.record(item.record)
    leads = way(base, address_of(record), item.anchor)
    return f"{link_to(record, base)}: [{plain(item.text)}]({leads}) ({status_of(knowledge, item, base)})"
