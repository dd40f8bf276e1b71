"""The start command."""
