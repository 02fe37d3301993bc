"""A frozen release: recorded, numbered once, never changed."""

import json

import pytest
from tests.lakes import small_lake
from tests.publication.releases import AT, freeze, write_draft

from opencompact.publication import actions, queries
from opencompact.publication.queries.checking import sha256_of
from opencompact.publication.rules.release import BadNumber


def test_release_is_the_draft_under_its_number(releases):
    release = freeze(releases, because="a reason")
    assert (release.number, release.state, release.at, release.frozen_at, release.because) == ("2031-11", "frozen", AT, AT, "a reason")
    assert queries.read_release(releases / "2031-11") == release
    assert queries.verify(releases, number="2031-11") == ()
    changed = [name for name, path in queries.checking.files_of(releases / "2031-11").items() if path.read_bytes() != (releases / "draft" / name).read_bytes()]
    assert changed == ["CHANGES.md", "datapackage.json", "release.json"]


def test_package_carries_the_number(releases):
    freeze(releases)
    package = json.loads((releases / "2031-11" / "datapackage.json").read_text())
    assert (package["title"], package["version"]) == ("INVENTED SAMPLE COUNTRY: OpenCompact, release 2031-11", "2031-11")


def test_event_is_recorded_with_the_fingerprint(releases):
    events = []
    freeze(releases, because="a reason", events=events)
    fingerprint = sha256_of(releases / "2031-11" / "checksums.txt")
    assert events == [
        {"verb": "freeze release", "subject": "2031-11", "by": "sample-officer", "at": AT, "because": "a reason", "detail": {"checksums_sha256": fingerprint}}
    ]


def test_reason_of_the_draft_is_kept_where_none_is_given(tmp_path):
    write_draft(tmp_path, small_lake(tmp_path / "lake"), because="the draft's reason")
    assert freeze(tmp_path).because == "the draft's reason"


def test_second_of_a_month_has_the_next_number(releases):
    assert [freeze(releases).number for _ in range(3)] == ["2031-11", "2031-11.2", "2031-11.3"]


def test_number_that_exists_is_refused_and_the_release_stands(releases):
    freeze(releases)
    before = sha256_of(releases / "2031-11" / "checksums.txt")
    events = []
    with pytest.raises(actions.CannotFreeze, match="Release 2031-11 exists"):
        freeze(releases, number="2031-11", events=events)
    assert (sha256_of(releases / "2031-11" / "checksums.txt"), events) == (before, [])


@pytest.mark.parametrize("number", ["draft", "../2031-11", "2031-11.1", "first"])
def test_number_of_another_form_is_refused(releases, number):
    with pytest.raises(BadNumber):
        freeze(releases, number=number)
    assert [path.name for path in releases.iterdir()] == ["draft"]


def test_draft_that_was_changed_is_refused(releases):
    (releases / "draft" / "tables" / "measures.csv").write_text("better figures")
    with pytest.raises(actions.CannotFreeze, match=r"not as it was made: tables/measures.csv has changed"):
        freeze(releases)


def test_no_draft_is_refused(tmp_path):
    with pytest.raises(queries.NoRelease):
        freeze(tmp_path)


def test_release_that_cannot_be_recorded_does_not_stand(releases):
    def refuse(**event):
        raise RuntimeError("no audit trail")

    with pytest.raises(RuntimeError, match="no audit trail"):
        actions.freeze(releases, number=None, at=AT, by="sample-officer", because="", audit=refuse)
    assert queries.numbers(releases) == []


def test_same_draft_and_instant_freeze_to_the_same_bytes(releases, tmp_path):
    write_draft(tmp_path / "other", small_lake(tmp_path / "lake"))
    for folder in (releases, tmp_path / "other"):
        freeze(folder)
    assert (releases / "2031-11" / "checksums.txt").read_bytes() == (tmp_path / "other" / "2031-11" / "checksums.txt").read_bytes()
