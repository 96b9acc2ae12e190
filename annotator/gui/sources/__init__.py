"""The page of a source: what it says of itself, its file, where it is used, which others it is the same as."""
