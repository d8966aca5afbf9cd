"""Parses a stranger's file in a process of its own; nothing here knows Django, the database or a key."""
