"""What was held out, drawn: skill by horizon, said beside came, the self-checks."""
