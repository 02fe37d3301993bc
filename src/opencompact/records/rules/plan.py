"""A plan: the SQL by which a file's raw rows become rows of a table, and what is a problem on the way."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from opencompact.registry.cards import Source, Vocabulary
from opencompact.values.sql import quoted

Consequence = Literal["row_refused", "value_missing", "repaired", "kept"]

NOTHING = "CAST(NULL AS VARCHAR)"  # a column the file does not have; typed, so that sums over it can be planned

# Where rows of many files stand together, `source_row` holds the place of a row's file among them above so many bits: no file has as many rows.
FILE_BITS = 40

DAY_STYLES: Mapping[str, tuple[str, ...]] = {
    "iso": (),
    # two-digit years first: %Y would read `12` as the year 12
    "day_first": ("%d/%m/%y", "%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%b-%y", "%d-%b-%Y", "%d %B %Y", "%d %b %Y"),
    "month_first": ("%m/%d/%y", "%m/%d/%Y"),
}


_NUMBER = r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]+)?"
_PLAIN = r"^-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$"  # most amounts: they need no more than their commas taken out
_AMOUNT = rf"^(([-+] ?)?(£ ?)?{_NUMBER}|£ ?[-+] ?{_NUMBER}|\( ?(£ ?)?{_NUMBER} ?\)|£ ?\( ?{_NUMBER} ?\)|(£ ?)?{_NUMBER} ?-)$"


@dataclass(frozen=True)
class Field:
    """One column of the table: `sql` gives its value; where `raw` holds text and `sql` gives null, the text could not be read."""

    name: str
    sql: str
    header: str = ""
    raw: str = NOTHING
    expected: str = ""
    kind: str = "unreadable"
    required: bool = False


@dataclass(frozen=True)
class Check:
    """Something to report where `where` is true: a repair, or a value that cannot be as it stands. `plain` values cannot be a person's name.

    Where an `alone` one is true the row is no row of the table (a total, a note, a header again), and none of its other problems is told.
    A `once` one is told of the first row of the file with each text found.
    """

    kind: str
    header: str
    where: str
    found: str
    expected: str
    consequence: Consequence
    fix: str
    plain: bool = False
    alone: bool = False
    once: bool = False


@dataclass(frozen=True)
class Plan:
    """Fields and checks over `relation`, which has a `source_row` and is made from the table `raw`; rows outside `keep` are of another kind.

    `table` is the table of lines it fills: the card's where empty, else one the card names under `also`. `record` is the msgspec type of a
    JSON record where only some of its fields are read; what it does not name never reaches the lake. `plain` is a stricter type of it: of records
    that fit that the raw column `told` has what its method `told` tells, a list of texts; of others null. `by_row` says that a row of `raw` gives one
    row at most, and what becomes of it hangs on that row alone, so that the rows of many small files may stand in `raw` together: planning costs more
    than reading them. `is_of_texts` says that a row is mostly text taken as it is: to write it down costs more than to make it again. `is_told` says
    that the reading counts its rows with those of the first plan: they are other rows of the file.
    """

    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()
    relation: str = "raw"
    keep: str = "true"
    table: str = ""
    record: type | None = None
    by_row: bool = False
    plain: type | None = None
    is_of_texts: bool = False
    is_told: bool = False


def _no_values(place: int) -> Sequence[str]:  # noqa: ARG001  of no column
    return ()


@dataclass
class Found:
    """A file as found: the card it is read with, its headers in order, and the words a plan may need. Remembers which headers a plan uses.

    `blank` are the places of columns with nothing in them: a plan does without them, which spares most files the longest sums. `neat` are those
    of columns where no text has blanks around it.
    `vocabularies` are the catalogue's, by slug: header synonyms and other words a plan needs. `file_name` and `titles` (the texts above the
    header) are what the file says of itself; `values` gives the different texts of a column: of very many the first, and some
    of those without a letter. A plan adds to `said`, a sentence each, how it
    took the columns.
    """

    card: Source
    headers: tuple[str, ...] = ()
    body: str = ""
    missing_words: tuple[str, ...] = ()
    blank: frozenset[int] = frozenset()
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict)
    file_name: str = ""
    titles: tuple[str, ...] = ()
    values: Callable[[int], Sequence[str]] = _no_values
    used: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    neat: frozenset[int] = frozenset()

    def column(self, *names: str) -> str | None:
        """The raw column under the first of these headers the file has, trimmed and null when empty; None where it has none."""
        for name in names:
            for place, header in enumerate(self.headers):
                if same_header(header, name):
                    self.used.add(header)
                    return self.cell(place) if place not in self.blank else None
        return None

    def header(self, *names: str) -> str:
        """The first of these headers as the file writes it; the first name where it has none."""
        return next((header for name in names for header in self.headers if same_header(header, name)), names[0])

    def columns_like(self, accept: Callable[[str], bool]) -> list[str]:
        """Raw columns whose header is accepted, in order."""
        chosen = [(place, header) for place, header in enumerate(self.headers) if accept(header)]
        self.used.update(header for _, header in chosen)
        return [self.cell(place) for place, _ in chosen if place not in self.blank]

    def cell(self, place: int) -> str:
        """A raw column trimmed, where any of its texts needs it, and null when empty."""
        return f"nullif(c{place}, '')" if place in self.neat else cell_sql(place)

    def text(self, name: str, *headers: str, required: bool = False) -> Field:
        """A text field; empty is missing."""
        column = self.column(*headers)
        return Field(name, column or NOTHING, self.header(*headers), column or NOTHING, "some text", "missing", required)

    def day(self, name: str, *headers: str, required: bool = False) -> Field:
        """A day in the card's style, ISO always accepted first."""
        column = self.column(*headers)
        expected = {"iso": "a day as 2031-07-16", "day_first": "a day as 16/07/2031 or 16-Jul-2031", "month_first": "a day as 7/16/2031"}[self.card.dates]
        return Field(
            name,
            day_sql(column, self.card.dates) if column else "CAST(NULL AS DATE)",
            self.header(*headers),
            column or NOTHING,
            expected,
            "no_such_date",
            required,
        )

    def amount(self, name: str, *headers: str, required: bool = False) -> Field:
        """An amount of money in pounds; words for "none" are missing, not nought."""
        column = self.column(*headers)
        raw = without_words(column, self.missing_words) if column else NOTHING
        value = amount_sql(column or NOTHING, words=self.missing_words)
        return Field(name, value, self.header(*headers), raw, "an amount as 1234.56", "not_an_amount", required)


