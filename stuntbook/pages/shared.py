"""What the pages of a site share: the knowledge base, how the site is published, and what several of them look up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from stuntbook.data.linked_data import LinkedData, to_script_text
from stuntbook.diagnostics import Diagnostic, Location
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import WrittenNames
from stuntbook.knowledge.relations import Relations
from stuntbook.pages.cards.drawing import Card
from stuntbook.pages.rendering import BrokenTemplateError, fill, page_templates
from stuntbook.pages.site_page import PagePlan, Publication, SitePage
from stuntbook.pages.views import PageView
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord


@dataclass(frozen=True)
class Shared:
    """What several pages need is worked out once, by the first that needs it."""

    knowledge: KnowledgeBase
    publication: Publication

    @cached_property
    def relations(self) -> Relations:
        return Relations(self.knowledge)

    @cached_property
    def names(self) -> WrittenNames:
        return WrittenNames(self.knowledge)

    @cached_property
    def _positions(self) -> dict[str, int]:
        listed = (*(record.id for record in self.knowledge.records), *self.knowledge.sources)
        return {identifier: position for position, identifier in enumerate(listed)}

    def in_order(self, identifiers: Iterable[str]) -> list[str]:
        """Each identifier once, as the site lists them."""
        return sorted(set(identifiers), key=self._positions.__getitem__)

    def page(self, plan: PagePlan, subject: AnyRecord | Article | None = None, /, **context: object) -> SitePage:
        """The page as planned, its template given the context.

        Raises BrokenTemplateError where the template is wrong, or shows a statement of the subject nowhere.
        """
        view = PageView(self.knowledge, plan.address, self.publication.repository)
        template = f"{plan.template or plan.address.strip('/') or 'home'}.html"
        own = {"view": view, "knowledge": self.knowledge, "title": plan.title, "trail": plan.trail}
        html = fill(page_templates(), template, own | context)
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
        )
        anchors = page.anchors
        at_home = self.knowledge.statements.get(subject.id, ()) if subject else ()
        for statement in (part for each in at_home for part in each if part.anchor not in anchors):
            raise BrokenTemplateError(
                Diagnostic(
                    location=Location(f"templates/{template}"),
                    code="template",
                    message=f"the page does not show the {statement.kind} of {statement.location}, to which "
                    "others link",
                    advice="give the element that holds it the statement's anchor as its id",
                )
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

    def index(self, address: str, title: str, description: str, **context: object) -> SitePage:
        """An index page."""
        plan = PagePlan(address=address, title=title, description=description, is_index=True, hide=("navigation",))
        return self.page(plan, **context)
