"""The cards of the catalogue: one struct for each kind of YAML file, unknown keys refused."""

from datetime import date
from typing import Any, Literal

import msgspec

Standing = Literal["real", "example", "sample"]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every card has; the slug is the name of its folder."""

    slug: str = ""


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A heading that undertakings stand under."""

    number: str
    title: str


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that would show a principle being kept (`progress`) or not (`warning`)."""

    sign: Literal["progress", "warning"]
    text: str
    wording: Literal["confirmed", "unconfirmed"]
    source_url: str = ""


class Undertaking(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One promise. `cannot_yet` says why nobody can test it yet; `kin` are the same promises in other agreements."""

    number: str
    outcome: str
    bound: Literal["government", "sector", "both"]
    paraphrase: str
    test: Literal["computed", "judgement", "both"]
    wording: Literal["confirmed", "unconfirmed"]
    source_url: str = ""
    cannot_yet: str = ""
    kin: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


class Agreement(Card, frozen=True, kw_only=True):
    """An agreement between government and the sector; `template` ones are for copying and enter no table."""

    title: str
    parties: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    source_url: str = ""
    note: str = ""
    template: bool = False
    standing: Standing = "real"
    outcomes: tuple[Outcome, ...]
    undertakings: tuple[Undertaking, ...]


class RuleSet(Card, frozen=True, kw_only=True):
    """Dated rules on consultations; `least_days` null means no length is set. `tests` is the undertaking it belongs to, for the Compact's own."""

    title: str
    made_by: Literal["government", "compact"]
    in_force_from: date
    in_force_to: date | None = None
    least_days: int | None = None
    usual_most_days: int | None = None
    response_days: int | None = None
    rule: str
    tests: str = ""
    dates_note: str = ""
    source_url: str = ""
    standing: Standing = "real"


class Vocabulary(Card, frozen=True, kw_only=True):
    """Words and classes with their source; each term is a mapping with the same keys."""

    title: str
    source: str
    note: str = ""
    terms: tuple[dict[str, Any], ...]


class Recognise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a file of this source is known: by columns of its header (tables) or keys of its document (JSON), and by name where that is not enough.

    A card of a family asks for `fields` instead: columns that go by any of their names in the vocabulary `headers`. `says` are words of which
    one must stand in the file's name, above its header or among its first payers. `headerless` ones are known without a header too, by looks.
    """

    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    headers: str = ""
    says: tuple[str, ...] = ()
    headerless: bool = False
    without_columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}


class Source(Card, frozen=True, kw_only=True):
    """A publication we can read. `items` is the key of a JSON document's list of records; empty means the document is one record.

    `table` is the table of lines its rows go to; `also` names further ones its plans fill. `without` are keys of a JSON record that are
    dropped at any depth before it is read: contact people never enter the lake. `mapping` gives the header each field is read from: a card
    with one needs no tidy.py. `urls` are addresses of plain files that can be fetched as they are.
    """

    title: str
    publisher: str
    licence: str
    url: str = ""
    standing: Standing
    table: str
    also: tuple[str, ...] = ()
    format: Literal["table", "json", "jsonl"]
    recognise: Recognise
    body: str = ""
    dates: Literal["iso", "day_first", "month_first"] = "iso"
    items: str = ""
    without: tuple[str, ...] = ()
    snapshot_on: date | None = None
    least_rows: int = 0
    most_rows: int | None = None
    known_columns: tuple[str, ...] = ()
    mapping: dict[str, str] = {}
    urls: tuple[str, ...] = ()
    note: str = ""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rows of tables given, and the rows of the SELECT expected."""

    says: str
    given: dict[str, tuple[dict[str, Any], ...]]
    expect: tuple[dict[str, Any], ...]


class Indicator(Card, frozen=True, kw_only=True):
    """One indicator, its keys in the order of its method page. `sql` and `examples` come from the files beside it."""

    title: str
    question: str
    why_it_matters: str
    tests: tuple[str, ...] = ()
    unit: Literal["days", "share", "pounds", "count"]
    better: Literal["higher", "lower", "neither"]
    population: str
    denominator: str = ""
    needs: tuple[str, ...]
    informs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    interval: Literal["wilson", "order_statistics", "none"]
    not_enough_below: int
    version: int
    reviewed_on: date
    review_due_on: date
    sql: str = ""
    examples: tuple[Example, ...] = ()


class Supplier(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A class of suppliers that a target may be set for."""

    supplier: str
    label: str


class SignStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step of a sign-off, in its order, and the post that takes it."""

    step: str
    label: str
    post: str


class ReturnField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a yearly return: what it holds and by which rule."""

    name: str
    label: str
    unit: Literal["pounds", "share", "count", "words"]
    rule: str
    source_url: str = ""
    wording: Literal["confirmed", "unconfirmed"]


class SpendReturn(Card, frozen=True, kw_only=True):
    """A yearly return of spending against a target. Years are those in which the financial year begins; `binds` are kinds of body.

    `counts` is the kind of money the target is of, `outside` the kind that is shown beside it and never added. `due_months` run from 31 March.
    """

    title: str
    question: str
    made_under: str
    source_url: str
    is_provisional: bool = False
    provisional_because: str = ""
    binds: tuple[str, ...]
    not_bound: str
    counts: Literal["payments", "contracts"]
    outside: Literal["grants"]
    first_year: int
    target_year: int
    due_months: int
    due_rule: str
    target_rule: str
    change_rule: str
    suppliers: tuple[Supplier, ...]
    target_steps: tuple[SignStep, ...]
    return_steps: tuple[SignStep, ...]
    fields: tuple[ReturnField, ...]
