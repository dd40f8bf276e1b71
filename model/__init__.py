"""The Bayesian model of Araxes."""

__version__ = "0.8.0"
