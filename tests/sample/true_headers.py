"""The headers of the real publications, written out as they stand there."""

BODIES = [
    "index-entry-number", "entry-number", "entry-timestamp", "key", "government-organisation", "name", "website", "start-date", "end-date",
]  # fmt: skip
NAMES = [
    "org_id", "name",
]  # fmt: skip
CCNI = [
    "Reg charity number", "Sub charity number", "Charity name", "Date registered", "Status", "Date for financial year ending", "Total income",
    "Total spending", "Charitable spending", "Income generation and governance", "Retained for future use", "Public address", "Website", "Email",
    "Telephone", "Company number", "What the charity does", "Who the charity helps", "How the charity works", "",
]  # fmt: skip
AMERICAN = [
    "old_url", "title", "summary", "body", "opening_date", "closing_date", "response date", "respond url", "respond email", "postal address",
    "response form title", "response form link", "policy 1", "policy 2", "policy 3", "policy 4", "policies SCRAPED", "minister 1", "minister 2",
    "attachment_1", "attachment_1_title", "attachment_2", "attachment_2_title", "attachment_3", "attachment_3_title", "attachment_4",
    "attachment_4_title", "attachment_5", "attachment_5_title", "attachment_6", "attachment_6_title", "attachment_7", "attachment_7_title",
    "attachment_8", "attachment_8_title", "attachment_9", "attachment_9_title", "attachment_10", "attachment_10_title", "attachment_11",
    "attachment_11_title", "attachment_12", "attachment_12_title", "attachment_13", "attachment_13_title", "attachment_14", "attachment_14_title",
    "attachment_15", "attachment_15_title", "attachment_16", "attachment_16_title", "attachment_17", "attachment_17_title", "attachment_18",
    "attachment_18_title", "attachment_19", "attachment_19_title", "attachment_20", "attachment_20_title", "response summary (OPTIONAL)",
    "response_1", "response_1_title", "response_2", "response_2_title", "response_3", "response_3_title", "response_4", "response_4_title",
    "response_5", "response_5_title", "response_6", "response_6_title", "organisation", "consultation status", "Comments",
]  # fmt: skip
CORRECTIONS = [
    "old_url", "ignoreoriginaltitle", "organisation", "title", "body", "opening_date", "closing_date", "consultation_ISBN", "ignoreperson",
    "ignoreaddr", "ignoreemail", "policy_1", "policy_2", "policy_3", "policy_4", "response_date", "response_1_url", "response_1_title",
    "response_summary", "response_1_ISBN", "response_2_url", "response_2_title", "response_2_ISBN", "response_3_url", "response_3_title",
    "response_3_ISBN", "response_4_url", "response_4_title", "response_5_url", "response_5_title", "response_5_ISBN", "attachment_1_url",
    "attachment_1_title", "attachment_2_url", "attachment_2_title", "attachment_3_url", "attachment_3_title", "attachment_4_url",
    "attachment_4_title", "attachment_5_url", "attachment_5_title", "attachment_6_url", "attachment_6_title", "attachment_7_url",
    "attachment_7_title", "attachment_8_url", "attachment_8_title", "attachment_9_url", "attachment_9_title", "attachment_10_url",
    "attachment_10_title", "attachment_11_url", "attachment_11_title", "attachment_12_url", "attachment_12_title", "attachment_13_url",
    "attachment_13_title", "attachment_14_url", "attachment_14_title", "attachment_15_url", "attachment_15_title", "attachment_16_url",
    "attachment_16_title", "attachment_17_url", "attachment_17_title", "attachment_18_url", "attachment_18_title", "attachment_19_url",
    "attachment_19_title", "attachment_20_url", "attachment_20_title", "attachment_21_url", "attachment_21_title", "attachment_22_url",
    "attachment_22_title", "attachment_23_url", "attachment_23_title",
]  # fmt: skip
SIX = [
    "Payment Date", "Amount", "Organisational Unit", "Beneficiary Name", "Company Number", "Charity Number",
]  # fmt: skip
EIGHT = [
    "Departmental Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier", "Transaction number", "Amount",
]  # fmt: skip
LEEDS_2012 = [
    "Body", "Body name", "Service label", "Service divison label", "Expenditure category", "Detailed expenses type", "Detailed expense code",
    "Date paid", "Transaction number", "Net amount", "Capital or revenue", "Supplier name ",
]  # fmt: skip
LEEDS_2012_CLEANED = [
    "Body", "Body name", "Service label", "Service divison label", "Expenditure category", "Detailed expenses type", "Detailed expense code",
    "Date paid", "Transaction number", "Net amount", "Capital or revenue", "Supplier name",
]  # fmt: skip
LEEDS_2020 = [
    "Organisation Code", "Organisation Label", "Effective Date", "Organisational Unit", "Service Division Label", "Category Internal Name", "Purpose",
    "Detailed Expenditure Code", "Payment Date", "Transaction Number", "Irrecoverable VAT Amount", "Amount", "Capital Or Revenue", "Beneficiary Name",
    "Procurement Card",
]  # fmt: skip
QUARTER_2014 = [
    "Organisation Name", "Organisation Code", "Effective Date", "Directorate", "Service (Sercop)", "Sercop URI", "Supplier Name", "Supplier ID",
    "Company Registration", "Charity Registration", "VCSE Grant", "Payment Date", "Transaction Number", "Seq No", "Net Amount", "Irrecoverable VAT",
    "Purpose of Spend", "Type", "Procurement Classification", "Class Code", "Procurement Classification", "Class Code", "Thomson Classification",
    "Thomson Description", "P-Card Tran", "Contract",
]  # fmt: skip
QUARTER_2017 = [
    "Organisation Name", "Organisation Code", "Effective Date", "Directorate", "Service (Sercop)", "Sercop URI", "Supplier Name", "Supplier ID",
    "Company Registration", "Charity Registration", "VCSE Grant", "Payment Date", "Transaction Number", "Seq No", "Net Amount", "Irrecoverable VAT",
    "Purpose of Spend", "Type", "Procurement Classification", "Class Code", "Procurement Classification", "Class Code", "Thomson Classification",
    "Thomson Desc.", "Contract",
]  # fmt: skip
QUARTER_2018 = [
    "Organisation Name", "Organisation Code", "Effective Date", "Directorate", "Service (Sercop)", "SERCOP URI", "Supplier Name", "Supplier ID",
    "Company Registraation Number", "Charity Registration Number", "VCSE Grant", "Payment Date", "Transaction No", "Seq No", "Amount",
    "Irrecoverable VAT", "Purpose of Spend", "Type", "Procurement Classification", "Class Code", "Procurement Classification", "Class Code",
    "Thomson Classification", "Thomson Desc.", "Contract",
]  # fmt: skip
CARD = [
    "Organisation Name", "Organisation Code", "Effective Date", "Directorate", "Service (Sercop)", "SERCOP URI", "Supplier Name", "Purpose Of Spend",
    "Type", "TransNo", "Seq No", "Payment Date", "Net Amount", "Irrecoverable VAT", "Merchant Category", "P-Card Tran", "Contract",
]  # fmt: skip
AWARDS = [
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Planned Dates:Start Date", "Planned Dates:End Date",
    "Planned Dates:Duration (months)", "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number",
    "Recipient Org:Company Number", "Recipient Org:Street Address", "Recipient Org:City", "Recipient Org:Country", "Recipient Org:Postal Code",
    "Beneficiary Location:Name", "Beneficiary Location:Geographic Code", "Beneficiary Location:Geographic Code Type", "Funding Org:Identifier",
    "Funding Org:Name", "Grant Programme:Code", "Grant Programme:Title", "From an open call?", "Last modified",
]  # fmt: skip
TRUST = [
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Amount Disbursed", "Award Date", "URL",
    "Planned Dates:Start Date", "Planned Dates:End Date", "Planned Dates:Duration (months)", "Recipient Org:Identifier", "Recipient Org:Name",
    "Recipient Org:Charity Number", "Recipient Org:Company Number", "Recipient Org:Street Address", "Recipient Org:City", "Recipient Org:County",
    "Recipient Org:Country", "Recipient Org:Postal Code", "Recipient Org:Description", "Recipient Org:Web Address", "Beneficiary Location:Name",
    "Beneficiary Location:Country Code", "Beneficiary Location:Latitude", "Beneficiary Location:Longitude", "Beneficiary Location:Geographic Code",
    "Beneficiary Location:Geographic Code Type", "Funding Org:Identifier", "Funding Org:Name", "Funding Org:Department", "Grant Programme:Code",
    "Grant Programme:Title", "Grant Programme:URL", "From an open call?", "Related Activity", "Last modified", "Data Source",
]  # fmt: skip
CSV = [
    "Identifier", "Title", "Funding Org:Identifier", "Funding Org:Name", "Recipient Org:Charity Number", "Recipient Org:Name",
    "Internal Organisation ID", "Currency", "Amount Applied For", "Amount Awarded", "Application Date:Start Date", "Award Date",
    "Recipient Org:Street Address", "Recipient Org:City", "Recipient Org:County", "Recipient Org:Postal Code", "Recipient Org:Country",
    "Recipient Org:Alternate Name", "Recipient Org:Description", "Planned Dates:Start Date", "Planned Dates:Duration (months)",
    "Planned Dates:End Date", "Beneficiary Location:Name", "Beneficiary Location:Country Code", "Beneficiary Location:Latitude/Longitude",
    "Description", "WebAddress", "From an open call?", "Related Activity:Identifier", "Last modified", "Recipient Org:Identifier",
]  # fmt: skip

