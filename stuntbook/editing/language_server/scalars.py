"""How a text is written as a value of YAML, in the quotation marks that stand there already."""

import re

_PLAIN = re.compile(r"(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_READ_AS_SOMETHING_ELSE = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})
_WORTHLESS = re.compile(r"\d[\de]*|0[ox][\da-f]+")
"""What YAML reads as a number, with letters in it."""


def written(text: str, style: str = "") -> str:
    """A text as a value: in quotation marks of a style, or, where there are none, in such as it needs."""
    if style == "'":
        return f"'{inside(text, style)}'"
    is_plain = _PLAIN.fullmatch(text) and text not in _READ_AS_SOMETHING_ELSE and not _WORTHLESS.fullmatch(text)
    return text if is_plain and not style else f'"{inside(text, chr(34))}"'


def inside(text: str, mark: str) -> str:
    """A text within quotation marks."""
    return text.replace("'", "''") if mark == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
