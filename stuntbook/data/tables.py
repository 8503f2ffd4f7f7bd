"""KnowledgeBase -> tables: the one definition of what CSV, SQLite, the Data Package, JSON and its schema hold.

The columns of records, articles and statements follow the models (`columns`); what is worked out is added here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import cast

from stuntbook.data.columns import Column, Row, StatementColumns, fields_of, row_of, statement_columns
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.silence import silenced
from stuntbook.knowledge.statements import Statement, Status
from stuntbook.knowledge.story import HEADINGS, story_of
from stuntbook.records.article import Article
from stuntbook.records.kinds import RECORD_KINDS, statement_kinds
from stuntbook.records.model import AnyRecord
from stuntbook.text.article_text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what it holds, and how its rows are made."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """The columns that tell one row from all others."""
    things: Callable[[KnowledgeBase], Iterable[str]]
    """The identifiers of what the rows tell of, in their order."""
    rows_of: Callable[[KnowledgeBase, str], Iterator[Row]]
    """The rows that tell of one of them."""

    def rows(self, knowledge: KnowledgeBase) -> Iterator[Row]:
        """All rows."""
        return chain.from_iterable(self.rows_of(knowledge, each) for each in self.things(knowledge))


_ID = Column("id", "string", "Its identifier.", True, (), "records")
_ADDRESS = Column("address", "string", "Its page, relative to the site's address.", True)
_STATEMENT = (
    Column("id", "string", "`record#anchor`.", True),
    Column("record", "string", "The record that it belongs to.", True, (), "records"),
    Column("anchor", "string", "Its anchor on the record's page: `address#anchor` is its permanent link.", True),
    Column("part_of", "string", "The statement of which it is a part, such as an account.", False, (), "statements"),
    Column("position", "integer", "Its place among the record's statements, counted from 1.", True),
    Column("kind", "string", "What is stated: its field in the singular.", True, tuple(statement_kinds())),
    Column("text", "string", "The statement in plain words.", True),
    Column("status", "string", "How well it is carried.", True, tuple(Status)),
    Column("articles", "integer", "How many articles carry it.", True),
    Column("independent", "integer", "How many of them are texts of their own; copies count once.", True),
    Column("said_by", "string", "Who says it: an identifier, or how the article describes somebody without a name."),
    Column("worked_out", "boolean", "Whether its date follows only from the day on which an article appeared.", True),
    Column("disagreement", "string", "The disagreement that it is part of.", False, (), "statements"),
)
_LENGTH = Column("length", "integer", "How many Unicode code points its body has.", True)
_DIGEST = Column("digest", "string", "The SHA-256 of its body in UTF-8.", True)
_CITED = Column("statement", "string", "The statement.", True, (), "statements")
_CITATION = (
    _CITED,
    Column("number", "integer", "Its place among the statement's citations, counted from 1.", True),
    Column("article", "string", "The article.", True, (), "articles"),
    Column("passage", "string", "The article's own characters.", True),
    Column("start", "integer", "Where it begins in the article's body, in Unicode code points from 0.", True),
    Column("end", "integer", "Behind its last character.", True),
    Column("paragraph", "integer", "The paragraph in which it begins, counted from 1.", True),
    Column("in_part", "boolean", "Whether it carries the statement in part, and does not count.", True),
)
_RECORD = Column("record", "string", "The record.", True, (), "records")
_MENTION = (
    _RECORD,
    Column("statement", "string", "The statement; empty where it is the record's note.", False, (), "statements"),
    Column("relation", "string", "As what: a field of the statement, or `mention` for a link in prose.", True),
    Column("mentioned", "string", "What is referred to.", True, (), "records"),
)
_STORY = (
    _RECORD,
    Column("part", "string", "The part of the story.", True, tuple(HEADINGS)),
    Column("position", "integer", "Its place in the story, counted from 1.", True),
    _CITED,
)
_EXCEPTION = (
    _RECORD,
    Column("statement", "string", "The statement; empty for the whole record.", False, (), "statements"),
    Column("rule", "string", "The rule that is set aside.", True),
    Column("reason", "string", "Why.", True),
)


@cache
def _own_columns() -> StatementColumns:
    return statement_columns(frozenset(column.name for column in _STATEMENT))


def statement_id(record: str, anchor: str) -> str:
    """What tables call a statement."""
    return f"{record}#{anchor}"


def statement_row(statement: Statement, position: int, whole: Statement | None = None) -> Row:
    """A statement; `whole` is the one of which it is a part."""
    evidence = statement.evidence
    row: Row = {
        "id": statement_id(statement.record, statement.anchor),
        "record": statement.record,
        "anchor": statement.anchor,
        "position": position,
        "kind": statement.kind,
        "text": statement.text,
        "status": evidence.status.value,
        "articles": len(evidence.sources),
        "independent": evidence.independent,
        "worked_out": evidence.worked_out,
    }
    if whole:
        row["part_of"] = statement_id(whole.record, whole.anchor)
    if evidence.by:
        row["said_by"] = evidence.by
    if evidence.disagreement:
        row["disagreement"] = statement_id(*evidence.disagreement)
    return row | _own_columns().row(statement.value)


def span_row(span: Span) -> Row:
    """Where a passage stands in its article."""
    return {"start": span.start, "end": span.end, "paragraph": span.paragraph}


def values(table: Table, rows: Iterable[Row], cell: Callable[[object], object]) -> Iterator[list[object]]:
    """Rows of a table in the order of its columns; `cell` writes what is a list, or true or false."""
    names = [column.name for column in table.columns]
    written = [place for place, column in enumerate(table.columns) if column.type in ("array", "boolean")]
    for row in rows:
        found = list(map(row.get, names))
        for place in written:
            found[place] = cell(found[place])
        yield found


def citation_rows(statement: Statement) -> Iterator[Row]:
    """The citations of a statement."""
    own = statement_id(statement.record, statement.anchor)
    carrying = len(statement.passages)
    for number, each in enumerate(statement.every_passage, start=1):
        citation = {"statement": own, "number": number, "article": each.source, "passage": each.text}
        yield citation | span_row(each.span) | {"in_part": number > carrying}


def record_row(record: AnyRecord | Article) -> Row:
    """A record or an article with what its own fields say."""
    row: Row = {"id": record.id, "address": address_of(record)}
    if isinstance(record, Article):
        row |= {"length": len(record.body), "digest": record.body_digest}
    return row_of(record, ((path, column.name) for path, column in fields_of(type(record)))) | row


def story_rows(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Row]:
    """What the story of a record tells or shows, in its order."""
    parts = story_of(record, knowledge.statements[record.id])
    told = ((part.name, each) for part in parts for each in part.statements)
    for position, (part, each) in enumerate(told, start=1):
        own = statement_id(each.record, each.anchor)
        yield {"record": record.id, "part": part, "position": position, "statement": own}


def exception_rows(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Row]:
    """The rules that are set aside in a record."""
    for each in silenced(knowledge, record):
        row = {"record": record.id, "rule": each.code, "reason": each.reason}
        if isinstance(each.subject, Statement):
            row["statement"] = statement_id(record.id, each.subject.anchor)
        yield row


def mention_rows_of(knowledge: KnowledgeBase, mentioned: AnyRecord | Article) -> Iterator[Row]:
    """What refers to a record or an article."""
    for each in knowledge.mentions[mentioned.id]:
        row = {"record": each.record, "relation": each.relation, "mentioned": mentioned.id}
        if each.statement:
            row["statement"] = statement_id(each.record, each.statement.anchor)
        yield row


def _statement_rows(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Row]:
    wholes = {part.anchor: each for each in knowledge.statements_of(record) for part in each.parts}
    for position, statement in enumerate(knowledge.statements_of(record), start=1):
        yield statement_row(statement, position, wholes.get(statement.anchor))


def _citation_rows(knowledge: KnowledgeBase, record: AnyRecord) -> Iterator[Row]:
    return chain.from_iterable(map(citation_rows, knowledge.statements_of(record)))


def _name_rows(knowledge: KnowledgeBase, identifier: str) -> Iterator[Row]:
    each = knowledge.record(identifier)
    yield {"id": each.id, "kind": each.noun, "name": each.display_name, "address": address_of(each)}


def _own_row(knowledge: KnowledgeBase, identifier: str) -> Iterator[Row]:
    yield record_row(knowledge.record(identifier))


def _everything(knowledge: KnowledgeBase) -> Iterable[str]:
    return knowledge.by_id


def _records(knowledge: KnowledgeBase) -> Iterable[str]:
    return chain.from_iterable(knowledge.by_kind[kind] for kind in RECORD_KINDS)


def _of_kind(kind: str, knowledge: KnowledgeBase) -> Iterable[str]:
    return knowledge.by_kind[kind]


def _of_record(
    rows: Callable[[KnowledgeBase, AnyRecord], Iterator[Row]],
) -> Callable[[KnowledgeBase, str], Iterator[Row]]:
    return lambda knowledge, identifier: rows(knowledge, cast(AnyRecord, knowledge.record(identifier)))


@cache
def tables() -> Mapping[str, Table]:
    """Every table by its name, each behind those that its columns lead to."""
    return {table.name: table for table in (*_tables_of_things(), *_tables_of_statements())}


def _tables_of_things() -> Iterator[Table]:
    yield Table(
        name="records",
        description="Everything that has a page of its own.",
        columns=(
            Column("id", "string", "Its identifier, unique across all kinds.", True),
            Column("kind", "string", "What it is.", True, (*RECORD_KINDS, Article.noun)),
            Column("name", "string", "Its name or title.", True),
            _ADDRESS,
        ),
        key=("id",),
        things=_everything,
        rows_of=_name_rows,
    )
    for name, kind in RECORD_KINDS.items():
        own = (column for _, column in fields_of(kind.model))
        yield Table(
            name=kind.section,
            description=(kind.model.__doc__ or "").strip(),
            columns=(_ID, _ADDRESS, *own),
            key=("id",),
            things=partial(_of_kind, name),
            rows_of=_own_row,
        )
    own = (column for _, column in fields_of(Article) if column.name != "digest")
    yield Table(
        name="articles",
        description="The sources, without their text.",
        columns=(_ID, _ADDRESS, *own, _LENGTH, _DIGEST),
        key=("id",),
        things=lambda knowledge: knowledge.sources,
        rows_of=_own_row,
    )


def _tables_of_statements() -> Iterator[Table]:
    yield Table(
        name="statements",
        description="Everything that is stated, a row a statement. The last columns belong to some kinds alone.",
        columns=(*_STATEMENT, *_own_columns().columns.values()),
        key=("id",),
        things=_records,
        rows_of=_of_record(_statement_rows),
    )
    yield Table(
        name="citations",
        description="The words on which statements rest.",
        columns=_CITATION,
        key=("statement", "number"),
        things=_records,
        rows_of=_of_record(_citation_rows),
    )
    yield Table(
        name="mentions",
        description="What refers to what.",
        columns=_MENTION,
        things=_everything,
        rows_of=lambda knowledge, identifier: mention_rows_of(knowledge, knowledge.record(identifier)),
    )
    yield Table(
        name="stories",
        description="What is told of a record, in its order.",
        columns=_STORY,
        key=("record", "position"),
        things=_records,
        rows_of=_of_record(story_rows),
    )
    yield Table(
        name="exceptions",
        description="Rules that editors have set aside.",
        columns=_EXCEPTION,
        things=_records,
        rows_of=_of_record(exception_rows),
    )
