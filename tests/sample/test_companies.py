"""The invented companies register: true in shape, with every firm that is paid, and in parts where it is large."""

import random
import re
from collections import Counter

import pytest
from tests.sample import slow_reader, true_headers

from opencompact.sample import country as land
from opencompact.sample import names
from opencompact.sample.companies import COMPANIES_A_SCALE, write_companies

COUNTRY = land.settle(random.Random("companies"), charities=land.CHARITIES_A_SCALE)
NAME, NUMBER, CATEGORY, STATUS, ENDED = (
    true_headers.COMPANIES.index(column) for column in ("CompanyName", " CompanyNumber", "CompanyCategory", "CompanyStatus", "DissolutionDate")
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "registers"
    write_companies(folder, COUNTRY, rng=random.Random("1"), count=20 * COMPANIES_A_SCALE)
    (path,) = folder.iterdir()
    header, *rows = slow_reader.rows_of(path)
    assert (path.name, header) == ("BasicCompanyDataAsOneFile-2034-06-01.csv", true_headers.COMPANIES)
    return rows


def test_numbers_are_of_the_true_form_each_once_and_not_issued(rows):
    assert len({row[NUMBER] for row in rows}) == len(rows) == 20 * COMPANIES_A_SCALE
    assert [row for row in rows if not re.fullmatch(r"9[0-8]\d{6}", row[NUMBER])] == []


def test_every_firm_that_is_paid_is_there_under_its_number(rows):
    held = {row[NUMBER]: slow_reader.key(row[NAME]) for row in rows}
    firms = [*COUNTRY.numbered_firms, *((firm.name, firm.number) for firm in COUNTRY.other_firms)]
    assert {number: held[number] for _, number in firms} == {number: slow_reader.key(name) for name, number in firms}


def test_a_name_is_another_company_s_only_where_the_country_says_so(rows):
    living = Counter(slow_reader.key(row[NAME]) for row in rows if not row[ENDED])
    shared = {slow_reader.key(firm.name) for firm in COUNTRY.other_firms if firm.is_one_of_several}
    assert {key for key, times in living.items() if times > 1} == shared
    ended = {row[NUMBER] for row in rows if row[STATUS] == "Dissolved"}
    assert {number for firm in COUNTRY.other_firms if not firm.is_one_of_several for number in firm.namesakes} <= ended


def test_no_company_bears_the_name_of_a_charity(rows):
    charities = {slow_reader.key(name).removesuffix(" limited") for charity in (*COUNTRY.charities, *COUNTRY.twins) for name in charity.names}
    assert {re.sub(" (limited|plc|llp)$", "", slow_reader.key(row[NAME])) for row in rows} & charities == set()


def test_kinds_have_their_share(rows):
    found = Counter(row[CATEGORY].split(" (")[0] for row in rows)
    shares = {kind: round(100 * times / len(rows), 1) for kind, times in found.items() if times > 30}
    assert shares == pytest.approx(
        {
            "Private Limited Company": 93.1, "Limited Liability Partnership": 1.9, "Public Limited Company": 0.9,
            "PRI/LTD BY GUAR/NSC": 2.4, "PRI/LBG/NSC": 1.1, "Community Interest Company": 0.6,
        },
        abs=0.2,
    )  # fmt: skip
    assert 0.02 < sum(bool(row[ENDED]) for row in rows) / len(rows) < 0.04


def test_a_large_register_comes_in_numbered_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("opencompact.sample.companies.COMPANIES_A_FILE", 200)
    write_companies(tmp_path, COUNTRY, rng=random.Random("1"), count=500)
    found = {path.name: len(slow_reader.rows_of(path)) - 1 for path in tmp_path.iterdir()}
    assert found == {f"BasicCompanyData-2034-06-01-part{part}_3.csv": rows for part, rows in ((1, 200), (2, 200), (3, 100))}


def test_names_of_companies_nobody_pays_come_once():
    assert len({names.company(place, start=7) for place in range(200_000)}) == 200_000
    assert len({names.trading_company(place, start=7) for place in range(200_000)}) == 200_000
