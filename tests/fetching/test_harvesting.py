import hashlib
import itertools
from dataclasses import replace
from datetime import date

import pytest
from tests.fakes import moods
from tests.fakes.files import Files
from tests.fakes.govuk import Govuk, consultation
from tests.fakes.moods import after
from tests.fakes.releases import contracts_finder, find_a_tender, release
from tests.fetching.asking import feed_of, harvesting, states, told

from opencompact.fetching.addresses import files

DAY = date(2031, 7, 1)
STAGES = ("planning", "tender", "award")


def releases(number=250, days=15):
    return [release(each, f"2031-07-{1 + each % days:02}T{each % 24:02}:10:00+01:00", STAGES[each % 3]) for each in range(number)]


def day_of_releases(number=5):
    return [release(each, f"2031-07-01T{each % 24:02}:10:00+01:00", STAGES[each % 3]) for each in range(number)]


def tenders(root):
    return feed_of("find-a-tender", root)


def test_day_is_read_page_by_page_and_again_by_stage(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(5), page=2)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
    first = "/api/1.0/ocdsReleasePackages?updatedFrom=2031-06-30T23:00:00&updatedTo=2031-07-02T01:00:00&limit=100"
    assert fake.asked == [
        first,
        f"{first}&cursor=Mg==",
        f"{first}&cursor=NA==",
        f"{first}&stages=planning",
        f"{first}&stages=tender",
        f"{first}&stages=award",
    ]


def test_proved_days_are_not_asked_for_again(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        harvest.fetch(DAY, DAY)
        before = len(fake.asked)
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
    assert len(fake.asked) == before


def test_release_lost_by_a_wide_window_is_found_day_by_day(httpserver, tmp_path):
    fake = contracts_finder(httpserver, releases(), lost=["000007-2031"])
    with harvesting(tmp_path, feed_of("contracts-finder", fake.root), after("2031-07-16")) as harvest:
        proofs = {proof.day.day: proof for proof in harvest.fetch(DAY, date(2031, 7, 15))}
    assert {proof.state for proof in proofs.values()} == {"complete"}
    assert sum(proof.arrived for proof in proofs.values()) == 250
    assert (proofs[8].differing, proofs[8].readings, proofs[9].differing, proofs[9].readings) == (1, 3, 0, 2)


def test_feed_that_differs_each_time_has_gaps_and_is_left_for_the_next_run(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(3))
    dropping = [lambda _fake, _request, true, kept=kept: moods.as_json({**true.get_json(), "releases": true.get_json()["releases"][:kept]}) for kept in (1, 2)]
    fake.moods.extend([*dropping, *[moods.changed(releases=[])] * 3])
    with harvesting(tmp_path, replace(tenders(fake.root), stages=()), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("gaps", None, 2, None)}
        assert len(fake.asked) == 5
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 3, 3, 0)}


@pytest.mark.parametrize("day", ["2031-03-30", "2031-10-26"])
def test_days_on_which_the_clocks_change_are_whole(httpserver, tmp_path, day):
    instants = ["T00:00:00", "T00:59:59", "T02:00:00", "T03:30:00", "T23:59:59"]
    winter, summer = ("+00:00", "+01:00") if day == "2031-03-30" else ("+01:00", "+00:00")
    offered = [release(each, f"{day}{instant}{winter if instant < 'T01' else summer}") for each, instant in enumerate(instants)]
    offered.append(release(90, f"{day}T01:30:00Z"))
    before, following = (
        date.fromisoformat(day).replace(day=date.fromisoformat(day).day - 1),
        date.fromisoformat(day).replace(day=date.fromisoformat(day).day + 1),
    )
    offered += [release(91, f"{before}T23:30:00{winter}"), release(92, f"{following}T00:30:00{summer}")]
    fake = find_a_tender(httpserver, offered)
    with harvesting(tmp_path, tenders(fake.root), after(day, 40)) as harvest:
        assert states(harvest.fetch(date.fromisoformat(day), date.fromisoformat(day))) == {day: ("complete", 6, 6, 0)}
        held = {proof.day.isoformat(): proof.arrived for proof in harvest.proofs()}
    assert held == {before.isoformat(): 1, day: 6, following.isoformat(): 1}


