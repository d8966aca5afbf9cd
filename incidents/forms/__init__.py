"""The shape of what people enter about incidents; what is allowed stands in rules.py."""
