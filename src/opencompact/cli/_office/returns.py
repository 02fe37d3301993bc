"""The invented returns: three years of the data return, the last one open, and campaigns with each response and every state of a request."""

from datetime import datetime, timedelta

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking import actions as asking
from opencompact.asking.queries import asks
from opencompact.asking.rules.questions import Question
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, VARROWMERE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.cli._office.ledger import lead
from opencompact.judgement.actions import campaigns
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.rules.returns import OUTCOMES
from opencompact.organisations.queries.office import body_names
from opencompact.registry import load_catalogue

BODIES = (EXAMPLES, AFFAIRS, WORKS, LANTERNS, VARROWMERE)
_NUMBERS = {"grants_number": 12, "contracts_number": 3, "consultations": 6, "consultations_short": 2, "consultations_explained": 1,
            "consultations_answered": 4, "endings": 5, "endings_noticed": 3, "assessments": 1, "raised": 7, "closed": 4}  # fmt: skip
# What became of each body's open return: how far it came.
_OPEN = {EXAMPLES: "sent", AFFAIRS: "sent", WORKS: "cleared", LANTERNS: "drafted", VARROWMERE: ""}


def questions_of(name: str) -> tuple[Question, ...]:
    """The questions of a set of the catalogue, each with the words that may stand for its answer."""
    why_not = tuple(OUTCOMES.items())[1:]
    return tuple(Question(**term, otherwise=why_not) for term in load_catalogue().vocabularies[f"return-questions-{name}"].terms)


def plant(at: datetime) -> None:
    """Put three years of the return, and the campaigns."""
    for back in (2, 1, 0):
        _round(at - timedelta(days=365 * back + 40), at, back)
    _campaign(at)
    campaigns.open_campaign(
        "sample-list", title="A campaign not sent yet", questions="departments-2012", year=at.year - 1, letter="Invented letter.", by=BY, at=at,
        bodies=[actions.Asked("sample-harbour-council", "Sample Harbour Council"), actions.Asked("sample-marsh-council", "Sample Marsh Council")],
    )  # fmt: skip


def _round(when: datetime, at: datetime, back: int) -> None:
    year, names = at.year - 1 - back, body_names()
    key, due_on = f"return-{year}", (when + timedelta(days=30)).date()
    bodies = [actions.Asked(body, names[body]) for body in BODIES]
    actions.open_return(key, title=f"Data return {year}/{(year + 1) % 100:02}", questions="standing", year=year, bodies=bodies, due_on=due_on, by=BY, at=when)
    for place, body in enumerate(BODIES):
        asking.ask(body, kind=actions.KIND, subject=key, title=f"Data return {year}", due_on=due_on, by=BY, at=when, because="the yearly return")
        came = _OPEN[body] if back == 0 else "" if body == VARROWMERE and back == 1 else "sent"
        if came:
            _answer(key, body, place, back, came, when + timedelta(days=9 + place))