def test_day_that_is_not_over_is_not_proved(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-01", 12)) as harvest:
        assert harvest.fetch(DAY, DAY) == []
    assert fake.asked == []


PASSING = {
    "web_page": moods.html,
    "empty": moods.empty,
    "cut_short": moods.cut,
    "broken_json": moods.not_json,
}


@pytest.mark.parametrize("kind", PASSING)
def test_bad_answer_is_kept_as_evidence_and_asked_for_again(httpserver, tmp_path, kind):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(PASSING[kind])
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert told(harvest) == [(kind, "unusable")]
        bad = next(entry for entry in harvest.ledger.entries if entry.fault)
        kept = (harvest.folder / bad.file).read_bytes()
        assert (bad.file.endswith(".unusable"), hashlib.sha256(kept).hexdigest(), len(kept)) == (True, bad.sha256, bad.bytes)


def test_body_damaged_on_the_way_is_asked_for_again(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(moods.damaged_gzip)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert told(harvest) == [("cut_short", "unusable")]


def test_json_nested_beyond_reason_is_no_crash(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(moods.nested)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert [kind for kind, _ in told(harvest)] == ["broken_json"]


def test_gzip_is_unpacked(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(moods.gzipped)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert told(harvest) == []


@pytest.mark.parametrize("mood", [moods.page_before, moods.page_before_stamped_anew])
def test_page_given_twice_counts_once_and_is_asked_for_again(httpserver, tmp_path, mood):
    fake = find_a_tender(httpserver, day_of_releases(6), page=2)
    fake.moods.extend([None, mood])
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 6, 6, 0)}
        assert told(harvest) == [("repeated_page", "unusable")]


def test_page_given_for_ever_breaks_the_reading_and_not_the_run(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(6), page=2)
    fake.moods.extend([None, *[moods.changed(releases=day_of_releases(2))] * 5])
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        proofs = harvest.fetch(DAY, DAY)
        assert [entry.event for entry in harvest.ledger.entries if entry.event not in ("answer", "begun")] == ["broken", "finished", "finished"]
    assert (proofs[0].state, proofs[0].arrived) == ("complete", 6)


def test_cursor_that_leads_back_breaks_the_reading(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(6), page=2)
    first = f"{fake.root}/api/1.0/ocdsReleasePackages?updatedFrom=2031-06-30T23:00:00&updatedTo=2031-07-02T01:00:00&limit=100"
    fake.moods.extend([None, moods.changed(links={"next": first})])
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 6, 6, 0)}
        assert told(harvest) == [("lost_next_link", "usable")]


def test_next_link_that_vanishes_before_the_count_is_reached_is_asked_again_day_by_day(httpserver, tmp_path):
    items = [consultation(f"item-{each}", f"2031-07-{1 + each % 3:02}T09:{each:02}:00Z") for each in range(6)]
    fake = Govuk(httpserver, items, kept_back=2)
    with harvesting(tmp_path, feed_of("govuk-consultations", fake.root), after("2031-07-04")) as harvest:
        proofs = harvest.fetch(DAY, date(2031, 7, 3))
        assert told(harvest) == [("lost_next_link", "usable")]
    assert states(proofs) == {f"2031-07-0{day}": ("complete", 2, 2, 0) for day in (1, 2, 3)}
    assert [proof.readings for proof in proofs] == [2, 2, 2]


def test_full_page_without_a_next_link_is_doubted(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(6), page=3)
    fake.moods.append(moods.without("links"))
    with harvesting(tmp_path, replace(tenders(fake.root), limit=3), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 6, 6, 0)}
        assert told(harvest)[0] == ("full_last_page", "usable")


def test_next_link_to_another_host_is_refused(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(6), page=3)
    fake.moods.append(moods.changed(links={"next": "https://elsewhere.example/api?cursor=1"}))
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 6, 6, 0)}
        fault = next(entry.fault for entry in harvest.ledger.entries if entry.fault)
    assert (fault.kind, fault.found) == ("other_host", "a next page at https://elsewhere.example")


def test_redirect_within_the_host_is_followed_and_noted(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(moods.moved("/api/1.0/ocdsReleasePackages?updatedFrom=2031-06-30T23:00:00&updatedTo=2031-07-02T01:00:00&limit=99"))
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert told(harvest) == [("redirected", "unusable")]


@pytest.mark.parametrize(("mood", "kind"), [(moods.moved("https://elsewhere.example/"), "other_host"), (moods.moved("/round"), "too_many_redirects")])
def test_redirect_elsewhere_or_in_a_circle_breaks_the_reading(httpserver, tmp_path, mood, kind):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.extend(
        [mood, *[moods.moved("/round/2"), moods.moved("/round/3"), moods.moved("/round/4"), moods.moved("/round/5")][: 4 if "many" in kind else 0]]
    )
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert told(harvest)[-1] == (kind, "unusable")


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"releases": {"0": {}}}, "`releases` is an object; expected a list"),
        ({"releases": ["one"]}, 'a release is "one"; expected an object'),
        ({"releases": [{"id": ["x"]}]}, "the `id` of a release is neither text nor a number"),
        ({"releases": [{"id": "1", "date": 20310701}]}, "`date` is a whole number; expected text"),
        ({"links": "none"}, "`links` is text; expected an object"),
        ({"links": {"next": 2}}, "`next` is a whole number; expected text"),
    ],
)
def test_field_that_changes_its_type_breaks_the_reading_and_is_told(httpserver, tmp_path, parts, found):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(moods.changed(**parts))
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert [(entry.fault.kind, entry.fault.found, entry.is_usable) for entry in harvest.ledger.entries if entry.fault] == [("changed_type", found, False)]


