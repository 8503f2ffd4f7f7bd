"""Jinja2 as our templates need it: what it does for others at every call, attribute and value is left out.

Templates here call no function that wants Jinja's context, take attributes of objects alone (items of mappings by
brackets), and escape everything. The settings are those that Jinja2 documents as its extension points:
https://jinja.palletsprojects.com/en/stable/api/#the-high-level-api
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.nodes import Call, Expr, Getattr
from jinja2.utils import missing
from markupsafe import Markup, escape

_is_plain = re.compile("[^&<>'\"]*").fullmatch
"""Whether a text means itself in HTML."""
_html = cast(Callable[[str], Markup], partial(str.__new__, Markup))
"""A text that is HTML already, without being asked whether it is one."""
_PREFIX = re.compile(r"l_\d+_")
"""What Jinja puts before the names of a template's variables."""


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept between builds: in the system's folder for temporary files, if it has one.

    Jinja tells them apart by their text; what they are compiled by is this module and Jinja.
    """
    compiler = sha256(Path(__file__).read_bytes() + version("jinja2").encode()).hexdigest()[:16]
    with suppress(RuntimeError, OSError):
        return FileSystemBytecodeCache(pattern=f"stuntbook-{compiler}-%s.cache")
    return None  # somebody else's folder stands in its place, or none can be made


class _Generator(CodeGenerator):
    """Writes templates as Python that takes attributes and calls functions itself, and escapes by `Templates.text`."""

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja calls it
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        arguments = [("", each) for each in (*node.args, *node.kwargs)]
        arguments += [(stars, each) for stars, each in (("*", node.dyn_args), ("**", node.dyn_kwargs)) if each]
        self.visit(node.node, frame)
        self.write("(")
        for stars, argument in arguments:
            self.write(stars)
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.macro(macro)")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.text(")
        if finalize.src is not None:
            self.write(finalize.src)


class Templates(Environment):
    """The templates in a folder."""

    code_generator_class = _Generator

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
    def macro(function: Callable[..., str]) -> Callable[..., Markup]:
        """What templates call in place of the function that Jinja has made of a macro.

        That takes each parameter under a name of Jinja's, and `missing` for what is not given.
        """
        parameters = function.__code__.co_varnames[: function.__code__.co_argcount]
        names = {_PREFIX.sub("", parameter): parameter for parameter in parameters}
        function.__defaults__ = (missing,) * len(parameters)

        def call(*args: object, **kwargs: object) -> Markup:
            return _html(function(*args, **{names[name]: value for name, value in kwargs.items()}))

        return call

    @staticmethod
    def text(value: object) -> str:
        """A value as HTML: escaped, unless it is HTML."""
        if type(value) is Markup or (type(value) is str and _is_plain(value)):
            return value
        return str(value) if type(value) is int else escape(value)

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
