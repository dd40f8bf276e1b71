"""A brief's form has one writer, for whoever makes the file and for whoever makes it again."""

from io import BytesIO

import pytest
from PIL import Image

from briefing.exports.pictures import in_text
from briefing.exports.pictures.image_metadata import fields_of, label_of
from briefing.exports.writers import WRITERS, Options
from briefing.files import briefs
from briefing.material.provenance import Tier
from briefing.reading.content import Content, Unreadable
from briefing.verify import remake


class Heard:
    """A writer that notes what it was asked for; what it writes is read back as it is."""

    def __call__(self, material, options, pictures):
        self.options, self.pictures = options, pictures
        return b"written"


@pytest.fixture
def heard(monkeypatch):
    writer = Heard()
    monkeypatch.setitem(WRITERS, "docx", writer)
    monkeypatch.setattr(
        "briefing.reading.reader.read_as",
        lambda form, content, kind: Content(content.decode(), ()),
    )
    return writer


def test_a_brief_is_made_and_made_again_by_the_same_writer(heard, material, tmp_path):
    asked = Options(Tier.unsourced, "OFFICIAL", {"corridor_open": "unlikely (20–45%)"})
    assert briefs.document("docx", material, asked) == b"written"
    assert (heard.options, heard.pictures) == (asked, None)
    provenance = material.provenance(
        "brief", asked.tier, layout={"banner": asked.banner}, likelihoods=asked.before
    )
    again = remake.remade(provenance, material, "docx", tmp_path / "brief.docx")
    assert again.provenance == "written"
    assert heard.options == asked and heard.pictures is not None


def test_every_form_on_offer_has_a_writer_and_the_reverse():
    assert briefs.FORMS == tuple(WRITERS)
    assert set(briefs.PICTURED) < set(WRITERS)


def test_a_table_that_claims_to_be_a_brief_is_refused_in_a_line(material, tmp_path):
    provenance = material.provenance("brief")
    with pytest.raises(Unreadable, match="no brief is a .csv"):
        remake.remade(provenance, material, "csv", tmp_path / "brief.csv")


def test_a_blank_stands_in_for_a_chart_with_its_label_and_size(exhibits, material):
    shown = exhibits["curves"]
    blank = in_text.pictures(material, draw=in_text.blank)(shown)
    provenance = material.provenance("chart", name="curves", choices=dict(shown.choices))
    fields = fields_of(blank, "png")
    expected = label_of(shown, material, provenance)
    assert fields["Title"] == shown.title and fields["Araxes-numbers"] == expected.numbers
    with Image.open(BytesIO(blank)) as image:
        high = min(shown.figure.layout.height, in_text.HIGHEST)
        assert image.size == (in_text.WIDTH * in_text.SCALE, int(high * in_text.SCALE))
        assert image.convert("L").getextrema() == (255, 255)
