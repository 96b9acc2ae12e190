"""The project's rules for annotators, beside the article."""
