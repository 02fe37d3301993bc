"""The invented returns: last year's answered by most, this year's open, and a campaign with each of the five responses."""

from datetime import datetime, timedelta

from opencompact.accounts.rules import Grant, Viewer
from opencompact.asking.actions import ask
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, VARROWMERE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.judgement.actions import returns as actions
from opencompact.judgement.queries import returns as queries
from opencompact.organisations.queries.office import body_names
from opencompact.values.clocks import NATIONS

BODIES = (EXAMPLES, AFFAIRS, WORKS, LANTERNS, VARROWMERE)
_COUNCILS = ("North", "South", "East", "West", "Upper", "Lower", "Great", "Little")


def plant(at: datetime) -> None:
    """Put two years of the return, and a campaign."""
    names, year = body_names(), at.year - 1
    for back in (1, 0):
        when = at - timedelta(days=400 * back + 20)
        due_on = (when + timedelta(days=60)).date()
        bodies = [actions.Asked(body, names[body]) for body in BODIES]
        row = actions.open_round(f"return-{year - back}", title=f"Data return {year - back}", kind="return", questions="standing", year=year - back, letter="",
                                 bodies=bodies, due_on=due_on, by=BY, at=when)  # fmt: skip
        for place, line in enumerate(queries.lines(BY, row, asked=(), today=at.date())):
            if back or place < 2:
                _answer(line.row.pk, line.row.body, place, back, when + timedelta(days=10))
            else:
                ask(line.row.body, kind="data_return", subject=row.key, title=row.title, due_on=due_on, by=BY, at=when, because="the yearly return")
    _campaign(at)


def _answer(pk: int, body: str, place: int, back: int, at: datetime) -> None:
    official = Viewer(f"sample-official-{body}", (Grant("official", body),), "Sample Official")
    grants = 1000000 * (place + 1) + 50000 * back * (place - 1)
    said = {"grants": f"{grants}.00", "grants_number": str(12 + place), "budget": f"{90000000 + 100000 * back}.00", "consultations": str(4 + place)}
    told = {name: ("answered", text) for name, text in {**said, "held_text": f"Between us: {SECRET}"}.items()}
    if place % 2:
        told["contracts"] = ("not_held", "")
    actions.record_answers(pk, answers=told, held=["held_text"], on=at.date(), version=None, by=official, at=at, sent=True)


def _campaign(at: datetime) -> None:
    when = at - timedelta(days=70)
    bodies = [
        actions.Asked(f"sample-{word.lower()}-council", f"Sample {word} Council", NATIONS[place == 3], f"foi{place}@sample.invalid")
        for place, word in enumerate(_COUNCILS)
    ]
    row = actions.open_round("sample-councils", title="What councils did to grants", kind="campaign", questions="councils", year=at.year - 1,
                             letter="We ask for these under the Freedom of Information Act 2000.", bodies=bodies, due_on=None, by=BY, at=when)  # fmt: skip
    asked = ("grants_before", "grants", "contracts_before", "contracts", "budget_before", "budget", "notice", "consulted")
    for place, line in enumerate(queries.lines(BY, row, asked=(), today=at.date())):
        said = {name: ("answered", str(1000000 - 130000 * place * ("before" not in name)) if name not in ("notice", "consulted") else "60") for name in asked}
        outcome = {3: "not_held", 4: "refused_cost"}.get(place, "")
        if place == 5:
            actions.record_unclear(line.row.pk, on=(when + timedelta(days=4)).date(), clarified_on=None, version=line.row.version, by=BY, at=when)
        elif place < 6:
            told = dict.fromkeys(asked, (outcome, "")) if outcome else dict(list(said.items())[: 8 if place < 2 else 3])
            actions.record_answers(line.row.pk, answers=told, held=(), on=(when + timedelta(days=21)).date(), version=line.row.version, by=BY, at=when)
        else:
            actions.remind(line.row.pk, asks_review=place == 7, by=BY, at=at)
