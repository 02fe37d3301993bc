from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judgement.tiny_lake import tiny_lake
from tests.oracles.measures import short_shares, voluntary_pounds

from opencompact.judgement import actions, queries
from opencompact.judgement.rules.measuring import FUNCTIONS, BadMeasure
from opencompact.lake import Lake
from opencompact.registry import Catalogue, load_catalogue, load_shapes
from opencompact.registry.cards import Indicator, RuleSet

AT = datetime(2032, 1, 1, tzinfo=UTC)
OPENED = date(2031, 7, 16)
CARDS = load_catalogue().indicators
GOVERNMENT = RuleSet(slug="sample-code", title="Sample Code", made_by="government", in_force_from=date(2030, 1, 1), least_days=84, rule="12 weeks")
COMPACT = RuleSet(
    slug="sample-compact", title="Sample Compact", made_by="compact", in_force_from=date(2031, 1, 1), least_days=84, rule="12 weeks", tests="sample/2.4"
)
CARD = Indicator(
    slug="sample",
    title="Sample",
    question="?",
    why_it_matters="It does.",
    unit="share",
    better="lower",
    population="All.",
    needs=("consultations",),
    interval="wilson",
    not_enough_below=2,
    version=1,
    reviewed_on=date(2031, 1, 1),
    review_due_on=date(2032, 1, 1),
    sql="SELECT body, 'all' AS period, 1 AS hits, 2 AS n, 4 AS population FROM consultations GROUP BY ALL -- the end",
)


def rule_set_row(card):
    row = {"rule_set": card.slug, "title": card.title, "made_by": card.made_by, "in_force_from": card.in_force_from}
    return {**row, "in_force_to": card.in_force_to, "least_days": card.least_days, "rule": card.rule}


def undertaking(number, **given):
    testable = {"wording": "confirmed", "test": "computed", "bound": "government"}
    return {"undertaking": f"sample/{number}", "agreement": "sample", "number": number, **testable, **given}


def consultation(name, days, *, body="examples", **given):
    closed = OPENED + timedelta(days=days)
    return {"consultation_id": f"{body}/{name}", "body": body, "opened_on": OPENED, "closed_on": closed, "days_open": days, **given}


def judged(folder, consultations, *, undertakings=(), cards=(), rule_sets=(GOVERNMENT, COMPACT)):
    """The lake after judgement of the consultations."""
    catalogue = Catalogue(rule_sets={card.slug: card for card in rule_sets}, indicators={card.slug: card for card in cards})
    tables = {"consultations": consultations, "rule_sets": [rule_set_row(card) for card in rule_sets], "undertakings": undertakings}
    with tiny_lake(folder, tables) as change:
        actions.judge(change, catalogue=catalogue, at=AT, digest="")
    return Lake(folder, load_shapes()).connect()


def test_consultation_is_judged_by_every_rule_in_force_on_its_opening_day(tmp_path):
    rows = [consultation("short", 42, explanation="none_found", explanation_found_in="the page"), {**consultation("early", 90), "opened_on": date(2030, 5, 1)}]
    with judged(tmp_path, rows) as con:
        found = con.execute("SELECT consultation_id, rule_set, verdict FROM consultation_verdicts").fetchall()
    assert found == [
        ("examples/early", "sample-code", "met"),
        ("examples/short", "sample-code", "unexplained"),
        ("examples/short", "sample-compact", "cannot_tell"),
    ]


def test_consultation_without_opening_day_is_judged_by_no_rule(tmp_path):
    with judged(tmp_path, [{**consultation("a", 42), "opened_on": None}]) as con:
        assert con.execute("SELECT count(*) FROM consultation_verdicts").fetchone() == (0,)


