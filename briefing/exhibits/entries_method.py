"""The charts of the Model page by name, with their tables computed."""

from briefing.exhibits import method
from briefing.exhibits.entry import Choices, Entry, chosen
from briefing.exhibits.exhibit import Exhibit
from briefing.material.material import Material
from briefing.words.inspect import fit as fit_words
from briefing.words.inspect import sampler as sampler_words
from model.inspect import sampler
from model.inspect.convergence import convergence
from model.inspect.driver_coverage import driver_pits, pit_tenths, right_pits
from model.inspect.prior_posterior import prior_posterior
from model.inspect.prior_sensitivity import prior_sensitivity
from model.inspect.survival import classes_with_durations, survival, waited
from model.scoring import calibration, stored


def _arrows(material: Material, choices: Choices) -> Exhibit:
    titles = {outcome.id: outcome.title for outcome in material.scenario.outcomes}
    table = prior_posterior(material.run)
    return method.arrows(material.scenario, table, chosen(titles, choices, "outcome"))


def _intervals(material: Material, choices: Choices) -> Exhibit:
    return method.intervals(
        prior_posterior(material.run), chosen(method.KIND_TITLES, choices, "kind")
    )


def _survival(material: Material, choices: Choices) -> Exhibit:
    run = material.run
    titles = {id: run.scenario.reference_class(id).title for id in classes_with_durations(run)}
    of = chosen(titles, choices, "class")
    return method.survival(survival(run, of), waited(run, of), of, titles[of])


def _sensitivity(material: Material, choices: Choices) -> Exhibit:
    table = prior_sensitivity(material.run)
    if table.empty:
        raise ValueError("every outcome has already happened, so no headline can be prior-driven")
    return method.sensitivity(table, material.scenario)


def _energy(material: Material, choices: Choices) -> Exhibit:
    return method.energy(sampler.energies(material.run), sampler.chain_table(material.run))


def _ranks(material: Material, choices: Choices) -> Exhibit:
    known = {name: name for name in convergence(material.run)["parameter"]}
    parameter = chosen(known, choices, "parameter")
    return method.ranks(sampler.parameter_draws(material.run, parameter), parameter)


def _calibration(material: Material, choices: Choices) -> Exhibit:
    path = stored.path_of(material.scenario)
    if not path.exists():
        raise ValueError(sampler_words.NOT_CALIBRATED)
    result = stored.read(path)
    table, curves = calibration.verdicts(result), calibration.curves(result)
    return method.calibration(result, table, curves, material.scenario)


def _driver_pit(material: Material, choices: Choices) -> Exhibit:
    pits = driver_pits(material.evidence)
    if pits.empty:
        raise ValueError(fit_words.RECORD_TOO_SHORT)
    return method.driver_pit(pit_tenths(pits, right_pits(material.evidence, pits)))


ENTRIES = {
    "arrows": Entry("what acts on an outcome", ("outcome",), _arrows),
    "intervals": Entry("prior and posterior intervals", ("kind",), _intervals),
    "survival": Entry("how long a reference class waits", ("class",), _survival),
    "sensitivity": Entry("which headlines rest on the priors", (), _sensitivity),
    "energy": Entry("the sampler's energy", (), _energy),
    "ranks": Entry("a parameter's draws, chain beside chain", ("parameter",), _ranks),
    "calibration": Entry("do fits to simulated worlds hold the truth", (), _calibration),
    "driver_pit": Entry("where in the drivers' futures lay what came", (), _driver_pit),
}
