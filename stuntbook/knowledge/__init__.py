"""Records -> knowledge base."""
