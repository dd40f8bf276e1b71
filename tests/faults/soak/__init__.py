"""`make soak`: many visitors for a long time, and what it costs the server."""
