"""Questions of a form, one list for the page, the one-time link and the spreadsheet, and how their answers are read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

Kind = Literal["text", "line", "secret", "day", "number", "money", "choice", "yes_no", "address", "email"]
# Said beside every field that is held, on page, link and spreadsheet alike.
HELD_WORDS = "Held: not published, but we may have to disclose it under the Freedom of Information Act."
PUBLIC_WORDS = "Public: published with the body's name once sent."
_EXPECTED = {
    "day": "a day such as 2031-09-30 or 30/09/2031",
    "number": "a whole number, without words",
    "money": "pounds and pence in figures, such as 12500 or 12500.50",
    "yes_no": "yes or no",
    "address": "a web address that begins with https:// or http://",
    "email": "an e-mail address such as name@department.example",
}


@dataclass(frozen=True)
class Question:
    """One field: `held` fields are never published; `choices` are (word, label) pairs, `otherwise` pairs that may stand in the place of the value."""

    name: str
    label: str
    kind: Kind = "text"
    held: bool = False
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    otherwise: tuple[tuple[str, str], ...] = ()


# A body's official says by name that a statement of the office about the body is right, or what is not.
SIGN_OFF = (
    Question("agrees", "Is it right as it stands?", "yes_no", required=True),
    Question("text", "What is not right, and what it should say", "text"),
    Question("held_text", "Anything the office should know that is not published", "text", held=True),
)


_FEW = 5  # choices that a person who chose none of them is told


@dataclass(frozen=True)
class Refusal:
    """An answer that cannot be read: which field, what was found, what was expected."""

    name: str
    found: str
    expected: str

    def __str__(self) -> str:
        """The sentence a person reads."""
        return f"Found {self.found!r}; expected {self.expected}." if self.found else f"Nothing is written here; expected {self.expected}."


def read_answers(questions: Iterable[Question], given: Mapping[str, str]) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """The answers in their one written form (days as 2031-09-30, money as 12500.50, yes and no), and what could not be read.

    An empty answer to a question that is not required is left out: missing is never zero. Answers to no question are refused, never dropped.
    """
    asked = {question.name: question for question in questions}
    answers: dict[str, str] = {}
    refusals = [Refusal(name, text, "no such question") for name, text in given.items() if name not in asked and text.strip()]
    for name, question in asked.items():
        text = given.get(name, "").strip()
        if not text:
            if question.required:
                refusals.append(Refusal(name, "", _expected(question, most=_FEW)))
            continue
        read = _read(question, text)
        if read is None:
            refusals.append(Refusal(name, text, _expected(question)))
        else:
            answers[name] = read
    return answers, tuple(refusals)


def _expected(question: Question, *, most: int | None = None) -> str:
    """What an answer must be, in words; of very many choices the first `most`, where nobody misspelled one and the list stands before them."""
    if question.kind == "choice":
        labels = [label for _, label in question.choices]
        said = labels if most is None or len(labels) <= most else [*labels[:most], f"or {len(labels) - most} others"]
        return "one of: " + "; ".join(said)
    words = f", or the words: {'; '.join(label for _, label in question.otherwise)}" if question.otherwise else ""
    return _EXPECTED.get(question.kind, "an answer in words") + words


def _read(question: Question, text: str) -> str | None:
    if said := _word(question.otherwise, text):
        return said
    match question.kind:
        case "day":
            return _day(text)
        case "number":
            plain = text.replace(",", "")
            return str(int(plain)) if plain.isascii() and plain.isdigit() else None
        case "money":
            return _money(text)
        case "yes_no":
            return {"yes": "yes", "y": "yes", "no": "no", "n": "no"}.get(text.lower())
        case "choice":
            return _word(question.choices, text)
        case "address":
            return text if re.fullmatch(r"https?://[^\s/]+\.[^\s]+", text) else None
        case "email":
            return text if re.fullmatch(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+", text) else None
        case "line":
            return " ".join(text.split())
    return text


def _word(pairs: Iterable[tuple[str, str]], text: str) -> str | None:
    """The word of a pair that is written as itself or as its label, whatever its capitals."""
    return next((word for word, label in pairs if text.lower() in (word.lower(), label.lower())), None)


def _day(text: str) -> str | None:
    british = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return date(int(british[3]), int(british[2]), int(british[1])).isoformat() if british else date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _money(text: str) -> str | None:
    try:
        amount = Decimal(text.replace("£", "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return str(amount.quantize(Decimal("0.01"))) if amount.is_finite() and abs(amount) < Decimal(10) ** 13 else None
