"""Evidence in: files as people have them, proposed as rows, matched, checked, written or undone."""
