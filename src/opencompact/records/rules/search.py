"""The search for words in a page's text, and the sentence they stand in."""

import re
from collections.abc import Iterable, Mapping, Sequence

LONGEST_QUOTE = 300

# Where a sentence, a paragraph or an item of a list ends.
_ENDS = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n(?=\s*(?:[-*•#]|\d+[.)])\s)")
Patterns = Sequence[re.Pattern[str]]


def compile_terms(terms: Iterable[Mapping[str, str]]) -> tuple[re.Pattern[str], ...]:
    """The `pattern` of each term of a vocabulary, upper and lower case alike; raises re.error where one cannot be read."""
    return tuple(re.compile(term["pattern"], re.IGNORECASE) for term in terms)


def first_quote(text: str, *, patterns: Patterns) -> str | None:
    """The sentence of the earliest words that any pattern finds, at most 300 characters; None where none is found."""
    found = [match for pattern in patterns if (match := pattern.search(text))]
    return _quote(text, min(found, key=lambda match: match.start()).span()) if found else None


def quotes(text: str, *, patterns: Patterns) -> tuple[str, ...]:
    """The sentence of the first words that each pattern finds, each sentence once, in the order of the text."""
    found = sorted(match.span() for pattern in patterns if (match := pattern.search(text)))
    return tuple(dict.fromkeys(_quote(text, span) for span in found))


def _quote(text: str, span: tuple[int, int]) -> str:
    """The sentence around the span, its white space made single, cut about the words found where too long."""
    boundaries = [match.span() for match in _ENDS.finditer(text)]
    start = max((end for _, end in boundaries if end <= span[0]), default=0)
    end = min((begin for begin, _ in boundaries if begin >= span[1]), default=len(text))
    sentence, words = " ".join(text[start:end].split()), " ".join(text[slice(*span)].split())
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    room = LONGEST_QUOTE - 2  # for the mark of a cut at either end
    first = max(0, min(sentence.find(words) - room // 3, len(sentence) - room))
    return "…" * (first > 0) + sentence[first : first + room] + "…" * (first + room < len(sentence))