def test_number_no_computer_holds_is_read(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(1))
    fake.moods.append(moods.in_bytes(lambda body: body.replace(b'"maximumLotsBidPerSupplier": 2', b'"maximumLotsBidPerSupplier": 1e9999'), "application/json"))
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 1, 1, 0)}
        assert told(harvest) == []


@pytest.mark.parametrize(
    ("byte", "content_type", "faults"),
    [
        (b"\x93", "application/json; charset=iso-8859-1", []),
        ("“".encode(), "application/json; charset=utf-8", []),
        ("“".encode(), "application/json; charset=iso-8859-1", [("other_charset", "usable")]),
        (b"\x93", "application/json", [("outside_charset", "unusable")]),
        (b"\x81", "application/json; charset=iso-8859-1", [("outside_charset", "unusable")]),
        (b"\x93", "application/json; charset=nonsense", [("outside_charset", "unusable")]),
    ],
)
def test_bytes_outside_the_charset_named(httpserver, tmp_path, byte, content_type, faults):
    fake = find_a_tender(httpserver, day_of_releases(1))
    fake.moods.append(moods.in_bytes(lambda body: body.replace(b"Sample notice", byte), content_type))
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 1, 1, 0)}
        assert told(harvest) == faults


@pytest.mark.parametrize(
    ("source", "mood", "waited"),
    [
        ("contracts-finder", moods.status(403), 300.0),
        ("find-a-tender", moods.status(429), 120.0),
        ("find-a-tender", moods.status(503, Retry_After="90"), 90.0),
        ("find-a-tender", moods.status(429, Retry_After="1"), 12.0),
        ("find-a-tender", moods.status(429, Retry_After="soon"), 120.0),
        ("find-a-tender", moods.status(500), 12.0),
    ],
)
def test_source_that_is_busy_is_waited_for(httpserver, tmp_path, source, mood, waited):
    fake = (contracts_finder if source == "contracts-finder" else find_a_tender)(httpserver, day_of_releases())
    fake.moods.append(mood)
    time = after("2031-07-02")
    with harvesting(tmp_path, feed_of(source, fake.root), time) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
    assert time.slept[0] == waited


def test_wait_until_a_date_is_kept(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(moods.status(503, Retry_After="Wed, 02 Jul 2031 06:10:00 GMT"))
    time = after("2031-07-02", 6)
    with harvesting(tmp_path, tenders(fake.root), time) as harvest:
        harvest.fetch(DAY, DAY)
    assert 590 <= time.slept[0] <= 600


def test_wait_beyond_patience_stops_the_source_and_the_next_run_goes_on(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(5), page=2)
    fake.moods.extend([None, moods.status(429, Retry_After="86400")])
    time = after("2031-07-02")
    with harvesting(tmp_path, tenders(fake.root), time) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("gaps", None, 2, None)}
        assert time.slept == [11.0]
        before = len(fake.asked)
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
    assert fake.asked[before].endswith("&limit=100&cursor=Mg==")


def test_source_that_stays_bad_is_given_up_after_two_windows(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.extend([moods.html] * 100)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-20")) as harvest:
        assert {proof.state for proof in harvest.fetch(DAY, date(2031, 7, 9))} == {"gaps"}
    assert len(fake.asked) == 10


def test_host_that_cannot_be_reached_stops_at_once(tmp_path):
    with harvesting(tmp_path, tenders("http://127.0.0.1:9"), after("2031-07-20")) as harvest:
        assert states(harvest.fetch(DAY, date(2031, 7, 9))) == {"2031-07-01": ("gaps", None, 0, None)}
        assert {kind for kind, _ in told(harvest)} == {"unreachable"}


def test_window_interrupted_goes_on_from_its_last_whole_page(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(6), page=2)
    time = after("2031-07-02")

    with harvesting(tmp_path, tenders(fake.root), time) as harvest:
        answer, harvest.asker.ask = harvest.asker.ask, _dies_at(harvest.asker.ask, 2)
        with pytest.raises(KeyboardInterrupt):
            harvest.fetch(DAY, DAY)
        assert answer is not None
    half = harvest.folder / "2031-07-01" / "20310702T000000000000Z.part"
    half.write_bytes(b"{")
    with harvest.ledger.path.open("ab") as ledger:
        ledger.write(b'{"source": "sam')
    before = len(fake.asked)
    with harvesting(tmp_path, tenders(fake.root), time) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 6, 6, 0)}
        assert [entry.reading for entry in harvest.ledger.entries if entry.event == "begun"] == [1, 2]
    assert fake.asked[before].endswith("cursor=NA==")
    assert not half.exists()


