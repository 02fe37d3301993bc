"""What no single card can tell: that the cards agree with one another and with the tables."""

from collections.abc import Iterator, Mapping

from opencompact.registry import Catalogue
from opencompact.shapes.shape import Shape


def faults(catalogue: Catalogue, shapes: Mapping[str, Shape]) -> list[str]:
    """One sentence for each thing that does not fit: card, key, what was found, what was expected."""
    return [
        *_source_faults(catalogue, shapes),
        *_indicator_faults(catalogue, shapes),
        *_agreement_faults(catalogue),
        *_rule_set_faults(catalogue),
        *_return_faults(catalogue),
    ]


def undertakings(catalogue: Catalogue) -> frozenset[str]:
    """The id of every undertaking of every agreement, as `compact-2010/2.4`."""
    return frozenset(f"{slug}/{item.number}" for slug, agreement in catalogue.agreements.items() for item in agreement.undertakings)


def _source_faults(catalogue: Catalogue, shapes: Mapping[str, Shape]) -> Iterator[str]:
    for slug, card in catalogue.sources.items():
        for table in (card.table, *card.also):
            if table not in shapes:
                yield f"sources/{slug}, table: found {table}; expected a table of shapes/."
        if not (card.recognise.columns or card.recognise.keys or card.recognise.fields):
            yield f"sources/{slug}, recognise: found neither columns nor keys; expected one, so that a file of it can be known."
        if card.recognise.fields and card.recognise.headers not in catalogue.vocabularies:
            yield f"sources/{slug}, recognise, headers: found {card.recognise.headers or 'nothing'}; expected a vocabulary with the names of the fields."


def _indicator_faults(catalogue: Catalogue, shapes: Mapping[str, Shape]) -> Iterator[str]:
    known = undertakings(catalogue)
    for slug, card in catalogue.indicators.items():
        for table in card.needs:
            if table not in shapes or shapes[table].visibility != "public":
                yield f"indicators/{slug}, needs: found {table}; expected a public table."
        for undertaking in card.tests:
            if undertaking not in known:
                yield f"indicators/{slug}, tests: found {undertaking}; expected an undertaking of an agreement."
        if not card.examples:
            yield f"indicators/{slug}, examples.yml: found none; expected at least one worked example."


def _agreement_faults(catalogue: Catalogue) -> Iterator[str]:
    known = undertakings(catalogue)
    for slug, agreement in catalogue.agreements.items():
        outcomes = {outcome.number for outcome in agreement.outcomes}
        for item in agreement.undertakings:
            if item.outcome not in outcomes:
                yield f"agreements/{slug}, undertaking {item.number}, outcome: found {item.outcome}; expected one of {', '.join(sorted(outcomes))}."
            for kin in item.kin:
                if kin not in known:
                    yield f"agreements/{slug}, undertaking {item.number}, kin: found {kin}; expected an undertaking of an agreement."
            if item.wording == "confirmed" and not item.source_url:
                yield f"agreements/{slug}, undertaking {item.number}, source_url: found none; expected the address its wording was seen at."


def _rule_set_faults(catalogue: Catalogue) -> Iterator[str]:
    known = undertakings(catalogue)
    for slug, card in catalogue.rule_sets.items():
        if card.in_force_to is not None and card.in_force_to < card.in_force_from:
            yield f"rulesets/{slug}, in_force_to: found {card.in_force_to}; expected a day after {card.in_force_from}."
        if card.tests and card.tests not in known:
            yield f"rulesets/{slug}, tests: found {card.tests}; expected an undertaking of an agreement."


def _return_faults(catalogue: Catalogue) -> Iterator[str]:
    kinds = {str(term["kind"]) for term in catalogue.vocabularies["body-kinds"].terms} if "body-kinds" in catalogue.vocabularies else set()
    for slug, card in catalogue.returns.items():
        if card.is_provisional and not card.provisional_because:
            yield f"returns/{slug}, provisional_because: found nothing; expected why the form may still change."
        for kind in card.binds:
            if kind not in kinds:
                yield f"returns/{slug}, binds: found {kind}; expected a kind of the vocabulary body-kinds."
        for named, names in (
            ("target_steps", [each.step for each in card.target_steps]),
            ("return_steps", [each.step for each in card.return_steps]),
            ("fields", [each.name for each in card.fields]),
        ):
            for twice in sorted({name for name in names if names.count(name) > 1}):
                yield f"returns/{slug}, {named}: found {twice} twice; expected each once."
        for field in card.fields:
            if field.wording == "confirmed" and not field.source_url:
                yield f"returns/{slug}, field {field.name}, source_url: found none; expected the address its rule was seen at."
