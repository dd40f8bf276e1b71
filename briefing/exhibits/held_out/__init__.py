"""Charts of what was held out: reference classes, drivers' futures, self-checks."""
