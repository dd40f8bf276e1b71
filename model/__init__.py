"""The Bayesian model of Araxes."""

__version__ = "0.7.0"
