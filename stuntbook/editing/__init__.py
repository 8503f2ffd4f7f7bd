"""Commands for editors, on top of reading, knowledge and rules."""
