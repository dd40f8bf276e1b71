"""Parameters with names on their axes: what each axis counts, and what stands at each place.

All of it is read off `Priors.labels`, so a parameter that the priors gain appears by itself.
"""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from model.fit.drivers import NOISE_COMPONENTS
from model.fit.priors import Priors, priors
from model.fit.structure import shaped, sized, staged
from model.scenario import Scenario

SAMPLE_DIMS = ("chain", "draw")
MEANING = {
    "log_rate": ("log of the yearly rate one year in", "log(1/year)"),
    "log_shape": ("log of the Weibull shape", "1"),
    "gate_logit": ("log odds of the gate's share of the shortest building", "1"),
    "log_trait": ("log hazard ratio of a trait", "1"),
    "departure": ("log hazard ratio of the region on its reference classes", "1"),
    "log_effect": ("log hazard ratio per unit of the driver", "1"),
    "log_link": ("log hazard ratio of a link with a size of its own", "1"),
    "death_level": ("log of the battle deaths in a month with all drivers at 0", "log(deaths)"),
    "death_scale": ("log of what a unit of log hazard is in log deaths", "1"),
    "death_dispersion": ("log of the negative binomial's size", "1"),
    "coder_noise": ("coder noise, a standard normal before any data", "1"),
    "rate": ("yearly rate one year in", "1/year"),
    "shape": ("Weibull shape", "1"),
    "gate": ("shortest time in which it can be built", "year"),
    "trait_hazard_ratio": ("hazard ratio of a trait", "1"),
    "departure_hazard_ratio": ("hazard ratio of the region on its reference classes", "1"),
    "effect_hazard_ratio": ("hazard ratio per unit of the driver", "1"),
    "adds": ("what a level of a driver adds to another's in a month", "level/month"),
    "link_hazard_ratio": ("hazard ratio of a link while it acts in full", "1"),
}


def coordinates(scenario: Scenario) -> dict[str, Sequence]:
    """Dimension -> the labels (ids or names) of its places, in the order of the arrays.

    A parameter's last axis has the first dimension whose labels are the parameter's; labels that
    no dimension has make one of their own, called after the parameter.
    """
    labels = priors(scenario).labels
    known = {
        "class": scenario.class_ids,
        "outcome": scenario.outcome_ids,
        "driver": scenario.driver_ids,
        "effect": tuple(effect.name for effect in scenario.effects),
        "link": tuple(link.name for link in scenario.links),
        "trait": labels["trait"],
        "series": labels["death_level"],
        "shaped_class": tuple(of.id for of in shaped(scenario)),
        "staged_class": tuple(of.id for of in staged(scenario)),
        "component": range(1, NOISE_COMPONENTS + 1),
        "sized_link": tuple(link.name for link in sized(scenario)),
        "influence": tuple(influence.name for influence in scenario.influences),
    }
    named = {tuple(places) for places in known.values()}
    own = {f"{name}_at": places for name, places in labels.items() if places not in named}
    return known | own


def dims_of(prior: Priors, scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Parameter -> the dimensions of its prior: those of its labels, before it `component`."""
    dimension = {}
    for name, places in coordinates(scenario).items():
        dimension.setdefault(tuple(places), name)
    return {
        name: ("component",) * (location.ndim - 1) + (dimension[prior.labels[name]],)
        for name, location in prior.location.items()
    }


def variable(name: str, scenario: Scenario) -> str:
    """The name of a parameter among variables, where a dimension may have it already."""
    # `effect`, `link` and `trait` are dimensions here, and the parameters are log hazard ratios
    return f"log_{name}" if name in coordinates(scenario) else name


def dataset(
    arrays: dict[str, np.ndarray],
    dims: dict[str, tuple[str, ...]],
    coords: dict[str, Sequence],
    chains: int,
) -> xr.Dataset:
    """Variable -> its draws (draws, ...), chain after chain, as (chain, draw, ...) with labels.

    dims: variable -> its dimensions after chain and draw. coords: labels of these, of which it
    takes those that are used. Variables without a place, as of a scenario with no links, are left
    out: ArviZ cannot summarise them.
    """
    variables = {
        name: _array(name, values.reshape(chains, -1, *values.shape[1:]), dims[name], coords)
        for name, values in arrays.items()
        if values[0].size
    }
    return xr.Dataset(variables)


def _array(name: str, values: np.ndarray, dims: tuple[str, ...], coords: dict) -> xr.DataArray:
    counted = {dim: np.arange(size) for dim, size in zip(SAMPLE_DIMS, values.shape, strict=False)}
    labels = {dim: np.asarray(coords[dim]) for dim in dims if dim in coords}
    meaning, units = MEANING.get(name, ("", ""))
    attributes = {"description": meaning, "units": units} if meaning else {}
    return xr.DataArray(values, counted | labels, (*SAMPLE_DIMS, *dims), attrs=attributes)
