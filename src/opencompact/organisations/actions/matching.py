"""Matches names of payees to a register: read in, compared in portions so that memory stays bounded, decided, and said why."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources

import duckdb
import numpy as np

from opencompact.organisations.actions.matching_entries import Entry, read_payees, read_register
from opencompact.organisations.rules.decided import Decided
from opencompact.organisations.rules.learned import UNLEARNED, Learned
from opencompact.organisations.rules.matching_beside import SAME_POSTCODE, SPOKEN_AGAINST, of_context, of_postcodes, shifted
from opencompact.organisations.rules.matching_features import Pairs, Payees, Surroundings, compare, surroundings
from opencompact.organisations.rules.matching_index import Floats, Index, twins
from opencompact.organisations.rules.matching_names import Spellings, spellings
from opencompact.organisations.rules.matching_numbers import organisations_of
from opencompact.organisations.rules.matching_scorer import ACCEPTED, NONE, REVIEW, Decision, Scorer, decide, scorer
from opencompact.organisations.rules.names import NameRules, name_rules
from opencompact.organisations.rules.probable import Words, held_back
from opencompact.organisations.rules.taught import COMPARED
from opencompact.registry import Catalogue, load_catalogue
from opencompact.values.collector import without_collector

PORTION = 5_000  # payees compared at a time
ALONE = Surroundings({"": float(np.log(1 / 3))}, np.zeros(0, dtype=np.int64))  # what a file tells where there is no file
NOT_LIKE = "No name on the register is like it."
NO_NAME = "There is no letter from A to Z and no digit in the name to compare by."


@dataclass(frozen=True, slots=True)
class Payee:
    """A name to match, with its postcode and whatever is known of what was paid for."""

    name: str
    postcode: str = ""
    context: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a payee is taken to be: accepted, to review, or none; the stage that decided, why in words, and whether something speaks against it."""

    organisation: str = ""
    name: str = ""
    probability: float = 0.0
    decision: str = NONE
    stage: str = "none"
    why: str = NOT_LIKE
    is_doubted: bool = False


