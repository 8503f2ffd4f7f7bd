"""A planned page -> a SitePage: its template rendered, with what others read of it."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError

from stuntbook.data.linked_data import LinkedData, Trail, to_script_text
from stuntbook.diagnostics import Diagnostic, Location, Report, plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import percent
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.pages import components
from stuntbook.pages.cards.drawing import Card
from stuntbook.pages.indexes.listing import listing_address
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.pages.views import PageView
from stuntbook.records.article import Article
from stuntbook.records.dates import shown_date
from stuntbook.records.model import AnyRecord

TEMPLATES = Path(__file__).parent / "templates"


class BrokenTemplateError(Exception):
    """A template is wrong; `diagnostic` says where. It can be pickled, for pages that are made in other processes."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """What is known of a page before its template runs."""

    address: str
    title: str
    description: str
    template: str = ""
    """The template's name; by default an index page's own address."""
    trail: Trail = (("", "Home"),)
    origin: str = KNOWLEDGE_FILE
    is_index: bool = False
    hide: tuple[str, ...] = ("navigation", "toc")
    kicker: str = ""
    footer: str = ""
    """What the card says below."""
    og_type: str = "website"
    subject: AnyRecord | Article | None = None


def render_page(knowledge: KnowledgeBase, publication: Publication, plan: PagePlan, **context: object) -> SitePage:
    """The page as planned, its template given the context. Raises BrokenTemplateError."""
    view = PageView(knowledge, plan.address, publication.repository)
    template = f"{plan.template or plan.address.strip('/') or 'home'}.html"
    own = {"view": view, "knowledge": knowledge, "title": plan.title, "trail": plan.trail}
    html = fill(_environment(), template, own | context)
    page = SitePage(
        address=plan.address,
        title=plan.title,
        description=plan.description,
        html=html,
        outline=tuple(view.headings),
        origin=plan.origin,
        is_index=plan.is_index,
        # A table of contents that names the page alone says nothing.
        hide=plan.hide if len(view.headings) > 1 else ("navigation", "toc"),
        og_type=plan.og_type,
        card=_card(plan, publication),
        linked_data=_linked_data(plan, knowledge, publication),
    )
    anchors = page.anchors
    at_home = knowledge.statements.get(plan.subject.id, ()) if plan.subject else ()
    for statement in (part for each in at_home for part in each if part.anchor not in anchors):
        raise BrokenTemplateError(_not_shown(statement, template))
    return page


def _not_shown(statement: Statement, template: str) -> Diagnostic:
    return Diagnostic(
        location=Location(f"templates/{template}"),
        code="template",
        message=f"the page does not show the {statement.kind} of {statement.location}, to which others link",
        advice="give the element that holds it the statement's anchor as its id",
    )


def _card(plan: PagePlan, publication: Publication) -> Card:
    return Card(
        kicker=plan.kicker,
        title=plan.title if plan.address else publication.name,
        text=plan.description.removeprefix(f"{plan.title}: "),
        footer=plan.footer,
        site=publication.name,
    )


def _linked_data(plan: PagePlan, knowledge: KnowledgeBase, publication: Publication) -> str:
    data = LinkedData(knowledge=knowledge, site_name=publication.name, base=publication.address)
    if plan.subject:
        return to_script_text(data.about(plan.subject, plan.trail))
    if plan.address:
        return to_script_text(data.index(plan.address, plan.title, plan.description, plan.trail))
    return to_script_text(data.home(plan.description))


def render_problems(report: Report) -> str:
    """A whole HTML document that shows a report, for a browser that looks at a knowledge base with errors."""
    problems = [(diagnostic, report.excerpt(diagnostic.location)) for diagnostic in report]
    return fill(_environment(), "problems.html", {"problems": problems, "summary": report.summary()})


def fill(environment: Environment, name: str, context: Mapping[str, object]) -> str:
    """What a template of that name makes of a context. Raises BrokenTemplateError."""
    try:
        return environment.get_template(name).render(context)
    except TemplateError as error:
        raise BrokenTemplateError(_problem(error)) from error


def compile_templates() -> None:
    """Find what is wrong with the text of any template before a page is made. Raises BrokenTemplateError."""
    for name in _environment().list_templates():
        try:
            _environment().get_template(name)
        except TemplateError as error:
            raise BrokenTemplateError(_problem(error)) from error


def _problem(error: TemplateError) -> Diagnostic:
    """Where a template is wrong: Jinja puts the template's own line into the traceback."""
    places = [
        Location(f"templates/{Path(frame.filename).relative_to(TEMPLATES).as_posix()}", frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(TEMPLATES)
    ]
    return Diagnostic(
        location=places[-1] if places else Location("templates"),
        code="template",
        message=error.message or type(error).__name__,
        advice="correct the template",
    )


def _listed(statements: tuple[Statement, ...], *kinds: str) -> list[Statement]:
    return list(of_kind(statements, *kinds))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=bytecode_cache(),
    )
    environment.filters |= {"date": shown_date, "of_kind": _listed, "percentage": components.percentage}
    functions = {"listing_address": listing_address, "percent": percent, "plural": plural}
    environment.globals |= {"components": components, **functions}
    return environment


def bytecode_cache() -> FileSystemBytecodeCache | None:
    """Jinja's own cache of compiled templates: compiling all takes half a second. None where it has no safe folder."""
    with suppress(RuntimeError, OSError):
        return FileSystemBytecodeCache()
    return None
