import pytest

from opencompact.records.rules.notices import NoticeKinds, notice_kinds, notice_of, part, rows, says, text
from opencompact.registry import load_catalogue

TERMS = load_catalogue().vocabularies["notice-kinds"].terms
KINDS = notice_kinds(TERMS)


def document(kind, number="980001-2031"):
    return {"id": number, "noticeType": kind, "url": f"https://notices.sample.example/{number}"}


def release(*tags, **sections):
    return {"id": "980001-2031", "tag": list(tags), **sections}


def test_vocabulary_has_all_seventeen_notices_of_the_act():
    assert [kind for kind in KINDS.does if kind.startswith("UK")] == [f"UK{number}" for number in range(1, 18)]


@pytest.mark.parametrize(
    ("kind", "sections"),
    [
        ("UK2", {"planning": {"documents": [document("UK2")]}}),
        ("UK4", {"tender": {"documents": [{"id": "x"}, document("UK4")]}}),
        ("UK6", {"awards": [{"id": "1"}, {"id": "2", "documents": [document("UK6")]}]}),
        ("UK11", {"contracts": [{"documents": [document("UK11")]}]}),
    ],
)
def test_kind_is_the_number_on_the_notice_itself(kind, sections):
    notice = notice_of(release("award", **sections), KINDS)
    assert (notice.kind, notice.document_id, notice.url) == (kind, "980001-2031", "https://notices.sample.example/980001-2031")


def test_of_several_numbered_documents_the_release_s_own_counts():
    sections = {"tender": {"documents": [document("UK3", "970000-2031"), document("UK4")]}}
    assert notice_of(release("tender", **sections), KINDS).kind == "UK4"


def test_numbered_document_of_another_id_counts_where_none_is_the_release_s_own():
    assert notice_of(release("tender", tender={"documents": [document("UK4", "other")]}), KINDS).kind == "UK4"


@pytest.mark.parametrize(("tags", "kind"), [(["contract", "award"], "award"), (["sample"], "sample"), ([], None), (["tenderUpdate"], "tenderUpdate")])
def test_without_a_number_the_kind_is_a_tag(tags, kind):
    notice = notice_of(release(*tags), KINDS)
    assert (notice.kind, notice.tags, notice.document_id) == (kind, " ".join(tags), None)


@pytest.mark.parametrize(
    ("tags", "kind", "does"),
    [
        (["planning"], "UK2", {"early"}),
        (["tender"], "UK4", {"opens"}),
        (["tenderUpdate"], "UK4", set()),
        (["tender"], None, {"opens"}),
        (["award", "tender"], None, {"opens"}),
        (["award"], "UK6", set()),
        (["tenderCancellation"], "UK12", {"cancels"}),
        (["contractTermination"], None, {"ends"}),
        (["award", "contractTermination"], "UK7", {"ends"}),
    ],
)
def test_what_a_notice_does(tags, kind, does):
    sections = {"tender": {"documents": [document(kind)]}} if kind else {}
    assert notice_of(release(*tags, **sections), KINDS).does == does


def test_tender_among_other_tags_opens_only_where_it_is_the_kind():
    assert notice_of(release("planning", "tender"), KINDS).does == {"early"}


def test_search_of_the_documents_is_spared_where_there_is_no_number():
    assert notice_of(release("award", tender={"documents": [document("UK4")]}), KINDS, numbered=False).kind == "award"


def test_notices_without_a_number_are_made_once():
    kinds = NoticeKinds({"award": ""})
    assert notice_of(release("award"), kinds) is notice_of(release("award"), kinds)


def test_tag_that_is_no_list_or_no_text_is_read_as_far_as_it_can_be():
    assert [notice_of({"tag": tag}, KINDS).tags for tag in ("award", [1, "award"], None)] == ["award", "award", ""]


def test_number_that_is_no_text_is_none():
    assert notice_of(release("award", tender={"documents": [document(4)]}), KINDS).kind == "award"


@pytest.mark.parametrize(("value", "read"), [("a", "a"), (None, None), (True, "true"), (False, "false"), (5, "5"), (0.5, "0.5"), ([], None), ({}, None)])
def test_text_of_any_value(value, read):
    assert text(value) == read


def test_parts_of_another_shape_are_passed_over():
    node = {"a": {"b": 1}, "c": [{"d": 1}, 2], "e": "x"}
    assert (part(node, "a"), part(node, "c"), rows(node, "c"), rows(node, "a"), rows(node, "x")) == ({"b": 1}, {}, [{"d": 1}], [], [])
    assert (says(node, "e", "x"), says({"e": ["x"]}, "e", "x"), says({"e": 5}, "e", "x")) == (True, True, False)
