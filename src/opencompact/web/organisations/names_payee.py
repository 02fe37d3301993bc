"""One payee: its candidates side by side with what speaks for each, the rows it stands on, and the decision, by one press or one key."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.timezone import localdate

from opencompact.accounts.rules import may
from opencompact.organisations.actions import decisions as actions
from opencompact.organisations.queries import decisions, review
from opencompact.organisations.rules.decisions import MOST_WRITTEN, NONE_OF_THESE, NOT_VOLUNTARY, ORGANISATION, OUTCOMES, UNDONE, Settlement
from opencompact.web.labels import SIZE_BANDS, labels
from opencompact.web.office import Asked, signed_in
from opencompact.web.organisations.names import QUEUE, Reviewing, seen_or_refused
from opencompact.web.words import day, money

ROWS = 8


@dataclass(frozen=True)
class Choice:
    """One way to decide: the button's value, its key, and its words."""

    value: str
    key: str
    words: str


# Besides the candidates, which have the keys 1 to 6.
OTHERS = (Choice(NONE_OF_THESE, "0", "None of these"), Choice(NOT_VOLUNTARY, "9", "No voluntary organisation"))


@signed_in
def payee(who: Asked, key: str) -> HttpResponseBase:
    """Who is this payee?"""
    seen = seen_or_refused(who)
    held = review.payee(seen.con, key)
    if held is None:
        raise Http404("No such payee in the record as last built. Names change their address when their number does.")
    refusal, status = "", 200
    if who.request.method == "POST":
        try:
            return _decide(who, seen, held)
        except actions.CannotSettle as fault:
            refusal, status = str(fault), 422
    rows = review.rows_of(seen.con, names=held["spellings"], published_org_id=held["published_org_id"], bodies=seen.wanted, limit=ROWS)
    if seen.wanted is not None:  # what other bodies wrote and decided is theirs
        if not rows:
            raise Http404("No body you act for paid anybody of this name, in the record as last built.")
        held = {**held, "spellings": sorted({row["name"].strip() for row in rows})}
    names = review.body_names(seen.con)
    rows = [{**row, "body_name": names.get(row["body"], row["body"])} for row in rows]
    bodies = _bodies(who, rows)
    about = decisions.decisions_about(held["normalised_name"], held["published_org_id"])
    said = [row for row in about if seen.wanted is None or row.body in ("", *seen.wanted)]
    current = next((row for row in said if row.is_in_force and row.body == ("" if "" in bodies else next(iter(bodies), ""))), None)
    context: dict[str, Any] = {
        "crumbs": [QUEUE],
        "held": held,
        "name": rows[0]["name"] if rows else held["spellings"][0],
        "sum": money(sum((row["amount"] or 0) for row in rows)),
        "candidates": _candidates(seen, held),
        "others": OTHERS,
        "rows": rows,
        "bodies": bodies,
        "said": [(row, localdate(row.decided_at), OUTCOMES[row.outcome]) for row in said],
        "current": current if current and current.outcome != UNDONE else None,
        "standing": ",".join(row.key for row in said if row.is_in_force),
        "disputes": [row for row in decisions.open_disputes() if row.normalised_name == held["normalised_name"]],
        "done": decisions.decision(who.request.GET.get("done", "")),
        "refusal": refusal,
        "because": who.request.POST.get("because", ""),
        "organisation": who.request.POST.get("organisation", ""),
        "only_of": "" if seen.wanted is None else ", ".join(names.get(body, body) for body in seen.wanted),
        "may_settle": any(may(who.viewer, "settle_name", body=body) for body in bodies),
        "built": day(localdate(seen.built_at)),
    }
    return who.page("organisations/review-payee.html", status=status, **context)


def _bodies(who: Asked, rows: list[dict[str, Any]]) -> dict[str, str]:
    """For which bodies the person may decide: all (the empty word), or each that paid and that they act for."""
    paying = {row["body"]: row["body_name"] for row in rows}
    every = {"": "every body that pays it"} if may(who.viewer, "settle_name") else {}
    return every | {body: f"{name} alone" for body, name in sorted(paying.items(), key=lambda each: each[1]) if may(who.viewer, "settle_name", body=body)}


def _candidates(seen: Reviewing, held: dict[str, Any]) -> list[dict[str, Any]]:
    bands = {**labels(*SIZE_BANDS), "not_held": "income not held"}
    found = review.candidates(seen.con, held["spellings"])
    for place, row in enumerate(found, start=1):
        row["key"], row["value"] = str(place), f"{ORGANISATION}:{row['organisation_id']}"
        row["band"], row["words"] = bands.get(row["size_band"], ""), f"{row['name']} ({row['organisation_id']})"
    return found


def _decide(who: Asked, seen: Reviewing, held: dict[str, Any]) -> HttpResponseBase:
    given = {name: who.request.POST.get(name, "").replace("\x00", "").strip() for name in ("choice", "because", "organisation", "seen", "body")}
    outcome, _, organisation = given["choice"].partition(":")
    if outcome == "typed":
        outcome, organisation = ORGANISATION, given["organisation"].upper().replace(" ", "")
    because = given["because"][: MOST_WRITTEN + 1] or _reason(seen, held, outcome, organisation)
    settlement = Settlement(held["spellings"][0], outcome, because, organisation, held["published_org_id"], given["body"])
    made = actions.settle_name(settlement, seen=given["seen"].split(","), by=who.viewer, at=who.at)
    return HttpResponseRedirect(f"/review/next/?after={held['payee']}&done={made.key}")


def _reason(seen: Reviewing, held: dict[str, Any], outcome: str, organisation: str) -> str:
    """What stood on the page, where the person wrote no reason of their own."""
    chosen = next((row for row in review.candidates(seen.con, held["spellings"]) if row["organisation_id"] == organisation), None)
    if outcome == ORGANISATION:
        return f"Chosen among the candidates shown: {chosen['because']}" if chosen else ""
    return "None of the candidates shown fits." if outcome == NONE_OF_THESE else "By its name and the rows it stands on."