@dataclass
class Matcher:
    """A register ready to be matched against, the scorer that decides, and what people's decisions taught it."""

    index: Index
    entries: Mapping[int, Entry]
    rules: NameRules
    scores: Scorer
    spellings: Spellings
    classes: Mapping[str, str]
    same_as: Mapping[str, str]
    con: duckdb.DuckDBPyConnection
    learned: Learned = UNLEARNED

    @without_collector()
    def match(self, payees: Sequence[Payee], *, around: Surroundings | None = None) -> list[Match]:
        """A match for each payee, in order; one answer for each different name, postcode, context and number.

        `around` is what other names tell where that is known from elsewhere; a name is then matched alike whatever it is asked with.
        """
        found = {payee: match for payee in dict.fromkeys(payees) if (match := by_number(payee, self.names))}
        asked = [payee for payee in dict.fromkeys(payees) if payee not in found]
        portions = [self._pairs(asked[start : start + PORTION]) for start in range(0, len(asked), PORTION)] if len(asked) <= PORTION else None
        around = around or self.around(asked, portions)
        for number, start in enumerate(range(0, len(asked), PORTION)):
            part = asked[start : start + PORTION]
            held, pairs = portions[number] if portions else self._pairs(part)
            for payee, match in zip(part, self._decided(part, held, pairs, around), strict=True):
                found[payee] = match
        return [found[payee] for payee in payees]

    def candidates(self, payees: Sequence[Payee], *, limit: int = 5, around: Surroundings = ALONE) -> list[list[Match]]:
        """For each payee, in order, its likeliest organisations; the one that would be taken stands first and alone may be accepted.

        Each payee is judged by itself, whatever others are asked with it. A rival is given no more than the one taken before it.
        """
        found: list[list[Match]] = []
        for start in range(0, len(payees), PORTION):
            part = payees[start : start + PORTION]
            held, pairs = self._pairs(part)
            found += self._ranked(part, held, pairs, limit, around) if len(pairs.rows) else [[] for _ in part]
        return found

    def _ranked(self, part: Sequence[Payee], held: Payees, pairs: Pairs, limit: int, around: Surroundings) -> Iterator[list[Match]]:
        ids, owner = [self.index.register.ids[place] for place in pairs.places], held.owner[pairs.rows]
        probabilities = self._probabilities(part, held, pairs, around)
        chosen = decide(self.scores, probabilities, owner, pairs.places, ids, same_as=self.same_as)
        chosen = self._heeded(part, pairs, chosen)
        best: dict[int, dict[str, int]] = {number: {} for number in range(len(part))}
        for pair in np.argsort(-probabilities, kind="stable").tolist():
            best[int(owner[pair])].setdefault(self.stands(ids[pair]), pair)
        for number, pairs_of in best.items():
            first = [chosen[number]] if number in chosen else []
            taken = {self.stands(each.organisation) for each in first}
            rivals = [
                self._rival(Decision(ids[pair], int(pairs.places[pair]), pair, float(probabilities[pair]), REVIEW), pairs, first[0].probability)
                for stands, pair in pairs_of.items()
                if stands not in taken
            ]
            ordered = [*first, *(sorted(rivals, key=lambda each: -each.probability) if self.learned.decisions else rivals)][:limit]
            said = [self._candidate(held, pairs, each) for each in ordered]
            yield [
                self._held_back(part[number], match, each, pairs) if place == 0 else match
                for place, (match, each) in enumerate(zip(said, ordered, strict=True))
            ]

    def _rival(self, rival: Decision, pairs: Pairs, most: float) -> Decision:
        """The rival by what was learned, and no likelier than the one taken before it."""
        scored = round(rival.probability, 4)
        if self.learned.decisions and self._stage(pairs, rival.pair) == COMPARED:
            rival = replace(rival, probability=self.learned.of(scored), scored=scored)
        return replace(rival, probability=min(rival.probability, most))

    def _heeded(self, part: Sequence[Payee], pairs: Pairs, chosen: dict[int, Decision]) -> dict[int, Decision]:
        """What was chosen, by what was learned where it was compared and nothing speaks against it."""
        if not self.learned.decisions:
            return chosen
        return {number: self._taught(part[number], pairs, each) for number, each in chosen.items()}

    def _taught(self, payee: Payee, pairs: Pairs, decision: Decision) -> Decision:
        if self._stage(pairs, decision.pair) != COMPARED or self._doubt(payee, self.entries[decision.place], decision.organisation, COMPARED):
            return decision
        scored = round(decision.probability, 4)
        heeded = self.learned.of(scored)
        return replace(decision, probability=heeded, scored=scored, decision=self.scores.word(heeded))

    def stands(self, identifier: str) -> str:
        """The id that stands for a twin and the other; its own where it has no twin."""
        return self.same_as.get(identifier, identifier)

    def _candidate(self, held: Payees, pairs: Pairs, each: Decision) -> Match:
        """What `match` would say of it, and the organisation too where it is not likely enough to be looked at."""
        word = each.decision if each.probability >= self.scores.review else NONE
        told = self._said(held, pairs, replace(each, decision=word))
        return told if told.decision != NONE else replace(self._said(held, pairs, replace(each, decision=REVIEW)), decision=NONE, why=told.why)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The first name of each organisation, as the register writes it."""
        found: dict[str, str] = {}
        for place in sorted(self.entries):
            found.setdefault(self.entries[place].organisation, self.entries[place].name)
        return found

    def around(self, asked: Sequence[Payee], portions: list[tuple[Payees, Pairs]] | None = None) -> Surroundings:
        """What the file's unmistakable names tell, from its first portion, which is compared where it is not given."""
        if portions is None:
            asked = [payee for payee in dict.fromkeys(asked) if not by_number(payee, self.names)]
        if not asked:
            return ALONE
        held, pairs = portions[0] if portions else self._pairs(asked[:PORTION])
        return surroundings(self.index, pairs, held.owner[pairs.rows])

    def _pairs(self, part: Sequence[Payee]) -> tuple[Payees, Pairs]:
        held = read_payees([payee.name for payee in part], con=self.con, rules=self.rules, known=self.spellings)
        rows, places = self.index.candidates(held.names)
        return held, compare(self.index, held, rows, places, classes=self.classes)

    def _decided(self, part: Sequence[Payee], held: Payees, pairs: Pairs, around: Surroundings) -> Iterator[Match]:
        ids = [self.index.register.ids[place] for place in pairs.places]
        owner = held.owner[pairs.rows] if len(pairs.rows) else pairs.rows
        probabilities = self._probabilities(part, held, pairs, around)
        chosen = self._heeded(part, pairs, decide(self.scores, probabilities, owner, pairs.places, ids, same_as=self.same_as))
        named = set(held.owner.tolist())
        for number in range(len(part)):
            said = self._said(held, pairs, chosen[number]) if number in chosen else Match(why=NO_NAME if number not in named else NOT_LIKE)
            yield self._held_back(part[number], said, chosen.get(number), pairs)

    def _probabilities(self, part: Sequence[Payee], held: Payees, pairs: Pairs, around: Surroundings) -> Floats:
        table = Pairs(pairs.rows, pairs.places, {**pairs.columns, **around.columns(self.index, pairs.places)}).table(self.scores.features)
        owner = held.owner[pairs.rows] if len(pairs.rows) else pairs.rows
        return self._with_place(part, pairs, owner, self.scores.probabilities(table))

    def _with_place(self, part: Sequence[Payee], pairs: Pairs, owner: np.ndarray, probabilities: Floats) -> Floats:
        """The probabilities with what postcodes and the words of payments add."""
        if not any(payee.postcode or payee.context for payee in part):
            return probabilities
        added = np.zeros(len(probabilities))
        for number, (payee, place) in enumerate(zip(owner.tolist(), pairs.places.tolist(), strict=True)):
            given, entry = part[payee], self.entries[place]
            added[number] = of_postcodes(given.postcode, entry.postcode) + of_context(given.context, given.name, self.index.register.names[place])
        return shifted(probabilities, added)

    def _said(self, held: Payees, pairs: Pairs, decision: Decision) -> Match:
        same = pairs.columns["same"][decision.pair] > 0
        if same and decision.decision == NONE and not pairs.columns["part_of_payee"][decision.pair]:
            decision = replace(decision, decision=REVIEW)  # the same name is never passed over, however many bear it
        if pairs.columns["as_good"][decision.pair] > 1:
            decision = replace(decision, rivals=self._namesakes(held, pairs, decision) or decision.rivals)
        entry, name = self.entries[decision.place], held.names[int(pairs.rows[decision.pair])]
        learned = self.learned.says(decision.scored, decision.probability) if decision.scored is not None else ""
        why = _why(name, self.index.register.names[decision.place], decision, self.scores, learned=learned)
        if decision.decision == NONE:
            return Match("", "", round(decision.probability, 4), NONE, "none", why)
        return Match(decision.organisation, entry.name, round(decision.probability, 4), decision.decision, self._stage(pairs, decision.pair), why)

    @staticmethod
    def _stage(pairs: Pairs, pair: int) -> str:
        """How the two names of a pair are alike."""
        return "exact" if pairs.columns["same"][pair] > 0 else "initials" if pairs.columns["initials"][pair] > 0 else COMPARED

    def _held_back(self, payee: Payee, match: Match, decision: Decision | None, pairs: Pairs) -> Match:
        """The match as it stands, or for a person to review where something speaks against a likely one; the same whole postcode outweighs it."""
        if decision is None or not match.organisation:
            return match
        is_part = pairs.columns["part_of_payee"][decision.pair] or self.index.register.is_part[decision.place]
        if match.stage == "exact" and not is_part:
            return match  # nothing is held against the same whole name
        doubt = self._doubt(payee, self.entries[decision.place], match.organisation, match.stage)
        if not doubt:
            return match
        match = replace(match, is_doubted=True)
        if match.decision != ACCEPTED:
            return match
        return replace(match, decision=REVIEW, probability=round(float(shifted(match.probability, SPOKEN_AGAINST)), 4), why=f"{doubt} {match.why}")

    def _doubt(self, payee: Payee, entry: Entry, organisation: str, stage: str) -> str:
        """What speaks against the payee's being this entry, in words; nothing where both have the same whole postcode."""
        doubt = held_back(payee.name, entry.name, organisation, words=self.words, stage=stage)
        return "" if doubt and of_postcodes(payee.postcode, entry.postcode) == SAME_POSTCODE else doubt

    @property
    def words(self) -> Words:
        """What words mean to this matcher."""
        return Words(self.classes, self.spellings, self.rules)

    def _namesakes(self, held: Payees, pairs: Pairs, decision: Decision) -> tuple[str, ...]:
        """The other organisations that bear the name chosen, where it is the payee's too."""
        rows = np.searchsorted(held.owner, held.owner[pairs.rows[decision.pair]] + np.array([0, 1]))  # rows stand in the order of payees, and pairs of rows
        first, end = np.searchsorted(pairs.rows, rows)
        ids = {self.index.register.ids[place] for place in pairs.places[first:end][pairs.columns["same"][first:end] > 0]}
        return tuple(sorted({self.stands(each) for each in ids} - {decision.organisation}))


