"""Samples of every format with bytes flipped, cut, doubled and put in: rows, problems or a refusal come of each, never a traceback.

OPENCOMPACT_MUTATIONS sets how many are tried.
"""

import io
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.records.runs import PAYMENTS, catalogue_of, lake_of, payment

from opencompact.records.actions.decoding import CannotRead, member_bytes, read_bytes, refuse_archive
from opencompact.records.actions.reading import find_inputs
from opencompact.records.actions.reading.knowing import knowing
from opencompact.records.actions.reading.tidying import tidy

EXAMPLES = int(os.environ.get("OPENCOMPACT_MUTATIONS", "150"))
CSV = PAYMENTS + payment("2031-07-01", "SAMPLE TRUST", "10.00") + payment("2031-07-02", '"SAMPLE, QUAY LTD"', '"1,020.00"')
GRANT = {
    "id": "360G-sample-1",
    "awardDate": "2031-01-01",
    "amountAwarded": 1e9,
    "currency": "GBP",
    "fundingOrganization": [{"id": "360G-sample", "name": "Sample Fund"}],
    "recipientOrganization": [{"id": "GB-CHC-1990001", "name": "Sample Café"}],
}
RELEASE = {"ocid": "ocds-b5fd17-1", "date": "2031-01-01T00:00:00Z", "tag": ["award"], "buyer": {"id": "1", "name": "Sample Café"}}
ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="names">{}</table:table></office:spreadsheet></office:body></office:document-content>"""


def packed(files, *, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def book():
    made, held = openpyxl.Workbook(), io.BytesIO()
    for row in [["org_id", "name"], ["GB-CHC-1990001", "Sample Trust"], ["GB-CHC-1990002", 12.5]]:
        made.active.append(row)
    made.save(held)
    with zipfile.ZipFile(held) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()}, method=zipfile.ZIP_STORED)  # so that what is changed is the sheet, too


def open_document():
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in (["org_id", "name"], ["GB-CHC-1990001", "Sample Trust"]))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    files = {"mimetype": kind, "META-INF/manifest.xml": f'{manifest}manifest:media-type="{kind}"/></manifest:manifest>', "content.xml": ODS.format(rows)}
    return packed(files, method=zipfile.ZIP_STORED)


SAMPLES = {
    "a.csv": CSV.encode(),
    "b.csv": CSV.replace("SAMPLE", "SÄMPLE").encode("cp1252"),
    "c.csv": CSV.encode("utf-16"),
    "d.tsv": CSV.replace('"SAMPLE, QUAY LTD"', "SAMPLE QUAY").replace('"1,020.00"', "1020").replace(",", "\t").encode(),
    "e.json": json.dumps({"grants": [GRANT, GRANT]}).encode(),
    "f.jsonl": "".join(json.dumps({**RELEASE, "id": f"b5fd17-{place}"}) + "\n" for place in (1, 2)).encode(),
    "g.xlsx": book(),
    "h.ods": open_document(),
    "i.zip": packed({"a.csv": CSV, "b/names.csv": "org_id,name\nGB-CHC-1990001,Sample Trust\n"}),
}
CHANGES = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "double", "put in"]), st.floats(0, 1), st.integers(1, 40), st.binary(min_size=1, max_size=6)),
    min_size=1,
    max_size=6,
)


def changed(content, changes):
    for kind, share, size, put_in in changes:
        at = int(share * len(content))
        if kind == "flip":
            content = content[:at] + bytes(byte ^ put_in[0] for byte in content[at : at + 1]) + content[at + 1 :]
        elif kind == "cut":
            content = content[:at] + content[at + size :] if size < 30 else content[:at]
        elif kind == "double":
            content = content[: at + size] + content[at : at + size] * 3 + content[at + size :]
        else:
            content = content[:at] + put_in + content[at:]
    return content


@pytest.fixture(scope="module")
def at_work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutations")
    catalogue = catalogue_of("central-government-payments", "threesixtygiving-json", "register-names", "contracts-finder-lines")
    with lake_of(folder).change() as change:
        change.con.execute("CREATE TEMP TABLE body_names (name VARCHAR, slug VARCHAR)")
        yield folder, change, knowing(catalogue)
        change.put_rows("register_names", [])


def outcome(path, change, known_by):
    """How many rows and problems came of the file, or why it was refused."""
    told = []
    for item in find_inputs([path]):
        try:
            if not item.member:
                refuse_archive(path)
            content = member_bytes(path, item.member) if item.member else read_bytes(path)
            answered = known_by.answers(content, item)
            if isinstance(answered, str):
                told.append(answered)
                continue
            for one in answered:
                tidied = tidy(change, known_by.known(one, item), standing="real", made_from="", any_size=True)
                told.append(str(tidied.facts["rows_loaded"]))
        except CannotRead as refusal:
            told.append(refusal.kind if refusal.found and refusal.expected else "")
    return told


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_read_as_it_is(at_work, name):
    folder, change, known_by = at_work
    (folder / name).write_bytes(SAMPLES[name])
    expected = {"g.xlsx": ["2"], "h.ods": ["1"], "i.zip": ["2", "1"]}
    assert outcome(folder / name, change, known_by) == expected.get(name, ["2"])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SAMPLES)), CHANGES)
def test_sample_changed_anywhere_gives_rows_problems_or_a_refusal(at_work, name, changes):
    folder, change, known_by = at_work
    path = Path(folder / f"changed-{name}")
    path.write_bytes(changed(SAMPLES[name], changes))
    told = outcome(path, change, known_by)
    assert told
    assert all(told)
