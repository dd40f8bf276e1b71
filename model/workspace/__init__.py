"""Sets of assumptions that stay: their versions, notes and signatures, on disk and as one file."""
