"""Procurement processes: what was bought, how long suppliers had, what became of it."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

PROCESS_COLUMNS = (
    Column("ocid", "VARCHAR", "Open contracting identifier of the process.", required=True),
    Column("body", "VARCHAR", "GOV.UK slug of the first buyer where known, else its org-id or the feed's own id.", privacy="organisation"),
    Column("buyer_name", "VARCHAR", "First buyer as published.", privacy="organisation"),
    Column("bodies", "VARCHAR", "All buyers as `body`, parted by semicolons.", privacy="organisation"),
    Column("buyers", "BIGINT", "Number of buyers.", unit="buyers", required=True),
    Column("title", "VARCHAR", "Title of the tender."),
    Column("kind", "VARCHAR", "What kind of purchase it is.", required=True, words=("contract", "framework", "call_off", "dynamic_market")),
    Column("procurement_method", "VARCHAR", "OCDS procurement method."),
    Column("procurement_method_details", "VARCHAR", "The way of buying in the publisher's words."),
    Column("category", "VARCHAR", "Main procurement category: goods, services or works."),
    Column("legal_basis", "VARCHAR", "The law it is done under, as published: `UKPGA 2023/54` is the Procurement Act 2023."),
    Column("opens_on", "DATE", "Day suppliers could begin to answer: the tender period's start, else the day the tender notice was published."),
    Column("opens_from", "VARCHAR", "Where that day is from.", words=("stated", "published")),
    Column("closes_on", "DATE", "Tender period end."),
    Column("days_open", "BIGINT", "Closing day minus opening day.", unit="days"),
    Column("tender_amount", "DECIMAL(18,2)", "Value of the tender; other currencies are not turned into pounds.", unit="as in currency"),
    Column("tender_amount_is_gross", "BOOLEAN", "Only a value with tax was published."),
    Column("tender_currency", "VARCHAR", "Currency of the tender's value."),
    Column("suitable_for_sme", "BOOLEAN", "The notice, or one of its lots, says it suits small and medium businesses."),
    Column("suitable_for_vcse", "BOOLEAN", "The notice, or one of its lots, says it suits VCSEs."),
    Column("early_on", "DATE", "Day of the first notice before the tender that told suppliers of it; null where none was seen."),
    Column("cancelled_on", "DATE", "Day of the notice that ended the process without an award."),
    Column("ended_on", "DATE", "Day of the notice that a contract had ended."),
    Column("contract_ends_on", "DATE", "Last day of the contracts, as published last."),
    Column("has_subcontracting", "BOOLEAN", "An award says that part of it will be subcontracted."),
    Column("lots", "BIGINT", "Lots of the tender.", unit="lots", required=True),
    Column("amendments", "BIGINT", "Amendments of the tender, its awards and contracts.", unit="amendments", required=True),
    Column("awards", "BIGINT", "Awards made.", unit="awards", required=True),
    Column("awards_gross_only", "BIGINT", "Awards of which only a value with tax was published.", unit="awards", required=True),
    Column("releases", "BIGINT", "Releases merged.", unit="releases", required=True),
    Column("first_on", "DATE", "Day of the first release."),
    Column("last_on", "DATE", "Day of the latest release."),
)

SHAPE = Shape(
    name="processes",
    title="Procurement processes",
    description="One row for each process, all its releases merged; the file and row are of its latest release.",
    visibility="public",
    key=("ocid",),
    columns=(
        *PROCESS_COLUMNS,
        Column(
            "ending",
            "VARCHAR",
            "Where its contracts stand on the day of the release: still running, over with a notice that says so, over without one, or not known.",
            words=("running", "ended_with_notice", "ended_without_notice"),
        ),
        *ORIGIN,
    ),
)
