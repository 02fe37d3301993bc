from datetime import date

import msgspec
import pytest

from opencompact.registry import Catalogue, load_catalogue, load_shapes
from opencompact.registry.cards import Agreement, Outcome, Recognise, RuleSet, Source, Undertaking
from opencompact.registry.checking import faults, undertakings

PROMISE = Undertaking(number="1.1", outcome="1", bound="both", paraphrase="Sample.", test="judgement", wording="unconfirmed")
AGREEMENT = Agreement(slug="sample", title="Sample", parties="Sample", outcomes=(Outcome(number="1", title="One"),), undertakings=(PROMISE,))
RULE_SET = RuleSet(slug="sample-code", title="Sample", made_by="government", in_force_from=date(2031, 1, 1), rule="Sample.")
SOURCE = Source(
    slug="sample-spend", title="", publisher="", licence="", standing="real", table="payment_lines", format="table", recognise=Recognise(columns=("a",))
)
INDICATOR = msgspec.structs.replace(next(iter(load_catalogue().indicators.values())), slug="sample-share", tests=("sample/1.1",))


def changed(**given):
    """Faults of a catalogue that is whole but for what is given."""
    agreement = msgspec.structs.replace(AGREEMENT, undertakings=(msgspec.structs.replace(PROMISE, **given.pop("promise", {})),))
    return faults(
        Catalogue(
            agreements={"sample": agreement},
            rule_sets={"sample-code": msgspec.structs.replace(RULE_SET, **given.pop("rule_set", {}))},
            sources={"sample-spend": msgspec.structs.replace(SOURCE, **given.pop("source", {}))},
            indicators={"sample-share": msgspec.structs.replace(INDICATOR, **given.pop("indicator", {}))},
        ),
        load_shapes(),
    )


def test_our_catalogue_has_no_faults():
    assert faults(load_catalogue(), load_shapes()) == []


def test_whole_catalogue_has_no_faults():
    assert changed() == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"source": {"table": "spending"}}, "sources/sample-spend, table: found spending; expected a table of shapes/."),
        (
            {"source": {"recognise": Recognise()}},
            "sources/sample-spend, recognise: found neither columns nor keys; expected one, so that a file of it can be known.",
        ),
        ({"indicator": {"needs": ("payment_lines",)}}, "indicators/sample-share, needs: found payment_lines; expected a public table."),
        ({"indicator": {"needs": ("nowhere",)}}, "indicators/sample-share, needs: found nowhere; expected a public table."),
        ({"indicator": {"tests": ("sample/9.9",)}}, "indicators/sample-share, tests: found sample/9.9; expected an undertaking of an agreement."),
        ({"indicator": {"examples": ()}}, "indicators/sample-share, examples.yml: found none; expected at least one worked example."),
        ({"promise": {"outcome": "2"}}, "agreements/sample, undertaking 1.1, outcome: found 2; expected one of 1."),
        ({"promise": {"kin": ("other/1",)}}, "agreements/sample, undertaking 1.1, kin: found other/1; expected an undertaking of an agreement."),
        ({"promise": {"wording": "confirmed"}}, "agreements/sample, undertaking 1.1, source_url: found none; expected the address its wording was seen at."),
        ({"rule_set": {"in_force_to": date(2030, 12, 31)}}, "rulesets/sample-code, in_force_to: found 2030-12-31; expected a day after 2031-01-01."),
        ({"rule_set": {"tests": "sample/2.1"}}, "rulesets/sample-code, tests: found sample/2.1; expected an undertaking of an agreement."),
    ],
)
def test_what_does_not_fit_is_told(given, told):
    assert changed(**given) == [told]


def test_undertakings_are_named_by_agreement_and_number():
    assert undertakings(Catalogue(agreements={"sample": AGREEMENT})) == {"sample/1.1"}
