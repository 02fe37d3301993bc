"""Settings of every door."""

from pathlib import Path

from opencompact.settings.doors import databases  # noqa: TID251  it is what is tested


def test_database_stands_in_the_workspace_and_lets_one_writer_in():
    database = databases(Path("/sample"))["default"]
    assert (database["NAME"], database["OPTIONS"]["transaction_mode"], database["OPTIONS"]["init_command"]) == (
        Path("/sample/opencompact.sqlite"),
        "IMMEDIATE",
        "PRAGMA journal_mode=WAL",
    )


def test_database_named_by_an_address_is_postgresql():
    database = databases(Path("/sample"), "postgresql://reader@sample.invalid/office")["default"]
    assert (database["ENGINE"], database["HOST"], database["NAME"], database["USER"]) == ("django.db.backends.postgresql", "sample.invalid", "office", "reader")
