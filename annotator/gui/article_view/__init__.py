"""The article: its text, the marks over it, gutter, overview track and selection bar."""
