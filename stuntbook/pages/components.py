"""What pages consist of by the thousand, as HTML: statements, marks, badges, quotes, references, amounts.

Templates call these functions as `components`. A plain function takes a fraction of the time of a Jinja macro. Each
escapes what it is given; only kinds, anchors, numbers and statuses, which the program itself makes, stand as they are.
"""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from stuntbook.diagnostics import plural
from stuntbook.knowledge.addresses import passage_anchor
from stuntbook.knowledge.base import CitedPassage
from stuntbook.knowledge.mirror import MirroredParagraph
from stuntbook.knowledge.relations import Backlink
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Evidence, Statement, Status
from stuntbook.pages.views import STATUS_MEANINGS, WORKED_OUT, NumberedReference, PageView
from stuntbook.records.article import Article
from stuntbook.records.citable import SENTENCE_FIELD, Said, Stated
from stuntbook.records.dates import shown_date
from stuntbook.records.model import Film
from stuntbook.records.quantities import format_both
from stuntbook.records.stated import Altitude, Award, Injury, Measure, Quote, Sentence
from stuntbook.text.article_text import Span
from stuntbook.text.folding import fold
from stuntbook.text.markup import shown

_PARTS = {"injury": "What followed", "risk": "Precautions"}
"""The words above the parts of a statement, by its kind."""
_GAP = ' <span class="sb-gap" title="The article interrupts the quotation here.">…</span> '
_SIC = ' <span class="sb-sic" title="So it stands in the article.">[sic]</span>'
_DOUBTED = (Status.SAID, Status.DISPUTED, Status.UNSOURCED)
_IN_PART = '<span class="sb-part" title="This passage carries a part of the statement.">in part</span>'
_WORKED_OUT = f'<span class="sb-part" title="The article says it in words such as “last month”.">{WORKED_OUT}</span>'
_EDITORS = '<span class="sb-note__who">Editor’s note:</span>'
_UNKNOWN_DATE = '<span class="sb-unknown">date not known</span>'


# --- What carries a statement


def badge(view: PageView, evidence: Evidence) -> Markup:
    """`<span class="sb-status">` with the evidence status in words; of a disputed one, a link to the disagreement."""
    match evidence.status:
        case Status.ARTICLES:
            words = plural(evidence.independent, "article")
        case Status.ARTICLE:
            words = "one article"
        case Status.SAID:
            words = f"said by {view.who(evidence.by or '')}"
        case Status.DISPUTED:
            url = view.url(*evidence.disagreement) if evidence.disagreement else ""
            words = f'<a href="{url}">disputed</a>'
        case Status.UNSOURCED:
            words = "not in the sources"
    title = STATUS_MEANINGS[evidence.status]
    status = f'<span class="sb-status sb-status--{evidence.status}" title="{title}">{words}</span>'
    return Markup(f"{status} {_WORKED_OUT}" if evidence.worked_out else status)


def caveat(view: PageView, evidence: Evidence) -> Markup:
    """The badge of what articles do not plainly state: said, disputed, unsourced or worked out. Empty for all else."""
    if evidence.status in _DOUBTED:
        return badge(view, evidence)
    return Markup(_WORKED_OUT if evidence.worked_out else "")


def year(view: PageView, film: Film) -> Markup:
    """The year of a film with what must be said of it, as `<span class="sb-year">`; empty where it is not known."""
    stated = view.knowledge.year_of(film)
    if not stated or not film.year:
        return Markup()
    return Markup(f'<span class="sb-year">{film.year.value} {caveat(view, stated.evidence)}</span>')


def by(view: PageView, item: Statement) -> Markup:
    """`<span class="sb-by">` with who says it; empty where nobody does, or where the badge names the person."""
    person = item.value.by if isinstance(item.value, Said) else None
    if not person or item.evidence.status is Status.SAID:
        return Markup()
    return Markup(f'<span class="sb-by">says {view.who(person)}</span>')


def marks(view: PageView, item: Statement) -> Markup:
    """`<sup class="sb-mark">` with a link to the reference, for each passage; those that carry it in part say so."""
    pieces = [_mark(*view.cite(each)) for each in item.passages]
    pieces += [f"{_mark(*view.cite(each))}{_IN_PART}" for each in item.also]
    return Markup("".join(pieces))


def _mark(number: int, anchor: str) -> str:
    link = f'<a id="{anchor}" href="#ref-{number}" aria-label="Reference {number}">{number}</a>'
    return f'<sup class="sb-mark">{link}</sup>'


def evidence(view: PageView, item: Statement, here: bool = True) -> Markup:
    """`<span class="sb-evidence">` with marks and badge; where the statement is at home, with its controls too."""
    pieces = (marks(view, item), badge(view, item.evidence), *([controls(view, item)] if here else ()))
    return Markup(f'<span class="sb-evidence">{" ".join(pieces)}</span>')


def support(view: PageView, item: Statement, here: bool = True) -> Markup:
    """Who says it, the evidence, and the editor's note, next to each other."""
    return Markup(f"{by(view, item)} {evidence(view, item, here)} {note(view, item.value)}")


