"""A release as a data package."""

from datetime import UTC, datetime

from opencompact.publication.rules.package import Publication, TableFile, data_package
from opencompact.publication.rules.release import Release
from opencompact.shapes.shape import Column, Shape

AT = datetime(2031, 11, 22, tzinfo=UTC)
SHAPE = Shape(
    "sample_rows",
    "Sample rows",
    "Rows of nothing.",
    "public",
    (Column("name", "VARCHAR", "Name.", required=True, words=("a", "b")), Column("amount", "DECIMAL(18,2)", "Amount.", unit="GBP")),
    ("name",),
)
KEYLESS = Shape("loose", "Loose", "Rows without a key.", "public", (Column("on", "DATE", "Day."),))
RELEASE = Release("draft", "draft", AT, "0.1.0", "sample", "computed", (), {}, {})


def package(*publications: Publication):
    return data_package(
        RELEASE, files=[TableFile(SHAPE, "tables/sample_rows.csv", 2, 30, "ab"), TableFile(KEYLESS, "tables/loose.csv", 0, 3, "cd")], publications=publications
    )


def test_resource_tells_of_every_column():
    keyed, keyless = package()["resources"]
    assert keyed["schema"] == {
        "fields": [
            {"name": "name", "type": "string", "description": "Name.", "constraints": {"required": True, "enum": ["a", "b"]}},
            {"name": "amount", "type": "number", "description": "Amount.", "unit": "GBP"},
        ],
        "missingValues": [""],
        "primaryKey": ["name"],
    }
    assert keyless["schema"] == {"fields": [{"name": "on", "type": "date", "description": "Day."}], "missingValues": [""]}


def test_resource_tells_of_its_file():
    keyed = package()["resources"][0]
    assert {name: keyed[name] for name in ("name", "path", "rows", "bytes", "hash")} == {
        "name": "sample-rows",
        "path": "tables/sample_rows.csv",
        "rows": 2,
        "bytes": 30,
        "hash": "sha256:ab",
    }


def test_package_without_publications_names_neither_sources_nor_licences():
    assert sorted(package()) == ["created", "description", "name", "profile", "resources", "title", "version"]


def test_each_publication_and_licence_stands_once():
    found = package(
        Publication("Lines", "https://example.org/a", "OGL-UK-3.0"),
        Publication("Lines", "https://example.org/b", "As its publisher states"),
        Publication("Files", "by post", None),
    )
    assert found["sources"] == [{"title": "Files"}, {"title": "Lines", "path": "https://example.org/a"}]
    assert found["licenses"] == [{"name": "As-its-publisher-states", "title": "As its publisher states"}, {"name": "OGL-UK-3.0", "title": "OGL-UK-3.0"}]


def test_package_of_a_sample_begins_with_the_mark():
    assert package()["title"] == "INVENTED SAMPLE COUNTRY: OpenCompact, draft release"
