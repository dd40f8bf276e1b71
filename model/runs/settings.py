"""Settings of a fit: part of a run's identity."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """How a run is sampled: draws and tuning steps a chain, chains, seed."""

    draws: int = 1000
    tune: int = 300
    chains: int = 4
    seed: int = 20230921


STANDARD = Settings()
QUICK = Settings(draws=250, tune=250)
