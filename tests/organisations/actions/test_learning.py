"""A build learns from the decisions of its record: the right way, nothing from none, in any order, and without comparing a name again."""

import math
from dataclasses import replace
from random import Random

import duckdb
import pyarrow as pa
import pytest
from tests.organisations.waiting import COUNCIL, NAMES, build, decided, org_id, payment, register

from opencompact.organisations.actions import probable
from opencompact.organisations.actions.learning import settled, taught_by
from opencompact.organisations.actions.matching import ALONE, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules.decided import Known, decisions_of
from opencompact.organisations.rules.decisions import Settlement
from opencompact.organisations.rules.learned import UNLEARNED, Learned
from opencompact.organisations.rules.names import name_rules, normalised
from opencompact.organisations.rules.taught import candidates_sql
from opencompact.registry import load_catalogue, load_shapes

# Names that lack their last word or their first, or a letter, as payers write them: likely, and not the same.
MANY = range(20, 140)
WRITTEN = {place: (NAMES[place].rsplit(" ", 1)[0], NAMES[place].split(" ", 1)[1], NAMES[place].replace("e", "", 1))[place % 3] for place in MANY}
PAYMENTS = [payment(name, "3.00", 100 + place) for place, name in WRITTEN.items()]
NONE = {"outcome": "none_of_these", "organisation_id": None}
RULES = name_rules(load_catalogue().vocabularies["name-rules"].terms)
REGISTER = [Entry(row["organisation_id"], row["name"], kind="charity") for row in register()]


def ask(lake, query, *given):
    return lake.connect().execute(query, list(given)).fetchall()


def learning(lake):
    return ask(lake, 'SELECT sum(decisions), sum("right"), min(shift), min(slope) FROM match_learning')[0]


def sha(lake, table):
    return [part.sha256 for part in lake.manifest()[table]]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return build(tmp_path_factory.mktemp("plain"), PAYMENTS)


@pytest.fixture(scope="module")
def likely(plain):
    """The names that likeness alone speaks for, with who they are like and what the scorer says."""
    return ask(
        plain,
        """SELECT published_name, organisation_id, probability FROM scored_candidates
        WHERE place = 1 AND stage = 'compared' AND NOT is_doubted AND probability >= 0.3 ORDER BY published_name""",
    )


def judged(likely, is_right):
    """A decision for each of these names: the organisation it is like, or none."""
    return [
        decided(name, decision=f"n-{place}", **({"organisation_id": organisation} if is_right(place) else NONE))
        for place, (name, organisation, _) in enumerate(likely)
    ]


def test_without_decisions_nothing_is_learned_and_the_candidates_are_as_scored(plain, likely):
    assert ask(plain, "SELECT count(*) FROM match_learning") == [(0,)]
    assert len(likely) > 60
    scored = ask(plain, "SELECT published_name, decision, probability, because FROM scored_candidates WHERE place = 1 ORDER BY ALL")
    assert ask(plain, "SELECT published_name, decision, probability, because FROM link_candidates WHERE place = 1 ORDER BY ALL") == scored


def test_decisions_that_say_nothing_of_likeness_leave_the_candidates_byte_for_byte(tmp_path, plain, likely):
    name, organisation, _ = likely[0]
    of_others = [
        decided(name, decision="n-1", body=COUNCIL, vendor_number="V3", organisation_id=organisation),
        decided(name, decision="n-2", published_org_id=org_id(9), **NONE),
        decided(NAMES[5], decision="n-3", **NONE),  # the same name as one of the register
    ]
    lake = build(tmp_path, PAYMENTS, decided=of_others)
    assert sha(lake, "link_candidates") == sha(plain, "link_candidates")
    assert sha(lake, "scored_candidates") == sha(plain, "scored_candidates")
    assert ask(lake, "SELECT count(*) FROM match_learning") == [(0,)]


