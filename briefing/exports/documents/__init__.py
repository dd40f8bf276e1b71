"""A brief as Word, PDF, HTML, a paragraph."""
