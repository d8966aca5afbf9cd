"""What is done about access: asking, deciding, reviewing, granting and ending."""
