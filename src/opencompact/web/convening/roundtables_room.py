"""What a roundtable's page shows: its draws, who was in the room as figures, points and replies; for the central team coverage and every place."""

from collections import Counter
from collections.abc import Mapping, Sequence

from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries import roundtables_profiles as profiles
from opencompact.convening.queries.roundtables import Draw, Invitee, Point, Roundtable
from opencompact.convening.rules.draw_file import WANTED
from opencompact.convening.rules.draw_words import missed_words, published_words
from opencompact.convening.rules.roundtables import ANSWERS, ATTRIBUTES, silence_words
from opencompact.convening.rules.roundtables_room import LEAST_PUBLISHED, WHY_TOGETHER, Covered, Place, covered, missing, published
from opencompact.web.blocks import Bars, Block, Cell, Drawing, Links, Table, Value, Words
from opencompact.web.convening.roundtables_seen import Seen
from opencompact.web.office import Asked
from opencompact.web.pictures.coverage import Row, coverage
from opencompact.web.words import day, plural

HELD = ("held", "closed")
FEW = 4  # groups named one by one
HOW = (
    "Places go to those never invited, then to those longest not invited, then by the SHA-256 of seed and number, wherever what is wanted can still be met. "
    "The same seed and pool give the same places: whoever has the pool can make the draw again with the command opencompact roundtables draw."
)
__all__ = ["HELD", "LEAST_PUBLISHED", "Place", "Point", "draws", "for_central", "points", "room", "room_rows", "room_table", "wanted", "wanted_file"]


def wanted(row: Roundtable) -> Table:
    """What its places are drawn to, in whole seats: public from the day it was planned."""
    words = profiles.labels()
    rows: list[tuple[Value, ...]] = [
        (ATTRIBUTES[quota.attribute], words.get(quota.value, quota.value), quota.least, quota.most, quota.weight) for quota in queries.quotas(row)
    ]
    note = f"Of {plural(row.seats, 'seat')}. Where not all can be met, as little as can be is missed, a seat of a line counting as often as it weighs."
    heads, address = ("Attribute", "Group", "#At least", "#At most", "#Weighs"), f"/roundtables/{row.key}/?csv=wanted"
    return Table("What its places are drawn to", heads, rows, "Its profile asks for no group.", note, address)


def wanted_file(row: Roundtable) -> Table:
    """The same in the catalogue's own words, as the command that makes a draw again reads it."""
    return Table("Wanted", WANTED, [(each.attribute, each.value, str(each.least), str(each.most), str(each.weight)) for each in queries.quotas(row)], "")


def draws(who: Asked, row: Roundtable) -> list[Block]:
    """Every draw, also those that a later one replaced: with seed and checksum, whoever has the pool can make it again."""
    sees_pool, words, asked = queries.sees_pool(who.viewer), profiles.labels(), queries.quotas(row)
    held = queries.draws(row)
    rows: list[tuple[Value, ...]] = [
        (str(each.number), each.drawn_at, str(each.seed), each.pool_size, len(each.kept), len(each.without), Cell(each.pool_sha256, note=_erased(each.erased)))
        for each in held
    ]
    heads = ("Draw", "Day", "Seed", "#In the pool", "#Kept a place", "#Had declined", "SHA-256 of the pool")
    blocks: list[Block] = [Words([HOW], "How places are drawn"), Table("Draws", heads, rows, "No draw was made yet.")]
    if held:
        missed = queries.missed(held[-1])
        said = [missed_words(each, asked, words, ATTRIBUTES) if sees_pool else published_words(each, words, ATTRIBUTES) for each in missed]
        blocks.append(Words([*said, *(["No list of this pool misses less."] if said else ["Everything that is wanted is met."])], "What could not be met"))
    if held and sees_pool:
        files = [(f"/roundtables/{row.key}/draws/{each.number}/pool.csv", f"The pool of draw {each.number}", "without names") for each in held]
        blocks += [Links(files, "To make a draw again"), Words([_command(row, each) for each in held])]
    return blocks


def _command(row: Roundtable, draw: Draw) -> str:
    names = [*(f"--keep {name}" for name in draw.kept), *(f"--without {name}" for name in draw.without)]
    return f"opencompact roundtables draw POOL.csv --wanted WANTED.csv --seats {row.seats} --seed {draw.seed} {' '.join(names)}".strip()


def _erased(number: int) -> str:
    return f"{plural(number, 'person', 'people')} of it erased since at their request, so the file kept has another checksum" if number else ""


def room(row: Roundtable, places: Sequence[Place]) -> list[Block]:
    """Who was in the room, as figures that name nobody."""
    if row.state not in HELD:
        return []
    rows = room_rows(places)
    if not rows:
        return [Words(["Fewer than 5 people came, so nothing more is told of who was in the room."], "In the room")]
    bars = [
        Bars([(group.text, number, plural(number, "person", "people")) for by, group, number in rows if by == title], f"In the room, by {title.lower()}")
        for title in ATTRIBUTES.values()
    ]
    return [*bars, room_table(row, rows)]


