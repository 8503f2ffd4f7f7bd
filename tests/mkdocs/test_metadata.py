"""What reference managers read in the head of every page, by a reader of Dublin Core that is not ours."""

import extruct
import pytest

from stuntbook.knowledge.base import KnowledgeBase
from tests.site_tools import Document, Site

TERMS = "http://purl.org/dc/terms/"
OTHERS = ("z:", "pr", "ep")
"""How the names of Zotero's own, PRISM's and EPrints' metadata begin."""


def read(document: Document) -> dict[str, str]:
    """The metadata in a head: Dublin Core's terms by their names, the others' by the prefix and the name."""
    (found,) = extruct.extract(document.html, syntaxes=["dublincore"])["dublincore"]
    assert found["namespaces"] == {"DCTERMS": TERMS}
    terms = {each["name"].removeprefix("DCTERMS."): each["content"] for each in found["elements"] + found["terms"]}
    metas = document.tree.iterfind(".//head/meta")
    others = {name: each.get("content", "") for each in metas if (name := each.get("name", "")) and name[:2] in OTHERS}
    return {name: " ".join(content.split()) for name, content in (terms | others).items()}


@pytest.fixture(params=["published", "small"])
def each_site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def test_every_page_is_an_item(each_site: Site) -> None:
    """Also the page of a film, which Open Graph calls a film."""
    for document in each_site.documents.values():
        metadata = read(document)
        assert metadata["z:itemType"] == "webpage", document.path
        assert {"title", "publisher", "language"} <= set(metadata), document.path
        assert all(metadata.values()), document.path


def test_a_page_is_cited_as_a_page_of_the_site(published: Site) -> None:
    for address, title in {
        "films/fallout/": "Mission: Impossible – Fallout",
        "stunts/halo-jump/": "HALO jump",
        "checks/": "How it is checked",
        "": "Stuntbook",
    }.items():
        metadata = read(published.pages[address])
        assert len(metadata.pop("description")) > 20
        assert metadata == {
            "z:itemType": "webpage",
            "title": title,
            "publisher": "Stuntbook",
            "language": "en",
            "identifier": published.base + address,
        }


def test_the_page_of_a_source_is_cited_as_the_article(published: Site, small: Site, valid: KnowledgeBase) -> None:
    address = "https://us.headtopics.com/news/tom-cruise-s-undying-dedication-a-broken-foot-and-a-65882426"
    metadata = read(published.pages["sources/headtopics-broken-foot/"])
    assert "cited passages" in metadata.pop("description")
    assert metadata == {
        "z:itemType": "webpage",
        "title": "[Head Topics on a broken foot in Mission Impossible 2]",
        "publisher": "Head Topics",
        "issued": "2025-02-15",
        "language": "en",
        "identifier": address,
        "prism.publicationName": "Head Topics",
        "eprints.official_url": address,
    }
    for id_, source in valid.sources.items():
        article, metadata = source.article, read(small.pages[f"sources/{id_}/"])
        assert metadata["title"] == (article.title or f"[{article.label}]")
        assert metadata.get("creator") == article.author
        assert metadata["language"] == article.language
        assert metadata["identifier"] == metadata["eprints.official_url"] == article.url


def test_a_date_that_is_not_certain_is_marked(small: Site, valid: KnowledgeBase) -> None:
    assert valid.sources["tide-weekly"].article.published == "2031-04~"
    assert read(small.pages["sources/tide-weekly/"])["issued"] == "2031-04~"


def test_without_an_address_of_the_site_none_is_made_up(small: Site) -> None:
    assert "identifier" not in read(small.pages["stunts/rope-swing/"])
