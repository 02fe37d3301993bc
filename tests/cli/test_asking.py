"""Live sources as a person asks them: what is said, what is refused, and what the exit code tells."""

import fcntl
import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes import moods
from tests.fakes.files import Files, Grants
from tests.fakes.govuk import Govuk, consultation

from opencompact.cli import _asking, run
from opencompact.fetching.asking import Clock
from opencompact.lake import Lake
from opencompact.registry import load_catalogue, load_shapes

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Time passes, and nobody waits for it."""
    monkeypatch.setattr(_asking, "Clock", lambda now, _sleep: Clock(now, lambda _seconds: None))
    monkeypatch.setenv("OPENCOMPACT_CONTACT", "office@example.org")


@pytest.fixture
def ask(capsys, tmp_path):
    def sources(*arguments):
        code, message = run(["sources", *arguments, "--workspace", str(tmp_path / "work")])
        told = capsys.readouterr()
        return code, told.out, told.err + message

    return sources


def govuk(httpserver):
    return Govuk(httpserver, [consultation(f"item-{each}", f"{YESTERDAY}T0{each}:00:00Z") for each in range(3)])


def test_yesterday_is_fetched_where_no_day_is_said(ask, httpserver):
    fake = govuk(httpserver)
    code, out, _ = ask("fetch", "govuk-consultations", "--root", fake.root, "--json")
    assert code == 0
    assert [(row["day"], row["state"], row["offered"], row["arrived"]) for row in json.loads(out)] == [(YESTERDAY.isoformat(), "complete", 3, 3)]
    assert [agent.split("/")[0] + agent.partition(" ")[2] for agent in fake.agents] == ["OpenCompact(+office@example.org)"]


def test_what_was_fetched_is_built_into_a_release_with_its_proof(ask, httpserver, tmp_path):
    fake = govuk(httpserver)
    ask("fetch", "govuk-consultations", "--root", fake.root)
    work = tmp_path / "work"
    assert run(["build", "--workspace", str(work), "--input", str(work / "raw")]) == (0, "")
    con = Lake(work / "lake", load_shapes()).connect()
    assert con.execute("SELECT count(*), min(body) FROM consultations").fetchall() == [(3, "sample-department")]
    assert con.execute("SELECT source, state, arrived FROM arrivals").fetchall() == [("govuk-consultations", "complete", 3)]
    assert con.execute("SELECT count(*) FROM sources").fetchall() == [(3,)]


def test_day_with_gaps_is_told_with_the_exit_code_of_something_wrong(ask, httpserver):
    fake = govuk(httpserver)
    fake.moods.extend([moods.status(404)] * 10)
    code, out, told = ask("fetch", "govuk-consultations", "--root", fake.root)
    assert (code, out) == (1, "")
    assert "Refused: status 404. Faults: refused (5 times)." in " ".join(told.split())


def test_contact_that_is_not_set_is_asked_for(ask, httpserver, monkeypatch):
    monkeypatch.delenv("OPENCOMPACT_CONTACT")
    fake = govuk(httpserver)
    _, _, told = ask("fetch", "govuk-consultations", "--root", fake.root)
    assert "set OPENCOMPACT_CONTACT" in told
    assert [agent.partition(" ")[2] for agent in fake.agents] == ["(no contact given)"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nobody"], 3, "Found 'nobody'; expected a source that can be asked: "),
        (["govuk-consultations", "--only", "x"], 3, "The source govuk-consultations is asked whole; it takes no --only."),
        (["threesixtygiving-api"], 3, "The source threesixtygiving-api cannot be asked whole. Say --only with an org-id; several may follow."),
        (["charity-commission-charities", "--only", "charity_trustee"], 3, "Found the tables charity_trustee; expected some of charity, "),
        (
            ["govuk-consultations", "--from", "2031-07-02", "--to", "2031-07-01"],
            2,
            "Found the days 2031-07-02 to 2031-07-01; expected them on 2010-01-01 or later, ",
        ),
        (["govuk-consultations", "--to", "2999-01-01"], 2, "a day is asked for once it is over"),
        (["contracts-finder", "--from", "2001-01-01", "--to", "2001-01-02"], 2, "expected them on 2014-01-01 or later, in order"),
        (["govuk-consultations", "--to", "tomorrow"], 2, "'tomorrow' does not match"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(ask, arguments, code, told):
    found, _, message = ask("fetch", *arguments)
    assert (found, told in message) == (code, True), message


def test_parts_of_a_source_can_be_chosen(ask, httpserver):
    fake = Grants(httpserver, {"GB-CHC-1": ["360G-a-1"]})
    code, out, _ = ask("fetch", "threesixtygiving-api", "--root", f"{fake.root}/", "--only", "GB-CHC-1", "--json")
    assert (code, [row["arrived"] for row in json.loads(out)]) == (0, [1])


def test_two_runs_at_once_are_refused(ask, tmp_path):
    (tmp_path / "work").mkdir()
    with (tmp_path / "work" / ".fetching").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        code, _, message = ask("fetch", "govuk-consultations")
    assert (code, "Another run is fetching into" in message) == (3, True)


def test_ledger_that_cannot_be_read_is_named(ask, tmp_path):
    folder = tmp_path / "work" / "raw" / "govuk-consultations"
    folder.mkdir(parents=True)
    (folder / "ledger.jsonl").write_text("{}\n")
    code, _, message = ask("fetch", "govuk-consultations")
    assert (code, "ledger.jsonl, line 1" in message) == (3, True)


@pytest.fixture
def one_card(httpserver, monkeypatch):
    """A catalogue with one source: a list of plain addresses on its card."""
    import msgspec

    catalogue = load_catalogue()
    fake = Files(httpserver, {"/a.csv": b"a\n1\n"})
    card = msgspec.structs.replace(catalogue.sources["leeds-payments-2012"], urls=(f"{fake.root}/a.csv",))
    small = type(catalogue)(
        sources={card.slug: card, "threesixtygiving-api": catalogue.sources["threesixtygiving-api"]},
        feeds={"threesixtygiving-api": catalogue.feeds["threesixtygiving-api"]},
    )
    monkeypatch.setattr(_asking, "load_catalogue", lambda: small)
    return fake


def test_addresses_on_a_card_are_fetched_by_its_name(ask, one_card):
    code, out, _ = ask("fetch", "leeds-payments-2012", "--json")
    assert (code, [(row["state"], row["arrived"]) for row in json.loads(out)]) == (0, [("complete", 1)])


def test_harvest_asks_for_what_is_due_once(ask, one_card):
    code, _, told = ask("harvest")
    assert (code, "leeds-payments-2012" in told, "opencompact build --workspace" in " ".join(told.split())) == (0, True, True)
    code, _, told = ask("harvest")
    assert (code, "Nothing was due." in told, len(one_card.asked)) == (0, True, 1)
