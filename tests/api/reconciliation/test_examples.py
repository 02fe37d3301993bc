"""The examples of docs/reference/reconciliation.md, asked of the invented release."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.api.reconciliation.conftest import FORM
from tests.api.test_examples import shortened

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "reconciliation.md"
EXAMPLES = re.findall(r"```http\n(GET|POST) (\S+)\n(?:(\w+)=([^\n]*)\n)?```\n\n```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_examples():
    assert len(EXAMPLES) == 7


@pytest.mark.parametrize(("method", "address", "field", "asked", "example"), EXAMPLES)
def test_example_is_as_shown(api, method, address, field, asked, example):
    answer = api.post(address, urlencode({field: asked}), content_type=FORM) if method == "POST" else api.get(address)
    assert shortened(json.loads(answer.content), json.loads(example)) == json.loads(example)
