"""The companies register of the sample country: the firms that are paid, and many that nobody pays, in the shape of the free file."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from opencompact.sample import names
from opencompact.sample.country import WEB, Country
from opencompact.sample.size import COMPANIES_A_FILE

EDITION = "2034-06-01"
COMPANIES_A_SCALE = 550
_NOT_PAID = 90_000_000  # the first number of those that nobody pays
_HEADER = (
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,"
    "RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,IncorporationDate,Accounts.AccountRefDay,"
    "Accounts.AccountRefMonth,Accounts.NextDueDate,Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,"
    "Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,"
    "SICCode.SicText_3,SICCode.SicText_4,LimitedPartnerships.NumGenPartners,LimitedPartnerships.NumLimPartners,URI,"
    "PreviousName_1.CONDATE, PreviousName_1.CompanyName, PreviousName_2.CONDATE, PreviousName_2.CompanyName,"
    + ",".join(f"PreviousName_{place}.CONDATE, PreviousName_{place}.CompanyName" for place in range(3, 11))
    + ",ConfStmtNextDueDate, ConfStmtLastMadeUpDate"
)
_PRIVATE, _PARTNERSHIP, _PUBLIC = "Private Limited Company", "Limited Liability Partnership", "Public Limited Company"
_CIC, _GUARANTEE = "Community Interest Company", "PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)"
_EXEMPT = "PRI/LBG/NSC (Private, Limited by guarantee, no share capital, use of 'Limited' exemption)"
_TRADES = ("62012 - Business and domestic software development", "43999 - Other specialised construction activities n.e.c.", "None Supplied")
_OTHERWISE = {"LTD": "LIMITED", "LIMITED": "LTD", "PLC": "PUBLIC LIMITED COMPANY", "LLP": "LLP"}


@dataclass(frozen=True)
class Company:
    """One row of the file; days as the file writes them, empty where none."""

    name: str
    number: str
    category: str
    began: str
    ended: str = ""
    former: str = ""


def write_companies(folder: Path, country: Country, *, rng: random.Random, count: int) -> None:
    """Write so many companies, the firms of the country among them, row by row: in one file, or where they are too many in parts as the register has them.

    The charities that are companies are not among them: no register of the country gives their company numbers, so nothing would say that the two are one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    companies = islice(chain(_paid(country), _not_paid(rng.randrange(names.COMPANIES))), count)
    files = -(-count // COMPANIES_A_FILE)
    for part in range(1, files + 1):
        name = f"BasicCompanyData-{EDITION}-part{part}_{files}.csv" if files > 1 else f"BasicCompanyDataAsOneFile-{EDITION}.csv"
        with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(f"{_HEADER}\n")
            file.writelines(_row(company) for company in islice(companies, COMPANIES_A_FILE))


def _paid(country: Country) -> Iterator[Company]:
    """The firms that are paid, every second one with its legal form in other letters; then their namesakes: one dissolved, one that is alive."""
    for place, (name, number) in enumerate(country.numbered_firms):
        yield _firm(name, number, place)
    for place, firm in enumerate(country.other_firms):
        yield _firm(firm.name, firm.number, place)
        for other, number in enumerate(firm.namesakes):
            yield _firm(firm.name, number, place + 1, ended="" if firm.is_one_of_several else f"{1 + other:02}/03/2019")


def _firm(name: str, number: str, place: int, *, ended: str = "") -> Company:
    words = name.upper().split()
    category = {"PLC": _PUBLIC, "LLP": _PARTNERSHIP}.get(words[-1], _PRIVATE)
    form = _OTHERWISE[words[-1]] if place % 2 else words[-1]
    return Company(" ".join([*words[:-1], form]), number, category, f"{1 + place % 28:02}/0{1 + place % 9}/{1990 + place % 25 if not ended else 1984}", ended)


def _not_paid(start: int) -> Iterator[Company]:
    """Companies without end: one in twenty named like a charity's, 4 in 100 of the kinds that may be of the sector, 3 in 100 dissolved."""
    place = 0
    while True:
        name, category = names.company(place, start=start), _PRIVATE
        if place % 20 == 0:
            name = f"{names.trading_company(place // 20, start=start)} LTD"
        elif place % 160 == 1:
            name, category = f"{name} {'C.I.C.' if place % 320 == 1 else 'COMMUNITY INTEREST COMPANY'}", _CIC
        elif place % 40 == 3:
            name, category = f"{name} LIMITED", _GUARANTEE
        elif place % 90 == 5:
            category = _EXEMPT
        elif place % 80 == 9:
            name, category = f"{name} LLP", _PARTNERSHIP
        elif place % 500 == 12:
            name, category = f"{name} PLC", _PUBLIC
        else:
            name = f"{name} {'LTD' if place % 3 else 'LIMITED'}"
        began = f"{1 + place % 28:02}/{1 + place % 12:02}/{1985 + place % 45}"
        former = f"{names.company(place + 1, start=start)} LIMITED" if place % 10 == 2 else ""
        yield Company(name, f"{_NOT_PAID + place}", category, began, "30/11/2033" if place % 33 == 7 else "", former)
        place += 1


def _row(company: Company) -> str:
    """The row as the register writes it: every cell in quotes, none left out."""
    place, day = int(company.number), company.began[:2]
    told = (
        company.name, company.number, "", "", f"{1 + place % 99} SAMPLE ROW", "", "SAMPLETON", "", "ENGLAND", f"ZZ{1 + place % 9} {place % 10}ZZ",
        company.category, "Dissolved" if company.ended else "Active", "United Kingdom", company.ended, company.began, "31", "3", "31/12/2034", "31/03/2033",
        "TOTAL EXEMPTION FULL", "", "", "0", "0", "0", "0", _TRADES[place % 3], "", "", "", "0", "0", f"{WEB}/id/company/{company.number}",
        f"{day}/06/2033" if company.former else "", company.former, *[""] * 18, "14/05/2035", "30/04/2034",
    )  # fmt: skip
    return '"' + '","'.join(told) + '"\n'
