"""Live checks, for a person with a network: `pytest -m verification`. Each asks one source once and looks whether its answer still has the form we read."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.verification.shapes import SHAPES, first_answer, wanting

from opencompact.fetching.asking import Clock

CLOCK = Clock(lambda: datetime.now(UTC), time.sleep)
# A working day with notices, a week back from the last Wednesday.
DAY = (datetime.now(UTC) - timedelta(days=7 + (datetime.now(UTC).weekday() - 2) % 7)).date()


@pytest.mark.verification
@pytest.mark.parametrize("source", SHAPES)
def test_live_answer_has_the_form_we_read(source, tmp_path):
    answer, request = first_answer(tmp_path / "raw", SHAPES[source], day=DAY, clock=CLOCK)
    assert (answer.status, answer.fault, answer.told is not None) == (200, None, True), f"{request.url}: {answer.fault}"
    if request.form == "json":
        document = json.loads((tmp_path / answer.file).read_text(encoding="utf-8"))
        assert wanting(document, SHAPES[source]) == set()
        assert len(answer.told.arrived + answer.told.listed) > 0, f"{request.url} gave no record of {DAY}, a working day"
    else:
        assert answer.file.endswith(".zip")
