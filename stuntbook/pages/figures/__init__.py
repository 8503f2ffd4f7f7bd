"""Pictures of the data: KnowledgeBase -> where every line and mark of a figure stands, without any markup.

One module per figure. The templates of the same names in `templates/figures/` turn what they return into HTML and SVG.
"""
