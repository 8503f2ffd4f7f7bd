"""What pages consist of by the thousand, as HTML: statements, quotes, cross-references, amounts.

Templates call these functions as `components`. A plain function takes a fraction of the time
of a Jinja macro. Each escapes what it is given; only kinds, anchors, numbers and statuses, which the program itself
makes, stand as they are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup, escape

from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import passage_anchor
from stuntbook.knowledge.base import CitedPassage
from stuntbook.knowledge.mirror import MirroredParagraph
from stuntbook.knowledge.relations import Backlink
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.pages.evidence import (
    EDITORS,
    badge,
    by,
    carried,
    caveat,
    doubt,
    mark,
    note,
    passage,
    rests_on,
    support,
)
from stuntbook.pages.views import PageView
from stuntbook.records.article import Article
from stuntbook.records.citable import SENTENCE_FIELD, Stated
from stuntbook.records.dates import shown_date
from stuntbook.records.quantities import format_both
from stuntbook.records.stated import Altitude, Award, Injury, Measure, Quote, Sentence
from stuntbook.rules.corroboration import SMALL_WORDS
from stuntbook.text.article_text import Span
from stuntbook.text.directions import isolated
from stuntbook.text.folding import fold

_PARTS = {"injury": "What followed", "risk": "Precautions"}
"""The words above the parts of a statement, by its kind."""
_BETWEEN_DIFFERING = re.compile(
    rf"</em>((?:\s+(?:{'|'.join(sorted(SMALL_WORDS))}))*\s+)<em class=\"sb-differs\">", re.IGNORECASE
)
_GAP = ' <span class="sb-gap" title="The article interrupts the quotation here.">…</span> '


# --- Statements and quotes


def told(view: PageView, items: Iterable[Statement], here: bool = True) -> Markup:
    """Sentences, to stand in a paragraph.

    Where they are at home, those that have the same mark are a `<span class="sb-run">` with one mark at its end, and
    each is a `<span class="sb-told">`; elsewhere they have only what must be said of them.
    """
    if not here:
        return Markup(" ".join([_summed_up(view, item) for item in items]))
    return Markup(" ".join([_run(view, list(run)) for _, run in groupby(items, _marked_alike)]))


def _summed_up(view: PageView, item: Statement) -> str:
    assert isinstance(item.value, Sentence)
    doubts = " ".join(filter(None, (caveat(view, item.evidence), by(view, item))))
    return f'<span class="sb-told">{view.inline(item.value.text)}</span> {doubts}'.rstrip()


def _marked_alike(item: Statement) -> object:
    """What the sentences of a run have in common; what is out of the ordinary stands alone."""
    evidence = item.evidence
    if evidence.status not in (Status.ARTICLE, Status.ARTICLES) or getattr(item.value, "note", None):
        return item.anchor
    return evidence.status, frozenset(evidence.sources), frozenset(each.source for each in item.also)


def _run(view: PageView, items: list[Statement]) -> str:
    pieces = []
    for item in items:
        assert isinstance(item.value, Sentence)
        sentence = view.inline(item.value.text)
        pieces.append(f'<span class="sb-told"{rests_on(view, item)} tabindex="-1">{sentence}</span>')
    end = (mark(view, items), doubt(view, items[0]), by(view, items[0]), note(view, items[0].value))
    return f'<span class="sb-run">{" ".join((*pieces, *filter(None, end)))}</span>'


def statements(view: PageView, items: Iterable[Statement], here: bool = True) -> Markup:
    """`<ul class="sb-statements">` of statements. Where they are at home, they have their anchors."""
    return Markup(f'<ul class="sb-statements">{"".join([_list_item(view, item, here) for item in items])}</ul>')


def _list_item(view: PageView, item: Statement, here: bool, within: bool = False) -> str:
    pieces = [f'<span class="sb-statement__text">{_words_of(view, item)}</span>', support(view, item, here)]
    if not here and not within:
        pieces.append(_home(view, item))
    pieces.append(outcome(item.value))
    if item.parts:
        parts = "".join([_list_item(view, part, here, within=True) for part in item.parts])
        # Without words for the kind, the name of the field that holds them.
        above = _PARTS.get(item.kind) or str(item.parts[0].path[-2]).capitalize()
        pieces.append(f'<p class="sb-statement__parts">{above}</p><ul class="sb-statements">{parts}</ul>')
    return f'<li class="sb-statement sb-statement--{item.kind}"{rests_on(view, item, here)}>{" ".join(pieces)}</li>'


def outcome(value: Stated) -> Markup:
    """`<span class="sb-outcome">` with how an injury ended; empty where that is not stated."""
    if not isinstance(value, Injury) or not value.outcome:
        return Markup()
    return Markup(f' <span class="sb-outcome">Outcome: {value.outcome}.</span>')


def _words_of(view: PageView, item: Statement) -> Markup:
    text = getattr(item.value, SENTENCE_FIELD, None)
    words = escape(item.text) if text is None else view.inline(text)
    if isinstance(item.value, Award):
        when = f", {shown_date(item.value.when)}" if item.value.when else ""
        return Markup(f"<b>{escape(item.value.name)}</b>{when}: {words}")
    return words


def linked_statement(view: PageView, item: Statement, with_mark: bool = False) -> Markup:
    """`<li>` that leads to where a statement is at home, with the name of its record, and with what carries it."""
    link = f'<a href="{view.statement_url(item)}">{escape(item.text)}</a>'
    evidence = support(view, item, here=False) if with_mark else caveat(view, item.evidence)
    held = rests_on(view, item, here=False) if with_mark else ""
    return Markup(f'<li{held}>{link} {evidence} <span class="sb-reason">{view.link(item.record)}</span></li>')


def matrix_row(view: PageView, item: Statement, sources: Iterable[str]) -> Markup:
    """`<tr>` of a statement, the passages that each source has for it, and its badge."""
    cells: dict[str, list[str]] = {source: [] for source in sources}
    for each in item.passages:
        label = f"Passage in {view.knowledge.sources[each.source].article.publisher}"
        cells[each.source].append(f'<a href="{view.passage_url(each)}" aria-label="{escape(label)}">●</a> ')
    return Markup(
        f'<tr><th scope="row"><a href="{view.statement_url(item)}">{escape(item.text)}</a></th>'
        f"<td>{'</td><td>'.join(map(''.join, cells.values()))}</td>"
        f"<td>{caveat(view, item.evidence)}</td></tr>"
    )


def backlink(view: PageView, link: Backlink, to: str) -> Markup:
    """`<li>` with a text that mentions the record `to`, and a link to where it stands."""
    url = view.statement_url(link.statement) if link.statement else view.url(link.record.id)
    told_by = carried(view, link.statement) if link.statement and link.field == SENTENCE_FIELD else ""
    whose = f"{EDITORS} " if link.field == "note" else ""
    return Markup(
        f'<li><p>{whose}<span class="sb-mentions__text">{view.mention(link.text, to)}</span> {told_by} '
        f'<a class="sb-more" href="{url}">{escape(link.record.display_name)}</a></p></li>'
    )


def _home(view: PageView, item: Statement) -> str:
    """A link to where the statement is at home."""
    name = view.knowledge.record(item.record).display_name
    return f'<a class="sb-more" href="{view.statement_url(item)}">{escape(name)}</a>'


def quote(view: PageView, item: Statement, here: bool = True) -> Markup:
    """`<figure class="sb-quote">` with the words, and below them the speaker, once, and what carries them."""
    value = item.value
    assert isinstance(value, Quote)
    words = _GAP.join([f"<q>{passage(view, each.source, each.span)}</q>" for each in _spoken(item.passages)])
    tellers = Markup(" and ").join(map(view.who, value.via))
    speaker = f"{view.who(value.speaker)}{f', as told by {tellers}' if tellers else ''}"
    pieces = [f'<span class="sb-quote__speaker">{speaker}</span>']
    if value.context:
        pieces.append(f'<span class="sb-quote__context">{view.inline(value.context)}</span>')
    if not here:
        pieces.append(_home(view, item))
    disputed = badge(view, item.evidence) if item.evidence.status is Status.DISPUTED else ""
    pieces += filter(None, (mark(view, [item], here), disputed, note(view, value)))
    return Markup(
        f'<figure class="sb-quote"{rests_on(view, item, here)}><blockquote><p>{words}</p></blockquote>'
        f"<figcaption>{' '.join(pieces)}</figcaption></figure>"
    )


def _spoken(passages: tuple[Passage, ...]) -> Iterator[Passage]:
    """Passages without the comma with which an article goes on after a quotation."""
    for each in passages:
        yield replace(each, span=replace(each.span, end=each.span.end - 1)) if each.text.endswith(",") else each


# --- Words of articles


def differing(disagreement: Statement, cited: Passage) -> Markup:
    """A passage of an account, with `<em class="sb-differs">` around phrases that some other account's passages lack.

    Small words differ by chance: they belong to a phrase only between others that differ. Where most words differ,
    nothing stands out.
    """
    others = [part for part in disagreement.parts if cited not in part.passages]
    common = [{word for each in part.passages for word in _folded_words(each.text)} for part in others]
    tokens = re.findall(r"\s+|\S+", isolated(cited.text))
    words = [next(iter(_folded_words(token)), "") for token in tokens]
    own = [bool(word) and word not in SMALL_WORDS and not all(word in known for known in common) for word in words]
    if 2 * sum(own) > sum(word not in SMALL_WORDS for word in filter(None, words)):
        return escape(cited.text)
    pieces = [
        f'<em class="sb-differs">{escape(token)}</em>' if differs else escape(token)
        for token, differs in zip(tokens, own, strict=True)
    ]
    return Markup(_BETWEEN_DIFFERING.sub(r"\1", "".join(pieces)))


def _folded_words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", fold(text).casefold())


def mirrored(view: PageView, article: Article, paragraph: MirroredParagraph, numbers: Mapping[Span, int]) -> Markup:
    """A paragraph with `<mark class="sb-cited">` for what is cited; of the rest its length, unless all may be shown."""
    pieces: list[str] = []
    for piece in paragraph.pieces:
        if piece.passages:
            words, depth = passage(view, article.id, piece.span), min(len(piece.passages), 3)
            pieces.append(f'<mark class="sb-cited sb-cited--{depth}">{words}</mark>')
        elif article.rights == "full":
            pieces.append(passage(view, article.id, piece.span))
        else:
            pieces.append(f' <span class="sb-gap">[{plural(piece.words, "word")}]</span> ' if piece.words else " ")
        for number, span in ((numbers[each.span], each.span) for each in piece.ending):
            link = f'<a href="#{passage_anchor(span)}" aria-label="Passage {number}">{number}</a>'
            pieces.append(f'<sup class="sb-mark">{link}</sup>')
    return Markup("".join(pieces))


def cited_passage(view: PageView, article: Article, cited: CitedPassage, number: int) -> Markup:
    """`<li class="sb-passage">` with a passage on its source's page, and the statements that rest on it."""
    anchor = passage_anchor(cited.span)
    link = f'<a class="sb-passage__number" href="#{anchor}" aria-label="Link to passage {number}">{number}</a>'
    url = escape(view.publisher_url(article.id, cited.span))
    uses = [linked_statement(view, each) for each in cited.statements]
    return Markup(
        f'<li class="sb-passage" id="{anchor}"><p class="sb-passage__words">{link} '
        f'<q class="sb-words">{passage(view, article.id, cited.span)}</q> '
        f'<a class="sb-original" href="{url}" rel="external">at {escape(article.publisher)}</a></p>'
        f'<ul class="sb-uses">{"".join(uses)}</ul></li>'
    )


