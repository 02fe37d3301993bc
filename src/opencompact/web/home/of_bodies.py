"""First pages of those who act for a body: its lead, its senior officer, its official who clears."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from opencompact.asking import queries as asking
from opencompact.judgement.queries import returns, verdicts
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import DELIVERY, FINDINGS
from opencompact.web.blocks import Bars, Block, Cell, Facts, Table
from opencompact.web.home import record
from opencompact.web.home.first import MOST, Act, First, Whose, are, late_commitments, late_table, owed_table
from opencompact.web.words import VERDICT_WORDS, VERDICTS, day, path, plural

QUARTER = 91  # days


def lead(whose: Whose) -> First:
    """A lead: what will embarrass us this quarter?"""
    who, promised = whose.who, whose.lineage()
    owed = list(asking.owed(who.viewer, bodies=whose.bodies))
    late = [ask for ask in owed if ask.due_on < who.today]
    soon = [ask for ask in owed if who.today <= ask.due_on <= who.today + timedelta(days=QUARTER)]
    overdue = late_commitments(who, promised)
    short = record.short_or_unanswered(whose.bodies)
    said = [
        f"{whose.called}: {are(len(late), 'question is', 'questions are')} past the day without an answer, and {len(soon)} more fall due within 13 weeks. "
        f"{are(len(overdue), 'commitment is', 'commitments are')} overdue.",
        _consultations(short),
    ]
    blocks: list[Block] = [owed_table(owed, who.today, whose.names), late_table(overdue, who.today), short.table, _endings(whose)]
    return First("What will embarrass us this quarter?", said, _acts(owed, overdue), blocks)


def _consultations(short: record.Record) -> str:
    if short.counted is None:
        return "No release is made yet, so no consultation can be looked at."
    return f"{are(short.counted, 'consultation of the last year is', 'consultations of the last year are')} short or without an answer in time."


def _acts(owed: Sequence[Any], overdue: Sequence[Any]) -> list[Act]:
    acts: list[Act] = [(f"/asks/{ask.pk}/", f"Answer: {ask.title}", f"due {day(ask.due_on)}") for ask in owed[:2]]
    acts += [(f"/ledger/{row.key}/", f"Say where it stands: {row.title}", f"due {day(row.due_now)}") for row in overdue[:1]]
    return [*acts, ("/asks/", "Everything asked of us, and the spreadsheet of it", "")]


def _endings(whose: Whose) -> Block:
    """Fundings ended with less than three months' notice, as the body's own last return says."""
    held = returns.last_answers(whose.who.viewer, whose.bodies, questions=("endings", "endings_noticed"))
    pairs: list[tuple[str, str | Cell]] = []
    for body in whose.bodies:
        ended, noticed = (held.get((body, name)) for name in ("endings", "endings_noticed"))
        if ended is None or noticed is None:
            pairs.append((whose.names.get(body, body), Cell("cannot tell: no return of ours says both", is_missing=True)))
        else:
            pairs.append(
                (whose.names.get(body, body), f"{Decimal(ended) - Decimal(noticed):,.0f} of {Decimal(ended):,.0f} with less than three months' notice")
            )
    return Facts(pairs, "Fundings ended, by our own last return")


def sro(whose: Whose) -> First:
    """A senior officer, or the minister's office: are our commitments on track?"""
    who, promised = whose.who, whose.lineage()
    rows = list(ledger.owned_by(ledger.commitments(who.viewer), promised).order_by("due_now", "key"))
    overdue = late_commitments(who, promised)
    then = who.today - timedelta(days=QUARTER)
    before = ledger.overdue(who.viewer, today=then, rows=ledger.owned_by(ledger.commitments(who.viewer, on=then), promised)).count()
    owed = list(asking.owed(who.viewer, bodies=whose.bodies))
    judged = verdicts.by_grade(who.viewer, whose.bodies)
    unexplained = sum(judged[body]["unexplained"] for body in whose.bodies)
    found = Counter(row.finding_now for row in rows)
    said = [
        f"{whose.called} has {plural(len(rows), 'commitment')}: {found['delivered']} found delivered, "
        f"{sum(row.delivery_now == 'claimed_done' and row.finding_now == 'not_assessed' for row in rows)} done by our own word and not checked, "
        f"{len(overdue)} past their day. 13 weeks ago {before} were past their day.",
        f"{are(unexplained, 'signed verdict says', 'signed verdicts say')} that a promise was not kept and no reason was found.",
    ]
    acts: list[Act] = [(f"/ledger/{row.key}/", f"Ask what became of: {row.title}", f"due {day(row.due_now)}") for row in overdue[:2]]
    acts += [(f"/asks/{ask.pk}/", f"Clear or answer: {ask.title}", f"due {day(ask.due_on)}") for ask in owed[:2]]
    acts.append(("/office/brief/", "The quarter's brief", "two pages, also as PDF"))
    return First(
        "Are our commitments on track?", said, acts, [late_table(overdue, who.today), *_card(rows, judged, whose), owed_table(owed, who.today, whose.names)]
    )


def _card(rows: Sequence[Any], judged: Any, whose: Whose) -> list[Block]:
    claims, found = Counter(row.delivery_now for row in rows), Counter(row.finding_now for row in rows)
    verdict_rows = [
        (Cell(whose.names.get(body, body), f"/scorecards/{path(body)}/"), *(judged[body][word] for word in VERDICTS)) for body in whose.bodies if judged[body]
    ]
    return [
        Bars([(words, claims[word], plural(claims[word], "commitment")) for word, words in DELIVERY.items()], "What we say of them"),
        Bars([(words, found[word], plural(found[word], "commitment")) for word, words in FINDINGS.items()], "What was found independently"),
        Table(
            "Signed verdicts",
            ("Body", *(f"#{VERDICT_WORDS[word]}" for word in VERDICTS)),
            verdict_rows[:MOST],
            "No verdict on us is signed. One is put to us before it is signed.",
        ),
    ]
