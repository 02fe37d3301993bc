"""The verdict on an undertaking for one body, from the verdicts on its cases."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from opencompact.judgement.rules.lengths import STATE
from opencompact.values.days import count_in_words

# The gravest case decides, and one that cannot be told comes before a clean bill.
GRAVEST_FIRST = ("unexplained", "cannot_tell", "explained", "met")
_IN_WORDS = {
    "met": "met",
    "explained": "not met but explained",
    "unexplained": "not met with no explanation found",
    "cannot_tell": "cannot be told",
    "not_applicable": "not covered by a length",
}


def may_have_verdict(undertaking: Mapping[str, Any]) -> bool:
    """Whether the record alone can test it: wording confirmed, a test that computes, and nothing that stands in the way yet."""
    return undertaking["wording"] == "confirmed" and undertaking["test"] in ("computed", "both") and not undertaking["cannot_yet"]


def undertaking_verdict(verdicts: Iterable[str], *, undertaking: str, body: str, needs_judgement: bool) -> dict[str, Any]:
    """A row of the table `verdicts` from the graded verdicts on the body's cases.

    Where part of the promise needs judgement, sums alone never pass it: it cannot be told instead.
    """
    counts = Counter(verdicts)
    verdict = next((word for word in GRAVEST_FIRST if counts[word]), "not_applicable")
    waits = needs_judgement and verdict == "met"
    return {
        "undertaking": undertaking,
        "body": body,
        "verdict": "cannot_tell" if waits else verdict,
        "because": _because(counts) + (" Part of the promise needs a named assessor, and has none yet." if waits else ""),
        "cases": sum(counts[word] for word in GRAVEST_FIRST),
        **{word: counts[word] for word in GRAVEST_FIRST},
        "state": STATE,
    }


def _because(counts: Counter[str]) -> str:
    if not counts.total():
        return "No case is held."
    found = ", ".join(f"{counts[word]:,} {words}" for word, words in _IN_WORDS.items() if counts[word])
    return f"{count_in_words(counts.total(), 'consultation')}: {found}."
