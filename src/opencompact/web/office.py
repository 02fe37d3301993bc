"""Pages of the office: who asks is decided once, the second factor is enforced once, and what a person may not do is answered in plain words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode

from opencompact.accounts.queries import viewer_of
from opencompact.accounts.rules import PUBLIC, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.publication.queries import NoRelease
from opencompact.web.showing import bare, in_force, masthead, number

P = ParamSpec("P")
SECOND_FACTOR = "/account/2fa/"
NAV = (
    ("/office/", "My first page"),
    ("/ledger/", "Ledger"),
    ("/asks/", "Asked of us"),
    ("/meetings/", "Meetings"),
    ("/roundtables/", "Roundtables"),
    ("/audits/", "Audits"),
    ("/verdicts/", "Verdicts"),
    ("/returns/", "Returns"),
    ("/review/", "Names"),
    ("/posts/", "Posts"),
)


@dataclass(frozen=True)
class Asked:
    """One request to the office: who asks, as an account and as a viewer, and the instant."""

    request: HttpRequest
    account: AbstractBaseUser | None
    viewer: Viewer
    at: datetime

    @property
    def today(self) -> date:
        """The day in the office's time zone, which decides what is overdue."""
        return timezone.localdate(self.at)

    @property
    def page_asked(self) -> int:
        """Which page of a list is asked for, from 1."""
        return number(self.request, "page") or 1

    @property
    def is_sample(self) -> bool:
        """Whether the office stands beside an invented country."""
        return bool(_frame().get("is_sample"))

    def page(self, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page, with what every page of the office needs added."""
        return bare(
            self.request,
            template,
            status=status,
            office_nav=NAV,
            viewer=self.viewer,
            account=self.account,
            today=self.today,
            now=self.at,
            **context,
            **_frame(),
        )


def office(view: Callable[Concatenate[Asked, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the office that anybody may ask for; what they see and may do, the rules decide."""
    return _answering(view, needs_account=False)


def signed_in(view: Callable[Concatenate[Asked, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the office for people who signed in; others are sent to do so."""
    return _answering(view, needs_account=True)


def answering(who: Asked, viewer: Viewer, view: Callable[[Asked], HttpResponseBase]) -> HttpResponseBase:
    """The view as somebody who came by a one-time link sees it, with the same plain words for what is not allowed."""
    return _answer(replace(who, account=None, viewer=viewer), view)


def asked(request: HttpRequest) -> Asked:
    """Who asks, and when."""
    at = timezone.now()
    user = getattr(request, "user", None)
    account = user if isinstance(user, AbstractBaseUser) else None
    return Asked(request, account, viewer_of(account, on=timezone.localdate(at)) if account else PUBLIC, at)


def _answering(view: Callable[Concatenate[Asked, P], HttpResponseBase], *, needs_account: bool) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        who = asked(request)
        if needs_account and who.account is None:
            return _to_sign_in(request)
        if who.account and who.viewer.is_staff and not is_mfa_enabled(who.account):
            return HttpResponseRedirect(SECOND_FACTOR)
        response = _answer(who, view, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


def _answer(who: Asked, view: Callable[Concatenate[Asked, P], HttpResponseBase], /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
    try:
        return view(who, *args, **kwargs)
    except NotAllowed as refusal:
        return (
            _to_sign_in(who.request) if who.account is None and who.request.method == "GET" else who.page("office/refused.html", status=403, why=str(refusal))
        )
    except ChangedMeanwhile as refusal:
        sent = {name: value for name, value in who.request.POST.items() if name not in ("csrfmiddlewaretoken", "version")}
        return who.page("office/changed.html", status=409, why=str(refusal), sent=sent)
    except CannotStep as refusal:
        return who.page("office/refused.html", status=409, why=str(refusal))


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{resolve_url('account_login')}?{urlencode({'next': request.get_full_path()})}")


def of_signing_in(request: HttpRequest) -> dict[str, Any]:
    """What the pages of signing in, which the library makes, need of our frame; nothing on any other page."""
    if not request.path.startswith("/account/"):
        return {}
    user = getattr(request, "user", None)
    account = user if isinstance(user, AbstractBaseUser) and user.is_authenticated else None
    return {"office_nav": NAV, "account": account, "here": request.path, **_frame()}


def _frame() -> dict[str, Any]:
    try:
        return dict(masthead(in_force()))
    except NoRelease:
        return {}
