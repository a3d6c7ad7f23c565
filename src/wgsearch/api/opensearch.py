"""
Address of the service -> its OpenSearch description, by which browsers add it as a search engine.

Source: OpenSearch 1.1, draft 6.
"""

from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request, Response

from wgsearch.api.asking import Base, only

MEDIA_TYPE = "application/opensearchdescription+xml"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"

router = APIRouter(include_in_schema=False)


@router.get("/opensearch.xml")
async def opensearch(request: Request, base: Base) -> Response:
    """Where questions go, for browsers and programs that know OpenSearch."""
    only(request)
    return Response(description(base), media_type=MEDIA_TYPE)


def description(base: str) -> bytes:
    """
    The description, as XML.

    Args:
        base: Address of the service, without a slash at its end.
    """
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(f"{{{_NAMESPACE}}}OpenSearchDescription")
    for name, text in (
        ("ShortName", "wgsearch"),
        ("Description", "What a working group has already said, word for word, with citations."),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        ET.SubElement(root, f"{{{_NAMESPACE}}}{name}").text = text
    icon = ET.SubElement(root, f"{{{_NAMESPACE}}}Image", type="image/svg+xml")
    icon.text = f"{base}/static/icon.svg"
    for kind, path in (("text/html", "search"), ("application/json", "api/v1/search")):
        template = f"{base}/{path}?q={{searchTerms}}"
        address = {"type": kind, "rel": "results", "template": template}
        ET.SubElement(root, f"{{{_NAMESPACE}}}Url", address)
    ET.SubElement(
        root,
        f"{{{_NAMESPACE}}}Url",
        type=MEDIA_TYPE,
        rel="self",
        template=f"{base}/opensearch.xml",
    )
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found
