"""Puts what was promised into the lake: agreements, their undertakings and signs, and the dated rule sets."""

from collections.abc import Iterator, Mapping
from typing import Any

from opencompact.lake import Change
from opencompact.promises.rules.agreements import SEPARATOR, crosswalk, indicators_of, number_key, outcome_shown, undertaking_id
from opencompact.registry import Catalogue
from opencompact.registry.cards import Agreement, Undertaking

Row = dict[str, Any]  # a table's columns, of any type


def extract(change: Change, *, catalogue: Catalogue) -> None:
    """Put the tables agreements, undertakings, signs and rule_sets from the cards; raises UnknownKin or UnknownOutcome.

    Templates and invented agreements and rules stay out. The rest are of the real world and stand in every build, a sample country's too.
    """
    agreements = {slug: card for slug, card in sorted(catalogue.agreements.items()) if not card.template and card.standing == "real"}
    change.put_rows("agreements", [_agreement(slug, card) for slug, card in agreements.items()])
    change.put_rows("undertakings", _undertakings(agreements, catalogue=catalogue))
    change.put_rows("signs", _signs(agreements))
    change.put_rows("rule_sets", _rule_sets(catalogue))


def _agreement(slug: str, card: Agreement) -> Row:
    return {
        "agreement": slug,
        "title": card.title,
        "in_force_from": card.in_force_from,
        "in_force_to": card.in_force_to,
        "parties": card.parties,
        "source_url": card.source_url or None,
        "note": card.note or None,
    }


def _undertakings(agreements: Mapping[str, Agreement], *, catalogue: Catalogue) -> Iterator[Row]:
    # Templates take part in the check that kin exist; the lake shows no kin that it does not hold.
    kin = crosswalk(catalogue.agreements)
    for slug, card in agreements.items():
        for place, item in enumerate(_in_order(card), start=1):
            own = undertaking_id(slug, item.number)
            others = [other for other in kin.get(own, ()) if other.partition("/")[0] in agreements]
            yield {
                "undertaking": own,
                "agreement": slug,
                "place": place,
                "number": item.number,
                "outcome": outcome_shown(card, item),
                "bound": item.bound,
                "paraphrase": item.paraphrase,
                "test": item.test,
                "wording": item.wording,
                "source_url": item.source_url or None,
                "cannot_yet": item.cannot_yet or None,
                "indicators": SEPARATOR.join(indicators_of(own, indicators=catalogue.indicators)) or None,
                "kin": SEPARATOR.join(others) or None,
            }


def _signs(agreements: Mapping[str, Agreement]) -> Iterator[Row]:
    for slug, card in agreements.items():
        for item in _in_order(card):
            for place, sign in enumerate(item.signs, start=1):
                yield {
                    "undertaking": undertaking_id(slug, item.number),
                    "place": place,
                    "sign": sign.sign,
                    "text": sign.text,
                    "wording": sign.wording,
                    "source_url": sign.source_url or None,
                }


def _rule_sets(catalogue: Catalogue) -> Iterator[Row]:
    real = ((slug, card) for slug, card in catalogue.rule_sets.items() if card.standing == "real")
    for slug, card in sorted(real, key=lambda entry: (entry[1].in_force_from, entry[0])):
        yield {
            "rule_set": slug,
            "title": card.title,
            "made_by": card.made_by,
            "in_force_from": card.in_force_from,
            "in_force_to": card.in_force_to,
            "least_days": card.least_days,
            "usual_most_days": card.usual_most_days,
            "response_days": card.response_days,
            "rule": card.rule,
            "dates_note": card.dates_note or None,
            "source_url": card.source_url or None,
        }


def _in_order(card: Agreement) -> list[Undertaking]:
    return sorted(card.undertakings, key=lambda item: number_key(item.number))
