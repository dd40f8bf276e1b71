"""Evidence to draws: levels, arrays, priors, likelihood, NUTS, gate."""
