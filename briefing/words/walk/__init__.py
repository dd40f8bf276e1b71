"""The walk-forward in words."""