def carried(view: PageView, item: Statement) -> Markup:
    """`<span class="sb-carried">` with the badge and who says it: the evidence without references, for figures."""
    pieces = filter(None, (badge(view, item.evidence), by(view, item)))
    return Markup(f'<span class="sb-carried">{" ".join(pieces)}</span>')


def controls(view: PageView, item: Statement) -> Markup:
    """`<span class="sb-controls">` with the permanent link, and one to the line in the repository if there is one."""
    view.at_home.add(item.anchor)
    link = (
        f'<a class="sb-permalink" href="#{item.anchor}" data-statement="{escape(item.text)}" '
        'aria-label="Permanent link to this statement" title="Permanent link">¶</a>'
    )
    if view.repository:
        path, line = escape(item.location.path), item.location.line
        link += (
            f' <a class="sb-line" href="{escape(view.repository)}{path}#L{line}" rel="external" '
            f'aria-label="This statement in {path}, line {line}" title="In {path}">{{ }}</a>'
        )
    return Markup(f'<span class="sb-controls">{link}</span>')


def note(view: PageView, value: Stated) -> Markup:
    """`<span class="sb-note">` with the editor's note on a statement; empty where there is none."""
    text = getattr(value, "note", None)
    if not text:
        return Markup()
    return Markup(f'<span class="sb-note">{_EDITORS} {view.inline(text)}</span>')


# --- Statements and quotes


def told(view: PageView, items: Iterable[Statement], here: bool = True) -> Markup:
    """`<span class="sb-told">` for each sentence, to stand in a paragraph.

    Where they are at home they have their anchors and all that carries them; elsewhere only what must be said of them.
    """
    return Markup(" ".join([_told(view, item, here) for item in items]))


def _told(view: PageView, item: Statement, here: bool) -> str:
    assert isinstance(item.value, Sentence)
    carried = support(view, item) if here else Markup(f"{caveat(view, item.evidence)} {by(view, item)}")
    return f'<span class="sb-told"{_id(item, here)}>{view.inline(item.value.text)} {carried}</span>'


def statements(view: PageView, items: Iterable[Statement], here: bool = True) -> Markup:
    """`<ul class="sb-statements">` of statements. Where they are at home, they have their anchors."""
    return Markup(f'<ul class="sb-statements">{"".join([_list_item(view, item, here) for item in items])}</ul>')


def _list_item(view: PageView, item: Statement, here: bool, within: bool = False) -> str:
    text = getattr(item.value, SENTENCE_FIELD, None)
    words = escape(item.text) if text is None else view.inline(text)
    if isinstance(item.value, Award):
        when = f", {shown_date(item.value.when)}" if item.value.when else ""
        words = Markup(f"<b>{escape(item.value.name)}</b>{when}: {words}")
    pieces = [f'<span class="sb-statement__text">{words}</span>', support(view, item, here)]
    if not here and not within:
        pieces.append(_home(view, item))
    pieces.append(outcome(item.value))
    if item.parts:
        parts = "".join([_list_item(view, part, here, within=True) for part in item.parts])
        # Without words for the kind, the name of the field that holds them.
        above = _PARTS.get(item.kind) or str(item.parts[0].path[-2]).capitalize()
        pieces.append(f'<p class="sb-statement__parts">{above}</p><ul class="sb-statements">{parts}</ul>')
    return f'<li class="sb-statement sb-statement--{item.kind}"{_id(item, here)}>{" ".join(pieces)}</li>'


def outcome(value: Stated) -> Markup:
    """`<span class="sb-outcome">` with how an injury ended; empty where that is not stated."""
    if not isinstance(value, Injury) or not value.outcome:
        return Markup()
    return Markup(f' <span class="sb-outcome">Outcome: {value.outcome}.</span>')


def linked_statement(view: PageView, item: Statement, carrying: str = "") -> Markup:
    """`<li>` that leads to where a statement is at home, with what carries it and the name of its record."""
    link = f'<a href="{view.statement_url(item)}">{escape(item.text)}</a>'
    return Markup(f'<li>{link} {escape(carrying)} <span class="sb-reason">{view.link(item.record)}</span></li>')


def matrix_row(view: PageView, item: Statement, sources: Iterable[str]) -> Markup:
    """`<tr>` of a statement, the passages that each source has for it, and its badge."""
    cells: dict[str, list[str]] = {source: [] for source in sources}
    for each in item.passages:
        label = f"Passage in {view.knowledge.sources[each.source].article.publisher}"
        cells[each.source].append(f'<a href="{view.passage_url(each)}" aria-label="{escape(label)}">●</a> ')
    return Markup(
        f'<tr><th scope="row"><a href="{view.statement_url(item)}">{escape(item.text)}</a></th>'
        f"<td>{'</td><td>'.join(map(''.join, cells.values()))}</td>"
        f"<td>{badge(view, item.evidence)}</td></tr>"
    )


