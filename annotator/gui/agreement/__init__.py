"""How far the annotators agree, and what stands behind each figure."""
