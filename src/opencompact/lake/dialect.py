"""SELECTs written for DuckDB as Spark says the same; what is not known to mean the same on both is refused, never guessed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from opencompact.lake.engine import CannotRun

# The words of SQL that give the same on both whatever the rows: counts, exact sums, comparisons, days, lists. No mean, median or random choice: they rest
# on the order in which rows come, or on how an engine cuts between two values.
_SAME = frozenset().union(
    ("Select", "From", "Where", "Group", "Having", "Order", "Ordered", "Limit", "Distinct", "Union", "With", "CTE", "Join", "Table", "TableAlias", "Subquery"),
    ("Alias", "Identifier", "Column", "Star", "Var", "Literal", "Boolean", "Null", "DataType", "Paren", "Case", "If", "Coalesce", "Nullif", "Cast", "TryCast"),
    ("And", "Or", "Not", "Is", "In", "Between", "EQ", "NEQ", "LT", "LTE", "GT", "GTE", "Like"),
    ("DPipe", "Right", "Add", "Sub", "Mul", "Div", "Neg", "Abs", "Round"),
    ("Count", "Sum", "Min", "Max", "LogicalAnd", "LogicalOr", "Filter", "Year", "Quarter", "DateDiff", "Interval"),
    ("Array", "ArrayAgg", "ArrayFilter", "ArraySize", "Lambda", "Split", "Unnest"),
)
_MEANT = "counts, sums of money and of counts, the least and the most, comparisons, CASE, days, lists, GROUP BY"
_CASTS = frozenset({"DATE", "TEXT", "VARCHAR", "DOUBLE"})  # to whole numbers DuckDB rounds and Spark cuts


def _is_same(node: exp.Expr) -> bool:
    """Whether the word, with what stands in it, means the same on both."""
    if isinstance(node, exp.Cast):
        return str(node.to) in _CASTS
    if isinstance(node, exp.Like):
        return "\\" not in node.sql()  # which Spark reads as an escape
    if isinstance(node, exp.Round):
        return not node.args.get("decimals")  # of the float, or of the number it is shown as
    if isinstance(node, exp.Limit):
        return bool(node.expression.name == "0")  # which rows come first is chance
    return True


@dataclass(frozen=True)
class Macro:
    """A function that a SELECT may call, defined by an expression over its parameters."""

    parameters: tuple[str, ...]
    expression: exp.Expr

    def called(self, *given: exp.Expr) -> exp.Expr:
        """The expression with the given in place of the parameters."""
        known = dict(zip(self.parameters, given, strict=True))

        def put(node: exp.Expr) -> exp.Expr:
            return exp.paren(known[node.name].copy()) if isinstance(node, exp.Column) and not node.table and node.name in known else node

        return self.expression.copy().transform(put)


@dataclass(frozen=True)
class Translated:
    """A SELECT as Spark says it, and the tables it reads."""

    sql: str
    tables: frozenset[str]


def read_macro(query: str) -> tuple[str, Macro] | None:
    """The name and meaning of a `CREATE MACRO`; None where the query is something else."""
    found = _parsed(query)
    if not isinstance(found, exp.Create) or found.kind != "MACRO":
        return None
    return found.this.this.name.lower(), Macro(tuple(each.name for each in found.this.expressions), found.expression)


def translated(query: str, *, macros: Mapping[str, Macro], tables: Mapping[str, Collection[str]]) -> Translated:
    """The SELECT for Spark; raises CannotRun where a word of it may mean another thing there, or a table is not one of these.

    `tables` gives the columns of each that are floats: their sum depends on the order of adding up, and is refused.
    """
    tree = _parsed(query).transform(lambda node: _expanded(node, macros))
    read = _tables(tree, tables)
    _check(tree, {column for table in read for column in tables[table]})
    return Translated(_as_duckdb_reckons(tree).sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE), read)


def _parsed(query: str) -> exp.Expr:
    try:
        return sqlglot.parse_one(query, read="duckdb")
    except sqlglot.errors.SqlglotError as fault:
        raise CannotRun(f"found SQL that sqlglot cannot read ({str(fault).splitlines()[0]}); expected one SELECT in DuckDB's words.") from fault


def _expanded(node: exp.Expr, macros: Mapping[str, Macro]) -> exp.Expr:
    if not isinstance(node, exp.Anonymous) or node.name.lower() not in macros:
        return node
    try:
        return macros[node.name.lower()].called(*(each.transform(lambda inner: _expanded(inner, macros)) for each in node.expressions))
    except ValueError as fault:
        raise CannotRun(f"found {node.sql('duckdb')}; expected {len(macros[node.name.lower()].parameters)} values in its brackets.") from fault


def _tables(tree: exp.Expr, known: Collection[str]) -> frozenset[str]:
    """The tables read. A file, or a function that gives rows, is none of the lake's and stays out of reach."""
    made = {each.alias for each in tree.find_all(exp.CTE)}
    read = set()
    for table in tree.find_all(exp.Table):
        is_plain = isinstance(table.this, exp.Identifier) and not table.db
        if not is_plain or (table.name not in known and table.name not in made):
            raise CannotRun(f"found {table.sql('duckdb')} as a table; expected one of the lake's.")
        read.add(table.name)
    return frozenset(read & set(known))


def _check(tree: exp.Expr, floats: Collection[str]) -> None:
    for node in tree.walk():
        if isinstance(node, exp.Sum) and (node.find(exp.Div) or any(column.name in floats for column in node.find_all(exp.Column))):
            raise CannotRun(f"found {node.sql('duckdb')}, a sum of floats, which depends on the order of adding up; expected one of money or counts.")
        if type(node).__name__ not in _SAME or not _is_same(node):
            raise CannotRun(f"found {node.sql('duckdb')}, which is not known to give the same on Spark; expected words that do: {_MEANT}.")


def _as_duckdb_reckons(tree: exp.Expr) -> exp.Expr:
    """A division is one of floats, a list in order is sorted after it is collected, a day has three parts: said so that Spark does it too."""
    for node in reversed(list(tree.find_all(exp.Div))):  # the inner ones first
        node.replace(exp.Div(this=exp.cast(node.this, "double"), expression=exp.cast(node.expression, "double"), typed=True))
    for collected in reversed(list(tree.find_all(exp.ArrayAgg))):
        if isinstance(collected.this, exp.Order):
            _sort(collected, collected.this)
    for cast in reversed(list(tree.find_all(exp.Cast))):
        if str(cast.to) == "DATE":
            cast.set("this", _day(exp.cast(cast.this, "string")))
    return tree


def _day(text: exp.Expr) -> exp.Expr:
    """The text, made no day where it is only a year or a month, which Spark would take for its first day."""
    return (
        exp.case()
        .when(exp.RegexpLike(this=text, expression=exp.Literal.string("^ *[0-9]+-[0-9]+-[0-9]")), text.copy())
        .else_(exp.case().when(exp.Not(this=exp.Is(this=text.copy(), expression=exp.Null())), exp.Literal.string("no day")))
    )


def _sort(collected: exp.ArrayAgg, order: exp.Order) -> None:
    if [each.this for each in order.expressions] != [order.this] or order.expressions[0].args.get("desc"):
        raise CannotRun(f"found {collected.sql('duckdb')}; expected a list in its own rising order.")
    collected.set("this", order.this)
    whole = collected.parent if isinstance(collected.parent, exp.Filter) else collected
    whole.replace(exp.Anonymous(this="SORT_ARRAY", expressions=[whole.copy()]))
