"""Which rules an editor has set aside, where, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from stuntbook.diagnostics import Location
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement
from stuntbook.records.model import AnyRecord


@dataclass(frozen=True, slots=True)
class Silenced:
    """A rule that an editor has set aside, and why."""

    subject: Statement | AnyRecord
    code: str
    reason: str

    @property
    def location(self) -> Location:
        """Where the rule is set aside."""
        return self.subject.place.find("silence", self.code).key

    @property
    def of_record(self) -> bool:
        """Whether it is set aside for a whole record."""
        return not isinstance(self.subject, Statement)

    @property
    def key(self) -> tuple[str, tuple[str | int, ...], str]:
        return (*subject_of(self.subject), self.code)


def silenced(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Silenced]:
    """Every rule that is set aside in a record."""
    for subject in (record, *knowledge.statements_of(record)):
        value = subject.value if isinstance(subject, Statement) else subject
        for code, reason in value.silence.items():
            yield Silenced(subject, code, reason)


def subject_of(subject: Statement | AnyRecord) -> tuple[str, tuple[str | int, ...]]:
    """The record, and where in it."""
    return (subject.record, subject.path) if isinstance(subject, Statement) else (subject.id, ())
