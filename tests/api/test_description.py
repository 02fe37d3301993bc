from opencompact.api import description
from opencompact.api.resources import resources
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="made_up",
    title="Made up",
    description="Invented.",
    visibility="public",
    columns=(
        Column("name", "VARCHAR", "Name.", required=True),
        Column("mood", "VARCHAR", "Mood.", words=("glad",)),
        Column("cost", "DECIMAL(18,2)", "Cost.", unit="GBP"),
        Column("at", "TIMESTAMP", "Instant."),
    ),
)
RESOURCE = resources({"made_up": SHAPE})["made_up"]


def test_a_row_is_described_column_by_column():
    assert description.components([RESOURCE])["MadeUpRow"] == {
        "type": "object",
        "title": "Made up",
        "properties": {
            "name": {"type": "string", "description": "Name."},
            "mood": {"type": ["string", "null"], "enum": ["glad", None], "description": "Mood."},
            "cost": {"type": ["string", "null"], "pattern": r"^-?[0-9]+\.[0-9]{2}$", "description": "Cost. Unit: GBP."},
            "at": {"type": ["string", "null"], "format": "date-time", "description": "Instant."},
        },
        "required": ["name", "mood", "cost", "at"],
        "additionalProperties": False,
    }


def test_a_list_takes_its_filters_and_paging():
    operation = description.list_operation(RESOURCE)
    assert [each["name"] for each in operation["parameters"]] == ["mood", "cost_least", "cost_most", "limit", "cursor", "count", "format", "release"]
    assert (sorted(operation["responses"]), sorted(operation["responses"][200]["content"])) == (
        [200, 304, 400, 404, 405, 503],
        ["application/json", "text/csv"],
    )
