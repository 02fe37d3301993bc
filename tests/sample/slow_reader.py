"""An independent, slow reading of the sample country: it knows the files' headers and nothing of the code that wrote them."""

import csv
import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from python_calamine import CalamineWorkbook

DATES = ("Payment Date", "Date paid", "Date")
AMOUNTS = ("Net Amount", "Net amount", "Amount")
PAYEES = ("Beneficiary Name", "Supplier Name", "Supplier name ", "Supplier name", "Supplier")
CHARITIES = ("Charity Number", "Charity Registration", "Charity Registration Number")
COMPANIES = ("Company Number", "Company Registration", "Company Registraation Number")
UNITS = ("Organisational Unit", "Entity", "Body name")
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%y", "%m/%d/%Y", "%d-%b-%Y")


def rows_of(path: Path) -> list[list[str]]:
    """Every row of a CSV, the header first."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    return list(csv.reader(text.splitlines(keepends=True)))


def day_of(text: str, *forms: str) -> date | None:
    """The day, or None where the text is none of the calendar."""
    for form in forms or DAY_FORMS[:3]:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def amount_of(text: str) -> Decimal | None:
    """Pounds, or None."""
    bare = text.replace(",", "").replace("£", "")
    if bare.startswith("("):
        bare = "-" + bare.strip("()")
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


class Registers:
    """The registers as they stand in the files, for telling who a name or number is."""

    def __init__(self, root: Path) -> None:
        self.ids, self.bodies, names = set(), {}, defaultdict(set)
        for org_id, name in rows_of(root / "registers/register-names.csv")[1:]:
            self.ids.add(org_id)
            names[key(name)].add(org_id)
        for row in rows_of(root / "registers/ccni.csv")[1:]:
            self.ids.add(f"GB-NIC-{row[0]}")
            names[key(row[2])].add(f"GB-NIC-{row[0]}")
        for row in rows_of(root / "registers/government-organisation.csv")[1:]:
            names[key(row[5])].add(f"GB-GOR-{row[3]}")
            self.bodies[row[5].casefold()] = self.bodies[row[3].casefold()] = row[6].rsplit("/", 1)[1]
        self.names = names
        self.firms: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path in sorted((root / "registers").glob("BasicCompanyData*.csv")):
            header, *rows = rows_of(path)
            name, number, category, ended = (header.index(column) for column in ("CompanyName", " CompanyNumber", "CompanyCategory", "DissolutionDate"))
            for row in rows:
                if row[category] in ("Private Limited Company", "Public Limited Company", "Limited Liability Partnership"):
                    self.firms[key(row[name])].append((f"GB-COH-{row[number]}", row[ended]))
                else:
                    names[key(row[name])].add(f"GB-COH-{row[number]}")

    def who(self, name: str, charity: str, company: str) -> tuple[str | None, str]:
        """The organisation and the stage that tells."""
        number = charity.replace("N/A", "0") if charity != "N/A" else ""
        for pattern, prefix in ((r"1\d{6}", "GB-CHC-"), (r"SC\d{6}", "GB-SC-"), (r"NIC\d{6}", "GB-NIC-")):
            if re.fullmatch(pattern, number):
                return prefix + number.removeprefix("NIC"), "identifier"
        if re.fullmatch(r"\d{8}", company):
            return f"GB-COH-{company}", "identifier"
        found = self.names.get(key(name), set())
        if not found and re.search("(limited|plc|llp)$", key(name)):
            held = self.firms[key(name)]
            found = {number for number, ended in held if not ended} or {number for number, _ in held}
        return (min(found), "exact") if len(found) == 1 else (None, "none")


def key(name: str) -> str:
    """The name in small letters without The, punctuation and the ways to write Limited, PLC and and."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ").replace("public limited company", "plc")).split()
    return " ".join({"ltd": "limited"}.get(word, word) for word in words if word != "the")


def payments(root: Path, name: str, bodies: dict[str, str], registers: Registers):
    """(row, body, day, amount, organisation, stage) of each payment that can be read."""
    header, *rows = rows_of(root / name)
    folder = next(slug for path, slug in bodies.items() if name.startswith(path + "/"))

    def cell(row: list[str], *names: str) -> str:
        return next((row[header.index(name)].strip() for name in names if name in header and header.index(name) < len(row)), "")

    for number, row in enumerate(rows, start=2):
        day, amount, payee = day_of(cell(row, *DATES)), amount_of(cell(row, *AMOUNTS)), cell(row, *PAYEES)
        if day and payee and amount is not None:
            body = registers.bodies.get(cell(row, *UNITS).casefold(), folder)
            yield (number, body, day, amount, *registers.who(payee, cell(row, *CHARITIES), cell(row, *COMPANIES)))


