"""Decisions of people come first, for every file; those of one body hold for its lines alone, by vendor number before name."""

from decimal import Decimal

from tests.organisations.waiting import COUNCIL, CUT, FIRM, OFFICE, PERSON, TWIN, TWINS, build, decided, org_id, payment


def links(lake, name):
    return lake.connect().execute("SELECT organisation_id, link_stage, because, decision FROM links WHERE published_name = ?", [name]).fetchall()


def own(lake):
    return lake.connect().execute("SELECT body, payee_code, published_name, organisation_id, link_stage FROM own_links").fetchall()


def test_a_decision_holds_for_every_spelling_and_comes_before_likeness(tmp_path):
    lake = build(tmp_path, decided=[decided(TWIN.upper()), decided(CUT, organisation_id=org_id(50))])
    said = "A person decided on 1 August 2031: Their letter says so."
    assert links(lake, TWIN) == links(lake, f"The {TWIN}") == [(TWINS[0], "reviewed", said, f"n-{TWIN.upper()[:4]}")]
    assert links(lake, CUT.upper())[0][:2] == (org_id(50), "reviewed")
    assert lake.connect().execute("SELECT count(*) FROM review_queue WHERE state <> 'unknown'").fetchall() == [(0,)]


def test_a_decision_that_it_is_nobody_keeps_the_payee_unidentified_and_out_of_the_queue(tmp_path):
    lake = build(tmp_path, decided=[decided(FIRM, outcome="not_voluntary", organisation_id=None), decided(TWIN, outcome="none_of_these", organisation_id=None)])
    assert links(lake, FIRM)[0][:3] == (None, "reviewed", "A person decided on 1 August 2031 that it is no voluntary organisation: Their letter says so.")
    assert links(lake, TWIN)[0][2].startswith("A person decided on 1 August 2031 that it is none of those on the registers")
    assert lake.connect().execute("SELECT normalised_name FROM review_queue WHERE amount > 600").fetchall() == []


def test_a_decision_about_a_name_with_a_number_leaves_the_name_alone(tmp_path):
    lake = build(
        tmp_path, decided=[decided("Whoever they are", published_org_id=org_id(9), organisation_id=org_id(10)), decided(TWIN, published_org_id="GB-COH-1")]
    )
    assert links(lake, "Whoever they are")[0][:2] == (org_id(10), "reviewed")
    assert links(lake, TWIN)[0][:2] == (None, "review")


def test_a_withheld_name_stays_withheld_whatever_was_decided(tmp_path):
    redacted = "REDACTED PERSONAL DATA"
    rows = [payment(redacted, "5.00", 50, payee_code="V9")]
    lake = build(tmp_path, rows, decided=[decided(redacted), decided(redacted, decision="n-v", body=COUNCIL, vendor_number="V9")])
    assert links(lake, redacted)[0][:2] == (None, "none")
    assert own(lake) == []


def test_a_vendor_number_holds_for_its_body_and_comes_before_a_name_of_the_body(tmp_path):
    of_council = [
        decided(PERSON, decision="n-1", body=COUNCIL, vendor_number="V3", organisation_id=org_id(1)),
        decided(FIRM, decision="n-2", body=COUNCIL, organisation_id=org_id(2)),
        decided(TWIN, decision="n-3", body=OFFICE, organisation_id=TWINS[1]),
    ]
    lake = build(tmp_path, [payment(FIRM, "1.00", 60, payee_code="V8"), payment(FIRM, "1.00", 61, body=OFFICE, payee_code="V3")], decided=of_council)
    assert sorted(own(lake)) == [
        (COUNCIL, "V3", FIRM, org_id(1), "reviewed"),
        (COUNCIL, "V8", FIRM, org_id(2), "reviewed"),
        (OFFICE, "", f"The {TWIN}", TWINS[1], "reviewed"),
    ]
    queue = lake.connect().execute("SELECT normalised_name, amount, bodies FROM review_queue ORDER BY amount DESC").fetchall()
    assert [(amount, bodies) for name, amount, bodies in queue if name == TWIN.upper()] == [(Decimal(9000), f";{COUNCIL};")]
    assert [(amount, bodies) for name, amount, bodies in queue if "TORVEX" in name] == [(Decimal(1), f";{OFFICE};")]


def test_an_organisation_known_by_a_decision_alone_is_an_organisation(tmp_path):
    found = build(tmp_path, decided=[decided(FIRM, organisation_id="GB-COH-98000001")]).connect()
    assert found.execute("SELECT name, kind, on_register FROM organisations WHERE organisation_id = 'GB-COH-98000001'").fetchall() == [(FIRM, "company", False)]


def test_an_organisation_known_by_a_vendor_number_alone_is_one_too(tmp_path):
    found = build(tmp_path, decided=[decided(FIRM, body=COUNCIL, vendor_number="V3", organisation_id="GB-COH-98000001")]).connect()
    assert found.execute("SELECT name FROM organisations WHERE organisation_id = 'GB-COH-98000001'").fetchall() == [(FIRM,)]
