"""Reads a stranger's document in a process of its own; nothing here knows Django, the database or a key."""
