"""The likelihood against SciPy's distributions, by hand, and NumPy against PyTensor."""

from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytensor
import pytensor.tensor as pt
import pytest
from scipy import stats
from scipy.special import gammaln

from model.fit import likelihood
from model.runs.observed import Cases, Cells
from tests.model import real_evidence

DRAWS = 3


@pytest.fixture(scope="module")
def free():
    return real_evidence.prior_draws(DRAWS, seed=11)


@pytest.fixture(scope="module")
def observed():
    return real_evidence.observed()


@pytest.fixture(scope="module")
def full(free, observed):
    """All parameters by their meaning."""
    return likelihood.parameters(np, free, observed)


@pytest.fixture(scope="module")
def by_numpy(free, observed):
    return likelihood.terms(np, free, observed, gammaln)


def test_numpy_and_pytensor_give_the_same_numbers(free, observed, by_numpy):
    inputs = {name: pt.TensorType("float64", values[0].shape)() for name, values in free.items()}
    terms = likelihood.terms(pt, inputs, observed, pt.gammaln)
    plain = pytensor.compile.mode.Mode(linker="py", optimizer=None)
    graph = pytensor.function(list(inputs.values()), list(terms.values()), mode=plain)
    for draw in range(DRAWS):
        values_of_graph = graph(*(values[draw] for values in free.values()))
        for name, term in zip(terms, values_of_graph, strict=True):
            assert term == pytest.approx(by_numpy[name][draw], rel=1e-10, abs=1e-10), name


def test_every_term_is_finite_on_parameters_far_out(observed):
    wide = {name: 3 * v for name, v in real_evidence.prior_draws(200, seed=12).items()}
    for name, term in likelihood.terms(np, wide, observed, gammaln).items():
        assert np.isfinite(term).all(), name


class Waiting:
    """SciPy's exponential in the first year, then its Weibull of hazard rate * t**(shape - 1).

    The Weibull's cumulative hazard is rate / shape at one year: the exponential's rate.
    """

    def __init__(self, rate, shape):
        self.first = stats.expon(scale=shape / rate)
        self.later = stats.weibull_min(shape, scale=(shape / rate) ** (1 / shape))

    def _law(self, time):
        return self.first if time < 1 else self.later

    def logsf(self, time):
        return self._law(time).logsf(time)

    def log_hazard(self, time):
        return self._law(time).logpdf(time) - self._law(time).logsf(time)


def row_rate(full, table, draw, row):
    """A row's rate per year and its shape: the class's rate moved by its own traits."""
    of = table.class_[row]
    log_rate = full["log_rate"][draw, of]
    for trait, difference in enumerate(table.traits[row]):
        log_rate += full["trait"][draw, trait] * difference
    return np.exp(log_rate), full["shape"][draw, of]


def test_cases_are_weibull_right_censored_and_left_truncated(full, observed, by_numpy):
    time, entry = np.exp(observed.cases.log_time), np.exp(observed.cases.log_entry)
    assert (entry > 0.5).any()
    for draw in range(DRAWS):
        for row in range(len(time)):
            law = Waiting(*row_rate(full, observed.cases, draw, row))
            # An ending that counts half, as its readers disagree, is half an event.
            seen = observed.cases.event[row] * law.log_hazard(time[row]) + law.logsf(time[row])
            expected = seen - law.logsf(entry[row])
            assert by_numpy["cases"][draw, row] == pytest.approx(expected, rel=1e-8, abs=1e-8)


def one_case(time, entry, event, rate=0.3, shape=1.0):
    cases = Cases(
        class_=np.array([0]),
        traits=np.zeros((1, 1)),
        event=np.array([float(event)]),
        log_time=np.log([time]),
        log_entry=np.log([entry]),
        id=np.array(["one"]),
    )
    p = {"log_rate": np.log([rate]), "shape": np.array([shape]), "trait": np.zeros(1)}
    return likelihood.case_terms(np, p, cases)[0]


