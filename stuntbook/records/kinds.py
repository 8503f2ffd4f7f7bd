"""The registry: every kind of record and of statement, described once.

What a kind of record is called stands here; which fields of a record hold statements, refer to records or are prose is
read from the models. A model that could not be followed in this way ends the program when it starts, so that no field
can be left unchecked or unshown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from stuntbook.records.citable import SENTENCE_FIELD, Model, RefersTo, Stated, models_in
from stuntbook.records.fields import PROSE, Id
from stuntbook.records.model import RECORD_TYPES, AnyRecord, Film, Person, Quote, Reference, Stunt


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """A kind of record. Its singular (`kind`) and its key in `stunts.yaml` (`section`) are the model's."""

    model: type[AnyRecord]
    schema_type: str
    """The type of schema.org that fits best."""

    @property
    def name(self) -> str:
        return self.model.kind

    @property
    def section(self) -> str:
        return self.model.section


RECORD_KINDS: Mapping[str, RecordKind] = {
    kind.name: kind
    for kind in (
        RecordKind(model=Film, schema_type="Movie"),
        RecordKind(model=Stunt, schema_type="Event"),
        RecordKind(model=Person, schema_type="Person"),
    )
}
"""By name, in the order in which the site lists them."""

_UNCHANGED = {"series", "equipment"}
"""Names of fields that are their own singular."""


@dataclass(frozen=True, slots=True)
class StatementField:
    """A field of a record or of a statement that holds statements."""

    name: str
    kind: str
    """The kind of statement in it: the field's name in the singular, such as `injury`."""
    many: bool
    refers_to: str = ""
    """The kind of record that a `Reference` in it names."""


@cache
def statement_fields(model: type[Model]) -> tuple[StatementField, ...]:
    """The fields of a model that hold statements, its own before those of its bases.

    Raises TypeError where statements stand in a field in another way than alone or in a list.
    """
    found = (_statement_field(name, model) for name in _fields(model))
    return tuple(each for each in found if each)


def _statement_field(name: str, model: type[Model]) -> StatementField | None:
    field = model.model_fields[name]
    held = list(models_in(field.annotation))
    if not any(map(_reaches_statements, held)):
        return None
    many = get_origin(field.annotation) is tuple
    if not all(issubclass(each, Stated) for each in held) or not (many or _is_alone(field.annotation)):
        raise TypeError(f"{model.__name__}.{name} holds statements neither alone nor in a list")
    refers_to = next((mark.kind for mark in _marks(field) if isinstance(mark, RefersTo)), "")
    if any(issubclass(each, Reference) for each in held) and refers_to not in RECORD_KINDS:
        raise TypeError(f"{model.__name__}.{name} does not say which kind of record it refers to")
    return StatementField(name, _singular(name), many, refers_to)


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
def reference_fields(model: type[Model]) -> Mapping[str, str]:
    """The fields of a model that hold the identifier of a record, each with the kind of record that it must be.

    Raises TypeError where a field does not say which kind that is.
    """
    found = {}
    for name in _fields(model):
        field = model.model_fields[name]
        if not any(models_in(field.annotation)) and _is_identifier(field) and model is not Reference:
            found[name] = next((mark.kind for mark in _marks(field) if isinstance(mark, RefersTo)), "")
            if found[name] not in RECORD_KINDS:
                raise TypeError(f"{model.__name__}.{name} does not say which kind of record it refers to")
    return found


def _is_identifier(field: FieldInfo) -> bool:
    (constraint,) = get_args(Id)[1:]
    return constraint in _marks(field)


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
        for held in models_in(model.model_fields[each.name].annotation):
            assert issubclass(held, Stated)
            if held.told is Stated.told and SENTENCE_FIELD not in held.model_fields and held is not Quote:
                raise TypeError(f"{held.__name__} does not say how it is told")
            yield each.kind, held
            yield from _kinds_within(held)


statement_kinds()  # what could not be followed ends the program here
