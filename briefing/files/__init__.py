"""One call per file, for page and shell."""
