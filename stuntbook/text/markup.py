"""The marks of Markdown in an article that a reader of the published page does not see.

What is looked for is CommonMark's (https://spec.commonmark.org/0.31.2/) emphasis, code, links, images, headings,
bullets, breaks, block quotations, escapes, entities and HTML tags, and GitHub's tables, strikethrough and footnotes
(https://github.github.com/gfm/).
"""

import re
from functools import lru_cache
from html import unescape

_ADDRESS = r"\]\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)"
_ATTRIBUTE = r"[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?"
_MARKS = re.compile(
    rf"""
      (?P<escape>\\[!-/:-@\[-`{{-~])
    | (?P<code>`+)(?P<inside>[^`\n]+)(?P<code_end>(?P=code))(?!`)
    | (?P<image>!\[)(?=[^\[\]\n]*{_ADDRESS})
    | (?P<note>\[\^[^\[\]\s]+\]:?)
    | (?P<link>\[)(?=(?:!\[[^\[\]\n]*{_ADDRESS}|[^\[\]])++{_ADDRESS})
    | (?P<address>{_ADDRESS})
    | (?P<definition>^[ ]{{0,3}}\[[^\[\]\n]+\]:[ ]+\S+[^\n]*$)
    | (?P<reference>\[)(?=(?P<text>[^\[\]]{{1,200}})\](?:\[(?P<label>[^\[\]\n]*)\])?)
    | (?P<reference_end>\](?:\[(?P<its_label>[^\[\]\n]*)\])?)
    | (?P<entity>&(?:[a-zA-Z]\w{{1,30}}|\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}});)
    | <(?P<autolink>(?:https?://|mailto:)[^\s<>]+)>
    | (?P<line_break><br[ ]*/?>)
    | (?P<tag></?[a-zA-Z][\w-]*(?:\s+{_ATTRIBUTE})*\s*/?>|<!--(?:(?!-->)[\s\S])*-->)
    | (?P<break>^[ ]{{0,3}}(?:(?:\*[ ]*){{3,}}|(?:_[ ]*){{3,}}|-{{3,}}|=+)[ ]*$)
    | (?P<strong>\*{{2,3}}|__|~~)
    | (?P<emphasis>(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*]))
    | (?P<block>^(?:[ ]{{0,3}}>[ ]?)+)
    | (?P<fence>^[ ]{{0,3}}(?:`{{3,}}|~{{3,}})[^`\n]*$)
    | (?P<heading>^\#{{1,6}}[ ]+)
    | (?P<heading_end>[ ]\#+$)
    | (?P<item>^[ ]{{0,3}}[-*+][ ]+)
    | (?P<rule>^[ ]{{0,3}}\|?(?:[ ]*:?-{{2,}}:?[ ]*\|)+[ ]*(?::?-{{2,}}:?)?[ ]*$)
    | (?P<cell>\|)
    """,
    re.MULTILINE | re.VERBOSE,
)
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ ]+\S", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


UNSEEN = "\ufdd0"
"""Stands for a character of a mark, so that all offsets stay as they are: a noncharacter, which no text holds."""

_Mark = tuple[int, int, str]
"""Where a mark starts and ends, and what a reader sees in its place."""


def seen(body: str) -> str:
    """The body, as long as it is, with `UNSEEN` in place of what a reader does not see."""
    pieces: list[str] = []
    position = 0
    for start, end, instead in _marks(body):
        if start >= position:
            pieces += body[position:start], instead, UNSEEN * (end - start - len(instead))
            position = end
    return "".join((*pieces, body[position:]))


def shown(text: str) -> str:
    """A stretch of what `seen` gives, as a reader sees it."""
    return text.replace(UNSEEN, "")


def _marks(body: str) -> list[_Mark]:
    """Every mark in order, with what a reader sees of it; of those that come in pairs, only whole pairs."""
    found: list[_Mark] = []
    open_marks: dict[str, _Mark] = {}
    paragraph = 0
    for match in _MARKS.finditer(body):
        kind = next((name for name in ("code", "reference") if match[name]), match.lastgroup or "")
        if kind == "code":
            found += [(*match.span("code"), ""), (*match.span("code_end"), "")]
        elif kind == "autolink":
            found += [(match.start(), match.start() + 1, ""), (match.end() - 1, match.end(), "")]
        elif kind in ("strong", "emphasis"):
            if _BLANK_LINE.search(body, paragraph, match.start()):
                open_marks.clear()
            paragraph = match.start()
            found += _paired(body, match, open_marks)
        elif (instead := _instead(body, match, kind)) is not None:
            found.append((*match.span(), instead))
    return sorted(found)


@lru_cache(maxsize=8)
def _labels_defined(body: str) -> frozenset[str]:
    """The labels of links by reference."""
    return frozenset(map(str.casefold, _DEFINED.findall(body)))


def _is_defined(body: str, match: re.Match[str]) -> bool:
    """Whether a bracket belongs to a link by reference."""
    if not (defined := _labels_defined(body)):
        return False
    text = body[max(0, match.start() - 200) : match.start()].rpartition("[")[2]
    label = match["label"] or match["its_label"] or match["text"] or text
    return label.casefold() in defined


def _paired(body: str, match: re.Match[str], open_marks: dict[str, _Mark]) -> list[_Mark]:
    """Both marks of emphasis where this one ends it; none where it begins it, or stands for itself."""
    before, behind = body[max(0, match.start() - 1) : match.start()], body[match.end() : match.end() + 1]
    opened = open_marks.get(match[0])
    if opened and not before.isspace():
        del open_marks[match[0]]
        return [opened, (*match.span(), "")]
    if behind.strip() and not before.isalnum():
        open_marks[match[0]] = (*match.span(), "")
    return []


def _instead(body: str, match: re.Match[str], kind: str) -> str | None:
    """What a reader sees in place of a mark that stands alone; None for what is no mark."""
    if kind == "escape":
        return match[0][1]
    if kind in ("cell", "line_break"):
        return " "
    if kind in ("reference", "reference_end"):
        return "" if _is_defined(body, match) else None
    if kind == "entity":
        return character if (character := unescape(match[0])) != match[0] else None
    if kind == "heading_end" and not body.startswith("#", body.rfind("\n", 0, match.start()) + 1):
        return None
    return ""
