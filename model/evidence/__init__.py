"""Every table, cut to what was known on a day; the same changed."""
