import copy
import json
import warnings

import ocdsmerge
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ocdsmerge.exceptions import InconsistentTypeError, OCDSMergeWarning

from opencompact.records.rules import merging
from opencompact.registry import load_catalogue

TERMS = load_catalogue().vocabularies["release-merge-rules"].terms
RULES = merging.rule_tree(TERMS)
FEW = [
    *({"path": name, "rule": "omitWhenMerged"} for name in ("id", "date", "tag", "a/b/o")),
    *({"path": name, "rule": "wholeListMerge"} for name in ("w", "a/w", "b/w")),
]


def oracle(terms):
    return ocdsmerge.Merger(merge_rules={tuple(term["path"].split("/")): term["rule"] for term in terms})


def dated(*bodies):
    return [{"ocid": "ocds-sample-1", "id": str(place), "date": f"2031-01-{place:02}", "tag": ["sample"], **body} for place, body in enumerate(bodies, start=1)]


def theirs(releases, terms, form):
    merger = oracle(terms)
    make = merger.create_compiled_release if form == "compiled" else merger.create_versioned_release
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OCDSMergeWarning)
        return make(copy.deepcopy(releases))


def merged(*bodies):
    """What of the bodies a compiled release has, besides its own id and date."""
    found = merging.merge([json.dumps(release) for release in dated(*bodies)], RULES)
    return {name: value for name, value in found.release.items() if name not in ("ocid", "id", "date", "tag")}, found.conflicts


# The cases the standard's documentation and its reference implementation's fixtures go through, in our words and values.
CASES = {
    "a value takes the place of the one before": ([{"language": "en"}, {"language": "cy"}], {"language": "cy"}),
    "a null takes a value away": ([{"language": "en", "title": "Sample"}, {"language": None}], {"title": "Sample"}),
    "a null at the start is nothing": ([{"tender": {"title": None}}, {"tender": {"status": "active"}}], {"tender": {"status": "active"}}),
    "a null within an object leaves the object": ([{"tender": {"title": "Sample"}}, {"tender": {"title": None}}], {"tender": {}}),
    "a null for an object leaves it as it was": ([{"tender": {"title": "Sample"}}, {"tender": None}], {"tender": {"title": "Sample"}}),
    "an object gains what is new": ([{"tender": {"title": "Sample"}}, {"tender": {"status": "active"}}], {"tender": {"title": "Sample", "status": "active"}}),
    "an empty object is nothing": ([{"tender": {}}, {"planning": {"budget": {}}}], {}),
    "an empty object changes nothing": ([{"tender": {"title": "Sample"}}, {"tender": {}}], {"tender": {"title": "Sample"}}),
    "an object is filled later": ([{"tender": {}}, {"tender": {"title": "Sample"}}], {"tender": {"title": "Sample"}}),
    "objects merge by id": (
        [{"awards": [{"id": "1", "title": "A"}, {"id": "2"}]}, {"awards": [{"id": "1", "status": "active"}, {"id": "3"}]}],
        {"awards": [{"id": "1", "title": "A", "status": "active"}, {"id": "2"}, {"id": "3"}]},
    ),
    "ids may be numbers": ([{"awards": [{"id": 1, "title": "A"}]}, {"awards": [{"id": 1, "title": "B"}]}], {"awards": [{"id": 1, "title": "B"}]}),
    "an id that becomes text is another where anything is new": (
        [{"awards": [{"id": 1, "title": "A"}]}, {"awards": [{"id": "1", "title": "B", "status": "active"}]}],
        {"awards": [{"id": 1, "title": "B"}, {"id": "1", "status": "active"}]},
    ),
    "one id twice in a release is one object": (
        [{"awards": [{"id": "1", "title": "A"}, {"id": "1", "status": "x"}]}],
        {"awards": [{"id": "1", "title": "A", "status": "x"}]},
    ),
    "objects without id are added": ([{"x": [{"v": 1}]}, {"x": [{"v": 1}, {"v": 2}]}], {"x": [{"v": 1}, {"v": 1}, {"v": 2}]}),
    "an id that is null is an id": ([{"x": [{"id": None, "v": 1}]}, {"x": [{"id": None, "u": 2}]}], {"x": [{"v": 1, "u": 2}]}),
    "a list with a single empty object is nothing": ([{"awards": [{}]}], {}),
    "an empty list of objects changes nothing": ([{"awards": [{"id": "1"}]}, {"awards": []}], {"awards": [{"id": "1"}]}),
    "a list of objects is filled later": ([{"awards": []}, {"awards": [{"id": "1"}]}], {"awards": [{"id": "1"}]}),
    "objects of nulls leave an empty object": ([{"x": [{"v": None}]}], {"x": [{}]}),
    "a list of words is replaced": (
        [{"tender": {"submissionMethod": ["a", "b"]}}, {"tender": {"submissionMethod": ["c"]}}],
        {"tender": {"submissionMethod": ["c"]}},
    ),
    "a list that is not listed but of words is replaced": ([{"x": ["a"]}, {"x": ["b", "c"]}], {"x": ["b", "c"]}),
    "a list with anything but objects is replaced": ([{"x": [{"id": "1"}, "a"]}, {"x": [{"id": "2"}, "b"]}], {"x": [{"id": "2"}, "b"]}),
    "a whole list is replaced": (
        [{"parties": [{"id": "1", "additionalIdentifiers": [{"id": "a"}]}]}, {"parties": [{"id": "1", "additionalIdentifiers": [{"id": "b"}]}]}],
        {"parties": [{"id": "1", "additionalIdentifiers": [{"id": "b"}]}]},
    ),
    "a whole list is emptied": ([{"tender": {"submissionMethod": ["a"]}}, {"tender": {"submissionMethod": []}}], {"tender": {"submissionMethod": []}}),
    "a whole list of an empty object stays": ([{"tender": {"coveredBy": [{}]}}], {"tender": {"coveredBy": [{}]}}),
    "a whole list is taken away": (
        [{"tender": {"submissionMethod": ["a"], "title": "Sample"}}, {"tender": {"submissionMethod": None}}],
        {"tender": {"title": "Sample"}},
    ),
    "nested lists merge at each step": (
        [
            {"awards": [{"id": "1", "items": [{"id": "a", "unit": {"id": "u", "name": "day"}}]}]},
            {"awards": [{"id": "1", "items": [{"id": "a", "quantity": 2}, {"id": "b"}]}]},
        ],
        {"awards": [{"id": "1", "items": [{"id": "a", "unit": {"id": "u", "name": "day"}, "quantity": 2}, {"id": "b"}]}]},
    ),
    "an id that names no object of a list is a value": ([{"tender": {"id": "1"}}, {"tender": {"id": "2"}}], {"tender": {"id": "2"}}),
    "a process of one release": ([{"tender": {"title": "Sample"}}], {"tender": {"title": "Sample"}}),
}


