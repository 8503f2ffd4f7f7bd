"""An article and a book -> the records that are suggested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from stuntbook.editing.articles import slug
from stuntbook.editing.suggestions.entries import Entry, Proposal, cite_line, text_lines, value_line
from stuntbook.editing.suggestions.happenings import dated_in, harm_in, is_dangerous
from stuntbook.editing.suggestions.measuring import Measured, measures_in
from stuntbook.editing.suggestions.passages import cited, own_sentences, words_of
from stuntbook.editing.suggestions.people import others_in, people_in
from stuntbook.editing.suggestions.quoting import Quoted, quotes_in
from stuntbook.editing.suggestions.speaking import Mention, Speakers, mentions_in, says
from stuntbook.editing.suggestions.titles import titles_in
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.names import names_of
from stuntbook.knowledge.resolution import Source
from stuntbook.records.fields import ID_LENGTH, UNKNOWN
from stuntbook.records.model import Film, Person, Stunt
from stuntbook.text.article_text import ArticleText, Span, overlapping
from stuntbook.text.folding import fold

_TODO_SPEAKER = "  # TODO: who says this?"
_TODO_WHAT = "what: …  # TODO: of what is it?"
_MARK = re.compile(r"[\\`*_\[\]]")
_MOST_AROUND, _FEW_AROUND = 9, 3
"""A sentence that has no more words around its quotes says only who says them; the few need no verb of saying."""
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "preparation",
        re.compile(r"\b(?:train|rehears|plann|prepar|built|design|probte|vorbereit|gespannt)", re.IGNORECASE),
    ),
    ("release", re.compile(r"\b(?:theat(?:er|re)s|cinemas?|premier|releas|in die Kinos?)\b", re.IGNORECASE)),
    (
        "performance",
        re.compile(r"\b(?:jump|leap|leapt|fell|climb|rolled|flew|drove|sprang|fuhr|flog)\w*\b", re.IGNORECASE),
    ),
)
"""In which part of a story a sentence may belong, by its words; in `background` where they do not tell."""


def newcomers(source: Source, knowledge: KnowledgeBase) -> list[Proposal]:
    """The films and people whom an article names and the book does not know."""
    titles = [
        each for each in titles_in(source.text, source.article.body) if not overlapping(each[0], source.boilerplate)
    ]
    known = {fold(name) for film in knowledge.films.values() for name in (film.title, *film.aliases)}
    known |= {fold(name) for agent in knowledge.agents.values() for name in names_of(agent)}
    films = {fold(name): name for _, name in titles if fold(name) not in known}
    left_out = [*source.boilerplate, *(span for span, _ in titles)]
    people = people_in(source.text, source.article.main_language, left_out, source.article.publisher)
    taken = set(knowledge.by_id)
    proposals = [_named(Film, name, (), taken) for name in films.values()]
    return proposals + [
        _named(Person, each.name, each.aliases, taken) for each in people if fold(each.name) not in known
    ]


def _named(kind: type[Film | Person], name: str, aliases: tuple[str, ...], taken: set[str]) -> Proposal:
    listed = f"aliases: [{', '.join(aliases)}]"
    lines = (value_line("title" if kind is Film else "name", name), *([listed] if aliases else ()))
    return Proposal(kind.section, free_id(slug(name), taken), lines)


def free_id(wanted: str, taken: set[str]) -> str:
    """An identifier that nothing has yet; it is taken then."""
    wanted = wanted[: ID_LENGTH - 4].strip("-") or "somebody"
    found = next(
        each for number in range(1, 1000) if (each := wanted if number == 1 else f"{wanted}-{number}") not in taken
    )
    taken.add(found)
    return found


def stunt_of(source: Source, knowledge: KnowledgeBase) -> Proposal:
    """A record with all that an article tells, for a person to divide and to reword."""
    return _Reading(source, knowledge).proposal()


@dataclass(frozen=True)
class _Reading:
    """An article as it is read beside a book that knows whom it names."""

    source: Source
    knowledge: KnowledgeBase

    @property
    def text(self) -> ArticleText:
        return self.source.text

    @property
    def language(self) -> str:
        return self.source.article.main_language

    @cached_property
    def sentences(self) -> list[Span]:
        return own_sentences(self.text, (*self.source.boilerplate, *filter(None, self.source.left_out)))

    @cached_property
    def unused(self) -> list[Span]:
        """The sentences on which no statement rests yet."""
        used = [each.span for each in self.knowledge.cited[self.source.article.id]]
        return [each for each in self.sentences if not any(each.overlaps(other) for other in used)]

    @cached_property
    def speakers(self) -> Speakers:
        return Speakers(self.knowledge, self.text, self.sentences)

    @cached_property
    def named(self) -> list[Mention]:
        """Everybody and everything of the book that the article names."""
        named = {
            fold(name): record.id
            for record in self.knowledge.records
            if isinstance(record, Film | Stunt)
            for name in (record.display_name, *record.aliases)
        }
        titled = mentions_in(self.text, named)
        free = [each for each in self.speakers.mentions if not any(each.span.overlaps(other.span) for other in titled)]
        return sorted([*titled, *free], key=lambda each: each.span)

    @cached_property
    def quotes(self) -> list[Quoted]:
        titles = [span for span, _ in titles_in(self.text, self.source.article.body)]
        found = quotes_in(self.text, self.speakers, titles)
        return [each for each in found if any(sentence.overlaps(each.parts[0]) for sentence in self.unused)]

    def proposal(self) -> Proposal:
        article = self.source.article
        films = dict.fromkeys(each.owner for each in self.named if each.owner in self.knowledge.films)
        lines = [f"{value_line('title', article.display_name)}  # TODO: a title that a reader would look for"]
        if len(films) == 1:
            lines.append(
                f"film: {next(iter(films))}  # TODO: is it? Then cite the words that say so: {{id: …, cite: …}}"
            )
        elif films:
            lines.append(f"# TODO: film: one of {', '.join(films)}")
        if names := self._others():
            lines.append(f"# TODO: what are these? {', '.join(names)}")
        stunts = dict.fromkeys(each.owner for each in self.named if each.owner in self.knowledge.stunts)
        lines += [f"# The article names {each}: move there what belongs to it." for each in stunts]
        identifier = free_id(f"{article.id}-stunt", set(self.knowledge.by_id))
        return Proposal(Stunt.section, identifier, tuple(lines), tuple(self._entries()))

    def _others(self) -> list[str]:
        titles = [span for span, _ in titles_in(self.text, self.source.article.body)]
        people = [name for agent in self.knowledge.agents.values() for name in names_of(agent)]
        return others_in(self.text, self.language, titles, [*people, self.source.article.publisher])

    def _entries(self) -> Iterator[Entry]:
        yield from self._measures()
        yield from map(self._quote, self.quotes)
        told: set[Span] = set()
        for sentence in self.unused:
            found = [*self._events(sentence), *self._injuries(sentence), *self._risks(sentence)]
            told.update([sentence] if found else [])
            yield from found
        rest = [each for each in self.unused if each not in told]
        plain = [each for each in rest if not self._is_quoted(each)]
        linked = {each.owner for each in self.named if any(other.contains(each.span) for other in (*plain, *told))}
        linked |= {name for quote in self.quotes for name in (quote.speaker, quote.via) if name}
        # Whoever is named beside a quote alone is linked from there.
        alone = (each for each in self.named if each.owner not in linked)
        plain += dict.fromkeys(other for each in alone for other in rest if other.contains(each.span))
        yield from map(self._sentence, sorted(plain))

    # --- Quotes

    def _quote(self, quote: Quoted) -> Entry:
        entry = self._quote_by(quote)
        instead = self._quote_by(replace(quote, speaker=UNKNOWN)) if quote.speaker != UNKNOWN else None
        return replace(entry, instead=instead)

    def _quote_by(self, quote: Quoted) -> Entry:
        lines = [_speaking("speaker", quote.speaker)]
        if quote.via:
            lines.append(_speaking("via", quote.via))
        within = [next(iter(self.text.quotations_around(part)), part) for part in quote.parts]
        passages = [cited(self.text, part, bounds) or part for part, bounds in zip(quote.parts, within, strict=True)]
        return Entry(("quotes",), (*lines, *self._cite(*passages)))

    def _is_quoted(self, sentence: Span) -> bool:
        """Whether a sentence says nothing beside the quotes in it, and who says them."""
        parts = [part for quote in self.quotes if quote.via is None for part in quote.parts if part.overlaps(sentence)]
        kept = list(self.text.body[sentence.start : sentence.end])
        for part in parts:
            start, end = (max(0, each - sentence.start) for each in (part.start, part.end))
            kept[start:end] = " " * len(kept[start:end])
        rest = re.findall(r"\w+", "".join(kept))
        return bool(parts) and len(rest) <= (_MOST_AROUND if says("".join(kept)) else _FEW_AROUND)

    def _speaker_at(self, span: Span) -> str | None:
        """Who says what stands in quotation marks; None for the article's own words."""
        if not self.text.quotations_around(span):
            return None
        said = (quote for quote in self.quotes if any(part.overlaps(span) for part in quote.parts))
        return next((quote.speaker for quote in said), UNKNOWN)

    # --- Measures

    def _measures(self) -> Iterator[Entry]:
        found: dict[tuple[object, ...], tuple[Measured, Span]] = {}
        for sentence in self.unused:
            for each in measures_in(self.text, sentence, self.source.article.language):
                found.setdefault((each.quantity, each.value, each.unit, each.limit), (each, sentence))
        # Of two durations the first is kept, and a stunt lasts minutes rather than months.
        for each, sentence in sorted(found.values(), key=lambda pair: pair[0].is_long):
            measure = self._measure(each, sentence)
            has_another = sum(other.quantity == each.quantity for other, _ in found.values()) > 1
            apart = replace(self._measure(each, sentence, _TODO_WHAT), is_comment=True)
            yield replace(measure, instead=apart) if has_another else measure

    def _measure(self, found: Measured, sentence: Span, *what: str) -> Entry:
        lines = [f"quantity: {found.quantity}", *what, f"value: {found.value}"]
        lines += [f"unit: {found.unit}"] if found.unit else []
        lines += [f"qualifier: {found.limit}"] if found.limit else []
        speaker = self._speaker_at(found.span)
        lines += [_speaking("by", speaker)] if speaker else []
        passage = cited(self.text, found.span, sentence) or cited(self.text, found.span) or found.span
        return Entry(("measures",), (*lines, *self._cite(passage)))

    # --- Sentences

    def _events(self, sentence: Span) -> Iterator[Entry]:
        if dated := dated_in(self.text, sentence, self.language):
            head = (f"kind: {dated.kind}", f'when: "{dated.when}"')
            yield Entry(("events",), (*head, *self._told(sentence)), self._sentence(sentence))

    def _injuries(self, sentence: Span) -> Iterator[Entry]:
        people = [each for each in self.speakers.mentions if each.owner in self.knowledge.people]
        for harm in harm_in(self.text, sentence, people, self.language):
            parts = harm.parts[0] if len(harm.parts) == 1 else f"[{', '.join(harm.parts)}]"
            head = (f"person: {harm.person}", f"body_part: {parts}")
            yield Entry(("injuries",), (*head, *self._told(sentence)), self._sentence(sentence))

    def _risks(self, sentence: Span) -> Iterator[Entry]:
        if is_dangerous(self.text, sentence) and not self._is_quoted(sentence):
            yield Entry(("risks",), tuple(self._told(sentence)), self._sentence(sentence))

    def _sentence(self, sentence: Span) -> Entry:
        words = words_of(self.text, sentence)
        part = next((each for each, sign in _PARTS if sign.search(words)), "background")
        return Entry(("story", part), tuple(self._told(sentence)))

    def _told(self, sentence: Span) -> list[str]:
        """The sentence as the article has it, for a person to reword, with the words that it rests on."""
        return [*text_lines("text", self._linked(sentence)), *self._cite(cited(self.text, sentence) or sentence)]

    def _linked(self, sentence: Span) -> str:
        """A sentence in which the first mention of everybody and everything leads to the record."""
        pieces: list[str] = []
        position, linked = sentence.start, set[str]()
        for each in self.named:
            if sentence.contains(each.span) and each.owner not in linked and each.span.start >= position:
                linked.add(each.owner)
                name = " ".join(self.text.text(each.span).split())
                pieces += self._plain(position, each.span.start), f"[[{each.owner}|{name}]]"
                position = each.span.end
        return " ".join("".join((*pieces, self._plain(position, sentence.end))).split())

    def _plain(self, start: int, end: int) -> str:
        return _MARK.sub(r"\\\g<0>", self.text.text(self.text.span(start, end)))

    def _cite(self, *passages: Span) -> list[str]:
        return cite_line(self.source.article.id, [words_of(self.text, each) for each in passages])


def _speaking(key: str, speaker: str) -> str:
    return f"{key}: {speaker}{_TODO_SPEAKER if speaker == UNKNOWN else ''}"