def _dies_at(ask, number):
    calls = []

    def asked(url, **given):
        calls.append(url)
        if len(calls) > number:
            raise KeyboardInterrupt
        return ask(url, **given)

    return asked


def test_page_whose_file_is_gone_is_asked_for_again(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(4), page=2)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        harvest.asker.ask = _dies_at(harvest.asker.ask, 1)
        with pytest.raises(KeyboardInterrupt):
            harvest.fetch(DAY, DAY)
        (harvest.folder / harvest.ledger.entries[-1].file).unlink()
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02", 31)) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 4, 4, 0)}
    assert fake.asked[0] == fake.asked[1]


def test_page_whose_file_was_spoilt_is_asked_for_again(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(4), page=2)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        harvest.asker.ask = _dies_at(harvest.asker.ask, 1)
        with pytest.raises(KeyboardInterrupt):
            harvest.fetch(DAY, DAY)
        page = harvest.folder / harvest.ledger.entries[-1].file
        page.write_bytes(b" " * page.stat().st_size)
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02", 31)) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 4, 4, 0)}
    assert fake.asked[0] == fake.asked[1]


def test_redirect_to_itself_breaks_the_reading(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    fake.moods.append(lambda fake, request, _true: moods.moved(f"{fake.root}{request.full_path}")(fake, request, None))
    with harvesting(tmp_path, tenders(fake.root), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("complete", 5, 5, 0)}
        assert told(harvest) == [("too_many_redirects", "unusable")]


def test_pause_between_requests_to_a_host_is_kept(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases(4), page=2)
    time = after("2031-07-02")
    with harvesting(tmp_path, tenders(fake.root), time) as harvest:
        harvest.fetch(DAY, DAY)
        asked = [entry for entry in harvest.ledger.entries if entry.event == "answer"]
    assert {(later.asked_at - earlier.answered_at).total_seconds() >= 12 for earlier, later in itertools.pairwise(asked)} == {True}
    assert fake.agents == {"OpenCompact/test (+office@example.org)"}


def test_answer_larger_than_the_source_can_be_is_not_kept(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    feed = tenders(fake.root)
    with harvesting(tmp_path, replace(feed, manners=replace(feed.manners, most_bytes=100)), after("2031-07-02")) as harvest:
        assert states(harvest.fetch(DAY, DAY)) == {"2031-07-01": ("gaps", None, 0, None)}
        assert {kind for kind, _ in told(harvest)} == {"too_large"}
    assert list(harvest.folder.glob("*/*")) == []


def test_due_days_begin_a_month_back_then_go_on_and_return_to_gaps(httpserver, tmp_path):
    fake = find_a_tender(httpserver, day_of_releases())
    time = after("2031-07-04")
    with harvesting(tmp_path, tenders(fake.root), time) as harvest:
        assert harvest.due() == [(date(2031, 6, 5), date(2031, 7, 4))]
        fake.moods.extend([moods.html] * 5)
        harvest.fetch(DAY, DAY)
        assert harvest.due() == [(date(2031, 7, 2), date(2031, 7, 4))]
        time.at = after("2031-07-05").at
        assert harvest.due() == [(DAY, DAY), (date(2031, 7, 2), date(2031, 7, 5))]
        assert {proof.state for proof in harvest.harvest()} == {"complete"}
        assert harvest.due() == []


def test_whole_source_is_due_when_its_time_has_come(httpserver, tmp_path):
    fake = Files(httpserver, {"/a.csv": b"a,b\n1,2\n"})
    time = after("2031-07-04")
    with harvesting(tmp_path, files([f"{fake.root}/a.csv"]), time) as harvest:
        assert states(harvest.harvest()) == {"2031-07-05": ("complete", 1, 1, 0)}
        assert harvest.due() == []
        time.at = after("2031-07-11").at
        assert harvest.due() == [(date(2031, 7, 12), date(2031, 7, 12))]
