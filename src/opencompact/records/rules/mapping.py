"""Files nobody has seen before: a proposal of which column is which, and the card that a person confirms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from opencompact.records.rules.bodies_said import said_body
from opencompact.records.rules.day_columns import read_days
from opencompact.records.rules.headers import HEADERLESS, Column, column_at, looks_like_table, named_columns, names_of, with_looks
from opencompact.records.rules.mapped_files import KINDS
from opencompact.records.rules.plan import Found
from opencompact.records.rules.recognise import HEADER_WITHIN, NO_HEADER, header_names
from opencompact.registry.cards import Recognise, Source, Vocabulary


@dataclass(frozen=True)
class Proposal:
    """What a file is proposed to be: its table, the row of its header (or NO_HEADER), the column of each field, how days are written, and whose it is."""

    file_name: str
    table: str
    place: int
    headers: tuple[str, ...]
    columns: Mapping[str, Column]
    dates: str
    body: str
    titles: tuple[str, ...] = ()
    said: tuple[str, ...] = field(default_factory=tuple)

    @property
    def wanting(self) -> list[str]:
        """The fields without which no row can be read, and that no column was found for."""
        return [name for name in KINDS[self.table].needed if name not in self.columns]

    @property
    def slug(self) -> str:
        """A name for the source: of the file's words."""
        stem = re.sub(r"(\.[A-Za-z]{2,4})+$", "", self.file_name.rsplit("/", 1)[-1])
        return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "unnamed"


def propose(
    rows: Sequence[Sequence[str]], *, file_name: str, vocabularies: Mapping[str, Vocabulary], table: str = "", fix: Mapping[str, str] | None = None
) -> Proposal:
    """The likeliest mapping of a table's rows; `table` settles the kind, and `fix` the header of each field (none left out), as a person chose them."""
    place, kind, named = _likeliest(rows, vocabularies, table)
    headers = tuple(header_names(rows, place))
    below = [row for row in rows[place + 1 :] if any(cell.strip() for cell in row)]

    def values(at: int) -> list[str]:
        return list(dict.fromkeys(row[at].strip() for row in below if at < len(row) and row[at].strip()))

    looks = HEADERLESS if place == NO_HEADER else tuple(name for name in ("paid_on", "amount", "payee_name") if name in KINDS[kind].fields)
    columns = with_looks(named, headers, values, wanted=[name for name in looks if name in KINDS[kind].fields])
    if fix is not None:
        chosen = {name: column_at(headers, header) for name, header in fix.items() if name in KINDS[kind].fields}
        columns = {name: Column(name, at, headers[at], "you chose it") for name, at in chosen.items() if at is not None}
    dated = next((columns[name] for name in ("paid_on", "awarded_on", "opened_on") if name in columns), None)
    order = read_days(values(dated.place) if dated else [], otherwise="day_first", terms=vocabularies["date-styles"].terms)
    titles = tuple(cell.strip() for row in rows[: max(place, 0)] for cell in row if cell.strip())
    proposal = Proposal(file_name, kind, place, headers, columns, order.order, "", titles, (order.said,) if order.said and dated else ())
    said = said_body(Found(card_of(proposal), headers, vocabularies=vocabularies, file_name=file_name, titles=titles))
    body = said.body if said.is_known and "body" not in columns else ""
    return replace(proposal, body=body)


def card_of(proposal: Proposal) -> Source:
    """The source card the proposal makes."""
    given = {name: _pointed(column) for name, column in proposal.columns.items()}
    known = tuple(dict.fromkeys(column.header for column in proposal.columns.values() if column.header))
    return Source(
        slug=proposal.slug,
        title=f"{KINDS[proposal.table].word.capitalize()} as in {proposal.file_name.rsplit('/', 1)[-1]}",
        publisher="[who published it]",
        licence="[its licence]",
        standing="real",
        table=proposal.table,
        format="table",
        body=proposal.body,
        dates=proposal.dates,  # type: ignore[arg-type]  # day_first or month_first
        recognise=Recognise(columns=known, names=() if known else (proposal.file_name.rsplit("/", 1)[-1],)),
        known_columns=("*",),
        mapping=given,
    )


def card_text(proposal: Proposal) -> str:
    """The card as YAML for a person to edit: a word in [square brackets] is theirs to fill in."""
    card = card_of(proposal)
    lines = [
        f"# Proposed for {_yaml(proposal.file_name.rsplit('/', 1)[-1])}. Check it, and fill in what stands in [square brackets].",
        "# Put it as source.yml into a folder of its own, under WORKSPACE/sources or the folder given to `build --sources`.",
        *(f"{name}: {_yaml(value)}" for name, value in (("title", card.title), ("publisher", card.publisher), ("licence", card.licence), ("url", ""))),
        f"standing: {card.standing}",
        f"table: {card.table}",
        "format: table",
        "# The id of the body (its GOV.UK name, or an org-id such as GB-LAE-LDS), where no column names it.",
        f"body: {_yaml(card.body)}",
        "# How days such as 01/02/2031 are read: day_first, month_first.",
        f"dates: {card.dates}",
        "# A file is known by these columns (or, where it has no header, by its name).",
        "recognise:",
        f"  columns: [{', '.join(map(_yaml, card.recognise.columns))}]",
        f"  names: [{', '.join(map(_yaml, card.recognise.names))}]",
        'known_columns: ["*"]',
        "# Each field and the header it is read from; `column 3` for a column without a name. Fields: " + ", ".join(KINDS[card.table].fields) + ".",
        "mapping:",
        *(f"  {name}: {_yaml(header)}" for name, header in card.mapping.items()),
    ]
    return "\n".join(lines) + "\n"


def _likeliest(rows: Sequence[Sequence[str]], vocabularies: Mapping[str, Vocabulary], table: str) -> tuple[int, str, dict[str, Column]]:
    """The row most like a header and the kind it speaks for; where no row is, no header or the first of the fullest rows."""
    best: tuple[int, int, int, str, dict[str, Column]] = (0, 0, 0, table or "payment_lines", {})
    for name in [table] if table else KINDS:
        names = names_of(vocabularies[KINDS[name].headers].terms)
        for place, row in enumerate(rows[:HEADER_WITHIN]):
            named = named_columns(row, names)
            scored = (len(named.keys() & set(KINDS[name].needed)), len(named), -place, name, named)
            best = max(best, scored, key=lambda found: found[:3])
    if best[1] >= 2:
        return -best[2], best[3], best[4]
    if looks_like_table(rows[:500]):
        return NO_HEADER, best[3], {}
    widest = max((sum(bool(cell.strip()) for cell in row) for row in rows[:HEADER_WITHIN]), default=0)
    place = next((place for place, row in enumerate(rows[:HEADER_WITHIN]) if sum(bool(cell.strip()) for cell in row) == widest), 0)
    return place, best[3], named_columns(rows[place], names_of(vocabularies[KINDS[best[3]].headers].terms))


def _pointed(column: Column) -> str:
    return column.header or f"column {column.place + 1}"


def _yaml(text: str) -> str:
    """The text in YAML's double quotes, what cannot be seen written out."""
    return '"' + "".join(f"\\{sign}" if sign in '"\\' else sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text) + '"'
