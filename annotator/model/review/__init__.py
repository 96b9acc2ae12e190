"""Several annotators' marks of one text beside each other: clusters, votes, how far they differ, what was decided."""