def test_a_constant_hazard_counts_only_the_years_at_risk():
    # 0.3 a year, watched from year 1 to year 5: exp(-0.3 * 4); an ending adds log 0.3.
    assert one_case(5.0, 1.0, event=0) == pytest.approx(-1.2)
    assert one_case(5.0, 1.0, event=1) == pytest.approx(-1.2 + np.log(0.3))
    assert one_case(5.0, 1e-9, event=0) == pytest.approx(-1.5)


def test_a_falling_hazard_by_hand():
    # hazard 0.4 t**-0.5, cumulative 0.8 t**0.5: from year 1 to 4 that is 0.8; at 4 it is 0.2.
    assert one_case(4.0, 1.0, event=1, rate=0.4, shape=0.5) == pytest.approx(-0.8 + np.log(0.2))


def test_the_first_year_has_one_hazard_and_ends_where_the_weibull_does():
    # Rate 0.4, shape 0.5: 0.8 by the end of the year, in a straight line; 0.8 * 4**0.5 at year 4.
    log_time = np.log([0.25, 0.5, 1.0, 4.0])
    cumulative = likelihood.weibull_cumulative(np, np.log(0.4), 0.5, log_time)
    assert cumulative == pytest.approx([0.2, 0.4, 0.8, 1.6])
    hazard = np.exp(likelihood.weibull_log_hazard(np, np.log(0.4), 0.5, log_time))
    assert hazard == pytest.approx([0.8, 0.8, 0.4, 0.2])


def test_an_ending_within_the_first_year_by_hand():
    # Hazard 0.8 a year, watched for half a year: log 0.8 - 0.4.
    assert one_case(0.5, 1e-9, event=1, rate=0.4, shape=0.5) == pytest.approx(np.log(0.8) - 0.4)


def test_buildings_are_erlang_after_the_gate(full, observed, by_numpy):
    assert len(observed.builds.time) > 3
    for draw in range(DRAWS):
        for row, time in enumerate(observed.builds.time):
            rate, _ = row_rate(full, observed.builds, draw, row)
            gate = full["gate"][draw, observed.builds.class_[row]]
            law = stats.erlang(2, loc=gate, scale=1 / (2 * rate))
            happened = observed.builds.event[row]
            expected = law.logpdf(time) if happened else law.logsf(time)
            assert by_numpy["builds"][draw, row] == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_a_gate_lies_below_the_shortest_building_of_its_class(free, full, observed):
    (gated,) = np.flatnonzero(observed.structure.gate_place[0])
    share = 1 / (1 + np.exp(-free["gate_logit"][:, 0]))
    shortest = observed.builds.time[observed.builds.event == 1].min()
    assert full["gate"][:, gated] == pytest.approx(share * shortest)
    assert (np.delete(full["gate"], gated, axis=1) == 0).all()


def test_nothing_is_built_before_the_gate():
    assert likelihood.staged_cumulative(np, np.log(2.0), np.array([-3.0, -0.1])) == pytest.approx(0)
    assert likelihood.staged_log_hazard(np, np.log(2.0), -3.0) < -15


def test_cells_are_poisson_over_their_stretch_of_the_clock(full, observed, by_numpy):
    start, end = np.exp(observed.cells.log_from), np.exp(observed.cells.log_to)
    for draw in range(DRAWS):
        for row, events in enumerate(observed.cells.events):
            law = Waiting(*row_rate(full, observed.cells, draw, row))
            passed = law.logsf(start[row]) - law.logsf(end[row])
            expected = passed * observed.cells.exposure_per_year[row]
            wanted = stats.poisson(expected).logpmf(events) + gammaln(events + 1)
            assert by_numpy["cells"][draw, row] == pytest.approx(wanted, rel=1e-9, abs=1e-9)