def test_biased_decisions_move_the_others_the_right_way_and_links_follow(tmp_path, likely, plain):
    shown, left = likely[:30], {name: (organisation, said) for name, organisation, said in likely[30:]}
    lake = build(tmp_path, PAYMENTS, decided=judged(shown, lambda place: place % 3 > 1))
    heeded = {name: (word, said) for name, word, said in ask(lake, "SELECT published_name, decision, probability FROM link_candidates WHERE place = 1")}
    assert all(heeded[name][1] < said for name, (_, said) in left.items())
    assert all(heeded[name][0] == ("accepted" if heeded[name][1] >= 0.8 else "review" if heeded[name][1] >= 0.3 else "none") for name in left)
    waits = [name for name in left if heeded[name][0] == "review"]
    assert len(waits) > len(left) / 2
    stages = [dict(ask(each, "SELECT published_name, link_stage FROM links")) for each in (plain, lake)]
    assert {(stages[0][name], stages[1][name]) for name in waits} >= {("probable", "review")}
    said = ask(lake, "SELECT because FROM link_candidates WHERE published_name = ? AND place = 1", min(waits, key=lambda name: heeded[name][1]))[0][0]
    assert "Learned from 30 decisions: 0." in said
    assert said.endswith("Below 0.70, so a person decides.")
    assert learning(lake)[:2] == (30, 10)


def test_decisions_for_what_is_likely_make_it_likelier(tmp_path, likely):
    lake = build(tmp_path, PAYMENTS, decided=judged(likely[:30], lambda _: True))
    heeded = dict(ask(lake, "SELECT published_name, probability FROM link_candidates WHERE place = 1"))
    assert all(heeded[name] > said for name, _, said in likely[30:])
    assert learning(lake)[:2] == (30, 30)


def test_order_and_keys_of_decisions_do_not_matter(tmp_path, likely):
    made = judged(likely[:24], lambda place: place % 3 > 0)
    one = build(tmp_path / "one", PAYMENTS, decided=made)
    two = build(tmp_path / "two", PAYMENTS, decided=[{**row, "decision": f"x-{place}"} for place, row in enumerate(reversed(made))])
    assert sha(one, "link_candidates") == sha(two, "link_candidates")
    assert sha(one, "match_learning") == sha(two, "match_learning")


def test_a_decision_added_compares_no_name_again_and_gives_what_a_build_from_nothing_gives(tmp_path, likely, monkeypatch):
    made = judged(likely[:12], lambda place: place % 4 > 0)
    build(tmp_path / "one", PAYMENTS, decided=made[:6])

    def compared(*_, **__):
        raise AssertionError("a name was compared again")

    monkeypatch.setattr(probable, "matcher", compared)
    again = build(tmp_path / "one", PAYMENTS, decided=made)
    monkeypatch.undo()
    whole = build(tmp_path / "two", PAYMENTS, decided=made)
    assert learning(again)[0] == 12
    for table in ("scored_candidates", "match_learning", "link_candidates", "links", "review_queue"):
        assert sha(again, table) == sha(whole, table)


def test_taken_back_decisions_leave_no_trace(tmp_path, plain, likely):
    build(tmp_path, PAYMENTS, decided=judged(likely[:12], lambda _: False))
    assert sha(build(tmp_path, PAYMENTS), "link_candidates") == sha(plain, "link_candidates")


def test_a_name_counts_once_and_for_every_body_before_one_body(tmp_path, likely):
    name, organisation, _ = likely[0]
    own = [decided(name, decision=f"n-{body}", body=body, **NONE) for body in ("a", "b", COUNCIL)]
    assert learning(build(tmp_path / "own", PAYMENTS, decided=own))[:2] == (1, 0)
    every = decided(name.upper(), decision="n-every", organisation_id=organisation)
    assert learning(build(tmp_path / "every", PAYMENTS, decided=[*own, every]))[:2] == (1, 1)