COMPANIES = [
    "CompanyName", " CompanyNumber", "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1", " RegAddress.AddressLine2",
    "RegAddress.PostTown", "RegAddress.County", "RegAddress.Country", "RegAddress.PostCode", "CompanyCategory", "CompanyStatus", "CountryOfOrigin",
    "DissolutionDate", "IncorporationDate", "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.NextDueDate", "Accounts.LastMadeUpDate",
    "Accounts.AccountCategory", "Returns.NextDueDate", "Returns.LastMadeUpDate", "Mortgages.NumMortCharges", "Mortgages.NumMortOutstanding",
    "Mortgages.NumMortPartSatisfied", "Mortgages.NumMortSatisfied", "SICCode.SicText_1", "SICCode.SicText_2", "SICCode.SicText_3",
    "SICCode.SicText_4", "LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners", "URI", "PreviousName_1.CONDATE",
    " PreviousName_1.CompanyName", " PreviousName_2.CONDATE", " PreviousName_2.CompanyName", "PreviousName_3.CONDATE", " PreviousName_3.CompanyName",
    "PreviousName_4.CONDATE", " PreviousName_4.CompanyName", "PreviousName_5.CONDATE", " PreviousName_5.CompanyName", "PreviousName_6.CONDATE",
    " PreviousName_6.CompanyName", "PreviousName_7.CONDATE", " PreviousName_7.CompanyName", "PreviousName_8.CONDATE", " PreviousName_8.CompanyName",
    "PreviousName_9.CONDATE", " PreviousName_9.CompanyName", "PreviousName_10.CONDATE", " PreviousName_10.CompanyName", "ConfStmtNextDueDate",
    " ConfStmtLastMadeUpDate",
]  # fmt: skip
