"""Taking over the personnel system's list: reading and checking it, storing its units and its people."""