def grants(root: Path, registers: Registers):
    """(file, row, body, amount, organisation, stage) of each grant, the CSV standing for the publication that is there twice."""
    for name in ("government-grant-awards-2033-34.xlsx", "lanternfold-foundation.xlsx"):
        header, *rows = CalamineWorkbook.from_path(root / "grants" / name).get_sheet_by_index(0).to_python(skip_empty_area=False)
        for number, row in enumerate(rows, start=2):
            cell = dict(zip(header, row, strict=True))
            if cell["Identifier"] and cell["Currency"] == "GBP" and cell["Amount Awarded"] != "":
                who = _who(
                    registers,
                    cell["Recipient Org:Name"],
                    cell["Recipient Org:Charity Number"],
                    cell["Recipient Org:Company Number"],
                    cell["Recipient Org:Identifier"],
                )
                body = registers.bodies.get(cell["Funding Org:Identifier"].casefold(), cell["Funding Org:Identifier"])
                yield (f"grants/{name}", number, body, Decimal(str(cell["Amount Awarded"])), *who)
    header, *rows = rows_of(root / "grants/quillbrook.csv")
    for number, row in enumerate(rows, start=2):
        cell = dict(zip(header, row, strict=True))
        who = _who(registers, cell["Recipient Org:Name"], cell["Recipient Org:Charity Number"], "", cell["Recipient Org:Identifier"])
        yield ("grants/quillbrook.csv", number, cell["Funding Org:Identifier"], Decimal(cell["Amount Awarded"]), *who)
    for number, item in enumerate(json.loads((root / "grants/haldenmarsh.json").read_text())["grants"], start=1):
        recipient = item["recipientOrganization"][0]
        who = _who(registers, recipient["name"], recipient.get("charityNumber", ""), "", recipient["id"])
        yield ("grants/haldenmarsh.json", number, item["fundingOrganization"][0]["id"], Decimal(str(item["amountAwarded"])), *who)


def contracts(root: Path, registers: Registers):
    """(file, row, award, place, body, amount, organisation, stage) of each supplier of each award, as its latest release tells it.

    File and row are those of the latest release that tells of the award or of its contract.
    """
    latest, told = {}, {}
    for path in sorted((root / "contracts").glob("notices-page-*.json")):
        for number, release in enumerate(json.loads(path.read_text(), parse_float=Decimal)["releases"], start=1):
            for award_id in [award["id"] for award in release.get("awards", [])] + [contract["awardID"] for contract in release.get("contracts", [])]:
                told[award_id] = max(told.get(award_id, ("",)), (release["date"], f"contracts/{path.name}", number))
            for award in release.get("awards", []):
                if award.get("status") != "cancelled" and award.get("suppliers"):
                    held = latest.get((release["ocid"], award["id"]))
                    if held is None or held[0]["date"] < release["date"]:
                        latest[release["ocid"], award["id"]] = (release, award)
    for release, award in latest.values():
        _, name, number = told[award["id"]]
        parties = {party["id"]: party for party in release["parties"]}
        buyer = parties[release["buyer"]["id"]]
        body = registers.bodies.get(buyer["identifier"].get("id", "").casefold()) or registers.bodies.get(buyer["name"].casefold()) or buyer["id"]
        amount = Decimal(award["value"]["amount"])
        amount = Decimal(0) if amount > 10**12 else amount / len(award["suppliers"])
        for place, supplier in enumerate(award["suppliers"], start=1):
            identifier = parties[supplier["id"]]["identifier"]
            declared = f"{identifier['scheme']}-{identifier['id']}" if "scheme" in identifier else ""
            yield (name, number, award["id"], place, body, amount, *_who(registers, supplier["name"], "", "", declared))


def consultations(root: Path, registers: Registers):
    """(consultation_id, opened, closed, responded, text) of each consultation."""
    for name, organisation, response, form, texts in (
        ("examples-archive-2009-2012.csv", True, "response date", "%m/%d/%Y", ("summary", "body")),
        ("corrections-2012.csv", False, "response_date", "%d-%b-%Y", ("body",)),
    ):
        header, *rows = rows_of(root / "consultations" / name)
        for row in rows:
            cell = dict(zip(header, row, strict=True))
            body = registers.bodies[cell["organisation"].casefold()] if organisation else cell["organisation"]
            days = (day_of(cell[column], form) for column in ("opening_date", "closing_date", response))
            yield (f"{body}/{cell['old_url'].rsplit('/', 1)[1]}", *days, " ".join(cell[text] for text in texts))
    for path in sorted((root / "consultations/govuk").glob("*.json")):
        item = json.loads(path.read_text())
        details, slug = item["details"], item["links"]["organisations"][0]["base_path"].rsplit("/", 1)[1]
        answered = [note["public_timestamp"][:10] for note in details["change_history"] if "responses" in note["note"]]
        days = (date.fromisoformat(details[field][:10]) for field in ("opening_date", "closing_date"))
        yield (
            f"{slug}/{item['base_path'].rsplit('/', 1)[1]}",
            *days,
            date.fromisoformat(answered[0]) if answered else None,
            f"{item['description']} {details['body']}",
        )


def _who(registers: Registers, name: str, charity: str, company: str, declared: str) -> tuple[str | None, str]:
    if re.fullmatch(r"GB-(CHC-1\d{6}|SC-SC\d{6}|NIC-\d{6}|COH-\d{8})", declared):
        return declared, "identifier"
    return registers.who(name, charity, company)
