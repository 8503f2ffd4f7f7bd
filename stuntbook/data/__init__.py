"""Knowledge base -> files for other programs."""
