"""Each live source of the catalogue, asked of a server that answers in its true form."""

import json
from datetime import date

import pytest
from tests.fakes import moods
from tests.fakes.files import Files, Grants, dataset, registry, zipped
from tests.fakes.govuk import Govuk, consultation
from tests.fakes.moods import after
from tests.fetching.asking import feed_of, harvesting, states, told

from opencompact.fetching.addresses import files
from opencompact.fetching.feed import CannotAsk, ChangedType, Request, Window
from opencompact.fetching.ledger import standing

DAY = date(2031, 7, 1)
TODAY = date(2031, 7, 2)
WINDOW = Window(DAY, DAY)


def items(number=3, kind="closed_consultation"):
    return [consultation(f"item-{each}", f"2031-07-01T0{each}:30:00+01:00", kind) for each in range(1, number + 1)]


def read(harvest):
    """The files a build would read, by their content's beginning."""
    return sorted(standing(harvest.ledger.entries))


def test_govuk_lists_then_takes_each_item_in_every_state(httpserver, tmp_path):
    kinds = ("consultation", "open_consultation", "consultation_outcome", "open_call_for_evidence", "call_for_evidence_outcome")
    held = [consultation(f"item-{each}", f"2031-07-01T1{each}:30:00Z", kind) for each, kind in enumerate(kinds)]
    fake = Govuk(httpserver, [*held, consultation("news", "2031-07-01T09:00:00Z", "news_story")], page=2)
    with harvesting(tmp_path, feed_of("govuk-consultations", fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        names = [json.loads((harvest.folder / file).read_text())["title"] for file in read(harvest)]
    assert names == [f"Sample item-{each}" for each in range(5)]
    assert [path.split("?")[0] for path in fake.asked] == ["/api/search.json"] * 3 + [f"/api/content/government/consultations/item-{each}" for each in range(5)]
    assert "&start=2&" in fake.asked[1]
    assert "filter_public_timestamp=from:2031-07-01,to:2031-07-01" in fake.asked[0]


def test_govuk_item_in_the_version_held_is_not_taken_again(httpserver, tmp_path):
    fake = Govuk(httpserver, items())
    time = after("2031-07-02")
    with harvesting(tmp_path, feed_of("govuk-consultations", fake.root), time) as harvest:
        harvest.fetch(DAY, DAY)
        fake.items[0] = consultation("item-1", "2031-07-02T09:00:00Z")
        time.at = after("2031-07-03").at
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 1, 1, 0)}
        assert len(read(harvest)) == 3
    assert [path for path in fake.asked if path.startswith("/api/content/")][3:] == ["/api/content/government/consultations/item-1"]


def test_govuk_item_in_the_version_held_counts_for_a_second_reading(httpserver, tmp_path):
    fake = Govuk(httpserver, [*items(), *[consultation(f"more-{each}", "2031-07-02T09:00:00Z") for each in range(3)]], kept_back=1)
    with harvesting(tmp_path, feed_of("govuk-consultations", fake.root), after("2031-07-03")) as harvest:
        assert states(harvest.fetch(DAY, TODAY)) == {"2031-07-01": ("complete", 3, 3, 0), "2031-07-02": ("complete", 3, 3, 0)}
    content = [path for path in fake.asked if path.startswith("/api/content/")]
    assert len(content) == len(set(content)) == 6


