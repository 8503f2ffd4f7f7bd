"""What is wrong with a web address: what leads nowhere, and what makes a reader take one host for another.

Hosts are read as browsers read them (https://url.spec.whatwg.org/#host-parsing), and the letters of each part of a
name are compared as Unicode Technical Standard #39, section 5, has it for the level "highly restrictive".
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import regex

from stuntbook.text.folding import INVISIBLE

NO_ADDRESS = 'must be a web address that starts with "https://" or "http://"'
_MALFORMED = "names a host that can't exist"
_ADDRESS = re.compile(r"https?://(?P<authority>[^/?#\\\s]+)(?P<rest>\S*)")
_UNSEEN = INVISIBLE.difference("\u200c\u200d\ufe0f")
"""All that nobody sees, but for what joins or divides letters in some languages, and what makes a sign an emoji."""
_PORT = re.compile(r":(\d{1,5})?$")
_LABEL = regex.compile(r"(?!-)[\w\p{M}-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_LONGEST_NAME, _HIGHEST_PORT = 253, 65_535
# https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts, and what UTS #39 lets stand together.
_SCRIPTS = (
    *("Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Hebrew", "Arabic", "Thaana", "Ethiopic", "Devanagari"),
    *("Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao"),
    *("Tibetan", "Myanmar", "Khmer", "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"),
)
_TOGETHER = (("Latin", "Han", "Hiragana", "Katakana"), ("Latin", "Han", "Bopomofo"), ("Latin", "Han", "Hangul"))


_LIKE_LATIN = re.compile("[асԁеһіјӏорԛѕԝхуъЬҽпгѵѡ0-9-]+")
"""Cyrillic letters that look like Latin ones: those of Chromium's `components/url_formatter/spoof_checks`."""


def flaw_in(address: str) -> str | None:
    """Why an address must not be linked to, in words that go on from its name; None where nothing is wrong."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return NO_ADDRESS
    if not _UNSEEN.isdisjoint(address):
        return "holds a character that nobody sees"
    authority = match["authority"]
    if "@" in authority:
        return f'names "{authority.rpartition("@")[0][:40]}@" before the host, which reads as if it were the host'
    if match["rest"].startswith("\\"):
        return "holds a backslash behind the host"
    port = _PORT.search(authority)
    if port and not 0 < int(port[1] or 0) <= _HIGHEST_PORT:
        return "names a port that can't exist"
    return _flaw_in_host(authority[: port.start()] if port else authority)


def _flaw_in_host(host: str) -> str | None:
    labels = host.removesuffix(".").split(".")
    if host.startswith("[") or _NUMBER.fullmatch(labels[-1].lower()):
        return None if _is_number(host) else _MALFORMED
    if unicodedata.normalize("NFKC", host) != host:
        return "names a host with letters that stand for others"
    if len(host) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, labels)):
        return _MALFORMED
    try:
        shown = [_shown(label.lower()) for label in labels]
    except UnicodeError:
        return _MALFORMED
    is_like_another = shown[-1].isascii() and any(map(_looks_latin, shown[:-1]))
    if is_like_another or not all(map(_is_one_writing, shown)):
        return "names a host whose letters look like those of another host"
    return None


def _is_number(host: str) -> bool:
    """Whether a host is an address of the Internet Protocol, of version 6 in brackets."""
    try:
        if host.startswith("["):
            return host.endswith("]") and "%" not in host and bool(IPv6Address(host[1:-1]))
        return bool(IPv4Address(host))
    except AddressValueError:
        return False


def _shown(label: str) -> str:
    """A part of a name as a reader may see it: decoded, where it is written in Punycode (RFC 3492)."""
    return label.removeprefix("xn--").encode("ascii").decode("punycode") if label.startswith("xn--") else label


def _is_one_writing(label: str) -> bool:
    """Whether all letters are of scripts that are written together; of scripts that nobody writes today, any."""
    return label.isascii() or bool(_one_writing().fullmatch(label)) or not _known_letter().search(label)


# Compiled only for a name with letters beyond ASCII, which few have.


@cache
def _one_writing() -> regex.Pattern[str]:
    ways = (*((each,) for each in _SCRIPTS), *_TOGETHER)
    return regex.compile("|".join(f"[{_letters(scripts)}\\p{{Zyyy}}\\p{{Zinh}}]+" for scripts in ways))


@cache
def _known_letter() -> regex.Pattern[str]:
    return regex.compile(rf"[{_letters(_SCRIPTS)}--\p{{Zyyy}}--\p{{Zinh}}]", regex.VERSION1)


def _letters(scripts: Iterable[str]) -> str:
    return "".join(rf"\p{{scx={script}}}" for script in scripts)


def _looks_latin(label: str) -> bool:
    return not label.isascii() and _LIKE_LATIN.fullmatch(label) is not None
