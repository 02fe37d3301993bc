"""Every address of the public site; a room's own are in its folder."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from opencompact.publication.queries import NoRelease
from opencompact.web.showing import bare, in_force, masthead

ROOMS = ("home", "promises", "judgement", "records", "organisations", "publication", "accounts", "asking", "convening", "audit")
urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"opencompact.web.{room}.urls")) for room in ROOMS),
    path("api/v1/", include("opencompact.api.urls")),  # the other door, named and not imported
]
handler404 = "opencompact.web.urls.not_found"
handler500 = "opencompact.web.urls.failed"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that says it is not here."""
    why = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    return bare(request, "404.html", status=404, why=why, **_frame())


def failed(request: HttpRequest) -> HttpResponse:
    """The page that says we failed; it asks nothing of the release, which may be what failed."""
    return bare(request, "500.html", status=500)


def _frame() -> dict[str, Any]:
    try:
        return dict(masthead(in_force()))
    except NoRelease:
        return {}
