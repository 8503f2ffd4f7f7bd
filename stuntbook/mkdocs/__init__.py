"""The one package that knows MkDocs, or ProperDocs in its place: https://properdocs.org."""

from importlib import import_module

try:
    import_module("mkdocs")
except ModuleNotFoundError:
    import_module("properdocs.replacement")  # from here on, what imports MkDocs gets ProperDocs
