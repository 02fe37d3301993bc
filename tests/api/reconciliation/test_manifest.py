import jsonschema
from django.contrib.staticfiles import finders
from tests.api.reconciliation import schemas
from tests.api.reconciliation.conftest import ROOT


def test_manifest_says_what_is_offered(ask):
    found = ask(ROOT)
    jsonschema.validate(found, schemas.MANIFEST)
    assert found["versions"] == ["0.1", "0.2"]
    assert found["batchSize"] >= 1000
    assert found["name"].startswith("INVENTED SAMPLE COUNTRY: ")
    assert found["view"]["url"] == f"http://testserver{ROOT}/view/{{{{id}}}}"
    assert [each["id"] for each in found["defaultTypes"]] == [
        "organisation",
        "voluntary",
        "cio",
        "charity",
        "cic",
        "society",
        "public_body",
        "company",
        "other",
    ]


def test_every_address_of_the_manifest_answers(api, ask):
    found = ask(ROOT)
    places = [found["extend"]["propose_properties"], *found["suggest"].values()]
    addresses = [place["service_url"] + place["service_path"] for place in places] + [found["schemaSpace"], found["documentation"]]
    templates = [found["view"]["url"], found["preview"]["url"]]
    for address in [*addresses, *(each.replace("{{id}}", "GB-COH-09900001") for each in templates)]:
        assert api.get(address).status_code == 200, address
    assert finders.find(found["logo"].removeprefix("http://testserver/static/"))
