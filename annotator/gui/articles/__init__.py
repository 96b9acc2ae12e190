"""The left panel: articles and sources."""
