"""Pages -> the folder of a site."""