def cell_sql(place: int) -> str:
    """A raw column without the blanks around its text, no-break spaces and line ends among them; null where nothing is left."""
    cell, blank = f"c{place}", "' \t\r\n\u00a0'"
    ends = " OR ".join(f"{cell}[{at}] <= ' ' OR {cell}[{at}] = '\u00a0'" for at in (1, -1))  # trimming costs six times as much as looking whether it must
    return f"CASE WHEN {ends} THEN nullif(trim({cell}, {blank}), '') ELSE {cell} END"


def same_header(one: str, other: str) -> bool:
    """Headers are the same whatever their capitals and spaces."""
    return _plain(one) == _plain(other)


@lru_cache(maxsize=2**14)  # every header is compared with those of every card
def _plain(header: str) -> str:
    return " ".join(header.split()).casefold()


def without_words(column: str, words: Iterable[str]) -> str:
    """The column, null where it says only that there is nothing."""
    listed = "|".join(re.escape(word.casefold()) for word in words)  # a pattern: of a list of words DuckDB makes a join
    return f"CASE WHEN regexp_full_match(lower({column}), {quoted(listed)}) THEN NULL ELSE {column} END" if listed else column


def day_sql(column: str, style: str) -> str:
    """A DATE, or null where the text is no day of the calendar: `2017-09-31` is none, nor is one of a year with fewer than four digits."""
    formats = "".join(f", {quoted(form)}" for form in DAY_STYLES[style])
    instant = f"try_strptime(left({column}, 19), ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S'{formats}])"
    return f"CAST(CASE WHEN year({instant}) >= 1000 THEN {instant} END AS DATE)"


def iso_day_sql(column: str) -> str:
    """The day of an ISO date or instant, in the zone it is written in."""
    return f"TRY_CAST(left({column}, 10) AS DATE)"


def amount_sql(column: str, *, times: int = 1, words: Iterable[str] = ()) -> str:
    """A DECIMAL(18,2) from `1,234.50`, `£1234.5`, `(12.00)` or `12.00-`, else null: a comma that parts no thousands may be a decimal one.

    `times` is 1,000 or 1,000,000 where the file says its amounts are in thousands or millions; `words` say that there is nothing.
    """
    words = tuple(words)
    text = without_words(column, words)
    bare = f"regexp_replace({text}, '[ ,£+]', '', 'g')"
    signed = f"regexp_replace(regexp_replace({bare}, '^\\((.*)\\)$', '-\\1'), '^([0-9.]+)-$', '-\\1')"
    whole = f"TRY_CAST({signed} AS DECIMAL(18,2))" if times == 1 else f"TRY_CAST(TRY_CAST({signed} AS DECIMAL(38,8)) * {times} AS DECIMAL(18,2))"
    slowly = f"CASE WHEN regexp_matches({text}, {quoted(_AMOUNT)}) THEN {whole} END"
    if times != 1:
        return slowly
    plain = text if any(map(is_plain_amount, words)) else column  # no word for nothing looks like a number, so most amounts need not be held against them
    return f"CASE WHEN regexp_matches({plain}, {quoted(_PLAIN)}) THEN TRY_CAST(replace({plain}, ',', '') AS DECIMAL(18,2)) ELSE {slowly} END"


