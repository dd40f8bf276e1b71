"""The Briefing page in each of its states, with the run of the real evidence."""

import io
from datetime import date
from types import SimpleNamespace

import pytest
from docx import Document
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from briefing.exhibits import catalogue
from briefing.exports.data import files
from briefing.exports.pictures import browser
from briefing.files import briefs
from briefing.material.material import Material
from briefing.material.provenance import Tier
from briefing.verify import verify
from model.assumptions import Assumptions, DriverAssumption
from model.assumptions import files as sharing
from model.scenario import SCENARIO_FOLDER
from pages.ui.brief import chart, check, document
from tests.pages.test_pages import ROOT, charts, text

PATIENCE = 120
COLDER = Assumptions(
    name="Colder", drivers=(DriverAssumption(id="russian_commitment", level=-1.5, verb="make"),)
)
REFUSED = Assumptions(
    drivers=tuple(
        DriverAssumption(id=id, level=level, verb="assume")
        for id, level in (
            ("western_mediation", 2.0),
            ("azerbaijani_coercion", -2.0),
            ("russian_commitment", 2.0),
        )
    )
)


@pytest.fixture(autouse=True)
def home(fitted_home, monkeypatch):
    monkeypatch.setenv("ARAXES_HOME", str(fitted_home))


def opened(own: Assumptions | None = None, **link) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "brief.py", default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    if own is not None:
        app.query_params["set"] = sharing.to_link(own)
    return app.run()


def pasted(app: AppTest) -> str:
    paragraph, _ = app.code  # the other is what to paste to embed the chart
    return paragraph.value


def pressing(app: AppTest, label: str):
    return next((button for button in app.button if button.label == label), None)


def saved(app: AppTest) -> list[str]:
    labels = [button.proto.label for button in app.get("download_button")]
    return [label for label in labels if label.startswith("Save")]


def test_a_cold_link_shows_the_paragraph_the_picture_and_the_buttons():
    app = opened()
    assert not app.exception and not app.warning
    assert "almost no chance (1–5%)" in pasted(app) and "90% intervals" in pasted(app)
    assert len(app.get("image")) == 1 and chart.SMALL_PRINT not in text(app)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["PNG", "SVG", "PDF", "CSV", "Parquet", "JSON"]
    assert pressing(app, "Make the Word file") is not None


@pytest.mark.parametrize(
    ("form", "label"), [("pptx", "PowerPoint"), ("pdf", "PDF"), ("html", "Web page")]
)
def test_a_link_says_which_document(form, label):
    app = opened(form=label)
    assert pressing(app, f"Make the {label} file") is not None
    assert document.HOLDS[form] in text(app)


def test_the_visitors_assumptions_are_in_it_until_they_are_switched_off():
    app = opened(COLDER)
    assert "This supposes: Bring Russia's commitment to Armenia to −1.5" in pasted(app)
    app.toggle(key="mine").set_value(False).run()
    assert "This supposes" not in pasted(app)


def test_numbers_only_keeps_the_assumptions_back():
    app = opened(COLDER)
    app.selectbox(key="tier").set_value(Tier.numbers).run()
    assert "Russia's commitment" not in pasted(app) and "kept back" in pasted(app)


def test_a_set_that_is_refused_says_why():
    app = opened(REFUSED)
    assert not app.exception and "effective draws" in app.warning[0].value


def test_what_a_set_lacks_is_told_of_the_chart_as_of_the_paragraph_by_names_that_readers_know():
    # both levels hold "unless it stands higher", which a link that nobody settled cannot know
    (path,) = (SCENARIO_FOLDER / "assumptions").glob("ankara_all_in.toml")
    app = opened(sharing.read(path, date(2023, 9, 21)))
    paragraph, picture = (warning.value for warning in app.warning)
    assert picture == paragraph and "turkish_backing" not in picture
    assert picture.count("give the level alone.") == 2


def test_a_document_that_cannot_be_made_says_why_and_none_is_offered():
    app = opened(REFUSED, form="Web page")
    pressing(app, "Make the Web page file").click().run()
    assert app.error[0].value.startswith("There is no file. Too far from what") and saved(app) == []


def test_a_banner_too_long_for_a_page_is_said():
    app = opened(form="Web page")
    app.text_input(key="banner").set_value("SECRET " * 9)
    pressing(app, "Make the Web page file").click().run()
    assert "has 62 characters, and 60 fit" in app.error[0].value  # 9 times 7, less the last blank


