"""KnowledgeBase -> what crawlers ask for: robots.txt (RFC 9309) and llms.txt (https://llmstxt.org)."""

from collections.abc import Iterator

from stuntbook.data.edition import Edition
from stuntbook.knowledge.addresses import address_of
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord


def robots_file(edition: Edition) -> bytes:
    """Everybody may read everything, and begins at the site map."""
    site_map = f"Sitemap: {edition.address}sitemap.xml\n" if edition.address else ""
    return f"User-agent: *\nAllow: /\n{site_map}".encode()


def llms_file(edition: Edition) -> bytes:
    """What there is, for a program that reads prose: a list of all pages, and of the data files."""
    return "\n".join(_overview(edition)).encode()


def _overview(edition: Edition) -> Iterator[str]:
    knowledge = edition.knowledge
    yield f"# {edition.name}\n"
    if edition.description:
        yield f"> {edition.description}\n"
    yield "Each statement rests on the exact words of articles; `status` says how well it is carried.\n"
    for name, kind in RECORD_KINDS.items():
        if knowledge.by_kind[name]:
            yield f"## {kind.section.capitalize()}\n"
            yield from (_link(edition, record) for record in knowledge.by_kind[name].values())
            yield ""
    yield "## Sources\n"
    yield from (_link(edition, source.article) for source in knowledge.sources.values())
    yield ""


def _link(edition: Edition, record: AnyRecord | Article) -> str:
    page = "" if "markdown" in edition.without else "index.md"
    summary = (
        "" if isinstance(record, Article) else " ".join(each.text for each in edition.knowledge.summary_of(record))
    )
    name = record.display_name.replace("[", r"\[").replace("]", r"\]")
    return f"- [{name}]({edition.address}{address_of(record)}{page}){': ' if summary else ''}{summary}"
