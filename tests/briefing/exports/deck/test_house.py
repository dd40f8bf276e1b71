"""Templates as houses and strangers have them: what is used of them, and what stays behind."""

import re
from collections import Counter
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from briefing.exports.deck import house
from briefing.exports.deck.deck import deck
from briefing.material.material import Material
from briefing.material.provenance import Tier
from tests.briefing.exports.deck import deck_reader as read
from tests.slow_cases import slow

OLD = "For the eyes of the cabinet, by M. Rowan"
MAIN = b"presentationml.presentation.main+xml"


@pytest.fixture(scope="module")
def material(fitted):
    return Material(fitted)


def saved(prs, path, **parts):
    """The deck as a file; parts: name -> bytes put in place of, or beside, what it holds."""
    stream = BytesIO()
    prs.save(stream)
    with ZipFile(stream) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def layout(prs, name):
    return next(each for each in prs.slide_layouts if each.name == name)


def background(part, code):
    bg = parse_xml(
        f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:solidFill><a:srgbClr val="{code}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
    )
    part._element.find(qn("p:cSld")).insert(0, bg)


def with_body(high):
    prs = Presentation()
    for each in prs.slide_master.placeholders:
        if "BODY" in str(each.placeholder_format.type):
            each.top, each.height = Inches(1.6), Inches(high)
    return prs


def whole(content):
    """The parts of a deck by name, once each, every reference to one that is there."""
    with ZipFile(BytesIO(content)) as parts:
        assert max(Counter(parts.namelist()).values()) == 1
        held = {name: parts.read(name) for name in parts.namelist()}
    for name, part in held.items():
        if not name.endswith(".rels"):
            continue
        base = name.replace("_rels/", "").removesuffix(".rels").rpartition("/")[0]
        for each in etree.fromstring(part):
            if each.get("TargetMode") != "External":
                target = each.get("Target")
                path = target[1:] if target.startswith("/") else joined(base, target)
                assert path in held, (name, target)
        owner = held.get(f"{base}/{name.rpartition('/')[2].removesuffix('.rels')}".lstrip("/"))
        ids = {each.get("Id") for each in etree.fromstring(part)}
        for used in re.findall(rb' r:(?:id|embed|link)="(\w+)"', owner or b""):
            assert used.decode() in ids, (name, used)
    return held


def joined(base, target):
    parts = base.split("/") if base else []
    for step in target.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


@pytest.mark.parametrize("high", [0.05, slow(0.7), slow(2.4)])
def test_a_body_too_low_to_fill_gives_way_to_plain_places(material, tmp_path, high):
    made = read.opened(deck(material, template=saved(with_body(high), tmp_path / "low.pptx")))
    assert 8 <= len(made.slides) <= 15
    table = next(
        shape for slide in made.slides for shape in slide.shapes if shape.name.endswith("s:table")
    )
    assert table.top < made.slide_height * 0.4


@pytest.mark.slow  # a hundred and twenty slides
def test_a_deck_that_would_never_end_is_refused_in_one_line(material, tmp_path):
    prs = Presentation()
    prs.slide_width, prs.slide_height = Inches(1), Inches(1)
    with pytest.raises(ValueError, match="more than 120 slides; give a template with more room$"):
        deck(material, template=saved(prs, tmp_path / "tiny.pptx"))


def covers_first(prs):
    """A dark cover with a title alone, before the layout that is meant for it."""
    cover = layout(prs, "Title Slide")
    for each in list(cover.placeholders):
        if each.placeholder_format.idx:
            each._element.getparent().remove(each._element)
    background(cover, "0B1F3A")


def closing(prs):
    """The title-only layout says goodbye, so that text would stand on its words."""
    box = layout(prs, "Title Only").shapes._spTree
    box.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="x"/><p:cNvSpPr/><p:nvPr/>'
            '</p:nvSpPr><p:spPr><a:xfrm><a:off x="900000" y="900000"/><a:ext cx="2000000" '
            'cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr><p:txBody><a:bodyPr/><a:p>'
            "<a:r><a:t>Goodbye</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    )


def dark_everywhere(prs):
    for each in (prs.slide_master, *prs.slide_layouts):
        background(each, "0B1F3A")


@pytest.mark.parametrize(
    ("change", "name"),
    [(covers_first, "Title Only"), slow(closing, "Blank"), slow(None, "Title Only")],
)
def test_slides_are_laid_out_where_text_can_be_read(material, tmp_path, change, name):
    prs = Presentation()
    if change:
        change(prs)
    made = read.opened(deck(material, template=saved(prs, tmp_path / "house.pptx")))
    used = {slide.slide_layout.name: slide.slide_layout for slide in made.slides}
    assert [*used] == [name]
    assert house.suits(used[name], made)


def test_where_no_layout_can_be_read_on_slides_get_a_plain_background(material, tmp_path):
    prs = Presentation()
    dark_everywhere(prs)
    made = read.opened(deck(material, template=saved(prs, tmp_path / "dark.pptx")))
    for slide in made.slides:
        assert slide._element.get("showMasterSp") == "0"
        assert slide.background.fill.fore_color.theme_color is not None


