"""The charts of the Forecast, Assumptions and Compare pages by name, with their tables computed."""

from briefing.charts import theme
from briefing.exhibits import assumptions, forecast
from briefing.exhibits.entry import Choices, Entry, chosen, is_zoomed, one_of, outcome_of
from briefing.exhibits.exhibit import Exhibit
from briefing.material.material import Material
from briefing.words.if_then import WAYS
from model.assumptions import NOTHING, Assumptions, from_link
from model.beliefs.elicitation import elicited, posterior_values, published_interval
from model.changes.court import too_far
from model.explain.attribution import shapley
from model.explain.conditional import default_day
from model.explain.tornado import tornado
from model.forecast import forecast as make_forecast

OWN, PUBLISHED = "Yours", "Published"
AS_ASSUMED = "as assumed"  # to the readers of a document it is not theirs
# What the filled circles of a comparison may be called: by Assumptions, Compare, Evidence, briefs.
FILLED = ("yours", "the set", "without what you left out", "with the event", AS_ASSUMED)


def _curves(material: Material, choices: Choices) -> Exhibit:
    rows = material.answer.open
    wanted = [outcome for outcome in choices.get("outcomes", "").split(",") if outcome]
    ids = [chosen(material.titles(), {"outcomes": outcome}, "outcomes") for outcome in wanted]
    # After the names: a misspelt one is the reader's to mend, and is said first.
    if rows.empty:
        raise ValueError("every outcome has already happened, so there is no curve to draw")
    rows = rows[rows["outcome"].isin(ids)] if ids else material.answer.leading
    return forecast.curves(material.answer, rows, is_zoomed(choices))


def _scenarios(material: Material, choices: Choices) -> Exhibit:
    return forecast.scenarios(material.answer)


def _dots(material: Material, choices: Choices) -> Exhibit:
    return forecast.dots(material.answer, outcome_of(material, choices))


def _when(material: Material, choices: Choices) -> Exhibit:
    return forecast.when(material.answer, outcome_of(material, choices))


def _build_up(material: Material, choices: Choices) -> Exhibit:
    return forecast.build_up(material.build_up, outcome_of(material, choices), material.scenario)


def _why_moved(material: Material, choices: Choices) -> Exhibit:
    difference = material.why_moved
    furthest = too_far(difference.moves, 0.0)
    if furthest.empty:
        run, by = material.run.id, material.deadline
        raise ValueError(
            f"nothing is kept of what moved the chances by {by} of run {run}; `python -m model "
            f"diff OLD {run} --deadline {by}` finds it"
        )
    titles = dict(zip(furthest["outcome"], furthest["title"], strict=True))
    return forecast.why_moved(difference, chosen(titles, choices, "outcome"), material.run)


def _if_then(material: Material, choices: Choices) -> Exhibit:
    way = chosen(dict.fromkeys(WAYS), choices, "if")
    day = default_day(material.as_of, material.deadline)
    return forecast.if_then(material.conditional, way, material.titles(), day, material.deadline)


def _comparison(material: Material, choices: Choices) -> Exhibit:
    chances = [
        *material.published.outcomes["probability"],
        *material.answer.outcomes["probability"],
    ]
    top = theme.top_of(chances) if is_zoomed(choices) else 1.0
    if "top" in choices:
        top = _top(choices["top"], max(chances))
    filled = one_of(choices, "filled", FILLED)
    return assumptions.comparison(material.published, material.answer, top, filled)


def _top(text: str, largest: float) -> float:
    """The end of an axis; raises ValueError for none, and for one that cuts off a chance."""
    try:
        top = float(text)
    except ValueError:
        top = 0.0
    if not (0 < top <= 1 and top >= largest):
        raise ValueError(f"top: {text[:40]!r} ends no axis; write a number from {largest:.2g} to 1")
    return top


def _own_curves(material: Material, choices: Choices) -> Exhibit:
    outcome = outcome_of(material, choices)
    return assumptions.own_curves(material.published, material.answer, outcome, is_zoomed(choices))


def _tornado(material: Material, choices: Choices) -> Exhibit:
    outcome = outcome_of(material, choices)
    table = tornado(material.run, material.assumptions, outcome, material.deadline)
    return assumptions.tornado(table, material.answer, outcome, is_zoomed(choices))


def _gap(material: Material, choices: Choices) -> Exhibit:
    sets = {PUBLISHED: NOTHING} | material.sets
    if not material.assumptions.is_empty:
        sets = {OWN: material.assumptions} | sets
    for place in ("from", "to"):  # a set that only its maker has comes along as a link
        if f"{place}_set" in choices:
            sets[choices[place]] = from_link(choices[f"{place}_set"])
    offered = dict.fromkeys(sets)
    names = chosen(offered, choices, "from"), chosen(offered, choices, "to")
    if names[0] == names[1]:
        raise ValueError("choose two different sets: from=NAME and to=NAME")
    return _gap_between(material, names, [sets[name] for name in names], choices)


def _gap_between(
    material: Material, names: tuple[str, str], sets: list[Assumptions], choices: Choices
) -> Exhibit:
    outcome = outcome_of(material, choices)
    table = shapley(material.run, *sets, outcome, material.deadline)
    ends = {}
    for name, assumed in zip(names, sets, strict=True):
        row = make_forecast(material.run, assumed, material.deadline).row(outcome)
        ends[name] = float(row["probability"]), float(row["mcse"])
    return assumptions.gap(table, ends, outcome, material.scenario, material.as_of, material.levels)


def _belief(material: Material, choices: Choices) -> Exhibit:
    beliefs = material.assumptions.beliefs
    intervals = {belief.about: belief for belief in beliefs if belief.factor is None}
    if not intervals:
        raise ValueError("the chart belief needs assumptions with a believed interval")
    belief = intervals[chosen(dict.fromkeys(intervals), choices, "belief")]
    law = elicited(belief)
    known = published_interval(material.scenario, belief.kind, belief.about)
    posterior = posterior_values(material.run, belief.kind, belief.about)
    return assumptions.belief(belief, law, known, posterior, material.scenario)


COMPARISON = ("top", "zoom", "filled")
GAP = ("from", "to", "outcome", "from_set", "to_set")
ENTRIES = {
    "curves": Entry("the chance of some outcomes over time", ("outcomes", "zoom"), _curves),
    "scenarios": Entry("the joint futures, likeliest first", (), _scenarios),
    "dots": Entry("one chance as dots among a hundred", ("outcome",), _dots),
    "when": Entry("fifty equally likely dates of one outcome", ("outcome",), _when),
    "build_up": Entry("what one chance is made of", ("outcome",), _build_up),
    "why_moved": Entry("what moved one chance since the last run", ("outcome",), _why_moved),
    "if_then": Entry("each outcome's chance once another came about", ("if",), _if_then),
    "comparison": Entry("published beside assumed, every outcome", COMPARISON, _comparison),
    "own_curves": Entry("one outcome, published and assumed", ("outcome", "zoom"), _own_curves),
    "tornado": Entry("what a usual move of each driver does", ("outcome", "zoom"), _tornado),
    "gap": Entry("what makes the gap between two sets", GAP, _gap),
    "belief": Entry("a believed interval beside the published", ("belief",), _belief),
}
