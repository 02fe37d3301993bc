"""A tracker read from the command line: counted, its troubles named, and what is no tracker refused."""

from datetime import date

import pytest
from openpyxl import Workbook
from tests.cli.office import asking
from tests.office import bodies

from opencompact.accounts.rules import PUBLIC
from opencompact.cli import BAD_INPUT, USAGE
from opencompact.promises.models import Commitment
from opencompact.promises.queries.ledger import commitment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ledger(tmp_path, settings, capsys, monkeypatch):
    return asking("ledger", tmp_path, settings, capsys, monkeypatch)


@pytest.fixture
def file(tmp_path):
    bodies()
    book = Workbook()
    for line in (
        ("Ref", "Action", "Owner", "Due", "Status"),
        (1, "Meet", "Department of Examples", date(2025, 9, 30), "Complete"),
        (2, "Train", "Nobody", "", ""),
    ):
        book.active.append(line)
    book.save(tmp_path / "plan.xlsx")
    return str(tmp_path / "plan.xlsx")


def test_tracker_is_read_once_and_its_troubles_are_named(ledger, file) -> None:
    trouble = "plan.xlsx, Sheet, row 3, owner: found 'Nobody'; expected the name of a body that takes part, as the office writes it.\n"
    assert ledger("read", file, "--plan", "plan-2025", "--on", "2025-12-31") == (
        0, f"{trouble}1 actions recorded, 0 known already, 1 cells not read. They stand at /ledger/plans/plan-2025/\n", "",
    )  # fmt: skip
    held = commitment(PUBLIC, "plan-2025-1")
    assert (held.state.delivery, held.state.moved_on, held.row.due_on) == ("claimed_done", date(2025, 12, 31), date(2025, 9, 30))
    assert "0 actions recorded, 1 known already, 1 cells not read." in ledger("read", file, "--plan", "plan-2025", "--on", "2025-12-31")[1]
    assert Commitment.objects.count() == 1


def test_file_that_is_no_tracker_is_refused(ledger, tmp_path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    code, _, message = ledger("read", str(tmp_path / "x.xlsx"), "--plan", "p", "--on", "2025-12-31")
    assert (code, "x.xlsx: found a file that is no XLSX workbook" in message) == (BAD_INPUT, True)


def test_day_that_is_none_is_refused(ledger, file) -> None:
    assert (ledger("read", file, "--plan", "p", "--on", "soon")[0], Commitment.objects.count()) == (USAGE, 0)
