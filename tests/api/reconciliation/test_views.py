import json
import threading
from urllib.parse import urlencode

import jsonschema
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.reconciliation import schemas
from tests.api.reconciliation.conftest import FORM, ROOT

from opencompact.organisations.actions import offering


def test_manifest_is_given_where_nothing_is_asked(ask):
    for address in (ROOT, f"{ROOT}/"):
        jsonschema.validate(ask(address), schemas.MANIFEST)


def test_whole_round_as_openrefine_goes_it(api, ask, post):
    """Manifest, types guessed from a sample of names, the batch, a preview, another organisation chosen by hand, columns fetched."""
    manifest = ask(ROOT)
    guessed = post("queries", {f"q{place}": {"query": name, "limit": 3} for place, name in enumerate(("Nowhere Carers", "Ash Grove Youth Club"))})
    kinds = [each["type"][0]["id"] for answer in guessed.values() for each in answer["result"][:1]]
    assert kinds == ["charity", "charity"]
    query = {"query": "FORD TRUST (THE)", "type": "charity", "type_strict": "should", "properties": [{"pid": "purpose", "v": "Rent"}]}
    answer = post("queries", {"q0": query})
    jsonschema.validate(answer, schemas.RESULTS)
    first = answer["q0"]["result"][0]
    assert (first["id"], first["match"]) == ("GB-CHC-9900001", True)
    preview = api.get(manifest["preview"]["url"].replace("{{id}}", first["id"]))
    assert (preview.status_code, b"The Ford Trust" in preview.content) == (200, True)
    suggest = manifest["suggest"]["entity"]
    chosen = json.loads(api.get(suggest["service_url"] + suggest["service_path"], {"prefix": "ford"}).content)
    assert [each["id"] for each in chosen["result"]] == ["GB-CHC-9900001"]
    propose = manifest["extend"]["propose_properties"]
    offered = json.loads(api.get(propose["service_url"] + propose["service_path"], {"type": "charity"}).content)
    jsonschema.validate(offered, schemas.PROPOSALS)
    fetched = post("extend", {"ids": [first["id"]], "properties": [{"id": each["id"]} for each in offered["properties"]]})
    jsonschema.validate(fetched, schemas.EXTENSION)
    assert fetched["rows"][first["id"]]["name"] == [{"str": "The Ford Trust"}]
    assert api.get(fetched["rows"][first["id"]]["address"][0]["str"]).headers["Location"] == "/organisations/GB-CHC-9900001/"


def test_thousand_names_go_in_one_request(api):
    names = {f"q{place}": {"query": f"Nowhere Carers {place}", "properties": [{"pid": "postcode", "v": "ZZ1 1ZZ"}]} for place in range(1000)}
    answer = api.post(ROOT, urlencode({"queries": json.dumps(names)}), content_type=FORM)
    assert (answer.status_code, list(json.loads(answer.content))) == (200, list(names))


def test_more_than_the_batch_size_is_refused(post):
    assert "found 1,001 of them" in post("queries", {f"q{place}": {"query": "Trust"} for place in range(1001)}, 413)["detail"]


def test_form_too_large_to_take_is_refused(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert api.post(ROOT, urlencode({"queries": json.dumps({"q0": {"query": "Trust" * 50}})}), content_type=FORM).status_code == 413


def test_query_may_come_in_the_address(ask):
    batch = ask(f"{ROOT}?{urlencode({'queries': json.dumps({'a': {'query': 'Nowhere Carers'}})})}")
    one = ask(f"{ROOT}?query=Nowhere+Carers")
    assert batch == {"a": one}
    assert ask(f"{ROOT}?{urlencode({'query': json.dumps({'query': 'Nowhere Carers'})})}") == one
    jsonschema.validate(one, schemas.RESULT)


def test_extension_may_come_in_the_address(ask):
    asked = {"ids": ["GB-CHC-9900001"], "properties": [{"id": "kind"}]}
    assert ask(f"{ROOT}?{urlencode({'extend': json.dumps(asked)})}")["rows"] == {"GB-CHC-9900001": {"kind": [{"str": "Charity"}]}}


def test_form_without_a_question_is_refused_in_words(api):
    answer = api.post(ROOT, {})
    assert (answer.status_code, json.loads(answer.content)["detail"]) == (
        400,
        "found a form without `queries`, `query` and `extend`; expected one of them, as JSON.",
    )


def test_post_needs_no_token_and_leaves_no_cookie(workspace, settings):
    settings.OPENCOMPACT_WORKSPACE = workspace
    client = Client(enforce_csrf_checks=True)
    answer = client.post(ROOT, {"queries": "{}"})
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"{}", {})


def test_any_site_may_ask(api):
    answer = api.options(ROOT)
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    posted = api.post(ROOT, {"queries": "{}"})
    assert (posted.headers["Access-Control-Allow-Origin"], posted.headers["Cache-Control"]) == ("*", "no-store")
    assert posted.headers["OpenCompact-Standing"] == "sample"


@pytest.mark.parametrize("address", ["/suggest/entity", "/properties", "/view/GB-CHC-9900001"])
def test_nothing_else_takes_a_form(api, address):
    assert api.post(ROOT + address, {"queries": "{}"}).status_code == 405


