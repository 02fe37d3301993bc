"""Who is in post for the agreement, body by body; where nobody is, and for how many days; contacts between meetings."""

from datetime import date

from django.http import Http404, HttpResponseBase, HttpResponseRedirect

from opencompact.accounts import actions, queries
from opencompact.accounts.rules import may, require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries import office as organisations
from opencompact.web.blocks import Block, Cell, Entry, Links, Sheet, Table, Value, as_csv, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import plural

POSTS = ("/posts/", "Who is in post")
END = (
    Question("until_on", "The first day they are no longer in post", "day", required=True),
    Question("handover_note", "What whoever comes next should know", "text", held=True, help="Seen by those who work on the agreement."),
)
CONTACT = (
    Question("on", "Day", "day", required=True),
    Question("with_whom", "With whom", "line"),
    Question("text", "What about", "text", required=True),
)


def _appointing() -> tuple[Question, ...]:
    return (
        Question("post", "Post", "choice", required=True, choices=tuple(actions.posts().items())),
        Question("name", "Name", "line", required=True),
        Question("email", "E-mail address", "email"),
        Question("from_on", "From", "day", required=True),
        Question("name_public", "They agree to their name being public", "yes_no", required=True),
        Question("email_public", "They agree to their e-mail address being public", "yes_no", required=True),
    )


@office
def posts(who: Asked) -> HttpResponseBase:
    """Who is in post, and where is nobody?"""
    on = _asked_day(who) or who.today
    bodies = {body.body: body.name for body in organisations.office_bodies(on=on)}
    titles = actions.posts()
    held = queries.posts_on(who.viewer, on, bodies=bodies, posts=titles)
    wanted = [post for post in held if post.post in ("sro", "lead") or post.holders]
    rows: list[tuple[Value, ...]] = [
        (Cell(bodies[post.body], f"/posts/{post.body}/"), titles[post.post], _holders(post), _vacant(post, on), post.former) for post in wanted
    ]
    heads = ("Body", "Post", "Who", "Days vacant", "#Left so far")
    note = "The day the last one left is the first day vacant. A name stands here only if that person agreed."
    table = Table("Posts", heads, rows, "No body takes part yet.", note, f"/posts/?on={on}&format=csv")
    if who.request.GET.get("format") == "csv":
        return as_csv(table, "posts", is_sample=who.is_sample)
    vacant = [post for post in wanted if not post.holders]
    where = plural(len({post.body for post in vacant}), "body", "bodies")
    answer = f"Of {plural(len(wanted), 'post')}, {len(vacant)} stand vacant, in {where}."
    links = [("/taking-part/", "Which bodies take part", "")]
    links += [("/posts/contacts/", "Contacts between meetings", "held")] if who.viewer.bodies or may(who.viewer, "record_contact") else []
    return shown(who, Sheet("Who is in post, and where is nobody?", [answer], [table, Links(links)]))


def _asked_day(who: Asked) -> date | None:
    try:
        return date.fromisoformat(who.request.GET.get("on", ""))
    except ValueError:
        return None


def _holders(post: queries.Post) -> Value:
    said = [" ".join(filter(None, (row.name or "somebody who did not agree to be named", f"({row.email})" if row.email else ""))) for row in post.holders]
    return "; ".join(said) if said else Cell("nobody", is_missing=True)


def _vacant(post: queries.Post, on: date) -> Value:
    days = post.days_vacant(on)
    if post.holders:
        return ""
    return (
        Cell(plural(days, "day"), mark="late", note=f"since {post.vacant_since:%-d %B %Y}")
        if days is not None
        else Cell("nobody was ever appointed", is_missing=True)
    )


@office
def body(who: Asked, body: str) -> HttpResponseBase:
    """Everybody who was in post for one body."""
    held = organisations.office_body(body)
    if held is None:
        raise Http404("No such body takes part.")
    form, status = blank(_appointing()), 200
    if who.request.method == "POST":
        require(who.viewer, "record_appointment", body=body)
        answers, form = read(_appointing(), who.request.POST.dict())
        if not form.refused:
            try:
                _appoint(who, body, answers)
                return HttpResponseRedirect(f"/posts/{body}/")
            except actions.BadPost as refusal:
                form = refused(_appointing(), who.request.POST.dict(), [Refusal("from_on", answers["from_on"], str(refusal))])
        status = 422
    return _body_page(who, held, form, status)


