"""The forms on a body's return of spending: set or change a target, write down a step of its sign-off, file the return, sign what was filed."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from opencompact.accounts.rules import may
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import spend_returns as actions
from opencompact.judgement.rules.spend_returns import UNITS
from opencompact.registry.cards import SignStep, SpendReturn
from opencompact.web.judgement.acting import Act
from opencompact.web.judgement.returns_known import year_words
from opencompact.web.judgement.spend_return_facts import VCSE, Return, method_words
from opencompact.web.office import Asked

_SIGN = (
    Question("name", "Who took it: the name", "line", required=True),
    Question("post", "In which post", "line", required=True),
    Question("on", "On which day", "day", required=True),
    Question("note", "A note, such as the reference of the letter", "line"),
)
_FILE = (
    Question("method", "How the figures were made", "text", required=True),
    Question("because", "Why it is corrected, where it was filed before", "text"),
)


def offered(who: Asked, held: Return) -> list[Act]:
    """The forms this person may send, in the order the work has."""
    made = []
    if may(who.viewer, "set_target", body=held.body):
        made.append(_set(who, held))
    if may(who.viewer, "record_sign_off", body=held.body):
        made += _sign_targets(who, held)
    if may(who.viewer, "file_return", body=held.body):
        made.append(_file(who, held))
    if may(who.viewer, "record_sign_off", body=held.body) and held.filed:
        made += _sign_filing(who, held)
    return made


def questions(card: SpendReturn) -> tuple[Question, ...]:
    """What a target is asked: every change with its reason."""
    return (
        Question("supplier", "Of whom", "choice", required=True, choices=tuple((each.supplier, each.label) for each in card.suppliers)),
        Question("unit", "In", "choice", required=True, choices=tuple(UNITS.items())),
        Question("amount", "How much", "money", required=True, help="Pounds, or per cent such as 4.5."),
        Question("year", "The financial year it is to be reached in begins in April of", "number", required=True),
        Question("baseline_year", "The baseline year begins in April of", "number", required=True),
        Question("baseline_amount", "Direct spend in the baseline year, as you state it", "money"),
        Question("because", "Why this target; of a change, why it changes", "text", required=True, help="Published with the target."),
    )


def _set(who: Asked, held: Return) -> Act:
    def do(answers: dict[str, str], _: int) -> None:
        actions.set_target(
            held.card.slug,
            held.body,
            supplier=answers["supplier"],
            year=_year_of(answers["year"]),
            unit=answers["unit"],
            amount=Decimal(answers["amount"]),
            baseline_year=_year_of(answers["baseline_year"]),
            baseline_amount=Decimal(answers["baseline_amount"]) if answers.get("baseline_amount") else None,
            by=who.viewer,
            at=who.at,
            because=answers["because"],
        )

    known = {"supplier": VCSE, "unit": "share", "year": str(held.card.target_year), "baseline_year": str(held.card.first_year - 1)}
    heading = "Change the target" if held.targets.get(VCSE) else "Set the target"
    return Act("set_target", heading, "Set it", questions(held.card), do, known, f"{held.card.target_rule} {held.card.change_rule}")


def _year_of(text: str) -> int:
    year = int(text)
    if not 2000 <= year <= 2098:
        raise CannotStep(f"Found the year {text}; expected four digits from 2000 to 2098.")
    return year


def _sign_targets(who: Asked, held: Return) -> list[Act]:
    made = []
    for supplier in held.card.suppliers:
        history = held.targets.get(supplier.supplier, [])
        step = _next(held.card.target_steps, history[-1].done) if history else None
        if step:
            target, order = history[-1].row.pk, [each.step for each in held.card.target_steps]

            def do(answers: dict[str, str], _: int, target: int = target, step: SignStep = step, order: Sequence[str] = order) -> None:
                actions.sign_target(target, step=step.step, order=order, **_given(answers), by=who.viewer, at=who.at)

            heading = f"Target for {supplier.label.lower()}: {step.label.lower()}"
            made.append(Act(f"sign-target-{supplier.supplier}", heading, "Write it down", _SIGN, do, {"post": step.post}))
    return made


def _file(who: Asked, held: Return) -> Act:
    def do(answers: dict[str, str], _: int) -> None:
        figures = {line.field.name: line.value for line in held.lines}
        if held.year not in held.record.spent:
            raise CannotStep(f"Nothing of {year_words(held.year)} is held, so there is nothing to file. Publish the payments and have them read first.")
        actions.file_return(
            held.card.slug,
            held.body,
            year=held.year,
            figures=figures,
            release=held.record.release,
            method=answers["method"],
            by=who.viewer,
            at=who.at,
            because=answers.get("because", ""),
        )

    heading = f"File a correction for {year_words(held.year)}" if held.filed else f"File the return for {year_words(held.year)}"
    note = "The figures are kept as they stand now. They do not move with the record afterwards."
    return Act("file", heading, "File it", _FILE, do, {"method": " ".join(method_words(held.card, held.record))}, note)


def _sign_filing(who: Asked, held: Return) -> list[Act]:
    last = held.filed[-1]
    step = _next(held.card.return_steps, last.done)
    if step is None:
        return []
    order = [each.step for each in held.card.return_steps]

    def do(answers: dict[str, str], _: int) -> None:
        actions.sign_filing(last.row.pk, step=step.step, order=order, **_given(answers), by=who.viewer, at=who.at)

    return [Act("sign-filing", f"The return: {step.label.lower()}", "Write it down", _SIGN, do, {"post": step.post})]


def _given(answers: Mapping[str, str]) -> dict[str, Any]:
    return {"name": answers["name"], "post": answers["post"], "on": date.fromisoformat(answers["on"]), "note": answers.get("note", "")}


def _next(steps: Sequence[SignStep], done: Container[str]) -> SignStep | None:
    return next((step for step in steps if step.step not in done), None)
