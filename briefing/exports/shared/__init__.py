"""What several forms need: Office properties, width of text, marks of a PDF."""
