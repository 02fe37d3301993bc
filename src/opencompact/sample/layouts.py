"""How bodies lay out their payments: the columns of each kind of file, and one payment as a row of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from opencompact.sample.truth import Payee

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Line:
    """One payment, its amount as the file writes it; `effective` is the last day of the file's period as the file gives it."""

    number: int
    unit: str
    paid_on: date
    payee: Payee
    amount: str
    purpose: str
    effective: str


Cells = Callable[[Line], Sequence[str]]


@dataclass(frozen=True)
class Layout:
    """Columns and rows of one kind of file. `naughts` is how it writes 0 in a charity number."""

    header: tuple[str, ...]
    cells: Cells
    date_header: str
    amount_header: str
    payee_header: str
    effective_header: str = ""
    charity_header: str = ""
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    naughts: str = "0"

    @property
    def numbers(self) -> bool:
        """Whether payees' numbers stand in the file."""
        return bool(self.charity_header)


def _six(line: Line) -> Sequence[str]:
    return (line.paid_on.isoformat(), line.amount, line.unit, line.payee.name, line.payee.company_number, line.payee.charity_number)


def _eight(line: Line) -> Sequence[str]:
    return ("SMP", line.unit.upper(), line.paid_on.isoformat(), line.purpose, "PROGRAMMES", line.payee.name, f"SINV-{line.number:09}", line.amount)


def _leeds_2012(line: Line) -> Sequence[str]:
    day, ref = line.paid_on, f"{line.paid_on:%y%m}-{line.number:05}"
    written = f"{day.day:02}-{_MONTHS[day.month - 1]}-{day:%y}"
    authority = "https://www.sample.example/doc/local-authority/98AA"
    return (authority, line.unit, "Neighbourhoods", "Grounds", "Supplies and Services", line.purpose, "265", written, ref, line.amount, "R", line.payee.name)


def _leeds_2020(line: Line) -> Sequence[str]:
    day, ref = line.paid_on, f"{line.paid_on:%y%m}-{line.number:05}"
    authority = "https://www.sample.example/id/metropolitan-district-council/98AA"
    place = ("Varrowmere Borough Council", line.effective, line.unit, "Social Care", "Third Party Payments")
    return (authority, *place, line.purpose, "511", f"{day:%d/%m/%Y}", ref, "0.00", line.amount, "R", line.payee.name, "No")


def _quarter(organisation: str, *, has_uri: bool, classes: tuple[str, ...], tail: tuple[str, ...], naughts: str = "0") -> Cells:
    """Rows of the quarterly files, which changed a column or two from year to year."""

    def cells(line: Line) -> Sequence[str]:
        service = ("4", "Children\u00b4s and Education Services") if has_uri else ("Children's and Education Services", "4")
        number = line.payee.charity_number
        written = number.replace("0", naughts) if number.isdigit() else number
        known = ("Redacted", line.payee.company_number or "Awaiting", written or "N/A", "Not yet available")
        paid = (line.paid_on.isoformat(), f"98{line.number:06}", "1", line.amount, "Nil")
        return (organisation, "E98000001", line.effective, "ADULTS", *service, line.payee.name, *known, *paid, line.purpose, "Revenue", *classes, *tail)

    return cells


def _card(line: Line) -> Sequence[str]:
    period = ("Wexelwick City Council", "E98000001", line.effective, "REGENCULT", "P", "Public Health")
    return (
        *period,
        line.payee.name,
        line.purpose,
        "Revenue",
        f"9{line.number:05}",
        "1",
        line.paid_on.isoformat(),
        line.amount,
        "Nil",
        "GENERAL SUPPLIES",
        "GPC",
        "Not yet available",
    )


_PERIOD = ("Organisation Name", "Organisation Code", "Effective Date", "Directorate", "Service (Sercop)")
_CLASSES = ("Procurement Classification", "Class Code", "Procurement Classification", "Class Code", "Thomson Classification")
_CLASS_CELLS = ("Adult Services", "CAT04", "Sub Category To Be Classified", "SUBCATTBC")
_NUMBERS_2017 = (
    "Company Registration",
    "Charity Registration",
    "VCSE Grant",
    "Payment Date",
    "Transaction Number",
    "Seq No",
    "Net Amount",
    "Irrecoverable VAT",
    "Purpose of Spend",
    "Type",
)
_NUMBERS_2018 = (
    "Company Registraation Number",
    "Charity Registration Number",
    "VCSE Grant",
    "Payment Date",
    "Transaction No",
    "Seq No",
    "Amount",
    "Irrecoverable VAT",
    "Purpose of Spend",
    "Type",
)

