"""Scorecards: of each body what was judged, audited and measured, side by side with its replies; compared only within its kind, and never one score."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils.timezone import localdate

from opencompact.judgement import queries as measures
from opencompact.judgement.actions.audits import address_of
from opencompact.judgement.queries import audits, verdicts
from opencompact.judgement.rules.audits import MOVEMENTS, movement
from opencompact.organisations.queries.office import office_bodies, office_body
from opencompact.publication.queries import NoRelease
from opencompact.web.blocks import Block, Cell, Links, Sheet, Table, Value, as_csv, shown
from opencompact.web.judgement.audits_grades import grade, scale
from opencompact.web.judgement.verdicts import promise
from opencompact.web.labels import body_kind, body_kinds
from opencompact.web.office import Asked, office
from opencompact.web.showing import in_force
from opencompact.web.words import VERDICT_WORDS, VERDICTS, day, path, percent, plural, value

PAGE = ("/scorecards/", "Scorecards")
# The figures on consultations; each says its coverage, and no figure is shown without it.
FIGURES = ("consultations-under-12-weeks", "short-consultations-unexplained", "response-time", "responses-overdue")
_COUNTED = tuple(f"#{VERDICT_WORDS[word]}" for word in VERDICTS)
SECTOR = "sector"


@office
def scorecards(who: Asked) -> HttpResponseBase:
    """What was judged of each body, within its kind?"""
    bodies = [row for row in office_bodies() if row.kind != SECTOR]
    counted = verdicts.by_grade(who.viewer, [row.body for row in bodies])
    kinds = [(kind, list(group)) for kind, group in groupby(sorted(bodies, key=lambda row: (row.kind, row.name.lower())), key=lambda row: row.kind)]
    if who.request.GET.get("format") == "csv":
        rows: list[tuple[Value, ...]] = [(row.kind, row.body, row.name, *(counted[row.body][word] for word in VERDICTS)) for _, held in kinds for row in held]
        return as_csv(Table("", ("kind", "body", "name", *VERDICTS), rows, ""), "scorecards", is_sample=who.is_sample)
    blocks: list[Block] = [_kind_table(kind, held, counted) for kind, held in kinds]
    blocks = blocks or [Table("Bodies", ("Body",), (), "No body takes part yet. The central team records them.")]
    answer = (
        "Bodies stand beside others of their kind alone, in the order of the alphabet. There is no score and no rank: the counts are of different promises."
    )
    return shown(who, Sheet("What was judged of each body?", [answer], [*blocks, Links([("/scorecards/?format=csv", "All of it as CSV", "")])]))


def _kind_table(kind: str, held: Sequence[Any], counted: Mapping[str, Counter[str]]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for row in held:
        none = not counted[row.body].total()
        counts = (Cell("none signed", is_missing=True) if none and word == VERDICTS[0] else "" if none else counted[row.body][word] for word in VERDICTS)
        rows.append((Cell(row.name, f"/scorecards/{row.body}/"), *counts))
    return Table(_kinds(kind), ("Body", *_COUNTED), rows, "", "Signed verdicts on promises that need judgement, by grade.")


def _kinds(kind: str) -> str:
    return body_kinds(kind) if kind else "Of no kind known"


@office
def scorecard(who: Asked, body: str) -> HttpResponseBase:
    """What is known of one body, and what does it say?"""
    row = office_body(body)
    if row is None:
        raise Http404("No such body takes part.")
    years = verdicts.by_year(who.viewer, body)
    found = audits.figures_of(who.viewer, body)
    signed = verdicts.verdicts(who.viewer).filter(body=body, state="signed").order_by("-year", "undertaking")
    counted = verdicts.by_grade(who.viewer, [body])[body]
    blocks: list[Block] = [
        _verdicts(signed),
        *([_years(years)] if len(years) > 1 else []),
        _kin(who, row),
        _audits(found),
        _figures(body),
        Links(
            [(f"/bodies/{path(body)}/", f"What the record shows of {row.name}", ""), ("/challenge/?page=" + path(f"/scorecards/{body}/"), "Challenge this", "")]
        ),
    ]
    said = ", ".join(f"{counted[word]} {VERDICT_WORDS[word].lower()}" for word in VERDICTS if counted[word])
    first = f"{plural(counted.total(), 'verdict is', 'verdicts are')} signed{f': {said}' if said else ''}."
    moved = Counter(movement(before, finding.grade, scale=scale()) for finding, before in found)
    second = f"{plural(len(found), 'audit finding is', 'audit findings are')} published: {moved['up']} better than the round before, {moved['down']} worse."
    third = (
        "Each verdict and finding was put to the body first; its reply, or its silence, stands beside it. Figures are computed by rule from published files."
    )
    return shown(who, Sheet(f"What is known of {row.name}, and what does it say?", [first, second, third], blocks, [PAGE]))


def _verdicts(signed: Any) -> Table:
    rows = [
        (
            Cell(promise(each.undertaking)[0], f"/verdicts/{each.key}/", promise(each.undertaking)[1]),
            Cell(str(each.year)),
            VERDICT_WORDS[each.grade],
            each.text,
            Cell(each.reply, note=f"on {day(localdate(each.replied_at))}")
            if each.replied_at
            else Cell(f"silence: asked, and no reply by {day(each.reply_due_on)}", is_missing=True),
        )
        for each in signed
    ]
    empty = "No verdict on this body is signed. An assessor proposes one, the body may reply, and an auditor signs."
    return Table("Promises that needed judgement", ("Promise", "#Year", "Grade", "What was found", "What the body says"), rows, empty)


def _years(years: Mapping[int, Mapping[str, str]]) -> Table:
    """Each promise judged in two years one after the other that both have verdicts: how its grade changed. Grades are words, not steps of a ladder."""
    rows: list[tuple[Value, ...]] = []
    for now, before in pairwise(sorted(years, reverse=True)):
        for undertaking in sorted(set(years[now]) | set(years[before])):
            then, here = years[before].get(undertaking, ""), years[now].get(undertaking, "")
            change = "not judged in both" if not (then and here) else "the same" if then == here else f"from {_word(then)} to {_word(here)}"
            rows.append((promise(undertaking)[0], f"{before} to {now}", _graded(then), _graded(here), change))
    return Table("From one year to the next", ("Promise", "Years", "Before", "Then", "What changed"), rows, "")


def _word(word: str) -> str:
    return VERDICT_WORDS[word].lower()


def _graded(word: str) -> Cell:
    return Cell(VERDICT_WORDS[word]) if word else Cell("not judged", is_missing=True)


def _kin(who: Asked, row: Any) -> Table:
    held = list(office_bodies(row.kind))
    counted = verdicts.by_grade(who.viewer, [each.body for each in held])
    rows = [
        (
            Cell(each.name, "" if each.body == row.body else f"/scorecards/{each.body}/", note="this body" if each.body == row.body else ""),
            *(counted[each.body][word] if counted[each.body] else Cell("none signed", is_missing=True) for word in VERDICTS),
        )
        for each in held
    ]
    note = f"Only of the same kind ({body_kind(row.kind).lower()}), by the alphabet. Verdicts are on different promises, so the counts rank nobody."
    return Table("Beside others of its kind", ("Body", *_COUNTED), rows, "", note)


def _audits(found: Sequence[tuple[audits.Finding, str]]) -> Table:
    rows = [
        (
            Cell(finding.recommendation.title, address_of(finding)),
            finding.recommendation.round.title,
            grade(finding.grade).label,
            Cell(MOVEMENTS[movement(before, finding.grade, scale=scale())], note=f"was {grade(before).label.lower()}" if before else ""),
            Cell(finding.reply) if finding.replied_at else Cell("silence", is_missing=True, note=f"no reply by {day(finding.reply_due_on)}"),
        )
        for finding, before in found
    ]
    empty = "No finding of an audit on this body is published."
    return Table("What the audits found", ("Recommendation", "Round", "Grade", "Movement", "What the body says"), rows, empty)


def _figures(body: str) -> Table:
    heads = ("Figure", "#Value", "#Of how many", "Coverage")
    empty = "The release holds no figure on this body's consultations."
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return Table("What the record shows of its consultations", heads, (), "No release is made yet. The figures come from one.")
    held = {row["indicator"]: row for row in measures.measures_of_body(con, body=body)}
    rows: list[tuple[Value, ...]] = [
        (
            Cell(held[word]["title"], f"/figures/{word}/{path(body)}/all/"),
            Cell(held[word]["why_missing"] or value(held[word]["value"], held[word]["unit"]), is_missing=held[word]["value"] is None),
            held[word]["n"],
            Cell(percent(held[word]["coverage"]), is_missing=held[word]["coverage"] is None),
        )
        for word in FIGURES
        if word in held
    ]
    release = in_force().reader.release
    named = "the draft release" if release.state == "draft" else f"release {release.number}"
    note = f"From {named}, computed by rule. Coverage: how many of its cases are known."
    return Table("What the record shows of its consultations", heads, rows, empty, note)
