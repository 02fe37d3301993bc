"""The registers of the sample country: government organisations, names of charities, their yearly accounts, and Northern Ireland's charities."""

import random
from itertools import chain
from pathlib import Path

from opencompact.sample.accounts import write_accounts
from opencompact.sample.country import WEB, Charity, Country
from opencompact.sample.truth import Truth
from opencompact.sample.writing import TableFile

BODIES_HEADER = ("index-entry-number", "entry-number", "entry-timestamp", "key", "government-organisation", "name", "website", "start-date", "end-date")
NAMES_HEADER = ("org_id", "name")
CCNI_HEADER = (
    "Reg charity number", "Sub charity number", "Charity name", "Date registered", "Status", "Date for financial year ending", "Total income", "Total spending",
    "Charitable spending", "Income generation and governance", "Retained for future use", "Public address", "Website", "Email", "Telephone", "Company number",
    "What the charity does", "Who the charity helps", "How the charity works", "",
)  # fmt: skip
CANARY = "clerk.canaryworth@sample.example"


def write_registers(folder: Path, country: Country, *, rng: random.Random, truth: Truth) -> None:
    """Write the registers and yearly accounts; every second charity of Northern Ireland stands in two of them under one number."""
    _write_bodies(folder / "government-organisation.csv", country)
    write_accounts(folder / "charity-annual-returns.csv", country)
    with TableFile(folder / "register-names.csv", NAMES_HEADER) as names:
        for place, charity in enumerate(chain(country.charities, country.twins)):
            if not charity.org_id.startswith("GB-NIC-") or place % 20 == 8:
                for name in charity.names:
                    names.write((charity.org_id, name))
    for twin in country.twins[::2]:
        truth.problem(folder / "register-names.csv", None, f"name on the register twice: {twin.names[0]}", header="name", reported=False)
    _write_ccni(folder / "ccni.csv", country, rng=rng, truth=truth)


def _write_bodies(path: Path, country: Country) -> None:
    with TableFile(path, BODIES_HEADER) as table:
        for place, body in reversed(list(enumerate(country.bodies, start=1))):
            website = f"{WEB}/government/organisations/{body.slug}"
            table.write((str(place), str(place), "2031-01-05T09:00:00Z", body.key, body.key, body.name, website, body.started_on, body.ended_on))


def _write_ccni(path: Path, country: Country, *, rng: random.Random, truth: Truth) -> None:
    """The Northern Ireland register in Windows-1252, with letters that UTF-8 would write otherwise."""
    with TableFile(path, CCNI_HEADER, encoding="cp1252") as table:
        for charity in country.charities:
            if charity.org_id.startswith("GB-NIC-"):
                table.write(_ccni_row(charity, rng))
    truth.problem(path, None, "cp1252", reported=False)
    truth.must_not_appear.append(CANARY)


def _ccni_row(charity: Charity, rng: random.Random) -> list[str]:
    income = rng.randrange(2_000, 900_000)
    spending = round(income * rng.uniform(0.8, 1.1))
    day = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/2030"
    address = f"{rng.randint(1, 99)} Caf\u00e9 Row, Sampleton, BT99 9ZZ"
    status = rng.choice(("Up-to-date", "Up-to-date", "Recently registered"))
    return [
        charity.org_id.removeprefix("GB-NIC-"), "0", charity.names[0], day, status, "31 March 2033", str(income), str(spending), "0", "0", "0", address,
        "www.sample.example", CANARY, "028 00000000", "0", "The advancement of education,The relief of poverty", "General public,Older people",
        "Advice/advocacy/information", "",
    ]  # fmt: skip
