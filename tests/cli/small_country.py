"""A country of four files, for tests of the command: invented, marked, small enough to build in a second."""

import json
from pathlib import Path

PAYMENTS = "Payment Date,Amount,Organisational Unit,Beneficiary Name,Company Number,Charity Number\n"
CONSULTATIONS = "old_url,title,organisation,body,opening_date,closing_date,response date,consultation status\n"


def small_country(folder: Path) -> Path:
    """Write it and return its folder."""
    (folder / "spend").mkdir(parents=True)
    marker = {"opencompact_sample": 1, "bodies": {"spend": "sample-office"}, "today": "2034-07-01"}
    (folder / "sample-country.json").write_text(json.dumps(marker))
    (folder / "names.csv").write_text("org_id,name\nGB-CHC-1990001,Sample Lantern Trust\nGB-CHC-1990002,Sample Kettle Club\n")
    (folder / "consultations.csv").write_text(
        CONSULTATIONS
        + "http://sample.example/long,Sample long,Sample Office,Tell us.,1/1/2010,3/26/2010,,closed\n"
        + "http://sample.example/short,Sample short,Sample Office,Tell us quickly.,1/1/2011,2/1/2011,,closed\n"
    )
    (folder / "spend" / "2031-01.csv").write_text(PAYMENTS + "2031-01-05,100.50,SAMPLE OFFICE,SAMPLE LANTERN TRUST,,\n2031-01-06,,SAMPLE OFFICE,X LTD,,\n")
    (folder / "spend" / "2031-02.csv").write_text(PAYMENTS + "2031-02-05,7.00,SAMPLE OFFICE,Petronel Sampleworth,,\n")
    return folder
