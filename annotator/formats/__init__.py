"""One module a format: reading and writing datasets."""
