"""What was forecast and what became of it."""
