"""What is told of a record in a few words: the rows of the box of facts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from markupsafe import Markup, escape

from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.pages.components import bold_amount
from stuntbook.pages.evidence import rests_on, support
from stuntbook.pages.indexes.facets import FacetKind, facet_address
from stuntbook.pages.views import PageView
from stuntbook.records.dates import shown_date
from stuntbook.records.stated import (
    Credit,
    Event,
    Facet,
    Identifier,
    LifeEvent,
    Measure,
    Reference,
    Series,
    Year,
)

_LABELS: Mapping[str, str] = {
    "film": "Film",
    "performer": "Performed by",
    "year": "Year",
    "series": "Series",
    "born": "Born",
    "died": "Died",
    "place": "Place",
    "measure": "",
    "credit": "",
    "technique": "Technique",
    "equipment": "Equipment",
    "event": "Dates",
    "identifier": "",
}
"""What stands before the facts of a kind, in the order of the box; each of those without a label has one of its own."""


class Fact(NamedTuple):
    """A row of the box of facts."""

    label: str
    entries: list[Markup]
    """`<dd>` elements."""


def facts_of(view: PageView, statements: Iterable[Statement]) -> list[Fact]:
    """The facts among the statements of a record, those with the same label in one row."""
    rows: dict[str, list[Markup]] = {}
    for label, statement in _in_order(list(statements)):
        words = Markup(f"<dd{rests_on(view, statement)}>{_words(view, statement)} {support(view, statement)}</dd>")
        rows.setdefault(label, []).append(words)
    return [Fact(*row) for row in rows.items()]


def _in_order(statements: list[Statement]) -> Iterator[tuple[str, Statement]]:
    for kind, label in _LABELS.items():
        for statement in of_kind(statements, kind):
            yield label or _label(statement), statement


def _label(statement: Statement) -> str:
    match statement.value:
        case Measure(quantity=label) | Credit(role=label):
            return label[:1].upper() + label[1:]
    return statement.text.split(": ")[0]


def _words(view: PageView, statement: Statement) -> Markup:  # noqa: PLR0911 - one for each kind of fact
    value = statement.value
    match value:
        case Reference():
            return view.link(value.id or "")
        case Measure():
            return bold_amount(value)
        case Credit():
            double = Markup(" for ") + view.link(value.doubled_for) if value.doubled_for else ""
            return view.link(value.person) + double
        case Facet():
            address = facet_address(cast(FacetKind, statement.kind), value.name)
            return Markup(f'<a href="{view.to("")}{escape(address)}">{escape(value.name)}</a>')
        case Event():
            when, text = shown_date(value.when), view.inline(value.text)
            return Markup(f'<b>{escape(when)}</b> <span class="sb-event">({value.kind})</span> {text}')
        case LifeEvent():
            return escape(", ".join(filter(None, (shown_date(value.when), value.place))))
        case Identifier():
            return Markup(f'<a href="{escape(value.url)}" rel="external">{escape(value.value)}</a>')
        case Year():
            return escape(str(value.value))
        case Series():
            return escape(value.name)
    raise AssertionError(f"no fact: {statement.kind}")