def is_plain_amount(text: str) -> bool:
    """Whether the text is a number as most amounts are written."""
    return bool(re.match(_PLAIN, text))


def masked(text_sql: str) -> str:
    """What may be shown of text that might be a name: of each word its first letter. Beside digits words of three letters stay: `28-Aug-2012`, `GB-CHC-1`."""
    text = f"CAST({text_sql} AS VARCHAR)"
    short, long = (f"regexp_replace({text}, '(\\pL)\\pL{{{least},}}', '\\1**', 'g')" for least in (3, 1))
    return f"left(CASE WHEN regexp_matches({text}, '[0-9]') THEN {short} ELSE {long} END, 80)"


_TOLD = f"source_row, field, CASE WHEN is_plain THEN shown ELSE {masked('shown')} END AS found, expected, kind, consequence, fix"


def tidy_sql(plan: Plan) -> str:
    """Every row of the file with its fields, the raw text behind each, and whether it is kept."""
    values = ",\n  ".join(f'{item.sql} AS "{item.name}"' for item in plan.fields)
    raws = "".join(f',\n  CAST({item.raw} AS VARCHAR) AS "{item.name} raw"' for item in plan.fields if item.raw != NOTHING)
    required = " AND ".join(f'"{item.name}" IS NOT NULL' for item in plan.fields if item.required) or "true"
    checks = "".join(_check_sql(check, place) for place, check in enumerate(plan.checks))
    inner = f"SELECT source_row,\n  {values}{raws}{checks}\nFROM ({_relation(plan)}) WHERE {plan.keep}"
    alone = " OR ".join(f'"check {place}"' for place, check in enumerate(plan.checks) if check.alone)
    return f"SELECT *, ({required}{_refusals(plan)}) AS is_kept{f', ({alone}) AS is_alone' if alone else ''} FROM ({inner})"


_MOVES_ROWS = re.compile(r"(?i)(?<!from )\(\s*select\b|\bjoin\b|\bunnest\(|\bover \(|\bgroup by\b|\bdistinct\b|\bunion\b")


def order_sql(plan: Plan, columns: Iterable[str]) -> str:
    """The ORDER BY that makes the rows of `tidied` stand alike in every build; empty where they stand in the order of the file.

    What is looked up elsewhere, counted over other rows, or makes several rows of one, comes as DuckDB's threads finish it. `columns` part rows of one
    `source_row`, where a plan makes several.
    """
    texts = (plan.relation, plan.keep, *(item.sql + item.raw for item in plan.fields), *(each.where + each.found for each in plan.checks))
    parted = () if plan.by_row else columns
    return f" ORDER BY {', '.join(['source_row', *parted])}" if any(map(_MOVES_ROWS.search, texts)) else ""


def _check_sql(check: Check, place: int) -> str:
    """Whether a row is to be reported, and what is told, where there is anything to tell: of every row it would be a copy of the file."""
    where = f',\n  coalesce({check.where}, false) AS "check {place}"'
    if _is_literal(check.found):
        return where
    return f'{where}, {check.found if "SELECT" in check.where else f"""CASE WHEN "check {place}" THEN {check.found} END"""} AS "found {place}"'


def _is_literal(found: str) -> bool:
    """Whether a check tells the same words of every row, which then need not stand in `tidied`."""
    return found.startswith("'")


def problems_sql(plan: Plan) -> list[str]:
    """One SELECT for each kind of problem over the table `tidied`: source_row, field, found, expected, kind, consequence, fix."""
    return [f"SELECT {_TOLD} FROM ({problem.select})" for problem in _problems(plan)]


def problem_tests(plan: Plan) -> list[str]:
    """For each SELECT of `problems_sql` the test of the rows of `tidied` it finds, so that one look at them can say which find any."""
    return [problem.test for problem in _problems(plan)]