@pytest.mark.parametrize("says", CASES)
def test_case_of_the_standard(says):
    bodies, expected = CASES[says]
    assert merged(*bodies) == (expected, ())
    releases = dated(*bodies)
    texts = [json.dumps(release) for release in releases]
    assert merging.merge(texts, RULES).release == theirs(releases, TERMS, "compiled")
    assert merging.compiled_plainly(map(json.loads, texts), RULES).release == theirs(releases, TERMS, "compiled")
    assert merging.versioned(map(json.loads, texts), RULES).release == theirs(releases, TERMS, "versioned")


def test_compiled_release_has_the_latest_day_and_an_id_made_of_it():
    assert merging.merge([json.dumps(release) for release in dated({}, {})], RULES).release == {
        "tag": ["compiled"],
        "id": "ocds-sample-1-2031-01-02",
        "date": "2031-01-02",
        "ocid": "ocds-sample-1",
    }


def test_release_without_ocid_or_day_merges_alone():
    assert merging.merge(['{"title": "Sample"}'], RULES).release == {"tag": ["compiled"], "id": "None-None", "title": "Sample"}


def test_versioned_release_tells_when_a_value_changed():
    found = merging.versioned(dated({"title": "A"}, {"title": "A"}, {"title": "B"}), RULES).release
    assert [(each["releaseID"], each["releaseDate"], each["releaseTag"], each["value"]) for each in found["title"]] == [
        ("1", "2031-01-01", ["sample"], "A"),
        ("3", "2031-01-03", ["sample"], "B"),
    ]


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([{"x": "a"}, {"x": {"y": 1}}], {"x": {"y": 1}}),
        ([{"x": "a"}, {"x": [{"id": "1"}]}], {"x": [{"id": "1"}]}),
        ([{"x": {"y": 1}}, {"x": "a"}], {"x": {"y": 1}}),
        ([{"x": {"y": 1}}, {"x": ["a"]}], {"x": {"y": 1}}),
        ([{"x": {"y": 1}}, {"x": [{"id": "1"}]}], {"x": {"y": 1}}),
        ([{"x": [{"id": "1"}]}, {"x": {"y": 1}}], {"x": [{"id": "1"}]}),
        ([{"x": ["a"]}, {"x": [{"id": "1"}]}], {"x": ["a", {"id": "1"}]}),
        ([{"x": [{"id": "1"}]}, {"x": "a"}], {"x": [{"id": "1"}]}),
    ],
)
def test_field_that_changes_its_shape_is_kept_and_said(bodies, expected):
    assert merged(*bodies) == (expected, ("x",))


