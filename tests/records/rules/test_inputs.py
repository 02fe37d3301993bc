from pathlib import PurePosixPath as Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.rules.inputs import MARKER, Input, MixedStandings, mark_sample, named, standings


def names(*pairs):
    return {str(item.path): item.name for item in named((Path(file), Path(asked)) for file, asked in pairs)}


def test_file_is_named_from_the_folder_asked_for():
    assert names(("/x/spend/a.csv", "/x/spend"), ("/x/spend/b/a.csv", "/x/spend"), ("/x/c.csv", "/x/c.csv")) == {
        "/x/spend/a.csv": "spend/a.csv",
        "/x/spend/b/a.csv": "spend/b/a.csv",
        "/x/c.csv": "c.csv",
    }


def test_same_name_twice_is_told_apart_by_the_folders_above():
    assert names(("/x/p/a.csv", "/x/p"), ("/y/p/a.csv", "/y/p"), ("/z/b.csv", "/z")) == {
        "/x/p/a.csv": "x/p/a.csv",
        "/y/p/a.csv": "y/p/a.csv",
        "/z/b.csv": "z/b.csv",
    }


def test_name_given_by_widening_may_meet_another():
    found = names(("/q/p/b/x.csv", "/q/p/b"), ("/r/p/b/x.csv", "/r/p"), ("/s/b/x.csv", "/s/b"))
    assert found == {"/q/p/b/x.csv": "q/p/b/x.csv", "/r/p/b/x.csv": "r/p/b/x.csv", "/s/b/x.csv": "s/b/x.csv"}


def test_file_asked_for_twice_is_read_once_under_one_name():
    pairs = [("/x/p/a.csv", "/x/p"), ("/x/p/a.csv", "/x/p/a.csv")]
    assert names(*pairs) == names(*reversed(pairs)) == {"/x/p/a.csv": "p/a.csv"}


def test_bytes_of_a_name_that_are_no_text_are_written_out():
    assert sorted(names(("/x/caf\udce9.csv", "/x"), ("/x/caf\udcea.csv", "/x")).values()) == ["x/caf\\udce9.csv", "x/caf\\udcea.csv"]


PATHS = st.lists(st.sampled_from("abc"), min_size=2, max_size=5).map(lambda parts: Path("/", *parts))


@given(st.dictionaries(PATHS, st.integers(0, 3), max_size=12))
def test_names_are_unique_and_end_the_path(asked):
    items = named((path, path.parents[min(depth, len(path.parents) - 1)]) for path, depth in asked.items())
    assert len({item.name for item in items}) == len(items) == len(asked)
    assert all(str(item.path).endswith(f"/{item.name}") for item in items)
    assert [item.name for item in items] == sorted(item.name for item in items)


COUNTRY = {Path("/country"): {"town/spend": "sample-town", "town": "sample-council", "one.csv": "sample-one"}}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/country/town/spend/2031/a.csv", "sample-town"),
        ("/country/town/a.csv", "sample-council"),
        ("/country/one.csv", "sample-one"),
        ("/country/other/a.csv", ""),
    ],
)
def test_file_below_a_marker_is_of_the_sample_with_the_body_of_its_folder(path, body):
    assert mark_sample([Input(Path(path), "a.csv")], COUNTRY) == [Input(Path(path), "a.csv", is_sample=True, body=body)]


def test_files_without_a_marker_above_stay_as_they_are():
    item = Input(Path("/countryside/a.csv"), "a.csv")
    assert mark_sample([item], COUNTRY) == [item]
    assert standings([item]) == standings([]) == "real"


def test_invented_and_real_files_together_are_refused():
    with pytest.raises(MixedStandings, match=r"Found 1 files of the invented sample country \(such as s.csv\) and 2 others \(such as a.csv\)"):
        mark_sample([Input(Path("/a.csv"), "a.csv"), Input(Path("/country/s.csv"), "s.csv"), Input(Path("/b.csv"), "b.csv")], COUNTRY)


def test_sample_files_make_the_build_a_sample():
    assert standings(mark_sample([Input(Path("/country/a.csv"), "a.csv")], COUNTRY)) == "sample"
    assert MARKER == "sample-country.json"
