"""A brief as PowerPoint."""
