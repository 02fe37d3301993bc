"""What stands before every address of the API: only reading, from any site, and errors in one form. A long question may come as a form."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from opencompact.api import answers

PREFIX = "/api/"
METHODS, ASKING = "GET, HEAD, OPTIONS", "GET, HEAD, OPTIONS, POST"
ASKED_BY_FORM = ("/api/v1/reconcile", "/api/v1/reconcile/")  # a thousand names are too long for an address; nothing is changed by them
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, OpenCompact-Release, OpenCompact-Standing",
}
PREFLIGHT = {"Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match", "Access-Control-Max-Age": "86400"}


class ReadOnly:
    """Lets GET, HEAD and OPTIONS through to the API, and forms that only ask; what fails inside is told without its cause."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, which any site may read, without credentials."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        response = self._answer(request)
        for name, given in CORS.items():
            response.headers[name] = given
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        methods = ASKING if request.path in ASKED_BY_FORM else METHODS
        if request.method == "OPTIONS":
            return self._preflight(methods)
        if request.method == "GET" or (request.method == "POST" and methods == ASKING):
            return self.get_response(request)
        if request.method == "HEAD":
            request.method = "GET"  # answered as GET; the server leaves the content out
            response = self.get_response(request)
            request.method = "HEAD"
            return response
        response = answers.problem(405, f"This API is read only: found {request.method}; expected one of {methods}.")
        response.headers["Allow"] = methods
        return response

    def _preflight(self, methods: str) -> HttpResponse:
        response = HttpResponse(status=204, headers={"Allow": methods, "Access-Control-Allow-Methods": methods, **PREFLIGHT})
        del response.headers["Content-Type"]
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """An error of ours, logged with its cause and told without it."""
        if not request.path.startswith(PREFIX):
            return None
        logging.getLogger("django.request").error("API failed at %s", request.path, exc_info=error)
        return answers.problem(500, "Something went wrong on our side. It was recorded; trying again may help.")
