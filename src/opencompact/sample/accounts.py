"""The yearly accounts of the sample country's charities: an income that grows or shrinks, and a last year that not everybody has sent in."""

from itertools import chain, islice
from pathlib import Path
from zlib import crc32

from opencompact.sample.country import Country
from opencompact.sample.writing import TableFile

RETURNS_HEADER = (
    "date_of_extract", "organisation_number", "registered_charity_number", "fin_period_start_date", "fin_period_end_date", "ar_cycle_reference",
    "reporting_due_date", "date_annual_return_received", "date_accounts_received", "total_gross_income", "total_gross_expenditure", "accounts_qualified",
    "suppression_ind", "suppression_type",
)  # fmt: skip
YEARS = range(2030, 2034)  # in which the financial years begin
MOST = 5_000  # charities with accounts: of a country of any size these are enough to show what is held and what is not
_IN_TEN = 10  # one in so many never sent any


def write_accounts(path: Path, country: Country) -> None:
    """Write the annual returns, in the columns of the Charity Commission's extract. The same country has the same accounts."""
    with TableFile(path, RETURNS_HEADER) as table:
        for place, charity in enumerate(chain(islice(country.charities, MOST), country.twins)):
            drawn = crc32(charity.org_id.encode())
            if not charity.org_id.startswith("GB-CHC-") or drawn % _IN_TEN == 0:
                continue
            for year in YEARS if drawn % 3 else YEARS[:-1]:
                income = income_of(drawn, year)
                table.write((
                    "2034-06-07 00:00:00", str(place + 1), charity.number, f"{year}-04-01 00:00:00", f"{year + 1}-03-31 00:00:00", f"AR{year % 100 + 1}",
                    f"{year + 2}-01-31 00:00:00", "", "", str(income), str(income * 97 // 100), "", "False", "",
                ))  # fmt: skip


def income_of(drawn: int, year: int) -> int:
    """The income of a year in pounds: most small, few large, and by up to a third a year more or less than the year before."""
    first = 2_000 * 10 ** ((drawn >> 4) % 4) * (1 + (drawn >> 8) % 9)
    step = 70 + (drawn >> 12) % 61
    return int(first * step ** (year - YEARS[0]) // 100 ** (year - YEARS[0]))
