"""Catalogues outside of this book, and the form of their identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Catalogue = Literal["imdb", "isni", "viaf", "wikidata"]


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    pattern: str
    example: str
    url: str


_FORMS: dict[Catalogue, _Form] = {
    "imdb": _Form("IMDb", r"(tt|nm|co|ev)\d{7,10}", "tt0000001", "https://www.imdb.com/{path}/{value}/"),
    "isni": _Form("ISNI", r"\d{15}[\dX]", "0000000000000001", "https://isni.org/isni/{value}"),
    "viaf": _Form("VIAF", r"[1-9]\d{1,21}", "123456", "https://viaf.org/viaf/{value}/"),
    "wikidata": _Form("Wikidata", r"Q[1-9]\d*", "Q123", "https://www.wikidata.org/wiki/{value}"),
}
"""Each as its catalogue documents it; the ISNI as in ISO 27729, without spaces."""
_IMDB_PATHS = {"tt": "title", "nm": "name", "co": "company", "ev": "event"}


def name_of(catalogue: Catalogue) -> str:
    """What the catalogue calls itself."""
    return _FORMS[catalogue].name


def example_of(catalogue: Catalogue) -> str:
    """An identifier of the catalogue."""
    return _FORMS[catalogue].example


def is_identifier(catalogue: Catalogue, value: str) -> bool:
    """Whether a text has the form of the catalogue's identifiers."""
    return re.fullmatch(_FORMS[catalogue].pattern, value) is not None


def url_of(catalogue: Catalogue, value: str) -> str:
    """The address of what an identifier stands for."""
    return _FORMS[catalogue].url.format(value=value, path=_IMDB_PATHS.get(value[:2], ""))
