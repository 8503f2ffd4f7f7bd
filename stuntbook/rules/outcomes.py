"""Judgements about how an injury ended: the words that are cited for it, or for what followed, say so."""

import re
from collections.abc import Iterator, Mapping

from stuntbook.diagnostics import Diagnostic
from stuntbook.knowledge.base import Finding, KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.records.model import AnyRecord
from stuntbook.records.stated import Injury, Outcome
from stuntbook.records.unit_names import knows_words_of

_WORK = r"(?:the |his |her |their )?(?:set|work|job|filming|shooting|shoot|stage|show|training|driving|stunts?)"
_WORDS: Mapping[Outcome, str] = {
    "recovered": r"recovered|(?:full|complete|speedy|good) recovery|heal(?:ed|s)|mended|(?:fully|quite) fit|fit again|"
    r"well again|back to (?:full )?health|erholt|genesen|(?:ver|aus)?heilte?n?|(?:ver|aus)?geheilt|verheilt|"
    r"(?:wieder|völlig) gesund",
    "returned to work": rf"return(?:ed|s) to {_WORK}|back (?:on|at|to|in) {_WORK}|back in front of the camera|"
    rf"resum(?:ed|es) {_WORK}|work(?:ed|s) (?:again|on the)|(?:kept|went on|carried on) (?:working|filming|shooting)|"
    r"wieder (?:am Set|vor der Kamera|bei der Arbeit|gearbeitet|gedreht)|"
    r"(?:arbeitete?n?|drehte?n?|stand(?:en)?) (?:\w+ )?wieder|kehrte[nr]? (?:[\w]+ ){0,3}zurück",
    "permanent": r"permanent(?:ly)?|for (?:the rest of (?:his|her|their) )?life|lifelong|never (?:\w+ )?recovered|"
    r"paraly[sz]ed|paraplegic|quadriplegic|amputat\w+|disabled|lost (?:the use of |the sight in )?(?:an?|one|his|her) "
    r"(?:leg|arm|hand|foot|eye|finger|toe|thumb)|blind(?:ed)? in|bleibende[nrs]?|dauerhaft\w*|"
    r"(?:querschnitt\w*)?gelähmt|lebenslang\w*|amputiert",
    "death": r"died|dies|dead|deaths?|kill(?:ed|s)|fatal(?:ly|ity)?|lost (?:his|her|their) li(?:fe|ves)|perished|"
    r"starb(?:en)?|gestorben|verstarb(?:en)?|verstorben\w*|tot|tote[nr]?|tödlich\w*|Tod(?:es)?|ums Leben|getötet",
}
"""What says in English and German that an injury ended so."""
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nor|nobody|nearly|almost|could|might|may|should|would|will|yet|hop\w+|expect\w+|without|"
    r"cannot|if|until|unless|fear\w*|danger|risk\w*|threat\w*|nicht|nie|niemals|kein\w*|niemand|fast|beinahe|soll\w*|"
    r"wird|werden|wäre\w*|hätte\w*|könnte\w*|hofft\w*|noch)|n[’']t)\b[^.!?;]{0,40}$",
    re.IGNORECASE,
)
"""Before such words, what says that it did not end so, or not yet."""


def outcomes_are_stated(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Finding]:
    """What became of an injury stands in the words for it, or for one of its consequences."""
    for statement in knowledge.statements_of(record):
        outcome = statement.value.outcome if isinstance(statement.value, Injury) else None
        if outcome and _is_unsaid(outcome, list(_cited(knowledge, statement))):
            message = f'the words cited for this injury and its consequences do not say "{outcome}"'
            advice = "cite the words that do, for the injury or for a consequence, or leave the outcome out"
            location = statement.place.at("outcome")
            yield Finding(statement, Diagnostic(location, "outcome-not-cited", message, advice))


def _cited(knowledge: KnowledgeBase, statement: Statement) -> Iterator[tuple[str, str]]:
    """The words that are cited for a statement and its parts, each with their language."""
    for each in statement:
        for passage in each.every_passage:
            yield passage.text, knowledge.sources[passage.source].article.language


def _is_unsaid(outcome: Outcome, cited: list[tuple[str, str]]) -> bool:
    """Whether words that can be read are cited, and none of them says how it ended."""
    if not cited or not all(knows_words_of(language) for _, language in cited):
        return False
    return not any(_says(words, outcome) for words, _ in cited)


def _says(words: str, outcome: Outcome) -> bool:
    said = re.finditer(rf"\b(?:{_WORDS[outcome]})\b", words, re.IGNORECASE)
    return any(match[0].lower().startswith("never") or not _DENIED.search(words[: match.start()]) for match in said)
