"""The theme's part of a page: rendered once for the pages of a section, and cut where the words of each go.

A theme's template takes as long as all the rest of a page, and gives the same for every record: header, navigation and
footer. What is put together here is byte for byte what the whole template gives; a test compares all pages.
"""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment

from stuntbook.pages.rendering import fill

_DOCUMENT = "main.html"
"""The template of a page with everything around it."""
_PAGE_HEAD = "partials/head.html"
"""What `_DOCUMENT` includes for the page's own part of the head, unless it is given as `head`."""
_SLOT = re.compile("\ue000([^\ue001]+)\ue001")
_CONTENT = "<h1>"
"""The slot of the content: the theme adds a heading where it sees none."""


@dataclass(frozen=True, slots=True)
class Chrome:
    """Puts pages into what the theme's templates draw around them."""

    environment: Environment
    _cut: dict[tuple[object, ...], list[str]] = field(default_factory=dict)
    """What was rendered, by all that it depends on: text and names of slots in turn."""

    def whole(self, context: Mapping[str, Any]) -> str:
        """The whole document of any page, rendered for it alone."""
        return fill(self.environment, _DOCUMENT, context)

    def around(self, context: Mapping[str, Any]) -> str:
        """The whole document of `context["page"]`, a page that the navigation does not list."""
        page = context["page"]
        section = page.url.rstrip("/").rpartition("/")[0]  # on which links between pages depend
        key = (section, tuple(page.meta["hide"]), page.edit_url is None)
        if key not in self._cut:
            self._cut[key] = self._render(context)
        pieces = list(self._cut[key])
        head = fill(self.environment, _PAGE_HEAD, context)
        words = {"head": head, "edit": page.edit_url, _CONTENT: page.content}
        pieces[1::2] = [words[name] for name in pieces[1::2]]
        return "".join(pieces)

    def _render(self, context: Mapping[str, Any]) -> list[str]:
        page = copy.copy(context["page"])
        page.content = _slot(_CONTENT)
        page.edit_url = page.edit_url and _slot("edit")
        rendered = fill(self.environment, _DOCUMENT, {**context, "page": page, "head": _slot("head")})
        return _SLOT.split(rendered)


def _slot(name: str) -> str:
    """Characters for private use, which no template holds."""
    return f"\ue000{name}\ue001"