def test_undertaking_is_judged_for_each_body_by_its_own_rule_set_alone(tmp_path):
    rows = [
        consultation("a", 90),
        consultation("b", 42, explanation="given", explanation_found_in="the page", explanation_quote="Late."),
        consultation("c", 84, body="samples"),
    ]
    with judged(tmp_path, rows, undertakings=[undertaking("2.4"), undertaking("2.5")]) as con:
        found = con.execute("SELECT undertaking, body, verdict, cases, met, explained, unexplained, cannot_tell, because, state FROM verdicts").fetchall()
    state = "computed, not yet put to the body"
    assert found == [
        ("sample/2.4", "examples", "explained", 2, 1, 1, 0, 0, "2 consultations: 1 met, 1 not met but explained.", state),
        ("sample/2.4", "samples", "met", 1, 1, 0, 0, 0, "1 consultation: 1 met.", state),
    ]


def test_undertaking_that_also_needs_judgement_is_not_passed_by_a_sum(tmp_path):
    with judged(tmp_path, [consultation("a", 90)], undertakings=[undertaking("2.4", test="both")]) as con:
        assert con.execute("SELECT verdict, met FROM verdicts").fetchall() == [("cannot_tell", 1)]


@pytest.mark.parametrize("not_yet", [{"wording": "unconfirmed"}, {"test": "judgement"}, {"cannot_yet": "no record"}])
def test_undertaking_the_record_cannot_test_has_no_verdict(tmp_path, not_yet):
    with judged(tmp_path, [consultation("a", 90)], undertakings=[undertaking("2.4", **not_yet)]) as con:
        assert con.execute("SELECT count(*) FROM verdicts").fetchone() == (0,)


def test_indicator_card_becomes_a_row_and_its_figures_rows(tmp_path):
    with judged(tmp_path, [consultation("a", 42)], cards=[msgspec.structs.replace(CARD, tests=("sample/2.4", "sample/2.5"))]) as con:
        (card,) = queries.rows(con, "SELECT * FROM indicators")
        (figure,) = queries.rows(con, "SELECT * FROM measures")
    assert card == {
        "indicator": "sample",
        "title": "Sample",
        "question": "?",
        "why_it_matters": "It does.",
        "tests": "sample/2.4;sample/2.5",
        "unit": "share",
        "better": "lower",
        "population": "All.",
        "denominator": None,
        "interval": "wilson",
        "not_enough_below": 2,
        "sql": CARD.sql,
        "version": 1,
    }
    assert (figure["indicator"], figure["body"], figure["period"], figure["value"], figure["n"], figure["hits"], figure["coverage"]) == (
        "sample",
        "examples",
        "all",
        0.5,
        2,
        1,
        0.5,
    )


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT body, 'all' AS period, 1 AS n, 1 AS population FROM consultations", "Indicator sample, measure.sql: column hits is missing"),
        ("SELECT * FROM nowhere", "Table with name nowhere does not exist"),
        ("SELECT 1; SELECT 2", "Expected one SELECT over the tables consultations."),
        ("DROP VIEW consultations", "Expected one SELECT over the tables consultations."),
        ("SELECT body, 'all' AS period, error('broken') AS hits, 1 AS n, 1 AS population FROM consultations", "broken"),
    ],
)
def test_measure_that_breaks_the_contract_is_refused_and_nothing_is_put(tmp_path, sql, says):
    with pytest.raises(BadMeasure) as refusal:
        judged(tmp_path, [consultation("a", 42)], cards=[msgspec.structs.replace(CARD, sql=sql)])
    assert says in str(refusal.value)
    assert str(refusal.value).startswith("Indicator sample, measure.sql: ")
    assert Lake(tmp_path, load_shapes()).manifest() == {}


def figure(con, indicator, body="all", period="all"):
    (row,) = queries.rows(con, "SELECT * FROM measures WHERE indicator = ? AND body = ? AND period = ?", [indicator, body, period])
    return row


