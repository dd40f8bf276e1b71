"""A fitted run: what it is, its id, on disk whole or not at all."""
