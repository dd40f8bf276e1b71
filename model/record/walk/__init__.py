"""The walk-forward: each past day fitted to what it knew, and what it would have said."""
