"""Turns a policy written elsewhere into the portal's own text, which a person then checks."""
