"""The workbooks inside charts: the same numbers give the same bytes."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from briefing.exports.shared.office import timestamped

PROPERTIES = "docProps/core.xml"
NEVER = date(1980, 1, 1)
MOMENT = re.compile(rb"(<dcterms:\w+ [^>]*>)[^<]*(<)")


def undated(workbook: bytes) -> bytes:
    """The workbook's bytes without the moment it was made at: 1980-01-01 instead."""
    zipped = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(zipped, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == PROPERTIES:
                part = MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            new.writestr(name, part)
    return timestamped(zipped.getvalue(), NEVER)