def room_table(row: Roundtable, rows: Sequence[tuple[str, Cell, int]]) -> Table:
    """The distribution as a table, which is also a file."""
    return Table("In the room", ("By", "Group", "#People"), rows, "", WHY_TOGETHER, f"/roundtables/{row.key}/?csv=room")


def room_rows(places: Sequence[Place]) -> list[tuple[str, Cell, int]]:
    """The distribution as published, attribute by attribute; empty where too few came."""
    words, wider = profiles.labels(), profiles.wider()
    rows: list[tuple[str, Cell, int]] = []
    for attribute, title in ATTRIBUTES.items():
        came = Counter(place.counts_as[attribute] for place in places if place.came)
        counts = {value: came[value] for value in (*profiles.values_of(attribute), *([""] if came[""] else []))}
        told = published(counts, wider=wider)
        if told is None:
            return []
        rows += [(title, Cell(words.get(group, group) or "Not known"), number) for group, number in told.shown]
        if told.together:
            names = [words.get(group, group) or "Not known" for group in told.together]
            rows.append((title, Cell("All others together", note=", ".join(names) if len(names) <= FEW else f"{len(names)} groups"), told.number))
    return rows


def for_central(seen: Seen) -> list[Block]:
    """Coverage against what is wanted, who is missing, and every place with its reason; for the central team alone."""
    row, places = seen.row, seen.places
    if not seen.people:
        return []
    words, held = profiles.labels(), row.state in HELD
    figures = covered(places, queries.quotas(row))
    rows = [
        Row(words.get(each.quota.value, each.quota.value), each.quota.least, each.quota.most, each.drawn, each.accepted, each.came if held else None)
        for each in figures
    ]
    lacks = missing(figures, words, held=held)
    declined = sum(place.answer == "declined" for place in places)
    picture = coverage(
        rows, key="coverage", title=f"{plural(len(lacks), 'group')} missing" if lacks else "No group is missing",
        subtitle=f"People with a place, beside how many are wanted. {plural(declined, 'place')} declined are left out.",
    )  # fmt: skip
    return [Drawing(picture), Words(lacks or ["Nobody that is wanted."], "Who is missing"), _coverage(figures, words, held=held), _places(seen)]


def _coverage(figures: Sequence[Covered], words: Mapping[str, str], *, held: bool) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            ATTRIBUTES[each.quota.attribute], words.get(each.quota.value, each.quota.value), f"{each.quota.least} to {each.quota.most}", each.drawn,
            each.accepted, each.came if held else Cell("not held yet", is_missing=True),
        )
        for each in figures
    ]  # fmt: skip
    return Table("Coverage", ("Attribute", "Group", "Wanted", "#Drawn", "#Accepted", "#Came"), rows, "Nothing is wanted of any group.")


def _places(seen: Seen) -> Table:
    rows = [_place(seen.row, place) for place in seen.people]
    return Table("Places", ("Who, and why", "Answer", "Came"), rows, "No place is drawn yet.", "Seen by the central team alone.")


def _place(row: Roundtable, place: Invitee) -> tuple[Value, ...]:
    contact = place.contact
    why = f"{contact.organisation}. {place.reason}" if contact else place.reason
    name = Cell(contact.name, f"/roundtables/pool/{contact.pk}/", why) if contact else Cell("erased", note=why, is_missing=True)
    answer = ANSWERS.get(place.answer, "no answer" if place.token_hash or row.state in HELD else "not invited yet")
    came = Cell("not held yet", is_missing=True) if place.came is None else "came" if place.came else "did not come"
    return name, answer, came


def points(seen: Seen) -> Table:
    """Points, replies and what changed, each dated; silence where the day passed."""
    row, names, today = seen.row, seen.names, seen.who.today
    rows: list[tuple[Value, ...]] = [
        (
            Cell(each.text, note=f"{day(each.made_on)}{_speaker(each)}"),
            names.get(each.body, each.body),
            Cell(each.reply, note=day(each.replied_on))
            if each.reply
            else Cell(silence_words(row.replies_due_on, today), is_missing=True, mark="late" if today > row.replies_due_on else ""),
            Cell(each.changed, note=day(each.changed_on)) if each.changed else Cell("nothing told", is_missing=True),
        )
        for each in seen.points
    ]
    empty = "None is put down yet. Points are put down once it was held, without saying who made them unless they agree."
    return Table("Points, replies, and what changed", ("Point", "For", "Reply", "What changed"), rows, empty, csv=f"/roundtables/{row.key}/?csv=points")


def _speaker(point: Point) -> str:
    contact = point.speaker.contact if point.speaker else None
    return f"; said by {contact.name}, {contact.organisation}" if contact else ""
