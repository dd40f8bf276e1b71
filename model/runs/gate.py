"""The gate: by its diagnostics a run is served or held back.

No library of sampling is loaded, so that whoever names the limits need not wait for one.
"""

# Vehtari et al. (2021, Bayesian Analysis 16:667): 1.01, and 100 for each of four chains
RHAT_LIMIT = 1.01
ESS_FLOOR = 400


def failures(diagnosis: dict) -> list[str]:
    """Why the gate holds a run back, one sentence per reason; [] where it is passed.

    diagnosis: what `fit.diagnostics.diagnose` returns; rhat (1 or more), both ess_..._by_outcome
    (outcome -> effective draws) and divergences (a count) are judged.
    """
    reasons = []
    # `not <=` and not `>`: what could not be computed is NaN, and must not pass
    if not diagnosis["rhat"] <= RHAT_LIMIT:
        reasons.append(f"R-hat is {diagnosis['rhat']:.3f}, above {RHAT_LIMIT}: the chains disagree")
    for kind in ("bulk", "tail"):
        for name, size in diagnosis[f"ess_{kind}_by_outcome"].items():
            if not size >= ESS_FLOOR:
                reasons.append(f"{kind} ESS of {name} is {size:.0f}, below {ESS_FLOOR}")
    if diagnosis["divergences"]:
        reasons.append(f"{diagnosis['divergences']} divergent transitions, none is allowed")
    return reasons
