"""The verbs of this feature: reporting, casework and conversation."""
