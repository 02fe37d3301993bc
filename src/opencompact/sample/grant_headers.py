"""The columns of grant files in the 360Giving standard, as three publishers choose and order them."""

AWARDS_HEADER = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Planned Dates:Start Date", "Planned Dates:End Date",
    "Planned Dates:Duration (months)", "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Recipient Org:Company Number",
    "Recipient Org:Street Address", "Recipient Org:City", "Recipient Org:Country", "Recipient Org:Postal Code", "Beneficiary Location:Name",
    "Beneficiary Location:Geographic Code", "Beneficiary Location:Geographic Code Type", "Funding Org:Identifier", "Funding Org:Name", "Grant Programme:Code",
    "Grant Programme:Title", "From an open call?", "Last modified",
)  # fmt: skip
TRUST_HEADER = (
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Amount Disbursed", "Award Date", "URL",
    "Planned Dates:Start Date", "Planned Dates:End Date", "Planned Dates:Duration (months)", "Recipient Org:Identifier", "Recipient Org:Name",
    "Recipient Org:Charity Number", "Recipient Org:Company Number", "Recipient Org:Street Address", "Recipient Org:City", "Recipient Org:County",
    "Recipient Org:Country", "Recipient Org:Postal Code", "Recipient Org:Description", "Recipient Org:Web Address", "Beneficiary Location:Name",
    "Beneficiary Location:Country Code", "Beneficiary Location:Latitude", "Beneficiary Location:Longitude", "Beneficiary Location:Geographic Code",
    "Beneficiary Location:Geographic Code Type", "Funding Org:Identifier", "Funding Org:Name", "Funding Org:Department", "Grant Programme:Code",
    "Grant Programme:Title", "Grant Programme:URL", "From an open call?", "Related Activity", "Last modified", "Data Source",
)  # fmt: skip
CSV_HEADER = (
    "Identifier", "Title", "Funding Org:Identifier", "Funding Org:Name", "Recipient Org:Charity Number", "Recipient Org:Name", "Internal Organisation ID",
    "Currency", "Amount Applied For", "Amount Awarded", "Application Date:Start Date", "Award Date", "Recipient Org:Street Address", "Recipient Org:City",
    "Recipient Org:County", "Recipient Org:Postal Code", "Recipient Org:Country", "Recipient Org:Alternate Name", "Recipient Org:Description",
    "Planned Dates:Start Date", "Planned Dates:Duration (months)", "Planned Dates:End Date", "Beneficiary Location:Name", "Beneficiary Location:Country Code",
    "Beneficiary Location:Latitude/Longitude", "Description", "WebAddress", "From an open call?", "Related Activity:Identifier", "Last modified",
    "Recipient Org:Identifier",
)  # fmt: skip