def test_govuk_item_that_is_listed_and_gone_is_missing_by_name(httpserver, tmp_path):
    fake = Govuk(httpserver, items(), gone=("/government/consultations/item-2",))
    with harvesting(tmp_path, feed_of("govuk-consultations", fake.root), after("2031-07-02")) as harvest:
        proof = harvest.fetch(DAY, DAY)[0]
        assert set(told(harvest)) == {("refused", "unusable")}
    assert (proof.state, proof.offered, proof.arrived, proof.missing, proof.wanting) == ("gaps", 3, 2, 1, ("/government/consultations/item-2",))


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"results": {}, "total": 1, "start": 0}, "`results` is an object; expected a list"),
        ({"results": [], "total": "1", "start": 0}, "`total` is text; expected a whole number"),
        ({"results": [], "total": True, "start": 0}, "`total` is true or false; expected a whole number"),
        ({"results": [{"link": "https://elsewhere.example/x", "public_timestamp": "x"}], "total": 1, "start": 0}, "`link` is https://elsewhere.example/x"),
        ({"results": [{}], "total": 1, "start": 0}, "`link` is missing; expected text"),
        ({"results": [None], "total": 1, "start": 0}, "found missing where an object with `link` was expected"),
    ],
)
def test_govuk_list_that_has_changed_is_told(document, found):
    feed = feed_of("govuk-consultations", "https://sample.example")
    with pytest.raises(ChangedType) as caught:
        feed.read(feed.first(WINDOW, "")[0], document)
    assert str(caught.value).startswith(found)


def test_govuk_link_without_its_slash_is_a_path():
    feed = feed_of("govuk-consultations", "https://sample.example")
    result = {"link": "government/consultations/x", "public_timestamp": "no instant"}
    told = feed.read(feed.first(WINDOW, "")[0], {"results": [result], "total": 1, "start": 0})
    assert [(request.url, request.item.day) for request in told.more] == [("https://sample.example/api/content/government/consultations/x", None)]


def test_govuk_organisations_are_taken_whole_and_the_latest_list_counts(httpserver, tmp_path):
    fake = Govuk(httpserver, [])
    time = after("2031-07-02", 1)
    with harvesting(tmp_path, feed_of("govuk-organisations-api", fake.root), time) as harvest:
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 6, 6, 0)}
        first = read(harvest)
        time.at = after("2031-07-09", 1).at
        harvest.fetch(date(2031, 7, 9), date(2031, 7, 9))
        assert (len(first), len(read(harvest)), set(first) & set(read(harvest))) == (3, 3, set())
        fake.moods.append(moods.status(404))
        time.at = after("2031-07-16", 1).at
        harvest.fetch(date(2031, 7, 16), date(2031, 7, 16))
        assert {file[:10] for file in read(harvest)} == {"2031-07-09"}


def test_list_whose_next_page_vanishes_has_gaps_of_a_known_size(httpserver, tmp_path):
    fake = Govuk(httpserver, [])
    fake.moods.append(moods.without("next_page_url"))
    with harvesting(tmp_path, feed_of("govuk-organisations-api", fake.root), after("2031-07-02", 1)) as harvest:
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("gaps", 6, 2, 4)}
        assert told(harvest) == [("lost_next_link", "usable")]
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 6, 6, 0)}


def test_registry_leads_to_publishers_files_wherever_they_are(httpserver, tmp_path):
    fake = Files(httpserver, {"/a.csv": b"Identifier,Title\n1,Sample\n", "/b": b'{"grants": []}', "/c.xlsx": zipped("xl/workbook.xml", "<x/>")})
    listed = [dataset("one", f"{fake.root}/a.csv"), dataset("two", f"{fake.root}/b", prefix="360G-other"), dataset("three", f"{fake.root}/moved")]
    fake.files["/data.json"] = registry([*listed, dataset("four", f"{fake.root}/gone"), dataset("five", "")])
    fake.moods.extend([None, None, None, moods.moved(f"{fake.root.replace('localhost', '127.0.0.1')}/c.xlsx", 302)])
    with harvesting(tmp_path, feed_of("threesixtygiving-table", fake.root), after("2031-07-02", 1)) as harvest:
        proof = harvest.fetch(TODAY, TODAY)[0]
        assert [file.rpartition(".")[2] for file in read(harvest)] == ["csv", "json", "xlsx"]
        assert told(harvest) == [("redirected", "unusable"), ("refused", "unusable")]
        assert (proof.state, proof.offered, proof.arrived, proof.wanting) == ("gaps", 4, 3, ("four",))
        before = len(fake.asked)
        fake.files["/gone"] = b"a,b\n1,2\n"
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 4, 4, 0)}
    assert fake.asked[before:] == ["/data.json", "/gone"]


