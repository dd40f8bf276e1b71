"""Commands of the track record."""
