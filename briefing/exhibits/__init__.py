"""A chart with its numbers and words, by name."""