def test_a_twin_chosen_is_right(tmp_path, likely):
    name, organisation, _ = likely[0]
    company = {"organisation_id": organisation, "name": NAMES[int(organisation[-7:]) - 1_900_000], "company_number": "07654321"}
    lake = build(tmp_path, PAYMENTS, decided=[decided(name, organisation_id="GB-COH-07654321")], entries=[{**register()[0], **company, "source_row": 5000}])
    assert learning(lake)[:2] == (1, 1)


def test_no_voluntary_organisation_tells_against_a_charity_and_nothing_of_a_firm(tmp_path, likely):
    name = likely[0][0]
    firm = {
        **register()[0],
        "register": "companies",
        "kind": "company",
        "organisation_id": "GB-COH-07000001",
        "name": "Zandricvale Lantern Haulage and Paving Works",
    }
    written = "Zandricvale Lantern Haulage and Paving Wrks"
    rows = [*PAYMENTS, payment(written, "9.00", 900)]
    no = {"outcome": "not_voluntary", "organisation_id": None}
    made = [decided(name, decision="n-1", **no), decided(written, decision="n-2", **no)]
    lake = build(tmp_path, rows, decided=made, entries=[firm])
    assert ask(lake, "SELECT organisation_id, stage, is_doubted FROM scored_candidates WHERE published_name = ? AND place = 1", written) == [
        ("GB-COH-07000001", "compared", False)
    ]
    assert learning(lake)[:2] == (1, 0)


def test_held_out_names_of_a_skewed_record_are_said_better_after_learning(tmp_path, likely):
    chance = Random(11)
    truth = {name: chance.random() < 1 / (1 + math.exp(-(math.log(said / (1 - said)) - 2))) for name, _, said in likely}
    shown, held_out = likely[::2], likely[1::2]
    lake = build(tmp_path, PAYMENTS, decided=judged(shown, lambda place: truth[shown[place][0]]))
    heeded = dict(ask(lake, "SELECT published_name, probability FROM link_candidates WHERE place = 1"))
    before = sum((said - truth[name]) ** 2 for name, _, said in held_out) / len(held_out)
    after = sum((heeded[name] - truth[name]) ** 2 for name, _, _ in held_out) / len(held_out)
    assert after < before - 0.01


def settlement(name, outcome="none_of_these", organisation="", **more):
    return normalised(name, RULES), Settlement(name, outcome, "Seen.", organisation, **more)


@pytest.fixture(scope="module")
def held():
    return matcher(REGISTER)


def test_a_file_of_decisions_teaches_the_matcher_of_a_register(held, likely):
    payees = [Payee(name) for name, *_ in likely]
    of_all = [settlement(name, "organisation", organisation) for name, organisation, _ in likely[:20]]
    of_none = [settlement(name) for name, *_ in likely[:20]]
    wrong = taught_by(held, [*of_all[::3], *of_none[1::3], *of_none[2::3]], payees=payees)
    right = taught_by(held, of_all, payees=payees)
    assert (wrong.learned.decisions, right.learned.decisions) == (20, 20)
    low, plain, high = ([match.probability for match in each.match(payees)] for each in (wrong, held, right))
    assert all(a < b < c for a, b, c in zip(low, plain, high, strict=True))
    payee, match = next(
        (payee, now)
        for payee, was, now in zip(payees, held.match(payees), wrong.match(payees), strict=True)
        if (was.decision, now.decision) == ("accepted", "review")
    )
    assert "Learned from 20 decisions: " in match.why
    assert match.why.endswith(" Below 0.70, so a person decides.")
    first = wrong.candidates([payee], around=wrong.around(payees))[0][0]
    assert first == match


