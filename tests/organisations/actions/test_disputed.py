"""Rows in a disputed name are marked where they are linked to the organisation it is said not to be, and nowhere else."""

from datetime import date
from decimal import Decimal

from tests.organisations.waiting import COUNCIL, NAMES, ORIGIN, org_id, payment, tables

from opencompact.lake import Lake
from opencompact.organisations.actions.identifying import identify, mark_disputed, put_decisions, put_disputes
from opencompact.organisations.rules.names import name_rules, normalised
from opencompact.records.actions.publishing import publish_money
from opencompact.registry import load_catalogue, load_shapes

RULES = name_rules(load_catalogue().vocabularies["name-rules"].terms)
DISPUTE = {"organisation_id": org_id(5), "normalised_name": normalised(NAMES[5], RULES), "received_on": date(2031, 8, 1)}


def marked(folder, *disputes):
    lake = Lake(folder, load_shapes())
    grant = {**ORIGIN, "grant_id": "g", "body": COUNCIL, "recipient_name": NAMES[5].upper(), "amount": Decimal(5), "source_file": "grants.csv", "source_row": 2}
    with lake.change() as change:
        for table, rows in {**tables([payment(NAMES[5], "1.00", 20, payee_org_id=org_id(5)), payment(NAMES[6], "1.00", 21)]), "grant_lines": [grant]}.items():
            change.put_rows(table, rows)
        change.put_rows("sources", [])
        put_decisions(change, [])
        put_disputes(change, list(disputes))
        identify(change, catalogue=load_catalogue())
        publish_money(change, standing="sample", digest="")
        mark_disputed(change)
    return lake.connect().execute("SELECT reference, organisation_id, record, source_file, source_row FROM disputed_links").fetchall()


def test_rows_of_every_file_in_the_name_are_marked_and_those_of_another_name_or_organisation_are_not(tmp_path):
    found = marked(tmp_path, {**DISPUTE, "reference": "ABCD-2345"}, {**DISPUTE, "reference": "ZZZZ-2345", "organisation_id": org_id(200)})
    assert found == [("ABCD-2345", org_id(5), "grants", "grants.csv", 2), *(("ABCD-2345", org_id(5), "payments", "spend.csv", row) for row in (7, 20))]


def test_nothing_is_marked_without_a_dispute(tmp_path):
    assert marked(tmp_path) == []