def test_null_after_an_object_is_no_conflict():
    assert merged({"x": {"y": 1}}, {"x": None}, {"x": [{"id": "1"}, 5]}) == ({"x": {"y": 1}}, ("x",))


def test_identifier_that_is_an_object_names_nothing():
    found = merging.merge([json.dumps(release) for release in dated({"x": [{"id": {"y": 1}}]}, {"x": [{"id": {"y": 1}}]})], RULES)
    assert found.release["x"] == [{"id": {"y": 1}}, {"id": {"y": 1}}]


def test_every_release_is_told_before_it_is_merged():
    told = []
    merging.merge([json.dumps(each).encode() for each in dated({"x": 1}, {"x": 2})], RULES, seen=lambda number, release: told.append((number, release["x"])))
    assert told == [(0, 1), (1, 2)]


def test_rule_tree_names_what_is_discarded_at_each_step():
    assert merging.rule_tree([{"path": "a/b", "rule": "omitWhenMerged"}, {"path": "c", "rule": "wholeListMerge"}]) == {
        "a": {"b": "omitWhenMerged", None: ("b",)},
        "c": "wholeListMerge",
        None: (),
    }


LEAVES = st.one_of(st.none(), st.sampled_from(["x", "y", "", 1, 2, 0.5, False]))
KEYS = st.sampled_from(["a", "b", "w", "o", "id"])


def _nested(children):
    objects = st.dictionaries(KEYS, children, max_size=3)
    rows = st.builds(lambda given, body: body if given is None else {**body, "id": given}, st.sampled_from([None, "1", "2", "x", 1, 2]), objects)
    return st.one_of(objects, st.lists(rows, max_size=3), st.lists(st.one_of(LEAVES, objects), max_size=3))


BODIES = st.dictionaries(st.sampled_from(["a", "b", "w", "o"]), st.recursive(LEAVES, _nested, max_leaves=12), max_size=4)


def _has_odd_id(node):
    if isinstance(node, dict):
        return isinstance(node.get("id"), dict | list) or any(map(_has_odd_id, node.values()))
    return isinstance(node, list) and any(map(_has_odd_id, node))


@given(st.lists(BODIES, min_size=1, max_size=4))
def test_merge_is_the_reference_implementation_s(bodies):
    assume(not _has_odd_id(bodies))  # which the reference implementation cannot merge
    releases, rules = dated(*bodies), merging.rule_tree(FEW)
    texts = [json.dumps(release) for release in releases]
    ours, plainly, history = (
        merging.merge(texts, rules),
        merging.compiled_plainly(map(json.loads, texts), rules),
        merging.versioned(map(json.loads, texts), rules),
    )
    assert ours.release == plainly.release
    for found, form in ((ours, "compiled"), (history, "versioned")):
        try:
            expected = theirs(releases, FEW, form)
        except InconsistentTypeError:
            assert found.conflicts
        else:
            assert found.release == expected


@given(st.lists(BODIES, min_size=1, max_size=4))
def test_plain_and_nested_merge_agree(bodies):
    texts, rules = [json.dumps(release) for release in dated(*bodies)], merging.rule_tree(FEW)
    try:
        nested = merging.compiled(map(json.loads, texts), rules)
    except merging.Odd:
        return
    assert merging.Merged(nested) == merging.compiled_plainly(map(json.loads, texts), rules)


def test_object_of_which_only_its_identifier_is_left_and_that_is_discarded_is_nothing():
    rules = merging.rule_tree([{"path": "x/id", "rule": "omitWhenMerged"}])
    assert merging.compiled([{"x": [{"id": "1"}]}], rules) == {"tag": ["compiled"], "id": "None-None"}
