"""The vocabulary of pages, files and documents: each term in one line."""

from briefing.words.assumptions import CHANGE, VERBS

TERMS = {
    "90% interval": (
        "The range that holds nine tenths of the draws; of a chance, how far the chance "
        "itself is in doubt."
    ),
    "As-of day": "The day on which a forecast stands: nothing that became known later is used.",
    "Base rate": (
        "How often such a thing happened in comparable cases, before anything of this region "
        "is considered."
    ),
    CHANGE[0]: f"A verb of assumptions: {CHANGE[1]}.",
    VERBS["make"][0]: f"A verb of assumptions: someone does it, and {VERBS['make'][1]}.",
    VERBS["assume"][0]: f"A verb of assumptions: news tells us of it, and {VERBS['assume'][1]}.",
    "Brier score": "The squared distance of a chance from what came, 0 at best and 1 at worst.",
    "Chance": (
        "The probability that an outcome has happened by the deadline, as the mean over all draws."
    ),
    "Clock": "The day from which the waiting for an outcome is counted.",
    "Coding": (
        "What a reader made of a report: which driver it is evidence about, and how strongly."
    ),
    "Deadline": "The day by which an outcome has to have happened to count.",
    "Draw": (
        "One simulated world: one value of every unknown of the model, and one future of the "
        "drivers."
    ),
    "Driver": (
        "A condition that makes outcomes likelier or less likely, on a scale from −2 to +2 "
        "with a description at each point."
    ),
    "Effect": "The factor by which one point of a driver multiplies an outcome's hazard.",
    "Effective draws": "How many independent draws an answer is worth; few make its digits unsure.",
    "Flip point": "The least surprising single change that takes a chance past a given one.",
    "Gap": (
        "The difference between two sets, divided among their settings so that the parts add "
        "up (Shapley values)."
    ),
    "Gate": (
        "What a fit has to pass before it is shown: its chains agree, its draws suffice, and none "
        "diverged."
    ),
    "Hazard": "How fast an outcome happens at a given moment, in cases a year.",
    "Hazard ratio": "What a hazard is multiplied by: 2 means that it happens twice as fast.",
    "Independent report": (
        "One of the reports that do not repeat each other; repeats of one origin count once."
    ),
    "Influence": "How much one driver moves another over time.",
    "k̂ (k-hat)": "How far a reweighted answer leans on few draws; over 0.7 it is not reliable.",
    "Ledger": "The list of published forecasts; each row carries the hash of the one before.",
    "Likelihood word": "A word that stands for a range of chances, always written with its range.",
    "Link": "The factor by which an outcome, once it has happened, multiplies another's hazard.",
    "Monte Carlo error": (
        "How far a number would move if the same model were simulated again; digits follow it."
    ),
    "One in N": (
        "How surprising a setting is: the model expects something this extreme in one of N cases."
    ),
    "Outcome": (
        "A question that is settled by a written rule: it happens on a day, or not by the deadline."
    ),
    "Override": "A person's number beside the model's, with a reason; both are kept and scored.",
    "Posterior": "What the model takes for likely after the evidence.",
    "Prior": (
        "What the model takes for likely before the evidence; each has its source on the Model "
        "page."
    ),
    "Published forecast": "The forecast of the day's run with nothing assumed.",
    "Pull": "How far a headline would move without one event.",
    "R-hat": "Whether the chains of a fit agree: 1 if they do, and a run over 1.01 is never shown.",
    "Reference class": "Comparable cases from history, from which a base rate is learned.",
    "Refit": "The model fitted anew, under other beliefs or on another day.",
    "Reweighted": (
        "Answered at once by giving the draws of the fit other weights, in place of a refit."
    ),
    "Run": "A stored fit of one day; its id says what it was made from, and files name it.",
    "Set of assumptions": (
        "Settings under one name: drivers, outcomes, switches, changes of the model, evidence."
    ),
    "Signpost": "What would be seen first if a set came true.",
    "Switch": (
        "A fact that is on or off and decides which clock or class applies; no chance is "
        "claimed of it."
    ),
    "What matters most": (
        "How far a usual move of each driver, less or more, takes an outcome's chance."
    ),
    "Usual move": (
        "One standard deviation of where a driver may be half a year on, in points of its scale."
    ),
    "Walk-forward": "Past days fitted to what was known on them, and scored against what came.",
    "Workspace": "Sets that stay on the server, with their versions, notes and signatures.",
}


def as_list() -> str:
    """All terms as a list in Markdown."""
    return "\n".join(f"- **{term}.** {line}" for term, line in TERMS.items())
