"""What the program costs: ratios against floors that are measured in the same run."""