def test_margins_of_the_2012_audit_come_out_of_rows(tmp_path):
    # Invented rows with the margins reported: 209 consultations, 84 of them short, 45 of those unexplained.
    rows = [consultation(f"long-{place}", 84 + place % 3) for place in range(125)]
    rows += [consultation(f"given-{place}", 42, explanation="given", explanation_found_in="the page", explanation_quote="Late.") for place in range(39)]
    rows += [consultation(f"none-{place}", 42, explanation="none_found", explanation_found_in="the page") for place in range(45)]
    cards = [CARDS[slug] for slug in ("consultations-under-12-weeks", "short-consultations-unexplained")]
    with judged(tmp_path, rows, cards=cards) as con:
        short, unexplained = (figure(con, card.slug) for card in cards)
        counts = queries.count_consultation_verdicts(con, rule_set="sample-code")
    assert (short["hits"], short["n"], round(short["value"], 2)) == (84, 209, 0.40)
    assert (unexplained["hits"], unexplained["n"], round(unexplained["value"], 2), unexplained["coverage"]) == (45, 84, 0.54, 1.0)
    assert counts == {"explained": 39, "met": 125, "unexplained": 45}


def test_more_than_and_at_least_12_weeks_differ_by_the_boundary(tmp_path):
    # 143 of 253 (56.5 %) lasted more than 12 weeks; with 5 of exactly 84 days, 148 (58.5 %) lasted at least 12 weeks.
    lengths = [85] * 143 + [84] * 5 + [83] * 105
    cards = [CARDS[slug] for slug in ("consultations-under-12-weeks", "consultations-on-the-boundary")]
    with judged(tmp_path, [consultation(str(place), days) for place, days in enumerate(lengths)], cards=cards) as con:
        short, boundary = (figure(con, card.slug) for card in cards)
    at_least = short["n"] - short["hits"]
    assert (at_least, boundary["value"], at_least - boundary["value"]) == (148, 5, 143)
    assert (round(at_least / 253, 3), round((at_least - boundary["value"]) / 253, 3)) == (0.585, 0.565)


def test_recipients_of_the_2017_register_come_out_of_rows(tmp_path):
    grants = [{"grant_id": f"sample-{place}", "body": "examples", "has_identifier": place < 800} for place in range(3351)]
    with tiny_lake(tmp_path, {"grants": grants, "bodies": ()}) as change:
        (row,) = [row for row in actions.measures(change, cards=[CARDS["recipients-with-identifier"]]) if row["body"] == "all"]
    assert (row["hits"], row["n"], round(row["value"], 3)) == (800, 3351, 0.239)


def test_all_indicators_run_over_empty_tables_and_give_no_figure(tmp_path):
    with tiny_lake(tmp_path, dict.fromkeys({table for card in CARDS.values() for table in card.needs}, ())) as change:
        assert list(actions.measures(change, cards=CARDS.values())) == []


BODIES = st.sampled_from(["examples", "samples"])
CONSULTATIONS = st.lists(
    st.fixed_dictionaries(
        {"body": BODIES, "opened_on": st.none() | st.dates(date(2030, 1, 1), date(2032, 12, 31)), "days_open": st.none() | st.integers(80, 88)}
    ),
    max_size=30,
)


@settings(max_examples=20, deadline=None)
@given(CONSULTATIONS)
def test_short_consultations_agree_with_a_slow_count(tmp_path_factory, consultations):
    with tiny_lake(tmp_path_factory.mktemp("lake"), {"consultations": consultations}) as change:
        found = list(actions.measures(change, cards=[CARDS["consultations-under-12-weeks"]]))
    population = {(row["body"], row["period"]): round(row["n"] / row["coverage"]) if row["coverage"] else None for row in found}
    slow = short_shares(consultations)
    assert {(row["body"], row["period"]): (row["hits"], row["n"]) for row in found} == {place: counts[:2] for place, counts in slow.items()}
    assert population == {place: total if known else None for place, (_, known, total) in slow.items()}


