"""Requests made up from the API's own description, right and wrong, and what no answer to them may be."""

import os
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings as site_settings
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from opencompact.api import pages

# Made up at random, over all operations together. OPENCOMPACT_API_CASES=4000 is the long run, which also tries every limit of every parameter.
ASKED = os.environ.get("OPENCOMPACT_API_CASES")
EACH = -(-int(ASKED or 300) // len(pages.described()["paths"]))

# Described by the program alone, so it can be asked before there is a release; whitenoise warns of a missing folder.
Path(site_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
schema.config.phases.coverage.enabled = ASKED is not None


@schema.parametrize()
@settings(max_examples=EACH, suppress_health_check=list(HealthCheck))
@pytest.mark.usefixtures("api")
@pytest.mark.django_db  # the program's own client ends each request as a server does, with a look at connections another test may have left open
def test_answers_are_as_described(case):
    if case.meta.generation.mode.is_positive:
        case.query.pop("cursor", None)  # a made-up one is refused, as it must be; what a true one does is told in test_cursors
    case.call_and_validate(headers={"Accept-Encoding": "identity"})  # this client unpacks nothing
