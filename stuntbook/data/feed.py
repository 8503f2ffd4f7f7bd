"""History -> an Atom feed (RFC 4287) of the newest changes: an entry a revision."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from stuntbook.data.edition import Edition
from stuntbook.diagnostics import plural
from stuntbook.knowledge.changes import Change
from stuntbook.knowledge.history import Edit

FEED = "feed.xml"
CHANGES = "changes/"
"""The address of the page that tells the same."""
_ENTRIES, _LISTED = 20, 50
_ATOM = "http://www.w3.org/2005/Atom"


def feed_file(edition: Edition) -> bytes:
    """The feed of an edition with an address and a history."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _text(feed, "id", f"{edition.address}{CHANGES}")
    _text(feed, "title", f"Changes of {edition.name}")
    _text(feed, "updated", edition.history.edits[0].revision.date)
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{edition.address}{FEED}")
    SubElement(feed, "link", rel="alternate", type="text/html", href=f"{edition.address}{CHANGES}")
    _text(SubElement(feed, "author"), "name", edition.name)
    for edit in edition.history.edits[:_ENTRIES]:
        _add_entry(feed, edition, edit)
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'.encode()


def anchor_of(edit: Edit) -> str:
    """Where the page of changes tells of a revision."""
    return f"revision-{edit.revision.commit[:12]}"


def _add_entry(feed: Element, edition: Edition, edit: Edit) -> None:
    entry, address = SubElement(feed, "entry"), f"{edition.address}{CHANGES}#{anchor_of(edit)}"
    _text(entry, "id", address)
    names = list(dict.fromkeys(change.name for change in edit.changes))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    title = SubElement(entry, "title", type="html")  # a name may hold what looks like a tag
    title.text = escape(f"{plural(len(edit.changes), 'change')}: {', '.join(names[:3])}{more}")
    _text(entry, "updated", edit.revision.date)
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    content = SubElement(entry, "content", type="html")
    content.text = f"<ul>{''.join(_items(edition, edit.changes))}</ul>"


def _items(edition: Edition, changes: tuple[Change, ...]) -> Iterator[str]:
    for each in changes[:_LISTED]:
        before = f" (before: {escape(each.before)})" if each.before else ""
        yield f"<li>{escape(each.name)}, {each.what}: {escape(each.text)}{before}</li>"
    if len(changes) > _LISTED:
        yield f"<li>{len(changes) - _LISTED} more</li>"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
