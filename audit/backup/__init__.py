"""Taking everything the portal keeps to another place, and bringing it back proven."""


class Impossible(Exception):
    """Why a backup or a restore cannot be done, in one plain sentence."""
