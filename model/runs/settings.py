"""Settings of a fit: part of a run's identity."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """How a run is sampled.

    draws: kept draws per chain. tune: steps per chain before the first of them. chains: sampled
    side by side. seed: of the sampler and of the drivers' futures.
    """

    draws: int = 1000
    tune: int = 300
    chains: int = 4
    seed: int = 20230921


STANDARD = Settings()
QUICK = Settings(draws=250, tune=250)
