"""The likelihood, written once for PyMC and for NumPy.

Every function takes `xp`, the array module (numpy or pytensor.tensor): PyMC builds its graph from
these lines, and tests, reweighting and checks evaluate the very same lines on stored draws.
Parameters may carry leading draw axes, the `...` of each shape; observed arrays never do. Every log
likelihood is in nats, every hazard per year.

The hazard of outcome k at time t is

    lambda_k(t) = h_k(t - clock_k) exp(u_k + sum_d beta_dk (x_d(t) - c_dk))
                  * prod_j (1 + s_j(t) (exp(gamma_jk) - 1)),

where c_dk is the level at which a case of the clock's class typically stands, h_k is the sum of its
classes' hazards and s_j(t) the chance that outcome j's link still acts. A class has a Weibull
hazard exp(rate) t**(shape - 1), in its first year that year's average exp(rate) / shape, constant
where the shape is 1; or, if it is staged (building: works begin, works end), an Erlang hazard with
two equal stages after the shortest building time, the gate.
"""

import numpy as np

from model.fit.drivers import NOISE_COMPONENTS

TINY = 1e-9  # years; keeps logarithms finite at a gate


def weigh(xp, values, matrix):
    """values (..., n) @ matrix (n, m). PyTensor takes ten seconds to compile a matrix product."""
    if xp is np:
        return values @ matrix
    return (values[..., None] * matrix).sum(axis=-2)


def parameters(xp, free, observed):
    """All parameters by their meaning, from the free ones, which have normal priors.

    Adds shape (..., classes; 1 where a class has none), gate (..., classes; years, 0 where a class
    is not staged), link_size (..., links) and pull (..., drivers, outcomes; log hazard ratio per
    unit of a driver).
    """
    structure = observed.structure
    drivers, outcomes = structure.effect_place.shape[1:]
    pull = weigh(xp, free["effect"], structure.effect_place.reshape((-1, drivers * outcomes)))
    share = 1.0 / (1.0 + xp.exp(-free["gate_logit"]))
    return free | {
        "shape": xp.exp(weigh(xp, free["log_shape"], structure.shape_place)),
        "gate": weigh(xp, share, structure.gate_place) * observed.gate_cap,
        "link_size": weigh(xp, free["link"], structure.link_place),
        "pull": pull.reshape((*free["effect"].shape[:-1], drivers, outcomes)),
    }


def terms(xp, free, observed, gammaln):
    """Every pointwise log likelihood term, by kind of evidence.

    cases (..., cases), builds (..., builds), cells (..., cells), record (..., weeks, outcomes),
    deaths (..., months). gammaln: the log gamma function of the array module.
    """
    p = parameters(xp, free, observed)
    week_pull, month_pull = driver_pulls(xp, p, observed)
    return {
        "cases": case_terms(xp, p, observed.cases),
        "builds": build_terms(xp, p, observed.builds),
        "cells": cell_terms(xp, p, observed.cells),
        "record": record_terms(xp, p, observed, week_pull),
        "deaths": death_terms(xp, p, observed, month_pull, gammaln),
    }


def weibull_cumulative(xp, log_rate, shape, log_time):
    """Cumulative hazard exp(log_rate) t**shape / shape, in its first year exp(log_rate) t / shape.

    Of the shape that its arguments make. A shape under 1 is learned over decades and is mostly
    cases that differ from each other, so the first year has one hazard, its average; the cumulative
    hazard at its end is the Weibull's.
    """
    first, later = xp.minimum(log_time, 0.0), xp.maximum(log_time, 0.0)
    return xp.exp(log_rate + first + shape * later) / shape


def weibull_log_hazard(xp, log_rate, shape, log_time):
    """Log of the hazard per year: exp(log_rate) t**(shape - 1), exp(log_rate) / shape before 1."""
    in_first_year = 1.0 * (log_time < 0.0)
    later = xp.maximum(log_time, 0.0)
    return log_rate + (shape - 1.0) * later - in_first_year * xp.log(shape)


def staged_cumulative(xp, log_rate, after):
    """Cumulative hazard of two equal stages, `after` years past the gate.

    x - log(1 + x) with x = 2 exp(log_rate) after: each stage passes at twice the class's rate, so
    that the mean waiting time after the gate is exp(-log_rate) (Erlang distribution).
    """
    # a case may end before its gate, where nothing can have happened: no time, not a negative one
    stage = 2.0 * xp.exp(log_rate) * xp.maximum(after, TINY)
    return stage - xp.log1p(stage)


def staged_log_hazard(xp, log_rate, after):
    """Log of the hazard of two equal stages, per year."""
    stage = 2.0 * xp.exp(log_rate) * xp.maximum(after, TINY)
    return np.log(2.0) + log_rate + xp.log(stage) - xp.log1p(stage)


def _rate_and_shape(xp, p, table):
    """Log rate and shape of each row of a table, its class and traits taken into account."""
    rate = p["log_rate"][..., table.class_] + weigh(xp, p["trait"], table.traits.T)
    return rate, p["shape"][..., table.class_]


def case_terms(xp, p, cases):
    """Log likelihood (..., cases) of durations: right-censored, at risk from their entry on.

    p: parameter -> (..., its places). cases: times in log years, `event` 0..1.
    """
    rate, shape = _rate_and_shape(xp, p, cases)
    survived = weibull_cumulative(xp, rate, shape, cases.log_time)
    entered = weibull_cumulative(xp, rate, shape, cases.log_entry)
    hazard = weibull_log_hazard(xp, rate, shape, cases.log_time)
    return cases.event * hazard - survived + entered


