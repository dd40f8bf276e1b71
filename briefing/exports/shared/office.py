"""What Word and PowerPoint files share: properties, and the same bytes for the same content."""

from collections import Counter
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from briefing.material.provenance import TOOL, Provenance

LANGUAGE = "en-GB"
MOST_BYTES, MOST_PARTS = 200_000_000, 3_000  # unpacked; ours are under 2 MB in under 200 parts


def unpacked(content: bytes, most: int = MOST_BYTES) -> ZipFile:
    """The zip of an office file, of up to `most` bytes.

    Raises ValueError, in a few plain words, for none, one that unpacks to more, or one that holds a
    part twice, of which each program would read another.
    """
    try:
        parts = ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError):
        raise ValueError("not a zipped office file, or cut short") from None
    sizes = [part.file_size for part in parts.infolist()]
    if sum(sizes) > most or len(sizes) > MOST_PARTS:
        size = f"{sum(sizes) / 1e6:,.0f} MB in {len(sizes):,} parts"
        raise ValueError(f"unpacks to {size}, far more than ours do")
    name, times = Counter(parts.namelist()).most_common(1)[0] if sizes else ("", 0)
    if times > 1:
        raise ValueError(f"holds the part {name[:60]} twice")
    return parts


def describe(properties, title: str, provenance: Provenance) -> None:
    """Fill the core properties of a python-docx or python-pptx file.

    The comments hold the provenance as one line of JSON; the file's dates are its as-of day.
    """
    day = datetime.combine(provenance.as_of, time())
    properties.author = properties.last_modified_by = TOOL
    properties.title = title
    properties.keywords = f"run {provenance.run}"
    properties.language = LANGUAGE
    properties.created = properties.modified = day
    properties.revision = 1
    # The setter of comments refuses more than 255 characters, which the format does not.
    properties._element.get_or_add_description().text = provenance.to_json()


def without_preview(package) -> None:
    """Drop the picture of the library's own template that file managers would show."""
    # python-docx has `rels`, python-pptx keeps its own private.
    relationships = package.rels if hasattr(package, "rels") else package._rels
    for relationship_id, relationship in list(relationships.items()):
        if relationship.reltype.endswith("/metadata/thumbnail"):
            relationships.pop(relationship_id)


def timestamped(content: bytes, day: date) -> bytes:
    """The same zipped file with every part's time set to a day, so that bytes do not vary.

    Days before 1980 become 1980-01-01, the first that a zip can hold.
    """
    zipped = BytesIO()
    moment = max(datetime.combine(day, time(), UTC), datetime(1980, 1, 1, tzinfo=UTC))
    with ZipFile(BytesIO(content)) as old, ZipFile(zipped, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, moment.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return zipped.getvalue()