@pytest.mark.parametrize("name", ["jQuery111_5", "window.callbacks.$one"])
def test_callback_wraps_the_answer(api, name):
    answer = api.get(ROOT, {"query": "Nowhere Carers", "callback": name})
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    wrapped = answer.content.decode()
    assert wrapped.startswith(f"/**/{name}(")
    jsonschema.validate(json.loads(wrapped.removeprefix(f"/**/{name}(").removesuffix(");")), schemas.RESULT)


@pytest.mark.parametrize("name", ["", "alert(1)", "a;b", "1st", "a..b", "é", "a" * 101, "a\n"])
def test_callback_that_is_no_name_is_refused(api, name):
    answer = api.get(ROOT, {"callback": name})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_callback_of_a_form_is_not_heeded(api):
    assert api.post(f"{ROOT}?callback=a", {"queries": "{}"}).content == b"{}"


def test_suggestions_of_organisations_begin_with_what_is_typed(ask):
    found = ask(f"{ROOT}/suggest/entity?prefix=INVENTED")
    jsonschema.validate(found, schemas.SUGGESTIONS)
    assert [(each["id"], each["description"]) for each in found["result"]] == [("GB-COH-09900001", "Company GB-COH-09900001")]
    assert [each["id"] for each in ask(f"{ROOT}/suggest/entity?prefix=gb-chc-9900002")["result"]] == ["GB-CHC-9900002"]
    assert ask(f"{ROOT}/suggest/entity?prefix=") == {"result": []}


def test_suggestions_keep_to_types_and_go_on(ask):
    def ids(more):
        return [each["id"] for each in ask(f"{ROOT}/suggest/entity?prefix=o{more}")["result"]]

    assert ids("") == ["GB-CHC-9900004", "GB-CHC-9900002"]  # one begins so, another has a word that does
    assert ids("&cursor=1") == ["GB-CHC-9900002"]
    assert ids("&limit=1") == ["GB-CHC-9900004"]
    assert ids("&type=voluntary") == ids("&type=charity") == ids("")
    assert ids("&type=company") == ids("&type=no-such-type") == []


def test_suggestions_of_types_and_properties(ask):
    kinds = ask(f"{ROOT}/suggest/type?prefix=vol")
    jsonschema.validate(kinds, schemas.SUGGESTIONS)
    assert [each["id"] for each in kinds["result"]] == ["voluntary"]
    asked = ask(f"{ROOT}/suggest/property?prefix=company%20num")
    jsonschema.validate(asked, schemas.SUGGESTIONS)
    assert [each["id"] for each in asked["result"]] == ["number"]
    assert len(ask(f"{ROOT}/suggest/property?prefix=")["result"]) == 10
    assert len(ask(f"{ROOT}/suggest/property?prefix=&cursor=10")["result"]) == 4


def test_proposals_may_be_few(ask):
    assert ask(f"{ROOT}/properties?type=charity&limit=2") == {
        "type": "charity",
        "limit": 2,
        "properties": [{"id": "name", "name": "Name"}, {"id": "kind", "name": "Kind"}],
    }


def test_preview_may_stand_in_any_page_and_loads_nothing(api):
    answer = api.get(f"{ROOT}/preview/GB-CHC-9900001")
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors" not in answer.headers["Content-Security-Policy"]
    text = answer.content.decode()
    assert "Invented sample country" in text
    assert "£20,000, year to 31 March 2031" in text
    assert "src=" not in text
    assert "http" not in text


def test_view_without_a_page_shows_the_preview_and_is_not_framed(api):
    answer = api.get(f"{ROOT}/view/GB-COH-09900001")
    text = answer.content.decode()
    assert (answer.status_code, "not held" in text, "Not counted as a voluntary organisation" in text) == (200, True, True)
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/view/GB-CHC-1", "/preview/GB-CHC-1"])
def test_organisation_that_is_not_here_is_told(ask, address):
    assert ask(ROOT + address, 404)["detail"] == "Release draft has no organisation 'GB-CHC-1'."


def test_without_a_release_it_says_so(api, settings, tmp_path, ask):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert "opencompact build" in ask(ROOT, 503)["detail"]


def test_address_that_the_release_is_not_at_is_told(ask, settings):
    settings.OPENCOMPACT_RELEASE = "2001-01"
    assert "There is no release" in ask(ROOT, 404)["detail"]


def test_register_is_made_once_however_many_ask_at_once(workspace, settings, monkeypatch):
    settings.OPENCOMPACT_WORKSPACE = workspace
    offering.forget()
    made = []
    matcher = offering.matcher
    monkeypatch.setattr(offering, "matcher", lambda *given, **more: made.append(1) or matcher(*given, **more))
    answers = []

    def ask_one():
        answers.append(json.loads(Client().get(ROOT, {"query": "Nowhere Carers"}).content)["result"][0]["id"])

    threads = [threading.Thread(target=ask_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, made) == (["GB-CHC-9900000"] * 4, [1])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2000) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["query", "type", "limit", "properties", "pid", "v", "id", "ids"]) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(field=st.sampled_from(["queries", "query", "extend"]), asked=ANYTHING)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_or_refused_in_words(api, field, asked):
    answer = api.post(ROOT, {field: json.dumps(asked)})
    assert answer.status_code in (200, 400, 413)
    if answer.status_code != 200:
        assert "expected" in json.loads(answer.content)["detail"]
