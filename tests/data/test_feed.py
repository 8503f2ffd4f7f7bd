"""The feed of changes: what it says of each revision, in Atom's terms (RFC 4287)."""

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from stuntbook.data.edition import Edition
from stuntbook.data.feed import feed_file
from stuntbook.data.files import exports
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.changes import Change
from stuntbook.knowledge.history import Edit, History
from stuntbook.reading.revisions import Revision
from tests.support import edition_of

ATOM = "{http://www.w3.org/2005/Atom}"


def edition_with_history(knowledge: KnowledgeBase) -> Edition:
    """As if every record had come in a revision of its own, with <marks> & all."""
    edits = [
        Edit(
            Revision(f"{day:012x}{0:028x}", f"2021-03-{day % 28 + 1:02}T12:00:00+02:00"),
            tuple(
                Change(what="new", record=record.id, anchor=each.anchor, name=record.display_name, text=each.text)
                for each in knowledge.statements_of(record)
            )
            or (Change(what="removed", record="gone", anchor="", name="<Gone>", text="&", before="<b>"),),
        )
        for day, record in enumerate(knowledge.records, start=1)
    ]
    return replace(edition_of(knowledge), history=History(tuple(edits[::-1])))


def text(element: Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_an_entry_a_revision(book: KnowledgeBase) -> None:
    edition = edition_with_history(book)
    feed = fromstring(feed_file(edition))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == min(20, len(edition.history.edits))
    assert text(feed, "updated") == text(entries[0], "updated") == edition.history.edits[0].revision.date
    ids = [text(each, "id") for each in entries]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("https://book.example/changes/#revision-") for each in ids)
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": "https://book.example/feed.xml",
        "alternate": "https://book.example/changes/",
    }


def test_words_stay_words(valid: KnowledgeBase) -> None:
    contents = "".join(text(each, "content") for each in fromstring(feed_file(edition_with_history(valid))).iter())
    assert "&lt;marks" in contents or "&amp;" in contents
    assert "<lighthouse>" not in contents


def test_there_is_none_without_a_history_or_an_address(valid: KnowledgeBase) -> None:
    edition = edition_with_history(valid)
    assert "feed.xml" in exports(edition)
    assert "feed.xml" not in exports(edition_of(valid))
    assert "feed.xml" not in exports(replace(edition, address=""))
