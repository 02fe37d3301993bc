"""Headers every answer carries: nothing but our own styles, font and pictures may load, and no page may be framed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A passkey needs the browser's own script; only the pages of signing in load one, from here.
SCRIPTED = "/account/"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class ContentSecurityPolicy:
    """Sets the headers on every answer, errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        if request.path.startswith(SCRIPTED):
            response.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"
        for name, given in HEADERS.items():
            response.headers.setdefault(name, given)
        return response
