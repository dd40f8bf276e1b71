"""Every fault of a scenario's folder, one line each."""
