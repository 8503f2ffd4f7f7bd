"""Proofs about published addresses: none vanishes without a page to which it leads."""

from collections.abc import Collection, Iterator

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.redirects import pages, redirects
from stuntbook.knowledge.statements import Statement
from stuntbook.reading.manifest import Published


def addresses_last(knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    """What was published is there still, or leads to what has taken its place."""
    here, leads_to = pages(knowledge), redirects(knowledge)
    known = {(each.address, each.anchor) for each in knowledge.published}
    replaced = {each.address for each in knowledge.published if each.leads_to}  # with all that was told there
    for each in knowledge.published:
        target = each.address if each.address in here else leads_to.get(each.address, "")
        if target.count("/") == 2 and target not in here and not each.anchor:
            yield _vanished_page(each, f"{target} is no page", here, known)
        elif not target and not each.anchor:
            message = f"{each.address} was published, and is not there any more"
            yield _vanished_page(each, message, here, known)
        elif each.anchor and target in here and each.address not in replaced:
            statements = [*_statements(knowledge, here[target])]
            if each.anchor not in {statement.anchor for statement in statements}:
                new = [s for s in statements if (each.address, s.anchor) not in known]
                yield _vanished_anchor(each, new)


def _statements(knowledge: KnowledgeBase, identifier: str) -> Iterator[Statement]:
    for statement in knowledge.statements.get(identifier, ()):
        yield from statement


def _vanished_page(
    published: Published, message: str, here: Collection[str], known: Collection[tuple[str, str]]
) -> Diagnostic:
    """A page that is gone; where only one new record of its kind is there, that may be what it is called now."""
    section, identifier, _ = published.address.split("/")
    new = [each.split("/")[1] for each in here if each.startswith(f"{section}/") and (each, "") not in known]
    whose = f'if "{new[0]}" is what it is called now, give it' if len(new) == 1 else "give the record that it is now"
    way = f"or write in this line where it leads: {published.address} {section}/"
    advice = f"{whose} `former_ids: [{identifier}]`; {way}"
    return Diagnostic(published.location, "vanished-address", message, advice)


def _vanished_anchor(published: Published, new: list[Statement]) -> Diagnostic:
    """An anchor that is gone; where only one new statement of its kind is there, that is what was reworded."""
    message = f"{published} was published, and its page has no such statement any more"
    alike = [each for each in new if published.anchor.startswith(f"{each.kind}-") and not each.value.id]
    removed = f"if it was removed for good, remove line {published.location.line} of {published.location.path}"
    if len(alike) == 1:
        advice = f"if it is this {alike[0].kind}, reworded, give it `id: {published.anchor}`; {removed}"
        return Diagnostic(alike[0].location, "vanished-anchor", message, advice)
    details = tuple(f"line {each.location.line}: {each.text}" for each in alike)
    advice = f"give the statement that it is now `id: {published.anchor}`; {removed}"
    return Diagnostic(published.location, "vanished-anchor", message, advice, details)
