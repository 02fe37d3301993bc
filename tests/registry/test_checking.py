from datetime import date

import msgspec
import pytest

from opencompact.registry import Catalogue, load_catalogue, load_shapes
from opencompact.registry.cards import (
    Agreement,
    Outcome,
    Recognise,
    ReturnField,
    RuleSet,
    SignStep,
    Source,
    SpendReturn,
    Undertaking,
    Vocabulary,
)
from opencompact.registry.checking import faults, undertakings

PROMISE = Undertaking(number="1.1", outcome="1", bound="both", paraphrase="Sample.", test="judgement", wording="unconfirmed")
AGREEMENT = Agreement(slug="sample", title="Sample", parties="Sample", outcomes=(Outcome(number="1", title="One"),), undertakings=(PROMISE,))
RULE_SET = RuleSet(slug="sample-code", title="Sample", made_by="government", in_force_from=date(2031, 1, 1), rule="Sample.")
SOURCE = Source(
    slug="sample-spend", title="", publisher="", licence="", standing="real", table="payment_lines", format="table", recognise=Recognise(columns=("a",))
)
INDICATOR = msgspec.structs.replace(next(iter(load_catalogue().indicators.values())), slug="sample-share", tests=("sample/1.1",))


STEP, LINE = SignStep(step="approved", label="Approved", post="Minister"), ReturnField(name="vcse", label="", unit="pounds", rule="", wording="unconfirmed")
RETURN = SpendReturn(
    slug="sample-return", title="", question="", made_under="", source_url="", binds=("department",), not_bound="", counts="payments", outside="grants",
    first_year=2031, target_year=2032, due_months=6, due_rule="", target_rule="", change_rule="", suppliers=(), target_steps=(STEP,), return_steps=(STEP,),
    fields=(LINE,),
)  # fmt: skip
KINDS = Vocabulary(slug="body-kinds", title="", source="", terms=({"kind": "department"},))


def changed(**given):
    """Faults of a catalogue that is whole but for what is given."""
    agreement = msgspec.structs.replace(AGREEMENT, undertakings=(msgspec.structs.replace(PROMISE, **given.pop("promise", {})),))
    return faults(
        Catalogue(
            agreements={"sample": agreement},
            rule_sets={"sample-code": msgspec.structs.replace(RULE_SET, **given.pop("rule_set", {}))},
            sources={"sample-spend": msgspec.structs.replace(SOURCE, **given.pop("source", {}))},
            vocabularies={"body-kinds": KINDS},
            returns={"sample-return": msgspec.structs.replace(RETURN, **given.pop("spend_return", {}))},
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
        (
            {"spend_return": {"is_provisional": True}},
            "returns/sample-return, provisional_because: found nothing; expected why the form may still change.",
        ),
        ({"spend_return": {"binds": ("guild",)}}, "returns/sample-return, binds: found guild; expected a kind of the vocabulary body-kinds."),
        ({"spend_return": {"return_steps": (STEP, STEP)}}, "returns/sample-return, return_steps: found approved twice; expected each once."),
        ({"spend_return": {"fields": (LINE, LINE)}}, "returns/sample-return, fields: found vcse twice; expected each once."),
        (
            {"spend_return": {"fields": (msgspec.structs.replace(LINE, wording="confirmed"),)}},
            "returns/sample-return, field vcse, source_url: found none; expected the address its rule was seen at.",
        ),
        ({"rule_set": {"tests": "sample/2.1"}}, "rulesets/sample-code, tests: found sample/2.1; expected an undertaking of an agreement."),
    ],
)
def test_what_does_not_fit_is_told(given, told):
    assert changed(**given) == [told]


def test_undertakings_are_named_by_agreement_and_number():
    assert undertakings(Catalogue(agreements={"sample": AGREEMENT})) == {"sample/1.1"}
