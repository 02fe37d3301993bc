import pytest

from opencompact.records.rules.grant_headings import heading_key, leaf_of, read_headings, title_of

SCHEMA = {
    "definitions": {
        "Place": {"type": "object", "properties": {"name": {"type": "string", "title": "Name"}}},
        "Org": {
            "type": "object",
            "title": "Organisation",
            "properties": {
                "id": {"type": "string", "title": "Identifier"},
                "location": {"type": "array", "title": "Location", "items": {"$ref": "#/definitions/Place"}},
            },
        },
    },
    "properties": {
        "id": {"type": "string", "title": "Identifier"},
        "fromOpenCall": {"type": "string", "title": "From An Open Call?"},
        "recipientOrganization": {"type": "array", "title": "Recipient Org", "items": {"$ref": "#/definitions/Org"}},
        "funder": {"$ref": "#/definitions/Org", "title": "Funding Org"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Identifier", ("id",)),
        (" identifier ", ("id",)),
        ("id", ("id",)),
        ("From an open call", ("fromOpenCall",)),
        ("Recipient Org:Identifier", ("recipientOrganization", 0, "id")),
        ("Recipient Org : Identifier", ("recipientOrganization", 0, "id")),
        ("Recipient Org:0:Identifier", ("recipientOrganization", 0, "id")),
        ("Recipient Org:2:Identifier", ("recipientOrganization", 2, "id")),
        ("recipientOrganization/1/location/0/name", ("recipientOrganization", 1, "location", 0, "name")),
        ("Recipient Org:Location:Name", ("recipientOrganization", 0, "location", 0, "name")),
        ("Funding Org:Identifier", ("funder", "id")),
        ("Recipient Org", ("recipientOrganization",)),
        ("tags", ("tags",)),
        ("Ref", ("recipientOrganization", 0, "id")),
        ("Recipient Org:1", None),
        ("Recipient Org:Nothing", None),
        ("Nothing", None),
        ("", None),
    ],
)
def test_heading_has_a_place(heading, path):
    assert read_headings([heading], SCHEMA, [{"heading": "REF", "path": "recipientOrganization/0/id"}]) == [path]


def test_key_leaves_out_capitals_blanks_and_first_places():
    assert heading_key("Recipient  Org : 0:Name?") == "recipient org:name"


def test_title_is_the_standards_own():
    assert title_of(("recipientOrganization", 0, "location", 0, "name"), SCHEMA) == "Recipient Org:Location:Name"
    assert title_of(("recipientOrganization", 1, "other"), SCHEMA) == "Recipient Org:1:other"


def test_leaf_of_an_unknown_field_is_empty():
    assert leaf_of(("nothing", "below"), SCHEMA) == {}
