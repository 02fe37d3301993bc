"""The page of one authority in a campaign: its clock with the sum, its answers, what happened, and the steps of whoever runs it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.http import Http404, HttpResponseBase

from opencompact.accounts.rules import may
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import campaigns as actions
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.queries.returns import Line, ReturnRound
from opencompact.judgement.rules.campaigns import STEPS, may_step
from opencompact.judgement.rules.returns import OUTCOMES
from opencompact.web.blocks import Block, Cell, Facts, Links, Press, Sheet, Table, Value, Words, shown
from opencompact.web.judgement import returns_tables as tables
from opencompact.web.judgement.acting import Act, acted, entries
from opencompact.web.judgement.campaigns import letter, mail, state_words
from opencompact.web.judgement.campaigns_sheet import told
from opencompact.web.judgement.returns import CAMPAIGNS
from opencompact.web.judgement.returns_sets import WHY_NOT, names_of, questions_of
from opencompact.web.office import Asked, office
from opencompact.web.words import day, path, plural

ON = Question("on", "On which day", "day", required=True)
REST = Question("rest", "To every question left empty it said", "choice", choices=WHY_NOT, help="Leave this empty where it said nothing to them.")
# Verb → heading, button, what is asked.
FORMS: Mapping[str, tuple[str, str, tuple[Question, ...]]] = {
    "send_request": ("It was asked", "Put it down", (ON,)),
    "record_unclear": ("It asked us what is meant", "Put it down", (ON,)),
    "make_clear": ("We told it what is meant", "Put it down", (ON,)),
    "record_fee": ("It asked us for a fee", "Put it down", (ON,)),
    "pay_fee": ("We paid the fee", "Put it down", (ON,)),
    "extend": ("It named a later day, to weigh the public interest", "Put it down", (ON, Question("until", "Until which day", "day", required=True))),
    "answer_review": ("It answered the internal review", "Put it down", (ON, Question("text", "What it came to", "text", required=True))),
}


@office
def authority(who: Asked, key: str, slug: str) -> HttpResponseBase:
    """What did one authority answer, and by when did it owe it?"""
    row = queries.return_round(key, kind="campaign")
    line = queries.line(who.viewer, row, slug, asked=names_of(row.questions), today=who.today) if row else None
    if row is None or line is None:
        raise Http404("This campaign asks no such authority.")
    runs = who.account is not None and may(who.viewer, "run_campaign")
    acts = _acts(who, row, line) if runs else []
    went, written = acted(who, acts, back=f"/campaigns/{key}/{slug}/")
    if went:
        return went
    names = names_of(row.questions)
    answered = line.answered(names)
    blocks: list[Block] = [
        Facts(_days(line)),
        Table("Its answers", ("Question", "Answer"), [(each.label, tables.said(line, each)) for each in questions_of(row.questions)], "Nothing is asked."),
        Table("What happened", ("Day", "What"), _history(line), "Nothing happened yet: it was not asked."),
        *([_presses(line, who.today)] if runs else []),
        *entries(acts, written),
        *([Words(letter(row).splitlines(), "The letter"), Words([line.row.email or "no address is held"], "Where it goes")] if runs else []),
        Links([(f"/bodies/{path(slug)}/", "What the record shows of it, where it holds anything", "")]),
    ]
    answer = [f"{tables.response_cell(line).text}: {answered} of {plural(len(names), 'question')} answered.", _next(line, who.today)]
    crumbs = [CAMPAIGNS, (f"/campaigns/{key}/", row.title)]
    return shown(who, Sheet(f"What did {line.row.name} answer?", answer, blocks, crumbs), status=422 if written else 200)


def _next(line: Line, today: date) -> str:
    row = line.row
    if row.state == "reviewing" and row.review_due_on:
        late = f", {plural((today - row.review_due_on).days, 'day')} past it" if today > row.review_due_on else ""
        return f"An internal review was asked for; its answer is due on {day(row.review_due_on)}{late}."
    if row.replied_on:
        late_days = (row.replied_on - row.due_on).days if row.due_on else 0
        return (
            f"It replied on {day(row.replied_on)}, {plural(late_days, 'day')} past its day."
            if late_days > 0
            else f"It replied on {day(row.replied_on)}, in time."
        )
    if row.due_on is None:
        return f"No answer is due: {row.due_sum}."
    passed = (today - row.due_on).days
    return f"Its answer was due on {day(row.due_on)}: {plural(passed, 'day')} past it." if passed > 0 else f"Its answer is due on {day(row.due_on)}."


def _days(line: Line) -> list[tuple[str, Value]]:
    row = line.row
    return [
        ("Where it stands", state_words(row)),
        ("Asked on", row.sent_on or Cell("not yet", is_missing=True)),
        ("Due", tables.due_cell(line)),
        ("Reminders", row.reminders),
    ]


def _history(line: Line) -> list[tuple[Value, ...]]:
    row = line.row
    held: Sequence[tuple[date | None, str]] = (
        (row.sent_on, "It was asked."),
        (row.unclear_on, "It asked us what is meant: its clock stood still."),
        (row.clarified_on, "We told it: its days were counted anew."),
        (row.fee_asked_on, "It asked us for a fee: its clock stood still."),
        (row.fee_paid_on, "We paid the fee."),
        (row.extended_on, f"It named a later day, {day(row.extended_to)}, to weigh the public interest."),
        (row.reminded_on, f"It was reminded, for the {_th(row.reminders)} time."),
        (row.replied_on, "It replied first."),
        (row.review_on, f"An internal review was asked for, due on {day(row.review_due_on)}."),
        (row.reviewed_on, f"The review came to: {row.review_text}"),
    )
    return [(on, what) for on, what in sorted((on, what) for on, what in held if on)]


def _th(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def _presses(line: Line, today: date) -> Press:
    late = line.row.due_on is not None and today > line.row.due_on
    buttons = [(words, {"act": act, "version": line.row.version}) for act, words, holds in (
        ("remind", "Remind it", may_step("remind", line.row.state)),
        ("ask_review", "Ask for an internal review", line.row.state == "replied" or (line.row.state == "sent" and late)),
    ) if holds]  # fmt: skip
    return Press(buttons, "Next" if buttons else "", "A mail goes out where an address is held.")


def _acts(who: Asked, row: ReturnRound, line: Line) -> list[Act]:
    """The forms and buttons that follow from where the request stands."""
    its = line.row
    found = [Act(verb, *FORMS[verb], _doing(verb, who, row, line), version=its.version) for verb in STEPS if verb in FORMS and may_step(verb, its.state)]
    if may_step("record_reply", its.state):
        found.insert(0, _reply(who, row, line))

    def remind(_: dict[str, str], version: int) -> None:
        actions.remind(row.key, its.body, version=version, by=who.viewer, at=who.at)
        mail(f"{row.title}: a reminder", f"We asked on {day(its.sent_on)}.\n\n{letter(row)}", its.email)

    def review(_: dict[str, str], version: int) -> None:
        actions.ask_review(row.key, its.body, version=version, by=who.viewer, at=who.at)
        mail(
            f"{row.title}: internal review", f"We ask for an internal review of how our request of {day(its.sent_on)} was handled.\n\n{letter(row)}", its.email
        )

    return [*found, Act("remind", "", "", (), remind), Act("ask_review", "", "", (), review)]


def _doing(verb: str, who: Asked, row: ReturnRound, line: Line) -> Callable[[dict[str, str], int], None]:
    def do(answers: dict[str, str], version: int) -> None:
        days = {name: date.fromisoformat(answers[name]) for name in ("on", "until") if name in answers}
        texts = {"text": answers["text"]} if "text" in answers else {}
        getattr(actions, verb)(row.key, line.row.body, **days, **texts, version=version, by=who.viewer, at=who.at)

    return do


def _reply(who: Asked, row: ReturnRound, line: Line) -> Act:
    questions = questions_of(row.questions)

    def do(answers: dict[str, str], version: int) -> None:
        on, rest = date.fromisoformat(answers.pop("on")), answers.pop("rest", "")
        said = told(answers) | ({each.name: (rest, "") for each in questions if each.name not in answers and not each.held} if rest else {})
        held = [each.name for each in questions if each.held]
        actions.record_reply(row.key, line.row.body, answers=said, held=held, on=on, version=version, by=who.viewer, at=who.at)

    known = {name: answer.text if answer.outcome == "answered" else OUTCOMES[answer.outcome] for name, answer in line.answers.items()}
    note = "Write each answer, or the words not held or refused on cost. What is left empty counts as not answered."
    return Act("record_reply", "Put down what it answered", "Put it down", (ON, *questions, REST), do, known | {"on": str(who.today)}, note, line.row.version)
