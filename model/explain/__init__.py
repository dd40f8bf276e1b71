"""What is behind a number: build-up, tornado, flip point, if-then, indicators, gap, movement."""
