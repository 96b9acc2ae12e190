"""What can be found in a text without a person: cues, speakers. spaCy and nothing else."""
