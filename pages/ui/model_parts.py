"""The parts of the Model page; only the one that is open is computed."""

import streamlit as st

from briefing import method_words, model_charts, model_words, theme
from model.scenario import Scenario
from model.store import Run
from model.survival import classes_with_durations, waited
from pages.ui import panels, remembered

KINDS = {
    "Effects of drivers": "effect",
    "Links between outcomes": "link",
    "Base rates": "base_rate",
}
LINK = {"Source": st.column_config.LinkColumn(display_text="Open")}


def priors(run: Run) -> None:
    """Prior and posterior of every effect, link or base rate."""
    chosen = st.segmented_control(
        "Which",
        list(KINDS),
        default=next(iter(KINDS)),
        required=True,
        key="kind",
        bind="query-params",
    )
    table = remembered.prior_posterior(run)
    table = table[table["kind"] == KINDS[chosen]].sort_values("narrowed", kind="stable")
    is_rate = KINDS[chosen] == "base_rate"
    st.markdown(model_words.how_much_the_data_said(table))
    figure = model_charts.intervals(table, is_rate)
    panels.chart(figure, model_words.interval_alt(table), "intervals")
    unit = "Rate a year, one year in." if is_rate else "Hazard ratio; 1 does nothing."
    st.caption(f"{unit} Thin grey: prior. Thick: posterior with its median. Both 90% intervals.")
    st.subheader("Where each prior comes from", anchor=False)
    st.dataframe(model_words.intervals_in_words(table), hide_index=True, column_config=LINK)


def claims(run: Run) -> None:
    """The article's claims and what each became; what was left out, and why."""
    table = model_words.claims_in_words(remembered.claims(run.as_of), run.scenario)
    contested = int((table["Contested"] != "").sum())
    st.markdown(
        f"The article makes {len(table)} claims; {contested} of them are contested by others, and "
        "their priors span 1, so the data may turn them round."
    )
    st.dataframe(table, hide_index=True, height="content")
    st.subheader("Considered and left out", anchor=False)
    st.dataframe(model_words.left_out_in_words(run.scenario), hide_index=True, height="content")


def classes(run: Run) -> None:
    """A reference class: its cases' waiting times, the fit, where the region stands."""
    titles = {id: run.scenario.reference_class(id).title for id in classes_with_durations(run)}
    of = st.selectbox(
        "Reference class", titles, format_func=titles.get, key="class", bind="query-params"
    )
    found, stood = remembered.survival(run, of), waited(run, of)
    said = model_words.survival_said(titles[of], found, stood)
    st.markdown(said)
    panels.chart(model_charts.survival(found, stood), said, "survival")
    st.caption(
        "Share still waiting. Grey steps: the cases (Kaplan-Meier). Blue: the fit over the same "
        "cases, with its 90% interval. Orange dashes: the fit for a case like the region. Dotted: "
        "where the region stands."
    )
    panels.table("The curve as a table", model_words.survival_in_words(found))
    st.markdown(f"**Known weaknesses.** {run.scenario.reference_class(of).note}")
    st.subheader("Its cases", anchor=False)
    rows = remembered.cases(run.as_of, of)
    st.dataframe(rows, hide_index=True, column_config=LINK)


def arrows(run: Run) -> None:
    """What acts on what, drawn, with one outcome's arrows in colour."""
    titles = {outcome.id: outcome.title for outcome in run.scenario.outcomes}
    chosen = st.selectbox(
        "What acts on", titles, format_func=titles.get, key="outcome", bind="query-params"
    )
    table = remembered.prior_posterior(run)
    table = table[table["kind"] != "base_rate"]
    colours = theme.outcome_colours(run.scenario.outcome_ids)
    mine = table[table["about"].str.split(" -> ").str[1] == chosen]
    figure = model_charts.arrows(run.scenario, table, colours, chosen)
    panels.chart(figure, model_words.arrows_alt(mine, titles[chosen]), "arrows")
    st.caption(
        "Left: drivers. Right: outcomes, with links between them. Solid: makes it likelier; "
        "dashed: less likely; the thicker, the stronger. Links that take their size from a class "
        "are not drawn."
    )
    panels.table("What acts on it, as a table", model_words.intervals_in_words(mine))


def diagnostics(run: Run) -> None:
    """The gate that the run passed, and how well each parameter was sampled."""
    found = run.manifest["diagnostics"]
    columns = st.columns(4)
    columns[0].metric("Worst R-hat (limit 1.01)", f"{found['rhat']:.3f}")
    columns[1].metric("Lowest bulk ESS (floor 400)", f"{found['ess_bulk']:,.0f}")
    columns[2].metric("Lowest tail ESS (floor 400)", f"{found['ess_tail']:,.0f}")
    columns[3].metric("Divergences (limit 0)", found["divergences"])
    st.markdown("A run that fails one of these is kept but never shown.")
    with st.spinner("Reading the chains"):
        table = model_words.convergence_in_words(remembered.convergence(run))
    st.dataframe(table, hide_index=True)


def limits(run: Run) -> None:
    """What to hold against the model, the known first; its equations."""
    st.markdown("\n".join(f"- **{head}** {said}" for head, said in method_words.LIMITS))
    st.subheader("The equations", anchor=False)
    st.latex(method_words.EQUATIONS)
    st.caption(
        "Hazard of outcome k; base hazard of its class; level of driver d from coded events; the "
        "probability of every set of outcomes S, solved exactly in each posterior draw."
    )
    _region(run.scenario)


def _region(scenario: Scenario) -> None:
    st.subheader("The questions, and how each is settled", anchor=False)
    for outcome in scenario.outcomes:
        st.markdown(f"**{outcome.title}.** {outcome.question} *{outcome.rule}*")


PARTS = {
    "Map": arrows,
    "Limits": limits,
    "Priors and posteriors": priors,
    "Claims": claims,
    "Reference classes": classes,
    "Diagnostics": diagnostics,
}
