import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.actions.test_merging import contents, merged

from opencompact.records.actions import merging

TAGS = ("planning", "tender", "tenderUpdate", "tenderCancellation", "award", "contract", "contractTermination")
DAYS = ("2031-02-03T00:00:00Z", "2031-02-03", "2031-05-06T07:08:09+01:00", "2033-01-01", "soon", "")


class Invented:
    """Plain releases of every shape, as a seed has them."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def some(self, **given):
        """Some of these fields, each made anew."""
        return {name: make() if callable(make) else make for name, make in given.items() if self.chance.random() < 0.7}

    def one(self, *values):
        return lambda: self.chance.choice(values)

    def each(self, **given):
        """A list of objects, identifiers repeated among them."""
        return lambda: [{**self.some(**given), "id": self.chance.choice("123")} for _ in range(self.chance.randrange(4))]

    def release(self):
        value = lambda: self.some(amount=self.one(1, 2.5, "3", 0, "n/a"), amountGross=self.one(5, 7.5), currency=self.one("GBP", "GBP", "EUR"))  # noqa: E731  made anew at each use
        period, truth = lambda: self.some(startDate=self.one(*DAYS), endDate=self.one(*DAYS)), self.one(True, False)
        names, amendments = self.one("Sample A", "Sample B", ""), self.each(date=self.one(*DAYS))
        documents = self.each(noticeType=self.one("UK2", "UK4", "UK7", "UK11", "UK12"), url=self.one("https://notices.sample.example/1"))
        identifier = lambda: self.some(scheme=self.one("GB-COH", "GB-CHC", "XX"), id=self.one("09800022", "9800022", "none", 980022))  # noqa: E731  made anew at each use
        parties = self.each(
            name=names,
            roles=self.one(["buyer"], ["supplier"], []),
            identifier=identifier,
            additionalIdentifiers=lambda: [identifier() for _ in range(self.chance.randrange(3))],
            details=lambda: self.some(vcse=self.one(True, "yes"), scale=self.one("sme", "large")),
        )
        tender = lambda: self.some(  # noqa: E731  made anew at each use
            title=names,
            datePublished=self.one(*DAYS),
            procurementMethod=self.one("open"),
            procurementMethodDetails=self.one("Open procedure", "Framework", "Call-off"),
            legalBasis=lambda: self.some(scheme=self.one("CELEX", ""), id=self.one("1", 2)),
            tenderPeriod=period,
            value=value,
            suitability=lambda: self.some(sme=truth, vcse=truth),
            techniques=lambda: self.some(hasFrameworkAgreement=truth, hasDynamicPurchasingSystem=truth),
            lots=self.each(title=names, value=value, contractPeriod=period, suitability=lambda: self.some(sme=truth, vcse=truth)),
            amendments=amendments,
            documents=documents,
        )
        awards = self.each(
            title=names,
            status=self.one("active", "active", "pending"),
            date=self.one(*DAYS),
            datePublished=self.one(*DAYS),
            value=value,
            suppliers=self.each(name=names),
            contractPeriod=period,
            hasSubcontracting=truth,
            amendments=amendments,
            documents=documents,
        )
        contracts = self.each(awardID=self.one("1", "2", "3"), value=value, period=period, dateSigned=self.one(*DAYS), amendments=amendments)
        number, process = self.chance.randrange(9), self.chance.randrange(15)
        return {
            "ocid": f"ocds-h6vhtk-{process}",
            "date": self.chance.choice(("soon", *(f"2031-0{month}-11T00:00:00Z" for month in range(1, 9)))),
            "tag": self.chance.sample(TAGS, self.chance.choice((1, 1, 2))),
            **self.some(
                id=f"{process}-{number}",
                title=names,
                parties=parties,
                buyer=lambda: self.some(id=self.one("1", "2"), name=names),
                planning=lambda: self.some(documents=documents),
                tender=tender,
                awards=awards,
                contracts=contracts,
                relatedProcesses=self.each(relationship=self.one(["framework"], ["prior"])),
            ),
        }


@settings(max_examples=4)
@given(st.integers())
def test_plain_releases_merged_in_columns_say_what_each_process_merged_by_itself_says(tmp_path_factory, seed):
    invented = Invented(seed)
    files = {"a.jsonl": [invented.release() for _ in range(40)], "b.jsonl": [invented.release() for _ in range(20)]}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(merging, "are_usual", lambda _: False)
        one_by_one = contents(merged(tmp_path_factory.mktemp("one"), files))
        patched.setattr(merging, "are_usual", lambda _: True)
        patched.setattr(merging, "read_process", None)  # no release is left to it
        assert contents(merged(tmp_path_factory.mktemp("two"), files)) == one_by_one
    assert len(one_by_one["notices"]) > 20
