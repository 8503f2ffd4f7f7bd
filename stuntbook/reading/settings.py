"""What a book sets beside MkDocs' own settings, under `extra: {stuntbook: …}`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from stuntbook.diagnostics import Location, Report
from stuntbook.reading.settings_file import place_of_settings

Synonyms = tuple[tuple[str, ...], ...]
"""Groups of words and phrases that mean the same to whoever searches."""
_ADVICE = "write lists of two words or more: `synonyms: [[skydive, parachute], [hurt, injured]]`"


def read_synonyms(extra: Mapping[str, object], file: Path, report: Report) -> Synonyms:
    """The groups that `extra` of MkDocs' configuration sets; what is wrong with them goes to the report."""
    own = extra.get("stuntbook")
    groups = own.get("synonyms", ()) if isinstance(own, Mapping) else ()
    problems = list(_problems(groups))
    if problems:
        place = place_of_settings(file, report)
        for path, message in problems:
            location = place.at("extra", "stuntbook", "synonyms", *path) if place else Location(file.name)
            report.error(location, "synonyms", message, _ADVICE)
        return ()
    assert isinstance(groups, list | tuple)
    return tuple(tuple(map(str, group)) for group in groups)


def _problems(groups: object) -> Iterator[tuple[tuple[int, ...], str]]:
    """What is wrong, with the indexes that lead there."""
    if not isinstance(groups, list | tuple):
        yield (), f"expected a list of groups, found {groups!r}"
        return
    for index, group in enumerate(groups):
        if not isinstance(group, list) or len(group) < 2:
            yield (index,), f"expected a list of words that mean the same, found {group!r}"
            continue
        for number, word in enumerate(group):
            if not isinstance(word, str) or not any(map(str.isalnum, word)):
                yield (index, number), f"expected a word in letters, found {word!r}"
