"""Everything about the active claim, to read and to edit."""
