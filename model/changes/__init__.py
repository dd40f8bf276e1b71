"""One run against another: may it go out, what moved and why, what to watch."""
