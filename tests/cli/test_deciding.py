"""Decisions and vendor lists as files at the machine."""

import pytest
from tests.organisations.waiting import COUNCIL, build, org_id

from opencompact.cli import run
from opencompact.organisations.queries.decisions import in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    build(folder / "lake")
    return folder


def test_vendor_list_goes_out_and_comes_back_filled_in(work, tmp_path, capsys):
    out = tmp_path / "vendors.csv"
    assert run(["organisations", "vendors", COUNCIL, "--workspace", str(work), "--out", str(out)])[0] == 0
    assert "Of 5 vendor numbers" in capsys.readouterr().out
    header, *lines = out.read_text(encoding="utf-8").splitlines()
    assert header.startswith("payee_name,published_org_id,body,vendor_number,outcome,organisation_id,because,candidate")
    filled = [line.replace(",V4,,", ",V4,organisation,").replace(f"{org_id(5)},", f"{org_id(5)},Our contract.") if ",V4," in line else line for line in lines]
    out.write_text("\n".join([header, *filled]), encoding="utf-8")
    assert run(["organisations", "decisions", "import", str(out), "--workspace", str(work)])[0] == 0
    row = in_force().get()
    assert (row.body, row.vendor_number, row.organisation_id, row.because, row.decided_by) == (COUNCIL, "V4", org_id(5), "Our contract.", "at the machine")
    assert run(["organisations", "vendors", COUNCIL, "--workspace", str(work), "--out", str(out)])[0] == 0
    assert ",V4," not in out.read_text(encoding="utf-8")


def test_decisions_go_out_and_come_back(work, tmp_path, capsys):
    file, out = tmp_path / "d.csv", tmp_path / "out.csv"
    file.write_text("payee_name,outcome,organisation_id,because\nLamp,not_voluntary,,A shop\nWick,organisation,x,Letter\n", encoding="utf-8")
    code, _ = run(["organisations", "decisions", "import", str(file), "--workspace", str(work)])
    said = capsys.readouterr().out
    assert code == 3
    assert "d.csv, row 3, organisation_id: found 'x'; expected an org-id such as GB-CHC-1234567." in said
    assert run(["organisations", "decisions", "export", "--workspace", str(work), "--out", str(out)])[0] == 0
    assert [line.split(",")[0] for line in out.read_text(encoding="utf-8").splitlines()] == ["payee_name", "Lamp"]


@pytest.mark.parametrize(("content", "said"), [(b"a,b\n", "expected payee_name"), (b"\xff\xfe", "no UTF-8")])
def test_a_file_that_is_none_is_refused(work, tmp_path, content, said):
    (tmp_path / "f.csv").write_bytes(content)
    code, message = run(["organisations", "decisions", "import", str(tmp_path / "f.csv"), "--workspace", str(work)])
    assert (code, said in message) == (3, True)


def test_a_body_without_vendor_numbers_and_a_workspace_without_a_lake_are_refused(work, tmp_path):
    code, message = run(["organisations", "vendors", "nobody", "--workspace", str(work), "--out", str(tmp_path / "v.csv")])
    assert (code, "carries a vendor number" in message) == (3, True)
    (tmp_path / "bare").mkdir()
    code, message = run(["organisations", "vendors", "nobody", "--workspace", str(tmp_path / "bare"), "--out", str(tmp_path / "v.csv")])
    assert (code, "holds no tables yet" in message) == (3, True)
