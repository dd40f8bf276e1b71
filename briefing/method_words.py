"""What to hold against the model, the known first, and its equations."""

METHOD = (
    "Dated, sourced events set the level of ten drivers; comparable cases from history set how "
    "fast each outcome comes about; a Bayesian model joins the two.",
    "Each posterior draw holds one set of parameters and one future of the drivers. Given a draw "
    "the outcomes are a Markov chain, solved exactly.",
    "A chance is the mean over the draws; its 90% interval is over the draws; its digits follow "
    "the Monte Carlo error.",
)
LIMITS = (
    (
        "The priors were written after the article's events.",
        "A forecast as of 2023 uses only evidence known then, but whoever chose the size of an "
        "effect knew how things went. Held-out reference cases, which nobody tuned, are the honest "
        "test.",
    ),
    (
        "Most effects rest on judgement.",
        "One region over three years cannot tell ten drivers apart: *Priors and posteriors* shows "
        "how little the data narrowed each prior.",
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
        "Two readers coded it, the second of whom saw the drivers. Reports of one fact count once, "
        "but what nobody reported is not there.",
    ),
    (
        "One hazard may cover two things.",
        "That of the corridor covers consent and force, that of an offensive seizure and "
        "retaliation: if-then answers between the two may have either sign.",
    ),
)

EQUATIONS = r"""
\begin{aligned}
\lambda_k(t) &= h_k(t-\text{clock}_k)\,
    \exp\Big(u_k+\sum_d \beta_{dk}\,x_d(t)+\sum_j \gamma_{jk}\,s_j(t)\Big)\\
h_k(t) &= e^{r}\,t^{a-1} \quad\text{(Weibull hazard of the reference class)}\\
x_d(t) &= 2\tanh\big(z_d(t)/2\big),\qquad
    z_d(t)=\textstyle\sum_i w_i\,2^{-(t-t_i)/\text{half-life}_d}/\text{scale}_d\\
\dot p_S(t) &= \sum_{k\in S}\lambda_k(S\setminus k)\,p_{S\setminus k}(t)
    -\sum_{k\notin S}\lambda_k(S)\,p_S(t)
\end{aligned}
"""
