"""Evidence simulated from known parameters, from the definitions and not from the likelihood.

The design is the real one: its classes, traits, weeks and driver histories, several times over.
"""

from dataclasses import replace

import numpy as np

from tests.model import real_evidence

LAST_YEAR_WATCHED = 60.0
REGIONS = 1  # regions with the same drivers and parameters, each with a record of its own
COPIES = 3  # of every reference case


def one_draw(seed):
    """Parameters by their meaning, drawn from the priors."""
    free = {name: values[0] for name, values in real_evidence.prior_draws(1, seed).items()}
    observed = real_evidence.observed()
    scenario = real_evidence.evidence().scenario
    shaped = [c.id for c in scenario.classes if c.shape is not None]
    share = 1 / (1 + np.exp(-free["gate_logit"]))
    gated = [c.gate_share is not None for c in scenario.classes]
    shape = np.ones(len(scenario.classes))
    shape[[scenario.class_ids.index(id) for id in shaped]] = np.exp(free["log_shape"])
    gate = np.zeros(len(scenario.classes))
    gate[gated] = share * observed.gate_cap[gated]
    return free, {"rate": np.exp(free["log_rate"]), "shape": shape, "gate": gate}


def evidence(free, by_class, seed):
    """What a fit would be given, simulated from one set of parameters."""
    rng = np.random.default_rng([seed, 1])
    observed = real_evidence.observed()
    return replace(
        observed,
        cases=_cases(free, by_class, observed.cases, rng),
        builds=_builds(free, by_class, observed.builds, rng),
        cells=_cells(free, by_class, observed.cells, rng),
        weeks=_records(free, by_class, observed, rng),
        months=_deaths(free, observed.months, rng),
    )


def row_rates(free, by_class, table):
    of = table.class_
    return by_class["rate"][of] * np.exp(table.traits @ free["trait"]), of


def waiting_times(rate, shape, entry, rng):
    """Times after `entry` with the hazard rate * t**(shape - 1), by inverting the survival.

    In the first year the hazard is that year's average, rate / shape.
    """
    passed = rng.exponential(size=len(rate)) + by_then(rate, shape, entry)
    years = shape * passed / rate
    return np.where(years < 1, years, years ** (1 / shape))


def by_then(rate, shape, time):
    """Cumulative hazard at `time`, in years."""
    return rate / shape * np.where(time < 1, time, time**shape)


def _cases(free, by_class, cases, rng):
    cases = cases.rows(np.tile(np.arange(len(cases.class_)), COPIES))
    rate, of = row_rates(free, by_class, cases)
    entry = np.exp(cases.log_entry)
    time = waiting_times(rate, by_class["shape"][of], entry, rng)
    watched = rng.uniform(entry, LAST_YEAR_WATCHED)
    return replace(
        cases,
        log_time=np.log(np.maximum(np.minimum(time, watched), 1e-8)),
        event=(time <= watched).astype(float),
    )


def _builds(free, by_class, builds, rng):
    rate, of = row_rates(free, by_class, builds)
    stages = rng.exponential(1 / (2 * rate), (2, len(rate)))
    time = by_class["gate"][of] + stages.sum(axis=0)
    watched = rng.uniform(1.0, LAST_YEAR_WATCHED, len(rate))
    return replace(builds, time=np.minimum(time, watched), event=(time <= watched).astype(float))


def _cells(free, by_class, cells, rng):
    rate, of = row_rates(free, by_class, cells)
    shape = by_class["shape"][of]
    start, end = np.exp(cells.log_from), np.exp(cells.log_to)
    passed = by_then(rate, shape, end) - by_then(rate, shape, start)
    expected = passed * cells.exposure_per_year
    return replace(cells, events=rng.poisson(expected).astype(float))


def levels(free, mean, noise):
    return 2 * np.tanh((mean + np.einsum("tcd,cd->td", noise, free["coder_noise"])) / 2)


