"""What is behind a number: tornado, flip point, if-then, indicators, gap, movement."""
