"""What articles call people and organisations, and whom each name can mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stuntbook.records.model import Agent, Person
from stuntbook.text.article_text import ArticleText
from stuntbook.text.folding import fold
from stuntbook.text.phrases import PhraseIndex


def names_of(agent: Agent) -> tuple[str, ...]:
    """What an article may call somebody: the name, of a person its last word, the aliases."""
    last = (agent.name.split()[-1],) if isinstance(agent, Person) else ()
    return (agent.name, *last, *agent.aliases)


@dataclass(frozen=True, slots=True)
class Names:
    """Names and the one person or organisation that each can mean."""

    owners: Mapping[str, str]
    """Per name, folded, the identifier."""
    index: PhraseIndex
    namesakes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Per last word of the names of several words, each such name, folded, with whose it is."""

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where names stand in a text, in order. Of two that overlap the first counts, and at one place the longer."""
        here = ArticleText(text)
        found = {(span.start, span.end) for name in self.index.within(here.folded) for span in here.find(name)}
        kept = [(0, 0)]
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if start >= kept[-1][1]:
                kept.append((start, end))
        return kept[1:]

    def owner(self, found: str) -> str:
        """The identifier of whom a name that was found means."""
        return self.owners[fold(found)]


def unambiguous(agents: Iterable[Agent]) -> Names:
    """The names that mean one person or organisation alone."""
    named: dict[str, set[str]] = defaultdict(set)
    namesakes: dict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for agent in agents:
        for name in map(fold, names_of(agent)):
            named[name].add(agent.id)
            if " " in name:
                namesakes[name.split()[-1]] += ((name, agent.id),)
    owners = {name: next(iter(each)) for name, each in named.items() if len(each) == 1}
    return Names(owners, PhraseIndex(owners), dict(namesakes))
