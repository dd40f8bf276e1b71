"""The parts of the Model page; only the one that is open is computed."""

import streamlit as st

from briefing.exhibits import method as exhibits
from briefing.material.material import Material
from briefing.words import glossary, method
from briefing.words.inspect import fit, reference_class
from briefing.words.inspect import sampler as sampler_words
from briefing.words.inspect import sensitivity as sensitivity_words
from model.inspect import sampler
from model.inspect.survival import classes_with_durations, waited
from model.runs.gate import ESS_FLOOR, RHAT_LIMIT
from model.scoring import stored
from pages.ui.frame import downloads, panels
from pages.ui.memory import tables

LINK = {"Source": st.column_config.LinkColumn(display_text="Open")}
QUERY = "query-params"
CLAIM_WIDTHS = {
    "Says": st.column_config.Column(width=250),
    "Became": st.column_config.Column(width=230),
}
LEFT_OUT = {
    "Arrow": st.column_config.Column(width=200),
    "Why it was left out": st.column_config.Column(width=480),
}
ARTICLE = (
    "The article, “Russia’s reluctance to secure an indecisive Armenia will weaken both” "
    "(September 2023),"
)
FULL = "content"  # a table as tall as its rows


def arrows(material: Material) -> None:
    """A map of what acts on what, with the arrows of one chosen outcome in colour."""
    scenario = material.scenario
    titles = {outcome.id: outcome.title for outcome in scenario.outcomes}
    chosen = _choice("What acts on", titles, "outcome")
    shown = exhibits.arrows(scenario, tables.prior_posterior(material.run), chosen)
    panels.exhibit(shown, material)


def limits(material: Material) -> None:
    """What to hold against the model, the known first; what was left out, and why."""
    st.markdown(
        "\n".join(f"- **{head}** {text}" for head, text in method.limits(material.run.evidence))
    )
    st.subheader("Considered and left out", anchor=False)
    left_out = fit.left_out_in_words(material.scenario)
    panels.grid(left_out, height=FULL, row_height=panels.TWO_LINES, column_config=LEFT_OUT)
    downloads.numbers("left_out", material)


def equations(material: Material) -> None:
    """The equations, and how each outcome is settled."""
    for title, equation, text in method.equations(material.scenario):
        st.markdown(f"**{title}.** {text}")
        st.latex(equation)
    st.subheader("The questions, and how each is settled", anchor=False)
    for outcome in material.scenario.outcomes:
        st.markdown(f"**{outcome.title}.** {outcome.question} *{outcome.rule}*")


def priors(material: Material) -> None:
    """Chart of one kind's prior and posterior 90% intervals, then where each prior comes from."""
    kinds = {title: kind for kind, title in exhibits.KIND_TITLES.items()}
    chosen = st.segmented_control(
        "Which", list(kinds), default=next(iter(kinds)), required=True, key="kind", bind=QUERY
    )
    table = tables.prior_posterior(material.run)
    shown = exhibits.intervals(table, kinds[chosen])
    of_kind = table[table["kind"] == kinds[chosen]]
    st.markdown(fit.how_much_the_data_said(of_kind))
    panels.exhibit(shown, material)
    st.subheader("Where each prior comes from", anchor=False)
    panels.grid(fit.origins_in_words(of_kind), column_config=LINK)
    downloads.numbers("priors", material)


def sensitivity(material: Material) -> None:
    """Chart of which headlines would move with another prior, and which with other data."""
    with st.spinner("Scaling the priors and the likelihood"):
        table = tables.prior_sensitivity(material.run)
    st.markdown(sensitivity_words.summary(table))
    if len(table):
        panels.exhibit(exhibits.sensitivity(table, material.scenario), material)


def claims(material: Material) -> None:
    """Table of the article's claims: what each became, and its size before and after the fit."""
    sizes = tables.prior_posterior(material.run)
    table = fit.claims_in_words(material.evidence.claims, material.scenario, sizes)
    if table.empty:
        st.markdown("Nobody's claims are entered for this scenario.")
        return
    contested = int((table["Contested"] != "").sum())
    st.markdown(
        f"{ARTICLE} makes {len(table)} claims; {contested} of them are contested by others. "
        "Where one of these became an effect or a link, its prior spans 1: the data may turn it "
        "round."
    )
    panels.grid(table, height=FULL, row_height=panels.TWO_LINES, column_config=CLAIM_WIDTHS)
    downloads.numbers("claims", material)
    st.caption(
        "Intervals are of the hazard ratio, per point of a driver or once an outcome has happened: "
        "2 means that it happens twice as fast. "
        "Why some were left out stands under *Limits*."
    )


