"""A text and what stands in it."""
