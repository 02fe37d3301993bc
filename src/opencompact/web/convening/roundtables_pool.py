"""Pages of the pool of contacts, for the central team alone: who may be invited, what is held of each, erasing them, and the pool of a draw."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.rules import require
from opencompact.convening.actions.roundtables_pool import erase_contact, import_pool
from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries import roundtables_profiles as profiles
from opencompact.convening.rules.roundtables import ATTRIBUTES, Trouble
from opencompact.web.blocks import Block, Cell, Entry, Facts, Filters, Press, Sheet, Table, Value, paged, shown
from opencompact.web.forms import blank
from opencompact.web.given_rows import CannotReadRows, rows_of
from opencompact.web.office import Asked, signed_in
from opencompact.web.words import plural

POOL, ROUNDTABLES = ("/roundtables/pool/", "The pool"), ("/roundtables/", "Roundtables")
SIZE, MOST_ROWS = 50, 20_000


@signed_in
def pool(who: Asked) -> HttpResponseBase:
    """Who may be invited?"""
    require(who.viewer, "draw_invitations")
    done, troubles, status = _read(who) if who.request.method == "POST" else ([], [], 200)
    words, asked = profiles.labels(), who.request.GET.get("words", "").strip()
    rows = queries.pool(who.viewer)
    number = rows.count()
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(organisation__icontains=asked) | Q(email__icontains=asked))
    held, paging = paged(rows, at=who.page_asked, size=SIZE, address=f"/roundtables/pool/?{urlencode({'words': asked})}&")
    shown_rows: list[tuple[Value, ...]] = [
        (
            Cell(row.name, f"/roundtables/pool/{row.pk}/"), row.organisation, *(words.get(getattr(row, each)) for each in ATTRIBUTES),
            row.last_invited_on or "never",
        )
        for row in held
    ]  # fmt: skip
    heads = ("Name", "Organisation", *ATTRIBUTES.values(), "Last invited")
    empty = "Nobody is found." if asked else "The pool is empty. Read it from a spreadsheet with a name, an organisation and an e-mail address in each row."
    files = (("pool", "The spreadsheet (.xlsx or .csv)"),)
    note = f"Columns: {', '.join(names[0] for names in profiles.headers().values())}. A column of any other name is not kept, and you are told."
    blocks: list[Block] = [
        *([Table("Not kept", ("#Row", "Field", "Found", "Expected"), [(t.row, t.field, t.found, t.expected) for t in troubles], "")] if troubles else []),
        Entry(blank(()), "Read it", "read", "Read contacts from a spreadsheet", note, enctype="multipart/form-data", files=files, is_closed=number > 0),
        Filters((("words", "Name, organisation or address", {}, asked),), "/roundtables/pool/"),
        Table("Contacts", heads, shown_rows, empty),
        paging,
    ]
    answer = [*done, f"{plural(number, 'contact')}. Kept for invitations alone; nothing of what anybody thinks is kept."]
    return shown(who, Sheet("Who may be invited?", answer, blocks, [ROUNDTABLES]), status=status)


def _read(who: Asked) -> tuple[list[str], list[Trouble], int]:
    """What a spreadsheet brought: in words, what was not kept, and the page's status."""
    file = who.request.FILES.get("pool")
    if file is None:
        return ["No file came: choose a spreadsheet first."], [], 422
    try:
        rows = rows_of(file.read(), str(file.name), most=MOST_ROWS)
    except CannotReadRows as refusal:
        return [str(refusal)], [], 422
    number, troubles = import_pool(rows, by=who.viewer, at=who.at)
    said = f"{file.name}: {plural(number, 'contact')} read; {plural(len(troubles), 'cell or column', 'cells or columns')} not kept."
    return [said], troubles, 200 if number else 422


@signed_in
def contact(who: Asked, pk: int) -> HttpResponseBase:
    """What is held of somebody, and erasing them."""
    require(who.viewer, "erase_contact")
    row = queries.pool(who.viewer).filter(pk=pk).first()
    if row is None:
        raise Http404("Nobody of that number is in the pool.")
    if who.request.method == "POST":
        erase_contact(pk, by=who.viewer, at=who.at)
        return HttpResponseRedirect("/roundtables/pool/")
    words = profiles.labels()
    facts: list[tuple[str, Value]] = [
        ("Organisation", row.organisation), ("E-mail address", row.email),
        *((title, words.get(getattr(row, each))) for each, title in ATTRIBUTES.items()),
        ("Last invited", row.last_invited_on or "never"), ("Read into the pool", row.imported_at), ("Number in draws", queries.number(row.pk)),
    ]  # fmt: skip
    places: list[tuple[Value, ...]] = [
        (Cell(place.roundtable.subject, f"/roundtables/{place.roundtable.key}/"), place.roundtable.on, place.reason)
        for place in row.invitations.select_related("roundtable").order_by("pk")
    ]
    blocks: list[Block] = [
        Facts(facts),
        Table("Places they were drawn for", ("Roundtable", "Day", "Why"), places, "None."),
        Press(
            [("Erase them", {"act": "erase"})],
            "At their request",
            "Everything of them goes for good; their places stay as counts. A spreadsheet read later that still holds them would bring them back.",
        ),
    ]
    return shown(who, Sheet(row.name, ["All that is held of this person for roundtables."], blocks, [ROUNDTABLES, POOL]))


@signed_in
def drawn(who: Asked, key: str, number: int) -> HttpResponseBase:
    """The pool a draw was made from, byte for byte what its checksum is of."""
    require(who.viewer, "draw_invitations")
    row = queries.roundtable(who.viewer, key)
    text = queries.drawn_pool(who.viewer, row, number) if row else None
    if text is None:
        raise Http404("No such draw.")
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-draw-{number}-pool.csv"'
    return response
