"""The forms of the policy library."""
