"""The pages that list everything of a kind."""
