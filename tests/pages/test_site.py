"""The real site, built once and read as a browser reads it: links, markup, cross-links and addresses.

It is built three times: as on an editor's machine; as it is published, with addresses of its own; and once more like
that from another folder, under a clock that stands years ahead.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
import yaml
from html5lib.html5parser import ParseError

from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import ARTICLES_FOLDER, KNOWLEDGE_FILE
from stuntbook.mkdocs.settings import SCRIPT
from tests.site_tools import (
    PUBLISHED,
    REPO_URL,
    ROOT,
    SITE_URL,
    Document,
    Site,
    copy_root,
    differences,
    run,
    snapshot,
    statement_url,
    stuntbook_here,
    text_of,
    with_class,
)
from tests.support import checked

LOADED = ("src", "srcset", "poster", "data")
"""The attributes whose address a browser fetches by itself, of whatever element."""
NOT_LOADED = {"canonical", "next", "prev", "edit", "alternate", "schema.DCTERMS"}
"""The relations of a <link> that a browser does not fetch."""
CSS_ADDRESS = re.compile(r"""(?:url\(|@import\s)\s*["']?([^"')\s]+)""")

LATER = """
import datetime, sys, time
real = datetime.datetime
class Later(real):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + datetime.timedelta(days=4000)
    @classmethod
    def utcnow(cls):
        return real.now(datetime.timezone.utc).replace(tzinfo=None) + datetime.timedelta(days=4000)
    @classmethod
    def today(cls):
        return cls.now()
datetime.datetime = Later
now = time.time
time.time = lambda: now() + 4000 * 86400
from stuntbook.cli import main
main(sys.argv[1:])
"""
"""Builds a site under a clock that stands eleven years ahead."""


@pytest.fixture(params=["site", "published", "small"])
def either(request: pytest.FixtureRequest) -> Site:
    """Each of the real sites, and that of every field."""
    built = request.getfixturevalue(request.param)
    assert isinstance(built, Site)
    return built


# --- Links


def test_every_link_leads_to_a_file_and_an_anchor_of_the_site(either: Site) -> None:
    broken = [
        f"{document.path}: {link}" for document in either.documents.values() for link in _broken(either, document)
    ]
    assert not broken, "\n".join(broken)


def _broken(site: Site, document: Document) -> Iterator[str]:
    for element in document.tree.iter():
        for attribute in ("href", "src"):
            value = element.get(attribute)
            if value is None:
                continue
            # On the page itself, at whatever address: the page for what is not there has many.
            here = value.startswith("#") and unquote(value[1:]) in document.ids
            if not here and not _leads_somewhere(site, urljoin(document.url, value)):
                yield value


def _leads_somewhere(site: Site, url: str) -> bool:
    if not url.startswith(site.base):
        # Another host's; but nothing may leave the site's folder on its own host.
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and (
            url.startswith(REPO_URL) or parts.netloc != urlsplit(site.base).netloc
        )
    address, fragment = urldefrag(url.removeprefix(site.base))
    path = unquote(address.partition("?")[0])
    path = f"{path}index.html" if not path or path.endswith("/") else path
    if path not in site.files:
        return False
    return not fragment or (path in site.documents and unquote(fragment) in site.documents[path].ids)


def test_every_generated_page_is_reached_from_the_home_page(site: Site) -> None:
    reached = {""}
    waiting = [""]
    while waiting:
        for link in site.pages[waiting.pop()].links():
            address = urldefrag(link).url.removeprefix(site.base)
            if address in site.pages and address not in reached:
                reached.add(address)
                waiting.append(address)
    assert set(site.pages) == reached


# --- Markup


def test_every_page_is_valid_html_and_names_its_language(either: Site) -> None:
    problems = []
    for document in either.documents.values():
        try:
            assert (document.tree.tag, document.tree.get("lang")) == ("html", "en")
        except ParseError as error:
            problems.append(f"{document.path}: {error}")
    assert not problems, "\n".join(problems)


def test_no_page_gives_one_id_twice(either: Site) -> None:
    repeated = {path: _repeated(document.ids) for path, document in either.documents.items()}
    assert {path: ids for path, ids in repeated.items() if ids} == {}


def _repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_headings_say_something_start_with_one_h1_and_never_skip_a_level(site: Site) -> None:
    for path, document in site.documents.items():
        headings = [each for each in document.tree.iter() if re.fullmatch(r"h[1-6]", str(each.tag))]
        assert all(map(text_of, headings)), path
        levels = [int(heading.tag[1]) for heading in headings]
        assert (levels[0], levels.count(1)) == (1, 1), path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_titles_and_descriptions_are_unique(site: Site) -> None:
    for path in ("head/title", "head/meta[@name='description']"):
        found = [element for document in site.pages.values() for element in document.tree.findall(path)]
        texts = [element.get("content", "").strip() or text_of(element) for element in found]
        assert len(texts) == len(site.pages)
        assert all(texts)
        assert _repeated(texts) == []


# --- Cross-links


def _linked(site: Site, address: str) -> set[str]:
    """The addresses within the site that a page's own content links to, without anchors."""
    document = site.pages[address]
    return {urldefrag(link).url.removeprefix(site.base) for link in document.links(inside=document.article)}


def _neighbours(knowledge: KnowledgeBase, stunt: str) -> set[str]:
    """The film, the people and the sources of a stunt."""
    record = knowledge.stunts[stunt]
    people = {reference.id for reference in record.performers} | {credit.person for credit in record.credits}
    people |= {injury.person for injury in record.injuries} | {quote.speaker for quote in record.quotes}
    statements = [each for statement in knowledge.statements[stunt] for each in statement]
    sources = {passage.source for statement in statements for passage in statement.every_passage}
    assert sources, f"{stunt} cites nothing"
    films = {film.id for film in record.film}
    return {address_of(knowledge.record(id_)) for id_ in films | people | sources}


def test_a_stunt_its_film_people_and_sources_link_to_each_other(site: Site, knowledge: KnowledgeBase) -> None:
    for stunt in knowledge.stunts.values():
        neighbours = _neighbours(knowledge, stunt.id)
        assert neighbours <= _linked(site, address_of(stunt)), stunt.id
        assert [each for each in neighbours if address_of(stunt) not in _linked(site, each)] == [], stunt.id


def test_a_film_and_the_people_of_its_credits_link_to_each_other(site: Site, knowledge: KnowledgeBase) -> None:
    pairs = [(film, knowledge.people[credit.person]) for film in knowledge.films.values() for credit in film.credits]
    assert pairs
    for film, person in pairs:
        assert address_of(person) in _linked(site, address_of(film))
        assert address_of(film) in _linked(site, address_of(person))


def test_every_statement_leads_to_its_words_on_the_page_and_back(site: Site) -> None:
    found = 0
    for document in site.pages.values():
        words = {each.get("id", ""): each for each in with_class(document.article, "li", "sb-cited-words")}
        for element in document.article.iter():
            home = urljoin(document.url, element.get("data-home", f"#{element.get('id')}"))
            for key in f"{element.get('data-words', '')} {element.get('data-in-part', '')}".split():
                found += 1
                uses = {
                    urljoin(document.url, link.get("href", "")) for link in words[f"words-{key}"].findall("ul/li/a")
                }
                assert home in uses, f"{document.path}: {key}"
    assert found > 300


def test_a_mark_leads_to_the_first_of_its_words_and_numbers_all(site: Site) -> None:
    marks = 0
    for document in site.pages.values():
        numbers = {each.get("id"): each.get("value") for each in document.article.iter("li") if each.get("value")}
        for mark in (each for each in with_class(document.article, "a", "sb-source") if each.get("data-numbers")):
            marks += 1
            own = mark.get("data-numbers", "").split()
            assert own[0] == numbers[mark.get("href", "").removeprefix("#")], document.path
            assert set(own) <= set(numbers.values()), document.path
    assert marks > 100


def test_a_source_links_to_the_article_at_its_publishers(site: Site, knowledge: KnowledgeBase) -> None:
    for source in knowledge.sources.values():
        document = site.pages[address_of(source.article)]
        assert source.article.url in set(document.links(inside=document.article))


# --- Permanent links


def test_a_statement_leads_to_its_line(published: Site, knowledge: KnowledgeBase) -> None:
    node = yaml.compose((ROOT / KNOWLEDGE_FILE).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert node
    lines = json.loads(published.files["data/lines.json"])[KNOWLEDGE_FILE]
    wrong = []
    for statement in knowledge.all_statements():
        record = knowledge.record(statement.record)
        line = lines[record.id][statement.anchor]
        first, last = _lines(node, (record.section, record.id, *statement.path))
        if not first <= line <= last:
            wrong.append(f"{statement.record}#{statement.anchor}: line {line} is not within {first} to {last}")
    assert wrong == []


def _lines(node: yaml.Node, path: tuple[str | int, ...]) -> tuple[int, int]:
    """The first and the last line of what stands at a path."""
    first = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.MappingNode) and isinstance(step, str):  # the only entry of a list may stand alone
            key, node = next((key, value) for key, value in node.value if key.value == step)
            first = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[step]
            first = node.start_mark.line
    return first + 1, max(first, node.end_mark.line) + 1


def test_every_statement_has_one_anchor_and_leads_there_from_elsewhere(site: Site, knowledge: KnowledgeBase) -> None:
    homes = Counter(statement_url(site, knowledge, each) for each in knowledge.all_statements())
    anchors = Counter(f"{document.url}#{id_}" for document in site.pages.values() for id_ in document.ids)
    assert {url: anchors[url] for url in homes} == homes
    elsewhere = {
        urljoin(document.url, home)
        for document in site.pages.values()
        for element in document.article.iter()
        if (home := element.get("data-home"))
    }
    assert elsewhere
    assert elsewhere <= set(homes)


def test_anchors_do_not_depend_on_the_order_of_records(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    text = (root / KNOWLEDGE_FILE).read_text(encoding="utf-8")
    opening, *sections = re.split(r"^(?=\w+:\n)", text, flags=re.MULTILINE)
    reordered = opening + "".join(_reversed(section) for section in reversed(sections))
    assert len(reordered) == len(text)
    assert reordered != text
    (root / KNOWLEDGE_FILE).write_text(reordered, encoding="utf-8")
    assert _anchors(checked(root)) == _anchors(knowledge)


def _reversed(section: str) -> str:
    """A section of the knowledge file with its records in reverse order."""
    head, *records = re.split(r"^(?=  [\w-]+:\n)", section, flags=re.MULTILINE)
    return head + "".join(reversed([record if record.endswith("\n") else f"{record}\n" for record in records]))


def _anchors(knowledge: KnowledgeBase) -> dict[str, list[str]]:
    return {
        id_: [each.anchor for statement in statements for each in statement]
        for id_, statements in knowledge.statements.items()
    }


# --- Overviews


def test_the_evidence_page_lists_every_statement_once_by_its_status(site: Site, knowledge: KnowledgeBase) -> None:
    page = site.pages["evidence/"]
    found = [
        (heading.get("id", "").removeprefix("status-"), urljoin(page.url, link.get("href", "")))
        for section in page.article.iter("section")
        for heading in section.findall("h2")
        for item in section.findall(".//ul[@class='sb-mentions']/li")
        for link in item.findall("a")
    ]
    # A disagreement states nothing by itself; its accounts do.
    statements = [each for each in knowledge.all_statements() if each.kind != "disagreement"]
    expected = [(each.evidence.status.value, statement_url(site, knowledge, each)) for each in statements]
    assert Counter(found) == Counter(expected)


def test_the_counts_of_the_evidence_page_add_up(site: Site, knowledge: KnowledgeBase) -> None:
    table = site.pages["evidence/"].article.find(".//table")
    assert table is not None
    cells = [text_of(row.findall("td")[0]) for row in table.findall("tbody/tr")]
    counts = {cell.split(" of ")[1]: 0 for cell in cells}
    for cell in cells:
        count, total = cell.split(" of ")
        counts[total] += int(count)
    statements = [each for each in knowledge.all_statements() if each.kind != "disagreement"]
    assert counts == {str(len(statements)): len(statements)}


def test_the_coverage_page_says_what_the_command_says(site: Site, knowledge: KnowledgeBase) -> None:
    finished = stuntbook_here("coverage", "--root", ROOT)
    assert finished.returncode == 0, finished.stderr
    told = re.findall(r"^articles/(\S+)\.md: (\d+) % accounted for \((.*)\)$", finished.stdout, re.MULTILINE)
    page = site.pages["coverage/"].article
    shown = [_shown_coverage(section) for section in page.iter("section")]
    assert [id_ for id_, *_ in told] == list(knowledge.sources)
    assert shown == told
    all_articles = re.search(r"^All articles: (\d+ %)", finished.stdout, re.MULTILINE)
    assert all_articles
    assert f"{all_articles[1]} of the articles’ own sentences" in text_of(page)


def _shown_coverage(section: Element) -> tuple[str, str, str]:
    """The article of a section of the coverage page, its percentage and its counts."""
    (heading,) = section.findall("h2")
    share = re.search(r"(\d+) % of \d+ sentences? accounted for", text_of(section))
    assert share
    counts = [text_of(each) for group in with_class(section, "ul", "sb-counts") for each in group.iter("li")]
    strip = [text_of(each) for group in with_class(section, "ol", "sb-strip") for each in group.iter("li")]
    assert sorted(counts) == sorted(f"{number} {use}" for use, number in Counter(strip).items())
    return heading.get("id", "").removeprefix("coverage-"), share[1], ", ".join(counts)


# --- The script


def test_the_script_is_a_small_module_on_every_page(either: Site) -> None:
    assert 0 < len(either.files[SCRIPT]) < 15_000
    for document in either.documents.values():
        scripts = [each for each in document.tree.iter("script") if each.get("src", "").endswith(SCRIPT)]
        assert [script.get("type") for script in scripts] == ["module"], document.path


# --- Addresses


def test_nothing_is_loaded_from_another_host(either: Site) -> None:
    host = urlsplit(either.base).netloc
    loaded = [(path, url) for path, url in _loaded(either) if not url.startswith("data:")]
    assert len(loaded) > len(either.documents)
    assert [(path, url) for path, url in loaded if urlsplit(url).netloc != host] == []


def _loaded(site: Site) -> Iterator[tuple[str, str]]:
    """File and full address of all that a browser fetches by itself."""
    for document in site.documents.values():
        for value in _loaded_by(document):
            yield document.path, urljoin(document.url, value)
    for path, content in site.files.items():
        if path.endswith(".css"):
            for value in CSS_ADDRESS.findall(content.decode("utf-8")):
                yield path, urljoin(f"{site.base}{path}", value)


def _loaded_by(document: Document) -> Iterator[str]:
    for element in document.tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        yield from (value for name in LOADED if (value := element.get(name)) is not None)
        if tag in ("image", "use") or (tag == "link" and not NOT_LOADED.issuperset(element.get("rel", "").split())):
            yield element.get("href", element.get("{http://www.w3.org/1999/xlink}href", ""))
        yield from CSS_ADDRESS.findall(element.get("style", ""))
        if tag == "style":
            yield from CSS_ADDRESS.findall(element.text or "")


def test_without_a_repository_nothing_leads_to_it(site: Site) -> None:
    for document in site.pages.values():
        assert not _edit_links(document)
        assert not document.tree.findall("head/meta[@name='stuntbook:repository']")


def test_a_published_page_is_edited_where_it_is_written(published: Site, knowledge: KnowledgeBase) -> None:
    edit = {address: _edit_links(document) for address, document in published.pages.items()}
    for record in knowledge.records:
        assert edit[address_of(record)] == [f"{REPO_URL}/edit/main/{KNOWLEDGE_FILE}"]
    for source in knowledge.sources:
        assert edit[f"sources/{source}/"] == [f"{REPO_URL}/edit/main/{ARTICLES_FOLDER}/{source}.md"]
    for page in (ROOT / "docs").glob("*.md"):
        assert edit[f"{page.stem}/"] == [f"{REPO_URL}/edit/main/docs/{page.name}"]
    for link in (link for links in edit.values() for link in links):
        assert (ROOT / link.removeprefix(f"{REPO_URL}/edit/main/")).is_file(), link


def _edit_links(document: Document) -> list[str]:
    links = [element for element in document.tree.iter("a") if "edit" in element.get("rel", "").split()]
    return [link.get("href", "") for link in links]


def test_every_published_page_names_its_address_and_is_in_the_site_map(published: Site) -> None:
    for address, document in published.pages.items():
        canonical = document.tree.findall("head/link[@rel='canonical']")
        assert [link.get("href") for link in canonical] == [f"{SITE_URL}{address}"]
    content = published.files["sitemap.xml"]
    listed = [
        element.text for element in ET.fromstring(content).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert sorted(map(str, listed)) == sorted(f"{SITE_URL}{address}" for address in published.pages)
    assert gzip.decompress(published.files["sitemap.xml.gz"]) == content


# --- The same input gives the same bytes


def test_folder_clock_time_zone_and_hash_seed_leave_no_trace(published: Site, tmp_path: Path) -> None:
    root = copy_root(tmp_path / "elsewhere")
    finished = run("-c", LATER, "build", cwd=root, **PUBLISHED, TZ="Asia/Kathmandu", PYTHONHASHSEED="4711")
    assert finished.returncode == 0, finished.stderr
    assert differences(published.files, snapshot(root / "site")) == []
