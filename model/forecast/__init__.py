"""A run, assumptions and a deadline to tables; how surprising; the nearest set that works."""
