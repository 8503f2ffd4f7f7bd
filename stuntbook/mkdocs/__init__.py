"""The one package that knows MkDocs."""
