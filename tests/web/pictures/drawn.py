"""What every picture must be, whatever it shows."""

import xml.etree.ElementTree as ET

from opencompact.web.pictures.ink import Picture

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: Picture, *, role: str = "img") -> ET.Element:
    """The picture as XML, once it is seen to be named, described and free of inline style."""
    root = ET.fromstring(picture.svg)
    title, says = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert says is not None
    assert (root.get("role"), title.text) == (role, picture.title)
    assert root.get("aria-labelledby") == f"{title.get('id')} {says.get('id')}"
    assert [each for each in root.iter() if each.get("style")] == []
    return root


def texts(root: ET.Element) -> list[str]:
    """The words in it, in order."""
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def marks(root: ET.Element, name: str) -> list[ET.Element]:
    """The elements of one kind, those of the hatch pattern left out."""
    inside = {each for pattern in root.iter(f"{SVG}pattern") for each in pattern.iter()}
    return [each for each in root.iter(f"{SVG}{name}") if each not in inside]
