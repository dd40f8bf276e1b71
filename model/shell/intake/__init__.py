"""Evidence in: the command `import`."""
