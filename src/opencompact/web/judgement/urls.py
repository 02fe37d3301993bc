"""Addresses of judgement: audits, verdicts, scorecards, challenges, returns, and bodies, methods and figures."""

from django.urls import path, re_path

from opencompact.web.judgement import (
    audits,
    audits_cell,
    audits_figures,
    audits_letters,
    campaigns,
    campaigns_authority,
    challenges,
    figures,
    returns,
    scorecards,
    verdicts,
    views,
)

urlpatterns = [
    path("audits/", audits.audits),
    path("audits/new/", audits.new),
    path("audits/<slug:key>/", audits.audit_round),
    path("audits/<slug:key>/figures/", audits_figures.figures),
    path("audits/<slug:key>/<slug:recommendation>/<slug:body>/", audits_cell.cell),
    path("audits/<slug:key>/<slug:recommendation>/<slug:body>/letter/", audits_letters.write),
    path("audits/<slug:key>/<slug:recommendation>/<slug:body>/letter/<int:number>/", audits_letters.letter),
    path("verdicts/", verdicts.verdicts),
    path("verdicts/new/", verdicts.new),
    path("verdicts/<slug:key>/", verdicts.verdict),
    path("scorecards/", scorecards.scorecards),
    path("scorecards/<slug:body>/", scorecards.scorecard),
    path("challenge/", challenges.challenge_form),
    path("challenges/", challenges.challenges),
    path("challenges/<slug:reference>/", challenges.challenge),
    path("returns/", returns.returns),
    path("returns/new/", returns.new),
    path("returns/<slug:key>/", returns.one),
    path("returns/<slug:key>/<slug:slug>/", returns.body),
    path("campaigns/", campaigns.campaigns),
    path("campaigns/new/", campaigns.new),
    path("campaigns/<slug:key>/", campaigns.one),
    path("campaigns/<slug:key>/<slug:slug>/", campaigns_authority.authority),
    path("bodies/", views.bodies),
    path("bodies/<path:body>/", views.body),
    path("methods/", views.methods),
    path("methods/<slug:indicator>/", views.method),
    # The id of a body and a financial year both may hold a slash.
    re_path(r"^figures/(?P<indicator>[-\w]+)/(?P<body>.+)/(?P<period>all|\d{4}(?:-Q[1-4]|/\d\d)?)/$", figures.figure),
]
