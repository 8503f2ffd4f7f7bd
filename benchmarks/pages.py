"""Built pages: what stands around the article, what is in it, and whether several builds hold the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

_ARTICLE = re.compile(r"(.*?<article\b[^>]*>)(.*)(</article>.*)", re.DOTALL)
_NO_TEXT = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SHOWN = 60
"""How many letters of a difference are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A page without what it shares with all others."""

    address: str
    title: str
    description: str
    article: str
    """HTML."""
    og_type: str
    linked_data: Any
    """JSON-LD."""


def read_page(site: Path, address: str) -> str:
    """The HTML of a page. Raises FileNotFoundError where the site lacks it."""
    return (site / address / "index.html").read_text(encoding="utf-8")


def parts_of(page: str) -> tuple[str, str, str]:
    """What stands before a page's article, in it and behind it. Raises ValueError where the page has none."""
    found = _ARTICLE.fullmatch(page)
    if not found:
        raise ValueError("the page has no <article>")
    return found[1], found[2], found[3]


def article_of(page: str) -> str:
    """The HTML of a page's article. Raises ValueError where the page has none."""
    return parts_of(page)[1]


def read_content(site: Path, address: str) -> Content:
    """What a page of Stuntbook's own site holds."""
    page = read_page(site, address)
    head = page[: page.index("</head>")]
    linked_data = re.search(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    return Content(
        address=address,
        title=_property(head, "og:title"),
        description=_property(head, "og:description"),
        article=article_of(page),
        og_type=_property(head, "og:type"),
        linked_data=json.loads(linked_data[1]) if linked_data else {},
    )


def _property(head: str, name: str) -> str:
    found = re.search(rf'<meta property="{name}" content="([^"]*)">', head)
    return unescape(found[1]) if found else ""


def letters(html: str) -> str:
    """All letters and digits of the text: what no way of writing spaces, marks and elements changes."""
    return "".join(re.findall(r"\w+", unescape(_NO_TEXT.sub(" ", html))))


def first_difference(addresses: Sequence[str], sites: Mapping[str, Path]) -> str | None:
    """Where the sites first differ in their pages or in the text of their articles; None where they don't.

    The first site is the measure of the others.
    """
    (measure, reference), *others = sites.items()
    for address in addresses:
        for name, site in ((measure, reference), *others):
            if not (site / address / "index.html").is_file():
                return f"{name} has no page {address}"
        wanted = letters(article_of(read_page(reference, address)))
        for name, site in others:
            found = letters(article_of(read_page(site, address)))
            if found != wanted:
                at = next((i for i, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), None)
                start = max(0, (min(len(wanted), len(found)) if at is None else at) - _SHOWN // 3)
                shown = [f"{text[start : start + _SHOWN]!r}" for text in (wanted, found)]
                return f"{address}: {measure} has {shown[0]} where {name} has {shown[1]}"
    return None
