"""The data files of the real site, and that nothing of an article is published that nothing cites."""

import gzip
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.text.folding import fold
from tests.site_tools import Site, excerpted


def test_the_data_and_the_pages_use_the_same_addresses(site: Site) -> None:
    data = json.loads(site.files["data/stuntbook.json"])
    for section in ("films", "stunts", "people"):
        for record in data[section]:
            ids = site.pages[record["address"]].ids
            assert [each["anchor"] for each in record["statements"] if each["anchor"] not in ids] == []
    for article in data["articles"]:
        assert article["address"] in site.pages


def test_every_page_can_be_searched(site: Site) -> None:
    found = {json.loads(text)["url"].removeprefix("/") for path, text in _published(site) if "/fragment/" in path}
    assert found == set(site.pages)


def _unpacked(content: bytes) -> bytes:
    """What a file holds that is compressed, as the site map and the search index are."""
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


FILES = pytest.mark.parametrize("kind", [r"(?!.*\.jsonld$)", r".*\.jsonld$"], ids=["pages and data", "annotations"])
"""The files of a site, by patterns of their paths."""
WINDOW = 5
"""How many words in a row are taken for an article's own. Fewer may be anybody's."""


@FILES
def test_the_real_site_publishes_nothing_uncited(published: Site, knowledge: KnowledgeBase, kind: str) -> None:
    told = "\n".join(fold(text) for path, text in _published(published) if re.match(kind, path))
    assert told
    allowed = "\n".join(fold(text) for text in _allowed(knowledge))
    own = [words for id_ in excerpted(knowledge) for words in _uncited(knowledge, id_) if words not in allowed]
    assert len(own) > 50
    assert [words for words in own if words in told] == []


def _uncited(knowledge: KnowledgeBase, source: str) -> Iterator[str]:
    """Every few words in a row of an article, folded, that no citation touches."""
    position = 0
    body = knowledge.sources[source].article.body
    for start, end in [*sorted((each.span.start, each.span.end) for each in knowledge.cited[source]), (len(body), 0)]:
        words = fold(body[position:start]).split()
        yield from (" ".join(words[index : index + WINDOW]) for index in range(len(words) - WINDOW + 1))
        position = max(position, end)


def _allowed(knowledge: KnowledgeBase) -> Iterator[str]:
    """What is published of an article beside its text, and what is cited of the same words in another place."""
    for id_, source in knowledge.sources.items():
        article = source.article
        yield from (text for text in (article.title, article.label, article.publisher) if text)
        yield from (cited.text for cited in knowledge.cited[id_])


def _published(site: Site) -> Iterator[tuple[str, str]]:
    """Every file, and the text that it holds."""
    for path, content in site.files.items():
        if path in site.documents:
            for element in site.documents[path].tree.iter():
                # The words of a link to a publisher are part of an address.
                yield from ((path, unquote(value)) for value in element.attrib.values())
            yield path, "".join(site.documents[path].tree.itertext())
        elif path.endswith((".json", ".jsonld")):
            yield path, content.decode("utf-8").replace('\\"', '"').replace("\\n", "\n")
        else:
            yield path, _unpacked(content).decode("utf-8", errors="ignore").removeprefix("pagefind_dcd")
