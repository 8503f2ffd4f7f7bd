"""Where a knowledge base has its files, relative to its folder."""

from __future__ import annotations

from pathlib import Path

KNOWLEDGE_FILE = "stunts.yaml"
ARTICLES_FOLDER = "articles"
CACHE = Path(".cache", "stuntbook")
"""What is in it can be made again."""
