"""MkDocs' settings -> what would end it with a traceback, or hold it up, before it reads them itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from stuntbook.diagnostics import Location, Report
from stuntbook.layout import CONFIG_FILE, CONFIG_FILES
from stuntbook.reading.files import leads_out, load_text
from stuntbook.reading.yaml_reader import stretch_of
from stuntbook.reading.yaml_syntax import LOADER, parse, start_of
from stuntbook.records.places import Place, Stretch

_LARGEST = 1
"""In megabytes."""
_INHERIT = "INHERIT"
_TEXT = "tag:yaml.org,2002:str"
_MOST_VALUES = 100_000
"""How many values the settings may hold, when what stands in place of an alias is counted each time."""


_MOST_HEIRS = 10


def settings_file(root: Path) -> Path:
    """The file of MkDocs' settings in a folder: `mkdocs.yml`, or `mkdocs.yaml` where only that is there."""
    return next((root / name for name in CONFIG_FILES if os.path.lexists(root / name)), root / CONFIG_FILE)


def knowledge_folder(root: Path) -> Path:
    """Where the settings in a folder say that the knowledge base is: that folder, unless the plugin is told another.

    What is wrong with them is for `check_settings` to report.
    """
    file, report = settings_file(root), Report()
    text = load_text(file, file.name, _LARGEST, report) if file.exists() else None
    if text is None or parse(text)[1]:
        return root
    try:
        plugins = _value(yaml.compose(text, LOADER), "plugins")
    except yaml.YAMLError:  # an alias of nothing
        return root
    listed = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    options = [_value(each, "stuntbook") for each in listed]
    named = next((found for each in options if isinstance(found := _value(each, "root"), yaml.ScalarNode)), None)
    is_text = named is not None and named.tag == _TEXT  # and no `!ENV`, of which only MkDocs knows what it stands for
    return root / os.path.expanduser(named.value) if named is not None and is_text else root


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def check_settings(root: Path, report: Report) -> None:
    """Report what is wrong with `mkdocs.yml` as a file and as YAML, and with the files that it inherits from."""
    file = settings_file(root)
    if leads_out(file, root):
        message = f"{file.name} is a link that leads out of the knowledge base's folder"
        report.error(Location(file.name), "link", message, "put what it leads to in its place")
    else:
        _check(file, file.name, (), report)


def place_of_settings(file: Path, report: Report) -> Place | None:
    """Where the settings of sound YAML stand; the report can then show them. None where they can't be read."""
    text = load_text(file, file.name, _LARGEST, report)
    return None if text is None else Place(stretch_of(file.name, text))


def _check(file: Path, path: str, heirs: tuple[str, ...], report: Report) -> None:
    """`heirs` are the files that inherit from this one."""
    text = load_text(file, path, _LARGEST, report)
    if text is None:
        return
    stretch = stretch_of(path, text)
    events, problem = parse(text)
    if problem:
        report.error(stretch.location(problem.offset), "yaml-syntax", problem.message, problem.advice)
    elif len(events) > 2 and not isinstance(events[2], yaml.MappingStartEvent):
        advice = "write a key, a colon and what belongs to it on each line"
        report.error(Location(path), "wrong-type", f"{path} must be a mapping of keys and values", advice)
    elif (alias := _excessive(events)) is not None:
        message = f"with what is written out for its aliases, {path} has more than {_MOST_VALUES:,} values"
        report.error(stretch.location(start_of(alias)), "yaml-anchor", message, "write the values out")
    else:
        for value in _inherited(events):
            _check_inherited(value, file, stretch, heirs, report)


def _excessive(events: list[yaml.Event]) -> yaml.Event | None:
    """The alias with which a text gets too many values: what is aliased within what is aliased multiplies."""
    values: dict[str | None, int] = {}
    opened: list[tuple[str | None, int]] = [(None, 0)]
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, 1))
            continue
        anchor, count = None, 0
        if isinstance(event, yaml.ScalarEvent):
            anchor, count = event.anchor, 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, count = opened.pop()
        elif isinstance(event, yaml.AliasEvent):
            count = values.get(event.anchor, _MOST_VALUES + 1)  # one of what it stands in never ends
        values[anchor] = count
        opened[-1] = (opened[-1][0], opened[-1][1] + count)
        if isinstance(event, yaml.AliasEvent) and opened[-1][1] > _MOST_VALUES:
            return event
    return None


def _inherited(events: list[yaml.Event]) -> Iterator[yaml.Event]:
    """The values of the key by which settings inherit from those of another file."""
    depth, is_key, found = 0, True, False
    for event in events[3:]:
        if depth == 0:
            if not is_key and found:
                yield event
            found = is_key and isinstance(event, yaml.ScalarEvent) and event.value == _INHERIT
            is_key = not is_key
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _check_inherited(value: yaml.Event, heir: Path, stretch: Stretch, heirs: tuple[str, ...], report: Report) -> None:
    """Report, where a file inherits from another, what is wrong with that: its own lines are nothing to show."""
    location = stretch.location(start_of(value))
    if getattr(value, "tag", None) is not None:
        return  # such as !ENV, of which only MkDocs knows what it stands for
    name = value.value if isinstance(value, yaml.ScalarEvent) else ""
    file = os.path.normpath(heir.parent / name)
    heirs = (*heirs, os.path.normpath(heir))
    if not name or file in heirs or len(heirs) > _MOST_HEIRS:
        what = (
            f"{name} inherits from itself, or stands at the end of too long a row"
            if name
            else f"{_INHERIT} does not name a file"
        )
        report.error(location, "bad-value", what, "name another file of settings, or remove the key")
        return
    own = Report()
    _check(Path(file), name, heirs, own)
    for problem in own:
        report.error(location, problem.code, f"in {name}: {problem.message}", problem.advice)
