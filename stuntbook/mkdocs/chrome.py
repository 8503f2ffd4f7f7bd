"""The theme's part of a page: rendered once for the pages of a section, and cut where the words of each go.

A theme's template takes as long as all the rest of a page, and mostly gives the same for every record: header,
navigation and footer. Of each section the first page is rendered whole, and so is the second, with which what was cut
is compared. Where that is not byte for byte the same, as with a form that names its page, all are rendered whole.
"""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment

from stuntbook.diagnostics import Location
from stuntbook.pages.rendering import BrokenTemplateError, fill

_DOCUMENT = "main.html"
"""The template of a page with everything around it."""
_PAGE_HEAD = "partials/head.html"
"""What `_DOCUMENT` includes for the page's own part of the head, unless it is given as `head`."""
_HEAD, _EDIT, _CONTENT = "\ue000\ue002\ue001", "\ue000\ue003\ue001", "\ue000<h1>\ue001"
"""What stands where something of each page goes: characters for private use, which no template holds or replaces.

The theme adds a heading where it sees none in the content.
"""
_SLOT = re.compile(f"({_HEAD}|{_EDIT}|{_CONTENT})")
_OWN_META = {"description", "hide"}

_Pieces = list[str]
"""What was rendered, as texts and slots in turn."""
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Chrome:
    """Puts pages into what the theme's templates draw around them."""

    environment: Environment
    varies: bool
    """Whether a template, a hook or a plugin of the site may draw something else around each page."""
    _first: dict[_Key, Mapping[str, Any]] = field(default_factory=dict)
    """The context of the first page of a kind, with slots, by all that the theme's own templates look at."""
    _cut: dict[_Key, _Pieces | None] = field(default_factory=dict)
    """What was rendered of that; None where it is not the same around another page."""

    def whole(self, context: Mapping[str, Any]) -> str:
        """The whole document of any page, rendered for it alone. Raises BrokenTemplateError where that is empty."""
        document = fill(self.environment, _DOCUMENT, context)
        if not document.strip():
            advice = 'begin it with {% extends "base.html" %}'
            raise BrokenTemplateError(Location(_DOCUMENT), f"the site's own {_DOCUMENT} shows nothing", advice)
        return document

    def around(self, context: Mapping[str, Any]) -> str:
        """The whole document of `context["page"]`, a page that has no columns beside it."""
        page = context["page"]
        if self.varies or page.toc or page.meta.keys() - _OWN_META or "<h1" not in page.content:
            return self.whole(context)
        key = _key(context)
        if pieces := self._cut.get(key):
            return self._joined(pieces, context)
        whole = self.whole(context)
        if key not in self._first:
            self._first[key] = _with_slots(context)
        elif key not in self._cut:
            pieces = _SLOT.split(self.whole(self._first[key]))
            self._cut[key] = pieces if self._joined(pieces, context) == whole else None
        return whole

    def _joined(self, pieces: _Pieces, context: Mapping[str, Any]) -> str:
        page = context["page"]
        words = {_HEAD: fill(self.environment, _PAGE_HEAD, context), _EDIT: page.edit_url, _CONTENT: page.content}
        return "".join([words[piece] if number % 2 else piece for number, piece in enumerate(pieces)])


def _key(context: Mapping[str, Any]) -> _Key:
    page = context["page"]
    section = page.url.rstrip("/").rpartition("/")[0]  # on which links between pages depend
    # What the navigation lists is shown as the reader's place, and so is what stands below it.
    listed = tuple(url for url in _addresses(context["nav"]) if url and page.url.startswith(url))
    return section, tuple(page.meta["hide"]), page.edit_url is None, listed


def _addresses(items: Any) -> Iterator[str | None]:
    for item in items:
        yield getattr(item, "url", None)
        yield from _addresses(item.children or ())


def _with_slots(context: Mapping[str, Any]) -> Mapping[str, Any]:
    page = copy.copy(context["page"])
    page.content = _CONTENT
    page.edit_url = page.edit_url and _EDIT
    return {**context, "page": page, "head": _HEAD}