def build_terms(xp, p, builds):
    """Log likelihood (..., builds) of what is built: right-censored, staged after the gate.

    builds: times in years, `event` 0 or 1.
    """
    rate, _ = _rate_and_shape(xp, p, builds)
    after = builds.time - p["gate"][..., builds.class_]
    return builds.event * staged_log_hazard(xp, rate, after) - staged_cumulative(xp, rate, after)


def cell_terms(xp, p, cells):
    """Log likelihood (..., cells) of aggregate cells: Poisson events over exposure in years."""
    rate, shape = _rate_and_shape(xp, p, cells)
    over = weibull_cumulative(xp, rate, shape, cells.log_to) - weibull_cumulative(
        xp, rate, shape, cells.log_from
    )
    expected = cells.exposure_per_year * over
    # without the factorial of the count, which no parameter moves
    return cells.events * xp.log(expected) - expected


def levels(xp, p, mean, noise):
    """Driver levels (..., times, drivers) from raw means (times, drivers) and noise components."""
    raw = mean
    for component in range(NOISE_COMPONENTS):
        raw = raw + p["coder_noise"][..., component, None, :] * noise[:, component]
    return 2.0 * xp.tanh(raw / 2.0)  # `drivers.saturate`, for either array module


def driver_pulls(xp, p, observed):
    """What the drivers add to log hazards: (..., weeks, outcomes) and (..., months, outcomes)."""
    weeks, months = observed.weeks, observed.months
    mean = xp.concatenate([weeks.mean, months.mean])
    noise = xp.concatenate([weeks.noise, months.noise])
    pull = weigh(xp, levels(xp, p, mean, noise), p["pull"])
    first_month = weeks.mean.shape[0]
    return pull[..., :first_month, :], pull[..., first_month:, :]


def centre_pulls(xp, p, structure):
    """What drivers at their typical levels add to log hazards (..., clocks); 0 for unnamed ones."""
    pull = p["pull"][..., structure.centre_driver, structure.centre_outcome]
    return weigh(xp, pull * p["centre"], structure.centre_clock)


def link_strength(p, structure):
    """Log hazard ratios (..., links); one given by a class makes that class's hazard act."""
    by_class = p["log_rate"][..., structure.link_class] - p["log_rate"][..., structure.link_base]
    own = (1.0 - structure.link_by_class) * p["link_size"]
    return structure.link_by_class * by_class + own


def past_links(xp, p, structure, chance):
    """What links from the past add to log hazards, (..., times, outcomes).

    chance: (times, links), 0..1, that each link still acts.
    """
    strength = link_strength(p, structure)[..., None, :]
    return weigh(xp, xp.log1p(chance * (xp.exp(strength) - 1.0)), structure.link_to)


def record_terms(xp, p, observed, pull):
    """Log likelihood (..., weeks, outcomes) of the region's own record.

    pull: (..., weeks, outcomes), what the drivers add to log hazards per year.
    """
    weeks = observed.weeks
    log_hazard = record_log_hazards(xp, p, observed, pull)
    return weeks.event * log_hazard - xp.exp(log_hazard) * weeks.exposure


def record_log_hazards(xp, p, observed, pull):
    """Log hazards per year (..., weeks, outcomes) in the region's record; `pull` as above."""
    weeks = observed.weeks
    return (
        week_base(xp, p, weeks)
        + p["departure"][..., None, :]
        + pull
        - centre_pulls(xp, p, observed.structure)[..., weeks.clock]
        + past_links(xp, p, observed.structure, weeks.acting)
    )


def week_base(xp, p, weeks):
    """Log base hazard per year (..., weeks, outcomes) in the middle of each week."""
    log_time = weeks.log_time
    of = weeks.class_.reshape((-1,))
    rate = p["log_rate"][..., of].reshape((*p["log_rate"].shape[:-1], *log_time.shape))
    shape = p["shape"][..., of].reshape((*p["shape"].shape[:-1], *log_time.shape))
    return weibull_log_hazard(xp, rate, shape, log_time)


def death_mean(xp, p, structure, pull):
    """Log of the expected deaths per month (..., months).

    pull: (..., months, outcomes), what the drivers add to log hazards.
    """
    on_deaths = (pull * structure.outcome_of_deaths).sum(axis=-1)
    return p["death_level"] + xp.exp(p["death_scale"]) * on_deaths


def death_terms(xp, p, observed, pull, gammaln):
    """Log likelihood (..., months) of battle deaths, negative binomial.

    In a year with deaths that the source gives to no month, each month may hold them with the
    chance `more_chance`; its term mixes the count as printed and the count with them.
    """
    months, size = observed.months, xp.exp(p["death_dispersion"])
    log_mean = death_mean(xp, p, observed.structure, pull)
    printed = _negative_binomial(xp, months.deaths, log_mean, size, gammaln)
    more = _negative_binomial(xp, months.deaths_more, log_mean, size, gammaln)
    chance = months.more_chance
    # against the larger of the two, so that neither becomes 0 or endless before they are mixed
    most = xp.maximum(printed, more)
    return most + xp.log((1.0 - chance) * xp.exp(printed - most) + chance * xp.exp(more - most))


def _negative_binomial(xp, count, log_mean, size, gammaln):
    total = xp.log(size + xp.exp(log_mean))
    choose = gammaln(count + size) - gammaln(size) - gammaln(count + 1.0)
    return choose + size * (xp.log(size) - total) + count * (log_mean - total)
