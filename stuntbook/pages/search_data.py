"""KnowledgeBase -> what the search loads beside its index: the book's own words, and names to compare a slip with."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import orjson

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import of_kind
from stuntbook.pages.figures.comparisons import label_of, unexceeded
from stuntbook.pages.figures.scales import measure_of
from stuntbook.records.stated import Facet, Injury, Quote
from stuntbook.text.search_words import LETTERS, SCRIPTS

BOOK, NAMES = "book.json", "names.json"
_EXAMPLES = 4
_FORMS = """
film, movie
source, article
award, prize
photo, picture
release, released, come out, came out, premiere
injury, injured, hurt, wounded
begin, began, begun
break, broke, broken
catch, caught
cling, clung
dive, dived, dove
drive, drove, driven
fall, fell, fallen
fly, flew, flown, flight
hang, hung
hold, held
leap, leapt
ride, rode, ridden
run, ran
shoot, shot
spin, spun
swim, swam, swum
swing, swung
take, took, taken
throw, threw, thrown
"""
"""A line a group: forms of a word that have too few letters in common, and words for what every book has."""


def search_data(knowledge: KnowledgeBase, synonyms: Sequence[Sequence[str]]) -> Mapping[str, bytes]:
    """The files that the search loads from its folder: `BOOK` with the first question, `NAMES` after a slip."""
    book = {
        "pages": sum(1 for _ in knowledge.records) + len(knowledge.sources),
        "letters": dict(LETTERS),
        "scripts": SCRIPTS,
        "synonyms": [*synonyms, *(group.split(", ") for group in _FORMS.split("\n") if group)],
        "examples": list(islice(dict.fromkeys(_examples(knowledge)), _EXAMPLES)),
    }
    return {BOOK: orjson.dumps(book), NAMES: orjson.dumps(list(dict.fromkeys(_names(knowledge))))}


def _names(knowledge: KnowledgeBase) -> Iterator[str]:
    for record in knowledge.records:
        yield from (record.display_name, *record.aliases)
    yield from knowledge.publishers
    for statement in of_kind(knowledge.all_statements(), "place", "technique", "equipment"):
        if isinstance(statement.value, Facet):
            yield statement.value.name


def _examples(knowledge: KnowledgeBase) -> Iterator[str]:
    """Questions that the book answers, of four kinds where it has them."""
    statements = list(knowledge.all_statements())
    labels = (label_of(measure_of(each)).lower() for each in unexceeded(knowledge))
    yield from islice((f"{label} stunt" for label in labels if " " not in label), 1)
    injured = (each.value.person for each in statements if isinstance(each.value, Injury))
    yield from islice((f"{knowledge.record(person).display_name} injuries" for person in injured), 1)
    places = (each.value.name for each in of_kind(statements, "place") if isinstance(each.value, Facet))
    yield from islice((place for place in places if place.replace(" ", "").isalpha() and place.istitle()), 1)
    speakers = Counter(each.value.speaker for each in statements if isinstance(each.value, Quote))
    known = (knowledge.agents[each].display_name for each, _ in speakers.most_common() if each in knowledge.agents)
    yield from islice((f"quotes by {name}" for name in known), 1)
    yield from _titles((knowledge.stunts, knowledge.films, knowledge.agents))


def _titles(groups: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for group in groups:
        yield from islice((getattr(record, "display_name", "") for record in group.values()), _EXAMPLES)
