"""What leaving an event out takes, for many events at little cost."""
