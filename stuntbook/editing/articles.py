"""An article that was found -> its file in the knowledge base, with all that is known about it in its front matter."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from stuntbook.diagnostics import Report
from stuntbook.editing.extraction import Extract
from stuntbook.editing.files import Draft
from stuntbook.knowledge.independence import text_groups
from stuntbook.knowledge.resolution import prepare_each
from stuntbook.layout import ARTICLES_FOLDER
from stuntbook.memo import Memo
from stuntbook.reading.sources import Library, load

_LONGEST_ID = 60
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|cmpid", re.IGNORECASE)
"""Parameters of an address that say where somebody came from, and not what is there."""
_WHAT = {
    "title": "headline",
    "author": "author",
    "published": "date of publication",
    "publisher": "publisher",
    "language": "language, which is taken for English",
}


class ArticleError(Exception):
    """Why an article is not added."""


@dataclass(frozen=True, slots=True)
class NewArticle:
    """A file to write, and what an editor has to look at in it."""

    draft: Draft
    missing: tuple[str, ...]
    """What the page does not say, in words."""
    boilerplate: tuple[str, ...]
    """Lines of the text that are taken for no part of the article."""


def new_article(root: Path, found: Extract, *, identifier: str | None = None, url: str | None = None) -> NewArticle:
    """The file of an article. Raises ArticleError where there is one of that address or text, or no address at all."""
    url = url or found.url
    if not url:
        raise ArticleError("the page does not tell its address: give the one at which it was published with --url")
    library = load(root, Report(), Memo(keeping=False))
    _refuse_known_address(library, url)
    identifier = identifier or _identifier(found, url)
    path = f"{ARTICLES_FOLDER}/{identifier}.md"
    text = f"---\n{_front_matter(found, url)}---\n{found.text}"
    report = Report()
    with_it = load(root, report, Memo(keeping=False), {path: text})
    if identifier in library.by_id or identifier in library.broken or identifier not in with_it.articles:
        raise ArticleError(f'"{identifier}" can\'t be its identifier: choose another with --id')
    _refuse_known_text(with_it, identifier)
    missing = tuple(what for name, what in _WHAT.items() if not getattr(found, name))
    return NewArticle(Draft(root=root, path=path, before="", after=text), missing, found.boilerplate)


def _refuse_known_address(library: Library, url: str) -> None:
    for article in library.articles.values():
        if plain_address(article.url) == plain_address(url):
            raise ArticleError(f"{article.path} has this address already")


def plain_address(url: str) -> str:
    """An address without what leads to the same page: its scheme, `www.`, a last slash, a fragment and tracking."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' if kept else ''}{urlencode(sorted(kept))}"


def _refuse_known_text(library: Library, identifier: str) -> None:
    sources = prepare_each(library.articles, Report(), Memo(keeping=False))
    for other, source in sources.items():
        pair = {identifier: sources[identifier], other: source}
        if other != identifier and len(set(text_groups(pair).values())) == 1:
            raise ArticleError(f"{source.article.path} has this text already, or most of it")


def _identifier(found: Extract, url: str) -> str:
    """The publisher's name and the first words of the headline, as far as they fit."""
    host = (urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0]
    words = slug(f"{found.publisher or host} {found.title or urlsplit(url).path}")
    return words[: _LONGEST_ID + 1].rpartition("-")[0] if len(words) > _LONGEST_ID else words


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _front_matter(found: Extract, url: str) -> str:
    return "".join(f"{line}\n" for line in _lines(found, url))


def _lines(found: Extract, url: str) -> Iterator[str]:
    host = urlsplit(url).hostname or url
    if found.title:
        yield f"title: {quoted(found.title)}"
    else:
        yield "# TODO: no headline was found. If there is one, write title: in place of label:"
        yield f"label: {quoted(f'An article of {found.publisher or host}')}"
    if not found.publisher:
        yield "# TODO: the page does not say who published it; this is its host."
    yield f"publisher: {quoted(found.publisher or host)}"
    if found.author:
        yield f"author: {quoted(found.author)}"
    if found.published:
        yield f"published: {quoted(found.published)}"
    yield f"url: {quoted(url)}"
    if found.language and found.language.partition("-")[0] != "en":
        yield f"language: {quoted(found.language)}"
    yield "rights: excerpts"
    if found.boilerplate:
        yield "boilerplate:"
        yield from (f"  - {quoted(each)}" for each in found.boilerplate)
    yield f"digest: {sha256(found.text.encode()).hexdigest()}"


def quoted(text: str) -> str:
    """A text as YAML writes it in quotation marks: as JSON does, and no character in it can end a line."""
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff]", lambda char: f"\\u{ord(char[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
