"""The smallest scenario there can be: one outcome, one driver, one class, three events.

It has what no scenario can do without, and nothing else: no deaths, no claims, no page behind a
clock or an arrow, no switch, no link, no case.
"""

from pathlib import Path

SCENARIO = """\
id = "tiny"
title = "Tiny Sea"
about = "Whether a treaty is signed."
default_as_of = 2023-06-30
record_from = 2021-01-01
horizon_months = 24

[coding]
coder_sd = 0.5
reliability = { A = 0.98, B = 0.95, C = 0.85, D = 0.70 }

[[class]]
id = "treaties"
title = "Talks to a treaty"
kind = "judgement"
rate = [0.02, 0.5]
traits = {}
note = "Our judgement."

[[outcome]]
id = "treaty"
title = "Treaty"
verb = "the two sign a treaty"
question = "Do the two sign a treaty?"
rule = "Both have signed"
lead = true
happens_again = false
departure_sd = 0.3
[[outcome.clock]]
date = 2020-06-01
classes = ["treaties"]
why = "Talks began."

[[driver]]
id = "talks"
title = "Talks"
about = "How the talks go."
half_life_days = 120
scale = 3.0
levels = ["They broke off.", "They stall.", "They go on.", "They advance.", "They are at the end."]

[[effect]]
from = "talks"
to = "treaty"
hazard_ratio = [1.0, 2.5]
basis = "own computation"
source = "Our judgement"
reason = "Talks lead to treaties."
"""
TABLES = {
    "battle_deaths": ["month,place,deaths,unassigned_in_year,known_on,source,source_url"],
    "border_clashes": [
        "date,place,in_armenia_proper,deaths_armenia,deaths_azerbaijan,deaths,known_on,source_url,"
        "note"
    ],
    "case_codings": ["case,trait,first_reader,second_reader,reason,note,source,source_url"],
    "codings": [
        "event,driver,first_coder,second_coder,reason,note",
        "e1,talks,1,2,They met.,",
        "e2,talks,1,1,They met.,",
        "e3,talks,-1,-2,They broke off.,",
    ],
    "collected": [
        "what,collected_to,note",
        "events,2023-12-31,",
        "border_clashes,2023-12-31,",
        "resolutions,2023-12-31,",
        "clocks,2023-12-31,",
        "switches,2023-12-31,",
    ],
    "crowd": ["date,question,probability,platform,closes,resolved,source_url"],
    "events": [
        "event,date,precision,known_on,actors,kind,what_happened,reliability,origin,source,"
        "source_url",
        "e1,2021-03-01,day,2021-03-01,a;b,talks,They meet,B,first,Daily,https://example.org/1",
        "e2,2022-03-01,day,2022-03-01,a;b,talks,They meet again,B,second,Daily,"
        "https://example.org/2",
        "e3,2023-03-01,day,2023-03-01,a;b,talks,They part,B,third,Daily,https://example.org/3",
    ],
    "published_judgements": [
        "date,known_on,outcomes,forecaster,judgement,probability,source_url",
    ],
    "quarantine": ["table,id,date,what,why,source_url"],
    "reference_cases": [
        "case,class,title,start,end,event,at_once,entry_years,traits,comparable,quality,source,"
        "source_url"
    ],
    "reference_rates": [
        "class,cell,events,exposure_years,from_years,to_years,traits,known_on,comparable,source,"
        "source_url"
    ],
    "resolutions": [
        "outcome,status,date,known_on,rule,note,source_url",
        "treaty,open,,2023-12-31,Both have signed,,",
    ],
    "sources": ["source,country,kind,note", "Daily,several,outlet,"],
}


def write(folder: Path) -> Path:
    """Its files in `folder`, which is made; the folder."""
    folder.mkdir(parents=True)
    (folder / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    for name, lines in TABLES.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
