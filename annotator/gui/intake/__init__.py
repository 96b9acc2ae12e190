"""Bringing in files: what would come in, and the bar while it does."""
