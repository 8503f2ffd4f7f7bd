"""What carries a statement, as HTML: the mark that names who tells it, the badge of the exceptional, the words.

Templates call these functions as `evidence`.
"""

from collections.abc import Iterable, Sequence

import orjson
from markupsafe import Markup, escape

from stuntbook.data.citation import csl_of
from stuntbook.diagnostics import plural
from stuntbook.knowledge.resolution import Passage
from stuntbook.knowledge.statements import Evidence, Statement, Status
from stuntbook.pages.views import STATUS_MEANINGS, STATUS_NAMES, WORKED_OUT, CitedWords, PageView
from stuntbook.records.article import Article
from stuntbook.records.citable import SENTENCE_FIELD, Said, Stated
from stuntbook.records.dates import shown_date
from stuntbook.records.model import Film
from stuntbook.records.stated import Quote
from stuntbook.text.article_text import Span
from stuntbook.text.directions import isolated
from stuntbook.text.markup import shown

_SIC = ' <span class="sb-sic" title="So it stands in the article.">[sic]</span>'
_WORKED_OUT = f'<span class="sb-part" title="The article says it in words such as “last month”.">{WORKED_OUT}</span>'
EDITORS = '<span class="sb-note__who">Editor’s note:</span>'
"""Who remarks something that no article says."""
_UNKNOWN_DATE = '<span class="sb-unknown">date not known</span>'


# --- Badges: only what is out of the ordinary has one


def badge(view: PageView, evidence: Evidence) -> Markup:
    """`<span class="sb-status">` with the evidence status in words; empty where one article plainly states it.

    A date that is worked out says so besides.

    Of a disputed statement it leads to the disagreement.
    """
    match evidence.status:
        case Status.ARTICLES:
            words = plural(evidence.independent, "article")
        case Status.ARTICLE:
            return Markup(_WORKED_OUT if evidence.worked_out else "")
        case Status.SAID:
            words = _said_by(view, evidence)
        case Status.DISPUTED:
            url = view.url(*evidence.disagreement) if evidence.disagreement else ""
            words = f'<a href="{url}">disputed</a>'
        case Status.UNSOURCED:
            words = "not in the sources"
    title = STATUS_MEANINGS[evidence.status]
    status = f'<span class="sb-status sb-status--{evidence.status}" title="{title}">{words}</span>'
    return Markup(f"{status} {_WORKED_OUT}" if evidence.worked_out else status)


def _said_by(view: PageView, evidence: Evidence) -> str:
    tellers = Markup(" and ").join(map(view.who, evidence.via))
    return f"said by {view.who(evidence.by or '')}{f', as told by {tellers}' if tellers else ''}"


def caveat(view: PageView, evidence: Evidence) -> Markup:
    """The badge of what articles do not plainly state: said, disputed, unsourced or worked out. Empty for all else."""
    if evidence.status is Status.ARTICLES:
        return Markup(_WORKED_OUT if evidence.worked_out else "")
    return badge(view, evidence)


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


def carried(view: PageView, item: Statement) -> Markup:
    """`<span class="sb-carried">` with the badge and who says it: the evidence without its words, for figures."""
    return Markup(f'<span class="sb-carried">{_together(badge(view, item.evidence), by(view, item))}</span>')


def note(view: PageView, value: Stated) -> Markup:
    """`<span class="sb-note">` with the editor's note on a statement; empty where there is none."""
    text = getattr(value, "note", None)
    if not text:
        return Markup()
    return Markup(f'<span class="sb-note">{EDITORS} {view.inline(text)}</span>')


def _together(*pieces: Markup) -> Markup:
    return Markup(" ").join(filter(None, pieces))


# --- Marks: who tells it


def rests_on(view: PageView, item: Statement, here: bool = True) -> Markup:
    """The attributes of the element that holds a statement: its anchor, and the keys of its words on this page.

    Where it is not at home, the address of its home stands for the anchor. A sentence is told by its element's text,
    anything else by `data-told`.
    """
    if here:
        view.at_home.add(item.anchor)
    home = f'id="{item.anchor}"' if here else f'data-home="{view.statement_url(item)}"'
    told = "" if SENTENCE_FIELD in type(item.value).model_fields else f' data-told="{escape(item.text)}"'
    return Markup(f" {home}{_keys(view, 'words', item, item.passages)}{_keys(view, 'in-part', item, item.also)}{told}")


def _keys(view: PageView, name: str, item: Statement, passages: Iterable[Passage]) -> str:
    """A data attribute with the keys of the words that carry a statement."""
    cited = [view.cite(each) for each in passages]
    for words in cited:
        words.statements.append(item)
    return f' data-{name}="{" ".join(str(words.key) for words in cited)}"' if cited else ""