def backlink(view: PageView, link: Backlink, to: str) -> Markup:
    """`<li>` with a text that mentions the record `to`, and a link to where it stands."""
    url = view.statement_url(link.statement) if link.statement else view.url(link.record.id)
    told_by = carried(view, link.statement) if link.statement and link.field == SENTENCE_FIELD else ""
    whose = f"{_EDITORS} " if link.field == "note" else ""
    return Markup(
        f'<li>{whose}<span class="sb-mentions__text">{view.mention(link.text, to)}</span> {told_by} '
        f'<a class="sb-more" href="{url}">{escape(link.record.display_name)}</a></li>'
    )


def _home(view: PageView, item: Statement) -> str:
    """A link to where the statement is at home."""
    name = view.knowledge.record(item.record).display_name
    return f'<a class="sb-more" href="{view.statement_url(item)}">{escape(name)}</a>'


def _id(item: Statement, here: bool) -> str:
    return f' id="{item.anchor}"' if here else ""


def quote(view: PageView, item: Statement, here: bool = True) -> Markup:
    """`<figure class="sb-quote">` with the words, and below them the speaker and what carries them."""
    value = item.value
    assert isinstance(value, Quote)
    words = _GAP.join([f"<q>{passage(view, each.source, each.span)}</q>" for each in item.passages])
    pieces = [f'<span class="sb-quote__speaker">{view.who(value.speaker)}</span>']
    if value.via:
        tellers = Markup(", by way of ").join(map(view.who, value.via))
        pieces.append(f"<span>as told by {tellers}</span>")
    if value.context:
        pieces.append(f'<span class="sb-quote__context">{view.inline(value.context)}</span>')
    if not here:
        pieces.append(_home(view, item))
    pieces += [evidence(view, item, here), note(view, value)]
    return Markup(
        f'<figure class="sb-quote"{_id(item, here)}><blockquote><p>{words}</p></blockquote>'
        f"<figcaption>{' '.join(pieces)}</figcaption></figure>"
    )


# --- Words of articles


def passage(view: PageView, source: str, span: Span) -> Markup:
    """An article's own words, with `<span class="sb-sic">` behind what its front matter declares to be a slip."""
    article = view.knowledge.sources[source]
    pieces: list[str] = []
    position = span.start
    for slip in article.sic:
        if span.contains(slip):
            pieces += escape(shown(article.text.body[position : slip.end])), _SIC
            position = slip.end
    return Markup("".join([*pieces, escape(shown(article.text.body[position : span.end]))]))


def differing(disagreement: Statement, cited: Passage) -> Markup:
    """A passage of an account, with `<em class="sb-differs">` around words that some other account's passages lack."""
    others = [part for part in disagreement.parts if cited not in part.passages]
    common = [{word for each in part.passages for word in _folded_words(each.text)} for part in others]
    pieces = []
    for token in re.findall(r"\s+|\S+", cited.text):
        word = next(iter(_folded_words(token)), "")
        differs = word and not all(word in words for words in common)
        pieces.append(f'<em class="sb-differs">{escape(token)}</em>' if differs else escape(token))
    return Markup(re.sub(r"</em>(\s+)<em class=\"sb-differs\">", r"\1", "".join(pieces)))


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
    uses = [linked_statement(view, each, caveat(view, each.evidence)) for each in cited.statements]
    return Markup(
        f'<li class="sb-passage" id="{anchor}"><p class="sb-passage__words">{link} '
        f'<q class="sb-words">{passage(view, article.id, cited.span)}</q> '
        f'<a class="sb-original" href="{url}" rel="external">at {escape(article.publisher)}</a></p>'
        f'<ul class="sb-uses">{"".join(uses)}</ul></li>'
    )


def origin(view: PageView, source: str) -> Markup:
    """`<cite>` with the publisher, and the date of an article."""
    article = view.knowledge.sources[source].article
    date = escape(shown_date(article.published)) if article.published else _UNKNOWN_DATE
    return Markup(f"<cite>{view.link(source, article.publisher)}</cite>, {date}")


def reference(view: PageView, numbered: NumberedReference) -> Markup:
    """`<li>` with a cited passage, where it stands, and links back to the marks that lead to it."""
    source, span, number = numbered.passage.source, numbered.passage.span, numbered.number
    article = view.knowledge.sources[source].article
    date = shown_date(article.published) if article.published else "date not known"
    label, count = f"Back to where reference {number} is used", len(numbered.marks)
    back = [
        f'<a href="#{mark}" aria-label="{label}{f" ({index} of {count})" if count > 1 else ""}">'
        f"↑{index if count > 1 else ''}</a>"
        for index, mark in enumerate(numbered.marks, 1)
    ]
    return Markup(
        f'<li id="ref-{number}"><q class="sb-words">{passage(view, source, span)}</q> '
        f'<span class="sb-references__source" data-source="{escape(article.publisher)}, {escape(date)}">'
        f'{origin(view, source)}, <a href="{view.passage_url(numbered.passage)}">paragraph {span.paragraph}</a>; '
        f'<a class="sb-original" href="{escape(view.publisher_url(source, span))}" rel="external">'
        "read it at the source</a></span> "
        f'<span class="sb-references__back">{" ".join(back)}</span></li>'
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
