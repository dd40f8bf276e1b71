"""Priors: the scenario's 90 % intervals as locations and scales of normal distributions.

A 90 % interval (low, high) of a positive quantity becomes a normal of its logarithm with
location (log low + log high) / 2 and scale (log high - log low) / (2 * 1.6449).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.fit.drivers import NOISE_COMPONENTS
from model.fit.structure import centres, clock_name, clocks, shaped, sized, staged, trait_names
from model.scenario import Scenario

Z90 = 1.6448536269514722  # standard deviations from a normal's centre to its 95 % quantile


@dataclass(frozen=True)
class Priors:
    """location and scale: parameter name -> array, in the order that `labels` gives in words."""

    location: dict[str, np.ndarray]
    scale: dict[str, np.ndarray]
    labels: dict[str, tuple[str, ...]]


def priors(scenario: Scenario) -> Priors:
    """Normal priors of all parameters, before any data.

    log_rate (classes,; log of a yearly rate), log_shape (shaped,), gate_logit (staged,), trait
    (traits,; log hazard ratios), departure (outcomes,), effect (effects,) and link (sized,; log
    hazard ratios), centre (centres,; levels of drivers, -2..2), death_level, death_scale and
    death_dispersion (1,; logs; none where deaths speak of nothing), coder_noise (components,
    drivers; standard normal).
    """
    triples = _classes(scenario) | _arrows(scenario) | _deaths(scenario) | _coders(scenario)
    return Priors(
        {name: np.asarray(location, float) for name, (location, _, _) in triples.items()},
        {name: np.asarray(scale, float) for name, (_, scale, _) in triples.items()},
        {name: tuple(labels) for name, (_, _, labels) in triples.items()},
    )


def log_normal(intervals: Sequence | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Location and scale, each (n,), of the logs of quantities with these 90 % intervals (n, 2)."""
    logs = np.log(np.asarray(intervals, float).reshape(-1, 2))
    return logs.mean(axis=1), (logs[:, 1] - logs[:, 0]) / (2 * Z90)


def _logit_normal(intervals) -> tuple[np.ndarray, np.ndarray]:
    # the log of the odds is the logit, so the same normal serves
    odds = np.asarray(intervals, float).reshape(-1, 2)
    return log_normal(odds / (1 - odds))


def _classes(scenario: Scenario) -> dict:
    traits = trait_names(scenario)
    shapes, gates = shaped(scenario), staged(scenario)
    return {
        "log_rate": (*log_normal([c.rate for c in scenario.classes]), scenario.class_ids),
        "log_shape": (*log_normal([c.shape for c in shapes]), [c.id for c in shapes]),
        "gate_logit": (*_logit_normal([c.gate_share for c in gates]), [c.id for c in gates]),
        "trait": (*_traits(scenario, traits), [f"{of}: {trait}" for of, trait, _ in traits]),
    }


def _traits(scenario: Scenario, traits) -> tuple[np.ndarray, np.ndarray]:
    location, scale = np.zeros(len(traits)), np.zeros(len(traits))
    for place, (of, trait, _) in enumerate(traits):
        reference = scenario.reference_class(of)
        scale[place] = reference.trait_sd
        if trait in reference.trait_ratio:
            location[place], scale[place] = np.concatenate(
                log_normal([reference.trait_ratio[trait]])
            )
    return location, scale


def _arrows(scenario: Scenario) -> dict:
    departures = [outcome.departure_sd for outcome in scenario.outcomes]
    links = sized(scenario)
    return {
        "departure": (np.zeros(len(departures)), departures, scenario.outcome_ids),
        "effect": (
            *log_normal([e.hazard_ratio for e in scenario.effects]),
            _named(scenario.effects),
        ),
        "link": (*log_normal([link.hazard_ratio for link in links]), _named(links)),
        "centre": _centres(scenario),
    }


def _centres(scenario: Scenario) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Levels and not their logs: normal around the middle of each interval."""
    named = centres(scenario)
    ends = np.array([centre.level for centre in named]).reshape(-1, 2)
    clock_of = [clock_name(clocks(scenario)[c.clock][1]) for c in named]
    labels = [
        f"{c.driver} -> {c.outcome}, {clock}" for c, clock in zip(named, clock_of, strict=True)
    ]
    return ends.mean(axis=1), (ends[:, 1] - ends[:, 0]) / (2 * Z90), labels


def _named(arrows) -> list[str]:
    return [arrow.name for arrow in arrows]


def _deaths(scenario: Scenario) -> dict:
    deaths = scenario.deaths
    own = [deaths] if deaths else []
    pairs = {name: [getattr(of, name) for of in own] for name in ("level", "scale", "dispersion")}
    labels = ["deaths"] * len(own)
    return {f"death_{name}": (*log_normal(pair), labels) for name, pair in pairs.items()}


def _coders(scenario: Scenario) -> dict:
    size = (NOISE_COMPONENTS, len(scenario.drivers))
    return {"coder_noise": (np.zeros(size), np.ones(size), scenario.driver_ids)}
