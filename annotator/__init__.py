"""Annotator: fact-checkers mark claims in news articles, say who makes them and link them to sources."""
