"""Money seen paid is the sum of rows that the release holds, with how much could be identified; no row is not nothing paid."""

from datetime import date

from opencompact.records.queries import paid_to_voluntary
from opencompact.web.promises import seen_paid
from opencompact.web.showing import in_force
from opencompact.web.words import pounds

BODY = "department-for-examples"


def test_sum_is_of_the_rows_of_the_release_and_opens_to_them(site) -> None:
    seen = seen_paid.of([BODY], since=None)
    found = paid_to_voluntary(in_force().reader.con.cursor(), bodies=[BODY], since=None)
    assert (seen.words, seen.address) == (pounds(found.amount), f"/bodies/{BODY}/")
    assert seen.coverage.replace("\u00a0", " ").startswith(f"{found.identified} row")
    assert f"of {found.rows:,} could be identified" in seen.coverage
    assert 0 < found.identified <= found.rows


def test_what_was_paid_before_it_was_promised_is_left_out(site) -> None:
    every, later = (seen_paid.of([BODY], since=since) for since in (None, date(2031, 1, 1)))
    assert every.words != later.words
    assert seen_paid.of([BODY], since=date(2099, 1, 1)) is None


def test_body_without_a_row_is_not_held(site) -> None:
    assert seen_paid.of(["nobody"], since=None) is None


def test_without_a_release_nothing_is_said(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert seen_paid.of([BODY], since=None) is None


def test_address_of_a_body_is_written_safely(site, monkeypatch) -> None:
    found = paid_to_voluntary(in_force().reader.con.cursor(), bodies=[BODY], since=None)
    monkeypatch.setattr(seen_paid, "paid_to_voluntary", lambda *_, **__: found)
    assert seen_paid.of(["a body?"], since=None).address == "/bodies/a%20body%3F/"
