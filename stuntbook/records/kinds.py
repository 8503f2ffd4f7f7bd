"""The registry: every kind of record and of statement, described once.

What a kind of record is called stands here; which fields of a record hold statements, refer to records or are prose is
read from the models. A model that could not be followed in this way ends the program when it starts, so that no field
can be left unchecked or unshown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from stuntbook.records.citable import SENTENCE_FIELD, Model, RefersTo, Stated, models_in
from stuntbook.records.fields import PROSE, UNKNOWN, Id, WhoeverSpeaks, WithinRecord, is_unnamed
from stuntbook.records.model import RECORD_TYPES, AnyRecord, Film, Organisation, Person, Stunt
from stuntbook.records.stated import Quote, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """A kind of record. Its singular (`noun`) and its key in `stunts.yaml` (`section`) are the model's."""

    model: type[AnyRecord]
    schema_type: str
    """The type of schema.org that fits best."""

    @property
    def name(self) -> str:
        return self.model.noun

    @property
    def section(self) -> str:
        return self.model.section


RECORD_KINDS: Mapping[str, RecordKind] = {
    kind.name: kind
    for kind in (
        RecordKind(model=Film, schema_type="Movie"),
        RecordKind(model=Stunt, schema_type="Event"),
        RecordKind(model=Person, schema_type="Person"),
        RecordKind(model=Organisation, schema_type="Organization"),
    )
}
"""By name, in the order in which the site lists them."""

_UNCHANGED = {"series", "equipment"}
"""Names of fields that are their own singular."""


@dataclass(frozen=True, slots=True)
class StatementField:
    """A field of a record or of a statement that holds statements, or of what a field of theirs holds."""

    path: tuple[str, ...]
    """The names that lead to it: one, or two as in `story.origin`."""
    kind: str
    """The kind of statement in it: the first name in the singular, such as `injury`."""
    many: bool
    refers_to: tuple[str, ...] = ()
    """The kinds of record that a `Reference` in it may name."""

    def of(self, value: Any) -> Any:
        """What a record or statement has in it."""
        for name in self.path:
            value = getattr(value, name)
        return value


@cache
def statement_fields(model: type[Model]) -> tuple[StatementField, ...]:
    """The fields of a model that hold statements, its own before those of its bases.

    Raises TypeError where statements stand in a field in another way than alone or in a list.
    """
    return tuple(each for name in _fields(model) for each in _statement_fields(name, model))


def _statement_fields(name: str, model: type[Model]) -> Iterator[StatementField]:
    field = model.model_fields[name]
    held = [each for each in models_in(field.annotation) if _reaches_statements(each)]
    if not held:
        return
    many, kind = get_origin(field.annotation) is tuple, _singular(name)
    if many or _is_alone(field.annotation):
        if all(issubclass(each, Stated) for each in held):
            refers_to = _refers_to(field)
            if any(issubclass(each, Reference) for each in held) and not refers_to:
                raise TypeError(f"{model.__name__}.{name} does not say which kind of record it refers to")
            yield StatementField((name,), kind, many, refers_to)
            return
        if not many and len(held) == 1:
            yield from (replace(each, path=(name, *each.path), kind=kind) for each in statement_fields(held[0]))
            return
    raise TypeError(f"{model.__name__}.{name} holds statements neither alone nor in a list")


def _refers_to(field: FieldInfo) -> tuple[str, ...]:
    """The kinds of record that a field names; empty where it does not say which, or names one that does not exist."""
    kinds = next((mark.kinds for mark in _marks(field) if isinstance(mark, RefersTo)), ())
    return kinds if RECORD_KINDS.keys() >= set(kinds) else ()


def _reaches_statements(model: type[Model]) -> bool:
    if issubclass(model, Stated):
        return True
    held = (each for field in model.model_fields.values() for each in models_in(field.annotation))
    return any(map(_reaches_statements, held))


def _is_alone(annotation: object) -> bool:
    """Whether a type is a model, or a model or nothing."""
    return get_origin(annotation) in (None, Union, UnionType)


def _singular(name: str) -> str:
    if name in _UNCHANGED:
        return name
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


@cache
def reference_fields(model: type[Model]) -> Mapping[str, tuple[str, ...]]:
    """The fields of a model that hold identifiers of records, each with the kinds of record that they may be.

    Raises TypeError where a field does not say which kind that is.
    """
    found = {}
    for name in _fields(model):
        field = model.model_fields[name]
        if not any(models_in(field.annotation)) and _is_identifier(field) and model is not Reference:
            found[name] = _refers_to(field)
            if not found[name]:
                raise TypeError(f"{model.__name__}.{name} does not say which kind of record it refers to")
    return found


def _is_identifier(field: FieldInfo) -> bool:
    forms = [mark for form in (Id, WhoeverSpeaks) for mark in get_args(form) if isinstance(mark, StringConstraints)]
    marks = list(_marks(field))
    return any(mark in forms for mark in marks) and WithinRecord() not in marks


def identifiers_in(value: Model) -> Iterator[tuple[str, str]]:
    """The records that a model's fields name: field and identifier.

    A speaker whom an article does not name, or who is still to be named, is passed over.
    """
    for name in reference_fields(type(value)):
        held = getattr(value, name)
        for identifier in held if isinstance(held, tuple) else (held,):
            if identifier not in (None, UNKNOWN) and not is_unnamed(identifier):
                yield name, identifier


@cache
def prose_fields(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model that hold editors' prose, its own before those of its bases."""
    return tuple(name for name in _fields(model) if _is_prose(model.model_fields[name]))


def _is_prose(field: FieldInfo) -> bool:
    extras = (mark.json_schema_extra for mark in _marks(field) if isinstance(mark, FieldInfo))
    return PROSE in (field.json_schema_extra, *extras)


def _marks(field: FieldInfo) -> Iterator[Any]:
    """What `Annotated` adds to a field's type, wherever in it."""
    yield from field.metadata
    yield from _marks_in(field.annotation)


def _marks_in(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for argument in get_args(annotation):
        yield from _marks_in(argument)


def _fields(model: type[Model]) -> Iterator[str]:
    """The names of what editors write, a model's own before those of its bases."""
    owners = (owner for owner in model.__mro__ if issubclass(owner, Model))
    names = dict.fromkeys(name for owner in owners for name in owner.__annotations__)
    return (name for name in names if name in model.model_fields and not model.model_fields[name].exclude)


@cache
def statement_kinds() -> Mapping[str, type[Stated]]:
    """Every kind of statement with the model of its values, in the order of the records' fields.

    Raises TypeError for a model that can't be told, and for a kind that has two models.
    """
    kinds: dict[str, type[Stated]] = {}
    for model in RECORD_TYPES:
        for kind, held in _kinds_within(model):
            if kinds.setdefault(kind, held) is not held:
                raise TypeError(f"{kind} is the name of two kinds of statement")
    return kinds


def _kinds_within(model: type[Model]) -> Iterator[tuple[str, type[Stated]]]:
    reference_fields(model)
    for each in statement_fields(model):
        for held in filter(_reaches_statements, models_in(_annotation_at(model, each.path))):
            assert issubclass(held, Stated)
            if held.told is Stated.told and SENTENCE_FIELD not in held.model_fields and held is not Quote:
                raise TypeError(f"{held.__name__} does not say how it is told")
            yield each.kind, held
            yield from _kinds_within(held)


def _annotation_at(model: type[Model], path: tuple[str, ...]) -> object:
    for name in path[:-1]:
        (model,) = models_in(model.model_fields[name].annotation)
    return model.model_fields[path[-1]].annotation


statement_kinds()  # what could not be followed ends the program here
