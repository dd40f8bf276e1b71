"""What is behind a fit: priors, survival, chains, pulls, weights."""