def mark(view: PageView, items: Sequence[Statement], here: bool = True) -> Markup:
    """`<a class="sb-source">` with the publishers of what carries statements in a run, leading to the first words.

    The script opens all of the words in their place. What rests on nothing leads to itself, and says so.
    """
    view.marks += 1
    first, keys = items[0], [view.cite(each).key for item in items for each in item.every_passage]
    status, names = first.evidence.status, _publishers(view, first)
    target = f"#words-{keys[0]}" if keys else f"#{first.anchor}" if here else view.statement_url(first)
    kind = {Status.ARTICLES: " sb-source--several", Status.UNSOURCED: " sb-status sb-status--unsourced"}.get(status, "")
    numbers = f' data-numbers="{" ".join(map(view.number, dict.fromkeys(keys)))}"' if keys else ""
    words = names or (STATUS_NAMES[status] if status is Status.UNSOURCED else "¶")
    label = f"Evidence {view.marks}: {names or STATUS_NAMES[status]}"
    return Markup(f'<a class="sb-source{kind}" href="{target}"{numbers} aria-label="{label}">{words}</a>')


def _publishers(view: PageView, item: Statement) -> str:
    """`Looper + Screen Rant`, `Looper, in part`; empty where no article carries the statement.

    A line ends between two names and in none.
    """
    full, part = (
        sorted({view.knowledge.sources[each.source].article.publisher for each in passages}, key=str.casefold)
        for passages in (item.passages, item.also)
    )
    names = [*full, *(f"{name}, in part" for name in part if name not in full)]
    return " + ".join(escape(name.replace(" ", "\u00a0")) for name in names)


def support(view: PageView, item: Statement, here: bool = True) -> Markup:
    """`<span class="sb-support">` with the mark, what is out of the ordinary, and the editor's note."""
    pieces = (mark(view, [item], here), doubt(view, item), by(view, item))
    return Markup(f'<span class="sb-support">{_together(*pieces)}</span> {note(view, item.value)}')


def doubt(view: PageView, item: Statement) -> Markup:
    """What must be said of a statement besides what its mark says."""
    return Markup() if item.evidence.status is Status.UNSOURCED else caveat(view, item.evidence)


# --- Words of articles


def passage(view: PageView, source: str, span: Span) -> Markup:
    """An article's own words, with `<span class="sb-sic">` behind what its front matter declares to be a slip.

    Around those of an article in another language than English stands an element that says so.
    """
    article = view.knowledge.sources[source]
    pieces: list[str] = []
    position = span.start
    for slip in article.sic:
        if span.contains(slip):
            pieces += escape(isolated(shown(article.text.body[position : slip.end]))), _SIC
            position = slip.end
    pieces.append(escape(isolated(shown(article.text.body[position : span.end]))))
    return in_language(article.article, "".join(pieces))


def in_language(article: Article, words: str) -> Markup:
    """Markup with words of an article, which says their language where that is not English."""
    return Markup(words if article.main_language == "en" else f'<span lang="{escape(article.language)}">{words}</span>')


def origin(view: PageView, source: str) -> Markup:
    """`<cite>` with the publisher, and the date of an article."""
    article = view.knowledge.sources[source].article
    date = escape(shown_date(article.published)) if article.published else _UNKNOWN_DATE
    return Markup(f"<cite>{view.link(source, article.publisher)}</cite>, {date}")


def article_data(article: Article) -> Markup:
    """The value of a `data-csl` attribute: what a citation needs of an article."""
    return escape(orjson.dumps(csl_of(article)).decode())


def cited_words(view: PageView, words: CitedWords) -> Markup:
    """`<li class="sb-cited-words">` with words of an article, where they stand, and what rests on them on this page."""
    source, span = words.passage.source, words.passage.span
    uses = dict.fromkeys(_use(view, each) for each in words.statements)
    item = f'<li class="sb-cited-words" id="words-{words.key}" value="{view.number(words.key)}">'
    return Markup(
        f'{item}<q class="sb-words">{passage(view, source, span)}</q> '
        f'<span class="sb-where"><a href="{view.passage_url(words.passage)}">paragraph {span.paragraph}</a> '
        f'<a class="sb-original" href="{escape(view.publisher_url(source, span))}" rel="external">'
        f'in the article</a></span><ul class="sb-uses">{"".join(uses)}</ul></li>'
    )


def _use(view: PageView, item: Statement) -> str:
    told = "quoted" if isinstance(item.value, Quote) else escape(item.text)
    return f'<li><a href="{view.statement_url(item)}">{told}</a></li>'