def problems_at_sql(plan: Plan, places: Iterable[int]) -> str:
    """The SELECTs of `problems_sql` at these places as one, which masks names in one place: the patterns cost more to prepare than a small file to read."""
    problems = _problems(plan)
    return f"WITH told AS MATERIALIZED ({' UNION ALL '.join(problems[place].select for place in places)}) SELECT {_TOLD} FROM told"


@dataclass(frozen=True)
class _Problem:
    """A kind of problem: the SELECT of what is told of it, `shown` not yet masked, and its test."""

    header: str
    shown: str
    expected: str
    kind: str
    consequence: str
    fix: str
    test: str
    plain: bool = False
    first_where: str = ""

    @property
    def select(self) -> str:
        told = {"field": self.header, "expected": self.expected, "kind": self.kind, "consequence": self.consequence, "fix": self.fix}
        words = ", ".join(f"{quoted(text)} AS {name}" for name, text in told.items())
        first = f"SELECT min(source_row) FROM tidied WHERE {self.first_where} GROUP BY source_row >> {FILE_BITS}, {self.shown}"
        test = f"{self.test} AND source_row IN ({first})" if self.first_where else self.test
        return f"SELECT source_row, CAST({self.shown} AS VARCHAR) AS shown, {str(self.plain).lower()} AS is_plain, {words} FROM tidied WHERE {test}"


def _problems(plan: Plan) -> list[_Problem]:
    problems = []
    told = " AND NOT is_alone" if any(check.alone for check in plan.checks) else ""
    for item in plan.fields:
        has_raw, outcome = item.raw != NOTHING, "row_refused" if item.required else "value_missing"
        raw, value = f'"{item.name} raw"', f'"{item.name}"'
        if has_raw:
            test, fix = f"{raw} IS NOT NULL AND {value} IS NULL{told}", "Write it in the form expected."
            problems.append(_Problem(item.header, raw, item.expected, item.kind, outcome, fix, test))
        if item.required:
            test = f"{f'{raw} IS NULL AND ' if has_raw else ''}{value} IS NULL{told}"
            problems.append(_Problem(item.header or item.name, "'(empty)'", item.expected or "a value", "missing", outcome, "Fill it in.", test, plain=True))
    for place, check in enumerate(plan.checks):
        test = f'"check {place}"{"" if check.alone else told}'
        told_once = f'"check {place}"' if check.once else ""
        words = (check.header, check.found if _is_literal(check.found) else f'"found {place}"', check.expected, check.kind, check.consequence, check.fix)
        problems.append(_Problem(*words, test, plain=check.plain, first_where=told_once))
    return problems


def _relation(plan: Plan) -> str:
    return plan.relation if plan.relation.lstrip().upper().startswith("SELECT") else f"SELECT * FROM {plan.relation}"


def _refusals(plan: Plan) -> str:
    return "".join(f' AND NOT "check {place}"' for place, check in enumerate(plan.checks) if check.consequence == "row_refused")


def body_sql(column: str | None, *, otherwise: str) -> str:
    """The slug of the body a column names, looked up in the temporary table `body_names` as `organisations` keys its names; `otherwise` is SQL."""
    if not column:
        return otherwise
    key = _body_key(column)
    if "SELECT" in otherwise:
        return f"coalesce((SELECT any_value(slug) FROM body_names WHERE name = {key}), {otherwise})"
    return f"(SELECT coalesce(any_value(slug), {otherwise}) FROM body_names WHERE name = {key})"  # inside, so that it is made once for each name


def with_named_body(relation: str, column: str) -> str:
    """The relation with `named_body` of what a column names: `known`, its slug in `body_names`, null where it has none, and `slug`, that or the name as one.

    Joined to the different names, which are few: to look up that of each row costs more.
    """
    found = f"(SELECT {{'known': any_value(slug), 'slug': coalesce(any_value(slug), {slug_sql('said')})}} FROM body_names WHERE name = {_body_key('said')})"
    named = f"SELECT said, {found} AS named_body FROM (SELECT DISTINCT {column} AS said FROM ({relation}))"
    return f"SELECT * FROM ({relation}) LEFT JOIN ({named}) ON {column} = said"


def _body_key(column: str) -> str:
    return f"regexp_replace(replace(lower({column}), '&', 'and'), '[^a-z0-9]', '', 'g')"


def slug_sql(column: str) -> str:
    """A name as GOV.UK writes it in an address: lower case, without apostrophes, words joined by hyphens."""
    return f"trim(regexp_replace(regexp_replace(lower({column}), '[''’]', '', 'g'), '[^a-z0-9]+', '-', 'g'), '-')"
