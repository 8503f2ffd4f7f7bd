"""A place in `stunts.yaml` -> what belongs there, read from the models."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stuntbook.knowledge.resolution import CITING
from stuntbook.records.article import Article
from stuntbook.records.citable import Model, editable_fields, models_in
from stuntbook.records.kinds import prose_fields, reference_fields, statement_fields
from stuntbook.records.model import RECORD_TYPES
from stuntbook.records.stated import Reference


@dataclass(frozen=True, slots=True)
class Named:
    """The identifier of a record, or of an article."""

    kinds: tuple[str, ...]
    """The kinds that it may be."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an article."""

    article: str
    """Its identifier."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """An editor's own words, with links to records."""


Expected = Named | Words | Sentence | None
CITED = Named((Article.noun,))
"""The key of a citation."""
_SECTIONS = {model.section: model for model in RECORD_TYPES}


def expected_at(path: tuple[str | int, ...], is_key: bool) -> Expected:
    """What belongs at a path of keys and indexes, or among the keys of the mapping there."""
    names = tuple(step for step in path if isinstance(step, str))
    if not names or names[0] not in _SECTIONS:
        return None
    section = _SECTIONS[names[0]]
    if len(names) == 1:
        return Named((section.noun,)) if is_key else None
    return _within(section, names[2:], is_key)


def _within(model: type[Model], names: tuple[str, ...], is_key: bool) -> Expected:
    models, found = [model], None
    for place, name in enumerate(names):
        owner = next((each for each in models if name in editable_fields(each)), None)
        if owner is None:
            return None
        if name in CITING:
            return _cited(names[place + 1 :], is_key)
        if not (owner is Reference and name == "id"):  # which is what belongs around it
            found = _held(owner, name)
        models = list(models_in(editable_fields(owner)[name].annotation))
    return None if is_key else found


def _cited(names: tuple[str, ...], is_key: bool) -> Expected:
    if not names:
        return CITED
    return Words(names[0]) if len(names) == 1 and not is_key else None


@cache
def _held(owner: type[Model], name: str) -> Expected:
    kinds = next((kinds for field, kinds in _referring(owner) if field == name), ())
    if kinds:
        return Named(kinds)
    return Sentence() if name in prose_fields(owner) else None


def _referring(model: type[Model]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from reference_fields(model).items()
    yield from ((each.path[0], each.refers_to) for each in statement_fields(model))
