"""A colleague's copy of the project, made in the window."""
