import json
from shutil import rmtree

import duckdb
import pytest
from django.test import Client
from tests.api.conftest import FROZEN
from tests.web.invented import build

from opencompact.api import reading
from opencompact.api.parameters import Asked
from opencompact.api.routes import RESOURCES

NOTHING = Asked((), None, None, "", "", False)


def test_an_open_release_is_shared(own_workspace):
    assert reading.open_release(None) is reading.open_release(FROZEN)


def test_a_draft_made_anew_is_opened_anew(own_workspace):
    before = reading.open_release("draft")
    build(own_workspace, a_year=2)
    after = reading.open_release("draft")
    assert (before is after, before.checksum == after.checksum) == (False, False)


def test_few_releases_are_kept_open(own_workspace, monkeypatch):
    monkeypatch.setattr(reading, "KEPT_OPEN", 1)
    first = reading.open_release(FROZEN)
    reading.open_release("draft")
    assert reading.open_release(FROZEN) is not first


def test_a_table_the_release_does_not_have_is_not_there(own_workspace):
    (own_workspace / "releases" / FROZEN / "tables" / "signs.parquet").unlink()
    answer = Client().get("/api/v1/signs")
    assert (answer.status_code, json.loads(answer.content)["detail"]) == (
        404,
        f"Release {FROZEN} has no table signs: it was made by OpenCompact 0.1.0, which made none.",
    )


def test_a_column_the_release_does_not_have_is_null(own_workspace):
    path = own_workspace / "releases" / FROZEN / "tables" / "bodies.parquet"
    duckdb.connect().execute(f"CREATE TABLE t AS SELECT * EXCLUDE (name) FROM '{path}'; COPY t TO '{path}' (FORMAT parquet)")
    opened = reading.open_release(FROZEN)
    assert {row["name"] for row in reading.page(opened, RESOURCES["bodies"], NOTHING, after=-1, limit=10).rows} == {None}
    assert json.loads(Client().get("/api/v1/bodies?name=B&count=true").content)["count"] == 0


def test_nothing_beyond_the_release_can_be_read(own_workspace):
    con = reading.open_release(FROZEN).con()
    outside = own_workspace / "releases" / "draft" / "release.json"
    with pytest.raises(duckdb.PermissionException, match="disabled"):
        con.execute(f"SELECT * FROM read_text('{outside}')")


def test_a_release_that_was_removed_is_not_found(own_workspace):
    reading.open_release(FROZEN)
    rmtree(own_workspace / "releases" / FROZEN)
    assert Client().get(f"/api/v1/bodies?release={FROZEN}").status_code == 404
