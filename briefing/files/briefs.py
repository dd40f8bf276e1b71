"""Briefs by form: one call for the page and the shell."""

from dataclasses import replace
from pathlib import Path

from briefing.exports.pictures import browser
from briefing.exports.writers import AS_IT_COMES, WRITERS, Options
from briefing.files import kept_words
from briefing.material import kept_sets, signature
from briefing.material.material import Material
from briefing.material.story import phrases
from model.runs import whole_file
from model.scenario.plain_text import one_line

FORMS = tuple(WRITERS)
LONGEST_BANNER = 200  # characters
PICTURED = ("docx", "pdf")  # whose charts a browser draws; the reader's program draws the rest


def document(form: str, material: Material, options: Options = AS_IT_COMES) -> bytes:
    """A brief as pptx, docx, pdf or html; the same material and options give the same bytes.

    Raises ValueError, one plain line, for an unknown form and a template that cannot be used, and
    what computing and drawing raise.
    """
    if form not in FORMS:
        raise ValueError(f"no brief as {form!r}; choose {', '.join(FORMS)}")
    if options.template:
        from briefing.reading import guard  # loads every parser, which only this needs

        guard.check_template(options.template)
    options = replace(options, banner=one_line(options.banner))
    if len(options.banner) > LONGEST_BANNER:
        raise ValueError(f"the banner is longer than {LONGEST_BANNER} characters; shorten it")
    return signature.signed(WRITERS[form](material, options, None), form)


def write(path: Path, material: Material, options: Options = AS_IT_COMES) -> None:
    """Write a brief whole or not at all, its ending says which form, and `remember` it.

    Raises what `document` raises, and OSError where the file cannot be written.
    """
    whole_file.write(path, document(form_of(path), material, options))
    remember(material, options)


def remember(material: Material, options: Options) -> None:
    """Keep what is needed later of a brief that was made with these options.

    Its likelihood phrases, for the next one; assumptions that it keeps back, for `verify`.
    """
    # Kept only once the file is there: a brief that failed must not steer the next one's words.
    kept_sets.keep(material.assumptions, options.tier)
    kept_words.remember(material, phrases(material, options.before))


def problem(path: Path, template: Path | None = None) -> str | None:
    """Why this brief cannot be written, one line, asked before a fit; None where it can be.

    template: a .pptx or .potx to lay slides out on.
    """
    form = form_of(path)
    if form not in FORMS:
        endings = ", ".join(f".{ending}" for ending in FORMS)
        return f"{path}: cannot tell the form by its ending; end it with one of {endings}"
    if not path.parent.is_dir():
        return f"{path}: there is no folder {path.parent}; make it first"
    if template and form != "pptx":
        return f"--template is for a .pptx; a .{form} takes none"
    if form in PICTURED:
        try:
            browser.executable()
        except browser.NoBrowser as error:
            return str(error)
    return None


def form_of(path: Path) -> str:
    """The form that a file's ending names, `docx` of `brief.DOCX`; "" without one."""
    return path.suffix.lstrip(".").lower()
