"""The editor of a set."""
