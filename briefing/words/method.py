"""The method, what to hold against the model, the known first, and its equations."""

import re

from model.evidence import Evidence
from model.evidence.readings import read_once
from model.scenario import Scenario

METHOD = (
    "Dated, sourced events set the level of ten drivers; comparable cases from history set how "
    "fast each outcome comes about; a Bayesian model joins the two.",
    "Each posterior draw holds one set of parameters and one future of the drivers. Given a draw "
    "the outcomes are a Markov chain, solved exactly.",
    "A chance is the mean over the draws; its 90% interval is over the draws; its digits follow "
    "the Monte Carlo error.",
)
LIMITS = (  # {readers}: who read the events, see `limits`
    (
        "The priors were written after the article's events.",
        "A forecast as of 2023 uses only evidence known then, but whoever chose the size of an "
        "effect knew how things went. Held-out reference cases, which nobody tuned, are the honest "
        "test.",
    ),
    (
        "Most effects rest on judgement.",
        "One region over three years cannot tell ten drivers apart, and nobody coded where the "
        "drivers of a class's cases stood: *Priors and posteriors* shows how little data moved.",
    ),
    (
        "Three outcomes a year never calibrate a model.",
        "What can be checked is calibration on the reference classes.",
    ),
    (
        "The reference classes are small and not samples.",
        "Famous delays and openings that made the news are over-represented. Each class says so "
        "below its curve.",
    ),
    (
        "The evidence is public reporting.",
        "{readers} Reports of one fact count once, but what nobody reported is not there.",
    ),
    (
        "One hazard may cover two things.",
        "That of the corridor covers consent and force, that of an offensive seizure and "
        "retaliation: if-then answers between the two may have either sign.",
    ),
)


def limits(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """The limits of a run's evidence: what is held against it, why. One reading is not two."""
    once, all_of = read_once(evidence.codings), len(evidence.codings)
    readers = "Two readers coded it, the second of whom saw which drivers the first had linked."
    if once:
        readers = (
            f"Two readers made {all_of - once} of the {all_of} codings, the second of whom saw "
            f"which drivers the first had linked; the other {once} are one reader's and count as "
            "less sure."
        )
    return tuple((head, text.replace("{readers}", readers)) for head, text in LIMITS)


FUTURES = (
    "What a month brings to a driver is a mean and a shock. The mean wanders and comes back: half "
    "of it is gone in two years. So a driver that has been moving goes on for a while, and the "
    "band widens with the months. Each driver's own months teach how large its shocks are. How "
    "fast the mean wanders, and how alike the drivers' shocks are before any data, is judged, with "
    "the record in view: what stands below is no test of it."
)

OF_DEATHS = "Monthly battle deaths"
EQUATIONS = (  # title, LaTeX, what it says; {outcome}: what the deaths speak of
    (
        "Hazard of an outcome",
        r"\lambda_k(t) = h_k(t-\text{clock}_k)\,e^{u_k+\sum_d \beta_{dk} (x_d(t)-c_{dk})"
        r"+\sum_j \gamma_{jk} s_j(t)}",
        "The base hazard of its reference class, times how far the region departs from the class "
        "(u), what the drivers do (β) and what outcomes that have happened do (γ). A driver counts "
        "from c, where cases of the clock's class typically stand: what they had in common is in "
        "the base hazard already.",
    ),
    (
        "Base hazard",
        r"h_k(t) = \begin{cases}e^{r}/a & t<1\\ e^{r}\,t^{a-1} & t\ge 1\end{cases}",
        "A Weibull hazard, its rate and shape learned from the class's cases; in the first year, "
        "that year's average, since what falls early is mostly cases that differ. After a war only "
        "a formal treaty counts as an ending; of the rest the days watched count. Building instead "
        "has two equal stages after the shortest building time.",
    ),
    (
        "Level of a driver",
        r"\begin{aligned}x_d(t) &= 2\tanh\big(z_d(t)/2\big)\\"
        r"z_d(t) &= \tfrac{1}{c_d}\textstyle\sum_{i:\,t_i\le t} w_i\,2^{-(t-t_i)/\ell_d}"
        r"\end{aligned}",
        "Coded events add up, fade with a half-life ℓ and saturate at ±2; the scale c is fixed.",
    ),
    (
        "Future of a driver",
        r"\begin{aligned}z_d(m) &= 2^{-\text{month}/\ell_d}\,z_d(m-1)+\mu_d(m)+\varepsilon_d(m)\\"
        # a line each: a phone has no room for two
        r"\mu(m) &= \kappa\,\mu(m-1)+\eta(m)\\"
        r"\varepsilon &\sim N(0,\Sigma)\\"
        r"\eta &\sim N\big(0,(1-\kappa^2)\,0.4\,\Sigma\big)\end{aligned}",
        "A month leaves a share of the level and adds new events: a mean that wanders, half of "
        "which is gone in two years, and a shock. Both are learned from the record's months.",
    ),
    (
        "Links fade",
        r"\Pr(s_j\text{ still acts after }t) = 2^{-t/\ell_j}",
        "An outcome that has happened acts on the others until its link has faded. It acts once: "
        "where it happens again, nothing is multiplied twice.",
    ),
    (
        OF_DEATHS,
        r"n_m \sim \text{NegBin}\Big(e^{\delta+\sigma\sum_d\beta_{dk}x_d(m)},\ \varphi\Big)",
        "Deaths teach the effects on “{outcome}” (k): the same β, scaled by σ.",
    ),
    (
        "Priors",
        r"\begin{aligned}u_k&\sim N(0,\sigma_k)\\ \beta,\gamma,r&\sim "
        r"N\Big(\tfrac{\log l+\log h}{2},\,\tfrac{\log h-\log l}{2\cdot1.645}\Big)\\"
        r"c&\sim N\Big(\tfrac{l+h}{2},\,\tfrac{h-l}{2\cdot1.645}\Big)\end{aligned}",
        "Each 90% interval from l to h of a hazard ratio or a rate is a normal of its logarithm; "
        "one of a level c is a normal of the level itself.",
    ),
    (
        "From hazards to probabilities",
        r"\begin{aligned}\dot p_S(t) = &\sum_{k\in S}\lambda_k(S\setminus k)\,"
        r"p_{S\setminus k}(t)\\ &-\sum_{k\notin S}\lambda_k(S)\,p_S(t)\end{aligned}",
        "The probability of every set S of outcomes, solved exactly in each posterior draw.",
    ),
)


def equations(scenario: Scenario) -> list[tuple[str, str, str]]:
    """Title, LaTeX and what it says of each equation; that of deaths where they speak of one."""
    if scenario.deaths is None:
        return [told for told in EQUATIONS if told[0] != OF_DEATHS]
    outcome = scenario.outcome(scenario.deaths.outcome).title
    return [(title, latex, says.replace("{outcome}", outcome)) for title, latex, says in EQUATIONS]


def plain(text: str) -> str:
    """A text of the method or its limits without Markdown's emphasis (`*word*`)."""
    return re.sub(r"\*(.+?)\*", r"\1", text)
