"""What the API serves: one list for each public table, with the filters that its columns allow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from opencompact.shapes.shape import Column, Shape

Kind = Literal["text", "word", "yes_no", "day", "money", "whole"]

# Columns by which people look for rows though no table has them as its key.
_LOOKED_FOR = ("ocid", "grant_id", "kind", "state", "source", "publisher", "size_band", "history")


@dataclass(frozen=True)
class Filter:
    """One parameter that narrows a list. `condition` takes one value; those with the same `through` must hold of one row of the other table."""

    name: str
    kind: Kind
    condition: str
    meaning: str
    words: tuple[str, ...] = ()
    through: str = "{}"


@dataclass(frozen=True)
class Resource:
    """A list of the API: `slug` is the last part of its address, `columns` those of the table that may be shown."""

    slug: str
    shape: Shape
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]

    @property
    def id_column(self) -> str:
        """The column whose value names one row, where one column does; else empty."""
        return self.shape.key[0] if len(self.shape.key) == 1 else ""

    @property
    def has_origin(self) -> bool:
        """Whether each row says from which row of which file it was read."""
        return {"source_file", "source_row"} <= set(self.shape.column_names)


def resources(shapes: Mapping[str, Shape]) -> dict[str, Resource]:
    """The lists of the API by table, for the public shapes alone; a column that may name a living person is left out."""
    public = {name: shape for name, shape in sorted(shapes.items()) if shape.visibility == "public"}
    names = _names(public.values())
    return {name: _resource(shape, names) for name, shape in public.items()}


def _names(shapes: Iterable[Shape]) -> frozenset[str]:
    """Columns that name something: those in any key, and a few more."""
    return frozenset(_LOOKED_FOR).union(*(shape.key for shape in shapes))


def _resource(shape: Shape, names: frozenset[str]) -> Resource:
    columns = tuple(column for column in shape.columns if column.privacy != "person")
    filters = [made for column in columns for made in _filters(column, names)]
    return Resource(shape.name.replace("_", "-"), shape, columns, (*filters, *_MORE.get(shape.name, ())))


def _filters(column: Column, names: frozenset[str]) -> tuple[Filter, ...]:
    """What a column can be asked for: words, yes or no, days since and until, money at least and at most, names as they stand."""
    quoted, name, meaning = f'"{column.name}"', column.name, column.meaning
    if column.words:
        return (Filter(name, "word", f"{quoted} = ?", meaning, column.words),)
    if column.type == "BOOLEAN":
        return (Filter(name, "yes_no", f"{quoted} = ?", meaning),)
    if column.type == "DATE" and name.endswith("_on"):
        stem = name.removesuffix("_on")
        return (
            Filter(f"{stem}_since", "day", f"{quoted} >= ?", f"Not before this day: {meaning}"),
            Filter(f"{stem}_until", "day", f"{quoted} <= ?", f"Not after this day: {meaning}"),
        )
    if column.type == "DECIMAL(18,2)":
        return (
            Filter(f"{name}_least", "money", f"{quoted} >= ?", f"At least this much: {meaning}"),
            Filter(f"{name}_most", "money", f"{quoted} <= ?", f"At most this much: {meaning}"),
        )
    if name not in names:
        return ()
    return {
        "VARCHAR": (Filter(name, "text", f"{quoted} = ?", meaning),),
        "BIGINT": (Filter(name, "whole", f"{quoted} = ?", meaning),),
    }.get(column.type, ())


_OF_VERDICTS = "consultation_id IN (SELECT consultation_id FROM consultation_verdicts WHERE {})"
_OF_PUBLISHERS = "source_file IN (SELECT source_file FROM publisher_files WHERE {})"
_PREFIX = "starts_with(lower(name), lower(?))"
_VERDICTS = ("met", "explained", "unexplained", "not_applicable", "cannot_tell")

# What is looked for in one table and stands in another, and names by their beginning.
_MORE: dict[str, tuple[Filter, ...]] = {
    "bodies": (Filter("name", "text", _PREFIX, "How its name begins, in capitals or not."),),
    "organisations": (Filter("name", "text", _PREFIX, "How its name begins, in capitals or not."),),
    "consultations": (
        Filter("rule_set", "text", "rule_set = ?", "With a verdict under this rule set.", through=_OF_VERDICTS),
        Filter("verdict", "word", "verdict = ?", "With this verdict; with `rule_set`, this verdict under it.", _VERDICTS, through=_OF_VERDICTS),
    ),
    "problems": (Filter("publisher", "text", "publisher = ?", "In a file of this publisher, by the slug of `publisher-files`.", through=_OF_PUBLISHERS),),
}