def test_a_cell_by_hand():
    # 0.1 a year over 40 case-years: 4 expected, 3 seen; log(4) * 3 - 4.
    cells = Cells(
        class_=np.array([0]),
        traits=np.zeros((1, 1)),
        events=np.array([3.0]),
        exposure_per_year=np.array([40.0]),
        log_from=np.log([1e-9]),
        log_to=np.log([1.0]),
        id=np.array(["one"]),
    )
    p = {"log_rate": np.log([0.1]), "shape": np.ones(1), "trait": np.zeros(1)}
    assert likelihood.cell_terms(np, p, cells)[0] == pytest.approx(3 * np.log(4) - 4)


def one_week(level, centre, effect, clock):
    """Log likelihood of a week without an event, at one driver's level; clock: which one runs.

    Of two clocks the second has a centre. Base rate 0.5 a year, one week of exposure.
    """
    structure = SimpleNamespace(
        centre_driver=np.array([0]),
        centre_outcome=np.array([0]),
        centre_clock=np.array([[0.0, 1.0]]),
        link_class=np.array([0]),
        link_base=np.array([0]),
        link_by_class=np.zeros(1),
        link_to=np.array([[1.0]]),
    )
    weeks = SimpleNamespace(
        class_=np.array([[0]]),
        clock=np.array([[clock]]),
        log_time=np.array([[0.0]]),
        exposure=np.array([[7 / 365.25]]),
        event=np.array([[0.0]]),
        acting=np.array([[0.0]]),
    )
    p = {
        "log_rate": np.log([0.5]),
        "shape": np.ones(1),
        "departure": np.zeros(1),
        "pull": np.array([[effect]]),
        "centre": np.array([centre]),
        "link_size": np.zeros(1),
    }
    observed = SimpleNamespace(structure=structure, weeks=weeks)
    return likelihood.record_terms(np, p, observed, np.array([[effect * level]]))[0, 0]


def test_a_driver_at_its_typical_level_adds_nothing():
    # 0.5 a year over a week, whatever the effect; half a unit above at log 4: twice as much.
    for effect in (-1.0, 0.3, np.log(4)):
        assert one_week(0.7, 0.7, effect, clock=1) == pytest.approx(-0.5 * 7 / 365.25)
    assert one_week(1.2, 0.7, np.log(4), clock=1) == pytest.approx(-1.0 * 7 / 365.25)


def test_a_centre_holds_for_its_own_clock_only():
    # Under the other clock the driver counts from 0: half a unit at log 4 doubles the hazard.
    assert one_week(0.5, 0.7, np.log(4), clock=0) == pytest.approx(-1.0 * 7 / 365.25)


DRIVERS = real_evidence.evidence().scenario.driver_ids


def raw_levels(full, mean, noise, draw):
    return mean + sum(full["coder_noise"][draw, c] * noise[:, c] for c in range(noise.shape[1]))


def test_deaths_are_negative_binomial_in_the_drivers(full, observed, by_numpy):
    for draw in range(DRAWS):
        raw = raw_levels(full, observed.months.mean, observed.months.noise, draw)
        level = 2 * np.tanh(raw / 2)
        effects = real_evidence.evidence().scenario.effects
        pull = sum(
            full["effect"][draw, e] * level[:, DRIVERS.index(effect.from_)]
            for e, effect in enumerate(effects)
            if effect.to == "renewed_offensive"
        )
        mean = np.exp(full["death_level"][draw] + np.exp(full["death_scale"][draw]) * pull)
        size = np.exp(full["death_dispersion"][draw])
        law = stats.nbinom(size, size / (size + mean))
        chance = observed.months.more_chance
        printed = law.pmf(observed.months.deaths)
        expected = np.log((1 - chance) * printed + chance * law.pmf(observed.months.deaths_more))
        assert by_numpy["deaths"][draw] == pytest.approx(expected, rel=1e-7)


