"""Addresses of organisations, of the office's work on names, and of the bodies that take part in it."""

from django.urls import URLPattern, URLResolver, path

from opencompact.web.organisations import matching, names, names_decisions, names_disputes, names_payee, names_vendors, taking_part, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("match/", matching.match),
    path("organisations/", views.organisations),
    path("organisations/<path:organisation_id>/", views.organisation),
    path("review/", names.queue),
    path("review/next/", names.following),
    path("review/payee/<slug:key>/", names_payee.payee),
    path("review/decisions/", names_decisions.decisions),
    path("review/decisions/<slug:key>/", names_decisions.decision),
    path("review/vendors/", names_vendors.vendors),
    path("review/vendors/<path:body>/", names_vendors.vendor_list),
    path("review/not-us/", names_disputes.not_us),
    path("review/disputes/", names_disputes.disputes),
    path("review/disputes/<slug:reference>/", names_disputes.dispute),
    path("taking-part/", taking_part.taking_part),
]