# --- Amounts


def quantity(value: Measure) -> str:
    """What a measure measures, as a label: `Height of the ramp`."""
    return value.name[:1].upper() + value.name[1:]


def amount(value: Measure | Altitude) -> str:
    """A stated number, with the article's limit and in both systems of units: `about 25,000 ft (7,620 m)`."""
    return "".join(_amount(value))


def linked_amount(view: PageView, item: Statement) -> Markup:
    """`<a class="sb-amount">` with what a measure states, leading to the statement."""
    assert isinstance(item.value, Measure)
    return Markup(f'<a class="sb-amount" href="{view.statement_url(item)}">{bold_amount(item.value)}</a>')


def bold_amount(value: Measure) -> Markup:
    """As `amount`, with `<b>` around the number and its unit."""
    limit, shown = _amount(value)
    return Markup(f"{limit}<b>{escape(shown)}</b>")


def _amount(value: Measure | Altitude) -> tuple[str, str]:
    """The article's limit, and the number in both systems of units."""
    limit = f"{value.qualifier} " if isinstance(value, Measure) and value.qualifier else ""
    return limit, format_both(value.value, value.unit)


def percentage(share: float) -> str:
    """A share of a length as CSS and SVG have it: `12.500%` for 0.125."""
    return f"{100 * share:.3f}%"


def last_changed(moment: str, changes: str) -> Markup:
    """When what a page tells last changed, with the way to the page of changes."""
    words = (
        '<p class="sb-changed">What this page tells <a href="{}">last changed</a> on <time datetime="{}">{}</time>.</p>'
    )
    day = moment[:10]
    return Markup(words).format(changes, day, shown_date(day))
