"""Addresses of bodies, methods and figures."""

from django.urls import path

from opencompact.web.judgement import figures, views

urlpatterns = [
    path("bodies/", views.bodies),
    path("bodies/<str:body>/", views.body),
    path("methods/", views.methods),
    path("methods/<slug:indicator>/", views.method),
    path("figures/<slug:indicator>/<str:body>/<path:period>/", figures.figure),
]
