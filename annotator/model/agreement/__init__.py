"""How far annotators agree: pure functions over marks, each with its source, pooled over articles by sums."""
