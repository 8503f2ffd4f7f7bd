"""A planned page -> a SitePage: its template rendered, with what others read of it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from stuntbook.data.linked_data import LinkedData, to_script_text
from stuntbook.diagnostics import Diagnostic, Location, Report, plural
from stuntbook.knowledge.addresses import passage_anchor
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import percent
from stuntbook.knowledge.statements import of_kind
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.pages.cards.drawing import Card
from stuntbook.pages.indexes.listings import listing_address
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.pages.templating import Templates
from stuntbook.pages.views import PageView
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord

TEMPLATES = Path(__file__).parent / "templates"


Trail = tuple[tuple[str, str], ...]
"""Address and name of the pages above a page, the home page first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
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


def render_page(knowledge: KnowledgeBase, publication: Publication, plan: Plan, **context: object) -> SitePage:
    """The page as planned, its template given the context. Raises jinja2.TemplateError where the template is wrong."""
    view = PageView(knowledge, plan.address, publication.repository)
    template = f"{plan.template or plan.address.strip('/') or 'home'}.html"
    own = {"view": view, "knowledge": knowledge, "title": plan.title, "trail": plan.trail}
    html = _templates().fill(template, own | context)
    return SitePage(
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


def _card(plan: Plan, publication: Publication) -> Card:
    return Card(
        kicker=plan.kicker,
        title=plan.title if plan.address else publication.name,
        text=plan.description.removeprefix(f"{plan.title}: "),
        footer=plan.footer,
        site=publication.name,
    )


def _linked_data(plan: Plan, knowledge: KnowledgeBase, publication: Publication) -> str:
    data = LinkedData(knowledge=knowledge, site_name=publication.name, base=publication.address)
    if plan.subject:
        return to_script_text(data.about(plan.subject, plan.trail))
    if plan.address:
        return to_script_text(data.index(plan.address, plan.title, plan.description, plan.trail))
    return to_script_text(data.home(plan.description))


def render_problems(report: Report) -> str:
    """A whole HTML document that shows a report, for a browser that looks at a knowledge base with errors."""
    problems = [(diagnostic, report.excerpt(diagnostic.location)) for diagnostic in report]
    return _templates().fill("problems.html", {"problems": problems, "summary": report.summary()})


def template_problem(error: TemplateError) -> Diagnostic:
    """Where a template is wrong: Jinja puts the template's own line into the traceback."""
    places = [
        Location(f"templates/{Path(frame.filename).name}", frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(TEMPLATES)
    ]
    if isinstance(error, TemplateSyntaxError):
        places.append(Location(f"templates/{error.name}", error.lineno))
    return Diagnostic(
        location=places[-1] if places else Location("templates"),
        code="template",
        message=error.message or type(error).__name__,
        advice="correct the template",
    )


@cache
def _templates() -> Templates:
    templates = Templates(TEMPLATES)
    templates.filters["of_kind"] = lambda statements, *kinds: list(of_kind(statements, *kinds))
    templates.globals |= {"plural": plural, "percent": percent, "passage_anchor": passage_anchor}
    templates.globals["listing_address"] = listing_address
    return templates


def read_templates_again() -> None:
    """Compile what an editor of templates has changed. Raises jinja2.TemplateSyntaxError."""
    _templates().read_again()
