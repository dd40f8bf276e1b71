"""The Bayesian model of Araxes."""
