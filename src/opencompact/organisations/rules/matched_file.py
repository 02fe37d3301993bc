"""What a matched file comes to: rows and pounds by answer, by kind and by size band."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from opencompact.organisations.rules.matching_scorer import ACCEPTED, NONE, REVIEW

# The answers everywhere in this order: accepted as a voluntary organisation, accepted as another, to review, not identified.
VOLUNTARY, OTHER = "voluntary", "other"
ANSWERS = (VOLUNTARY, OTHER, REVIEW, NONE)


@dataclass(frozen=True)
class Line:
    """A row of a matched file: the decision, the pounds where they could be read, and what is known of the organisation."""

    decision: str
    amount: Decimal | None
    kind: str = ""
    band: str = ""
    is_voluntary: bool = False

    @property
    def answer(self) -> str:
        """One of ANSWERS."""
        return self.decision if self.decision != ACCEPTED else VOLUNTARY if self.is_voluntary else OTHER


@dataclass(frozen=True)
class Part:
    """Rows and their pounds, credits set against them; `without` rows have an amount that could not be read."""

    rows: int = 0
    amount: Decimal = Decimal(0)
    without: int = 0

    def and_line(self, line: Line) -> "Part":
        """The part with one more row."""
        return Part(self.rows + 1, self.amount + (line.amount or 0), self.without + (line.amount is None))


@dataclass(frozen=True)
class Summary:
    """A matched file in parts: `kinds` of accepted and reviewed organisations by kind, `bands` of accepted voluntary ones by size band."""

    whole: Part
    answers: Mapping[str, Part]
    kinds: Mapping[tuple[str, str], Part]
    bands: Mapping[str, Part]

    def share_of_rows(self, answer: str) -> float | None:
        """The answer's share of the rows; None of an empty file."""
        return self.answers[answer].rows / self.whole.rows if self.whole.rows else None

    def share_of_pounds(self, answer: str) -> float | None:
        """The answer's share of the pounds; None where the whole comes to nothing, or credits outweigh payments in it or in the answer."""
        part = self.answers[answer].amount
        return float(part / self.whole.amount) if self.whole.amount > 0 and part >= 0 else None


def summed(lines: Iterable[Line]) -> Summary:
    """The summary of a file's rows."""
    whole = Part()
    answers: dict[str, Part] = {answer: Part() for answer in ANSWERS}
    kinds: dict[tuple[str, str], Part] = {}
    bands: dict[str, Part] = {}
    for line in lines:
        whole = whole.and_line(line)
        answers[line.answer] = answers[line.answer].and_line(line)
        if line.decision in (ACCEPTED, REVIEW):
            key = line.kind, line.decision
            kinds[key] = kinds.get(key, Part()).and_line(line)
        if line.answer == VOLUNTARY:
            bands[line.band] = bands.get(line.band, Part()).and_line(line)
    return Summary(whole, answers, kinds, bands)
