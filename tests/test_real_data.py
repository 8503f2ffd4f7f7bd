"""The real knowledge base has no problems, its articles are the texts as handed over, and nobody named is missing."""

from hashlib import sha256

from stuntbook.check import load_and_check
from stuntbook.diagnostics import Report
from stuntbook.knowledge.base import KnowledgeBase
from tests.support import ROOT

DIGESTS = {
    "headtopics-broken-foot": "080c784630b6f1704e505fdbb1dc12a29c697c673be01f1b9aba5001bb823843",
    "looper-plane-jump": "a95f6dea43ccd14674cf58e810955d6f03a7f0af9f6b589237e46c20066381f6",
    "screenrant-halo-featurette": "e9d23249c7d44adc406fa9d3d258b2abf3ad0954b820f02a9b30ec38ab0ff8cd",
    "slashfilm-broken-ankle": "fede44dfc57c1fe31f806d3162166b3e7fdfd56ba2e2ef4eb0ef8a4b7519f8c3",
}
"""SHA-256 of each text as it was handed over."""

RECORDS = {
    "films": "dead-reckoning fallout ghost-protocol mission-impossible-2 rogue-nation the-mummy top-gun-maverick",
    "stunts": "broken-foot-jump burj-khalifa cargo-plane cliff-free-climb halo-jump helicopter-flight "
    "mummy-plane-crash rooftop-jump",
    "people": "alec-baldwin christopher-mcquarrie david-ellison henry-cavill john-woo michelle-monaghan myers "
    "rebecca-ferguson simon-pegg tom-cruise ving-rhames wade-eastwood",
}


def test_it_has_no_problems() -> None:
    report = Report()
    load_and_check(ROOT, report)
    assert report.render() == ""


def test_the_articles_are_the_texts_as_handed_over(knowledge: KnowledgeBase) -> None:
    bodies = {id_: source.article.body.encode() for id_, source in knowledge.sources.items()}
    assert {id_: sha256(body).hexdigest() for id_, body in bodies.items()} == DIGESTS
    for id_, body in bodies.items():
        assert (ROOT / knowledge.sources[id_].article.path).read_bytes().endswith(body)


def test_every_film_stunt_and_person_is_there(knowledge: KnowledgeBase) -> None:
    assert {section: " ".join(sorted(getattr(knowledge, section))) for section in RECORDS} == RECORDS


def test_nothing_is_published_in_full(knowledge: KnowledgeBase) -> None:
    assert {source.article.rights for source in knowledge.sources.values()} == {"excerpts"}
