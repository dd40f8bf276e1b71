"""XML of anybody's: nothing in it is expanded or fetched."""

from lxml import etree


def parsed(content: bytes, bare: bool = False) -> etree._Element:
    """The root of a document; raises etree.XMLSyntaxError for what is no XML.

    bare: without comments and processing instructions.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=bare, remove_pis=bare
    )
    return etree.fromstring(content, parser)
