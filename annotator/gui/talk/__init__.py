"""Comments and their answers."""
