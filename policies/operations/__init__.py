"""What happens to policies and to questions about them: lock, check, change, write down, tell."""
