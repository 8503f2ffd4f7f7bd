"""Knowledge base -> diagnostics."""