# By WCAG's formula: black on white 21, #767676 on white 4.54, white on white 1.
@pytest.mark.parametrize(("code", "ratio"), [("FFFFFF", 21.0), ("0B1F3A", 1.27), ("767676", 4.62)])
def test_contrast_is_that_of_the_themes_text_on_what_lies_behind(code, ratio):
    prs = Presentation()
    background(prs.slide_layouts[5], code)
    assert house.contrast(prs.slide_layouts[5]) == pytest.approx(ratio, abs=0.01)


APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.'
    'openxmlformats.org/officeDocument/2006/docPropsVTypes"><Manager>M. Rowan</Manager>'
    f"<TitlesOfParts><vt:lpstr>{OLD}</vt:lpstr></TitlesOfParts></Properties>"
).encode()


def last_months():
    """A deck with slides, a show of them, a link to one, comments' authors and titles of slides."""
    prs = Presentation()
    slides = [prs.slides.add_slide(prs.slide_layouts[5]) for _ in range(3)]
    for slide in slides:
        slide.shapes.title.text = OLD
        slide.notes_slide.notes_text_frame.text = OLD
    box = slides[0].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    box.click_action.target_slide = slides[1]
    ids = [each.rId for each in prs.slides._sldIdLst]
    shown = "".join(f'<p:sld r:id="{id}"/>' for id in ids)
    prs.part._element.append(
        parse_xml(
            f'<p:custShowLst {nsdecls("p", "r")}><p:custShow name="x" id="0"><p:sldLst>{shown}'
            "</p:sldLst></p:custShow></p:custShowLst>"
        )
    )
    prs.slide_layouts[5].part.relate_to(slides[2].part, f"{RELATIONS}/slide")
    prs.core_properties.author = prs.core_properties.subject = OLD
    return prs


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_nothing_of_an_old_deck_but_its_look_leaves_the_house(material, tmp_path):
    path = saved(last_months(), tmp_path / "old.pptx", **{"docProps/app.xml": APP})
    made = whole(deck(material, Tier.numbers, path))
    for name, part in made.items():
        assert OLD.encode() not in part and b"Rowan" not in part, name
    assert b"<Application>Araxes</Application>" in made["docProps/app.xml"]
    assert not [name for name in made if re.search("comment|custom|printer|vba|tags", name)]


TYPES = {
    "template.potx": b"presentationml.template.main+xml",
    "show.ppsx": b"presentationml.slideshow.main+xml",
}
MACROS = {
    "house.pptm": b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "house.potm": b"application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
    "house.ppsm": b"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
}


def of_type(path, kind):
    plain = Presentation()
    plain.save(path)
    with ZipFile(path) as parts:
        types, relations = (
            parts.read("[Content_Types].xml"),
            parts.read("ppt/_rels/presentation.xml.rels"),
        )
    old = MAIN if b"application" not in kind else house.MAIN.encode()
    macro = (
        b'<Relationship Id="rIdMacro" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/></Relationships>'
    )
    default = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    parts = {
        "[Content_Types].xml": types.replace(old, kind).replace(b"</Types>", default + b"</Types>"),
        "ppt/_rels/presentation.xml.rels": relations.replace(b"</Relationships>", macro),
        "ppt/vbaProject.bin": b"macro",
    }
    return saved(plain, path, **parts)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("house.pptm", MACROS["house.pptm"]), *(slow(*each) for each in {**TYPES, **MACROS}.items())],
)
def test_templates_and_shows_are_read_and_their_macros_left_out(material, tmp_path, name, kind):
    made = whole(deck(material, template=of_type(tmp_path / name, kind)))
    assert house.MAIN.encode() in made["[Content_Types].xml"]
    assert b"macroEnabled" not in made["[Content_Types].xml"]
    assert not any("vba" in name or part == b"macro" for name, part in made.items())


def test_a_core_part_under_another_programs_relation_stands_once(material, tmp_path):
    prs = Presentation()
    prs.save(tmp_path / "a.pptx")
    with ZipFile(tmp_path / "a.pptx") as parts:
        relations = parts.read("_rels/.rels").replace(
            b"schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            b"schemas.openxmlformats.org/officedocument/2006/relationships/metadata/"
            b"core-properties",
        )
    path = saved(prs, tmp_path / "office.pptx", **{"_rels/.rels": relations})
    assert "docProps/core.xml" in whole(deck(material, template=path))


@pytest.mark.parametrize("lost", [r"slideMaster1\.xml$", r"slideLayout6\.xml$", r"theme1\.xml$"])
def test_a_template_that_lacks_a_part_is_refused_in_one_line(material, tmp_path, lost):
    Presentation().save(tmp_path / "whole.pptx")
    with ZipFile(tmp_path / "whole.pptx") as old, ZipFile(tmp_path / "lost.pptx", "w") as new:
        for name in old.namelist():
            if not re.search(lost, name):
                new.writestr(name, old.read(name))
    with pytest.raises(ValueError, match="is no PowerPoint file that can be read") as refused:
        deck(material, template=tmp_path / "lost.pptx")
    assert "\n" not in str(refused.value)


def test_a_template_that_unpacks_to_far_too_much_is_refused_unread(material, tmp_path):
    path = saved(Presentation(), tmp_path / "bomb.pptx", **{"ppt/media/x.png": bytes(70_000_000)})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ValueError, match="unpacks to 70 MB"):
        deck(material, template=path)
