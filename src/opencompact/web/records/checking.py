"""The page on which a file of grants is checked: it is read, reported on and forgotten, unless its owner asks us to keep it."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from opencompact.publication.queries import NoRelease
from opencompact.records.actions.checking import check_grants, keep
from opencompact.records.actions.decoding import CannotRead
from opencompact.records.rules.grant_report import report_html
from opencompact.web.showing import bare, in_force, masthead

MOST_BYTES = 100 * 2**20
TEMPLATE = "records/checking.html"


@never_cache
@csrf_exempt  # nobody is signed in and no cookie is set: a post from another site is known by its origin
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Does this file of grants fit the standard?"""
    if _size(request) > MOST_BYTES:
        found = f"a file of more than {MOST_BYTES // 2**20} megabytes"
        return _page(request, status=413, refused=f"We found {found}. Give it in parts, or use `opencompact grants check` on your own computer.")
    if not _is_ours(request):
        return _page(request, status=403, refused="The form was sent from another site. Choose the file here.")
    return _checked(request)


def _checked(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    given = request.FILES.get("file")
    if given is None or not given.name:
        return _page(request, status=400, refused="No file was chosen. Choose one, then press the button.")
    content = given.read()
    try:
        report = check_grants(content, given.name, at=datetime.now(UTC))
    except CannotRead as refusal:
        return _page(request, status=422, refused=f"{given.name}: we {refusal}.")
    kept = keep(content, given.name, folder=Path(settings.OPENCOMPACT_WORKSPACE) / "inbox") if request.POST.get("keep") == "yes" else None
    body = mark_safe(report_html(report))  # noqa: S308  every text of the file is escaped where it is put in
    return _page(request, report=report, body=body, kept=kept.name if kept else "")


def _page(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    try:
        frame = dict(masthead(in_force()))
    except NoRelease:
        frame = {}
    return bare(request, TEMPLATE, status=status, most=MOST_BYTES // 2**20, **context, **frame)


def _size(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _is_ours(request: HttpRequest) -> bool:
    """Whether a form comes from this site's own page; programs that are no browsers name no origin."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
