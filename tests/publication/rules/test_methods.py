"""The method page of an indicator."""

from datetime import date

from opencompact.publication.rules.methods import method_page
from opencompact.registry.cards import Example, Indicator

CARD = Indicator(
    slug="sample-length",
    title="Length",
    question="How long?",
    why_it_matters="Time matters.\n",
    unit="days",
    better="higher",
    population="Consultations.",
    needs=("consultations",),
    excludes=("Those with no dates.",),
    interval="none",
    not_enough_below=3,
    version=2,
    reviewed_on=date(2031, 1, 2),
    review_due_on=date(2032, 1, 2),
    sql="SELECT 1\n",
    examples=(Example(says="One of 42 days.", given={"consultations": ({"days_open": 42, "title": "A | B"}, {"days_open": None})}, expect=()),),
)


def test_method_page_has_the_card_in_its_order_and_no_empty_section():
    assert method_page(CARD) == (
        "# Length\n\n**How long?**\n\n## Why it matters\n\nTime matters.\n\n## Unit\n\ndays; better: higher.\n\n## Population\n\nConsultations.\n\n"
        "## Tables it needs\n\n- consultations\n\n## What it leaves out\n\n- Those with no dates.\n\n## Interval\n\nNone.\n\n"
        "## Too few to say\n\nNo value is given for fewer than 3 cases.\n\n## The SELECT\n\n```sql\nSELECT 1\n```\n\n"
        "## Worked examples\n\n### One of 42 days.\n\n"
        "Given `consultations`:\n\n| days_open | title |\n| --- | --- |\n| 42 | A \\| B |\n|  |  |\n\nExpected:\n\nNo rows.\n\n"
        "Version 2, reviewed on 2031-01-02, next review due on 2032-01-02.\n"
    )
