"""Files that leave the house, a package per form."""
