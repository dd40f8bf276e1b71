"""One reader for every file that leaves the house, chosen by the file's ending."""

from pathlib import Path

from briefing.material.provenance import Provenance, from_json
from briefing.reading import data, pictures
from briefing.reading.content import MOST_ITEMS, Content, Unknown, Unreadable

FORMS = ("png", "svg", "pdf", "pptx", "docx", "html", "csv", "json", "parquet")
MOST_BYTES = 50_000_000  # ours are under 6 MB


def form_of(path: Path) -> str:
    """The form that the ending names; raises Unreadable for one that is not ours."""
    form = path.suffix.lstrip(".").lower()
    form = {"htm": "html"}.get(form, form)
    if form not in FORMS:
        endings = ", ".join(f".{ending}" for ending in FORMS)
        raise Unreadable(f"no file of ours ends with {path.suffix or 'nothing'!r}: {endings}")
    return form


def bytes_of(path: Path) -> bytes:
    """A file's content; raises Unreadable where there is none or over `MOST_BYTES`."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable(f"{size / 1e6:,.0f} MB is far more than any file of ours")
        return path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"cannot be read ({problem.strerror})") from None


def read_as(form: str, content: bytes, kind: str = "") -> Content:
    """What a file of this form says; kind: chart, table, brief …, where it is known.

    Raises Unreadable, one plain line, whatever is wrong with the file. A stranger's file may take
    long and much memory, against which `guard.read_as` reads it.
    """
    try:
        return _of_some_length(_reader(form, content, kind)(content))
    except (Unreadable, MemoryError):
        raise
    except Exception as problem:  # noqa: BLE001 - parsers of foreign bytes raise every kind
        reason = (str(problem).splitlines() or [""])[0][:120] or type(problem).__name__
        raise Unreadable(f"not a readable {form.upper()} ({reason})") from None


def _of_some_length(read: Content) -> Content:
    found = len(read.items) + len(read.elements)
    if found > MOST_ITEMS:  # whoever asked keeps it all in memory
        raise Unreadable(f"{found:,} texts and elements are far more than any file of ours has")
    return read


def _reader(form: str, content: bytes, kind: str):
    if form in ("png", "svg"):
        return lambda given: pictures.picture(given, form)
    if form in ("csv", "json", "parquet"):
        return getattr(data, f"{form}_file")
    if form in ("pptx", "docx"):
        from briefing.reading import office

        return office.deck if form == "pptx" else office.document
    from briefing.reading import documents

    if form == "html":
        return documents.page
    kind = kind or documents.kind_of(content)
    if kind == "chart":
        return lambda given: pictures.picture(given, "pdf")
    return documents.brief


def opened(path: Path) -> tuple[Content, Provenance]:
    """What a file says, and where it says it is from.

    Raises Unreadable, and Unknown for a file without provenance.
    """
    form = form_of(path)
    file = read_as(form, bytes_of(path))
    return file, provenance_of(file)


def provenance_of(file: Content) -> Provenance:
    """Where a file says it is from; raises Unknown where it does not say."""
    provenance = from_json(file.provenance)
    if provenance is None:
        raise Unknown(
            "unknown run: the file does not say what it was made from. Another program may have "
            "dropped that when it saved the file; verify the file as it was exported, or export "
            "it again"
        )
    return provenance
