"""What the page of a matched file says: the answer in a sentence, the pictures, the tables behind them, and what a person should look at first."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from opencompact.organisations.actions.matching import Match
from opencompact.organisations.actions.offering import Offer
from opencompact.organisations.queries.finding import Row
from opencompact.organisations.rules.learned import told
from opencompact.organisations.rules.matched_file import ANSWERS, Line, Part, Summary, summed
from opencompact.organisations.rules.matching_scorer import ACCEPTED, REVIEW
from opencompact.publication.rules.release import Release
from opencompact.web import labels, words
from opencompact.web.organisations.matched_file import Answer, Matched
from opencompact.web.pictures import answers, ink, money

FIRST = 15  # payees to look at first
SAID = {
    "voluntary": "Accepted: a voluntary organisation",
    "other": "Accepted: another organisation",
    "review": "To review: a person decides",
    "none": "Not identified",
}
_PARTS = (("accepted", ink.CALM), ("to review", ink.HIGHLIGHT))


def context(held: Matched, amounts: Sequence[Decimal | None], payees: Sequence[str]) -> dict[str, Any]:
    """What the template is given."""
    rows = held.by_row
    found = summed(Line(row.decision, amount, row.kind, row.band, row.is_voluntary) for row, amount in zip(rows, amounts, strict=True))
    has_money = any(amount is not None for amount in amounts)
    return {
        "summary": found,
        "has_money": has_money,
        "share": found.share_of_pounds("voluntary") if has_money else found.share_of_rows("voluntary"),
        "parts": [
            {"said": SAID[each], "part": found.answers[each], "rows": found.share_of_rows(each), "pounds": found.share_of_pounds(each)} for each in ANSWERS
        ],
        "kinds": _kinds(found),
        "bands": [(_band(band), part) for band, part in _in_order(found)],
        "pictures": [_whole(found, has_money=has_money), *(_by_class(found) if has_money else ())],
        "first": _first(rows, amounts, payees),
        "different": len({each for each in payees if each}),
    }


def why(match: Match, row: Row | None) -> str:
    """Why, in words; where the name compared is not the public one, its words are not told, nor those of a name that is not like enough."""
    if match.stage == "reviewed":
        return match.why
    if row is None:
        return "No organisation here has a name like enough."
    if match.name and match.name.casefold() != row["name"].casefold():
        return "Found by another of its names on the register."
    return match.why.split(" Below ")[0]


def note(release: Release, offer: Offer) -> str:
    """What a file was matched to, in lines."""
    number = "the draft release" if release.number == "draft" else f"release {release.number}"
    scores, learned = offer.matcher.scores, offer.matcher.learned
    lines = [
        *(["INVENTED SAMPLE COUNTRY: nothing here is real."] if release.standing == "sample" else []),
        f"Matched by OpenCompact to {offer.organisations:,} organisations of {number}, as of {release.at:%d %B %Y}.",
        *([f"{offer.left_out:,} organisations, none of them voluntary, were left out for want of room."] if offer.left_out else []),
        f"accepted: probability {scores.accept:.2f} or more. review: {scores.review:.2f} or more; a person decides. none: not identified.",
        *([f"How likely a name is that was compared also follows from {told(learned.decisions)} of people."] if learned.decisions else []),
        "Not identified does not mean that the payee is no voluntary organisation.",
    ]
    return "\n".join(lines)


def _kinds(found: Summary) -> list[tuple[str, Part, Part]]:
    """Each kind with its accepted and reviewed part, most accepted money first."""
    both = {kind: (found.kinds.get((kind, ACCEPTED), Part()), found.kinds.get((kind, REVIEW), Part())) for kind, _ in found.kinds}
    ordered = sorted(both.items(), key=lambda each: (-each[1][0].amount, -each[1][0].rows, each[0]))
    return [(labels.organisation_kind(kind), accepted, reviewed) for kind, (accepted, reviewed) in ordered]


def _in_order(found: Summary) -> list[tuple[str, Part]]:
    return sorted(found.bands.items(), key=lambda each: labels.place_of_band(each[0]))


def _whole(found: Summary, *, has_money: bool) -> ink.Picture:
    wholes = [answers.Whole("Rows", _drawn([found.answers[each].rows for each in ANSWERS]), f"{found.whole.rows:,}")]
    if has_money:
        wholes.append(answers.Whole("Pounds", _drawn([found.answers[each].amount for each in ANSWERS]), words.money(found.whole.amount)))
    title = f"{words.percent(found.share_of_rows('voluntary'))} of the rows are accepted as payments to voluntary organisations"
    return answers.of_the_whole(wholes, key="answers", title=title, subtitle="Rows and pounds of this file, by answer")


def _drawn(amounts: Sequence[Decimal | int]) -> tuple[float, ...]:
    """The parts of a bar; what is a credit on balance has no length."""
    lengths = [max(float(amount), 0.0) for amount in amounts]
    return tuple(length / (sum(lengths) or 1.0) for length in lengths)


def _by_class(found: Summary) -> list[ink.Picture]:
    kinds, bands = _kinds(found), _in_order(found)
    of_kinds = [money.Sum(name, (accepted.amount, reviewed.amount), _says(accepted, reviewed)) for name, accepted, reviewed in kinds]
    of_bands = [money.Sum(_band(band).partition(":")[0], (part.amount,), words.money(part.amount)) for band, part in bands]
    most = max(bands, key=lambda each: each[1].amount, default=("", Part()))
    drawn = (
        (
            of_kinds,
            _PARTS,
            "kinds",
            f"{words.several(kinds[0][0]) if kinds else ''} had the most accepted money",
            "Pounds of this file, by kind of organisation",
        ),
        (
            of_bands,
            _PARTS[:1],
            "bands",
            f"Voluntary organisations by size. Most money: {_band(most[0]).partition(':')[0].casefold()}",
            "Accepted pounds of this file, by yearly income",
        ),
    )
    return [money.bars(sums, kinds=kinds, key=key, title=title, subtitle=subtitle) for sums, kinds, key, title, subtitle in drawn if sums]


def _band(band: str) -> str:
    return "Income not held" if band == "not_held" else labels.size_band(band)


def _says(accepted: Part, reviewed: Part) -> str:
    return f"{words.money(accepted.amount)}{f', {words.money(reviewed.amount)} to review' if reviewed.rows else ''}"


def _first(rows: Sequence[Answer], amounts: Sequence[Decimal | None], payees: Sequence[str]) -> list[dict[str, Any]]:
    """The payees to look at first: those to review with most money, or most rows where no amounts are known."""
    held: dict[tuple[str, Answer], Part] = {}
    for row, amount, payee in zip(rows, amounts, payees, strict=True):
        if row.decision == REVIEW:
            held[payee, row] = held.get((payee, row), Part()).and_line(Line(row.decision, amount))
    ordered = sorted(held.items(), key=lambda each: (-each[1].amount, -each[1].rows, each[0][0]))
    return [{"payee": payee, "answer": row, "part": part} for (payee, row), part in ordered[:FIRST]]
