"""The shell: `python -m model COMMAND`. Libraries are imported by the command that needs them."""

import json
import sys
from pathlib import Path

import typer

from model.scenario import SCENARIO_FOLDER
from model.shell import options, self_checks, sets, temporary_files, terminal
from model.shell.failing import fail, faults_in_one_line
from model.shell.intake import command as intake
from model.shell.nightly import comparing, refitting, run_table
from model.shell.record import backtest, held_out, ledger

app = typer.Typer(
    help="Araxes: scenario forecasts for the South Caucasus.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def check(scenario: options.Folder = SCENARIO_FOLDER) -> None:
    """Check every table and the scenario: one line per problem, exit 1 if there is any."""
    from model.shell.checking import check as check_folder

    with faults_in_one_line():
        code = check_folder(scenario)
    raise typer.Exit(code)


@app.command()
def forecast(
    as_of: options.AsOf = None,
    assume: options.Assume = None,
    deadline: options.Deadline = None,
    run_id: options.RunId = None,
    as_json: options.AsJson = False,
    as_csv: options.OutcomesAsCsv = False,
    refit_beliefs: options.RefitBeliefs = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """Probabilities by a deadline; a day that has no run yet is fitted first, and kept."""
    from briefing.words import coverage, yardsticks
    from model.explain.built_in import asked_of
    from model.forecast import forecast as make_forecast
    from model.forecast.answer import as_json as forecast_json
    from model.shell import commands, printing

    with faults_in_one_line():
        assumed = commands.assumed(assume, scenario, as_of, run_id)
        run = commands.open_or_fit(scenario, as_of, run_id, deadline)
        if refit_beliefs:
            commands.refit_beliefs(run, assumed)
        answer = make_forecast(run, asked_of(run, assumed), deadline)
    phrases = [yardsticks.phrase(row.probability) for row in answer.outcomes.itertuples()]
    if as_json:
        print(json.dumps(forecast_json(answer, phrases), indent=1))
    elif as_csv:
        answer.outcomes.assign(phrase=phrases).to_csv(sys.stdout, index=False)
    else:
        printing.show(answer, phrases)
        if unknown := coverage.unknown_since(run.evidence):
            print(unknown)
        printing.show_assumptions(run, answer)


@app.command()
def if_then(
    as_of: options.AsOf = None,
    deadline: options.Deadline = None,
    on: options.On = None,
    run_id: options.RunId = None,
    as_json: options.AsJson = False,
    as_csv: options.PairsAsCsv = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """If A, then B: each outcome's chance if another is learned of, and if it is brought about."""
    from model.explain.conditional import conditional_table
    from model.shell import commands
    from model.shell import if_then as conditional_shell

    with faults_in_one_line():
        run = commands.open_or_fit(scenario, as_of, run_id, deadline)
        table = conditional_table(run, deadline, on)
    if as_json:
        print(json.dumps(conditional_shell.as_json(run, table), indent=1))
    elif as_csv:
        table.to_csv(sys.stdout, index=False)
    else:
        conditional_shell.show(run, table)


@app.command()
def chart(
    name: options.ChartName = None,
    out: options.ChartFile = None,
    listed: options.Listed = False,
    as_of: options.AsOf = None,
    assume: options.Assume = None,
    deadline: options.Deadline = None,
    run_id: options.RunId = None,
    since: options.Since = None,
    choose: options.Choices = None,
    size: options.Size = "slide",
    dark: options.Dark = False,
    tier: options.TierName = "full",
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """One chart or table as a file, its ending says which form: a picture, or its numbers."""
    from briefing.files import chart_file
    from briefing.shell import material_of, tier_of

    # names are optional to Typer only because --list needs none
    if listed:
        print(chart_file.listing())
        return
    if name is None or out is None:
        fail("name a chart and a file, as in `chart curves curves.png`; --list names the charts")
    if problem := chart_file.problem(name, out, size):
        fail(problem)
    with faults_in_one_line(RuntimeError):
        export_tier, choices = tier_of(tier), chart_file.chosen(choose or [])
        material = material_of(scenario, as_of, run_id, deadline, assume, since)
        theme = "dark" if dark else "light"
        chart_file.write(name, out, material, choices, size, theme, export_tier)
    _tell_boxes(material, out)


@app.command()
def brief(
    out: options.BriefFile,
    as_of: options.AsOf = None,
    assume: options.Assume = None,
    deadline: options.Deadline = None,
    run_id: options.RunId = None,
    since: options.Since = None,
    tier: options.TierName = "full",
    template: options.Template = None,
    banner: options.Banner = "",
    likelihood_words: options.LikelihoodWords = "ICD-203",
    previous: options.Previous = None,
    fresh_words: options.FreshWords = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """A briefing as a file, its ending says which form: slides, Word, PDF or a page."""
    from dataclasses import replace

    from briefing.files import briefs, kept_words
    from briefing.shell import material_of, tier_of, yardstick_of

    if problem := briefs.problem(out, template):
        fail(problem)
    with faults_in_one_line(RuntimeError):
        export_tier, yardstick = tier_of(tier), yardstick_of(likelihood_words)
        material = material_of(scenario, as_of, run_id, deadline, assume, since)
        material = replace(material, yardstick=yardstick)
        before = kept_words.asked(material, previous, fresh_words)
        briefs.write(out, material, briefs.Options(export_tier, banner, before, template))
    _tell_boxes(material, out, banner)


def _tell_boxes(material, out: Path, banner: str = "") -> None:
    """Say on standard error which letters of a written file no font here has."""
    from briefing.exports.shared import fonts

    if said := fonts.said(material, out.suffix.lstrip(".").lower(), banner):
        typer.echo(said, err=True)


@app.command()
def paragraph(
    as_of: options.AsOf = None,
    assume: options.Assume = None,
    deadline: options.Deadline = None,
    run_id: options.RunId = None,
    tier: options.TierName = "full",
    previous: options.Previous = None,
    fresh_words: options.FreshWords = False,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """The bottom line as one paragraph to paste: numbers, likelihood words, where it is from."""
    from briefing.exports.documents.paragraph import paragraph as make_paragraph
    from briefing.files import kept_words
    from briefing.material import kept_sets
    from briefing.material.story import phrases
    from briefing.shell import material_of, tier_of

    with faults_in_one_line():
        export_tier = tier_of(tier)
        material = material_of(scenario, as_of, run_id, deadline, assume)
        before = kept_words.asked(material, previous, fresh_words)
        print(make_paragraph(material, export_tier, before))
        kept_words.remember(material, phrases(material, before))
        kept_sets.keep(material.assumptions, export_tier)


@app.command()
def posterior(
    out: options.PosteriorFile,
    as_of: options.AsOf = None,
    run_id: options.RunId = None,
    scenario: options.Folder = SCENARIO_FOLDER,
) -> None:
    """The draws, priors and pointwise likelihoods as a netCDF file that ArviZ reads."""
    from model.inspect import posterior_tree
    from model.shell import commands

    if problem := posterior_tree.problem(out):
        fail(problem)
    with faults_in_one_line():
        run = commands.open_or_fit(scenario, as_of, run_id)
        posterior_tree.write(out, run)


@app.command()
def verify(
    file: options.ExportedFile,
    against: options.Against = None,
    assume: options.WithheldSet = None,
) -> None:
    """Compare a file with its run.

    Exit 0 if it is unaltered and matches, 1 if it differs, 2 if that is unknown, 3 if its numbers
    match but it is not known to be as it was exported.
    """
    from briefing.verify import ledger
    from briefing.verify import verify as verifying
    from model.assumptions import files

    try:
        withheld = None if assume is None else files.read(assume)
    except ValueError as problem:
        fail(problem, verifying.UNKNOWN)
    if against is None:
        verdict = verifying.verify(file, withheld)
    else:
        verdict = ledger.against(file, against, withheld)
    print("\n".join(verdict.lines))
    raise typer.Exit(verdict.code)


app.command("import")(intake.take_in)
app.command()(refitting.refit)
app.command()(comparing.diff)
app.command()(comparing.watch)
app.command()(comparing.signposts)
app.add_typer(run_table.app, name="runs")
app.command()(self_checks.check_fast_path)
app.command()(self_checks.sbc)
app.command()(backtest.backtest)
app.command()(backtest.score)
app.command()(held_out.held_out)
app.command()(sets.sets)
app.command()(ledger.publish)
app.command()(ledger.override)
app.command()(ledger.ledger)


if __name__ == "__main__":
    terminal.print_anywhere()
    terminal.end_with_parent()
    with temporary_files.own_folder():
        app(prog_name="python -m model")
