"""A page -> the article on it: its text, and what the page says about it. What it does not say is left out."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import html
from lxml.etree import LxmlError
from trafilatura.metadata import extract_metadata

from stuntbook.editing.fetching import Page
from stuntbook.text.markup import seen, shown

_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LATIN = frozenset({"ascii", "iso8859-1"})
"""Encodings that browsers take for Windows' extension of them: https://encoding.spec.whatwg.org/#names-and-labels"""
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_DATING = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""For trafilatura: a date that the page gives as that of the article, and none that merely stands somewhere."""
_FEWEST_WORDS = 20
"""Less is no article."""
_MARK = re.compile(r"[\\`*_\[\]()|&#>+~^-]")
_BOILERPLATE = re.compile(
    r"""
      \bcookies?\b .* \b(?:accept|agree|consent|policy|preferences|zustimm\w*|akzeptier\w*|einwillig\w*)
    | \b(?:we\ use|our\ use\ of|wir\ verwenden|wir\ nutzen)\ cookies\b
    | ^(?:accept|reject|allow|manage)\ (?:all|cookies).{0,30}$
    | ^(?:share|tweet|pin|teilen|drucken|merken|e-?mail|print|save|copy\ link)
        (?:\ (?:this|on|via|with|auf|per|it)\b.*)?$
    | ^(?:share|follow\ us|folgen\ sie\ uns|like\ us)\b .* \b(?:facebook|twitter|x|instagram|whatsapp|linkedin|reddit)\b
    | ^(?:related|next|read\ (?:more|next|also)|see\ also|more\ from|lesen\ sie\ auch|mehr\ zum\ thema
        |auch\ interessant)\s*:.{0,120}$
    | ^(?:advertisement|anzeige|werbung|read\ more|weiterlesen|recommended)\W*$
    | ^(?:subscribe|sign\ up|newsletter|jetzt\ abonnieren|abonnieren)\b.{0,160}$
    | ^a\ post\ shared\ by\b.*$
    | ^(?:©|\(c\)|copyright\b).*$
    | ^(?:photo|image|picture|foto|bild)(?:\ (?:credit|by))?\s*:.{0,120}$
    """,
    re.IGNORECASE | re.VERBOSE,
)


class ExtractionError(Exception):
    """Why there is no article on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """An article as a page gives it; None for what the page does not say."""

    text: str
    """Its paragraphs, with empty lines between them."""
    title: str | None
    author: str | None
    published: str | None
    publisher: str | None
    url: str | None
    language: str | None
    boilerplate: tuple[str, ...]
    """Paragraphs of the text that are not the article."""


def extract(page: Page) -> Extract:
    """The article of a page. Raises ExtractionError."""
    try:
        tree = html.fromstring(_decoded(page))
    except (LxmlError, ValueError) as error:
        raise ExtractionError(f"this is no HTML: {error}") from error
    text = trafilatura.extract(
        html.tostring(tree, encoding="unicode"), output_format="txt", include_comments=False, include_tables=True
    )
    if not text or len(text.split()) < _FEWEST_WORDS:
        raise ExtractionError("no text of an article is found in it")
    paragraphs = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    found = extract_metadata(tree, default_url=page.url, date_config=dict(_DATING))
    stated = _Stated(tree)
    published = _first(stated.linked("datePublished"), stated.items("datePublished")) or found.date
    return Extract(
        text="\n\n".join(map(_as_markdown, paragraphs)) + "\n",
        title=_first(stated.linked("headline"), stated.items("headline")) or found.title,
        author=found.author or _first(stated.linked("author"), stated.items("author")),
        published=match[0] if (match := _DATE.match(published or "")) else None,
        publisher=_first(stated.linked("publisher"), stated.items("publisher")) or _site_name(found.sitename, page.url),
        url=_address(stated, page.url, found.url),
        language=stated.language,
        boilerplate=tuple(dict.fromkeys(each for each in paragraphs if _BOILERPLATE.search(each))),
    )


def _as_markdown(paragraph: str) -> str:
    """Plain text, written so that none of it is taken for a mark of Markdown."""
    return paragraph if shown(seen(paragraph)) == paragraph else _MARK.sub(r"\\\g<0>", paragraph)


def _site_name(name: str | None, url: str | None) -> str | None:
    """What a page calls its site; trafilatura puts the host there for want of a name."""
    host = urlsplit(url or "").netloc.casefold()
    return name if name and name.casefold() not in (host, host.removeprefix("www.")) else None


def _address(stated: "_Stated", url: str | None, found: str | None) -> str | None:
    """The address that a page gives as its own, or else where it was."""
    own = stated.canonical or found
    return urljoin(url or "", own) if own and urlsplit(urljoin(url or "", own)).scheme in ("http", "https") else url


def _decoded(page: Page) -> str:
    """The text of a page in the encoding that it has by the standard: its mark, the server's, its own, or UTF-8."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if page.content.startswith(mark):
            return page.content.decode(encoding, errors="replace").removeprefix("\ufeff")
    stated = _META_CHARSET.search(page.content[:4096])
    for name in (page.encoding, stated and stated[1].decode("ascii", errors="replace"), "utf-8"):
        try:
            codec = codecs.lookup(name or "").name
            return page.content.decode("cp1252" if codec in _LATIN else codec)
        except (LookupError, UnicodeDecodeError):
            continue
    return page.content.decode("cp1252", errors="replace")


def _first(*found: Iterable[str]) -> str | None:
    return next((text for texts in found for each in texts if (text := " ".join(each.split()))), None)


class _Stated:
    """What a page says about itself in microdata, in JSON-LD and in its head."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self._tree = tree
        self._linked = list(_articles(tree))

    @property
    def language(self) -> str | None:
        """The language that the document or its article is declared to be in."""
        codes = self._tree.xpath("//article/@lang | /html/@lang | /html/body/@lang")
        code = codes[-1].strip().replace("_", "-") if codes else ""
        main, _, rest = code.partition("-")
        whole = f"{main.lower()}{'-' if rest else ''}{rest}"
        return whole if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", whole) else None

    @property
    def canonical(self) -> str | None:
        return _first(
            self._tree.xpath("//link[@rel='canonical']/@href"),
            self._tree.xpath("//meta[@property='og:url']/@content"),
        )

    def items(self, name: str) -> Iterator[str]:
        """The values of a property in microdata, of whatever is there; of an item its name."""
        marked = "//*[contains(concat(' ', normalize-space(@itemprop), ' '), $name)]"
        for element in self._tree.xpath(marked, name=f" {name} "):
            named = element.xpath(".//*[@itemprop='name']") if element.get("itemscope") is not None else []
            each = named[0] if named else element
            yield each.get("content") or each.get("datetime") or each.text_content()

    def linked(self, name: str) -> Iterator[str]:
        """The values of a property of the article in JSON-LD; of an object its name."""
        for article in self._linked:
            value = article.get(name)
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("name") if isinstance(value, dict) else value
            if isinstance(value, str):
                yield value


def _articles(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles that a page describes in JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except ValueError:
            continue
        graph = data.get("@graph", data) if isinstance(data, dict) else data
        for each in graph if isinstance(graph, list) else [graph]:
            if isinstance(each, dict) and re.search(r"Article|Posting|Report", str(each.get("@type"))):
                yield each
