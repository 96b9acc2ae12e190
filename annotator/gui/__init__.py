"""The window."""

from annotator.gui.imports import read_no_sources

read_no_sources()
