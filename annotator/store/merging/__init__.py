"""Bringing colleagues' logs into a project: the union of events, and what must not come in (storage.md, section 4)."""
