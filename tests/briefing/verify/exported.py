"""Fresh files in every format, and the verdict on them once something in them was changed."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from briefing.exhibits import tables
from briefing.exports.data import files
from briefing.exports.pictures import images
from briefing.files import briefs
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.reading.reader import form_of, opened
from briefing.verify import remake
from briefing.verify.verify import judged, verify
from model.runs import Run

TABLES, CHARTS, BRIEFS = ("csv", "json", "parquet"), ("png", "svg", "pdf"), briefs.FORMS
NAMES = [
    *(f"outcomes.{form}" for form in TABLES),
    *(f"scenarios.{form}" for form in CHARTS),
    *(f"brief.{form}" for form in BRIEFS),
]


class Exported:
    """Files of one material by name, such as `scenarios.svg`; each is made once per session."""

    def __init__(self, material: Material, folder: Path):
        self.material, self.folder = material, folder
        self.content = cache(self._content)
        self._remade = cache(self._made_again)

    def _content(self, name: str, tier: Tier = Tier.full) -> bytes:
        what, form = name.split(".")
        if what == "brief":
            return briefs.document(form, self.material, briefs.Options(tier))
        shown = tables.make(what, self.material)
        if form in CHARTS:
            return images.picture(shown, self.material, form, tier=tier)
        return files.table(shown, self.material, form, tier)

    def path(self, name: str, content: bytes | None = None) -> Path:
        """The file on disk, as exported or with another content."""
        path = self.folder / name
        path.write_bytes(self.content(name) if content is None else content)
        return path

    def verdict(self, name: str, content: bytes):
        """What `verify` says of this content in place of the file's own.

        While its provenance is as exported, what the run says is made once, from a material that
        tests share; where it is not, by `verify` itself.
        """
        path = self.path(name, content)
        try:
            file, provenance = opened(path)
        except ValueError:
            return verify(path)
        if provenance != opened(self.path(f"whole-{name}", self.content(name)))[1]:
            return verify(self.path(name, content))
        return judged(
            path, content, file, provenance, self.material, self._remade(name, provenance.to_json())
        )

    def _made_again(self, name: str, provenance: str):
        path = self.path(f"whole-{name}", self.content(name))
        return remake.remade(opened(path)[1], self.material, form_of(path), path)


OTHER = "otherrun0001"


def other_run(run: Run, as_of=None) -> Run:
    """A run that differs: every base rate is e^0.5 times as high; as of another day if told."""
    draws = {
        name: values + 0.5 if name == "log_rate" else values for name, values in run.draws.items()
    }
    manifest = run.manifest | {"id": OTHER}
    if as_of is not None:
        manifest |= {"id": "laterrun0001", "as_of": as_of.isoformat()}
    return replace(run, manifest=manifest, draws=draws)
