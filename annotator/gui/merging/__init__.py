"""Colleagues' files in the window: looked at first, merged with a backup, taken back; and versions to choose from."""