def test_a_template_that_is_none_is_said_without_where_it_lay():
    app = opened(form="PowerPoint")
    # MB, as .streamlit/config.toml has it, and not the 200 that Streamlit prints
    assert app.file_uploader(key="template").proto.max_upload_size_mb == 50
    app.file_uploader(key="template").set_value(("ours.pptx", b"not one", "application/pptx"))
    pressing(app, "Make the PowerPoint file").click().run()
    assert app.error[0].value.startswith("There is no file. Ours.pptx\\: is no PowerPoint")


@pytest.mark.parametrize(
    "name, kept",
    [
        ("..", "template.pptx"),
        ("", "template.pptx"),
        ("../../etc/passwd", "passwd"),
        ("a\n\u202eb.pptx", "a b.pptx"),
        ("x" * 300 + ".pptx", "x" * 75 + ".pptx"),
    ],
)
def test_an_uploads_name_leads_to_no_other_folder(name, kept):
    assert document.file_name(name) == kept


def test_a_document_is_offered_until_what_it_is_made_of_changes():
    app = opened(form="Web page")
    app.text_input(key="banner").set_value("DRAFT")
    pressing(app, "Make the Web page file").click().run()
    assert saved(app) == ["Save the Web page file"]
    assert "Banner\\: DRAFT" in text(app)
    app.selectbox(key="tier").set_value(Tier.numbers).run()
    assert saved(app) == []


def test_an_address_may_ask_for_one_chart_alone():
    app = opened(only="chart", chart="dots", outcome="corridor_open")
    assert not app.exception and not app.title and len(charts(app)) == 1
    assert app.subheader[0].value == "Corridor open by 31 December 2023"
    wrong = opened(only="chart", chart="dot")
    assert "No chart is called 'dot'; did you mean 'dots'?" in wrong.error[0].value


def test_a_chart_too_tall_for_a_slide_is_said_to_have_small_print():
    # the effects, 26 rows of 44 pixels, on the 540 of a slide
    assert chart.SMALL_PRINT in text(opened(chart="Prior and posterior intervals"))


def test_a_size_that_is_none_is_said():
    app = opened()
    app.segmented_control(key="size").set_value("").run()
    app.text_input(key="pixels").set_value("huge")
    pressing(app, "Draw").click().run()
    assert "no size 'huge'" in app.warning[0].value.lower() and not app.exception


def test_without_a_browser_words_and_numbers_still_leave(monkeypatch):
    def missing():
        raise browser.NoBrowser("no Chromium here; install it")

    monkeypatch.setattr(browser, "executable", missing)
    app = opened()
    buttons = app.get("download_button")
    off = {button.proto.label for button in buttons if button.proto.disabled}
    assert off == {"PNG", "SVG", "PDF"} and pressing(app, "Make the Word file").disabled
    assert "No Chromium here" in text(app)


def test_the_page_offers_every_form_that_can_be_written():
    assert (
        list(map(sorted, (document.FORMS, document.HOLDS, document.TYPES)))
        == [sorted(briefs.FORMS)] * 3
    )


def test_a_deck_in_the_readers_template_and_a_word_brief_are_made(fitted):
    material = Material(fitted, COLDER)
    blank = io.BytesIO()
    Presentation().save(blank)
    template = SimpleNamespace(name="ours.pptx", getvalue=blank.getvalue)
    made = document.make(material, "pptx", Tier.full, "DRAFT", template)
    assert len(Presentation(io.BytesIO(made)).slides) >= 8
    made = document.make(material, "docx", Tier.full, "", None)
    assert len(Document(io.BytesIO(made)).tables) >= 1


def test_a_file_from_here_is_checked_against_its_run(fitted):
    shown = catalogue.make("scenarios", Material(fitted))
    made = files.table(shown, Material(fitted), "csv")
    assert check.check("a.csv", made).code == verify.MATCHES
    changed = made.replace(b"None of the six", b"All of the six")
    verdict = check.check("a.csv", changed)
    assert verdict.code == verify.DIFFERS and "/" not in verdict.lines[0].split(":")[0]
    assert check.check("a.csv", b"nothing of ours").code == verify.UNKNOWN
