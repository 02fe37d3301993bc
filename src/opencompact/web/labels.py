"""What the catalogue's vocabularies call things: kinds of body, kinds of organisation, size bands."""

from functools import cache

from opencompact.registry import load_catalogue
from opencompact.web import words

BODY_KINDS, ORGANISATION_KINDS, SIZE_BANDS = ("body-kinds", "kind"), ("organisation-kinds", "kind"), ("size-bands", "band")


@cache
def labels(vocabulary: str, key: str) -> dict[str, str]:
    """The labels of a vocabulary by the term's own word, in its order; none where the catalogue has no such vocabulary."""
    held = load_catalogue().vocabularies.get(vocabulary)
    return {term[key]: term.get("label") or words.label(term[key]) for term in (held.terms if held else ())}


def label(vocabulary: tuple[str, str], word: str) -> str:
    """The label of one word; the word itself in plain spelling where the vocabulary does not know it."""
    return labels(*vocabulary).get(word) or words.label(word)


def body_kind(word: str) -> str:
    """`Council`."""
    return label(BODY_KINDS, word)


def body_kinds(word: str) -> str:
    """`Councils`."""
    return words.several(label(BODY_KINDS, word))


def organisation_kind(word: str) -> str:
    """`Charity`."""
    return label(ORGANISATION_KINDS, word)


def size_band(word: str) -> str:
    """`Micro: under £10,000`."""
    return label(SIZE_BANDS, word)


def place_of_band(word: str) -> int:
    """Where the band stands from the smallest; one the vocabulary does not know comes last."""
    order = list(labels(*SIZE_BANDS))
    return order.index(word) if word in order else len(order)
