"""Who says a thing, as far as an article tells: behind a quotation, before it, in reported speech or in an interview.

Verbs of saying are known in English, French and German.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from stuntbook.knowledge.names import STRANGER, Mention, Names
from stuntbook.text.article_text import ArticleText, Span
from stuntbook.text.folding import fold
from stuntbook.text.markup import UNSEEN


@dataclass(frozen=True, slots=True)
class Attribution:
    """To whom an article gives certain words."""

    owners: frozenset[str]
    """Identifiers of all whom it may mean, `STRANGER` among them; none where it can't be told whom it means."""
    words: str
    """The article's words that say so."""
    place: Literal["behind", "in the sentence", "before"] = "in the sentence"
    """Where it says so; `before` is who is named before, perhaps meant by a pronoun."""


_VERBS = (
    "add(?:s|ed)?|admit(?:s|ted)?|announc(?:es?|ed)|ask(?:s|ed)?|call(?:s|ed)|claim(?:s|ed)?|confirm(?:s|ed)?|"
    "continu(?:es?|ed)|declar(?:es?|ed)|describ(?:es|ed)|detail(?:s|ed)|explain(?:s|ed)?|insist(?:s|ed)?|jok(?:es?|ed)|not(?:es|ed)|"
    "point(?:s|ed)? out|promis(?:es|ed)|recall(?:s|ed)?|remark(?:s|ed)?|repl(?:y|ies|ied)|report(?:s|ed)?|"
    "reveal(?:s|ed)?|said|says?|shar(?:es|ed)|stat(?:es|ed|ing)|tells?|told|tweet(?:s|ed)|writes?|wrote|"
    "remember(?:s|ed)?|puts?|argu(?:es?|ed)|observ(?:es?|ed)|warn(?:s|ed)?|laugh(?:s|ed)?|shout(?:s|ed)?|"
    "yell(?:s|ed)?|whisper(?:s|ed)?|quip(?:s|ped)|conced(?:es?|ed)|agree[sd]?|den(?:y|ies|ied)|complain(?:s|ed)?|"
    "suggest(?:s|ed)?|reckon(?:s|ed)?|acknowledg(?:es?|ed)|believe[sd]?|think|thinks|thought|blame[sd]?|read|reads|"
    "answer(?:s|ed)?|mutter(?:s|ed)?|sigh(?:s|ed)?|reflect(?:s|ed)?|boast(?:s|ed)?|went on|goes on|estimate[sd]?|"
    "sagt(?:e)?|erzählt(?:e)?|erklärt(?:e)?|meint(?:e)?|schreibt|schrieb|berichtet(?:e)?|erinnert(?:e)?|betont(?:e)?|"
    "ergänzt(?:e)?|fügt(?:e)? hinzu|scherzt(?:e)?|gibt zu|gab zu|behauptet(?:e)?|verrät|verriet|versichert(?:e)?|"
    "dit|raconte|explique|affirme|confie|ajoute|déclare|lance|assure|précise|reconnaît|(?:se )?souvient|résume|"
    "plaisante"
)
_ADVERBS = (
    r"(?:(?:\w+ly|later|once|then|also|has|had|have|always|often|now|still|would|used to|never|auch|später|noch)\s+)*"
)
_SAYS = re.compile(rf"\s+{_ADVERBS}(?:{_VERBS})\b")
_TELLS = re.compile(rf"\s+(?:\w+\s+){{0,3}}?(?:{_VERBS})\b")
_VERB_FIRST = re.compile(rf"(?:so\s+)?{_ADVERBS}(?:{_VERBS}|gibt|gab|fügte?|räumte?)\b(?:\s+(?:sich|s['’]))?")
_VERB_LATER = re.compile(rf"(?:as\s+)?(?P<subject>[^\n:;]{{1,70}}?)\s+{_ADVERBS}(?:{_VERBS})\b")
_ACCORDING = re.compile(r"\b(?:according to|in the words of|laut|selon|d['’]après)\s+$", re.IGNORECASE)
_ACCORDING_REACH = 40
"""Within how many characters before a name it stands; a search of all before each of many names would take minutes."""
_ACCORDING_FIRST = re.compile(r"(?:according to|in the words of|laut|so|selon|d['’]après)\s+")
_LEAD = re.compile(rf"[\"'”’»›“‘)\]{UNSEEN}\s]*[,!?…]*[\"'”’»›“‘)\]{UNSEEN}]*\s*[-–—]?\s*")
"""What stands between a quotation and the words that give it to somebody."""
_PRONOUN = re.compile(r"(?:he|she|they|er|sie|il|elle)\b", re.IGNORECASE)
_PRONOUNS = re.compile(r"\b(?:he|she|they|er|sie|il|elle)\b", re.IGNORECASE)
_INVERTED = re.compile(r"\w+(?=-(?:t-)?$)")
"""`dit-il`"""
_PRONOUN_FIRST = re.compile(r"\W*(?:She|He|Sie|Er|Il|Elle)\b")
_RELATIVE = re.compile(r"(?:which|where)\b")
"""What goes on behind a quotation without a word of who says it."""
_COLON = re.compile(r"(?:,[^.!?\n]{0,60})?\s*[:：]\W*$")
"""Behind a name that begins a sentence, what makes the rest of it that person's."""
_SELF = re.compile(r"\bI\b")
_OPENING = f" \n\"'“„«‘‚{UNSEEN}"
_TO_QUOTATION = re.compile(r"[^.!?]{0,60}$")
"""What stands between a verb of saying and the quotation that belongs to it."""
_CONJUNCTIONS = "while|but|and|when|as|before|after|because|und|aber|während|als|et|mais"
_PREPOSITIONS = "of|to|about|for|with|by|from|at|in|over|on|von|über|zu|zum|de|du|à"
_DESCRIPTORS = re.compile(rf"(?:(?!(?:{_CONJUNCTIONS}|{_PREPOSITIONS})\b)[\w'’.-]+[ ,\n]+){{0,7}}")
"""What may stand between a verb and a name that belongs to it: `said the film's director, Ash`."""
_FULL_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){0,3}?(?P<name>[A-ZÀ-Þ][\w'’-]+(?:[ \n][A-ZÀ-Þ][\w'’-]+)+)(?!\w)")
_UNNAMED = re.compile(r"(?:an?|one|another|some|several|ein(?:e[rn]?)?|une?)\s+(?=\w)", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:the|his|her|their|its|der|die|das|sein|seine|ihr|ihre|le|la|son|sa)\s+(?P<what>[\w'’ -]{2,50})", re.I
)
_GROUPS = (
    "Doctors|Police|Witnesses|Officials|Organisers|Organizers|Producers|Insiders|Sources|Fans|Friends|Colleagues|Medics|"
    "Paramedics|Rescuers|Critics|Onlookers|Bystanders|Neighbours|Experts|Ärzte|Zeugen|Kollegen|Die Polizei|The police"
)
_UNNAMED_SAYS = re.compile(
    rf"\W*(?:(?:An?|One|Another|Some|Several|Ein|Eine)\s[^,.;:]{{2,70}}?|(?:{_GROUPS})|[A-Z][a-z]+s(?=\s+say\b))"
    rf"\s+{_ADVERBS}(?:{_VERBS})\b"
)
_GENITIVE = re.compile(r"['’]s?\s")
_SENTENCE_START = re.compile(rf"[.!?:]['\"”’)\]{UNSEEN}]*\s+(?=['\"“‘(\[{UNSEEN}]*[A-ZÀ-Þ])|[。！？]|\n\s*\n")
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_LABEL = re.compile(
    rf"^[{UNSEEN}\"“ ]{{0,6}}(?P<name>[^\W\d_][^:\n{UNSEEN}.,;]{{0,40}}){UNSEEN}*[:：]{UNSEEN}*(?=\s|$)", re.MULTILINE
)
"""What begins a line that is somebody's in an interview or a play."""
_REACH = 400
"""So many characters a sentence has at most where it is looked for who says it."""

_UNTOLD = Attribution(frozenset(), "")
"""Somebody says it, and it can't be told who."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Finds whom an article names as those who say certain words."""

    text: ArticleText
    names: Names

    def of_quotation(self, quotation: Span) -> Attribution | None:
        """To whom the article gives a quotation, if it names anybody."""
        if behind := self._behind(quotation):
            return behind if behind.place == "before" else replace(behind, place="behind")
        return self._introduced(quotation) or self.answering(quotation) or self._last_named(quotation)

    def sentence_before(self, span: Span) -> str:
        """The sentence of a passage, up to its end, or to the quotation in which it stands."""
        around = self.text.quotations_around(span)
        end = around[0].start if around else span.end
        words = self.text.body[max(0, end - _REACH) : end]
        return words[_last_sentence(words) :]

    def within(self, quotation: Span, inner: Span) -> Attribution | None:
        """To whom the words of a quotation give another one that stands in it."""
        start = max(quotation.start, inner.start - _REACH)
        sentence = start + _last_sentence(self.text.body[start : inner.start])
        return self._stated_before(sentence, inner.start, self.names.between(self.text, sentence, inner.start))

    def of_report(self, span: Span) -> Attribution | None:
        """Who says something in reported speech, in the passage itself or before it in its sentence."""
        if answering := self.answering(span):
            return answering
        start = max(0, span.end - _REACH)
        sentence = start + _last_sentence(self.text.body[start : span.end])
        words = self.text.body[sentence : span.end]
        mentions = self.names.between(self.text, sentence, span.end)
        for each in mentions:
            if _ACCORDING.search(self.text.body, max(sentence, each.start - _ACCORDING_REACH), each.start):
                return self._by(each, each.end)
        if (unnamed := _UNNAMED_SAYS.match(words)) and not self.names.between(
            self.text, sentence, sentence + unnamed.end()
        ):
            return Attribution(frozenset((STRANGER,)), unnamed[0].strip())
        pronoun = _PRONOUN_FIRST.match(words)
        if pronoun and (verb := _SAYS.match(words, pronoun.end())):
            return self._meant_by_pronoun(sentence, words[: verb.end()].strip(), frozenset())
        return self._first_saying(mentions, _TELLS)

    def answering(self, span: Span) -> Attribution | None:
        """Who gives the answer of an interview that a stretch stands in: a line before it begins with the name."""
        labels = _labels(self.text.body)
        place = bisect_left(labels, span.start + 1, key=lambda each: each[0]) - 1
        if place < 0 or (place == len(labels) - 1 and self._paragraph(labels[place][0]) != span.paragraph):
            return None  # behind the last answer the article may go on in its own words
        label = labels[place][1]
        owners = self.names.shared.get(fold(label)) or frozenset(filter(None, (self.names.owners.get(fold(label)),)))
        if owners:
            return Attribution(owners, f"{label}:")
        is_interview = len(labels) > 1 and self._paragraph(labels[place][0]) == span.paragraph
        return Attribution(frozenset(), f"{label}:") if is_interview and _is_short(label) else None

    def _paragraph(self, position: int) -> int:
        return self.text.span(position, position).paragraph

    # --- Behind a quotation

    def _behind(self, quotation: Span) -> Attribution | None:
        """Whom the words behind a quotation give it to: `,” Ellison said` or `,” said Ellison`."""
        body, start = self.text.body, quotation.end
        # A quotation that ends its sentence is not gone on with: `"He is good." Tamburin wrote the part.`
        if body[start - 1] in ".。" and body[start - 3 : start] != "...":
            return None
        clause = _SENTENCE_START.split(_PARAGRAPH_END.split(body[start : start + 160], maxsplit=1)[0], maxsplit=1)[0]
        lead = _LEAD.match(clause)
        here = start + (lead.end() if lead else 0)
        words = clause[here - start :]
        if according := _ACCORDING_FIRST.match(words):
            return self._object(here + according.end(), start + len(clause)) or _UNTOLD
        if verb := _VERB_FIRST.match(words):
            if inverted := self._object(here + verb.end(), start + len(clause), quotation):
                return inverted
        elif later := _VERB_LATER.match(words):
            said = here + later.end("subject"), here + later.end()
            return self._subject(here + later.start("subject"), *said, quotation)
        goes_on = body[start - 1] in ",，" or "," in body[start:here]
        return self._by_another_verb(here, start + len(clause), quotation) if goes_on and words else None

    def _by_another_verb(self, start: int, end: int, quotation: Span) -> Attribution | None:
        """Who stands first behind a quotation that goes on in its sentence: `,” Ash muses`, `,” grins Ash`."""
        words = self.text.body[start:end]
        if _RELATIVE.match(words):
            return None
        if pronoun := _PRONOUN.match(words):
            return self._meant_by_pronoun(quotation.start, pronoun[0], self._named_in(quotation), quotation)
        first = next(iter(self.names.between(self.text, start, end)), None)
        if first and _DESCRIPTORS.fullmatch(self.text.body, start, first.start):
            return self._by(first, first.end)
        return _UNTOLD

    def _object(self, start: int, end: int, quotation: Span | None = None) -> Attribution | None:
        """Who stands behind a verb of saying, or behind `according to`."""
        body = self.text.body
        start += len(body[start:end]) - len(body[start:end].lstrip(f"- {UNSEEN}\n"))
        words = body[start:end]
        if quotation and _PRONOUN.match(words):
            return self._meant_by_pronoun(quotation.start, words.strip(), self._named_in(quotation), quotation)
        for mention in self.names.between(self.text, start, end)[:1]:
            if _DESCRIPTORS.fullmatch(body, start, mention.start):
                return self._by(mention, mention.end)
        return self._unknown(words)

    def _subject(self, start: int, end: int, verb_end: int, quotation: Span) -> Attribution | None:
        """Who stands before a verb of saying."""
        subject, words = self.text.body[start:end], self.text.body[start:verb_end]
        if _PRONOUN.fullmatch(subject.strip()):
            return self._meant_by_pronoun(quotation.start, words.strip(), self._named_in(quotation), quotation)
        mentions = self.names.between(self.text, start, end)
        if mentions and _DESCRIPTORS.fullmatch(self.text.body, start, mentions[0].start):
            first = self._by(mentions[0], verb_end)
            joined = " and " in subject or " und " in subject
            return Attribution(first.owners.union(*(each.owners for each in mentions)), words) if joined else first
        return self._unknown(subject)

    def _by(self, mention: Mention, end: int) -> Attribution:
        if _GENITIVE.match(self.text.body, mention.end):
            return _UNTOLD  # her sister, his coach
        return Attribution(mention.owners, " ".join(self.text.body[mention.start : end].split()).strip("\"'”’,. "))

    def _unknown(self, words: str) -> Attribution | None:
        """Somebody whom the article does not name, or by a name that is nobody's in the book."""
        words = words.strip()
        if _UNNAMED.match(words):
            return Attribution(frozenset((STRANGER,)), words)
        if described := _DESCRIBED.match(words):
            return self._described(described["what"].split()[-1], words)
        if full := _FULL_NAME.match(words):
            known = [self.names.words.get(fold(word), frozenset()) for word in full["name"].split()]
            return Attribution(frozenset((STRANGER,)).union(*known), words)
        return _UNTOLD if words[:1].isupper() else None

    def _described(self, what: str, words: str) -> Attribution:
        """Who is meant by `the technician`: whomever the article calls that, or somebody whom it never names."""
        body, head = self.text.body, re.escape(what)
        called = frozenset[str]().union(
            *(
                each.owners
                for each in self.names.mentions(self.text)
                if re.search(rf"\b{head},?[ \n]$", body[max(0, each.start - 60) : each.start])
                or re.match(rf",?\s+(?:[\w'’-]+\s+){{0,5}}{head}\b", body[each.end : each.end + 80])
            )
        )
        if called:
            return Attribution(called, words)
        is_unnamed = re.search(rf"\b(?:an?|one|another)\s+(?:[\w-]+\s+){{0,3}}{head}\b", body, re.IGNORECASE)
        return Attribution(frozenset((STRANGER,)), words) if is_unnamed else _UNTOLD

    # --- Before a quotation

    def _introduced(self, quotation: Span) -> Attribution | None:
        """Who says something in the sentence of a quotation, before it: `Ash noted that … "…"`, `according to Ash`."""
        start, before = self._before(quotation)
        introduction = before.rstrip(_OPENING)
        sentence = start + _last_sentence(introduction if introduction.endswith(":") else before)
        mentions = [each for each in self._outside(quotation, start, before) if each.start >= sentence]
        return self._stated_before(sentence, quotation.start, mentions, before[sentence - start :])

    def _stated_before(
        self, sentence: int, end: int, mentions: Iterable[Mention], words: str | None = None
    ) -> Attribution | None:
        words = self.text.body[sentence:end] if words is None else words
        mentions = list(mentions)
        for each in mentions:
            if _ACCORDING.search(words, max(0, each.start - sentence - _ACCORDING_REACH), each.start - sentence):
                return self._by(each, each.end)
        labels = (each for each in mentions[:1] if each.start == sentence)
        if said := self._first_saying(mentions[::-1], _SAYS) or self._first_saying(labels, _COLON, end):
            return said
        if _saying(words, _SELF) is not None:
            return self.answering(self.text.span(end, end)) or _UNTOLD
        if (pronoun := _saying(words, _PRONOUNS)) is not None:
            return self._meant_by_pronoun(sentence + pronoun, words[pronoun:].strip(), frozenset())
        if (unnamed := _UNNAMED_SAYS.match(words)) and not mentions:
            return Attribution(frozenset((STRANGER,)), unnamed[0].strip())
        return None

    def _first_saying(
        self, mentions: Iterable[Mention], says: re.Pattern[str], end: int | None = None
    ) -> Attribution | None:
        """The first of the names behind which the text says that the person says something."""
        for each in mentions:
            if verb := says.match(self.text.body, each.end, len(self.text.body) if end is None else end):
                return self._by(each, verb.end())
        return None

    def _last_named(self, quotation: Span) -> Attribution | None:
        """Who is named in the sentence that names anybody last before a quotation."""
        start, before = self._before(quotation)
        return self._nearest(start, before, self._outside(quotation, start, before), "", self._named_in(quotation))

    def _meant_by_pronoun(
        self, position: int, words: str, excepted: frozenset[str], quotation: Span | None = None
    ) -> Attribution:
        """Whom a pronoun may mean: those whom the sentence before it names, or an earlier one of its paragraphs."""
        within = quotation or self.text.span(position, position)
        start, before = self._before(within)
        mentions = self._outside(within, start, before)
        return self._nearest(start, before, mentions, words, excepted) or _UNTOLD

    def _nearest(
        self, start: int, before: str, mentions: list[Mention], words: str, excepted: frozenset[str]
    ) -> Attribution | None:
        """All whom the last sentence with names names, but for those of whom the quoted words speak.

        A sentence that begins with a pronoun may go on to speak of those whom the one before it names.
        """
        ends = [0, *(match.end() for match in _SENTENCE_START.finditer(before))]
        for sentence in reversed(ends):
            named = [each for each in mentions if each.start >= start + sentence]
            goes_on = _PRONOUN_FIRST.match(before, sentence) and any(each.start < start + sentence for each in mentions)
            if named and not goes_on:
                owners = frozenset[str]().union(*(each.owners for each in named))
                said = self.text.body[named[-1].start : named[-1].end]
                return Attribution(
                    owners - excepted or owners, words or said, place="in the sentence" if words else "before"
                )
        return None

    def _named_in(self, quotation: Span) -> frozenset[str]:
        """All of whom quoted words speak, by any word of their names: nobody calls himself by his name."""
        words = fold(self.text.body[quotation.start : quotation.end]).split()
        of_words = (self.names.words.get(word.strip(".,;:!?\"'"), frozenset()) for word in words if word[:1].isupper())
        return frozenset[str]().union(*of_words)

    def _outside(self, quotation: Span, start: int, before: str) -> list[Mention]:
        """The names before a quotation that stand in no other."""
        mentions = self.names.between(self.text, start, quotation.start)
        return [each for each in mentions if not before[each.start - start].isspace()]

    def _before(self, quotation: Span) -> tuple[int, str]:
        """The paragraph up to a quotation and the one before it, with all other quotations left out; and its start."""
        text = self.text
        start = text.paragraph_bounds(quotation.paragraph - 1)[0]
        kept = list(text.body[start : quotation.start])
        first = bisect_left(
            text.quotations, text.paragraph_bounds(quotation.paragraph - 2)[0], key=lambda each: each.start
        )
        for other in text.quotations[first : bisect_left(text.quotations, quotation.start, key=_start)]:
            if start < other.end <= quotation.start:
                for position in range(max(other.start, start), other.end):
                    # A full stop ends the sentence around the quotation too.
                    ends = position == other.end - 1 and text.body[position] in ".!?"
                    kept[position - start] = text.body[position] if ends or text.body[position] == "\n" else " "
        return start, "".join(kept)


def _start(span: Span) -> int:
    return span.start


def _saying(words: str, who: re.Pattern[str]) -> int | None:
    """Where the one stands who says, in the words before a quotation, what is quoted."""
    for each in who.finditer(words):
        verb = _SAYS.match(words, each.end())
        if verb and _TO_QUOTATION.match(words, verb.end()):
            return each.start()
        inverted = _INVERTED.search(words, 0, each.start())
        if inverted and _VERB_FIRST.fullmatch(inverted[0]):
            return inverted.start()
    return None


def _last_sentence(text: str) -> int:
    """Where the last sentence of a text begins."""
    return max((match.end() for match in _SENTENCE_START.finditer(text)), default=0)


def _is_short(label: str) -> bool:
    return len(label.split()) <= 3 and label[:1].isupper()


@lru_cache(maxsize=64)  # many statements cite one article
def _labels(body: str) -> list[tuple[int, str]]:
    """What begins lines as in an interview, each with where it stands."""
    return [(match.start(), match["name"].strip()) for match in _LABEL.finditer(body)]
