"""The language server: what an editor asks about a book while somebody types."""
