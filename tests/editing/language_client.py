"""An editor as a language server sees it: pygls' own client, asked one thing after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CARET = "¦"
"""Where an editor's caret stands in a text; it is no part of it."""
PATIENCE = 60
"""After how many seconds a server that says nothing fails its test."""
T = TypeVar("T")


class Editor:
    """A client that has a folder open; every file that it writes to is open too, and never saved."""

    def __init__(self, folder: Path, *command: str | Path) -> None:
        self._folder = folder
        self._command = [*map(str, command)]
        self._runner = asyncio.Runner()
        self._thread = ThreadPoolExecutor(1)
        """In the tests' own, a browser that they have used goes on with a loop of its own."""
        self._client = LanguageClient("tests", "1")
        self._versions: dict[str, int] = {}
        self._told: dict[str, asyncio.Queue[types.PublishDiagnosticsParams]] = {}

    def __enter__(self) -> Self:
        client = self._client

        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self._hear))  # pygls marks what it is given
        client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
        client.feature(types.WORKSPACE_CONFIGURATION)(partial(self._configure))
        opened = types.InitializeParams(
            capabilities=types.ClientCapabilities(workspace=types.WorkspaceClientCapabilities(configuration=True)),
            root_uri=self._folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(self._folder.as_uri(), "book")],
        )
        self._ask(lambda: client.start_io(*self._command))
        self._ask(lambda: client.initialize_async(opened))
        self._tell(lambda: client.initialized(types.InitializedParams()))
        return self

    def __exit__(self, *_: object) -> None:
        async def end() -> None:
            await self._client.shutdown_async(None)
            self._client.exit(None)
            await self._client.stop()  # type: ignore[no-untyped-call]

        self._ask(end)
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def _hear(self, told: types.PublishDiagnosticsParams) -> None:
        self._told.setdefault(told.uri, asyncio.Queue()).put_nowait(told)

    def _configure(self, asked: types.ConfigurationParams) -> list[object]:
        return [{"hover": True, "completion": True, "validate": True} for _ in asked.items]

    def _ask(self, request: Callable[[], Awaitable[T]]) -> T:
        async def answer() -> T:
            async with asyncio.timeout(PATIENCE):
                return await request()

        return self._thread.submit(lambda: self._runner.run(answer())).result()

    def _tell(self, notice: Callable[[], None]) -> None:
        async def tell() -> None:
            notice()

        self._ask(tell)

    def uri(self, path: str) -> str:
        return (self._folder / path).as_uri()

    def write(self, path: str, text: str) -> None:
        """Have a file of the folder hold a text, which may hold the caret."""
        text, uri, version = text.replace(CARET, ""), self.uri(path), self._versions.get(path, 0) + 1
        self._versions[path] = version
        if version == 1:
            opened = types.TextDocumentItem(uri, "yaml", version, text)
            self._tell(lambda: self._client.text_document_did_open(types.DidOpenTextDocumentParams(opened)))
        else:
            changed = types.VersionedTextDocumentIdentifier(version, uri)
            changes = [types.TextDocumentContentChangeWholeDocument(text)]
            params = types.DidChangeTextDocumentParams(changed, changes)
            self._tell(lambda: self._client.text_document_did_change(params))

    def complete(self, path: str, text: str) -> Sequence[types.CompletionItem]:
        """What is offered at the caret."""
        self.write(path, text)
        where = types.CompletionParams(types.TextDocumentIdentifier(self.uri(path)), caret(text))
        found = self._ask(lambda: self._client.text_document_completion_async(where))
        return found.items if isinstance(found, types.CompletionList) else found or ()

    def hover(self, path: str, text: str) -> str:
        """What is shown of the place of the caret, in Markdown."""
        self.write(path, text)
        where = types.HoverParams(types.TextDocumentIdentifier(self.uri(path)), caret(text))
        found: Any = self._ask(lambda: self._client.text_document_hover_async(where))
        return found.contents.value if found else ""

    def definition(self, path: str, text: str) -> types.Location | None:
        """Where it stands what stands at the caret."""
        self.write(path, text)
        where = types.DefinitionParams(types.TextDocumentIdentifier(self.uri(path)), caret(text))
        found: Any = self._ask(lambda: self._client.text_document_definition_async(where))
        return found if isinstance(found, types.Location) else None

    def fixes(self, path: str, text: str) -> dict[str, str]:
        """What can be done about the problems of a text, by title, and the text that it makes."""
        problems = self.problems(path, text)
        identifier, end = types.TextDocumentIdentifier(self.uri(path)), types.Position(text.count("\n") + 1, 0)
        asked = types.CodeActionParams(
            identifier, types.Range(types.Position(0, 0), end), types.CodeActionContext(problems)
        )
        found: Any = self._ask(lambda: self._client.text_document_code_action_async(asked))
        return {each.title: changed(text, each.edit.changes[identifier.uri]) for each in found or ()}

    def problems(self, path: str, text: str) -> list[types.Diagnostic]:
        """What is told of a text; it must not be the one that the file holds already."""
        told = self._told[self.uri(path)] = asyncio.Queue()
        self.write(path, text)
        while True:  # what a server says of an earlier text may come late
            answer = self._ask(told.get)
            if answer.version in (None, self._versions[path]):
                return list(answer.diagnostics)


def changed(text: str, edits: Sequence[types.TextEdit]) -> str:
    """A text with one edit made in it."""
    (edit,) = edits
    start, end = (offset(text, place) for place in (edit.range.start, edit.range.end))
    return text[:start] + edit.new_text + text[end:]


def offset(text: str, place: types.Position) -> int:
    """The offset of a position in a text."""
    lines = text.split("\n")
    before = lines[place.line].encode("utf-16-le")[: place.character * 2].decode("utf-16-le")
    return sum(len(line) + 1 for line in lines[: place.line]) + len(before)


def caret(text: str) -> types.Position:
    """The position of the caret; columns count in UTF-16, as in LSP where nothing else is agreed."""
    before = text[: text.index(CARET)]
    line = before[before.rfind("\n") + 1 :]
    return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)
