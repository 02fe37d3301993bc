import json
import re
from collections import Counter
from datetime import UTC, date, datetime

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.actions import checking
from opencompact.records.actions.checking import check_grants, grant_schema, keep
from opencompact.records.actions.decoding import CannotRead

AT = datetime(2031, 7, 16, tzinfo=UTC)


def check(*grants):
    return check_grants(json.dumps({"grants": grants}).encode(), "grants.json", at=AT)


def test_table_and_json_of_the_same_grants_give_the_same_report():
    table = b"Identifier,Amount Awarded,Currency,Recipient Org:Name\n360G-s-1,ten,GBP,Sample Trust\n360G-s-2,0,pounds,Sample Trust\n"
    grants = [
        {"id": "360G-s-1", "amountAwarded": "ten", "currency": "GBP", "recipientOrganization": [{"name": "Sample Trust"}]},
        {"id": "360G-s-2", "amountAwarded": 0, "currency": "pounds", "recipientOrganization": [{"name": "Sample Trust"}]},
    ]
    ours, theirs = check_grants(table, "a.csv", at=AT), check(*grants)
    assert (ours.errors, ours.faulty_grants) == (theirs.errors, theirs.faulty_grants) == (6, 2)
    assert [(kind.field, kind.count) for kind in ours.faults] == [(kind.field, kind.count) for kind in theirs.faults]
    assert [(each.slug, each.count, each.of) for each in ours.findings] == [(each.slug, each.count, each.of) for each in theirs.findings]


def test_places_are_rows_of_the_table_and_paths_of_the_json():
    report = check_grants(b"Identifier,Title,Amount Awarded\n\n360G-s-1,Sample,0\n", "a.csv", at=AT)
    nought = next(each for each in report.found if each.slug == "amount-nought")
    assert [(place.row, place.path) for place in nought.places] == [(3, "grants/0")]


def test_shares_are_of_those_a_check_applies_to():
    report = check({"recipientIndividual": {"name": "Jo Sample"}}, {"recipientOrganization": [{}]}, {})
    assert {each.slug: (each.count, each.of) for each in report.found if each.applies != "grants"} == {
        "person-named": (1, 1),
        "person-without-reason": (1, 1),
        "recipient-without-number": (1, 1),
        "recipient-without-place": (1, 1),
    }


def test_half_characters_are_no_fault_of_the_checks():
    assert check_grants(b'{"grants": [{"title": "\\ud800", "amountAwarded": 1e9999}]}', "a.json", at=AT).errors == 2


def test_fields_that_are_not_the_standards_are_named():
    assert check({"Our own": 1, "id": "a"}, None).unknown_fields == ("Our own",)


def test_grants_beyond_a_batch_are_all_seen(monkeypatch):
    monkeypatch.setattr(checking, "_BATCH", 2)
    report = check(*({"id": f"360G-s-{place}", "amountAwarded": 0} for place in range(5)))
    nought = next(each for each in report.found if each.slug == "amount-nought")
    assert (report.grants, report.errors, nought.count, [place.row for place in nought.places]) == (5, 5, 5, [1, 2, 3, 4, 5])


def test_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(checking, "MOST_BYTES", 3)
    with pytest.raises(CannotRead, match="expected 3 bytes or fewer"):
        check({})


@pytest.mark.parametrize(("name", "suffix"), [("Our Secret Grants.XLSX", ".xlsx"), ("grants.exe", ""), ("grants", "")])
def test_file_kept_has_its_checksum_for_a_name(tmp_path, name, suffix):
    path = keep(b"sample", name, folder=tmp_path / "inbox")
    assert (re.fullmatch(r"[0-9a-f]{64}", path.stem) is not None, path.suffix, path.read_bytes()) == (True, suffix, b"sample")


# The oracle: python's jsonschema, slow and obvious. Its formats are written out here, as it has none of its own for days and addresses.
def is_instant(text):
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", text) if isinstance(text, str) else True
    try:
        return bool(found) and (found is True or bool(date.fromisoformat(found[1])))
    except ValueError:
        return False


def oracle():
    formats = jsonschema.FormatChecker(formats=())
    formats.checks("date-time")(is_instant)
    formats.checks("uri")(lambda text: not isinstance(text, str) or re.fullmatch(r"[a-z]+:[^\s\"<>]*", text) is not None)
    return jsonschema.Draft4Validator(grant_schema(), format_checker=formats)


ODD = st.sampled_from([None, True, 0, 1.5, "", "text", [], ["text"], {}, [{}], [None], {"id": 1}])
DAYS = st.sampled_from(
    ["2031-07-16", "2031-07", "2031", "2031-07-16T09:00:00Z", "2031-07-16T09:00:00.5+01:00", "2031-02-30T09:00:00Z", "16/07/2031", "2031-13-01"]
)
TEXT = st.sampled_from(["Sample", "GBP", "Yes", "360G-sample-1"])
LINK = st.sampled_from(["https://sample.example/a", "not an address", "mailto:a", ""])


def fields(**given):
    return st.fixed_dictionaries({}, optional={name: strategy | ODD for name, strategy in given.items()})


def many(strategy):
    return st.lists(strategy, max_size=2)


ORGANISATION = fields(
    id=TEXT, name=TEXT, url=LINK, dateModified=DAYS, organisationType=TEXT, location=many(fields(countryCode=st.sampled_from(["GB", "UK"]), latitude=TEXT))
)
GRANT = fields(
    id=TEXT,
    title=TEXT,
    description=TEXT,
    currency=TEXT,
    amountAwarded=st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    awardDate=DAYS,
    url=LINK,
    plannedDates=many(fields(startDate=DAYS, endDate=DAYS, duration=st.integers(0, 9))),
    recipientOrganization=many(ORGANISATION),
    recipientIndividual=fields(id=TEXT, name=TEXT),
    fundingOrganization=many(ORGANISATION),
    fromOpenCall=TEXT,
    dateModified=DAYS,
    dataSource=LINK,
    commitmentTransaction=many(fields(value=TEXT, currency=TEXT, transactionDate=DAYS)),
)


@given(st.lists(GRANT | ODD, min_size=1, max_size=3))
def test_errors_are_those_of_the_oracle(grants):
    theirs = Counter((place, *error.absolute_path, error.validator) for place, grant in enumerate(grants) for error in oracle().iter_errors(grant))
    ours = Counter(
        (place, *fault.path, fault.keyword)
        for place, grant in enumerate(grants)
        if not checking._checker().is_valid(grant)
        for fault in checking._faults(checking._checker(), place, grant)
    )
    assert ours == theirs
