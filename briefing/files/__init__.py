"""One call a file, for page and shell."""
