"""What the model says of what it was not given: reference cases and the drivers' futures."""