def _appoint(who: Asked, body: str, answers: dict[str, str]) -> None:
    actions.appoint(
        body, post=answers["post"], name=answers["name"], email=answers.get("email", ""), from_on=date.fromisoformat(answers["from_on"]),
        name_public=answers["name_public"] == "yes", email_public=answers["email_public"] == "yes", by=who.viewer, at=who.at,
    )  # fmt: skip


def _body_page(who: Asked, held: organisations.Body, form: Form, status: int) -> HttpResponseBase:
    titles = actions.posts()
    appointments = queries.appointments_of(who.viewer, held.body)
    may_record = may(who.viewer, "record_appointment", body=held.body)
    rows: list[tuple[Value, ...]] = [
        (
            titles.get(row.post, row.post),
            row.name or Cell("did not agree to be named", is_missing=True),
            row.from_on,
            row.until_on or Cell("in post"),
            row.handover_note,
        )
        for row in appointments
    ]
    table = Table(
        "In post, the latest first", ("Post", "Who", "From", "Until", "Handover"), rows, "Nobody was ever appointed.", "Until: the first day no longer in post."
    )
    ends = [(f"/posts/end/{row.pk}/", f"End: {row.name}, {titles.get(row.post, row.post)}", "") for row in appointments if row.until_on is None]
    heirs = [name for name in organisations.successors_on(held.body, on=who.today) if name != held.body]
    answer = f"{plural(sum(row.until_on is None for row in appointments), 'person', 'people')} in post."
    more = [f"Since then {', '.join(heirs)} answers for what it promised."] if heirs else []
    blocks: list[Block] = [table]
    if may_record:
        blocks += [Links(ends, "End an appointment"), Entry(form, "Put them in post", heading="Appoint somebody", is_closed=True)]
    return shown(who, Sheet(f"Who is in post for {held.name}?", [answer, *more], blocks, [POSTS]), status=status)


@signed_in
def end(who: Asked, pk: int) -> HttpResponseBase:
    """End an appointment."""
    row = queries.appointment(pk)
    if row is None:
        raise Http404("No such appointment.")
    require(who.viewer, "record_appointment", body=row.body)
    form, version = blank(END, {"handover_note": row.handover_note}), row.version
    if who.request.method == "POST":
        answers, form = read(END, who.request.POST.dict())
        sent = who.request.POST.get("version", "0")
        version = int(sent) if sent.isascii() and sent.isdigit() else 0  # kept where the form is refused, so that the second of two is told
        if not form.refused:
            try:
                actions.end_appointment(
                    pk, until_on=date.fromisoformat(answers["until_on"]), handover_note=answers.get("handover_note", ""),
                    version=version, by=who.viewer, at=who.at,
                )  # fmt: skip
                return HttpResponseRedirect(f"/posts/{row.body}/")
            except actions.BadPost as refusal:
                form = refused(END, who.request.POST.dict(), [Refusal("until_on", answers["until_on"], str(refusal))])
    answer = f"{row.name}, {actions.posts().get(row.post, row.post)}, since {row.from_on:%-d %B %Y}."
    return shown(who, Sheet("End an appointment", [answer], [Entry(form, "End it", version=version)], [POSTS]), status=422 if form.refused else 200)


@signed_in
def contacts(who: Asked) -> HttpResponseBase:
    """What was said between meetings?"""
    names = organisations.body_names()
    bodies = tuple((slug, name) for slug, name in names.items() if may(who.viewer, "record_contact", body=slug))
    questions = (Question("body", "Body", "choice", required=True, choices=bodies), *CONTACT)
    form = blank(questions, {"on": str(who.today)})
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            on = date.fromisoformat(answers["on"])
            actions.record_contact(answers["body"], on=on, with_whom=answers.get("with_whom", ""), text=answers["text"], by=who.viewer, at=who.at)
            return HttpResponseRedirect("/posts/contacts/")
    rows = [(row.on, names.get(row.body, row.body), row.with_whom, row.text) for row in queries.contacts(who.viewer)[:500]]
    table = Table(
        "Contacts, the latest first", ("Day", "Body", "With", "About"), rows, "None is put down yet.", "Held: not published, but may have to be disclosed."
    )
    entries: list[Block] = [Entry(form, "Put it down", heading="Put down a contact", is_closed=True)] if bodies else []
    return shown(
        who, Sheet("What was said between meetings?", [f"{plural(len(rows), 'contact')}."], [table, *entries], [POSTS]), status=422 if form.refused else 200
    )