SIX = Layout(
    ("Payment Date", "Amount", "Organisational Unit", "Beneficiary Name", "Company Number", "Charity Number"),
    _six, "Payment Date", "Amount", "Beneficiary Name", charity_header="Charity Number",
)  # fmt: skip
SIX_WITH_MARK = replace(SIX, encoding="utf-8-sig")
EIGHT = Layout(
    ("Departmental Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier", "Transaction number", "Amount"),
    _eight, "Date", "Amount", "Supplier",
)  # fmt: skip
LEEDS_2012 = Layout(
    (
        "Body", "Body name", "Service label", "Service divison label", "Expenditure category", "Detailed expenses type", "Detailed expense code", "Date paid",
        "Transaction number", "Net amount", "Capital or revenue", "Supplier name ",
    ),
    _leeds_2012, "Date paid", "Net amount", "Supplier name ",
)  # fmt: skip
# The cleaned copy: the last header trimmed, days in ISO.
LEEDS_2012_CLEANED = replace(
    LEEDS_2012,
    header=(*LEEDS_2012.header[:-1], "Supplier name"),
    cells=lambda line: [line.paid_on.isoformat() if place == 7 else cell.strip() for place, cell in enumerate(_leeds_2012(line))],
    line_end="\n",
)
LEEDS_2020 = Layout(
    (
        "Organisation Code", "Organisation Label", "Effective Date", "Organisational Unit", "Service Division Label", "Category Internal Name", "Purpose",
        "Detailed Expenditure Code", "Payment Date", "Transaction Number", "Irrecoverable VAT Amount", "Amount",
        "Capital Or Revenue", "Beneficiary Name", "Procurement Card",
    ),
    _leeds_2020, "Payment Date", "Amount", "Beneficiary Name", effective_header="Effective Date",
)  # fmt: skip
QUARTER_2017 = Layout(
    (*_PERIOD, "Sercop URI", "Supplier Name", "Supplier ID", *_NUMBERS_2017, *_CLASSES, "Thomson Desc.", "Contract"),
    _quarter("Wexelwick City Council", has_uri=False, classes=(*_CLASS_CELLS, "Home Support Services"), tail=("97878", "Not yet available")),
    "Payment Date", "Net Amount", "Supplier Name", effective_header="Effective Date", charity_header="Charity Registration", encoding="cp1252", line_end="\n",
)  # fmt: skip
QUARTER_2017_NAUGHTS = replace(
    QUARTER_2017,
    cells=_quarter(
        "Wexelwick City Council", has_uri=False, classes=(*_CLASS_CELLS, "Home Support Services"), tail=("97878", "Not yet available"), naughts="N/A"
    ),
    naughts="N/A",
)
QUARTER_2018 = replace(
    QUARTER_2017,
    header=(*_PERIOD, "SERCOP URI", "Supplier Name", "Supplier ID", *_NUMBERS_2018, *_CLASSES, "Thomson Desc.", "Contract"),
    cells=_quarter("Wexelwick City Council", has_uri=True, classes=(*_CLASS_CELLS, "Home Support Services"), tail=("97878", "Not yet available")),
    amount_header="Amount",
    charity_header="Charity Registration Number",
)
QUARTER_2014 = replace(
    QUARTER_2017,
    header=(*_PERIOD, "Sercop URI", "Supplier Name", "Supplier ID", *_NUMBERS_2017, *_CLASSES, "Thomson Description", "P-Card Tran", "Contract"),
    cells=_quarter("Ulmersholt District Council", has_uri=False, classes=(*_CLASS_CELLS, "12100"), tail=("Home Support Services", "", "Not yet available")),
    encoding="utf-8",
)
CARD = Layout(
    (
        *_PERIOD, "SERCOP URI", "Supplier Name", "Purpose Of Spend", "Type", "TransNo", "Seq No", "Payment Date", "Net Amount", "Irrecoverable VAT",
        "Merchant Category", "P-Card Tran", "Contract",
    ),
    _card, "Payment Date", "Net Amount", "Supplier Name", effective_header="Effective Date", line_end="\n",
)  # fmt: skip
