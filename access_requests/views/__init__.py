"""The pages about access."""