def test_registry_file_in_a_new_version_takes_the_place_of_the_old(httpserver, tmp_path):
    fake = Files(httpserver, {"/a.csv": b"a\n1\n"})
    fake.files["/data.json"] = registry([dataset("one", f"{fake.root}/a.csv")])
    time = after("2031-07-02", 1)
    with harvesting(tmp_path, feed_of("threesixtygiving-table", fake.root), time) as harvest:
        harvest.fetch(TODAY, TODAY)
        fake.files |= {"/a.csv": b"a\n2\n", "/data.json": registry([dataset("one", f"{fake.root}/a.csv", modified="2031-07-08T09:00:00+0000")])}
        time.at = after("2031-07-09", 1).at
        harvest.fetch(date(2031, 7, 9), date(2031, 7, 9))
        assert [(harvest.folder / file).read_bytes() for file in read(harvest)] == [b"a\n2\n"]


def test_registry_asked_for_some_publishers_takes_theirs_alone(httpserver, tmp_path):
    fake = Files(httpserver, {"/a.csv": b"a\n1\n"})
    fake.files["/data.json"] = registry([dataset("one", f"{fake.root}/a.csv"), dataset("two", f"{fake.root}/b.csv", prefix="360G-other")])
    with harvesting(tmp_path, feed_of("threesixtygiving-table", fake.root, only=("360G-samplefund",)), after("2031-07-02", 1)) as harvest:
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 1, 1, 0)}
    feed = feed_of("threesixtygiving-table", fake.root, only=("360G-nobody",))
    expected = pytest.raises(CannotAsk, match="Found the publishers 360G-nobody; expected some of 360G-samplefund, 360G-other")
    with harvesting(tmp_path / "b", feed, after("2031-07-02", 1)) as harvest, expected:
        harvest.fetch(TODAY, TODAY)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a.csv", "http://169.254.169.254/latest", "http://localhost/a", "file:///etc/passwd", "http://box.local/a", "http://[::1"]
)
def test_publishers_address_on_our_own_network_is_not_asked(tmp_path, url):
    listed = registry([dataset("one", url)])
    with harvesting(tmp_path, feed_of("threesixtygiving-table", "https://registry.example.org"), after("2031-07-02", 1)) as harvest:
        harvest.asker.ask = _answers(harvest.asker, listed)
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("gaps", 1, 0, 1)}
        assert told(harvest) == [("other_host", "unusable")]


def _answers(asker, body):
    from opencompact.fetching.asking import Landed

    def ask(url, *, folder, manners, headers):
        assert url == "https://registry.example.org/data.json"
        at = asker.clock.now()
        path = folder / f"{at:%Y%m%dT%H%M%S%f}Z.part"
        path.write_bytes(body)
        return Landed(200, {"Content-Type": "application/json"}, at, at, path, "0" * 64, len(body))

    return ask


def test_organisations_grants_are_taken_page_by_page(httpserver, tmp_path):
    fake = Grants(httpserver, {"GB-CHC-1": ["360G-a-1", "360G-a-2", "360G-a-3"]})
    with harvesting(tmp_path, feed_of("threesixtygiving-api", fake.root, only=("GB-CHC-1",)), after("2031-07-02", 1)) as harvest:
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 3, 3, 0)}
    assert [path.split("GB-CHC-1/")[1] for path in fake.asked] == ["grants_made/", "grants_made/?offset=2", "grants_received/"]


def test_organisation_nobody_knows_breaks_the_reading(httpserver, tmp_path):
    fake = Grants(httpserver, {})
    with harvesting(tmp_path, feed_of("threesixtygiving-api", fake.root, only=("GB-CHC-1",)), after("2031-07-02", 1)) as harvest:
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("gaps", None, 0, None)}
        assert told(harvest) == [("refused", "unusable")]


