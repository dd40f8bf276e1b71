"""What is behind a fit, in words: intervals, classes, chains, sensitivity."""
