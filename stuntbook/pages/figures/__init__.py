"""Pictures of the data: KnowledgeBase -> where every line and mark of a figure stands, which templates turn into SVG."""
