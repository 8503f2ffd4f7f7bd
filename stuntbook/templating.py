"""Jinja2 as our templates need it: what it does for others at every call, attribute and value is left out.

Templates here call no function that wants Jinja's context, take attributes of objects alone (items of mappings by
brackets), and escape everything. The settings are those that Jinja2 documents as its extension points:
https://jinja.palletsprojects.com/en/stable/api/#the-high-level-api
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from markupsafe import Markup, escape

_is_plain = re.compile("[^&<>'\"]*").fullmatch
"""Whether a text means itself in HTML."""


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept between builds: in the system's folder for temporary files, if it has one.

    Jinja tells them apart by their text; what they are compiled by is this module and Jinja.
    """
    compiler = sha256(Path(__file__).read_bytes() + version("jinja2").encode()).hexdigest()[:16]
    with suppress(RuntimeError, OSError):
        return FileSystemBytecodeCache(pattern=f"stuntbook-{compiler}-%s.cache")
    return None  # somebody else's folder stands in its place, or none can be made


class _Context(Context):
    """Calls what it is told to call."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        # Jinja hands the variables of loops and blocks on to functions that want its context.
        return called(*args, **kwargs)


class _Generator(CodeGenerator):
    """Writes templates as Python that escapes each value by the environment's `text`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.text(")
        if finalize.src is not None:
            self.write(finalize.src)


class Templates(Environment):
    """The templates in a folder."""

    context_class = _Context
    code_generator_class = _Generator
    getattr = staticmethod(getattr)  # type: ignore[assignment]

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled_templates(),
        )

    @staticmethod
    def text(value: object) -> str:
        """A value as HTML: escaped, unless it is HTML."""
        if type(value) is Markup or (type(value) is str and _is_plain(value)):
            return value
        return escape(value)

    def fill(self, name: str, context: dict[str, object]) -> str:
        """What a template gives. Raises jinja2.TemplateError where it is wrong."""
        try:
            return self.get_template(name).render(context)
        except AttributeError as error:
            raise UndefinedError(str(error)).with_traceback(error.__traceback__) from error

    def read_again(self) -> None:
        """Compile what has changed, and look no more until the next time: every page asks for its template."""
        self.auto_reload = True
        for name in self.list_templates():
            self.get_template(name)
        self.auto_reload = False
