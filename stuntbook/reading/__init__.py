"""Files -> records."""
