"""The Markov chain of outcomes, solved for every draw; arrays in, arrays out."""

from model.engine.conditions import Condition
from model.engine.engine import joint_probabilities, marginals, solved

__all__ = [
    "Condition",
    "joint_probabilities",
    "marginals",
    "solved",
]
