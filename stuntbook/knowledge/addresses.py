"""Where everything is on the site: the address of each page, and the way from one to another."""

from functools import lru_cache
from posixpath import commonprefix

from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord
from stuntbook.text.article_text import Span


def address_of(record: AnyRecord | Article) -> str:
    """The page's address within the site: `stunts/halo-jump/`."""
    return f"{record.section}/{record.id}/"


def passage_anchor(span: Span) -> str:
    """The anchor of a passage on its source's page. It stays the same, since the text of an article never changes."""
    return f"passage-{span.start}-{span.end}"


def relative_address(base: str, address: str, anchor: str = "") -> str:
    """The way from one page of the site to another, or to a place on it.

    `../../films/fallout/`, and `./` to the page itself; `../../films/fallout/#claim-1`, and `#claim-1` on the page.
    """
    way = "" if anchor and address == base else _way(base, address)
    return f"{way}#{anchor}" if anchor else way


@lru_cache(maxsize=1_000)
def _way(base: str, address: str) -> str:
    here, there = base.split("/")[:-1], address.split("/")[:-1]
    shared = len(commonprefix((here, there)))
    return "../" * (len(here) - shared) + "".join(f"{part}/" for part in there[shared:]) or "./"
