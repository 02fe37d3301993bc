"""What the catalogue says of roundtables: target profiles, the values contacts may have, and the columns of a pool's spreadsheet."""

from collections.abc import Mapping

from opencompact.convening.rules.draw_words import Target
from opencompact.convening.rules.roundtables import ATTRIBUTES, plain
from opencompact.registry import load_catalogue


def profiles() -> dict[str, tuple[Target, ...]]:
    """The targets of each profile."""
    found: dict[str, list[Target]] = {}
    for term in load_catalogue().vocabularies["roundtable-profiles"].terms:
        line = Target(term["attribute"], term["value"], float(term["least"]), float(term["most"]), int(term.get("weight", 1)), term.get("unit", "share"))
        found.setdefault(str(term["profile"]), []).append(line)
    return {profile: tuple(lines) for profile, lines in found.items()}


def labels() -> dict[str, str]:
    """What each value of an attribute is called; values differ across attributes."""
    said = {str(term["value"]): str(term["label"]) for term in load_catalogue().vocabularies["pool-values"].terms}
    return said | {code.lower(): label for code, label in _sections().items()}


def values_of(attribute: str) -> list[str]:
    """The values an attribute may have, in the catalogue's order."""
    if attribute == "sub_sector":
        return [code.lower() for code in _sections()]
    return [str(term["value"]) for term in load_catalogue().vocabularies["pool-values"].terms if term["attribute"] == attribute]


def wider() -> dict[str, str]:
    """The wider group, in words, that each value is merged into for publication; values without one stand for themselves."""
    return {str(term["value"]): str(term["wider"]) for term in load_catalogue().vocabularies["pool-values"].terms if term.get("wider")}


def headers() -> dict[str, list[str]]:
    """The names each column of a pool's spreadsheet may have."""
    return {str(term["field"]): [str(name) for name in term["headers"]] for term in load_catalogue().vocabularies["pool-columns"].terms}


def known_values() -> dict[str, Mapping[str, str]]:
    """For each attribute the slug of each plain word; a sub-sector by its name or code at any level stands for its section."""
    found: dict[str, dict[str, str]] = {attribute: {} for attribute in ATTRIBUTES}
    for term in load_catalogue().vocabularies["pool-values"].terms:
        found[str(term["attribute"])] |= {plain(term[key]): str(term["value"]) for key in ("label", "value")}
    for term in load_catalogue().vocabularies["icnptso"].terms:
        found["sub_sector"] |= {plain(term[key]): str(term["code"])[0].lower() for key in ("label", "code")}
    return dict(found)


def _sections() -> dict[str, str]:
    return {str(term["code"]): str(term["label"]) for term in load_catalogue().vocabularies["icnptso"].terms if not term["within"]}
