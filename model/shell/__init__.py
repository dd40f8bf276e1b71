"""The options of commands, what they do and print."""