def _answer(key: str, body: str, place: int, back: int, came: str, at: datetime) -> None:
    """A body's return, drafted by its lead, cleared by its official, sent and taken; as far as it came."""
    found = asks(BY).get(kind=actions.KIND, subject=key, body=body)
    official = Viewer(f"sample-official-{body}", (Grant("official", body),), "Sample Official")
    grants, own = (1_000_000 + 40_000 * place) * (100 - 9 * (2 - back) * (place % 3)) // 100, 90_000_000 * (100 - 2 * (2 - back)) // 100
    given = {"grants": str(grants), "grants_budget": str(grants * 2), "budget": str(own), "contracts": "not held" if place == 1 else str(grants // 3)}
    given |= {name: str(number + place) for name, number in _NUMBERS.items() if place < 3 or not name.startswith("consultations")}
    given |= {"assessments": "refused on cost"} if place == 2 else {}
    given["held_text"] = f"Between us: {SECRET}"
    row = asking.draft(found, given=given, questions=questions_of("standing"), version=None, by=lead(body), at=at)
    if came == "drafted":
        return
    row = asking.clear(row, name="Sample Official", post="Deputy Director", version=row.version, by=official, at=at)
    if came == "cleared":
        return
    row = asking.send(row, version=row.version, by=official, at=at)
    told = {name: (text, "") if text in ("not_held", "refused_cost") else ("answered", text) for name, text in row.answers.items()}
    actions.take_return(key, body, answers=told, held=["held_text"], by=official, at=at, because="cleared by Sample Official, Deputy Director")


# An authority, its nation, and how far its request came.
_COUNCILS = (
    ("North", "england-and-wales", "full"),
    ("South", "england-and-wales", "full"),
    ("East", "scotland", "partial"),
    ("West", "northern-ireland", "not_held"),
    ("Upper", "england-and-wales", "refused_cost"),
    ("Lower", "england-and-wales", "unclear"),
    ("Great", "england-and-wales", "made clear"),
    ("Little", "scotland", "silent"),
    ("Old", "england-and-wales", "silent, reminded"),
    ("New", "england-and-wales", "reviewing"),
    ("Outer", "england-and-wales", "reviewed"),
    ("Inner", "england-and-wales", "extended"),
    ("Hill", "england-and-wales", "fee"),
    ("Vale", "england-and-wales", "fee paid"),
    ("Lake", "england-and-wales", "not sent"),
)
_CAMPAIGN = "sample-councils"


def _campaign(at: datetime) -> None:
    when = at - timedelta(days=70)
    bodies = [
        actions.Asked(_slug(word), f"Sample {word} Council", nation, "" if place == 1 else f"foi{place}@sample.invalid")
        for place, (word, nation, _) in enumerate(_COUNCILS)
    ]
    campaigns.open_campaign(
        _CAMPAIGN, title="What councils did to grants", questions="councils-2012", year=at.year - 1, bodies=bodies, by=BY, at=when,
        letter="We ask for these under the Freedom of Information Act 2000.\nIn Scotland, under the Freedom of Information (Scotland) Act 2002.",
    )  # fmt: skip
    for place, (word, _, came) in enumerate(_COUNCILS):
        if came != "not sent":
            late_start = came in ("made clear", "extended", "fee paid")
            _follow(_slug(word), place, came, at - timedelta(days=20) if late_start else when, at)


def _follow(body: str, place: int, came: str, sent: datetime, at: datetime) -> None:
    """One authority's request, as far as it came."""
    row = campaigns.send_request(_CAMPAIGN, body, on=sent.date(), version=1, by=BY, at=at)
    soon, later = (sent + timedelta(days=4)).date(), (sent + timedelta(days=9)).date()
    if came in ("full", "partial", "not_held", "refused_cost", "reviewed"):
        row = campaigns.record_reply(
            _CAMPAIGN, body, answers=_said(place, came), held=(), on=(sent + timedelta(days=25)).date(), version=row.version, by=BY, at=at
        )
    if came in ("unclear", "made clear"):
        row = campaigns.record_unclear(_CAMPAIGN, body, on=soon, version=row.version, by=BY, at=at)
    if came == "made clear":
        campaigns.make_clear(_CAMPAIGN, body, on=later, version=row.version, by=BY, at=at)
    if came in ("fee", "fee paid"):
        row = campaigns.record_fee(_CAMPAIGN, body, on=soon, version=row.version, by=BY, at=at)
    if came == "fee paid":
        campaigns.pay_fee(_CAMPAIGN, body, on=later, version=row.version, by=BY, at=at)
    if came == "extended":
        campaigns.extend(_CAMPAIGN, body, on=soon, until=(at + timedelta(days=30)).date(), version=row.version, by=BY, at=at)
    if came == "silent, reminded":
        campaigns.remind(_CAMPAIGN, body, version=row.version, by=BY, at=at)
    if came in ("reviewing", "reviewed"):
        row = campaigns.ask_review(_CAMPAIGN, body, version=row.version, by=BY, at=at)
    if came == "reviewed":
        campaigns.answer_review(_CAMPAIGN, body, on=at.date(), text="Invented: the refusal stands.", version=row.version, by=BY, at=at)


def _said(place: int, came: str) -> dict[str, tuple[str, str]]:
    names = [question.name for question in questions_of("councils-2012")]
    if came in ("not_held", "refused_cost", "reviewed"):
        return dict.fromkeys(names, ("refused_cost" if came == "reviewed" else came, ""))
    figures = {"grants_before": 1_000_000, "grants": 900_000 - 90_000 * place, "contracts_before": 400_000, "contracts": 380_000, "budget_before": 50_000_000,
               "budget": 46_000_000, "notice": 60}  # fmt: skip
    said = {name: ("answered", str(number)) for name, number in figures.items()} | {"consulted": ("answered", "Invented: one meeting was held.")}
    return dict(list(said.items())[:3]) | {"budget": ("refused_cost", "")} if came == "partial" else said


def _slug(word: str) -> str:
    return f"sample-{word.lower()}-council"
