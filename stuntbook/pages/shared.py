"""What the pages of a site share: the knowledge base, how the site is published, and what several of them look up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.coverage import written_names
from stuntbook.knowledge.names import Names
from stuntbook.knowledge.relations import Relations
from stuntbook.knowledge.statements import Statement
from stuntbook.pages.rendering import PagePlan, render_page
from stuntbook.pages.site_page import Publication, SitePage


@dataclass(frozen=True)
class Shared:
    """What several pages need is worked out once, by the first that needs it."""

    knowledge: KnowledgeBase
    publication: Publication

    @cached_property
    def relations(self) -> Relations:
        return Relations(self.knowledge)

    @cached_property
    def names(self) -> Names:
        return written_names(self.knowledge)

    @cached_property
    def _positions(self) -> dict[str, int]:
        listed = (*(record.id for record in self.knowledge.records), *self.knowledge.sources)
        return {identifier: position for position, identifier in enumerate(listed)}

    def in_order(self, identifiers: Iterable[str]) -> list[str]:
        """Each identifier once, as the site lists them."""
        return sorted(set(identifiers), key=self._positions.__getitem__)

    def statements(self, kind: str) -> list[Statement]:
        """All statements of a kind, record by record."""
        return [statement for statement in self.knowledge.all_statements() if statement.kind == kind]

    def page(self, plan: PagePlan, **context: object) -> SitePage:
        """The planned page. Raises BrokenTemplateError where its template is wrong."""
        return render_page(self.knowledge, self.publication, plan, **context)

    def index(self, address: str, title: str, description: str, **context: object) -> SitePage:
        """An index page."""
        return self.page(
            PagePlan(address=address, title=title, description=description, is_index=True, hide=("navigation",)),
            **context,
        )
