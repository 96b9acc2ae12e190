"""The claims of the article on show."""