ORGANISATIONS = [{"organisation_id": "GB-CHC-0000001", "is_voluntary": True}, {"organisation_id": "GB-COH-00000002", "is_voluntary": False}]
PAYMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "body": BODIES,
            "paid_on": st.none() | st.dates(date(2030, 1, 1), date(2032, 12, 31)),
            "amount": st.decimals(-10_000, 10_000, places=2),
            "organisation_id": st.sampled_from([None, *(row["organisation_id"] for row in ORGANISATIONS)]),
        }
    ),
    max_size=30,
)


@settings(max_examples=20, deadline=None)
@given(PAYMENTS)
def test_voluntary_payments_agree_with_a_slow_sum(tmp_path_factory, payments):
    with tiny_lake(tmp_path_factory.mktemp("lake"), {"payments": payments, "organisations": ORGANISATIONS}) as change:
        change.con.execute(FUNCTIONS[0])
        change.con.execute(FUNCTIONS[1])
        found = actions.select_rows(change.con, card=CARDS["payments-to-voluntary"])
    shown = {(row["body"], row["period"]): (row["value"], row["n"], row["population"], pytest.approx(row["coverage"])) for row in found}
    assert voluntary_pounds(payments, ORGANISATIONS) == shown


def test_payments_without_a_day_count_in_their_month(tmp_path):
    payments = [
        {"body": "examples", "paid_in_month": "2031-06", "amount": Decimal("5.00")},
        {"body": "examples", "paid_in_month": "June", "amount": Decimal("7.00")},
    ]
    with tiny_lake(tmp_path, {"payments": payments, "organisations": ()}) as change:
        found = list(actions.measures(change, cards=[CARDS["payments-unidentified"]]))
    assert {row["period"]: row["value"] for row in found if row["body"] == "examples"} == {"2031": 5.0, "2031-Q2": 5.0, "2031/32": 5.0, "all": 12.0}


def measured(folder, cards, consultations, *, digest="code", grants=()):
    """The parts of `measures` by what they hold, as files on disk: a part made again is another file."""
    with tiny_lake(folder, {"consultations": consultations, "grants": grants, "bodies": (), "organisations": ()}) as change:
        actions.put_measures(change, cards=cards, digest=digest)
    lake = Lake(folder, load_shapes())
    return {part.made_from: (lake.folder / part.path).stat().st_ino for part in lake.manifest()["measures"]}


def test_indicator_whose_tables_and_card_stand_is_not_measured_again(tmp_path):
    cards = [CARDS["consultations-under-12-weeks"], CARDS["grants-unidentified"]]
    consultations, grants = [consultation("short", 42)], [{"grant_id": "1", "body": "examples", "amount": 5}]
    first = measured(tmp_path, cards, consultations, grants=grants)
    assert len(first) == 2
    assert measured(tmp_path, cards, consultations, grants=grants) == first
    other = measured(tmp_path, cards, [consultation("long", 90)], grants=grants)
    assert len(first.items() & other.items()) == 1
    assert not first.items() & measured(tmp_path, cards, consultations, grants=grants, digest="other code").items()


def test_indicator_with_another_select_is_measured_again(tmp_path):
    first = measured(tmp_path, [CARD], [consultation("short", 42)])
    again = measured(tmp_path, [msgspec.structs.replace(CARD, sql=CARD.sql.replace("1 AS hits", "2 AS hits"))], [consultation("short", 42)])
    assert first.keys() != again.keys()


def test_reused_measures_are_those_of_a_build_from_nothing(tmp_path):
    cards = [CARDS["consultations-under-12-weeks"], CARDS["grants-unidentified"], CARD]
    grants = [{"grant_id": "1", "body": "examples", "amount": 5}]
    measured(tmp_path / "one", cards, [consultation("short", 42)], grants=grants)
    measured(tmp_path / "one", cards, [consultation("long", 90)], grants=grants)
    measured(tmp_path / "two", cards, [consultation("long", 90)], grants=grants)
    one, two = (Lake(tmp_path / name, load_shapes()).manifest()["measures"] for name in ("one", "two"))
    assert one == two
