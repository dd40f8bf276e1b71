"""What a machine runs at night: refit, compare, publish; the log, the difference, alerts."""
