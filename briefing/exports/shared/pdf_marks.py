"""What a brief as PDF carries unseen: its provenance, and digests of its pictures."""

import hashlib

from pypdf import PdfReader

KEY, PICTURES = "/Araxes", "/Araxes-pictures"  # in the information dictionary


def digests(file: PdfReader) -> list[str]:
    """SHA-256 of the pixels of each picture, page by page."""
    images = [one.image for page in file.pages for one in page.images]
    drawn = [repr(one.size).encode() + one.convert("RGB").tobytes() for one in images]
    return [hashlib.sha256(pixels).hexdigest() for pixels in drawn]
