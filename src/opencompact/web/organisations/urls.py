"""Addresses of organisations, and of the bodies that take part in the office."""

from django.urls import URLPattern, URLResolver, path

from opencompact.web.organisations import matching, taking_part, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("match/", matching.match),
    path("organisations/", views.organisations),
    path("organisations/<path:organisation_id>/", views.organisation),
    path("taking-part/", taking_part.taking_part),
]
