"""Plans -> pages: what the pages of a site share, and their templates."""

import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from stuntbook.data.citation import metadata_of
from stuntbook.data.feed import CHANGES
from stuntbook.data.linked_data import LinkedData, to_script_text
from stuntbook.diagnostics import Diagnostic, Location, Report, plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import WrittenNames, percent, written_names
from stuntbook.knowledge.relations import Relations
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.pages import components, evidence
from stuntbook.pages.bytecode import bytecode_cache
from stuntbook.pages.cards.card import Card
from stuntbook.pages.facts import facts_of
from stuntbook.pages.figures.comparisons import StatedMeasures, stated_measures
from stuntbook.pages.indexes.listing import listing_address, positions, slug
from stuntbook.pages.site_page import PagePlan, Publication, SitePage
from stuntbook.pages.views import PageView, year_in_words
from stuntbook.records.article import Article
from stuntbook.records.dates import shown_date
from stuntbook.records.model import AnyRecord

TEMPLATES = Path(__file__).parent / "templates"
MOST_WARNINGS = 50
"""How many warnings a page lists."""


class BrokenTemplateError(Exception):
    """A template is wrong; `diagnostic` says where. It can be pickled, for pages that are made in other processes."""

    def __init__(self, location: Location, message: str, advice: str) -> None:
        super().__init__(location, message, advice)
        self.diagnostic = Diagnostic(location=location, code="template", message=message, advice=advice)


class Shared:
    """What several pages need is worked out once, by the first that needs it."""

    def __init__(self, knowledge: KnowledgeBase, publication: Publication) -> None:
        def ids() -> Iterator[str]:
            yield from (record.id for record in knowledge.records)
            yield from knowledge.sources

        add = knowledge.tables.add
        self.knowledge = knowledge
        self.publication = publication
        self.relations = Relations(knowledge)
        self.measures: StatedMeasures = add("measures", lambda: stated_measures(knowledge))
        self._names = add("written names", lambda: {"": written_names(knowledge)})
        self._positions = add("positions", lambda: positions(ids()))

    @property
    def names(self) -> WrittenNames:
        return self._names[""]

    def in_order(self, identifiers: Iterable[str]) -> list[str]:
        """Each identifier once, as the site lists them."""
        return sorted(set(identifiers), key=self._positions.__getitem__)

    def page(self, plan: PagePlan, subject: AnyRecord | Article | None = None, /, **context: object) -> SitePage:
        """The page as planned, its template given the context.

        Raises BrokenTemplateError where the template is wrong, or shows a statement of the subject nowhere.
        """
        view = PageView(self.knowledge, plan.address)
        template = f"{plan.template or plan.address.strip('/') or 'home'}.html"
        own = {"view": view, "knowledge": self.knowledge, "title": plan.title, "trail": plan.trail, "changed": ""}
        if changed := self.publication.history.changed.get(subject.id) if subject else None:
            own["changed"] = components.last_changed(changed, view.to(CHANGES))
        html = view.numbered(fill(page_templates(), template, own | context))
        # A table of contents that names the page alone says nothing.
        hide = plan.hide if len(view.headings) > 1 else ("navigation", "toc")
        page = SitePage(
            **vars(plan) | {"hide": hide},
            html=html,
            outline=tuple(view.headings),
            card=Card(
                kicker=plan.kicker,
                title=plan.title if plan.address else self.publication.name,
                text=plan.description.removeprefix(f"{plan.title}: "),
                footer=plan.footer,
                site=self.publication.name,
            ),
            linked_data=self._linked_data(plan, subject),
            metadata=metadata_of(subject) if isinstance(subject, Article) else {},
        )
        anchors = page.anchors
        at_home = self.knowledge.statements.get(subject.id, ()) if subject else ()
        for statement in (part for each in at_home for part in each if part.anchor not in anchors):
            raise BrokenTemplateError(
                Location(f"templates/{template}"),
                f"the page does not show the {statement.kind} of {statement.location}, to which others link",
                "give the element that holds it the statement's anchor as its id",
            )
        return page

    def _linked_data(self, plan: PagePlan, subject: AnyRecord | Article | None) -> str:
        publication = self.publication
        data = LinkedData(knowledge=self.knowledge, site_name=publication.name, base=publication.address)
        if subject:
            return to_script_text(data.about(subject, plan.trail))
        if plan.address:
            return to_script_text(data.index(plan.address, plan.title, plan.description, plan.trail))
        return to_script_text(data.home(plan.description))

    def index(
        self, address: str, title: str, description: str, hide: tuple[str, ...] = ("navigation",), **context: object
    ) -> SitePage:
        """An index page."""
        plan = PagePlan(address=address, title=title, description=description, is_index=True, hide=hide)
        return self.page(plan, **context)


def render_problems(report: Report, site: str) -> str:
    """A whole HTML document that shows a report, for a browser that looks at a knowledge base with errors."""
    problems = [(diagnostic, report.excerpt(diagnostic.location)) for diagnostic in report]
    title = f"{report.summary()} in the knowledge base"
    return fill(page_templates(), "problems.html", {"site": site, "title": title, "problems": problems, "fault": ""})


def render_fault(fault: str, site: str) -> str:
    """As `render_problems`, for what keeps a site from being built that is no fault of its knowledge."""
    title = "The site can't be built"
    return fill(page_templates(), "problems.html", {"site": site, "title": title, "problems": (), "fault": fault})


def with_warnings(document: str, report: Report) -> str:
    """An HTML document that also lists the warnings of a report, for the browser of an editor."""
    if not report:
        return document
    listed = list(report)
    context = {"summary": report.summary(), "warnings": listed[:MOST_WARNINGS], "more": len(listed) - MOST_WARNINGS}
    before, end, behind = document.rpartition("</body>")
    return f"{before}{fill(page_templates(), 'warnings.html', context)}{end}{behind}"


def fill(environment: Environment, name: str, context: Mapping[str, object]) -> str:
    """What a template of that name makes of a context. Raises BrokenTemplateError."""
    with _located():
        return environment.get_template(name).render(context)


def compile_templates() -> None:
    """Find what is wrong with the text of any template before a page is made. Raises BrokenTemplateError."""
    with _located():
        for name in page_templates().list_templates():
            page_templates().get_template(name)


@contextmanager
def _located() -> Iterator[None]:
    """Say where a template is wrong: Jinja puts the template's own line into the traceback."""
    try:
        yield
    except TemplateError as error:
        places = [
            Location(f"templates/{Path(frame.filename).relative_to(TEMPLATES).as_posix()}", frame.lineno or 1)
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(TEMPLATES)
        ]
        place = places[-1] if places else Location("templates")
        raise BrokenTemplateError(place, error.message or type(error).__name__, "correct the template") from error


@cache
def page_templates() -> Environment:
    """What the pages' templates are rendered with."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=bytecode_cache(),
    )
    environment.filters |= {
        "date": shown_date,
        "groupby_run": lambda statements: [(kind, list(own)) for kind, own in groupby(statements, _kind)],
        "of_kind": lambda statements, *kinds: list(of_kind(statements, *kinds)),
        "percentage": components.percentage,
    }
    environment.globals |= {
        "components": components,
        "evidence": evidence,
        "facts_of": facts_of,
        "listing_address": listing_address,
        "percent": percent,
        "plural": plural,
        "slug": slug,
        "year_in_words": year_in_words,
    }
    return environment


def _kind(statement: Statement) -> str:
    return statement.kind
