"""What was held out, in words: reference classes, drivers' futures, self-checks."""
