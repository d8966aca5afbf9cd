"""What an inspection says when a file cannot be taken in."""

REFUSED = 3


class Unreadable(Exception):
    """A file is not what it claims or cannot be made safe; carries a sentence for whoever chose it."""
