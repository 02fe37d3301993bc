"""Addresses of organisations."""

from django.urls import path

from opencompact.web.organisations import matching, views

urlpatterns = [
    path("match/", matching.match),
    path("organisations/", views.organisations),
    path("organisations/<path:organisation_id>/", views.organisation),
]
