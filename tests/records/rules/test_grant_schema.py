import pytest

from opencompact.records.actions.checking import grant_schema
from opencompact.records.rules.grant_schema import PLACES, Fault, Place, gather


def told(*faults, grants=None):
    kinds = gather(faults, grants or {fault.grant: {} for fault in faults}, grant_schema(), rows=range(2, 100))
    return [(kind.field, kind.says, kind.count) for kind in kinds]


@pytest.mark.parametrize(
    ("fault", "field", "says"),
    [
        (Fault(0, ("amountAwarded",), "type", "ten"), "Amount Awarded", "Amount Awarded is not a number"),
        (Fault(0, ("title",), "type", 9), "Title", "Title is not text"),
        (Fault(0, ("title",), "type", None), "Title", "Title is null"),
        (Fault(0, (), "type", None), "the grant", "a grant is null"),
        (Fault(0, ("grantProgramme", 0, "title"), "type", 9), "Grant Programme:Title", "Grant Programme:Title is not text"),
        (Fault(0, ("plannedDates",), "type", "x"), "Planned Dates", "Planned Dates is not a list"),
        (Fault(0, ("plannedDates", 0), "type", "x"), "Planned Dates", "Planned Dates is not a group of fields"),
        (Fault(0, ("awardDate",), "oneOf", "x"), "Award Date", "Award Date is not a day the standard can read"),
        (Fault(0, ("dateModified",), "format", "x"), "Last Modified", "Last Modified is not a day the standard can read"),
        (Fault(0, ("url",), "format", "x"), "URL", "URL is not a web address"),
        (Fault(0, ("currency",), "enum", "x"), "Currency", "Currency is not on the standard's list"),
        (Fault(0, ("fundingOrganization",), "minItems", []), "Funding Org", "Funding Org is an empty list"),
        (Fault(0, ("recipientOrganization", 1), "required", {}, "id"), "Recipient Org:Identifier", "Recipient Org:Identifier is missing"),
        (Fault(0, ("unheardOf",), "dependencies", "x"), "unheardOf", "unheardOf is not of the right kind"),
    ],
)
def test_fault_is_told_in_plain_words(fault, field, says):
    assert told(fault) == [(field, says, 1)]


def test_value_of_a_list_is_named():
    (kind,) = gather([Fault(0, ("currency",), "enum", "x")], {0: {}}, grant_schema(), rows=[2])
    assert kind.fix == "Use a value of the list, as GBP."


def test_grant_that_lacks_fields_is_told_by_each():
    grants = {0: dict.fromkeys(("id", "title", "description", "currency", "amountAwarded"), "x"), 1: None}
    assert told(Fault(0, (), "oneOf", grants[0]), Fault(1, (), "oneOf", None), grants=grants) == [
        ("Award Date", "Award Date is missing", 1),
        ("Funding Org", "Funding Org is missing", 1),
        ("Recipient Org", "Recipient Org is missing", 1),
    ]


def test_two_recipients_are_told_as_such():
    grants = {0: {"recipientOrganization": [], "recipientIndividual": {}}}
    assert told(Fault(0, (), "oneOf", grants[0]), grants=grants) == [("the grant", "a grant names both an organisation and a person as recipient", 1)]


def test_value_of_the_wrong_kind_is_told_once():
    assert told(Fault(0, ("awardDate",), "type", 3), Fault(0, ("awardDate",), "oneOf", 3)) == [("Award Date", "Award Date is not text", 1)]


def test_first_places_are_shown_and_all_counted_the_commonest_kind_first():
    many = [Fault(place, ("title",), "type", 9) for place in range(PLACES + 2)]
    kinds = gather([Fault(0, ("url",), "format", "x"), *many], {place: {} for place in range(9)}, grant_schema(), rows=range(2, 100))
    assert [(kind.field, kind.count, len(kind.places)) for kind in kinds] == [("Title", PLACES + 2, PLACES), ("URL", 1, 1)]
    assert kinds[1].places == (Place(2, "grants/0/url", "x"),)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("recipientIndividual", "name"), 9),
        (("recipientOrganization", 0, "contactName"), 9),
        (("fundingOrganization", 0, "email"), 9),
        (("url",), "jo@sample.example"),
    ],
)
def test_value_that_may_name_a_person_is_not_shown(path, found):
    (kind,) = gather([Fault(0, path, "type", found)], {0: {}}, grant_schema(), rows=[2])
    assert kind.places[0].found == ""
