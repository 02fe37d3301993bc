"""The one form of the office: questions with what is known filled in, and what was refused said beside each field and above them all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opencompact.asking.rules.questions import HELD_WORDS, PUBLIC_WORDS, Question, Refusal, read_answers


@dataclass(frozen=True)
class Field:
    """One question as it stands on a page: the value written or known, and why it was refused."""

    question: Question
    value: str = ""
    refusal: str = ""

    @property
    def words(self) -> str:
        """Whether what is written becomes public."""
        return HELD_WORDS if self.question.held else PUBLIC_WORDS


@dataclass(frozen=True)
class Form:
    """The fields of a page in order; shown by `office/form.html`.

    `says_visibility` puts the public or held words beside each field; `prefix` keeps two forms' fields apart.
    """

    fields: tuple[Field, ...]
    says_visibility: bool = False
    others: tuple[Refusal, ...] = ()
    prefix: str = ""

    @property
    def refusals(self) -> tuple[Field, ...]:
        """The refused fields in their order, for the summary above the form."""
        return tuple(field for field in self.fields if field.refusal)

    @property
    def refused(self) -> bool:
        """Whether anything must be written anew."""
        return bool(self.refusals or self.others)


def blank(questions: Iterable[Question], known: Mapping[str, str] | None = None, *, says_visibility: bool = False) -> Form:
    """The form before anybody wrote, filled in from what is known."""
    held = known or {}
    return Form(
        tuple(Field(question, dict(question.otherwise).get(held.get(question.name, ""), held.get(question.name, ""))) for question in questions),
        says_visibility,
    )


def read(questions: Iterable[Question], given: Mapping[str, str], *, says_visibility: bool = False) -> tuple[dict[str, str], Form]:
    """The answers in their one written form, and the form as it was written with what was refused; of `given` only the questions' names are read."""
    asked = tuple(questions)
    ours = {question.name: given.get(question.name, "") for question in asked}
    answers, refusals = read_answers(asked, ours)
    return answers, refused(asked, ours, refusals, says_visibility=says_visibility)


def refused(questions: Iterable[Question], given: Mapping[str, str], refusals: Iterable[Refusal], *, says_visibility: bool = False) -> Form:
    """The form as it was written, with refusals beside their fields; also for what an action refuses afterwards."""
    asked = tuple(questions)
    names = {question.name for question in asked}
    why = {refusal.name: str(refusal) for refusal in refusals}
    return Form(
        tuple(Field(question, given.get(question.name, ""), why.get(question.name, "")) for question in asked),
        says_visibility,
        tuple(refusal for refusal in refusals if refusal.name not in names),
    )
