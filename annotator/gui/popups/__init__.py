"""Type-to-find: the two popups of the annotate loop."""
