"""Pages of the promises: is the Compact being kept, the agreements as living documents, one undertaking body by body."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse

from opencompact.promises.queries import agreements as queries
from opencompact.web.promises import presenters, reads
from opencompact.web.publication.changes import read_changes
from opencompact.web.series import UNDER_12_WEEKS, by_year, figures, tally
from opencompact.web.showing import Shown, found, page
from opencompact.web.words import VERDICT_MEANINGS

AGREEMENTS = ("/agreements/", "Promises")


@page
def home(shown: Shown) -> HttpResponse:
    """Is the Compact being kept?"""
    agreements = queries.agreements(shown.con)
    undertakings = reads.undertakings(shown.con)
    verdicts = reads.verdicts(shown.con)
    matrices = [presenters.matrix(vars(row), undertakings, verdicts) for row in agreements]
    tested = [row for row in undertakings if row["bodies"]]
    return shown.page(
        "promises/home.html",
        undertakings=len(undertakings),
        tested=len(tested),
        untested=len(undertakings) - len(tested),
        bodies=len({row["body"] for row in verdicts}),
        meanings=list(VERDICT_MEANINGS.items()),
        tally=tally(verdicts),
        matrices=[each for each in matrices if each.kinds],
        others=[each for each in matrices if not each.kinds],
        picture=by_year(shown.con, indicator=UNDER_12_WEEKS, body="all", key="home", question="Consultations under 12 weeks"),
        series=figures(shown.con, indicator=UNDER_12_WEEKS, body="all", kind="year"),
        changes=read_changes(shown.reader.folder),
    )


@page
def agreements(shown: Shown) -> HttpResponse:
    """What was promised?"""
    undertakings = reads.undertakings(shown.con)
    counts = {agreement: list(group) for agreement, group in groupby(undertakings, key=lambda row: row["agreement"])}
    listed = [
        {"agreement": each, "all": len(held), "tested": sum(bool(row["bodies"]) for row in held)}
        for each in queries.agreements(shown.con)
        for held in (counts.get(each.agreement, []),)
    ]
    return shown.page("promises/agreements.html", listed=listed, undertakings=len(undertakings))


@page
def agreement(shown: Shown, agreement: str) -> HttpResponse:
    """One agreement as a living document."""
    chosen = found(next((each for each in queries.agreements(shown.con) if each.agreement == agreement), None), "No such agreement in this release.")
    held = [row for row in reads.undertakings(shown.con) if row["agreement"] == agreement]
    return shown.page(
        "promises/agreement.html",
        crumbs=[AGREEMENTS],
        agreement=chosen,
        outcomes=presenters.by_outcome(held),
        all=len(held),
        tested=sum(bool(row["bodies"]) for row in held),
        unconfirmed=sum(row["wording"] == "unconfirmed" for row in held),
    )


@page
def undertaking(shown: Shown, agreement: str, number: str) -> HttpResponse:
    """One undertaking, body by body."""
    chosen: Any = found(queries.undertaking(shown.con, f"{agreement}/{number}"), "No such undertaking in this release.")
    title = next((each.title for each in queries.agreements(shown.con) if each.agreement == agreement), agreement)
    verdicts = reads.verdicts(shown.con, undertaking=chosen.undertaking)
    return shown.page(
        "promises/undertaking.html",
        crumbs=[AGREEMENTS, (f"/agreements/{agreement}/", title)],
        undertaking=chosen,
        agreement_title=title,
        kinds=[(kind, list(group)) for kind, group in groupby(verdicts, key=lambda row: row["kind"])],
        bodies=len(verdicts),
        tally=tally(verdicts),
        signs=queries.signs_of(shown.con, chosen.undertaking),
        kin=reads.kin_of(shown.con, list(chosen.kin)),
    )


@page
def rule_sets(shown: Shown) -> HttpResponse:
    """Which rules applied when?"""
    return shown.page("promises/rule-sets.html", rule_sets=queries.rule_sets(shown.con))
