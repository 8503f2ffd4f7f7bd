"""Tables -> a SQLite file with keys, views and a full-text index, as Datasette opens it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from stuntbook.data.columns import Column
from stuntbook.data.edition import Edition
from stuntbook.data.tables import Table, tables, values

_TYPES = {"number": "REAL", "integer": "INTEGER", "boolean": "INTEGER"}
_VIEWS = """
CREATE VIEW cited_statements AS
  SELECT r.name AS record, s.kind, s.text, s.status, c.passage, c.in_part, a.publisher, a.url, s.id AS statement
  FROM statements s
  JOIN records r ON r.id = s.record
  LEFT JOIN citations c ON c.statement = s.id
  LEFT JOIN articles a ON a.id = c.article
  ORDER BY s.rowid, c.number;
CREATE VIEW passages AS
  SELECT article, start, "end", passage, group_concat(statement, ' ') AS statements
  FROM citations GROUP BY article, start, "end" ORDER BY article, start, "end";
CREATE VIRTUAL TABLE statements_fts USING fts5(text, content="statements", tokenize="unicode61");
INSERT INTO statements_fts(statements_fts) VALUES ('rebuild');
"""


def sqlite_file(edition: Edition) -> bytes:
    """All tables as a database: the same bytes for the same knowledge and version of SQLite."""
    with closing(sqlite3.connect(":memory:")) as database:
        for table in tables().values():
            database.execute(_definition(table))
            places, rows = ",".join("?" * len(table.columns)), values(table, table.rows(edition.knowledge), _cell)
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)  # noqa: S608
            for column in table.columns:
                if column.leads_to and table.key != (column.name,):
                    database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}"("{column.name}")')
        database.executescript(_VIEWS)
        return database.serialize()


def _definition(table: Table) -> str:
    key = ", ".join(f'"{name}"' for name in table.key)
    lines = [*map(_column, table.columns), *([f"PRIMARY KEY ({key})"] if key else []), *_foreign_keys(table)]
    return f'CREATE TABLE "{table.name}" (\n  {f",{chr(10)}  ".join(lines)}\n)'


def _column(column: Column) -> str:
    return f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{" NOT NULL" if column.required else ""}'


def _foreign_keys(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.leads_to:
            yield f'FOREIGN KEY ("{column.name}") REFERENCES "{column.leads_to}" (id)'


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
