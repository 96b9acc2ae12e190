"""Backups in the window: taken by themselves, listed and restored, and the way out of a damaged file."""
