"""What is published, what an analyst says against it, what became of both."""