def hazards(free, by_class, observed):
    """Hazards per year (weeks, outcomes) before any link acts."""
    scenario = real_evidence.evidence().scenario
    level = levels(free, observed.weeks.mean, observed.weeks.noise)
    of = observed.weeks.class_
    time = np.exp(observed.weeks.log_time)
    rate, shape = by_class["rate"][of], by_class["shape"][of]
    hazard = np.where(time < 1, rate / shape, rate * time ** (shape - 1))
    hazard = hazard * np.exp(free["departure"])
    for e, effect in enumerate(scenario.effects):
        k, d = scenario.outcome_ids.index(effect.to), scenario.driver_ids.index(effect.from_)
        above = level[:, d] - typical(free, effect, observed.weeks.clock[:, k])
        hazard[:, k] *= np.exp(free["effect"][e] * above)
    return hazard


def typical(free, effect, clock):
    """The level from which an effect counts in each week; clock: (weeks,), that which ran."""
    labels = real_evidence.prior().labels["centre"]
    clocks = [(o.id, c.date) for o in real_evidence.evidence().scenario.outcomes for c in o.clocks]
    names = [f"{effect.from_} -> {clocks[place][0]}, {clocks[place][1]}" for place in clock]
    return np.array([free["centre"][labels.index(n)] if n in labels else 0.0 for n in names])


def link_ratios(free, by_class):
    """The hazard ratio of each link of the scenario."""
    scenario = real_evidence.evidence().scenario
    sizes = iter(np.exp(free["link"]))
    rate = dict(zip(scenario.class_ids, by_class["rate"], strict=True))
    return [
        next(sizes)
        if link.hazard_of is None
        else rate[link.hazard_of] / rate[scenario.outcome(link.to).clocks[0].classes[0]]
        for link in scenario.links
    ]


def _records(free, by_class, observed, rng):
    hazard, ratios = hazards(free, by_class, observed), link_ratios(free, by_class)
    records = [_record(hazard, ratios, rng) for _ in range(REGIONS)]
    weeks = observed.weeks.rows(np.tile(np.arange(len(hazard)), REGIONS))
    event, exposure, acting = (np.concatenate(parts) for parts in zip(*records, strict=True))
    return replace(weeks, event=event, exposure=exposure, acting=acting)


def _record(hazard, ratios, rng):
    """Event, exposure and acting of a region's weeks: what happens acts on those that follow."""
    scenario = real_evidence.evidence().scenario
    weeks, outcomes = hazard.shape
    years = 7 / 365.25
    event, exposure = np.zeros((weeks, outcomes)), np.full((weeks, outcomes), years)
    acting = np.zeros((weeks, len(scenario.links)))
    last = {}
    for week in range(weeks):
        now = hazard[week].copy()
        for place, link in enumerate(scenario.links):
            if link.from_ in last:
                half_life = scenario.outcome(link.from_).link_half_life_days or np.inf
                acting[week, place] = 0.5 ** (7 * (week - last[link.from_]) / half_life)
                k = scenario.outcome_ids.index(link.to)
                now[k] *= 1 + acting[week, place] * (ratios[place] - 1)
        for k, outcome in enumerate(scenario.outcomes):
            if outcome.id in last and not outcome.happens_again:
                exposure[week, k] = 0.0
                continue
            event[week, k] = rng.poisson(now[k] * years)
            if not outcome.happens_again and event[week, k]:
                event[week, k] = 1.0
                exposure[week, k] = rng.uniform(0, years)
            if event[week, k]:
                last[outcome.id] = week
    return event, exposure, acting


def _deaths(free, months, rng):
    scenario = real_evidence.evidence().scenario
    level = levels(free, months.mean, months.noise)
    pull = sum(
        free["effect"][e] * level[:, scenario.driver_ids.index(effect.from_)]
        for e, effect in enumerate(scenario.effects)
        if effect.to == scenario.deaths.outcome
    )
    mean = np.exp(free["death_level"] + np.exp(free["death_scale"]) * pull)
    size = np.exp(free["death_dispersion"])
    deaths = rng.poisson(rng.gamma(size, mean / size, (REGIONS, len(mean)))).ravel().astype(float)
    return replace(
        months.rows(np.tile(np.arange(len(mean)), REGIONS)),
        deaths=deaths,
        deaths_more=deaths,
        more_chance=np.zeros(len(deaths)),
    )
