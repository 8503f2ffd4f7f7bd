"""Knowledge base -> pages."""
