"""Tables to sentences, figures and files."""
