"""How tests are shared out among processes: those that share what is slow to make go to one.

A file's tests stay together, and files that share servers, browsers or exported files do too. These
groups are long and go first, so that at the end short ones are left to even out the processes.
"""

from pathlib import PurePosixPath

from xdist.scheduler import LoadScopeScheduling

TESTS = "tests"
BRIEFING = "tests/briefing"
# Group -> what is made once for its files. Paths of files, or of folders with all that is in them.
TOGETHER = {
    "dashboard": ["tests/browser"],  # a warm server and a browser
    "exported": [  # files of every form, to be read, changed and verified
        f"{BRIEFING}/verify/test_verify.py",
        f"{BRIEFING}/verify/test_verify_damaged.py",
        f"{BRIEFING}/verify/test_verify_resaved.py",
        f"{BRIEFING}/files/test_kept_words.py",
        f"{BRIEFING}/verify/test_ledger.py",
    ],
    "briefs": [  # briefs in three states
        f"{BRIEFING}/exports/documents/test_outline.py",
        f"{BRIEFING}/exports/documents/test_word.py",
        f"{BRIEFING}/exports/documents/test_pdf.py",
        f"{BRIEFING}/exports/documents/test_html.py",
        f"{BRIEFING}/files/test_briefs.py",
    ],
    "fits": [  # a compiled model
        "tests/model/test_refit.py",
        "tests/model/runs/test_store.py",
        "tests/model/fit/test_posterior.py",
    ],
}


def group(nodeid: str) -> str:
    """The group of a test: one of those above, or its file."""
    file = PurePosixPath(nodeid.split("::")[0])
    places = {str(file), *map(str, file.parents)}
    return next((name for name, paths in TOGETHER.items() if places & {*paths}), str(file))


def place(nodeid: str) -> int:
    """Where in the order the test's group is: those above first."""
    return [*TOGETHER, group(nodeid)].index(group(nodeid))


class InGroups(LoadScopeScheduling):
    """A process takes a whole group, then the next."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
