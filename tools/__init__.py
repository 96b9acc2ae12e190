"""Tools for those who work on the program: set-up, the sample, catalogues of texts."""