def test_the_record_is_poisson_week_by_week(full, observed, by_numpy):
    scenario = real_evidence.evidence().scenario
    for draw in range(DRAWS):
        raw = raw_levels(full, observed.weeks.mean, observed.weeks.noise, draw)
        level = 2 * np.tanh(raw / 2)
        for k, outcome in enumerate(scenario.outcomes):
            of = observed.weeks.class_[:, k]
            log_rate = [
                Waiting(np.exp(full["log_rate"][draw, c]), full["shape"][draw, c]).log_hazard(time)
                for c, time in zip(of, np.exp(observed.weeks.log_time[:, k]), strict=True)
            ]
            log_rate = log_rate + full["departure"][draw, k]
            for e, effect in enumerate(scenario.effects):
                if effect.to == outcome.id:
                    above = level[:, scenario.driver_ids.index(effect.from_)]
                    above = above - centres_by_week(full, draw, effect.from_, outcome, len(above))
                    log_rate = log_rate + full["effect"][draw, e] * above
            hazard = np.exp(log_rate)
            for place, link in enumerate(scenario.links):
                if link.to == outcome.id:
                    ratio = np.exp(link_size(full, scenario, draw, place))
                    hazard = hazard * (1 + observed.weeks.acting[:, place] * (ratio - 1))
            expected = observed.weeks.event[:, k] * np.log(hazard)
            expected = expected - hazard * observed.weeks.exposure[:, k]
            assert by_numpy["record"][draw, :, k] == pytest.approx(expected, rel=1e-8, abs=1e-10)


def centres_by_week(full, draw, driver, outcome, weeks):
    """The level from which a driver counts in each week: that of the clock which ran."""
    labels = real_evidence.prior().labels["centre"]
    start = real_evidence.evidence().scenario.record_from
    centres = []
    for week in range(weeks):
        day = start + timedelta(days=7 * week)
        known = [c.date for c in outcome.clocks if max(c.date, c.known_on) <= day]
        label = f"{driver} -> {outcome.id}, {max(known)}"
        centres.append(full["centre"][draw, labels.index(label)] if label in labels else 0.0)
    return np.array(centres)


def link_size(full, scenario, draw, place):
    """Log hazard ratio of a link: its own parameter, or its class's rate over the outcome's own."""
    link = scenario.links[place]
    if link.hazard_of is None:
        sized = [other for other in scenario.links if other.hazard_of is None]
        return full["link"][draw, sized.index(link)]
    base = scenario.outcome(link.to).clocks[0].classes[0]
    rates = dict(zip(scenario.class_ids, full["log_rate"][draw], strict=True))
    return rates[link.hazard_of] - rates[base]


def test_a_link_given_by_a_class_makes_that_classs_hazard_the_outcomes(full, observed):
    scenario = real_evidence.evidence().scenario
    place = next(n for n, link in enumerate(scenario.links) if link.hazard_of is not None)
    link = scenario.links[place]
    base = scenario.class_ids.index(scenario.outcome(link.to).clocks[0].classes[0])
    fighting = scenario.class_ids.index(link.hazard_of)
    strength = likelihood.link_strength(full, observed.structure)[:, place]
    assert full["log_rate"][:, base] + strength == pytest.approx(full["log_rate"][:, fighting])


def test_a_link_that_may_have_faded_acts_in_part():
    # Ratio 3, acting with chance 1/4: 1 + 1/4 * 2 = 1.5; acting surely 3; gone 1.
    p = {"log_rate": np.zeros(1), "link_size": np.log([3.0])}
    links = SimpleNamespace(
        link_class=np.array([0]),
        link_base=np.array([0]),
        link_by_class=np.zeros(1),
        link_to=np.array([[0.0, 1.0]]),
    )
    factor = np.exp(likelihood.past_links(np, p, links, np.array([[0.25], [1.0], [0.0]])))
    assert factor == pytest.approx(np.array([[1, 1.5], [1, 3.0], [1, 1.0]]))
