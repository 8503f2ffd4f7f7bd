"""The fonts of the social cards, and the lines of text that are set with them."""
