"""KnowledgeBase -> where addresses lead at which a page stood before, and the manifest of those there are now."""

from collections.abc import Iterator, Mapping

from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase

_HEAD = (
    "# The addresses that were published. `stuntbook addresses` adds new ones; none may vanish without a word here.\n"
    "# films/old/ films/new/ has the one lead to the other. Without its line, an address may vanish.\n"
)


def redirects(knowledge: KnowledgeBase) -> Mapping[str, str]:
    """Every address at which there is no page any more -> the one to which it leads."""
    found = {
        f"{record.section}/{former}/": address_of(record)
        for record in knowledge.by_id.values()
        for former in record.former_ids
    }
    for each in knowledge.published:
        moved = knowledge.by_id.get(each.address.split("/")[1])
        if each.leads_to:
            found.setdefault(each.address, each.leads_to)
        elif moved:  # to the section of another kind
            found.setdefault(each.address, address_of(moved))
    return {old: new for old, new in found.items() if old not in pages(knowledge)}


def pages(knowledge: KnowledgeBase) -> dict[str, str]:
    """The address of every record and article, with its identifier."""
    return {address_of(each): each.id for each in knowledge.by_id.values()}


def manifest(knowledge: KnowledgeBase) -> str:
    """The manifest with all that is there now."""
    lines = sorted({*map(str, knowledge.published), *_addresses(knowledge)} - _bare(knowledge))
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _bare(knowledge: KnowledgeBase) -> set[str]:
    """The addresses of which the manifest says where they lead now."""
    return {each.address for each in knowledge.published if each.leads_to}


def _addresses(knowledge: KnowledgeBase) -> Iterator[str]:
    for address, identifier in pages(knowledge).items():
        yield address
        for statement in knowledge.statements.get(identifier, ()):
            yield from (f"{address}#{part.anchor}" for part in statement)
