"""The examples of docs/reference/api.md, asked of the invented release."""

import json
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
EXAMPLES = re.findall(r"```http\nGET (\S+)\n```\n\n```(json|csv)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
MORE = "…"


def shortened(found, example):
    """What was found, with the mark wherever the example has it."""
    if example == MORE:
        return MORE
    if isinstance(example, dict) and isinstance(found, dict):
        kept = {name: shortened(given, example.get(name, given)) for name, given in found.items() if name in example or MORE not in example}
        return {**kept, MORE: MORE} if MORE in example else kept
    if isinstance(example, list) and isinstance(found, list):
        whole = example[-1:] != [MORE]
        return [shortened(one, other) for one, other in zip(found, example if whole else example[:-1], strict=whole)] + ([] if whole else [MORE])
    return found


def test_there_are_examples():
    assert len(EXAMPLES) == 6


@pytest.mark.parametrize(("address", "form", "example"), EXAMPLES)
def test_example_is_as_shown(api, address, form, example):
    answer = api.get(address)
    if form == "csv":
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert [line[: len(shown) - 1] + MORE for line, shown in zip(lines, example.splitlines(), strict=True)] == example.splitlines()
    else:
        assert shortened(json.loads(answer.content), json.loads(example)) == json.loads(example)
