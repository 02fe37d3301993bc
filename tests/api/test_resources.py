from opencompact.api.resources import Filter, resources
from opencompact.registry import load_shapes
from opencompact.shapes.shape import Column, Shape

PEOPLE = Shape(
    name="people_seen",
    title="People seen",
    description="Invented.",
    visibility="public",
    key=("place", "name"),
    columns=(
        Column("place", "BIGINT", "Place."),
        Column("name", "VARCHAR", "Name.", privacy="organisation"),
        Column("home", "VARCHAR", "Home.", privacy="person"),
        Column("note", "VARCHAR", "Note."),
        Column("mood", "VARCHAR", "Mood.", words=("glad", "sad")),
        Column("is_here", "BOOLEAN", "Is here."),
        Column("seen_on", "DATE", "Day seen."),
        Column("since", "DATE", "Since when."),
        Column("cost", "DECIMAL(18,2)", "Cost.", unit="GBP"),
        Column("kind", "DOUBLE", "A number that is called kind."),
    ),
)


def test_internal_tables_are_not_served():
    shapes = load_shapes()
    assert set(resources(shapes)) == {name for name, shape in shapes.items() if shape.visibility == "public"}


def test_columns_that_may_name_a_person_are_left_out():
    made = resources({"people_seen": PEOPLE})["people_seen"]
    assert [column.name for column in made.columns] == ["place", "name", "note", "mood", "is_here", "seen_on", "since", "cost", "kind"]


def test_every_column_gives_the_filters_of_its_type():
    made = resources({"people_seen": PEOPLE})["people_seen"]
    assert [(each.name, each.kind, each.condition, each.words) for each in made.filters] == [
        ("place", "whole", '"place" = ?', ()),
        ("name", "text", '"name" = ?', ()),
        ("mood", "word", '"mood" = ?', ("glad", "sad")),
        ("is_here", "yes_no", '"is_here" = ?', ()),
        ("seen_since", "day", '"seen_on" >= ?', ()),
        ("seen_until", "day", '"seen_on" <= ?', ()),
        ("cost_least", "money", '"cost" >= ?', ()),
        ("cost_most", "money", '"cost" <= ?', ()),
    ]


def test_address_name_and_origin_of_a_table():
    served = resources(load_shapes())
    assert (served["consultation_verdicts"].slug, served["consultation_verdicts"].id_column, served["bodies"].id_column) == (
        "consultation-verdicts",
        "",
        "body",
    )
    assert (served["payments"].has_origin, served["bodies"].has_origin) == (True, False)


def test_no_filter_takes_the_name_of_another_or_of_paging():
    for each in resources(load_shapes()).values():
        names = [filter_.name for filter_ in each.filters]
        assert len(names) == len(set(names))
        assert set(names).isdisjoint({"release", "limit", "cursor", "format", "count"})


def test_a_verdict_is_looked_for_in_the_other_table():
    filters = {each.name: each for each in resources(load_shapes())["consultations"].filters}
    assert isinstance(filters["verdict"], Filter)
    assert filters["verdict"].through == filters["rule_set"].through != "{}"
