"""What a brief as PDF carries unseen: its provenance, and digests of its pictures."""

import hashlib

from pypdf import PdfReader

KEY, PICTURES = "/Araxes", "/Araxes-pictures"  # in the information dictionary


def digests(file: PdfReader) -> list[str]:
    """SHA-256 of the pixels of each picture, page by page, as 64 hexadecimal digits."""
    images = [embedded.image for page in file.pages for embedded in page.images]
    # The pixels and not the stream: a program that saves the file again packs it anew.
    pixels = [repr(image.size).encode() + image.convert("RGB").tobytes() for image in images]
    return [hashlib.sha256(drawing).hexdigest() for drawing in pixels]
