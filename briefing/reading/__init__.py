"""What stands in an exported file."""
