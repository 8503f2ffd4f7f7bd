"""The server itself, with what the Language Server Protocol asks for.

It is described at https://microsoft.github.io/language-server-protocol/.

Requests are answered from what the latest check has found, and a check runs beside them, so that nobody waits for it.
"""

import asyncio
import io
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from stuntbook.diagnostics import Diagnostic, Severity
from stuntbook.editing.language_server.books import Book, root_of
from stuntbook.editing.language_server.completion import Offer, offers
from stuntbook.editing.language_server.fixes import Fix, Problem, fix_of, problems_in
from stuntbook.editing.language_server.meaning import Meant, described, meant_at, target_of
from stuntbook.editing.language_server.positions import Lines, without_halves
from stuntbook.layout import KNOWLEDGE_FILE

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


_PAUSE = 0.05
"""How many seconds a check waits, so that what is asked at the same time is answered before."""
Where = types.CompletionParams | types.HoverParams | types.DefinitionParams


class BookServer(LanguageServer):
    """Knows every book of which a file is open."""

    def __init__(self) -> None:
        super().__init__("stuntbook", version("stuntbook"), types.TextDocumentSyncKind.Full)
        self._books: dict[Path, Book] = {}
        self._due: dict[Path, asyncio.Task[None]] = {}
        self._again: set[Path] = set()
        self._told: dict[Path, set[str]] = {}
        """Per book, the files of which problems were told."""

    # -- files --

    def book_of(self, uri: str) -> tuple[Book, str] | None:
        """The book that a file is one of, and its path there; None for a file of no book."""
        name = to_fs_path(uri)
        root = root_of(Path(name)) if name else None
        if root is None or name is None:
            return None
        return self._books.setdefault(root, Book(root)), Path(name).relative_to(root).as_posix()

    def lines(self, text: str) -> Lines:
        """The lines of a text, in the units in which the client counts columns."""
        return Lines(text, types.PositionEncodingKind(self.workspace.position_encoding or "utf-16").value)

    def text_of(self, uri: str) -> str:
        """What an open file holds now."""
        return without_halves(self.workspace.get_text_document(uri).source)

    def _open(self, root: Path) -> dict[str, tuple[str, types.OptionalVersionedTextDocumentIdentifier]]:
        """By path, the texts of a book's open files, with how the client calls them."""
        found = {}
        for uri, document in self.workspace.text_documents.items():
            known = self.book_of(uri)
            if known and known[0].root == root:
                found[known[1]] = (
                    self.text_of(uri),
                    types.OptionalVersionedTextDocumentIdentifier(uri, document.version),
                )
        return found

    # -- checks --

    def check_soon(self, uri: str) -> None:
        """Have the book of a file checked; while that is done already, once more behind it."""
        known = self.book_of(uri)
        if known is None:
            return
        root = known[0].root
        if root in self._due:
            self._again.add(root)
        else:
            self._due[root] = asyncio.get_running_loop().create_task(self._check(known[0]))

    async def _check(self, book: Book) -> None:
        try:
            while True:
                await asyncio.sleep(_PAUSE)
                self._again.discard(book.root)
                files = self._open(book.root)
                await asyncio.to_thread(book.check, {path: text for path, (text, _) in files.items()})
                if book.root not in self._again:
                    break
            self._tell(book, files)
        finally:
            del self._due[book.root]
            if book.root in self._again:  # came in between
                self._again.discard(book.root)
                self._due[book.root] = asyncio.get_running_loop().create_task(self._check(book))

    def _tell(self, book: Book, files: dict[str, tuple[str, types.OptionalVersionedTextDocumentIdentifier]]) -> None:
        """Send the problems of every file that has any, or had."""
        found = defaultdict[str, list[Diagnostic]](list)
        for each in book.report:
            found[each.location.path].append(each)
        for path in sorted({*found, *files, *self._told.get(book.root, ())}):
            text, document = files.get(path) or (book.text(path), None)
            told = types.PublishDiagnosticsParams(
                uri=document.uri if document else (book.root / path).as_uri(),
                diagnostics=list(self._diagnostics(text, problems_in(text, found[path]))),
                version=document.version if document else None,
            )
            self.text_document_publish_diagnostics(told)
        self._told[book.root] = {each.location.path for each in book.report}

    def _diagnostics(self, text: str, problems: Iterable[Problem]) -> Iterator[types.Diagnostic]:
        lines = self.lines(text)
        for problem in problems:
            found = problem.diagnostic
            advice = (f"help: {found.advice}",) if found.advice else ()
            yield types.Diagnostic(
                range=span(lines, problem.start, problem.end),
                message="\n".join((found.message, *found.details, *advice)),
                severity=_SEVERITIES[found.severity],
                code=found.code,
                source="stuntbook",
            )

    # -- questions --

    def complete(self, where: types.CompletionParams) -> types.CompletionList:
        """What can be written at a place."""
        found = self._place(where)
        if found is None:
            return types.CompletionList(is_incomplete=False, items=[])
        book, lines, offset = found
        made = offers(book, lines.text, offset)
        items = [_item(lines, each, place) for place, each in enumerate(made)]
        return types.CompletionList(is_incomplete=any(each.is_passage for each in made), items=items)

    def hover(self, where: types.HoverParams) -> types.Hover | None:
        """What the words at a place stand for."""
        found = self._meant(where)
        if found is None:
            return None
        book, lines, meant = found
        contents = types.MarkupContent(types.MarkupKind.Markdown, described(book, meant))
        return types.Hover(contents, span(lines, meant.start, meant.end))

    def define(self, where: types.DefinitionParams) -> types.Location | None:
        """Where it stands what the words at a place stand for."""
        found = self._meant(where)
        if found is None:
            return None
        book, _, meant = found
        target = target_of(book, meant)
        return types.Location(
            self._uri(book, target.path), span(self.lines(book.text(target.path)), target.start, target.end)
        )

    def fixes(self, asked: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the problems at a place."""
        known, uri = self.book_of(asked.text_document.uri), asked.text_document.uri
        if known is None or known[0].unsaved.get(known[1]) != (text := self.text_of(uri)):
            return []  # of a text that has changed, the next check will tell
        lines, wanted = self.lines(text), asked.range
        start = lines.offset(wanted.start.line, wanted.start.character)
        end = lines.offset(wanted.end.line, wanted.end.character)
        found = [each for each in known[0].report if each.location.path == known[1]]
        here = (each for each in problems_in(text, found) if each.start <= end and start <= each.end)
        return [self._action(uri, lines, problem, fix) for problem in here if (fix := fix_of(known[1], text, problem))]

    def _action(self, uri: str, lines: Lines, problem: Problem, fix: Fix) -> types.CodeAction:
        edit = types.TextEdit(span(lines, fix.start, fix.end), fix.text)
        return types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            is_preferred=True,
            diagnostics=list(self._diagnostics(lines.text, [problem])),
            edit=types.WorkspaceEdit({uri: [edit]}),
        )

    def _uri(self, book: Book, path: str) -> str:
        """What the client calls a file, where it is open."""
        document = self._open(book.root).get(path)
        return document[1].uri if document else (book.root / path).as_uri()

    def _place(self, where: Where) -> tuple[Book, Lines, int] | None:
        """The book of a place in `stunts.yaml`, the file's lines, and the offset."""
        known = self.book_of(where.text_document.uri)
        if known is None or known[1] != KNOWLEDGE_FILE:
            return None
        lines = self.lines(self.text_of(where.text_document.uri))
        return known[0], lines, lines.offset(where.position.line, where.position.character)

    def _meant(self, where: Where) -> tuple[Book, Lines, Meant] | None:
        found = self._place(where)
        if found is None:
            return None
        book, lines, offset = found
        meant = meant_at(book, lines.text, offset)
        return (book, lines, meant) if meant else None


def span(lines: Lines, start: int, end: int) -> types.Range:
    """A stretch of a text as the client counts it."""
    return types.Range(types.Position(*lines.position(start)), types.Position(*lines.position(end)))


def _item(lines: Lines, offer: Offer, place: int) -> types.CompletionItem:
    return types.CompletionItem(
        label=offer.label,
        detail=offer.detail or None,
        kind=types.CompletionItemKind.Text if offer.is_passage else types.CompletionItemKind.Reference,
        sort_text=f"{place:05}",
        filter_text=offer.filter,
        text_edit=types.TextEdit(span(lines, offer.start, offer.end), offer.text),
    )


def run() -> None:
    """Answer on the standard streams until the client ends it."""
    server = BookServer()

    def check(
        told: types.DidOpenTextDocumentParams
        | types.DidChangeTextDocumentParams
        | types.DidSaveTextDocumentParams
        | types.DidCloseTextDocumentParams,
    ) -> None:
        server.check_soon(told.text_document.uri)

    for event in (
        types.TEXT_DOCUMENT_DID_OPEN,
        types.TEXT_DOCUMENT_DID_CHANGE,
        types.TEXT_DOCUMENT_DID_SAVE,
        types.TEXT_DOCUMENT_DID_CLOSE,
    ):
        server.feature(event)(partial(check))
    options = types.CompletionOptions(trigger_characters=["[", '"', "'", " ", "{", "-"])
    server.feature(types.TEXT_DOCUMENT_COMPLETION, options)(partial(server.complete))
    server.feature(types.TEXT_DOCUMENT_HOVER)(partial(server.hover))
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(partial(server.define))
    quick = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, quick)(partial(server.fixes))
    # What it is given it closes at its end, and the program's own stream must stay open.
    server.start_io(stdout=io.BufferedWriter(io.FileIO(os.dup(sys.stdout.fileno()), "w")))
