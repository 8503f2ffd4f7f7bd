"""Article -> how reference managers write it down, as CSL-JSON.

The form is that of the Citation Style Language 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html,
schema https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json).
"""

from typing import Any

from stuntbook.records.article import Article
from stuntbook.records.dates import EdtfDate, parse_edtf


def csl_of(article: Article) -> dict[str, Any]:
    """An article as an item of CSL-JSON, as far as it is known.

    It is a `webpage`: that it stands on the web is known of every article, and not that its publisher is a newspaper.
    What the editor calls a text without a headline is no title, and a name is not taken apart.
    """
    known = {
        "title": article.title,
        "container-title": article.publisher,
        "author": [{"literal": article.author}] if article.author else None,
        "issued": _issued(parse_edtf(article.published)) if article.published else None,
        "URL": article.url,
        "language": article.language,
    }
    return {"id": article.id, "type": "webpage", **{name: value for name, value in known.items() if value}}


def _issued(date: EdtfDate) -> dict[str, Any]:
    """A date as precise as it is known; in words where the year is not."""
    if date.year is None:
        return {"literal": str(date)}
    month = [] if date.month is None else [date.month]
    day = [] if date.month is None or date.day is None else [date.day]
    return {"date-parts": [[date.year, *month, *day]], **({"circa": True} if date.mark else {})}
