"""Where a knowledge base has its files, relative to its folder."""

KNOWLEDGE_FILE = "stunts.yaml"
ARTICLES_FOLDER = "articles"
ADDRESSES_FILE = "addresses.txt"
CONFIG_FILE = "mkdocs.yml"
CONFIG_FILES = (CONFIG_FILE, "mkdocs.yaml")
"""The names by which MkDocs knows its settings; the first that is there counts."""
DOCS_FOLDER = "docs"
NEEDED = (
    "a knowledge base is a folder with stunts.yaml and articles/, and for its site mkdocs.yml and docs/: "
    "`stuntbook init DIR` makes one to begin with; the least is an empty docs/ and a mkdocs.yml of three lines: "
    "site_name: My stunts, theme: {name: material, font: false} and plugins: [stuntbook]"
)
"""What is said where one of these is missing."""
SCHEMA_FILE = ".stuntbook/schema.json"
"""What editors complete keys from."""
