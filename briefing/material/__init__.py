"""What every file is made of: run, assumptions, provenance, story."""
