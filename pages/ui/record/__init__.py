"""Parts of the Track record page."""
