"""What judgement does: verdicts on consultations and undertakings, and every indicator's figures, written to the lake."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from opencompact.judgement import queries
from opencompact.judgement.rules.lengths import LengthRule, in_force, length_verdict
from opencompact.judgement.rules.measuring import FUNCTIONS, BadMeasure, check_columns, measure
from opencompact.judgement.rules.undertakings import may_have_verdict, undertaking_verdict
from opencompact.lake import Change, Tables
from opencompact.lake.engine import CannotRun, Engine, Reader, one_machine
from opencompact.registry import Catalogue
from opencompact.registry.cards import Indicator

Row = dict[str, Any]


def judge(change: Change, *, catalogue: Catalogue, at: datetime, digest: str, engine: Engine = one_machine) -> None:
    """Put the tables `consultation_verdicts`, `verdicts`, `indicators` and `measures`; raises BadMeasure for a card that breaks its contract.

    Reads consultations, rule_sets, undertakings and whatever tables the indicators need, all as put in this change. An indicator whose tables
    stand as they stood is not measured again; `digest` is a checksum of the code. `engine` answers the indicators' SELECTs; every one gives the same.
    """
    judge_consultations(change, at=at)
    judge_undertakings(change, tests={slug: card.tests for slug, card in catalogue.rule_sets.items() if card.tests})
    change.put_rows("indicators", (_indicator_row(card) for card in catalogue.indicators.values()))
    put_measures(change, cards=catalogue.indicators.values(), digest=digest, engine=engine)


def judge_consultations(change: Change, *, at: datetime) -> None:
    """Judge every consultation by every rule set in force on the day it opened, the government's and the Compact's apart."""
    rules = [LengthRule(**row) for row in queries.length_rules(change.con)]
    change.put_rows(
        "consultation_verdicts",
        [
            length_verdict(consultation, rule=rule, today=at.date())
            for consultation in queries.consultations_to_judge(change.con)
            for rule in in_force(rules, on=consultation["opened_on"])
        ],
    )


def judge_undertakings(change: Change, *, tests: dict[str, str]) -> None:
    """Judge each undertaking that the record can test, for each body with cases; `tests` names the undertaking each rule set belongs to."""
    needs_judgement = {row["undertaking"]: row["test"] == "both" for row in queries.undertakings_to_judge(change.con) if may_have_verdict(row)}
    cases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rule_set, body, verdict in queries.case_verdicts(change.con):
        if tests.get(rule_set) in needs_judgement:
            cases[tests[rule_set], body].append(verdict)
    change.put_rows(
        "verdicts",
        [
            undertaking_verdict(verdicts, undertaking=undertaking, body=body, needs_judgement=needs_judgement[undertaking])
            for (undertaking, body), verdicts in sorted(cases.items())
        ],
    )


def put_judged(change: Change, rows: Iterable[Row]) -> None:
    """Put the table `judged_verdicts`: what auditors signed in the office; none where there is no office."""
    change.put_rows("judged_verdicts", rows)


def put_measures(change: Change, *, cards: Collection[Indicator], digest: str, engine: Engine = one_machine) -> None:
    """Put the table `measures`, a part for each card: the part it had where its tables, the card and the code (`digest`) are as they were."""
    keys = {card.slug: _made_from(change, card, digest) for card in cards}
    known = {slug: change.known_part("measures", key) for slug, key in keys.items()}
    changed = [card for card in cards if not known[card.slug]]
    for slug, rows in groupby(measures(change, cards=changed, engine=engine) if changed else (), key=itemgetter("indicator")):
        known[slug] = change.rows_part("measures", rows, made_from=keys[slug])
    change.put_parts("measures", [part for part in known.values() if part])


def _made_from(change: Change, card: Indicator, digest: str) -> str:
    """A checksum of the card and of every table whose name stands in its SELECT: it can read no other."""
    tables = sorted(set(re.findall(r"\w+", card.sql)) & change.after.keys())
    return sha256(f"{digest} {_indicator_row(card)} {change.made_of(*tables)}".encode()).hexdigest()


def measures(tables: Tables, *, cards: Iterable[Indicator], engine: Engine = one_machine) -> Iterator[Row]:
    """Rows of the table `measures` for the cards, each card's SELECT run by the engine over the tables of a lake, or as put in a change."""
    with closing(engine(tables)) as con:  # a card's SELECT may be anyone's: it reaches no file outside the lake
        for function in FUNCTIONS:
            con.execute(function)
        for card in cards:
            yield from _measures_of(con, card)


def _measures_of(con: Reader, card: Indicator) -> Iterator[Row]:
    for row in select_rows(con, card=card):
        yield measure(row, indicator=card.slug, interval=card.interval, not_enough_below=card.not_enough_below)


def select_rows(con: Reader, *, card: Indicator) -> list[Row]:
    """What the card's SELECT gives, by body and period; raises BadMeasure where it cannot be run or lacks a column."""
    # On a line of its own, the bracket survives a comment at the end; inside brackets, nothing but one SELECT can stand.
    select = f"SELECT * FROM (\n{card.sql.rstrip().rstrip(';')}\n)"
    try:
        columns = con.execute(f"{select} LIMIT 0").description or ()
        check_columns((column[0] for column in columns), indicator=card.slug, interval=card.interval)
        return sorted(queries.rows(con, select), key=lambda row: (row["body"] or "", row["period"] or ""))
    except CannotRun as error:
        raise BadMeasure(f"Indicator {card.slug}, measure.sql, on Spark: {error} On one machine it runs: leave out --engine spark.") from error
    except duckdb.Error as error:
        raise BadMeasure(f"Indicator {card.slug}, measure.sql: {error} Expected one SELECT over the tables {', '.join(card.needs)}.") from error


def _indicator_row(card: Indicator) -> Row:
    texts = ("title", "question", "why_it_matters", "unit", "better", "population", "interval", "not_enough_below", "sql", "version")
    maybe = {"tests": ";".join(card.tests) or None, "denominator": card.denominator or None}
    return {"indicator": card.slug, **maybe, **{name: getattr(card, name) for name in texts}}
