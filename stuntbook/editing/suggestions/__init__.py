"""An article that is not worked in -> the records and statements that a person would begin with."""
