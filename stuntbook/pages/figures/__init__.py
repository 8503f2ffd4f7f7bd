"""Pictures of the data: KnowledgeBase -> where each line and mark of a figure stands; templates turn that into SVG."""
