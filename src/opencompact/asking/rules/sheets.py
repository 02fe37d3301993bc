"""What a body owes as rows of a spreadsheet, one sheet a kind of question, and how the cells that come back are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opencompact.asking.rules.questions import HELD_WORDS, PUBLIC_WORDS, Question, Refusal, read_answers

FIXED = ("Number", "Version", "Body", "What is asked", "Due")
RUN = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of a formula


@dataclass(frozen=True)
class Owed:
    """One row that goes out: the number of the ask, the version of the answer on its way or 0, and what is known."""

    number: int
    version: int
    body: str
    title: str
    due_on: date
    known: Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """One row that came back with something in it."""

    row: int
    number: int
    version: int
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """A cell that could not be read, or a row that no question stands behind."""

    row: int
    field: str
    found: str
    expected: str


def heads(questions: Sequence[Question]) -> tuple[str, ...]:
    """The header row: what the office fills in, then a column for each question."""
    return (*FIXED, *(question.label for question in questions))


def notes(questions: Sequence[Question]) -> tuple[str, ...]:
    """The row below the header: whether each field becomes public, what is expected, and its choices."""
    said = [" ".join(filter(None, (HELD_WORDS if question.held else PUBLIC_WORDS, question.help, _choices(question)))) for question in questions]
    return ("Do not change the first five columns.", *("" for _ in FIXED[1:]), *said)


def _choices(question: Question) -> str:
    labels = [label for _, label in question.choices] or (["yes", "no"] if question.kind == "yes_no" else [])
    return f"One of: {'; '.join(labels)}." if labels else ""


def cells(owed: Owed, questions: Sequence[Question]) -> tuple[str | int | date, ...]:
    """A row that goes out; words of choices are written as their labels."""
    known = [dict((*question.choices, *question.otherwise)).get(owed.known.get(question.name, ""), owed.known.get(question.name, "")) for question in questions]
    return owed.number, owed.version, owed.body, owed.title, owed.due_on, *known


def read_row(row: int, held: Sequence[object], questions: Sequence[Question]) -> tuple[Filled | None, list[Fault]]:
    """What a row says, none where nothing is filled in or a cell could not be read, and what was wrong."""
    texts = [_text(each) for each in held]
    given = {question.name: text for question, text in zip(questions, texts[len(FIXED) :], strict=False) if text}
    if not given:
        return None, []
    number, version = (texts[0], texts[1]) if len(texts) > 1 else ("", "")
    if not number.isdigit() or not version.isdigit():
        return None, [Fault(row, "Number", f"{number} {version}".strip(), "the number and version that stood there")]
    formulas = [Fault(row, _label(questions, name), text, "the value itself, not a formula") for name, text in given.items() if text.startswith("=")]
    answers, refusals = read_answers(questions, {name: _bare(text) for name, text in given.items()})
    faults = formulas or [_fault(row, refusal, questions) for refusal in refusals]
    return (None, faults) if faults else (Filled(row, int(number), int(version), answers), [])


def _fault(row: int, refusal: Refusal, questions: Sequence[Question]) -> Fault:
    return Fault(row, _label(questions, refusal.name), refusal.found, refusal.expected)


def _label(questions: Sequence[Question], name: str) -> str:
    return next((question.label for question in questions if question.name == name), name)


def _bare(text: str) -> str:
    """The words without the apostrophe that went out before what a spreadsheet would run."""
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(RUN) else text


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if value is not None else ""