@pytest.mark.parametrize("learned", [Learned(2.0, 1.0, 5), Learned(-2.0, 0.8, 40), Learned(-0.5, 1.3, 1)])
def test_matcher_that_learned_says_what_the_build_makes_of_the_scores(held, learned):
    payees = [Payee(each) for name in WRITTEN.values() for each in (name, f"{name} Nowhere", " ".join(name.split()[-2:]), f"{name} School")]
    rows = list(probable._rows(held, [probable.Asked(payee, "w") for payee in payees], set(), around=ALONE, files={}))
    columns = [column.name for column in load_shapes()["scored_candidates"].columns]
    with duckdb.connect() as con:
        con.register("scored_candidates", pa.table({name: [row.get(name) for row in rows] for name in columns}))
        sql = candidates_sql(learned, accept=held.scores.accept, review=held.scores.review, linked=held.scores.accept)
        found = con.execute(f"SELECT published_name, probability, decision, coalesce(organisation_id, ''), because FROM ({sql}) WHERE place = 1").fetchall()
    made = {name: rest for name, *rest in found}
    taught = {row["published_name"] for row in rows if row["place"] == 1 and row["stage"] == "compared" and not row["is_doubted"]}
    said = zip(payees, replace(held, learned=learned).match(payees, around=ALONE), strict=True)
    heeded = {payee.name: [match.probability, match.decision, match.organisation, match.why] for payee, match in said if payee.name in taught}
    assert heeded == {name: made[name] for name in taught}
    assert len({word for _, word, _, _ in heeded.values()}) > 1


def test_a_file_that_speaks_of_no_likeness_teaches_nothing(held, likely):
    name, organisation, _ = likely[0]
    told = [
        settlement(name, "organisation", organisation, published_org_id=org_id(9)),
        settlement(name, "organisation", organisation, body=COUNCIL, vendor_number="V1"),
        settlement(NAMES[5], "organisation", org_id(5)),
        settlement("Torvex Onyx Bay Haulage Ltd"),
    ]
    made = taught_by(held, told, payees=[Payee(name)])
    assert made.learned is UNLEARNED
    assert made.match([Payee(name)]) == held.match([Payee(name)])


def test_no_voluntary_organisation_in_a_file_tells_against_a_charity(held, likely):
    made = taught_by(held, [settlement(likely[0][0], "not_voluntary")], payees=[Payee(likely[0][0])])
    assert (made.learned.decisions, made.learned.shift < 0) == (1, True)
    firm = matcher([*REGISTER, Entry("GB-COH-07000001", "Zandricvale Lantern Haulage and Paving Works", kind="company")])
    written = "Zandricvale Lantern Haulage and Paving Wrks"
    assert taught_by(firm, [settlement(written, "not_voluntary")], payees=[Payee(written)]).learned is UNLEARNED


def test_what_something_speaks_against_is_not_taught(held):
    payees = [Payee(f"{NAMES[7]} School"), Payee(WRITTEN[21])]
    made = taught_by(held, [settlement(WRITTEN[place], "organisation", org_id(place)) for place in list(MANY)[:60]], payees=payees)
    around = held.around(payees)
    assert made.match(payees, around=around)[0] == held.match(payees, around=around)[0]
    assert made.match(payees, around=around)[1].probability > held.match(payees, around=around)[1].probability


def test_decisions_of_a_file_come_before_likeness_and_numbers(held):
    told = [settlement(NAMES[5], "organisation", org_id(6)), settlement(NAMES[8]), settlement(NAMES[9], "not_voluntary", body=COUNCIL)]
    payees = [Payee(NAMES[5]), Payee(NAMES[8]), Payee(NAMES[9])]
    known = [Known(), Known(), Known(body=COUNCIL)]
    found = settled(held, held.match(payees), payees, decisions_of(told, file="theirs.csv"), known=known)
    assert [(match.organisation, match.name, match.decision, match.stage, match.why) for match in found] == [
        (org_id(6), NAMES[6], "accepted", "reviewed", "A person decided, as theirs.csv says."),
        ("", "", "none", "reviewed", "A person decided that it is none of those on the registers, as theirs.csv says."),
        ("", "", "none", "reviewed", "A person decided that it is no voluntary organisation, as theirs.csv says."),
    ]
    elsewhere = settled(held, held.match(payees), payees, decisions_of(told, file="theirs.csv"), known=[Known()] * 3)
    assert elsewhere[2].stage == "exact"
