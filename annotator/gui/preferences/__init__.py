"""Settings, keys of one's own, the project's properties, and projects opened before."""
