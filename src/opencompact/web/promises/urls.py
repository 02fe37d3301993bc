"""Addresses of the promises."""

from django.urls import path, register_converter

from opencompact.web.promises import commitment, ledger, recording, tracker, views
from opencompact.web.showing import IsoDay

register_converter(IsoDay, "day")
urlpatterns = [
    path("", views.home),
    path("agreements/", views.agreements),
    path("agreements/<slug:agreement>/", views.agreement),
    path("agreements/<slug:agreement>/<path:number>/", views.undertaking),
    path("ledger/", ledger.ledger),
    path("ledger/new/", recording.new),
    path("ledger/plans/", ledger.plans),
    path("ledger/plans/read/", tracker.read_tracker),
    path("ledger/plans/<slug:plan>/", ledger.plan),
    path("ledger/plans/<slug:plan>/ask/", tracker.ask_plan),
    path("ledger/plans/<slug:plan>/became/", ledger.became),
    path("ledger/plans/<slug:plan>/roll-over/", tracker.roll_over),
    path("ledger/since/<day:day_text>/", ledger.since),
    path("ledger/evidence/<slug:sha256>/", commitment.evidence),
    path("ledger/<slug:key>/", commitment.commitment),
    path("rule-sets/", views.rule_sets),
]
