"""First pages of those who look at every body: the central team, the sector body, auditors and assessors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import posts
from opencompact.asking import queries as asking
from opencompact.convening.queries import meetings
from opencompact.judgement.queries import audits, challenges, returns, verdicts
from opencompact.organisations.queries.office import office_bodies
from opencompact.promises.queries import ledger
from opencompact.web.blocks import Block, Cell, Table, Value
from opencompact.web.home import record
from opencompact.web.home.first import MOST, Act, First, Whose, are, late_commitments, late_table
from opencompact.web.words import day, plural

SECTOR = "sector"


def central(whose: Whose) -> First:
    """The central team: who has not replied, and who is slipping?"""
    who = whose.who
    silent = list(asking.silences(today=who.today))
    overdue = late_commitments(who, ())
    owners = Counter(ledger.owner_bodies(overdue))
    rows_of_bodies = list(office_bodies(on=who.today))
    bodies = {row.body: row.name for row in rows_of_bodies}
    public = {row.body: row.name for row in rows_of_bodies if row.kind != SECTOR}
    vacant = Counter(
        post.body for post in accounts.posts_on(who.viewer, who.today, bodies=public, posts=posts()) if not post.holders and post.post in ("sro", "lead")
    )
    unanswered = Counter(ask.body for ask in silent)
    next_meeting = meetings.upcoming(who.at).first()
    slipping = sorted(
        (body for body in bodies if unanswered[body] or owners[body] or vacant[body]),
        key=lambda body: (-unanswered[body] - owners[body], -vacant[body], bodies[body].lower()),
    )
    rows: list[tuple[Value, ...]] = [(Cell(bodies[body], f"/ledger/?body={body}"), unanswered[body], owners[body], vacant[body]) for body in slipping[:MOST]]
    said = [
        f"{are(len(silent), 'question stands', 'questions stand')} without an answer past the day, of {plural(len(unanswered), 'body', 'bodies')}. "
        f"{are(len(overdue), 'commitment is', 'commitments are')} overdue, of {plural(len(owners), 'body', 'bodies')}.",
        f"Of {plural(len(public), 'public body', 'public bodies')} that take part, {len(vacant)} have no senior officer or no lead in post.",
    ]
    table = Table("Who is slipping", ("Body", "#Unanswered past the day", "#Commitments overdue", "#Posts vacant"), rows, "No body is behind with anything.",
                  f"Showing {len(rows)} of {len(slipping)}." if len(slipping) > len(rows) else "")  # fmt: skip
    acts: list[Act] = [("/silence/", "See who is silent, and chase", f"{plural(len(silent), 'question')}")]
    if next_meeting:
        acts.append((f"/meetings/{next_meeting.key}/cockpit/", f"Prepare: {next_meeting.title}", day(next_meeting.starts_at)))
    acts += [
        ("/", "Promises and bodies, in one matrix", ""),
        ("/returns/", "The data return: who has sent it", ""),
        ("/office/brief/", "The quarter's brief", ""),
        ("/posts/", "Fill the vacant posts", ""),
    ]
    return First("Who has not replied, and who is slipping?", said, acts, [table, late_table(overdue, who.today)])


def sector(whose: Whose) -> First:
    """A sector body: what are members hurt by, and can we prove it?"""
    who = whose.who
    bodies = {row.body: row.name for row in office_bodies() if row.kind != SECTOR}
    told = returns.last_answers(who.viewer, list(bodies), questions=("raised", "closed"))
    raised = sum((Decimal(text) for (_, question), text in told.items() if question == "raised"), Decimal(0))
    said_so = sum(question == "raised" for _, question in told)
    silent = list(asking.silences(today=who.today))
    stalled = list(ledger.overdue(who.viewer, today=who.today, rows=ledger.commitments(who.viewer).filter(kind="announcement")))
    ours = list(asking.owed(who.viewer, bodies=whose.bodies))
    short = record.short_or_unanswered(list(bodies))
    known = f"{raised:,.0f} issues, say the last returns of the {said_so} bodies that gave a number" if said_so else "No return gives a number of issues"
    said = [
        f"{known}, of {len(bodies)} asked. {are(len(stalled), 'announcement is', 'announcements are')} overdue; "
        f"{are(len(silent), 'question stands', 'questions stand')} unanswered past the day.",
        "No release is made yet, so no consultation can be looked at."
        if short.counted is None
        else f"{short.counted:,} consultations of the last year were short, or had no answer in time.",
    ]
    blocks: list[Block] = [_issues(bodies, told), late_table(stalled, who.today), short.table]
    acts: list[Act] = [(f"/asks/{ask.pk}/", f"Answer: {ask.title}", f"due {day(ask.due_on)}") for ask in ours[:2]]
    acts += [("/ledger/?kind=announcement", "Say what members feel of an announcement", ""), ("/silence/", "See who is silent", ""),
             ("/campaigns/", "Ask authorities the same questions", "")]  # fmt: skip
    return First("What are members hurt by, and can we prove it?", said, acts, blocks)


def _issues(bodies: Mapping[str, str], told: Mapping[tuple[str, str], str]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (name, _number(told.get((body, "raised"))), _number(told.get((body, "closed")))) for body, name in bodies.items() if (body, "raised") in told
    ]
    empty = "No body has said in a return how many issues were raised."
    note = "Issues raised in confidence are not kept here, so these are the bodies' own numbers."
    return Table("Issues, by the bodies' own returns", ("Body", "#Raised", "#Closed"), rows[:MOST], empty, note)


def _number(text: str | None) -> Value:
    return None if text is None else f"{Decimal(text):,.0f}"


def auditor(whose: Whose) -> First:
    """An auditor or assessor: can I recompute this, and what waits for my judgement?"""
    who, names = whose.who, whose.names
    to_sign = list(verdicts.to_sign(who.viewer, today=who.today))
    letters = list(audits.late_letters(who.viewer, today=who.today))
    waiting = challenges.challenges(who.viewer, states=("received", "looking"), most=200)
    claims = list(ledger.commitments(who.viewer).filter(delivery_now="claimed_done", finding_now="not_assessed").order_by("key"))
    said_of_release, links = record.recomputing()
    said = [
        f"{are(len(to_sign), 'verdict waits', 'verdicts wait')} to be signed, {are(len(claims), 'claim', 'claims')} of delivery to be checked, "
        f"{plural(len(waiting), 'challenge')} to be settled, and {plural(len(letters), 'letter')} past the day without an answer.",
        said_of_release,
    ]
    acts: list[Act] = [(f"/verdicts/{row.key}/", f"Sign or send back: {row.undertaking}", names.get(row.body, row.body)) for row in to_sign[:1]]
    acts += [(f"/challenges/{row.reference}/", f"Look at challenge {row.reference}", "") for row in waiting[:1]]
    acts += [("/audits/", "The audits", ""), *links]
    blocks = [_to_sign(to_sign, names), _claims(claims), _letters(letters, names)]
    return First("Can I recompute this, and what waits for my judgement?", said, acts, blocks)


def _to_sign(held: Sequence[Any], names: Mapping[str, str]) -> Table:
    rows = [(Cell(row.undertaking, f"/verdicts/{row.key}/"), names.get(row.body, row.body), str(row.year)) for row in held[:MOST]]
    return Table("Verdicts whose reply is finished", ("Undertaking", "Body", "#Year"), rows, "None waits to be signed.")


def _claims(held: Sequence[Any]) -> Table:
    rows: list[tuple[Value, ...]] = [(Cell(row.title, f"/ledger/{row.key}/"), row.due_now) for row in held[:MOST]]
    empty = "Every claim of delivery was checked."
    return Table("Done, says the owner; nobody checked", ("Commitment", "Due"), rows, empty, f"Showing {len(rows)} of {len(held)}." if held else "")


def _letters(held: Sequence[Any], names: Mapping[str, str]) -> Table:
    rows = [(Cell(row.recommendation.title, _address(row)), names.get(row.body, row.body), row.due_on) for row in held[:MOST]]
    return Table("Letters past their day", ("Recommendation", "Body", "Due"), rows, "Every letter was answered by its day.")


def _address(row: Any) -> str:
    return f"/audits/{row.recommendation.round.key}/{row.recommendation.key}/{row.body}/letter/{row.number}/"
