"""Charts of the walk-forward, by name."""