def test_extract_is_taken_by_table_and_again_only_when_changed(httpserver, tmp_path):
    tables = ("charity", "charity_other_names")
    paths = {f"/data/txt/publicextract.{table}.zip": zipped(f"{table}.txt", "a\tb\n1\t2\n") for table in tables}
    fake = Files(httpserver, paths, stamps=dict.fromkeys(paths, '"one"'))
    time = after("2031-07-02", 1)
    with harvesting(tmp_path, feed_of("charity-commission-charities", fake.root, only=tables), time) as harvest:
        assert states(harvest.fetch(TODAY, TODAY)) == {"2031-07-02": ("complete", 2, 2, 0)}
        first = read(harvest)
        time.at = after("2031-07-03", 1).at
        fake.stamps["/data/txt/publicextract.charity.zip"] = '"two"'
        assert states(harvest.fetch(date(2031, 7, 3), date(2031, 7, 3))) == {"2031-07-03": ("complete", 2, 2, 0)}
        assert [file[:10] for file in read(harvest)] == ["2031-07-02", "2031-07-03"]
        assert [entry.status for entry in harvest.ledger.entries if entry.url] == [200, 200, 200, 304]
    assert [headers.get("If-None-Match") for headers in fake.headers] == [None, None, '"one"', '"one"']
    assert fake.headers[2]["If-Modified-Since"] == "Tue, 01 Jul 2031 09:00:00 GMT"
    assert all(file.endswith(".zip") for file in first)


def test_extract_without_its_trustees():
    feed = feed_of("charity-commission-charities", "https://sample.example")
    tables = [request.item.id for request in feed.first(WINDOW, "")]
    assert (len(tables), [table for table in tables if "trustee" in table]) == (12, [])
    with pytest.raises(CannotAsk, match="Found the tables charity_trustee; expected some of charity, "):
        feed_of("charity-commission-charities", "https://sample.example", only=("charity_trustee",))
    with pytest.raises(ChangedType):
        feed.read(Request("https://sample.example"), {})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 cut", "cut_short"),
        (b"  \n", "empty"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML><html>not found</html>", "web_page"),
    ],
)
def test_file_that_is_none_is_kept_as_evidence_and_the_one_before_stands(httpserver, tmp_path, content, kind):
    fake = Files(httpserver, {"/a.zip": zipped("a.txt", "a\n1\n")})
    time = after("2031-07-02", 1)
    with harvesting(tmp_path, files([f"{fake.root}/a.zip"]), time) as harvest:
        harvest.fetch(TODAY, TODAY)
        first = read(harvest)
        fake.files["/a.zip"] = content
        time.at = after("2031-07-09", 1).at
        assert states(harvest.fetch(date(2031, 7, 9), date(2031, 7, 9))) == {"2031-07-09": ("gaps", 1, 0, 1)}
        assert set(told(harvest)) == {(kind, "unusable")}
        assert read(harvest) == first


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (zipped("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("a.csv", "a\n"), "zip"),
        (b"[1]", "json"),
    ],
)
def test_file_is_named_for_what_it_is(httpserver, tmp_path, content, suffix):
    fake = Files(httpserver, {"/download": content})
    with harvesting(tmp_path, files([f"{fake.root}/download"]), after("2031-07-02", 1)) as harvest:
        harvest.fetch(TODAY, TODAY)
        assert [file.rpartition(".")[2] for file in read(harvest)] == [suffix]


def test_unchanged_answer_to_a_question_not_asked_is_a_fault(httpserver, tmp_path):
    fake = Files(httpserver, {"/a.csv": b"a\n"})
    fake.moods.append(moods.status(304))
    with harvesting(tmp_path, files([f"{fake.root}/a.csv"]), after("2031-07-02", 1)) as harvest:
        harvest.fetch(TODAY, TODAY)
        assert told(harvest) == [("not_held", "unusable")]
