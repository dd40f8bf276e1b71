"""What several forms need: Office properties, width of text, strict XML, marks of a PDF."""
