"""The walk-forward drawn."""
