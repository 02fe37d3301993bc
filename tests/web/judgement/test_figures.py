import csv
import re
from io import StringIO

import pytest
from django.test import Client

from opencompact.web.judgement.figures import record_of

SHORT = "/figures/consultations-under-12-weeks"
PAID = "/figures/payments-to-voluntary/department-for-examples/all/"


@pytest.mark.parametrize(
    ("sql", "record"),
    [
        ("SELECT 1 FROM consultations, UNNEST(x)", "consultations"),
        ("WITH d AS (SELECT 1\nfrom payments AS m) SELECT * FROM d", "payments"),
        ("SELECT 1 FROM coverage", ""),
    ],
)
def test_record_of_the_first_table_with_rows_of_its_own(sql: str, record: str) -> None:
    assert record_of(sql) == record


@pytest.mark.parametrize("period", ["all", "2030", "2030-Q1"])
def test_figure_lists_the_rows_of_its_period(site: Client, period: str) -> None:
    page = site.get(f"{SHORT}/all/{period}/").content.decode()
    counted = re.search(r"made from the (\d+)\u00a0consultations", page)
    rows = list(csv.DictReader(StringIO(b"".join(site.get(f"{SHORT}/all/{period}/?format=csv").streaming_content).decode())))
    assert counted is not None
    assert (int(counted[1]), {row["opened_on"][:4] for row in rows if period != "all"}) == (len(rows), {"2030"} if period != "all" else set())


def test_figure_names_files_and_checksums(site: Client) -> None:
    page = site.get(f"{SHORT}/ministry-of-samples/all/").content.decode()
    assert ("consultations/ministry-of-samples.csv" in page, "a" * 64 in page) == (True, True)


def test_figure_of_money_lists_the_largest_rows_and_withholds_names(site: Client) -> None:
    page = site.get(PAID).content.decode()
    amounts = [
        float(each.replace(",", "").replace("−", "-"))
        for each in re.findall(r'<td class="number">(−?)£([\d,.]+)</td>', page.partition("largest rows")[2])
        for each in ["".join(each)]
    ]
    assert amounts == sorted(amounts, reverse=True)
    assert len(amounts) > 1
    assert ("By its exact name on a register" in page, "Between what the voluntary part lies" in page) == (True, True)
    assert '<th scope="row">withheld</th>' in page
    assert "All 141\u00a0rows as CSV" in page


def test_figure_of_money_csv_has_every_row(site: Client) -> None:
    answer = site.get(f"{PAID}?format=csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert (len(rows), answer.headers["Content-Disposition"]) == (141, 'attachment; filename="INVENTED-SAMPLE-opencompact-draft-payments-behind-a-figure.csv"')


def test_figure_probable_link_has_no_page_of_its_own(site: Client) -> None:
    page = site.get(PAID).content.decode()
    assert (re.findall(r'<a href="/organisations/[^"]+">Guessed Care CIO', page), "Guessed Care CIO" in page) == ([], True)


@pytest.mark.parametrize("path", [f"{SHORT}/nobody/all/", f"{SHORT}/all/1066/", f"{SHORT}/all/later/", "/figures/guesswork/all/all/"])
def test_figure_unknown_is_not_here(site: Client, path: str) -> None:
    assert site.get(path).status_code == 404


def test_figure_of_a_financial_year_has_its_rows_alone(site: Client) -> None:
    path = "/figures/payments-to-voluntary/department-for-examples/2028/29/"
    rows = list(csv.DictReader(StringIO(b"".join(site.get(f"{path}?format=csv").streaming_content).decode())))
    days = sorted(row["day"] for row in rows)
    assert (days[0] >= "2028-04-01", days[-1] <= "2029-03-31") == (True, True)
    assert f"made from {len(rows)}\u00a0rows" in site.get(path).content.decode()


def test_figure_of_another_table_points_to_its_sql(site: Client) -> None:
    assert "made from another table of the release" in site.get("/figures/publication-coverage/all/all/").content.decode()
