"""Addresses of bodies, methods and figures."""

from django.urls import path, re_path

from opencompact.web.judgement import figures, views

urlpatterns = [
    path("bodies/", views.bodies),
    path("bodies/<path:body>/", views.body),
    path("methods/", views.methods),
    path("methods/<slug:indicator>/", views.method),
    # The id of a body and a financial year both may hold a slash.
    re_path(r"^figures/(?P<indicator>[-\w]+)/(?P<body>.+)/(?P<period>all|\d{4}(?:-Q[1-4]|/\d\d)?)/$", figures.figure),
]
