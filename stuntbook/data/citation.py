"""Article -> what reference managers read of it: CSL-JSON, and the metadata in the head of its page.

CSL-JSON is that of the Citation Style Language 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html,
schema https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json). Metadata in a head are Dublin Core's
terms as meta elements (https://www.dublincore.org/specifications/dublin-core/dcq-html/), and where these have none that
Zotero reads, those of PRISM and EPrints (github.com/zotero/translators, `RDF.js`).
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


def metadata_of(article: Article) -> dict[str, str]:
    """What the head of a source's page says: the article's own, which is what somebody who cites from there cites.

    What the editor calls a text without a headline stands in brackets, as descriptions in place of titles do.
    """
    item = csl_of(article)
    (parts,) = item.get("issued", {}).get("date-parts", [[]])
    mark = parse_edtf(article.published).mark if article.published and parts else ""
    known = {
        "DCTERMS.title": article.title or f"[{article.display_name}]",
        "DCTERMS.creator": article.author,
        "DCTERMS.publisher": article.publisher,
        "DCTERMS.issued": "-".join(f"{part:02}" for part in parts) + mark,
        "DCTERMS.language": article.language,
        "DCTERMS.identifier": article.url,
        "prism.publicationName": article.publisher,
        "eprints.official_url": article.url,
    }
    return {name: content for name, content in known.items() if content}
