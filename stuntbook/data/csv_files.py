"""Tables -> CSV (RFC 4180) and the Data Package that describes them (Frictionless, https://specs.frictionlessdata.io)."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from stuntbook.data.assembled import Assembled
from stuntbook.data.columns import Column
from stuntbook.data.edition import Edition
from stuntbook.data.tables import Table, tables, values
from stuntbook.knowledge.base import KnowledgeBase

FORMAT_VERSION = "4.0.0"
"""Of the layout of all data files: the first number grows when a name changes its meaning or goes away."""


def csv_file(knowledge: KnowledgeBase, table: Table) -> Assembled:
    """A table in UTF-8. A list is written as JSON, and what is not known is empty."""
    head = _lines([[column.name for column in table.columns]])
    return Assembled(
        lambda: (head, *table.things(knowledge)),
        lambda name: _lines(values(table, table.rows_of(knowledge, name), _cell)),
    )


def _lines(rows: Iterable[list[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else value


def data_package(edition: Edition) -> dict[str, Any]:
    """What the CSV files hold, column by column; and once for all files, whence, of when and under which licence."""
    licence = {"path" if ":" in edition.licence else "name": edition.licence}
    known = {
        "title": edition.name,
        "description": edition.description,
        "homepage": edition.address,
        "licenses": [licence] if edition.licence else [],
        "created": edition.date,
    }
    return {
        "profile": "tabular-data-package",
        "name": "stuntbook",
        "version": FORMAT_VERSION,
        **{key: value for key, value in known.items() if value},
        "resources": [_resource(table) for table in tables().values()],
    }


def _resource(table: Table) -> dict[str, Any]:
    foreign = (
        {"fields": column.name, "reference": {"resource": _own(column.leads_to, table.name), "fields": "id"}}
        for column in table.columns
        if column.leads_to
    )
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": list(map(_field, table.columns)),
            **({"primaryKey": list(table.key)} if table.key else {}),
            "foreignKeys": list(foreign),
        },
    }


def _own(leads_to: str, table: str) -> str:
    """A resource as a reference names it; its own is the empty name."""
    return "" if leads_to == table else leads_to


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values and column.type != "array":  # of which an enumeration would list whole lists
        constraints["enum"] = list(column.values)
    return {"name": column.name, "type": column.type, "description": column.description, "constraints": constraints}
