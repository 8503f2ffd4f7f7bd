"""The one package that knows MkDocs, or ProperDocs in its place: https://properdocs.org."""

from importlib import import_module

try:
    import mkdocs  # noqa: F401 - it is there, for all modules of this package
except ModuleNotFoundError:
    import_module("properdocs.replacement")  # from here on, what imports MkDocs gets ProperDocs
