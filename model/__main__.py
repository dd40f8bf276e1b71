"""The shell: `python -m model COMMAND`. Libraries are imported by the command that needs them."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from model.shell import printing

SCENARIO = Path(__file__).resolve().parent.parent / "data" / "south_caucasus"

app = typer.Typer(
    help="Araxes: scenario forecasts for the South Caucasus.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def day(text: str) -> date:
    """A date from the command line."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2023-09-21") from None


Folder = Annotated[Path, typer.Option("--scenario", help="The scenario's folder.")]
AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=day, help="Use only what was known by this day.")
]
Assume = Annotated[
    Path | None, typer.Option("--assume", help="A file of assumptions, TOML or JSON.")
]
Deadline = Annotated[date | None, typer.Option("--deadline", parser=day, help="Default: year end.")]
RunId = Annotated[str | None, typer.Option("--run", help="A stored run, in place of --as-of.")]
Since = Annotated[
    date | None, typer.Option("--since", parser=day, help="The day that changes are told from.")
]
TierName = Annotated[
    str,
    typer.Option("--tier", help="full; unsourced: no names of sources; numbers: numbers only."),
]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", help="The brief before, whose likelihood words are kept."),
]
FreshWords = Annotated[
    bool, typer.Option("--fresh-words", help="Keep no likelihood word of a brief before.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def fail(message: object, code: int = 1) -> None:
    """End with one plain line on standard error."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(code)


@app.command()
def check(scenario: Folder = SCENARIO) -> None:
    """Check every table and the scenario: one line a problem, exit 1 if there is any."""
    from model.check.check import check as check_folder

    raise typer.Exit(check_folder(scenario))


@app.command()
def refit(
    as_of: AsOf = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the sampler.")] = None,
    draws: Annotated[int | None, typer.Option(help="Draws a chain.", min=100)] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A quarter of the draws, for a look.")
    ] = False,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing if it is fitted.")
    ] = False,
    assume: Annotated[
        Path | None, typer.Option(help="Fit under the beliefs of this file; its rest is ignored.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest.")] = False,
    progress_file: Annotated[Path | None, typer.Option(help="Also write progress here.")] = None,
    scenario: Folder = SCENARIO,
) -> None:
    """Fit the model and store the run; exit 1 if it fails the gate, and then it is not served."""
    from model.assumptions import NOTHING, files
    from model.refit import RefitError
    from model.shell import commands

    try:
        believing = NOTHING if assume is None else files.read(assume)
        chosen = commands.settings(seed, draws, quick)
        run = commands.fit(scenario, as_of, chosen, if_needed, progress_file, believing)
    except (RefitError, ValueError) as problem:
        fail(problem)
    print(json.dumps(run.manifest, indent=1) if as_json else printing.run_report(run))
    for reason in run.manifest["diagnostics"]["failures"]:
        typer.echo(f"not served: {reason}", err=True)
    raise typer.Exit(0 if run.manifest["served"] else 1)


@app.command()
def forecast(
    as_of: AsOf = None,
    assume: Assume = None,
    deadline: Deadline = None,
    run_id: RunId = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The outcomes as CSV.")] = False,
    refit_beliefs: Annotated[
        bool, typer.Option("--refit", help="Refit under the file's beliefs, if that is not done.")
    ] = False,
    scenario: Folder = SCENARIO,
) -> None:
    """Probabilities by a deadline; a day that has no run yet is fitted first, and kept."""
    from briefing.words import yardsticks
    from model.assumptions import NOTHING, files
    from model.forecast import forecast as make_forecast
    from model.forecast.answer import as_json as forecast_json
    from model.refit import RefitError
    from model.shell import commands

    try:
        assumed = NOTHING if assume is None else files.read(assume)
        run = commands.open_or_fit(scenario, as_of, run_id, deadline)
        if refit_beliefs:
            commands.refit_beliefs(run, assumed)
        answer = make_forecast(run, assumed, deadline)
    except (RefitError, ValueError, FileNotFoundError) as problem:
        fail(problem)
    phrases = [yardsticks.phrase(row.probability) for row in answer.outcomes.itertuples()]
    if as_json:
        print(json.dumps(forecast_json(answer, phrases), indent=1))
    elif as_csv:
        answer.outcomes.assign(phrase=phrases).to_csv(sys.stdout, index=False)
    else:
        printing.show(answer, phrases)
        printing.show_assumptions(run, answer)


@app.command()
def if_then(
    as_of: AsOf = None,
    deadline: Deadline = None,
    on: Annotated[
        date | None,
        typer.Option(parser=day, help="When the first happens. Default: well before the deadline."),
    ] = None,
    run_id: RunId = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A row a pair as CSV.")] = False,
    scenario: Folder = SCENARIO,
) -> None:
    """If A, then B: each outcome's chance if another is learned of, and if it is brought about."""
    from model.explain.conditional import conditional_table
    from model.refit import RefitError
    from model.shell import commands
    from model.shell import if_then as conditional_shell

    try:
        run = commands.open_or_fit(scenario, as_of, run_id, deadline)
        table = conditional_table(run, deadline, on)
    except (RefitError, ValueError, FileNotFoundError) as problem:
        fail(problem)
    if as_json:
        print(json.dumps(conditional_shell.as_json(run, table), indent=1))
    elif as_csv:
        table.to_csv(sys.stdout, index=False)
    else:
        conditional_shell.show(run, table)


@app.command()
def chart(
    name: Annotated[str | None, typer.Argument(help="What --list calls it.")] = None,
    out: Annotated[
        Path | None, typer.Argument(help="FILE.png, .svg, .pdf, .csv, .json or .parquet")
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Name every chart and what can be chosen of it.")
    ] = False,
    as_of: AsOf = None,
    assume: Assume = None,
    deadline: Deadline = None,
    run_id: RunId = None,
    since: Since = None,
    choose: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE, such as outcome=corridor_open.")
    ] = None,
    size: Annotated[
        str, typer.Option(help="slide, a4 (a column), square, or pixels as 1200x800.")
    ] = "slide",
    dark: Annotated[bool, typer.Option("--dark", help="On a dark background.")] = False,
    tier: TierName = "full",
    scenario: Folder = SCENARIO,
) -> None:
    """One chart or table as a file, its ending says which form: a picture, or its numbers."""
    from briefing.files import chart_file
    from briefing.shell import material_of, tier_of
    from model.refit import RefitError

    if listed:
        print(chart_file.listing())
        return
    if name is None or out is None:
        fail("name a chart and a file, as in `chart curves curves.png`; --list names the charts")
    if problem := chart_file.problem(name, out, size):
        fail(problem)
    try:
        kept, choices = tier_of(tier), chart_file.chosen(choose or [])
        material = material_of(scenario, as_of, run_id, deadline, assume, since)
        theme = "dark" if dark else "light"
        chart_file.write(name, out, material, choices, size, theme, kept)
    except (RefitError, ValueError, OSError, RuntimeError) as problem:
        fail(problem)


@app.command()
def brief(
    out: Annotated[Path, typer.Argument(help="FILE.pptx, .docx, .pdf or .html")],
    as_of: AsOf = None,
    assume: Assume = None,
    deadline: Deadline = None,
    run_id: RunId = None,
    since: Since = None,
    tier: TierName = "full",
    template: Annotated[
        Path | None, typer.Option(help="A .pptx whose slide size, fonts and colours are used.")
    ] = None,
    banner: Annotated[str, typer.Option(help="A classification, on every page.")] = "",
    likelihood_words: Annotated[
        str, typer.Option("--words", help="ICD-203 or 'UK PHIA': whose likelihood words.")
    ] = "ICD-203",
    previous: Previous = None,
    fresh_words: FreshWords = False,
    scenario: Folder = SCENARIO,
) -> None:
    """A briefing as a file, its ending says which form: slides, Word, PDF or a page."""
    from dataclasses import replace

    from briefing.files import briefs, kept_words
    from briefing.shell import material_of, tier_of, yardstick_of
    from model.refit import RefitError

    if problem := briefs.problem(out, template):
        fail(problem)
    try:
        kept, yardstick = tier_of(tier), yardstick_of(likelihood_words)
        material = material_of(scenario, as_of, run_id, deadline, assume, since)
        material = replace(material, yardstick=yardstick)
        before = kept_words.asked(material, previous, fresh_words)
        briefs.write(out, material, briefs.Options(kept, banner, before, template))
    except (RefitError, ValueError, OSError, RuntimeError) as problem:
        fail(problem)


@app.command()
def paragraph(
    as_of: AsOf = None,
    assume: Assume = None,
    deadline: Deadline = None,
    run_id: RunId = None,
    tier: TierName = "full",
    previous: Previous = None,
    fresh_words: FreshWords = False,
    scenario: Folder = SCENARIO,
) -> None:
    """The bottom line as one paragraph to paste: numbers, likelihood words, where it is from."""
    from briefing.exports.documents.paragraph import paragraph as make_paragraph
    from briefing.files import kept_words
    from briefing.material import kept_sets
    from briefing.material.story import phrases
    from briefing.shell import material_of, tier_of
    from model.refit import RefitError

    try:
        kept = tier_of(tier)
        material = material_of(scenario, as_of, run_id, deadline, assume)
        before = kept_words.asked(material, previous, fresh_words)
        print(make_paragraph(material, kept, before))
        kept_words.remember(material, phrases(material, before))
        kept_sets.keep(material.assumptions, kept)
    except (RefitError, ValueError, OSError) as problem:
        fail(problem)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A file exported from here.")],
    against: Annotated[
        str | None, typer.Option(help="A newer run: list what no longer holds in it.")
    ] = None,
    assume: Annotated[
        Path | None, typer.Option(help="The assumptions of a file that keeps them back.")
    ] = None,
) -> None:
    """Compare a file with its run: exit 0 if it matches, 1 if it differs, 2 if that is unknown."""
    from briefing.verify import ledger
    from briefing.verify import verify as verifying
    from model.assumptions import files

    try:
        given = None if assume is None else files.read(assume)
    except ValueError as problem:
        fail(problem, verifying.UNKNOWN)
    if against is None:
        found = verifying.verify(file, given)
    else:
        found = ledger.against(file, against, given)
    print("\n".join(found.lines))
    raise typer.Exit(found.code)


@app.command()
def check_fast_path(as_of: AsOf = None, scenario: Folder = SCENARIO) -> None:
    """Compare the fast answers to twenty beliefs with real refits; exit 1 if one is off."""
    from model.shell import commands
    from model.shell.fast_path import fast_path_table

    run = commands.open_or_fit(scenario, as_of, None)
    table = fast_path_table(run, lambda line: typer.echo(line, err=True))
    print(table.to_string(index=False, float_format=lambda number: f"{number:.3f}"))
    off = table[~table["agrees"] & ~table["flagged"]]
    raise typer.Exit(1 if len(off) else 0)


if __name__ == "__main__":
    app(prog_name="python -m model")