@without_collector()
def matcher(entries: Iterable[Entry], *, catalogue: Catalogue | None = None, scores: Scorer | None = None, learned: Learned = UNLEARNED) -> Matcher:
    """A matcher over these names, by the scorer shipped or another and by what was learned; entries without a name that can be compared are left out."""
    terms = (catalogue or load_catalogue()).vocabularies
    rules, con = name_rules(terms["name-rules"].terms), duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    known = spellings(terms["name-abbreviations"].terms)
    register, at = read_register(list(entries), con=con, rules=rules, known=known)
    classes = {str(word): str(term["class"]) for term in terms["payee-words"].terms for word in term["words"]}
    same_as = twins(register, rules) | {entry.organisation: entry.same_as for entry in at.values() if entry.same_as}
    return Matcher(Index(register, more_words=classes, same_as=same_as), at, rules, scores or shipped_scorer(), known, classes, same_as, con, learned)


@cache
def shipped_scorer() -> Scorer:
    """The scorer of this version; its file says what it was trained on."""
    path = resources.files("opencompact.catalogue") / "standards" / "match-scorer" / "scorer.json"
    return scorer(json.loads(path.read_text(encoding="utf-8")))


def by_number(payee: Payee, names: Mapping[str, str]) -> Match | None:
    """The organisation whose number is given, if it is of one alone; a number of none, or of two, leaves it to the name. `names` are those by org-id."""
    held = organisations_of(payee.identifier, names) if payee.identifier else ()
    if len(held) != 1:
        return None
    return Match(held[0], names[held[0]], 1.0, ACCEPTED, "identifier", f"The file gives the number {payee.identifier.strip()}.")


def of_person(found: Decided, *, name: str = "") -> Match:
    """The match that a decision makes: the organisation for certain, or nobody."""
    if not found.organisation:
        return Match(stage="reviewed", why=found.said)
    return Match(found.organisation, name, 1.0, ACCEPTED, "reviewed", found.said)


def _why(name: str, other: str, decision: Decision, scores: Scorer, *, learned: str = "") -> str:
    ours, theirs = name.split(), other.split()
    shared = [word for word in ours if word in theirs]
    over, missing = [word for word in ours if word not in theirs], [word for word in theirs if word not in ours]
    said = "The same name." if name == other else f"Shares {' '.join(shared) or 'no whole word'}."
    said += f" Over in the payee's: {' '.join(over)}." if over else ""
    said += f" Over in the register's: {' '.join(missing)}." if missing else ""
    said += f" As likely by name: {', '.join(decision.rivals[:3])}." if decision.rivals else ""
    bar = {ACCEPTED: "", REVIEW: f" Below {scores.accept:.2f}, so a person decides.", NONE: f" Below {scores.review:.2f}: not identified."}
    return said + learned + bar[decision.decision]
