"""Addresses of the API, below /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from opencompact.api import pages
from opencompact.api.routes import api

routes, _, _ = api.urls
urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.reference),
    path("openapi.json", pages.openapi),
    path("", include("opencompact.api.reconciliation.urls")),
    *routes,
    re_path(r"[\s\S]*", pages.nothing),
]