def classes(material: Material) -> None:
    """Chart of a class's waiting times, in years, and of the fit; then a table of its cases."""
    run, scenario = material.run, material.scenario
    titles = {id: scenario.reference_class(id).title for id in classes_with_durations(run)}
    if not titles:
        st.markdown("No reference class of this scenario has cases with a duration.")
        return
    chosen = _choice("Reference class", titles, "class")
    shown = exhibits.survival(
        tables.survival(run, chosen), waited(run, chosen), chosen, titles[chosen]
    )
    st.markdown(shown.alt)
    panels.exhibit(shown, material)
    st.markdown(f"**Known weaknesses.** {scenario.reference_class(chosen).note}")
    st.subheader("Its cases, the heaviest first", anchor=False)
    rows, weights = tables.cases(run, chosen), tables.case_weights(run, chosen)
    st.markdown(reference_class.weights_said(rows, weights))
    panels.grid(reference_class.cases_in_words(rows, weights), column_config=LINK)
    downloads.numbers("cases", material)


def futures(material: Material) -> None:
    """What the drivers' futures are, how often what came lay inside them, and where."""
    st.markdown(method.FUTURES)
    with st.spinner("Asking the record month by month"):
        found = tables.drivers_futures(material.run)
    if found is None:
        st.info(fit.RECORD_TOO_SHORT)
        return
    coverage, tenths = found
    st.markdown(fit.futures_said(coverage))
    titles = {driver.id: driver.title for driver in material.scenario.drivers}
    panels.grid(fit.futures_in_words(coverage, titles), height=FULL)
    downloads.numbers("driver_coverage", material)
    shown = exhibits.driver_pit(tenths)
    st.markdown(shown.alt)
    panels.exhibit(shown, material)


def diagnostics(material: Material) -> None:
    """The gate that the run passed, energies, ranks, and how well each parameter was sampled."""
    run = material.run
    _gate(run.manifest["diagnostics"])
    st.subheader("Energy", anchor=False)
    with st.spinner("Reading the chains"):
        shown = exhibits.energy(sampler.energies(run), tables.chain_table(run))
        table = tables.convergence(run)
    st.markdown(shown.alt)
    panels.exhibit(shown, material)
    st.subheader("Chain beside chain", anchor=False)
    parameter = _choice("Parameter", {name: name for name in table["parameter"]}, "parameter")
    shown = exhibits.ranks(sampler.parameter_draws(run, parameter), parameter)
    st.markdown(shown.alt)
    panels.exhibit(shown, material)
    st.subheader("Every parameter, the worst R-hat first", anchor=False)
    panels.grid(fit.convergence_in_words(table))
    downloads.numbers("diagnostics", material)


def calibration(material: Material) -> None:
    """Fits to simulated worlds: chart of the truth's ranks in their band, then every quantity."""
    result = tables.calibration(material.run)
    if result is None:
        st.info(sampler_words.NOT_CALIBRATED)
        return
    shown = exhibits.calibration(*result, material.scenario)
    st.markdown(shown.alt)
    st.markdown(sampler_words.calibration_run_said(result[0], stored.version(material.scenario)))
    panels.exhibit(shown, material)
    panels.grid(shown.in_words)


def terms(material: Material) -> None:
    """Every term of these pages, a line each."""
    st.markdown(glossary.as_list())


def _gate(diagnostics: dict) -> None:
    columns = st.columns(4)
    columns[0].metric(f"Worst R-hat (limit {RHAT_LIMIT})", f"{diagnostics['rhat']:.3f}")
    for column, kind in zip(columns[1:3], ("bulk", "tail"), strict=True):
        label = f"Chances: {kind} ESS (floor {ESS_FLOOR})"
        column.metric(label, f"{diagnostics[f'ess_{kind}']:,.0f}")
    columns[3].metric("Divergences (limit 0)", diagnostics["divergences"])
    st.markdown(
        "A run that fails one of these is kept but never shown. Single parameters may have fewer "
        "effective draws than the chances, as the table below says."
    )


def _choice(label: str, titles: dict[str, str], key: str) -> str:
    """One of the ids in `titles`, kept in the address."""
    return st.selectbox(label, titles, format_func=titles.get, key=key, bind=QUERY)


PARTS = {
    "Map": arrows,
    "Limits": limits,
    "Equations": equations,
    "Claims": claims,
    "Priors and posteriors": priors,
    "Sensitivity": sensitivity,
    "Reference classes": classes,
    "Drivers' futures": futures,
    "Diagnostics": diagnostics,
    "Simulated worlds": calibration,
    "Glossary": terms,
}
